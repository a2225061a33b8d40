//! Labels that break off: where they were meant to end, so that they can be quoted and reading can go on behind them.

use crate::mermaid::diagnose::cause::Cause;
use crate::mermaid::diagnose::quote::{self, changed, quoting};
use crate::mermaid::diagnose::slips;
use crate::mermaid::diagnose::{closer_of, found_at, unexpected};
use crate::mermaid::lexer::lookahead::{Lookahead, is_space};
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::parser::Parser;
use crate::mermaid::parser::label::Pieces;
use crate::mermaid::problem::{LabelOf, ProblemKind};
use crate::span::Span;

impl Parser<'_> {
    /// Reports a label that cannot be read and goes on behind it. `None` where its end cannot be told.
    pub(in crate::mermaid) fn mend_label(&mut self, opener: Token, of: LabelOf, shown_from: usize) -> Option<Pieces> {
        if self.is_probe || self.has_enough_problems() {
            return None;
        }
        let (start, _) = opener.range();
        let broken = self.token.range().0;
        if opener.kind == Kind::Greater && slips::is_stroke(self.text[..start].chars().next_back().unwrap_or(' ')) {
            return None;
        }
        let meant = quote::label(self.text, start, broken, of)?;
        if let Some(at) = meant.stray {
            let stray = self.text[at..].chars().next().unwrap_or(']');
            let cause = Cause::new(ProblemKind::StrayCloser(stray)).change(at, at + 1, "");
            let problem = self.tell(cause);
            self.problems.push(problem);
            self.resume(meant.end);
            return Some(Pieces::of(meant.content.0, at));
        }
        let changes = quoting(self.text, meant.content)?;
        let quoted = changed(self.text, (shown_from, meant.end), &changes);
        let kind = if meant.by_slash {
            ProblemKind::LeadingSlash { quoted }
        } else {
            ProblemKind::Unquoted { found: found_at(self), label: of, quoted }
        };
        let problem = self.tell(Cause { opener: Some(opener), changes, ..Cause::new(kind) });
        self.problems.push(problem);
        self.resume(meant.end);
        Some(Pieces::of(meant.content.0, meant.content.1))
    }

    /// What puts the label in quotes that byte `at` stands in; its bracket stands behind byte `start`.
    pub(in crate::mermaid) fn quote_around(&self, start: usize, at: usize) -> Vec<(Span, String)> {
        let Some(bracket) = self.text[start..at].rfind(['[', '(', '{', '|']).map(|found| start + found) else {
            return Vec::new();
        };
        let opener = self.text[..=bracket].trim_end_matches(['[', '(', '{', '|']).len();
        let of = if self.text[opener..].starts_with('|') { LabelOf::Edge } else { LabelOf::Node };
        let meant = quote::label(self.text, opener, at, of);
        let changes = meant.and_then(|meant| quoting(self.text, meant.content));
        changes.map_or_else(Vec::new, |changes| self.edits(&changes))
    }

    /// The same for the text of `-- text -->`; the link that ends it is the next token then.
    pub(in crate::mermaid) fn mend_edge_text(&mut self, start: Token) -> Option<Pieces> {
        if self.is_probe || self.has_enough_problems() {
            return None;
        }
        let (link, end, content) = self.edge_text_end(start)?;
        let changes = quoting(self.text, content)?;
        let from = start.range().0;
        let shown = from + start.slice(self.text).len() - start.slice(self.text).trim_start_matches(is_space).len();
        let quoted = changed(self.text, (shown, end), &changes).trim_end_matches(is_space).to_owned();
        let kind = ProblemKind::Unquoted { found: found_at(self), label: LabelOf::Edge, quoted };
        let problem = self.tell(Cause { opener: Some(slips::bare(self, start)), changes, ..Cause::new(kind) });
        self.problems.push(problem);
        self.resume(link);
        Some(Pieces::of(content.0, content.1))
    }

    /// Where the link that ends a text begins and ends, in the line of that, and what the text is.
    fn edge_text_end(&self, start: Token) -> Option<(usize, usize, (usize, usize))> {
        let from = start.end as usize;
        let stroke = match start.slice(self.text).trim_matches(is_space).as_bytes().last() {
            Some(b'=') => b'=',
            Some(b'.') => b'.',
            _ => b'-',
        };
        let broken = self.token.range().0;
        let line_end = self.line_end(broken);
        if line_end - from > 4096 {
            return None;
        }
        let line = &self.text[from..line_end];
        let ahead = Lookahead::new(line);
        let found = line.char_indices().map(|(at, _)| at).find_map(|at| {
            let bounded = at > 0 && (line[..at].ends_with(is_space) || line[..at].ends_with('"'));
            let end = ahead.closing_link(at, stroke).filter(|_| bounded && from + at >= broken)?;
            Some((from + at, from + end))
        });
        let (link, end) = found?;
        // The blank before the link stays where it is.
        let bare = self.text[from..link].trim_end_matches(is_space).len();
        Some((link, end, (from, from + bare)))
    }

    /// Goes on reading at byte `at`, in mid-statement.
    fn resume(&mut self, at: usize) {
        self.restart(at);
        self.last = Token { kind: Kind::SquareEnd, start: at as u32, end: at as u32 };
    }

    /// A label whose end cannot be told.
    pub(super) fn unclosed_label(&self, opener: Token, of: LabelOf) -> Cause {
        let (start, _) = opener.range();
        let token = self.token;
        let here = token.range().0;
        let closer = closer_of(opener.kind);
        if opener.kind == Kind::Greater {
            let stroke = self.text[..start].trim_end_matches(slips::is_stroke).len();
            if let Some(arrow) = slips::arrow(self.text, stroke).filter(|_| stroke < start) {
                return arrow.cause().opened_by(opener);
            }
        }
        let line_end = self.line_end(start);
        let open_end = start + opener.slice(self.text).len();
        let line = &self.text[open_end..line_end];
        if line.trim_start_matches(is_space).starts_with('"') && line.matches('"').count() == 1 {
            return self.unclosed_string(opener, open_end, line_end);
        }
        if here == open_end || self.text[open_end..here].chars().all(|c| is_space(c) || c == '"') {
            let closes = token.kind.closes() || token.kind == Kind::Pipe;
            if closes || self.text[here..].starts_with([']', ')', '}']) {
                return Cause::new(ProblemKind::EmptyLabel).opened_by(opener);
            }
        }
        if here < line_end
            && let Some(found) = self.text[here..].chars().next().filter(|c| ")]}|".contains(*c))
        {
            let brackets = &self.text[here..line_end];
            let length = brackets.find(|c| !")]}|".contains(c)).unwrap_or(brackets.len());
            if let Some(more) = brackets[..length].strip_prefix(closer).and_then(|rest| rest.chars().next()) {
                let cause = Cause::new(ProblemKind::StrayCloser(more)).opened_by(opener);
                return cause.change(here + closer.len(), here + length, "");
            }
            let kind = ProblemKind::WrongCloser { found, expected: closer };
            return Cause::new(kind).opened_by(opener).change(here, here + length, closer);
        }
        let end = open_end + content_end(line);
        let cause = Cause::new(ProblemKind::UnclosedLabel(closer)).opened_by(opener);
        match of {
            LabelOf::Edge => cause,
            _ if end > open_end => cause.change(end, end, closer),
            _ => cause,
        }
    }

    /// `@{ ... }` that does not end.
    pub(super) fn unclosed_data(&self, opener: Token) -> Cause {
        let from = opener.end as usize;
        let line = &self.text[from..self.line_end(from)];
        if line.matches('"').count().is_multiple_of(2) {
            return Cause::new(ProblemKind::UnclosedLabel("}")).opened_by(opener);
        }
        let quote = from + line.rfind('"').unwrap_or(0);
        let begin = Token { kind: Kind::String, start: quote as u32, end: quote as u32 + 1 };
        let cause = Cause::new(ProblemKind::UnclosedString).opened_by(begin);
        match self.text[quote..from + line.len()].rfind('}') {
            Some(brace) => {
                let end = self.text[..quote + brace].trim_end_matches(is_space).len();
                cause.change(end, end, "\"")
            }
            None => cause,
        }
    }

    /// A string that runs on behind its line.
    fn unclosed_string(&self, opener: Token, open_end: usize, line_end: usize) -> Cause {
        let quote = open_end + self.text[open_end..line_end].find('"').unwrap_or(0);
        let begin = Token { kind: Kind::String, start: quote as u32, end: quote as u32 + 1 };
        let closer = closer_of(opener.kind);
        let cause = Cause::new(ProblemKind::UnclosedString).opened_by(begin);
        let line = &self.text[quote + 1..line_end];
        let at = line.find(closer).filter(|&at| at > 0);
        match at {
            Some(at) => cause.change(quote + 1 + at, quote + 1 + at, "\""),
            None => cause,
        }
    }

    /// `-- text` without the link that ends it.
    pub(super) fn unclosed_edge_text(&self, start: Token) -> Cause {
        let slice = start.slice(self.text);
        let bare = slice.trim_matches(is_space);
        let from = start.range().0 + slice.len() - slice.trim_start_matches(is_space).len();
        let opener = Token { start: from as u32, end: (from + bare.len()) as u32, ..start };
        let line = &self.text[opener.end as usize..self.line_end(opener.end as usize)];
        let (closer, open, arrow) = match bare.as_bytes().last() {
            Some(b'=') => ("==>", "===", "==>"),
            Some(b'.') => (".->", "-.-", "-.->"),
            _ => ("-->", "---", "-->"),
        };
        let behind = line.trim_start_matches(is_space);
        let head = behind.trim_start_matches('-');
        if behind.len() < line.len() && head.starts_with('>') {
            // `A -- > B`, `A -. -> B`
            let (begin, end) = (opener.start as usize, opener.end as usize + line.len() - head.len() + 1);
            let kind = ProblemKind::NotAnArrow(self.text[begin..end].to_owned(), arrow);
            return Cause::new(kind).change(begin, end, arrow);
        }
        if bare.starts_with('<') && !line.contains("--") {
            return Cause::new(ProblemKind::NotAnArrow(bare.to_owned(), "")).opened_by(opener);
        }
        let cause = Cause::new(ProblemKind::UnclosedEdgeText(closer)).opened_by(opener);
        if let Some((start, end)) = other_arrow(line, closer) {
            // `A == text --> B`
            let kind = ProblemKind::MixedArrow(line[start..end].to_owned(), closer);
            return Cause { kind, ..cause }.change(opener.end as usize + start, opener.end as usize + end, closer);
        }
        if bare.len() == 2 && !line.contains(&open[..2]) {
            // `A -- B`: no text, but a link.
            let changes = self.proven(vec![(from, from + 2, open.to_owned())]);
            if !changes.is_empty() {
                let kind = ProblemKind::NotAnArrow(bare.to_owned(), open);
                return Cause { kind, changes, ..cause };
            }
        }
        // `A -- text -- B`: the second link lacks a stroke.
        match line.rfind(&open[..2]).map(|at| opener.end as usize + at) {
            Some(at) => cause.change(at, at + 2, open),
            None => cause,
        }
    }

    /// A group's title that no brackets or quotes keep together.
    pub(super) fn bad_title(&self, keyword: Token) -> Cause {
        let from = keyword.end as usize;
        let line = &self.text[from..self.line_end(from)];
        let bare = line.trim_matches(is_space).trim_end_matches(';');
        let start = from + line.len() - line.trim_start_matches(is_space).len();
        let end = start + bare.len();
        let token = self.token;
        if token.kind.is_keyword() || token.kind == Kind::Default {
            let kind = ProblemKind::ReservedWord(self.word_at(token.range().0).to_owned());
            return Cause { kind, ..quoted_title(self, (start, end)) };
        }
        if matches!(token.kind, Kind::ClassSeparator | Kind::Link | Kind::LinkStart) {
            return unexpected(self);
        }
        let found = found_at(self);
        let id = bare.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(bare.len());
        // `subgraph LB(Load balancer)`: an id with a title, as nodes have them.
        if id > 0
            && let Some(title) = bracketed(&bare[id..])
            && let Some(changes) = quoting(self.text, (start + id + 1, start + id + 1 + title.len()))
        {
            let quoted = format!("subgraph {}[\"{}\"]", &bare[..id], title.trim_matches(is_space));
            let kind = ProblemKind::Unquoted { found, label: LabelOf::Group, quoted };
            let cause = Cause::new(kind).opened_by(keyword).change(start + id, start + id + 1, "[");
            let mut changes = [cause.changes.clone(), changes].concat();
            changes.push((end - 1, end, "]".to_owned()));
            return Cause { changes, ..cause };
        }
        let cause = quoted_title(self, (start, end)).opened_by(keyword);
        let quoted = format!("subgraph {}", changed(self.text, (start, end), &cause.changes));
        let quoted = if cause.changes.is_empty() { String::new() } else { quoted };
        Cause { kind: ProblemKind::Unquoted { found, label: LabelOf::Group, quoted }, ..cause }
    }
}

