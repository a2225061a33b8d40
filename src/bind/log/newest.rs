//! The entries of a changelog, read: which version and which day each one names, and which is the newest.

use jiff::civil::Date;
use semver::Version;

use crate::bind::model::{Binding, LogEntry};
use crate::span::Span;
use crate::template::model::log::Log;
use crate::template::model::{Content, ContentId, Template};
use crate::values::{date, version};

/// An entry and what it says.
#[derive(Debug, Clone)]
pub(crate) struct ReadEntry<'a> {
    pub(crate) entry: &'a LogEntry,
    /// The version, even where it is not quite written as one (`1.2`), with its place.
    pub(crate) version: Option<(Version, Span)>,
    /// The day, even where it is written in another form, with its place.
    pub(crate) day: Option<(Date, Span)>,
    /// Whether what stands for the two is written as the template asks.
    pub(crate) is_exact: bool,
}

/// A log of the template, and what its entries say.
#[derive(Debug, Clone)]
pub(crate) struct LogEntries<'a> {
    pub(crate) id: ContentId,
    pub(crate) log: &'a Log,
    pub(crate) entries: Vec<ReadEntry<'a>>,
}

/// All logs of a document.
pub(crate) fn logs<'a>(template: &'a Template, binding: &'a Binding, text: &str) -> Vec<LogEntries<'a>> {
    let read = |(id, _)| read(template, binding, text, id).map(|(log, entries)| LogEntries { id, log, entries });
    template.logs().filter_map(read).collect()
}

/// The log with this id: what the template asks, and the entries that stand there.
pub(crate) fn read<'a>(
    template: &'a Template,
    binding: &'a Binding,
    text: &str,
    id: ContentId,
) -> Option<(&'a Log, Vec<ReadEntry<'a>>)> {
    let Content::Log(log) = template.content(id) else { return None };
    let bound = binding.content(id).log.as_ref()?;
    let pattern = log.date_pattern();
    let entries = bound.entries.iter().map(|entry| read_entry(entry, text, pattern));
    Some((log, entries.collect()))
}

fn read_entry<'a>(entry: &'a LogEntry, text: &str, pattern: Option<&str>) -> ReadEntry<'a> {
    let mut is_exact = true;
    let mut version = |place: Span| {
        let written = &text[place.range()];
        let exact = version::parse(written);
        is_exact &= exact.is_some();
        Some((exact.or_else(|| version::recognise(written))?, place))
    };
    let version = entry.version.and_then(&mut version);
    let mut day = |place: Span| {
        let written = &text[place.range()];
        let exact = pattern.and_then(|pattern| date::parse(written, pattern).ok());
        is_exact &= exact.is_some();
        Some((exact.or_else(|| date::recognise(written))?, place))
    };
    let day = entry.date.and_then(&mut day);
    ReadEntry { entry, version, day, is_exact }
}

/// The newest entry: the one with the greatest version, wherever it stands; of entries without versions the latest.
pub(crate) fn newest<'b, 'a>(entries: &'b [ReadEntry<'a>]) -> Option<&'b ReadEntry<'a>> {
    let by_version = entries.iter().filter_map(|entry| Some((&entry.version.as_ref()?.0, entry)));
    // Of equal ones the first: a log stands newest first.
    let greatest = by_version.reduce(|best, next| if version::compare(next.0, best.0).is_gt() { next } else { best });
    let by_day = || {
        let days = entries.iter().filter_map(|entry| Some((entry.day?.0, entry)));
        days.reduce(|best, next| if next.0 > best.0 { next } else { best })
    };
    greatest.map(|(_, entry)| entry).or_else(|| by_day().map(|(_, entry)| entry))
}
