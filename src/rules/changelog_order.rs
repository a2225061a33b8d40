//! `changelog-order`

use std::cmp::Ordering;

use crate::bind::log::newest::{LogEntries, ReadEntry};
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::log::Log;
use crate::values::version;

declare_rule! {
    /// The newest entry of the changelog does not stand first, or two entries have one version.
    ///
    /// Whoever opens the changelog looks for the latest change where it belongs. Entries are compared by their day,
    /// those of one day by their version. A version that two entries have tells nobody which of them is meant. One
    /// finding a changelog, at the first entry that stands in the wrong place.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Changelog
    ///
    /// ### 260101 - v1.0.0 - First version
    /// - Written.
    ///
    /// ### 260115 - v1.1.0 - The queue is drained first
    /// - Drain before the restart.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Changelog
    ///
    /// ### 260115 - v1.1.0 - The queue is drained first
    /// - Drain before the restart.
    ///
    /// ### 260101 - v1.0.0 - First version
    /// - Written.
    /// ```
    CHANGELOG_ORDER = "changelog-order", Consistency, Warning, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for LogEntries { log, entries, .. } in context.logs.iter().filter(|read| read.log.newest_first) {
        // A day in the future is a finding of its own, and no place in the order.
        let is_late =
            |entry: &ReadEntry| entry.day.zip(context.around.last_day()).is_some_and(|((day, _), last)| day > last);
        let comparable: Vec<&ReadEntry> = entries
            .iter()
            .filter(|entry| !is_late(entry) && (entry.day.is_some() || entry.version.is_some()))
            .collect();
        let wrong: Vec<usize> =
            (1..comparable.len()).filter(|&at| is_wrong(comparable[at - 1], comparable[at])).collect();
        match wrong.first() {
            Some(&first) => findings.push(finding(context, log, &comparable, first, wrong.len())),
            None => findings.list.extend(one_version(log, entries)),
        }
    }
}

/// The first two entries of one version: where the order is right, one of the two numbers was not counted up.
fn one_version(log: &Log, entries: &[ReadEntry]) -> Option<Finding> {
    let mut versions: Vec<_> = entries.iter().filter_map(|entry| entry.version.as_ref()).collect();
    versions.sort_by(|(a, at), (b, other)| version::compare(a, b).then(at.cmp(other)));
    let twice = versions.windows(2).filter(|pair| version::compare(&pair[0].0, &pair[1].0).is_eq());
    let [(version, first), (_, again)] = *twice.min_by_key(|pair| pair[1].1)? else { return None };
    Some(
        Finding::new(format!("two entries of the changelog have the version {version}"), *again, "again here")
            .also(*first, "first here")
            .help("give each entry a version of its own, or make one entry of the two")
            .required_by(&log.requirement),
    )
}

fn finding(context: &Context, log: &Log, entries: &[&ReadEntry], first: usize, wrong: usize) -> Finding {
    let (above, entry) = (entries[first - 1], entries[first]);
    let finding = if wrong > 1 && wrong + 1 == entries.len() {
        Finding::new("the entries of the changelog stand oldest first", entry.entry.span, "newer than the entry above")
            .also(above.entry.span, "this stands above it")
            .help("turn them round: the newest entry stands first")
    } else {
        let before = entries[..first].iter().find(|other| is_wrong(other, entry)).unwrap_or(&above);
        Finding::new(
            "this entry stands out of order: the newest entry comes first",
            entry.entry.span,
            "newer than the entry above",
        )
        .also(before.entry.span, "it belongs above this")
        .help(format!("move it above `{}`, or correct its day", context.slice(before.entry.span)))
    };
    finding.required_by(&log.requirement)
}

/// Whether an entry is newer than one that stands above it.
fn is_wrong(above: &ReadEntry, below: &ReadEntry) -> bool {
    let by_day = above.day.zip(below.day).map(|((above, _), (below, _))| above.cmp(&below));
    let by_version = || {
        let versions = above.version.as_ref().zip(below.version.as_ref());
        versions.map_or(Ordering::Equal, |((above, _), (below, _))| version::compare(above, below))
    };
    by_day.filter(|order| order.is_ne()).unwrap_or_else(by_version).is_lt()
}
