//! `wrong-number`

use crate::bind::sections::numbers::Numbers;
use crate::bind::sections::renumber::renumber;
use crate::diagnostic::Finding;
use crate::fix::Fix;
use crate::rule::{Context, Findings, declare_rule};
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
    let renumbered = renumber(context.bound(), &numbers.changed());
    let fix = renumbered.and_then(|(safety, edits)| Fix::new(safety, edits));
    findings.push(
        Finding::new(
            format!("number {} follows number {last}", number.last),
            number.last_span,
            format!("{expected} is expected here"),
        )
        .also(before.heading.text, format!("this is number {last}"))
        .help(format!("number it {expected} and count on from there, or move the section to its place"))
        .fix(fix),
    );
}
