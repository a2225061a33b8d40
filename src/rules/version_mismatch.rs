//! `version-mismatch`

use crate::bind::log::newest::{ReadEntry, newest};
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::Kind;
use crate::template::model::log::EntryPart;
use crate::values::{date, version};

declare_rule! {
    /// The version in the header is not that of the newest changelog entry.
    ///
    /// Either the header was forgotten or the entry was. The newest entry is the one with the greatest version,
    /// wherever it stands; that its day does not fit the header either is not said again.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.2.0
    /// > **Last Updated:** 260115
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
    /// > **Last Updated:** 260115
    ///
    /// ## Changelog
    ///
    /// ### 260115 - v1.3.0 - The queue is drained first
    /// - Drain before the restart.
    /// ```
    VERSION_MISMATCH = "version-mismatch", Consistency, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    let fields = context.template.header.iter().flat_map(|header| header.fields.iter().enumerate());
    for (index, field) in fields {
        let (Some(part), Some(line)) = (field.equals, context.binding.field(index)) else { continue };
        let Some(entry) = context.log(part.log).and_then(newest) else { continue };
        let written = context.slice(line.value).trim();
        let Some((expected, place)) = differs(written, field.kind.as_ref(), part.part, entry) else { continue };
        let name = &field.name.shown;
        let log = &context.template.section(part.log.section).name.shown;
        let also = also_later(context, part.log, entry);
        findings.push(
            Finding::new(
                format!("{name} is {written}, but the newest entry of `{log}` is {expected}"),
                line.value,
                "the header",
            )
            .also(place, "the newest entry")
            .help(format!("set {name} to {expected}{also}, or add an entry for {written}"))
            .required_by(&field.requirement),
        );
    }
}

/// What the newest entry says instead, and where. What is not understood is not compared.
fn differs(
    written: &str,
    kind: Option<&Kind>,
    part: EntryPart,
    entry: &ReadEntry,
) -> Option<(String, crate::span::Span)> {
    match part {
        EntryPart::Version => {
            let own = version::parse(written)?;
            let (newest, place) = entry.version.as_ref()?;
            version::compare(&own, newest).is_ne().then(|| (newest.to_string(), *place))
        }
        EntryPart::Date => {
            let Some(Kind::Date(pattern)) = kind else { return None };
            let own = date::parse(written, pattern).ok()?;
            let (newest, place) = entry.day?;
            (own != newest).then(|| (date::write(newest, pattern), place))
        }
    }
}

/// Where the day in the header is older than the entry, too: what else to write.
fn also_later(context: &Context, log: crate::template::model::ContentId, entry: &ReadEntry) -> String {
    let fields = context.template.header.iter().flat_map(|header| header.fields.iter().enumerate());
    let late = fields.filter_map(|(index, field)| {
        let (part, pattern) = (field.at_least?, field.date_pattern()?);
        let own = date::parse(context.slice(context.binding.field(index)?.value), pattern).ok()?;
        let (newest, _) = entry.day?;
        (part.log == log && own < newest)
            .then(|| format!(" and {} to {}", field.name.shown, date::write(newest, pattern)))
    });
    late.collect()
}
