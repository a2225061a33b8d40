//! `date-mismatch`

use crate::bind::header::fields::swapped;
use crate::bind::log::newest::{ReadEntry, newest};
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::ContentId;
use crate::template::model::log::EntryPart;
use crate::values::{date, version};

declare_rule! {
    /// The day in the header is earlier than the newest changelog entry.
    ///
    /// It may be later: not every change is worth an entry. Six digits with the day first (`150926`) are read as what
    /// they say in the template's form, which is years off, so the finding says what was probably meant.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.3.0
    /// > **Last Updated:** 260110
    ///
    /// ## Changelog
    ///
    /// ### 260115 - v1.3.0 - The queue is drained first
    /// - Drain before the restart.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.3.0
    /// > **Last Updated:** 260120
    ///
    /// ## Changelog
    ///
    /// ### 260115 - v1.3.0 - The queue is drained first
    /// - Drain before the restart.
    /// ```
    DATE_MISMATCH = "date-mismatch", Consistency, Warning, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    let fields = context.template.header.iter().flat_map(|header| header.fields.iter().enumerate());
    for (index, field) in fields {
        let (Some(part), Some(pattern)) = (field.at_least, field.date_pattern()) else { continue };
        let Some(line) = context.binding.field(index) else { continue };
        let Some(entry) = context.log(part.log).and_then(newest) else { continue };
        let written = context.slice(line.value).trim();
        let (Ok(own), Some((day, place))) = (date::parse(written, pattern), entry.day) else { continue };
        let is_late = |day| context.around.last_day().is_some_and(|last| day > last);
        if own >= day || is_late(own) || is_late(day) || version_differs(context, part.log, entry) {
            continue;
        }
        let name = &field.name.shown;
        let log = &context.template.section(part.log.section).name.shown;
        let meant = swapped(written, context.around.today).filter(|&meant| meant >= day && !is_late(meant));
        let expected = date::write(meant.unwrap_or(day), pattern);
        let help = match meant {
            Some(_) => format!("write `{expected}`: `{written}` seems to have its parts in another order"),
            None => format!("set {name} to {expected}, or correct the day of the entry"),
        };
        findings.push(
            Finding::new(
                format!("{name} is {written}, but the newest entry of `{log}` is of {}", context.slice(place)),
                line.value,
                "earlier than the entry",
            )
            .also(place, "the newest entry")
            .help(help)
            .required_by(&field.requirement)
            .fix(Fix::replace(Safety::Unsafe, line.value, expected)),
        );
    }
}

/// Whether the version already says that header and entry do not belong together.
fn version_differs(context: &Context, log: ContentId, entry: &ReadEntry) -> bool {
    let mut fields = context.template.header.iter().flat_map(|header| header.fields.iter().enumerate());
    fields.any(|(index, field)| {
        let is_version = field.equals.is_some_and(|part| part.log == log && part.part == EntryPart::Version);
        let own = context.binding.field(index).filter(|_| is_version);
        let own = own.and_then(|line| version::parse(context.slice(line.value)));
        own.zip(entry.version.as_ref()).is_some_and(|(own, (newest, _))| version::compare(&own, newest).is_ne())
    })
}
