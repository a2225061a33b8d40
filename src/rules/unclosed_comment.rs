//! `unclosed-comment`

use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::model::trouble::Trouble;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A comment runs on: to the end of the file, or over headings to the end of the next comment.
    ///
    /// Everything after a `<!--` that nobody closed is hidden: headings, tables and diagrams are gone for every reader,
    /// and what the document lacks because of it is not reported again.
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
    /// <!-- TODO: name the queue
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
    /// <!-- TODO: name the queue -->
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    UNCLOSED_COMMENT = "unclosed-comment", Document, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for trouble in &context.document().trouble {
        let Trouble::UnclosedComment { opening, inner, swallowed, close_at } = trouble else { continue };
        let message = match swallowed.len() {
            0 => "this comment is never closed: all below it is hidden".to_owned(),
            _ => format!("this comment is not closed: it hides {}", context.named(swallowed)),
        };
        let source = &context.reading.source;
        let last = source.slice(source.line_span(source.line_of(*close_at))).trim();
        let mut finding = Finding::new(message, *opening, "opened here")
            .help(format!("close it: write `-->` behind `{last}`"))
            .fix(Fix::insert(Safety::Unsafe, *close_at, " -->"));
        if let Some(inner) = inner {
            finding = finding.also(*inner, "only the comment that begins here closes it");
        } else if let Some(first) = swallowed.first() {
            finding = finding.also(*first, "nobody sees this");
        }
        findings.push(finding);
    }
}
