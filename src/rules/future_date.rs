//! `future-date`

use jiff::civil::Date;

use crate::bind::header::fields::swapped;
use crate::bind::log::newest::LogEntries;
use crate::bind::placeholders::blank::is_placeholder;
use crate::diagnostic::{Finding, Requirement};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::Kind;
use crate::text;
use crate::values::date;

declare_rule! {
    /// A date lies in the future.
    ///
    /// Nothing was changed tomorrow. Such a date is a slip, most often in the year, or the day stands where the year
    /// belongs. A day that has begun somewhere (at UTC+14 first) is none of these, unless `--today` names the day.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.0.0
    /// > **Status:** Draft
    /// > **Last Updated:** 270115
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.0.0
    /// > **Status:** Draft
    /// > **Last Updated:** 260115
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    /// ```
    FUTURE_DATE = "future-date", Header, Error, Document(check)
}

/// A date that lies in the future, and where it stands.
struct Late<'a> {
    what: String,
    place: Span,
    day: Date,
    pattern: &'a str,
    requirement: &'a Requirement,
}

fn check(context: &Context, findings: &mut Findings) {
    let (Some(today), Some(last)) = (context.around.today, context.around.last_day()) else { return };
    let mut late: Vec<Late> = in_header(context).filter(|late| late.day > last).collect();
    late.extend(in_logs(context, last));
    // A slip that was copied from the header to the log (or the other way) is one.
    while !late.is_empty() {
        let first = late.remove(0);
        let (same, other) = late.into_iter().partition(|other| other.day == first.day);
        late = other;
        findings.push(finding(context, &first, &same, today));
    }
}

fn in_header<'a>(context: &'a Context) -> impl Iterator<Item = Late<'a>> {
    let fields = context.template.header.iter().flat_map(|header| header.fields.iter().enumerate());
    fields.filter(|(_, field)| field.not_after_today).filter_map(|(index, field)| {
        let pattern = field.date_pattern()?;
        let line = context.binding.field(index)?;
        let day = date::parse(context.slice(line.value), pattern).ok()?;
        Some(Late {
            what: format!("`{}`", field.name.shown),
            place: line.value,
            day,
            pattern,
            requirement: &field.requirement,
        })
    })
}

/// The entries of logs whose day lies behind the last one.
fn in_logs<'a>(context: &Context<'a>, last: Date) -> impl Iterator<Item = Late<'a>> {
    let logs = context.logs.iter().filter(|read| read.log.not_after_today);
    logs.flat_map(move |LogEntries { log, entries, .. }| {
        entries.iter().filter_map(move |entry| {
            let (pattern, (day, place)) = (log.date_pattern()?, entry.day.filter(|&(day, _)| day > last)?);
            let kind = Kind::Date(pattern.to_owned());
            let is_open = is_placeholder(Some(&kind), context.slice(place), context.template);
            (!is_open).then(|| Late {
                what: "this entry".to_owned(),
                place,
                day,
                pattern,
                requirement: &log.requirement,
            })
        })
    })
}

fn finding(context: &Context, first: &Late, same: &[Late], today: Date) -> Finding {
    let days = today.until(first.day).map_or(0, |span| span.get_days().unsigned_abs());
    let message = format!("{} lies in the future", first.what);
    let shown = date::write(today, first.pattern);
    let label = format!("{} after today, `{shown}`", text::count(days as usize, "day"));
    let mut finding = Finding::new(message, first.place, label).required_by(first.requirement);
    for other in same {
        finding = finding.also(other.place, "the same day");
    }
    // The year is wrong more often than anything else.
    let this_year = first.day.with().year(today.year()).build().ok().filter(|&day| day <= today);
    let meant = swapped(context.slice(first.place), Some(today)).or(this_year);
    finding.help(match meant {
        Some(day) => format!("write the day of the change; did you mean `{}`?", date::write(day, first.pattern)),
        None => "write the day of the change".to_owned(),
    })
}
