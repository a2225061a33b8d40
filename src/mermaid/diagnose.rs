//! Why a token does not fit, in the user's terms.

use super::kind::Kind as Diagrams;
use super::lookahead::{DIRECTIONS, is_space};
use super::parser::{Parser, Place};
use super::problem::{LabelOf, Problem, ProblemKind};
use super::quote::Change;
use super::slips;
use super::token::{Kind, Token};
use crate::excerpt::Excerpt;
use crate::span::Span;

/// Statements that are longer are not tried out with a change in them.
const LONGEST: usize = 4096;

/// What is wrong, before it is known where in the Markdown it stands.
pub(super) struct Cause {
    pub(super) kind: ProblemKind,
    /// What began it.
    pub(super) opener: Option<Token>,
    /// What mends it, sorted and apart.
    pub(super) changes: Vec<Change>,
    /// What must be changed above it as well.
    pub(super) above: Option<(Span, String)>,
}

impl Cause {
    pub(super) fn new(kind: ProblemKind) -> Self {
        Self { kind, opener: None, changes: Vec::new(), above: None }
    }

    pub(super) fn opened_by(mut self, opener: Token) -> Self {
        self.opener = Some(opener);
        self
    }

    pub(super) fn change(mut self, start: usize, end: usize, new: impl Into<String>) -> Self {
        self.changes.push((start, end, new.into()));
        self
    }
}

/// What is wrong with the token that the parser looks at.
pub(super) fn problem(parser: &Parser, place: Place) -> Problem {
    let cause = match place {
        Place::Header => header(parser),
        Place::HeaderDirection => header_direction(parser),
        Place::HeaderEnd => header_end(parser),
        Place::Statement => statement(parser),
        Place::Target(link) | Place::TargetBehindLabel(link) => target(parser, place, link),
        Place::Ampersand => ampersand(parser),
        Place::AfterNode => after_node(parser),
        Place::Label(opener, of) => parser.unclosed_label(opener, of),
        Place::EdgeText(start) => parser.unclosed_edge_text(start),
        Place::LinkId => Cause::new(ProblemKind::BadCharacter('@')).opened_by(parser.last),
        Place::ClassName if parser.token.kind == Kind::Space => {
            let (start, end) = range(parser.token);
            Cause::new(ProblemKind::BlankBehind(":::")).change(start, end, "")
        }
        Place::Data(opener) => parser.unclosed_data(opener),
        Place::GroupTitle(keyword) => parser.bad_title(keyword),
        Place::Rest(which) => rest(parser, which),
        Place::ClassName | Place::Properties(_) => unexpected(parser),
    };
    let cause = Cause { changes: parser.proven(cause.changes), ..cause };
    parser.tell(cause)
}

impl Parser<'_> {
    /// The problem of a cause, at the token that does not fit.
    pub(super) fn tell(&self, cause: Cause) -> Problem {
        let mut fix = self.edits(&cause.changes);
        let above = cause.above.as_ref().map(|(span, _)| *span);
        if let Some(above) = cause.above.filter(|_| !fix.is_empty()) {
            fix.insert(0, above);
        }
        let opener = cause.opener.map(|token| self.shown(token)).or(above);
        Problem { kind: cause.kind, span: self.offence(), opener, fix }
    }

    /// Changes as edits of the Markdown: all of them, or none.
    pub(super) fn edits(&self, changes: &[Change]) -> Vec<(Span, String)> {
        let mut edits = Vec::with_capacity(changes.len());
        for (start, end, new) in changes {
            if !self.prepared.is_verbatim(*start, *end) {
                return Vec::new();
            }
            // What is inserted stays with what it stands behind.
            let span = if start == end && *start > 0 {
                self.prepared.span(start - self.char_before(*start), *start).tail()
            } else {
                self.prepared.span(*start, *end)
            };
            edits.push((span, new.clone()));
        }
        edits
    }

    fn char_before(&self, at: usize) -> usize {
        self.text[..at].chars().next_back().map_or(0, char::len_utf8)
    }

    /// Where the token that does not fit stands, without line breaks.
    fn offence(&self) -> Span {
        let (start, mut end) = range(self.token);
        if matches!(self.token.kind, Kind::Newline | Kind::End | Kind::Cut) {
            end = start;
        } else if start == end {
            let blank = self.text[start..].len() - self.text[start..].trim_start_matches(is_space).len();
            let word = self.word_at(start + blank).len();
            let first = self.text[start..].chars().next().map_or(0, char::len_utf8);
            end = if blank > 0 { start + blank + word } else { start + first };
        }
        let slice = &self.text[start..end];
        let bare = slice.trim_end_matches(is_space);
        let first_line = match bare.trim_start_matches('\n').find('\n') {
            Some(at) if !bare.starts_with('\n') => at,
            _ => bare.len(),
        };
        self.prepared.span(start, start + first_line)
    }

    /// A token without the blanks around it.
    fn shown(&self, token: Token) -> Span {
        let slice = token.slice(self.text);
        let start = token.start as usize + slice.len() - slice.trim_start_matches(is_space).len();
        self.prepared.span(start, start + slice.trim_matches(is_space).len())
    }

    /// Everything from a byte up to the next blank.
    pub(super) fn word_at(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        &rest[..rest.find(is_space).unwrap_or(rest.len())]
    }

    /// The end of the line that a byte stands in.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline)
    }

    /// The changes, where the statement can be read with them made.
    pub(super) fn proven(&self, changes: Vec<Change>) -> Vec<Change> {
        let Some(last) = changes.last() else { return changes };
        let start = (self.statement as usize).min(changes[0].0);
        let end = self.line_end(last.1.max(start));
        if end - start > LONGEST {
            return Vec::new();
        }
        let statement = super::quote::changed(self.text, (start, end), &changes);
        if self.is_readable(&statement) { changes } else { Vec::new() }
    }

    /// Whether a statement, or a header, can be read.
    fn is_readable(&self, statement: &str) -> bool {
        let header = if self.has_header { "graph\nsubgraph g\n" } else { "" };
        let whole = format!("{header}{statement}\n");
        Parser::reads(&Excerpt::new(&whole, &[Span::new(0, whole.len())]))
    }
}

