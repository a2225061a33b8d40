//! `duplicate-section`

use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A section that the template names stands in the document twice.
    ///
    /// A reader finds one of them and believes it. The first one that holds something is judged; the others are
    /// reported and not looked into. Headings of the author's own may repeat as they like.
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
    /// ## Purpose
    ///
    /// How to restart the mail relay, and the web relay.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay, and the web relay.
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    DUPLICATE_SECTION = "duplicate-section", Structure, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    let document = context.document();
    for &(id, again) in &context.binding.copies {
        let section = context.template.section(id);
        let heading = |at| document.section(at).heading.as_ref().filter(|_| !section.repeatable);
        let first = context.binding.section(id).at().and_then(heading);
        let Some((first, heading)) = first.zip(heading(again)) else { continue };
        let name = &section.name.shown;
        findings.push(
            Finding::new(format!("section `{name}` stands here a second time"), heading.text, "again")
                .also(first.text, "this one is judged")
                .help("merge the two, or give one of them another name")
                .required_by(&section.requirement),
        );
    }
}
