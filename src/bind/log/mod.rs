//! The entries of a changelog: headings of the template's form, or rows of a table that says the same.

pub(crate) mod faults;
pub(crate) mod fresh;
pub(crate) mod newest;
pub(crate) mod rewritten;

use crate::bind::contents::shape;
use crate::bind::model::{BoundLog, LogEntry};
use crate::markdown::model::{BlockKind, Document, Heading, SectionId};
use crate::span::Span;
use crate::template::model::log::{EntryForm, EntryToken, Log, LogTable};
use crate::template::model::name::Name;
use crate::values::version;

/// Reads the entries in the sections that belong to a log: the first is its own heading.
pub(super) fn bind(wanted: &Log, document: &Document, text: &str, owned: &[SectionId]) -> BoundLog {
    // Entries may stand on the level of their section: then what stands below them is theirs.
    let first = owned.get(1).and_then(|&id| document.section(id).heading.as_ref());
    let level = first.map_or(wanted.entry.level, |first| first.level.min(wanted.entry.level));
    let entries: Vec<LogEntry> =
        owned.iter().skip(1).filter_map(|&id| heading_entry(wanted, level, document, text, id)).collect();
    if entries.is_empty()
        && let Some(columns) = &wanted.table
    {
        return table_entries(columns, document, text, owned);
    }
    BoundLog { entries, table: None }
}

/// Whether a heading on the level of a log's section is an entry of it: `## [1.2.0] - 2026-09-15`, `## [Unreleased]`.
/// Where the first heading below the section is an entry on a level of its own, only one that says both its day and
/// its version is: `## 2026-01-15 Incident review` is a section of the author's.
pub(super) fn begins_entry(wanted: &Log, text: &str, heading: &Heading, first: Option<&Heading>) -> bool {
    let found = read_entry(&wanted.entry, text, heading.text);
    if found.date.is_none() && found.version.is_none() {
        return is_unreleased(text, heading.text);
    }
    let is_entry = |found: &LogEntry| {
        // `12.1 Notes` is a number.
        let is_version = found.version.is_some_and(|place| version::parse(&text[place.range()]).is_some());
        is_led(text, found) && (found.date.is_some() || is_version)
    };
    let has_own = || {
        let first = first.filter(|first| first.level > heading.level);
        first.is_some_and(|first| is_entry(&read_entry(&wanted.entry, text, first.text)))
    };
    is_entry(&found) && (found.date.is_some() && found.version.is_some() || !has_own())
}

/// Whether an entry is that of what is not released yet: `[Unreleased]`.
pub(crate) fn is_unreleased(text: &str, heading: Span) -> bool {
    text[heading.range()].trim_matches(['[', ']']).eq_ignore_ascii_case("unreleased")
}

/// Whether an entry begins with its day or its version: nothing but marks and a "version" or "release" stand before.
fn is_led(text: &str, entry: &LogEntry) -> bool {
    const MARKS: [char; 6] = [' ', '[', '(', '*', '_', '`'];
    let Some(first) = entry.date.into_iter().chain(entry.version).min() else { return false };
    let before = text[entry.span.start()..first.start()].trim_matches(MARKS);
    let before = before.strip_suffix(['v', 'V']).unwrap_or(before).trim_end_matches(MARKS);
    ["", "version", "release"].iter().any(|name| before.eq_ignore_ascii_case(name))
}

/// `level` is that of the entries, or a deeper one.
fn heading_entry(wanted: &Log, level: u8, document: &Document, text: &str, id: SectionId) -> Option<LogEntry> {
    let section = document.section(id);
    let heading = section.heading.as_ref()?;
    let items = section
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::List(list) => list.items.len(),
            BlockKind::Prose | BlockKind::Table(_) => 1,
            _ => 0,
        })
        .sum();
    // `251224` in front of a heading reads as its number: the entry is taken from the whole text.
    let found = read_entry(&wanted.entry, text, heading.text);
    // Groups inside an entry ("#### Added") are no entries.
    if found.date.is_none() && found.version.is_none() && heading.level > level {
        return None;
    }
    Some(LogEntry { span: heading.text, section: Some(id), items, ..found })
}

