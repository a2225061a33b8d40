//! `version-regression`

use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// The version in the header went down.
    ///
    /// Compared is with the revision that `--since` names. A merge that took the older header does this without a
    /// word. Where the changelog still has the greater version, `version-mismatch` says it already.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 0.9.0
    /// > **Last Updated:** 260120
    ///
    /// ## Steps
    ///
    /// Restart the relay.
    ///
    /// ## Changelog
    ///
    /// ### 260120 - v0.9.0 - A draft again
    /// - Written anew.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.0.0
    /// > **Last Updated:** 260110
    ///
    /// ## Steps
    ///
    /// Restart the relay.
    ///
    /// ## Changelog
    ///
    /// ### 260110 - v1.0.0 - First version
    /// - Written.
    /// ```
    VERSION_REGRESSION = "version-regression", History, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    let Some(history) = context.history() else { return };
    let Some((field, place, now, then)) = history.went_down() else { return };
    let name = &field.name.shown;
    findings.push(
        Finding::new(format!("{name} went down from {then} to {now}"), place, format!("it was {then}"))
            .help(format!("set {name} to {then}, or to a greater one"))
            .required_by(&field.requirement),
    );
}
