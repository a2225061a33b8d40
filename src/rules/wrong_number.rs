//! `wrong-number`

use crate::bind::numbers::{Counted, Numbers};
use crate::bind::relink::{Links, relink};
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::markdown::model::Number;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::Numbering;

declare_rule! {
    /// The numbers of the headings do not count up.
    ///
    /// Which numbers they are does not matter: authors add and drop sections and renumber. A gap or a repetition
    /// says that something was moved, pasted or lost. One finding a document, at the first heading that does not
    /// follow its predecessor; duplicates, and the gap that a missing section leaves, are another rule's.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## 1. Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## 3. Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## 1. Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## 2. Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    WRONG_NUMBER = "wrong-number", Structure, Warning, Document(check), fixes: Safe
}

fn check(context: &Context, findings: &mut Findings) {
    if context.template.numbering == Numbering::Any {
        return;
    }
    let numbers = Numbers { template: context.template, binding: context.binding, document: context.document() };
    let Some((before, here)) = numbers.first_break() else { return };
    let (last, number) = (before.number.last, here.number);
    let expected = last.saturating_add(1);
    findings.push(
        Finding::new(
            format!("number {} follows number {last}", number.last),
            number.last_span,
            format!("{expected} is expected here"),
        )
        .also(before.heading.text, format!("this is number {last}"))
        .help(format!("number it {expected} and count on from there, or move the section to its place"))
        .fix(renumber(context, &numbers.changed())),
    );
}

/// Writes the new numbers, in front of sub-numbers too (`3.1` under `3.` becomes `4.1`), and leads links to the new
/// anchors.
fn renumber(context: &Context, changed: &[(Counted, u32)]) -> Option<Fix> {
    let mut edits = Vec::new();
    for &(counted, new) in changed {
        edits.push(edit(context, counted.number.last_span, new));
        let below = context.document().sections[counted.id.index() + 1..].iter();
        let below = below.filter_map(|section| section.heading.as_ref());
        for heading in below.take_while(|heading| heading.level > counted.heading.level) {
            if let Some(first) =
                heading.number.filter(|number| number.depth > 1).map(|number| first_part(context, number))
                && context.slice(first).parse() == Ok(counted.number.last)
            {
                edits.push(edit(context, first, new));
            }
        }
    }
    edits.sort();
    match relink(context.document(), context.text(), &edits) {
        Links::Untouched => Fix::new(Safety::Safe, edits),
        Links::Follow(links) => {
            edits.extend(links);
            Fix::new(Safety::Unsafe, edits)
        }
        Links::Lost => None,
    }
}

fn first_part(context: &Context, number: Number) -> Span {
    let written = context.slice(number.span);
    let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    Span::new(number.span.start(), number.span.start() + digits)
}

/// `03` becomes `04`, not `4`.
fn edit(context: &Context, span: Span, new: u32) -> Edit {
    let written = context.slice(span);
    let width = if written.starts_with('0') { written.len() } else { 1 };
    Edit { span, text: format!("{new:0width$}") }
}
