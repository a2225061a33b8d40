//! `unused-directive`

use crate::bind::lines::removal;
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::rule::{Context, declare_rule};
use crate::span::Span;
use crate::text;

declare_rule! {
    /// An `allow` comment silences nothing.
    ///
    /// A comment that was needed once and is not any more hides the next real finding of that rule. Rules that did
    /// not run (`--only`, or switched off) are not counted: their comments may be needed in another run.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// <!-- infralint: allow(empty-section) the steps are written in June -->
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
    UNUSED_DIRECTIVE = "unused-directive", Document, Warning, Engine, fixes: Safe
}

/// What to say of a directive, given the names in it that silenced nothing.
pub(crate) fn say(context: &Context, comment: Span, all: &[Span], idle: &[Span]) -> Option<Finding> {
    let first = *idle.first()?;
    let names: Vec<&str> = idle.iter().map(|&name| context.slice(name)).collect();
    let finding = Finding::new(format!("this `allow` silences nothing: {}", found(&names)), first, "not needed");
    if idle.len() == all.len() {
        let fix = Fix::replace(Safety::Safe, removal(context.text(), comment), "");
        return Some(finding.help("remove the comment").fix(fix));
    }
    let help = format!("remove {} from the comment", text::list(&names, "and"));
    let kept: Vec<&str> = all.iter().filter(|name| !idle.contains(name)).map(|&name| context.slice(name)).collect();
    let list = all[0].cover(all[all.len() - 1]);
    Some(finding.help(help).fix(Fix::replace(Safety::Safe, list, kept.join(", "))))
}

fn found(names: &[&str]) -> String {
    format!("{} {} nothing here", text::list(names, "and"), if names.len() == 1 { "finds" } else { "find" })
}
