//! `broken-link`

use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A relative link leads to a file that is not there.
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
    for link in context.document().links.iter().filter(|link| missing.binary_search(&link.span).is_ok()) {
        let file = link.target.split(['#', '?']).next().unwrap_or_default();
        findings.push(
            Finding::new(format!("there is no file `{file}`"), link.span, "this leads nowhere")
                .help("correct the path, which starts at this document's folder, or remove the link"),
        );
    }
}
