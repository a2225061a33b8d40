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
    for (id, section) in context.template.sections().filter(|(_, section)| !section.repeatable) {
        let Some(answer) = context.binding.section(id).answer() else { continue };
        let Some(first) = &document.section(answer.at).heading else { continue };
        for &again in &answer.again {
            let Some(heading) = &document.section(again).heading else { continue };
            let name = &section.name.shown;
            findings.push(
                Finding::new(format!("section `{name}` stands here a second time"), heading.text, "again")
                    .also(first.text, "this one is judged")
                    .help("merge the two, or give one of them another name")
                    .required_by(&section.requirement),
            );
        }
    }
}
