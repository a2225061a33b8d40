//! `renamed-section`

use crate::bind::model::Named;
use crate::bind::names::{WrittenName, nearness};
use crate::bind::sections::numbers;
use crate::bind::sections::relink::Links;
use crate::bind::sections::style::heading_line;
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A heading is probably a section of the template under another name.
    ///
    /// Readers, links and tools find a section by its name: `Disaster Recovry` is found by nobody. Names that the
    /// template lists as aliases are accepted in silence; this rule speaks of slips, of names that usually mean the
    /// section, and of a section that holds just the table that is asked for.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpos
    ///
    /// How to restart the mail relay.
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
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
    RENAMED_SECTION = "renamed-section", Structure, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for (id, section) in context.template.sections() {
        let answer = context.binding.section(id).answer().filter(|answer| answer.name == Named::Near);
        let Some(at) = answer.map(|answer| answer.at) else { continue };
        let Some(heading) = context.document().section(at).heading.as_ref() else { continue };
        let written = context.slice(heading.name);
        let name = &section.name.shown;
        // Bound by its table alone, the name is no likeness, and saying "probably" of it would puzzle. So it would of a
        // copy of another section's heading.
        let is_copy = context.template.sections().any(|(_, other)| other.name.is(&heading.normal));
        let alike = !is_copy && nearness(&section.name, WrittenName::new(&heading.normal), true).is_some();
        let message = if alike {
            format!("section `{written}` is probably `{name}`")
        } else {
            format!("section `{written}` looks like `{name}`: it holds its table")
        };
        let line = heading_line(context.template, context.binding, context.document(), id);
        let mut edits = vec![Edit { span: heading.name, text: name.clone() }];
        let mut headings = context.document().headings();
        let copied = heading
            .number
            .filter(|_| is_copy && headings.any(|(id, other)| id < at && numbers::is_copy(other, heading)));
        let line = match copied {
            Some(number) => {
                let [old, new] = [number.last, number.last.saturating_add(1)];
                edits.insert(0, Edit { span: number.last_span, text: new.to_string() });
                line.replacen(&format!(" {old}. "), &format!(" {new}. "), 1)
            }
            None => line,
        };
        findings.push(
            Finding::new(message, heading.name, "here")
                .help(format!("rename the heading to `{line}`"))
                .required_by(&section.requirement)
                .fix(rename(context, edits)),
        );
    }
}

fn rename(context: &Context, mut edits: Vec<Edit>) -> Option<Fix> {
    match context.bound().relink(&edits) {
        Links::Untouched => {}
        Links::Follow(links) => edits.extend(links),
        Links::Lost => return None,
    }
    Fix::new(Safety::Unsafe, edits)
}
