//! `merge-conflict`

use crate::diagnostic::Finding;
use crate::markdown::model::trouble::Trouble;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A merge conflict was committed with its marks.
    ///
    /// Both sides stand in the document, and every reader sees them with the marks between. Nobody but its authors can
    /// tell which side holds: nothing else is said of the sections around it, and no fix is offered in the document.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// <<<<<<< HEAD
    /// How to restart the mail relay.
    /// =======
    /// How to restart the mail relay and its queue.
    /// >>>>>>> drain-first
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
    /// How to restart the mail relay and its queue.
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    MERGE_CONFLICT = "merge-conflict", Document, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for trouble in &context.document().trouble {
        let Trouble::Conflict { opening, closing } = trouble else { continue };
        findings.push(
            Finding::new("a merge conflict was never resolved", *opening, "one side begins here")
                .also(*closing, "the other one ends here")
                .help(
                    "keep one side, or make one text of both, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`",
                ),
        );
    }
}
