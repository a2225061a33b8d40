//! `duplicate-field`

use crate::bind::lines::{line_start, next_line};
use crate::bind::model::BoundField;
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::entry::entries;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;

declare_rule! {
    /// A field stands in the version block twice.
    ///
    /// Readers and tools take one of the two, and not the same one. The first counts here.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.0.0
    /// > **Status:** Draft
    /// > **Last Updated:** 260115
    /// > **Version:** 1.1.0
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.1.0
    /// > **Status:** Draft
    /// > **Last Updated:** 260115
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    /// ```
    DUPLICATE_FIELD = "duplicate-field", Header, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    let Some(header) = &context.template.header else { return };
    for (field, bound) in header.fields.iter().zip(&context.binding.header.fields) {
        let BoundField::Found(first) = bound else { continue };
        for &again in &first.again {
            let message = format!("the header has `{}` twice", field.name.shown);
            let finding = Finding::new(message, again, "again")
                .also(first.line, "this one counts")
                .help("keep one of the two")
                .required_by(&field.requirement);
            findings.push(finding.fix(removal(context, again)));
        }
    }
}

/// Removes a line that holds nothing but this field.
fn removal(context: &Context, line: Span) -> Option<Fix> {
    let text = context.text();
    let is_alone = entries(text, line).len() <= 1;
    let whole = Span::new(line_start(text, line.start()), next_line(text, line.end()));
    is_alone.then(|| Fix::replace(Safety::Unsafe, whole, ""))
}
