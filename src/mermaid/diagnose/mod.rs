//! Why a token does not fit, in the user's terms.

mod cause;
pub mod explain;
pub(super) mod mend;
pub(super) mod quote;
pub(super) mod slips;
pub(super) mod surprise;

use crate::mermaid::diagnose::cause::Cause;
use crate::mermaid::kind::Kind as Diagrams;
use crate::mermaid::lexer::lookahead::{DIRECTIONS, is_space};
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::parser::{Parser, Place};
use crate::mermaid::problem::{Problem, ProblemKind};

/// What is wrong with the token that the parser looks at.
pub(super) fn problem(parser: &Parser, place: Place) -> Problem {
    let cause = match place {
        Place::Header => header(parser),
        Place::HeaderDirection => header_direction(parser),
        Place::HeaderEnd => header_end(parser),
        Place::Statement => statement(parser),
        Place::Target | Place::TargetBehindLabel => target(parser, place),
        Place::Ampersand => ampersand(parser),
        Place::AfterNode => after_node(parser),
        Place::Label(of) => parser.unclosed_label(parser.opener, of),
        Place::EdgeText => parser.unclosed_edge_text(parser.opener),
        Place::LinkId => Cause::new(ProblemKind::BadCharacter('@')).opened_by(parser.last),
        Place::ClassName if parser.token.kind == Kind::Space => {
            let (start, end) = parser.token.range();
            Cause::new(ProblemKind::BlankBehind(":::")).change(start, end, "")
        }
        Place::Data => parser.unclosed_data(parser.opener),
        Place::GroupTitle => parser.bad_title(parser.opener),
        Place::Rest(keyword) => rest(parser, keyword),
        Place::ClassName | Place::Properties => unexpected(parser),
    };
    let cause = Cause { changes: parser.proven(cause.changes), ..cause };
    parser.tell(cause)
}

pub(super) fn unexpected(parser: &Parser) -> Cause {
    let (start, end) = parser.token.range();
    if matches!(parser.token.kind, Kind::End | Kind::Cut | Kind::Newline) {
        return Cause::new(ProblemKind::UnexpectedEnd);
    }
    if start == end
        && let Some(c) = parser.text[start..].chars().next()
    {
        return match c {
            ']' | ')' | '}' => Cause::new(ProblemKind::StrayCloser(c)).change(start, start + 1, ""),
            c => Cause::new(ProblemKind::BadCharacter(c)),
        };
    }
    let slice = parser.token.slice(parser.text).trim_matches(is_space);
    let shown = if slice.is_empty() { parser.word_at(end) } else { slice.lines().next().unwrap_or(slice) };
    Cause::new(ProblemKind::Unexpected(shown.to_owned()))
}

fn header(parser: &Parser) -> Cause {
    let (start, _) = parser.token.range();
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
    let (start, _) = parser.token.range();
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
    let (start, _) = parser.token.range();
    if let Some(comment) = slips::comment(parser, start) {
        return comment;
    }
    let behind = parser.text[..start].trim_end_matches(is_space).len();
    Cause::new(ProblemKind::OnHeaderLine).change(behind, behind, ";")
}

fn statement(parser: &Parser) -> Cause {
    let token = parser.token;
    let (start, end) = token.range();
    let here = &parser.text[start..];
    match token.kind {
        Kind::Link | Kind::LinkStart if parser.last.kind == Kind::EndWord => {
            Cause::new(ProblemKind::ReservedWord("end".to_owned())).opened_by(slips::bare(parser, parser.last))
        }
        Kind::Link | Kind::LinkStart => Cause::new(ProblemKind::NoSource),
        Kind::Less if here.starts_with("<!--") => slips::comment(parser, start).unwrap_or_else(|| unexpected(parser)),
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
    let (start, end) = parser.token.range();
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

fn target(parser: &Parser, place: Place) -> Cause {
    let link = parser.opener;
    let token = parser.token;
    let (start, _) = token.range();
    let behind_label = place == Place::TargetBehindLabel;
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
        Kind::Greater if !behind_label && !parser.text[..arrow_end].ends_with(['>', 'o', 'x']) => {
            let begin = parser.text[..arrow_end].trim_end_matches(slips::is_stroke).len();
            slips::arrow(parser.text, begin).map_or_else(|| unexpected(parser), slips::Arrow::cause)
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
    let (start, _) = parser.token.range();
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
    let (start, end) = token.range();
    let begin = if token.kind == Kind::String { start - 1 } else { start };
    let behind = parser.text[..begin].trim_end_matches(is_space).len();
    let spaced = behind < begin;
    let slip = slips::keyword(parser).or_else(|| slips::comment(parser, start));
    if let Some(slip) = slip.or_else(|| slips::label_behind_colon(parser, start)) {
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
        Kind::EndWord if parser.builder.open.is_empty() && slips::closes(parser.text, behind) => {
            Cause::new(ProblemKind::ExtraEnd).change(behind, start + "end".len(), "")
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
        Kind::Comma if slips::closes(parser.text, behind) => {
            let next = parser.text.len() - parser.text[end..].trim_start_matches([' ', '\t']).len();
            let shown = format!("{} & {}", slips::word_before(parser.text, behind), parser.word_at(next));
            Cause::new(ProblemKind::CommaBetweenNodes(shown)).change(behind, next, " & ")
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
fn rest(parser: &Parser, keyword: Kind) -> Cause {
    let which = match keyword {
        Kind::Style => "style",
        Kind::LinkStyle => "linkStyle",
        Kind::ClassDef => "classDef",
        Kind::Class => "class",
        Kind::Click => "click",
        _ => "subgraph",
    };
    let token = parser.token;
    let (start, end) = token.range();
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
    if let Some(slip) = slips::blank_in_list(parser, which)
        .or_else(|| slips::colour(parser, which))
        .or_else(|| slips::equals(parser, which))
    {
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

/// The character that does not fit into a label.
pub(super) fn found_at(parser: &Parser) -> char {
    let (start, _) = parser.token.range();
    let quote = matches!(parser.token.kind, Kind::String | Kind::MarkdownString);
    if quote { '"' } else { parser.text[start..].trim_start_matches(is_space).chars().next().unwrap_or(' ') }
}
