//! `stale-date`

use crate::bind::history::State;
use crate::bind::log::newest::newest;
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};
use crate::surroundings::STALE_AFTER;
use crate::text::count;
use crate::values::date;

declare_rule! {
    /// The day in the header lies well behind the last commit that changed what the document says.
    ///
    /// A quarter of all dates in such documents are more than a month off, mostly because nobody thought of them (or
    /// the year was wrong from the start). With `--history` git is asked when the text last changed; commits that only
    /// changed blanks, tables' padding, the header or the changelog do not count. `[git] stale-after` sets the days.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.0.0
    /// > **Last Updated:** 251001
    ///
    /// ## Steps
    ///
    /// Restart the relay.
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
    /// ```
    STALE_DATE = "stale-date", History, Warning, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    let Some(changed) = context.around.last_change else { return };
    let now = State { reading: context.reading, binding: context.binding };
    let Some((field, place, day)) = now.day(context.template) else { return };
    let Some(pattern) = field.date_pattern() else { return };
    let days = day.until(changed).map_or(0, |span| span.get_days());
    let limit = context.around.stale_after.unwrap_or(STALE_AFTER);
    if i64::from(days) <= i64::from(limit) {
        return;
    }
    // Earlier than the newest entry, too: `date-mismatch` says so.
    let log = now.log(context.template);
    let entry = log.as_ref().and_then(|log| newest(&log.entries)).and_then(|entry| entry.day);
    if field.at_least.is_some() && entry.is_some_and(|(entry, _)| day < entry) {
        return;
    }
    let (name, written) = (&field.name.shown, date::write(changed, pattern));
    let days = count(usize::try_from(days).unwrap_or_default(), "day");
    findings.push(
        Finding::new(
            format!("{name} lies {days} behind the last change of the document"),
            place,
            "older than the text",
        )
        .help(format!("set {name} to {written}, the day of that change"))
        .required_by(&field.requirement)
        .fix(Fix::replace(Safety::Unsafe, place, written)),
    );
}
