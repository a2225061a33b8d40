//! `wrapped-document`

use crate::bind::lines::{line_start, next_line};
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::markdown::model::trouble::Trouble;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;

declare_rule! {
    /// The spec as a whole stands in a Markdown fence.
    ///
    /// Templates are handed out inside a ```` ```markdown ```` fence; pasted with it, the document is one block of
    /// code, and its first diagram closes that block too early. Nothing else is said until the fence is gone.
    ///
    /// ## Bad
    ///
    /// ````markdown
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
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ````
    WRAPPED_DOCUMENT = "wrapped-document", Document, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    let Some(outside) = &context.reading.wrapped else { return };
    let Some(wrapper) = outside.trouble.iter().find_map(|trouble| match trouble {
        Trouble::Wrapped(wrapper) => Some(wrapper),
        _ => None,
    }) else {
        return;
    };
    let text = context.text();
    let title = context.document().headings().next().map(|(_, heading)| context.slice(heading.name));
    let what = title.map_or_else(String::new, |title| format!(" `{title}`"));
    let message = format!("the whole document{what} stands in a code fence: Markdown shows it as code");
    let mut finding = Finding::new(message, wrapper.opening, "opened here");
    if let Some(early) = wrapper.closed_early {
        finding = finding.also(early, "this fence closes it too early: from here on text and code are swapped");
    }
    let opening = context.slice(wrapper.opening);
    let mut edits = vec![Edit { span: line(text, wrapper.opening), text: String::new() }];
    let help = match wrapper.closing {
        Some(closing) => {
            finding = finding.also(closing, "and meant to be closed here");
            edits.push(Edit { span: line(text, closing), text: String::new() });
            format!("remove this line ({opening}) and the {} that was meant to close it", context.slice(closing))
        }
        None => format!("remove this line: {opening}"),
    };
    findings.push(finding.help(help).fix(Fix::new(Safety::Unsafe, edits)));
}

/// A fence with its line.
fn line(text: &str, fence: Span) -> Span {
    Span::new(line_start(text, fence.start()), next_line(text, fence.end()))
}
