//! Why a token does not fit, in the user's terms.

use super::kind::Kind as Diagrams;
use super::parser::{Parser, Place};
use super::problem::{Problem, ProblemKind};

/// What is wrong with the token that the parser looks at.
pub(super) fn problem(parser: &Parser, place: Place) -> Problem {
    let _ = place;
    let token = parser.token;
    let span = parser.span_of(token);
    Problem { kind: ProblemKind::Unexpected(token.slice(parser.text).to_owned()), span, opener: None, fix: Vec::new() }
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
