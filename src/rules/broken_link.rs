//! `broken-link`

use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;

declare_rule! {
    /// A relative link leads to a file that is not there, or a link leads nowhere at all: `[recovery plan]()`.
    ///
    /// The file was moved, renamed or never committed: whoever follows the link in an emergency finds nothing. Links
    /// into the web are not followed, links that begin with `/` are not judged (only the site knows its root), and
    /// `main.tf:12` is line 12 of `main.tf`.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// Read the [recovery plan](./gone.md) first.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// Read the [recovery plan](./recovery.md) first.
    /// ```
    BROKEN_LINK = "broken-link", Content, Warning, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    let mut missing = context.around.missing_targets.clone();
    missing.sort_unstable();
    for link in &context.document().links {
        if link.target.is_empty() && is_meant(context, link.span) {
            let what = if context.slice(link.span).starts_with('!') { "image" } else { "link" };
            findings.push(
                Finding::new(format!("the {what} has no target"), link.span, "this leads nowhere")
                    .help(format!("write the target between the parentheses, or remove the {what}")),
            );
        } else if missing.binary_search(&link.span).is_ok() {
            let file = link.target.split(['#', '?']).next().unwrap_or_default();
            findings.push(
                Finding::new(format!("there is no file `{file}`"), link.span, "this leads nowhere")
                    .help("correct the path, which starts at this document's folder, or remove the link"),
            );
        }
    }
}

/// Whether `[text]()` is a link: `handlers[name]()` and `[this]() { ... }` are code that nobody marked as such.
fn is_meant(context: &Context, link: Span) -> bool {
    let (before, behind) = (&context.text()[..link.start()], &context.text()[link.end()..]);
    let is_called = before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ')' | ']'));
    let is_body = behind.starts_with(['(', '[']) || behind.trim_start_matches(' ').starts_with('{');
    let is_code = is_called || is_body || behind.starts_with("->");
    context.slice(link).contains(char::is_alphabetic) && !is_code
}