pub(super) fn range(token: Token) -> (usize, usize) {
    (token.start as usize, token.end as usize)
}

pub(super) fn unexpected(parser: &Parser) -> Cause {
    let (start, end) = range(parser.token);
    if matches!(parser.token.kind, Kind::End | Kind::Cut | Kind::Newline) {
        return Cause::new(ProblemKind::UnexpectedEnd);
    }
    if start == end
        && let Some(c) = parser.text[start..].chars().next()
    {
        return match c {
            ']' | ')' | '}' => Cause::new(ProblemKind::StrayCloser(c)),
            c => Cause::new(ProblemKind::BadCharacter(c)),
        };
    }
    let slice = parser.token.slice(parser.text).trim_matches(is_space);
    let shown = if slice.is_empty() { parser.word_at(end) } else { slice.lines().next().unwrap_or(slice) };
    Cause::new(ProblemKind::Unexpected(shown.to_owned()))
}

fn header(parser: &Parser) -> Cause {
    let (start, _) = range(parser.token);
    let written = parser.word_at(start);
    let meant = if written.starts_with("graph") { "graph" } else { "flowchart" };
    let cause = Cause::new(ProblemKind::MisspeltKeyword(written.to_owned(), meant));
    match written.strip_prefix(meant) {
        Some(direction) if DIRECTIONS.contains(&direction) => {
            cause.change(start + meant.len(), start + meant.len(), " ")
        }
        Some(_) => cause.change(start + meant.len(), start + written.len(), ""),
        None => cause,
    }
}

fn header_direction(parser: &Parser) -> Cause {
    let (start, _) = range(parser.token);
    let at = start + parser.text[start..].len() - parser.text[start..].trim_start_matches(is_space).len();
    let word = parser.word_at(at);
    let cause = Cause::new(ProblemKind::BadDirection(word.to_owned()));
    let upper = word.trim_end_matches(';').to_ascii_uppercase();
    if DIRECTIONS.contains(&upper.as_str()) {
        return cause.change(at, at + upper.len(), upper);
    }
    let line = &parser.text[at..parser.line_end(at)];
    let is_statement = ["--", "==", "-.", "["].iter().any(|mark| line.contains(mark));
    if is_statement { cause.change(at, at, "TB; ") } else { cause }
}

fn header_end(parser: &Parser) -> Cause {
    let (start, _) = range(parser.token);
    if let Some(comment) = slips::comment(parser, start) {
        return comment;
    }
    let behind = parser.text[..start].trim_end_matches(is_space).len();
    Cause::new(ProblemKind::OnHeaderLine).change(behind, behind, ";")
}

