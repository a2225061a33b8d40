//! What is not said of a document that holds the two sides of a merge conflict.

use crate::diagnostic::Finding;
use crate::markdown::model::trouble::Trouble;
use crate::rule::{Context, Rule};
use crate::rules::merge_conflict::MERGE_CONFLICT;
use crate::span::Span;

/// Removes what is said of the sections in which a conflict stands, for nobody knows which side is the document, and
/// all fixes: between the marks they would choose one.
pub(super) fn silence(context: &Context, found: &mut Vec<(&'static Rule, Finding)>) {
    let document = context.document();
    let around: Vec<Span> = document
        .trouble
        .iter()
        .filter_map(|trouble| {
            let Trouble::Conflict { opening, closing } = trouble else { return None };
            // A `=======` makes a heading of the lines above it: only what stands before the conflict is sure.
            let first = document.section(document.section_at(opening.start().saturating_sub(1)));
            let last = document.section(document.section_at(closing.start()));
            let start = first.heading.as_ref().map_or(first.body.start(), |heading| heading.span.start());
            Some(Span::new(start, last.body.end()))
        })
        .collect();
    if around.is_empty() {
        return;
    }
    found.retain(|(rule, finding)| {
        let place = finding.at.span.start();
        let after = around.partition_point(|span| span.end() <= place);
        rule.name == MERGE_CONFLICT.name || around.get(after).is_none_or(|span| place < span.start())
    });
    for (_, finding) in found {
        finding.fix = None;
    }
}
