//! `rewritten-changelog`

use crate::bind::history::{History, ReadLog, is_same};
use crate::bind::log::newest::{ReadEntry, newest};
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::text::{are, count};
use crate::values::version;

declare_rule! {
    /// An old changelog entry was altered, or is gone.
    ///
    /// A changelog is read to learn what was true when. Compared is with the revision that `--since` names; blanks, and
    /// the form of a day, do not count. The newest entry may still grow with its version.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.1.0
    /// > **Last Updated:** 260120
    ///
    /// ## Steps
    ///
    /// Restart the relay.
    ///
    /// ## Changelog
    ///
    /// ### 260120 - v1.1.0 - Shorter
    /// - Less to read.
    ///
    /// ### 260110 - v1.0.0 - First version
    /// - Written by somebody else.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.1.0
    /// > **Last Updated:** 260120
    ///
    /// ## Steps
    ///
    /// Restart the relay, says somebody else.
    ///
    /// ## Changelog
    ///
    /// ### 260120 - v1.1.0 - Who says so
    /// - The author is named.
    ///
    /// ### 260110 - v1.0.0 - First version
    /// - Written.
    /// ```
    REWRITTEN_CHANGELOG = "rewritten-changelog", History, Warning, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    let Some(history) = context.history() else { return };
    let (Some(now), Some(then)) = (history.now.log(context.template), history.then.log(context.template)) else {
        return;
    };
    if history.went_down().is_some() {
        return;
    }
    let grows = history.versions().is_some_and(|(.., now, then)| version::compare(&now, &then).is_eq());
    let newest = newest(&then.entries).filter(|_| grows);
    let old = then.entries.iter().filter(|entry| !newest.is_some_and(|newest| is_same(newest, entry)));
    let altered: Vec<(Option<Span>, &ReadEntry)> =
        old.filter_map(|entry| altered(&history, &now, entry).map(|place| (place, entry))).collect();
    let Some((place, entry)) = altered.first() else { return };
    let name = match &entry.version {
        Some((version, _)) => format!("the entry of v{version}"),
        None => "an old entry".to_owned(),
    };
    let (what, label) =
        if place.is_some() { ("was altered", "it said something else") } else { ("is gone", "it stood here") };
    let others = match altered.len() - 1 {
        0 => String::new(),
        others => format!(", and so {} {}", are(others), count(others, "other")),
    };
    let Some(place) = place.or(now.place) else { return };
    findings.push(
        Finding::new(format!("{name} {what}{others}"), place, label)
            .help("restore it, and say what is new in an entry of its own")
            .required_by(now.requirement),
    );
}

/// Where an old entry stands now, if it says something else; `Some(None)` where it is gone.
#[expect(clippy::option_option, reason = "gone is not the same as unchanged")]
fn altered(history: &History, now: &ReadLog, entry: &ReadEntry) -> Option<Option<Span>> {
    let Some(there) = now.entries.iter().find(|other| is_same(other, entry)) else { return Some(None) };
    let same_day = there.day.map(|(day, _)| day) == entry.day.map(|(day, _)| day);
    let same_text = history.now.entry_text(there) == history.then.entry_text(entry);
    (!same_day || !same_text).then_some(Some(there.entry.span))
}