fn statement(parser: &Parser) -> Cause {
    let token = parser.token;
    let (start, end) = range(token);
    let here = &parser.text[start..];
    match token.kind {
        Kind::Link | Kind::LinkStart if parser.last.kind == Kind::EndWord => {
            Cause::new(ProblemKind::ReservedWord("end".to_owned())).opened_by(slips::bare(parser, parser.last))
        }
        Kind::Link | Kind::LinkStart => Cause::new(ProblemKind::NoSource),
        Kind::EndWord if slips::goes_on_as_node(&here[3..]) => slips::reserved(parser, start),
        Kind::EndWord => match parser.swallowed_end {
            Some(word) => {
                let name = parser.word_at(word.start as usize).to_owned();
                Cause::new(ProblemKind::ReservedWord(name)).opened_by(word)
            }
            None => Cause::new(ProblemKind::ExtraEnd),
        },
        Kind::Graph if slips::is_header(parser.text, start, end) => Cause::new(ProblemKind::SecondDiagram),
        kind if kind.is_keyword() => slips::reserved(parser, start),
        kind if kind.opens() || matches!(kind, Kind::Less | Kind::Greater) => slips::arrow(parser.text, start)
            .map_or_else(|| Cause::new(ProblemKind::LabelWithoutId), slips::Arrow::cause),
        Kind::String => quoted_id(parser),
        Kind::LinkId => Cause::new(ProblemKind::BadCharacter('@')),
        Kind::Unreadable => slips::arrow(parser.text, end).map_or_else(|| unexpected(parser), slips::Arrow::cause),
        _ => unexpected(parser),
    }
}

/// Whether the string that the parser looks at ends before the text does.
fn is_closed(parser: &Parser) -> bool {
    parser.text[parser.token.end as usize..].starts_with('"')
}

fn unclosed_string(parser: &Parser) -> Cause {
    let quote = parser.token.start.saturating_sub(1);
    Cause::new(ProblemKind::UnclosedString).opened_by(Token { kind: Kind::String, start: quote, end: quote + 1 })
}

/// A string where an id should be.
fn quoted_id(parser: &Parser) -> Cause {
    if !is_closed(parser) {
        return unclosed_string(parser);
    }
    let (start, end) = range(parser.token);
    let written = &parser.text[start..end];
    let id = slips::as_id(written);
    let cause = Cause::new(ProblemKind::QuotedId(format!("{id}[\"{written}\"]")));
    if id.is_empty() || written.contains('\n') {
        return Cause::new(ProblemKind::QuotedId(String::new()));
    }
    let bracket = parser.text[end + 1..].starts_with(['[', '(', '{', '>']);
    if bracket {
        return cause.change(start - 1, end + 1, id);
    }
    cause.change(start - 1, start - 1, format!("{id}[")).change(end + 1, end + 1, "]")
}

fn target(parser: &Parser, place: Place, link: Token) -> Cause {
    let token = parser.token;
    let (start, _) = range(token);
    let behind_label = matches!(place, Place::TargetBehindLabel(_));
    let arrow_end = parser.text[..link.end as usize].trim_end_matches(is_space).len();
    if token.kind == Kind::Newline && behind_label {
        let next = parser.text[start..].len() - parser.text[start..].trim_start_matches(is_space).len();
        return Cause::new(ProblemKind::BreakAfterEdgeLabel).opened_by(link).change(arrow_end, start + next, " ");
    }
    if parser.text[arrow_end..start].contains('\n') {
        return Cause::new(ProblemKind::NoTarget).opened_by(link);
    }
    if let Some(comment) = slips::comment(parser, start) {
        return Cause { kind: ProblemKind::NoTarget, ..comment };
    }
    match token.kind {
        Kind::Greater if !behind_label && start == arrow_end => {
            let arrow = slips::arrow(parser.text, parser.text[..start].trim_end_matches(slips::is_stroke).len());
            arrow.map_or_else(|| unexpected(parser), slips::Arrow::cause)
        }
        Kind::Link | Kind::LinkStart | Kind::Newline | Kind::Semicolon | Kind::End | Kind::Cut => {
            Cause::new(ProblemKind::NoTarget).opened_by(link)
        }
        kind if kind.is_keyword() => slips::reserved(parser, start),
        kind if kind.opens() => Cause::new(ProblemKind::LabelWithoutId),
        Kind::String => quoted_id(parser),
        Kind::LinkId => Cause::new(ProblemKind::BadCharacter('@')),
        _ => unexpected(parser),
    }
}

fn ampersand(parser: &Parser) -> Cause {
    let (start, _) = range(parser.token);
    if parser.last.kind == Kind::Ampersand && !matches!(parser.token.kind, Kind::Newline | Kind::End | Kind::Cut) {
        return Cause::new(ProblemKind::TightAmpersand).change(start, start, " ");
    }
    if parser.token.kind.is_keyword() {
        return slips::reserved(parser, start);
    }
    match parser.token.kind {
        Kind::String => quoted_id(parser),
        Kind::Unreadable => unexpected(parser),
        kind if kind.opens() => Cause::new(ProblemKind::LabelWithoutId),
        _ => Cause::new(ProblemKind::NoTarget),
    }
}