fn quoted_title(parser: &Parser, title: (usize, usize)) -> Cause {
    let changes = quoting(parser.text, title).unwrap_or_default();
    Cause { changes, ..Cause::new(ProblemKind::UnexpectedEnd) }
}

/// An arrow in a line that is drawn otherwise than the one that should end a text. Its text stands before it.
pub(in crate::mermaid) fn other_arrow(line: &str, closer: &str) -> Option<(usize, usize)> {
    let arrows = ["-->", "==>", ".->"].into_iter().filter(|&arrow| arrow != closer);
    let (at, arrow) = arrows.filter_map(|arrow| Some((line.find(arrow)?, arrow))).min()?;
    let start = line[..at].trim_end_matches(['-', '=', '.']).len();
    (!line[..start].trim_matches(is_space).is_empty()).then_some((start, at + arrow.len()))
}

/// What stands between a round or curly bracket at the start and the one that ends the text.
fn bracketed(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.or_else(|| text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')))
}

/// Where a label without its bracket probably ends: before the next link, or with the line.
fn content_end(line: &str) -> usize {
    let link = ["-->", "---", "==>", "-.->", "-.-", " -- ", "~~~"].iter().filter_map(|link| line.find(link)).min();
    let end = link.unwrap_or(line.len());
    line[..end].trim_end_matches(|c| is_space(c) || c == ';').len()
}
