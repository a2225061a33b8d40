//! Groups: `subgraph` in its forms, `direction` inside one, `end`, and groups that lack it.

use std::borrow::Cow;

use memchr::memrchr;

use crate::mermaid::diagnose::slips;
use crate::mermaid::lexer::lookahead::{is_space, trimmed};
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::model::{Direction, Text};
use crate::mermaid::parser::{MOST_ERRORS, Parser, Place};
use crate::mermaid::problem::{LabelOf, Problem, ProblemKind};
use crate::span::Span;

impl Parser<'_> {
    /// `subgraph`, up to the end of its line. The id is what stands before `[title]`; without that, the title is the
    /// id where it is a single word, and else the group gets a generated one.
    #[inline(never)]
    pub(super) fn group(&mut self) -> Result<(), Place> {
        let keyword = self.token;
        self.opener = keyword;
        self.advance();
        let place = Place::GroupTitle;
        if self.at_separator() {
            // The official parser accepts it until it comes to put the group together, at its `end`.
            let span = self.span_of(keyword);
            self.begin_unnamed(keyword.start);
            if let Some(group) = self.builder.open.last_mut() {
                group.untitled = Some(span);
            }
            self.advance();
            return Ok(());
        }
        self.expect(Kind::Space, place)?;
        if matches!(self.token.kind, Kind::String | Kind::MarkdownString) {
            // Mermaid 11 takes further blanks for words of the title, behind which no quote may stand.
            self.notice_blanks(self.last);
        }
        let name = self.pieces(makes_titles, place)?;
        let written = self.written(name);
        let bare = match &written {
            Cow::Borrowed(written) => Cow::Borrowed(trimmed(written)),
            Cow::Owned(written) => Cow::Owned(trimmed(written).to_owned()),
        };
        let bracket = (self.token.kind == Kind::Square).then_some(self.token);
        let title = match bracket {
            Some(opener) => match self.label(LabelOf::Group, Kind::SquareEnd) {
                Ok(pieces) => pieces,
                Err(place) => self.mend_label(opener, LabelOf::Group, keyword.start as usize).ok_or(place)?,
            },
            None => name,
        };
        if !self.at_separator() {
            return Err(if bracket.is_some() { Place::Rest(Kind::Subgraph) } else { place });
        }
        let end = self.last.end as usize;
        let id = (bracket.is_some() || !written.contains(is_space)).then(|| {
            let id = self.pieces_text(name);
            (self.builder.symbol_of(bare.clone()), id)
        });
        if id.is_none() && !bare.contains(is_space) {
            let blank = self.prepared.span(end - (written.len() - written.trim_end_matches(is_space).len()), end);
            let symbol = self.builder.symbol_of(bare.clone());
            self.builder.lost.push((symbol, bare.into_owned(), blank));
        }
        let start = keyword.start as usize;
        let line = self.text[start..self.token.start as usize].trim_end_matches(is_space);
        let header = self.prepared.span(start, start + line.len());
        if id.is_none() {
            self.builder.unnamed.push((name.start, name.end, header));
        }
        let title = self.pieces_text(title);
        self.builder.begin(id, title, header, keyword.start);
        self.advance();
        Ok(())
    }

    /// Begins a group of whose line nothing could be read, so that its `end` has something to end.
    pub(super) fn begin_unnamed(&mut self, start: u32) {
        let header = self.prepared.span(start as usize, self.line_end(start as usize));
        self.builder.begin(None, Text::written(header.tail()), header, start);
    }

    pub(super) fn end_group(&mut self) {
        let token = self.token;
        self.advance();
        let start = token.start as usize;
        if let Some(group) = self.builder.open.last()
            && self.suspect.is_none()
            && self.indent(start) < self.indent(group.start as usize)
        {
            // This `end` is indented like that of an outer group: the inner one lacks its own.
            let line = self.text[..start].rfind('\n').unwrap_or(0);
            let indent = slips::indent_of(self.text, group.start as usize);
            self.suspect = Some((group.header, (line, line, format!("\n{indent}end"))));
        }
        if let Some(keyword) = self.builder.open.last().and_then(|group| group.untitled) {
            self.report(ProblemKind::UntitledGroup, keyword, None);
        }
        if self.text[start..].starts_with("end-") {
            let length = self.word_at(start).len() as u32;
            self.swallowed_end = self.swallowed_end.or(Some(Token { end: token.start + length, ..token }));
        }
        let end = self.prepared.span(start, start + "end".len()).end();
        self.builder.end(end);
    }

    /// How many blanks stand before byte `at` in its line, where nothing else does.
    fn indent(&self, at: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[..at];
        let blanks = bytes.iter().rev().take_while(|&&c| c == b' ').count();
        if matches!(bytes[..at - blanks], [] | [.., b'\n']) {
            return Some(blanks);
        }
        let line = memrchr(b'\n', bytes).map_or(0, |newline| newline + 1);
        let before = self.text[line..at].trim_start_matches(' ');
        before.chars().all(char::is_whitespace).then_some(at - line)
    }

    /// `direction TB`, which takes the whole rest of its line: what stands before it there is lost.
    pub(super) fn direction(&mut self) {
        let token = self.token;
        self.advance();
        let line = token.slice(self.text);
        let found = line.rfind("direction").unwrap_or(0);
        let value = line[found + "direction".len()..].trim_start_matches(is_space);
        let direction = match value.get(..2) {
            Some("LR") => Direction::Right,
            Some("RL") => Direction::Left,
            Some("BT") => Direction::Up,
            _ => Direction::Down,
        };
        if let Some(group) = self.builder.open.last_mut() {
            group.direction = Some(direction);
        }
        if !line[..found].trim_matches(is_space).is_empty() {
            let begin = token.start as usize;
            let start = begin + line.len() - line.trim_start_matches(is_space).len();
            let span = self.prepared.span(start, begin + line.trim_end_matches(is_space).len());
            let shown = format!("direction {}", value.get(..2).unwrap_or("TB"));
            let before = line[..found].trim_end_matches(is_space);
            let change = if before.ends_with(';') {
                // It was meant as a statement of its own.
                let indent = slips::indent_of(self.text, start);
                (begin + before.len() - 1, begin + found, format!("\n{indent}"))
            } else {
                let blank = begin + found + "direction".len();
                (blank, begin + line.len() - value.len(), "#32;".to_owned())
            };
            let fix = if self.is_probe { Vec::new() } else { self.edits(&self.proven(vec![change])) };
            self.problems.push(Problem { kind: ProblemKind::Vanishes(shown), span, opener: None, fix });
        }
    }

    /// Groups that are still open when the text ends.
    pub(super) fn end_of_text(&mut self) {
        let Some(innermost) = self.builder.open.last().map(|group| group.header) else { return };
        let end = self.prepared.span(self.text.len(), self.text.len());
        if self.problems.len() < MOST_ERRORS {
            let opener = self.suspect.as_ref().map_or(innermost, |(header, _)| *header);
            let (kind, opener, fix) = match self.noticed.lone_end {
                Some(span) => {
                    let written = self.noticed.lone_end_word.clone();
                    (ProblemKind::MisspeltKeyword(written, "end"), span, vec![(span, "end".to_owned())])
                }
                None => (ProblemKind::UnclosedGroup, opener, self.missing_ends()),
            };
            self.problems.push(Problem { kind, span: end, opener: Some(opener), fix });
        }
        while let Some(group) = self.builder.open.last() {
            if let Some(keyword) = group.untitled {
                self.report(ProblemKind::UntitledGroup, keyword, None);
            }
            self.builder.end(end.end());
        }
    }

    /// Writes the `end` lines that are missing, where the indents say that they belong.
    fn missing_ends(&self) -> Vec<(Span, String)> {
        if let Some((_, change)) = &self.suspect {
            return self.edits(std::slice::from_ref(change));
        }
        let at = self.text.trim_end_matches(is_space).len();
        let open = self.builder.open.iter().rev();
        let lines = open.map(|group| format!("\n{}end", slips::indent_of(self.text, group.start as usize)));
        self.edits(&[(at, at, lines.collect())])
    }
}

/// Whether a token may be part of an unquoted title.
fn makes_titles(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Number
            | Kind::Word
            | Kind::Space
            | Kind::Minus
            | Kind::Ampersand
            | Kind::Letter
            | Kind::Colon
            | Kind::Star
            | Kind::Hash
            | Kind::Style
            | Kind::LinkStyle
            | Kind::ClassDef
            | Kind::Class
            | Kind::Click
            | Kind::Graph
            | Kind::HeaderDirection
            | Kind::Subgraph
            | Kind::EndWord
            | Kind::Down
            | Kind::Up
            | Kind::LinkStart
    )
}
