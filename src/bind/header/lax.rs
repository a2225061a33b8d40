//! Lines of a header that are no entries, for their colon or a mark is lost, and that begin with the name of a field all
//! the same: `**Status** Approved`, `**Status: Approved`, `Status - Approved`.

use crate::bind::header::{Candidate, Keys};
use crate::bind::model::FoundForm;
use crate::markdown::entry::{Entry, EntryForm};
use crate::span::Span;
use crate::text::is_symbol;

/// Such a line for each field that is missing.
pub(super) fn entries(keys: Keys, candidate: &Candidate) -> Vec<Entry> {
    let is_of_lines = matches!(candidate.form, None | Some(FoundForm::QuotedLines | FoundForm::Lines));
    if candidate.keys == keys.wanted.fields.len() || !is_of_lines {
        return Vec::new();
    }
    let mut found: Vec<Entry> = Vec::new();
    let mut at = candidate.span.start();
    for line in keys.text[candidate.span.range()].split_inclusive(['\n', '\r']) {
        let span = Span::new(at, at + line.len());
        at = span.end();
        let is_read = candidate.entries.iter().any(|entry| span.contains(entry.line));
        let read = if is_read { None } else { read(keys.text, span) };
        let Some((entry, field)) = read.and_then(|entry| Some((entry, keys.field_of(&entry)?))) else { continue };
        if candidate.entries.iter().chain(&found).all(|other| keys.field_of(other) != Some(field)) {
            found.push(entry);
        }
    }
    found
}

/// What stands before the first sign behind a name, and what stands behind it.
fn read(text: &str, line: Span) -> Option<Entry> {
    let is_sign = |c: char| matches!(c, '*' | '_' | '=' | ':' | ';' | '-' | '–' | '—' | '.' | ',' | '|');
    let slice = text[line.range()].trim_end();
    let end = line.start() + slice.len();
    let written = slice.trim_start_matches(['>', ' ', '\t']);
    let named = written.trim_start_matches(|c: char| is_sign(c) || is_symbol(c) || c.is_whitespace());
    let (name, rest) = named.split_at(named.find(is_sign)?);
    let value = rest.trim_start_matches(|c: char| is_sign(c) || c.is_whitespace());
    if value.is_empty() {
        return None;
    }
    let (key, value_at) = (end - named.len(), end - value.len());
    Some(Entry {
        line: Span::new(end - written.len(), end),
        key: Span::new(key, key + name.trim_end().len()),
        value: Span::new(value_at, value_at + value.trim_end_matches(['*', '_', '\\', ' ']).len()),
        form: EntryForm::Broken,
    })
}
