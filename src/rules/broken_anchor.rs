//! `broken-anchor`

use crate::bind::fragments::Anchors;
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A link leads to an anchor of this document that no heading has.
    ///
    /// GitHub makes the anchor of a heading from its text: lower case, blanks become `-`, punctuation and emoji go;
    /// the second heading of one name gets `-1`. A heading that was renamed takes its anchor along, and the links to
    /// it lead to the top of the page.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// Go straight to [recovery](#recovery-plan).
    ///
    /// ## Recovery
    ///
    /// Restore the latest backup.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// Go straight to [recovery](#recovery).
    ///
    /// ## Recovery
    ///
    /// Restore the latest backup.
    /// ```
    BROKEN_ANCHOR = "broken-anchor", Content, Warning, Document(check)
}

/// So many links are compared with the headings.
const GUESSES: usize = 20;

fn check(context: &Context, findings: &mut Findings) {
    let document = context.document();
    let mut links = document.links.iter().filter(|link| link.target.starts_with('#')).peekable();
    if links.peek().is_none() {
        return;
    }
    let anchors = Anchors::new(context.bound());
    // Likeness costs: after so many broken links it is not the odd slip.
    let mut guesses = GUESSES;
    for link in links {
        let fragment = &link.target[1..];
        if anchors.has(fragment) {
            continue;
        }
        let finding = Finding::new(format!("no heading has the anchor `#{fragment}`"), link.span, "this leads nowhere");
        if let Some(same) = anchors.same_letters(fragment) {
            findings.push(finding.help(format!("write `#{same}`")));
            continue;
        }
        let near = if guesses > 0 { anchors.nearest(fragment) } else { None };
        guesses = guesses.saturating_sub(1);
        findings.push(match near {
            Some(near) => finding.help(format!("did you mean `#{near}`?")),
            None => finding.help("link to the anchor of a heading of this document, or remove the link"),
        });
    }
}
