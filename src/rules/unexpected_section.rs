//! `unexpected-section`

use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A section is not in the template.
    ///
    /// Off by default, for nearly every real spec adds sections of its own, and that is a good thing. Switch it on
    /// where documents are read by machines.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    ///
    /// ## Thanks
    ///
    /// To the night shift.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    UNEXPECTED_SECTION = "unexpected-section", Structure, Off, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    let binding = context.binding;
    for (id, heading) in context.document().headings() {
        let is_own = binding.answers[id.index()].is_none() && binding.owners[id.index()].is_none();
        if is_own && heading.level == binding.section_level && binding.title != Some(id) {
            let name = context.slice(heading.name);
            findings.push(
                Finding::new(format!("section `{name}` is not in the template"), heading.text, "here")
                    .help("remove it, or add it to the template"),
            );
        }
    }
}
