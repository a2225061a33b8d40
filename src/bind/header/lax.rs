//! Lines of a header that are no entries, for their colon or a mark is lost, and that begin with the name of a field all
//! the same: `**Status** Approved`, `**Status: Approved`, `Status - Approved`.

use crate::bind::header::fields::may_be_meant;
use crate::bind::header::{Candidate, Keys, bare};
use crate::bind::model::FoundForm;
use crate::markdown::entry::{Entry, EntryForm};
use crate::markdown::lines::lines;
use crate::span::Span;
use crate::template::model::Template;
use crate::text::is_symbol;

/// Such a line for each field that is missing. Prose may begin with its name, too; then no value of the field follows.
pub(super) fn entries(template: &Template, keys: Keys, candidate: &Candidate) -> Vec<Entry> {
    let mut found = Vec::new();
    let is_of_lines = matches!(candidate.form, None | Some(FoundForm::QuotedLines | FoundForm::Lines));
    if candidate.keys == keys.wanted.fields.len() || !is_of_lines {
        return found;
    }
    let mut taken = vec![false; keys.wanted.fields.len()];
    for field in keys.fields_of(&candidate.entries) {
        taken[field] = true;
    }
    let mut entries = candidate.entries.iter().map(|entry| entry.line.start()).peekable();
    for line in lines(keys.text, candidate.span) {
        let mut is_read = false;
        while entries.next_if(|&start| start <= line.end()).is_some() {
            is_read = true;
        }
        let read = if is_read { None } else { read(keys.text, line) };
        let Some((entry, field)) = read.and_then(|entry| Some((entry, keys.field_of(&entry)?))) else { continue };
        let value = &keys.text[bare(keys.text, entry.value).range()];
        if !taken[field] && may_be_meant(&keys.wanted.fields[field], value, template) {
            taken[field] = true;
            found.push(entry);
            if !taken.contains(&false) {
                break;
            }
        }
    }
    found
}

/// What stands before the first sign behind a name, and what stands behind it.
fn read(text: &str, line: Span) -> Option<Entry> {
    let slice = text[line.range()].trim_end();
    let end = line.start() + slice.len();
    let written = slice.trim_start_matches(['>', ' ', '\t']);
    let named = written.trim_start_matches(|c: char| is_sign(c) || is_symbol(c) || c.is_whitespace());
    // Behind an emphasised name a point is a slip; behind a plain one it ends a sentence.
    let is_marked = written[..written.len() - named.len()].contains(['*', '_']);
    let is_sign = |c: char| is_sign(c) || is_marked && matches!(c, '.' | ',');
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

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '_' | '=' | ':' | ';' | '-' | '–' | '—' | '|')
}