/// Takes an entry's heading apart: by the template's form, else by what looks like a date and a version.
fn read_entry(form: &EntryForm, text: &str, span: Span) -> LogEntry {
    if let Some((date, version)) = by_form(form, text, span) {
        return LogEntry { span, section: None, date, version, in_form: true, items: 0 };
    }
    let (mut date, mut version) = (None, None);
    let slice = &text[span.range()];
    let mut at = 0;
    for token in
        slice.split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',' | ':' | '*' | '_' | '`'))
    {
        let start = span.start() + at;
        at += token.len() + slice[at + token.len()..].chars().next().map_or(0, char::len_utf8);
        let bare = token.trim_start_matches(['v', 'V']);
        let offset = start + token.len() - bare.len();
        let place = Span::new(offset, offset + bare.len());
        if version.is_none() && is_version(bare) {
            version = Some(place);
        } else if date.is_none() && bare.starts_with(|c: char| c.is_ascii_digit()) && is_date_like(bare) {
            date = Some(place);
        }
    }
    LogEntry { span, section: None, date, version, in_form: false, items: 0 }
}

fn is_version(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let dots = token.bytes().filter(|&byte| byte == b'.').count();
    token.starts_with(|c: char| c.is_ascii_digit())
        && (1..=2).contains(&dots)
        && digits <= 8
        && token.split('.').next().is_some_and(|major| major.len() <= 3)
        && !(dots == 2 && token.rsplit('.').next().is_some_and(|year| year.len() == 4))
}

fn is_date_like(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    digits >= 6 && token.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.'))
}

/// The date and the version of a heading that has the template's form.
pub(crate) fn by_form(form: &EntryForm, text: &str, span: Span) -> Option<(Option<Span>, Option<Span>)> {
    let slice = &text[span.range()];
    let (mut at, mut date, mut version) = (0, None, None);
    for (index, part) in form.parts.iter().enumerate() {
        let rest = &slice[at..];
        let length = match part {
            EntryToken::Literal(literal) => {
                let trimmed = if index + 1 == form.parts.len() { literal.trim_end() } else { literal };
                rest.starts_with(trimmed).then_some(trimmed.len())?
            }
            EntryToken::Date(_) | EntryToken::Version => {
                let end = match form.parts.get(index + 1) {
                    Some(EntryToken::Literal(next)) => rest.find(next.as_str())?,
                    _ => rest.len(),
                };
                let digits = rest[..end].starts_with(|c: char| c.is_ascii_digit());
                (end > 0 && digits && !rest[..end].contains(char::is_whitespace)).then_some(end)?
            }
            EntryToken::Title => (!rest.trim().is_empty()).then_some(rest.len())?,
        };
        let place = Span::new(span.start() + at, span.start() + at + length);
        match part {
            EntryToken::Date(_) => date = Some(place),
            EntryToken::Version => version = Some(place),
            _ => {}
        }
        at += length;
    }
    (at == slice.len()).then_some((date, version))
}

fn table_entries(columns: &LogTable, document: &Document, text: &str, owned: &[SectionId]) -> BoundLog {
    for &section in owned {
        for (id, block) in document.blocks(section) {
            let Some(table) = block.table() else { continue };
            let names = shape::column_names(table, text);
            let column = |name: &Name| names.iter().position(|written| name.is(written));
            let (Some(date), Some(version)) = (column(&columns.date), column(&columns.version)) else { continue };
            let entries = table
                .rows
                .iter()
                .map(|row| {
                    let filled = |column| table.cell(row, column).filter(|cell| !cell.is_empty());
                    let version = filled(version).map(|cell| {
                        let slice = &text[cell.range()];
                        let bare = slice.trim_start_matches(['v', 'V', '*', '`']);
                        Span::new(
                            cell.end() - bare.len(),
                            cell.end() - (bare.len() - bare.trim_end_matches(['*', '`']).len()),
                        )
                    });
                    LogEntry { span: row.span, section: None, date: filled(date), version, in_form: true, items: 1 }
                })
                .collect();
            return BoundLog { entries, table: Some(id) };
        }
    }
    BoundLog::default()
}
