//! What the official parser accepts, but means differently than it reads.

use super::model::Flowchart;
use super::problem::{Problem, ProblemKind};
use crate::span::Span;

/// Adds what surprises to the problems, which are then in the order of the text.
pub(super) fn add(chart: &Flowchart, lost: &[Span], only_newer: Option<Span>, text: &str, problems: &mut Vec<Problem>) {
    let _ = (chart, lost, text);
    let failed = problems.iter().any(|problem| problem.kind.is_error());
    if let Some(span) = only_newer.filter(|_| !failed) {
        problems.push(Problem { kind: ProblemKind::FailsBefore12, span, opener: None, fix: Vec::new() });
    }
}
