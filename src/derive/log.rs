//! Changelogs: sections whose sub-headings all carry a date or a version, or whose table has a column of each.

use jiff::civil::Date;

use crate::derive::guess::date_form;
use crate::derive::shape::{Kind, Manner, Table};
use crate::markdown::model::{Document, Heading, SectionId};
use crate::values::{date, version};

/// A section as a log; `None` where its sub-headings are no entries.
pub(super) fn observe(
    document: &Document,
    text: &str,
    id: SectionId,
    heading: &Heading,
    manner: Manner,
) -> Option<Kind> {
    let children: Vec<&Heading> = document
        .sections
        .iter()
        .filter(|section| section.parent == Some(id))
        .filter_map(|section| section.heading.as_ref())
        .filter(|child| child.level == heading.level + 1)
        .collect();
    let entries: Option<Vec<Entry>> = children.iter().map(|child| entry(&text[child.text.range()])).collect();
    let entries = entries?;
    let first = entries.first()?;
    let days: Vec<Date> = entries.iter().filter_map(|entry| entry.day).collect();
    let example = (manner == Manner::Template).then(|| {
        let last = document.sections.get(id.index() + 1);
        let end = last.map_or(text.len(), |section| section.body.end());
        let start = children[0].span.start();
        let body = text[start..end].trim_end();
        // A rule at the end belongs to what follows.
        body.strip_suffix("---").unwrap_or(body).trim_end().to_owned()
    });
    Some(Kind::Log {
        entry: first.form.clone(),
        table: None,
        newest_first: days.windows(2).all(|pair| pair[0] >= pair[1]),
        versions: entries.iter().filter_map(|entry| entry.version.clone()).collect(),
        example,
    })
}

/// Names of sections that tell what became of the document.
const HISTORIES: [&str; 5] = ["change", "changelog", "history", "revision", "log"];

/// Whether a section tells what became of the document.
pub(super) fn is_history(name: &str) -> bool {
    name.split(' ').any(|word| HISTORIES.contains(&word))
}

/// A table of days and versions as a log: `| Date | Version | Changes |`. `None` where it is another table.
pub(super) fn of_table(table: &Table, heading: &Heading, written: &str) -> Option<Kind> {
    let column = |word: &str| table.columns.iter().position(|c| c.normal.split(' ').any(|own| own == word));
    let (date, version) = (column("date")?, column("version")?);
    if !is_history(&heading.normal) || date == version || table.rows.is_empty() {
        return None;
    }
    let cells = |column: usize| -> Vec<&str> { table.rows.iter().map(|row| bare_value(&row[column])).collect() };
    let form = date_form(&cells(date))?;
    let versions: Vec<String> =
        cells(version).iter().map(|cell| cell.trim_start_matches(['v', 'V']).to_owned()).collect();
    let is_version = |text: &String| text == "X.Y.Z" || version::parse(text).is_some();
    if !versions.iter().all(is_version) {
        return None;
    }
    let days: Vec<Date> = cells(date).iter().filter_map(|cell| date::parse(cell, &form).ok()).collect();
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    Some(Kind::Log {
        entry: format!("{form} - vX.Y.Z - Title"),
        table: Some(format!("| {} |", names.join(" | "))),
        newest_first: days.windows(2).all(|pair| pair[0] >= pair[1]),
        versions,
        example: table.example.then(|| written.trim_end().to_owned()),
    })
}

fn bare_value(cell: &str) -> &str {
    cell.trim().trim_matches(['*', '_', '`', ' '])
}

struct Entry {
    form: String,
    day: Option<Date>,
    version: Option<String>,
}

/// The form of an entry's heading: `YYMMDD - vX.Y.Z - Title`.
fn entry(heading: &str) -> Option<Entry> {
    let heading = heading.trim();
    let (mut form, mut day, mut version) = (String::new(), None, None);
    let (mut has_date, mut at, mut end) = (false, 0, 0);
    while at < heading.len() {
        let rest = &heading[at..];
        let free = !heading[..at].ends_with(|c: char| c.is_alphanumeric() && c != 'v' && c != 'V');
        let found = free.then(|| token(rest, has_date, version.is_some())).flatten();
        let Some((length, token)) = found else {
            let next = rest.chars().next()?;
            at += next.len_utf8();
            continue;
        };
        form.push_str(&heading[end..at]);
        match token {
            Token::Date(pattern, found) => {
                form.push_str(&pattern);
                (has_date, day) = (true, found);
            }
            Token::Version(found) => {
                form.push_str("X.Y.Z");
                version = Some(found);
            }
        }
        at += length;
        end = at;
    }
    if !has_date && version.is_none() {
        return None;
    }
    let rest = &heading[end..];
    let title = rest.find(|c: char| c.is_alphanumeric() || c == '[' || c == '<').unwrap_or(rest.len());
    form.push_str(&rest[..title]);
    if title < rest.len() {
        if title == 0 {
            return None;
        }
        form.push_str("Title");
    }
    Some(Entry { form, day, version })
}

enum Token {
    Date(String, Option<Date>),
    Version(String),
}

/// The date or version that a text begins with, and its length.
fn token(text: &str, has_date: bool, has_version: bool) -> Option<(usize, Token)> {
    let word = text.find(|c: char| !(c.is_ascii_alphanumeric() || "./-".contains(c))).unwrap_or(text.len());
    let word = text[..word].trim_end_matches(['.', '-', '/']);
    if !has_date && let Some(form) = date_form(&[word]) {
        let day = date::parse(word, &form).ok();
        return Some((word.len(), Token::Date(form, day)));
    }
    let parts = || word.split('.');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_version = word == "X.Y.Z" || parts().count() == 3 && parts().all(is_number);
    (!has_version && is_version).then(|| (word.len(), Token::Version(word.to_owned())))
}