fn after_node(parser: &Parser) -> Cause {
    let token = parser.token;
    let (start, end) = range(token);
    let begin = if token.kind == Kind::String { start - 1 } else { start };
    let behind = parser.text[..begin].trim_end_matches(is_space).len();
    let spaced = behind < begin;
    if let Some(slip) = slips::keyword(parser).or_else(|| slips::comment(parser, start)) {
        return slip;
    }
    if let Some(arrow) = slips::arrow(parser.text, start) {
        return arrow.cause();
    }
    match token.kind {
        Kind::String if !is_closed(parser) => unclosed_string(parser),
        Kind::String if spaced => {
            let written = &parser.text[start - 1..=end];
            let shown = format!("{}[{written}]", slips::word_before(parser.text, behind));
            let changes = Cause::new(ProblemKind::BareLabel(shown));
            changes.change(behind, start - 1, "[").change(end + 1, end + 1, "]")
        }
        Kind::ClassSeparator if spaced => Cause::new(ProblemKind::BlankBefore(":::")).change(behind, start, ""),
        Kind::ShapeData if spaced => Cause::new(ProblemKind::BlankBefore("@{")).change(behind, start, ""),
        kind if kind.opens() && kind != Kind::Pipe && spaced && !slips::closes(parser.text, behind) => {
            Cause::new(ProblemKind::BlankBefore("label")).change(behind, start, "")
        }
        Kind::EndWord if parser.builder.open.is_empty() => slips::id_with_space(parser, start),
        Kind::Subgraph
        | Kind::EndWord
        | Kind::Style
        | Kind::LinkStyle
        | Kind::ClassDef
        | Kind::Class
        | Kind::Click
        | Kind::Graph => {
            let word = parser.text[start..].split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
            Cause::new(ProblemKind::NotOnItsOwnLine(word.to_owned())).change(behind, behind, ";")
        }
        kind if kind.is_keyword() => slips::reserved(parser, start),
        kind if kind.makes_ids() && slips::ends_with_tight_ampersand(parser.text, behind) => {
            Cause::new(ProblemKind::TightAmpersand).change(behind - 1, behind - 1, " ")
        }
        kind if kind.makes_ids() && spaced && !slips::closes(parser.text, behind) => {
            slips::id_with_space(parser, start)
        }
        _ => unexpected(parser),
    }
}

/// In a statement that begins with a word of the grammar.
fn rest(parser: &Parser, which: &'static str) -> Cause {
    let token = parser.token;
    let (start, end) = range(token);
    let begin = parser.statement as usize;
    let ends_line = matches!(token.kind, Kind::Newline | Kind::Semicolon | Kind::End);
    if which != "subgraph" && slips::is_node(parser, which, start) {
        return slips::reserved(parser, begin);
    }
    if let Some(comment) = slips::comment(parser, start).or_else(|| slips::comment(parser, end)) {
        return comment;
    }
    if token.kind == Kind::Space && parser.text[end..].starts_with(['\n', ';']) {
        return Cause::new(ProblemKind::TrailingSpace(which)).change(start, end, "");
    }
    if ends_line && parser.last.kind == Kind::Space {
        return Cause::new(ProblemKind::TrailingSpace(which)).change(parser.last.start as usize, start, "");
    }
    if let Some(slip) = slips::blank_in_list(parser, which).or_else(|| slips::colour(parser, which)) {
        return slip;
    }
    Cause::new(ProblemKind::BadStatement(which))
}

/// The kind of a text whose front matter cannot be read.
pub(super) fn kind_behind_front_matter(text: &str) -> Diagrams {
    if text.lines().any(reads_as_flowchart) { Diagrams::Flowchart } else { Diagrams::Unknown }
}

/// Whether a text begins like a flowchart.
pub(super) fn reads_as_flowchart(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("graph ") || text.starts_with("flowchart")
}

/// What closes a label, by its opening bracket.
pub(super) fn closer_of(opener: Kind) -> &'static str {
    match opener {
        Kind::Round => ")",
        Kind::Curly => "}",
        Kind::Stadium => "])",
        Kind::Subroutine => "]]",
        Kind::Cylinder => ")]",
        Kind::DoubleCircle => ")))",
        Kind::Ellipse => "-)",
        Kind::Pipe => "|",
        _ => "]",
    }
}

/// Of which kind of label a place speaks, for [`ProblemKind::Unquoted`].
pub(super) fn found_at(parser: &Parser, of: LabelOf) -> char {
    let (start, _) = range(parser.token);
    let quote = matches!(parser.token.kind, Kind::String | Kind::MarkdownString);
    let _ = of;
    if quote { '"' } else { parser.text[start..].trim_start_matches(is_space).chars().next().unwrap_or(' ') }
}
