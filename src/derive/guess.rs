//! What a text stands for: placeholders, enumerations, kinds of values.

use crate::markdown::model::Document;
use crate::span::Span;
use crate::text::normal;
use crate::values::{date, duration, money, percent, version};

/// Names of columns that count something.
const COUNTED: [&str; 12] = [
    "min",
    "max",
    "minimum",
    "maximum",
    "count",
    "number",
    "quantity",
    "qty",
    "replicas",
    "instances",
    "nodes",
    "limit",
];

/// What people everywhere put before the number of a requirement or a decision; other letters name one document.
const COMMON_IDS: [&str; 12] = ["FR", "NFR", "US", "AC", "BR", "REQ", "TC", "DEC", "ADR", "RFC", "FEAT", "RISK"];

/// A kind as the template writes it: the lines of TOML behind `type =`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Guess {
    Choice(Vec<String>),
    Semver,
    Date(String),
    Count,
    Money,
    Percent,
    Duration,
    Pattern(String),
}

/// Whether all of a text is one bracket: `[2-3 sentences on the approach]`.
pub(super) fn is_bracket(text: &str) -> bool {
    let text = text.trim().trim_matches(['*', '_', '`', '>', ' ']);
    text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).is_some_and(|inside| !inside.contains(['[', ']']))
        || text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).is_some_and(|inside| !inside.contains('<'))
        || text.starts_with("{{") && text.ends_with("}}")
}

/// How many placeholders stand in a span: brackets that are no links, boxes or footnotes, and `YYMMDD`.
pub(super) fn placeholders(document: &Document, text: &str, span: Span) -> usize {
    let slice = &text[span.range()];
    let brackets = slice.match_indices('[').filter(|&(at, _)| {
        let Some((inside, behind)) = slice[at + 1..].split_once(']') else { return false };
        let here = Span::new(span.start() + at, span.start() + at + 1);
        let is_words = inside.trim().len() > 1 || inside == "X";
        is_words && !inside.starts_with('^') && !behind.starts_with(['(', '[', ':']) && !document.is_opaque(here)
    });
    brackets.count() + slice.matches("YYMMDD").count() + slice.matches("YYYY-MM-DD").count()
}

/// Whether a heading differs from document to document: `[Entity]`, `AUTH-001: Lock out`, `Feature X`.
pub(super) fn is_varying(name: &str) -> bool {
    let has_bracket = name.contains(['[', '{', '<']) && name.contains([']', '}', '>']);
    let first = name.split([' ', ':']).next().unwrap_or_default();
    has_bracket || id_prefix(first.trim_end_matches([':', '.'])).is_some()
}

/// `AUTH` of `AUTH-001`, `FR-1`, `ADR-XXX`.
pub(super) fn id_prefix(text: &str) -> Option<&str> {
    let (prefix, number) = text.rsplit_once('-')?;
    let is_prefix = prefix.len() >= 2
        && prefix.starts_with(|c: char| c.is_ascii_uppercase())
        && prefix.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
    let is_number = !number.is_empty()
        && (number.bytes().all(|byte| byte.is_ascii_digit()) || number.bytes().all(|byte| b"XN#".contains(&byte)));
    (is_prefix && is_number).then_some(prefix)
}

/// `Draft | Review | Approved`, `[High/Medium/Low]`: capitalised words, of which one is to be chosen.
pub(super) fn choices(text: &str) -> Option<Vec<String>> {
    let bare = text.trim().trim_matches(['*', '_', '`', ' ']);
    let inside = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let written = inside.unwrap_or(bare);
    let parts: Vec<&str> = match () {
        () if written.contains("\\|") => written.split("\\|").collect(),
        () if written.contains('|') => written.split('|').collect(),
        // Without brackets a slash may join anything: "EC2 / ECS".
        () if inside.is_some() && written.contains('/') => written.split('/').collect(),
        () => return None,
    };
    let parts: Vec<String> = parts.into_iter().map(|part| part.trim().to_owned()).collect();
    let is_choice = |part: &String| {
        part.starts_with(char::is_uppercase)
            && part.len() <= 24
            && part.chars().all(|c| c.is_alphabetic() || " -".contains(c))
    };
    (parts.len() > 1 && parts.iter().all(is_choice)).then_some(parts)
}

/// From how many to how many sentences: `[2-3 sentences describing ...]`.
pub(super) fn sentences(text: &str) -> Option<(u32, u32)> {
    let at = text.to_lowercase().find("sentence")?;
    let numbers: Vec<u32> = text
        .get(..at)?
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    match *numbers.as_slice() {
        [.., from, to] if from <= to && to <= 100 => Some((from.max(1), to)),
        [one] if one > 0 && one <= 100 => Some((1, one)),
        _ => None,
    }
}

/// The kind of a single value of the header, where it leaves no doubt.
pub(super) fn of_field(name: &str, values: &[String]) -> Option<Guess> {
    if let Some(parts) = values.iter().find_map(|value| choices(value)) {
        return Some(Guess::Choice(parts));
    }
    if values.is_empty() {
        return None;
    }
    let bare: Vec<&str> =
        values.iter().map(|value| value.trim().trim_matches(['*', '_', '`', '[', ']', ' '])).collect();
    if bare.iter().all(|value| *value == "X.Y.Z" || version::parse(value).is_some()) {
        return Some(Guess::Semver);
    }
    if let Some(pattern) = ids(&bare) {
        return Some(Guess::Pattern(pattern));
    }
    if let Some(form) = date_form(&bare) {
        let six = form.len() == 6;
        let is_day = ["date", "updated", "update", "created", "modified", "reviewed"];
        // Six digits alone may be anything.
        if !six || bare.contains(&form.as_str()) || is_day.iter().any(|word| name.to_lowercase().contains(word)) {
            return Some(Guess::Date(form));
        }
    }
    None
}

/// The one form that all of the dates have.
pub(super) fn date_form(values: &[&str]) -> Option<String> {
    const FORMS: [&str; 6] = ["YYYY-MM-DD", "YYMMDD", "DD.MM.YYYY", "YYYY/MM/DD", "DD/MM/YYYY", "YYYYMMDD"];
    let found = FORMS.iter().find(|form| {
        !values.is_empty() && values.iter().all(|value| value == *form || date::parse(value, form).is_ok())
    });
    found.map(|form| (*form).to_owned())
}

/// The kind of a column, where all of its cells leave no doubt.
pub(super) fn of_column(name: &str, cells: &[&str]) -> Option<Guess> {
    let bare: Vec<&str> = cells
        .iter()
        .map(|cell| cell.trim().trim_matches(['*', '_', '`', ' ']))
        .filter(|cell| !cell.is_empty() && !crate::values::is_nothing(cell))
        .collect();
    if bare.is_empty() {
        return None;
    }
    if let Some(parts) = cells.iter().find_map(|cell| choices(cell)) {
        return Some(Guess::Choice(parts));
    }
    if let Some(pattern) = ids(&bare) {
        return Some(Guess::Pattern(pattern));
    }
    if bare.iter().all(|cell| *cell == "X.Y.Z" || version::parse(cell).is_some()) {
        return Some(Guess::Semver);
    }
    let is_amount = |cell: &&str| *cell == "$[X]" || money::read(cell, || None).value().is_some();
    if bare.iter().all(is_amount) {
        return Some(Guess::Money);
    }
    if let Some(form) = date_form(&bare).filter(|form| form.len() > 6 || name.to_lowercase().contains("date")) {
        return Some(Guess::Date(form));
    }
    if bare.len() < 2 || cells.iter().any(|cell| is_bracket(cell)) {
        return None;
    }
    let is_number = |cell: &&str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    // Status codes and ports are numbers, and count nothing.
    let counts = normal(name).split(' ').any(|word| COUNTED.contains(&word));
    if counts && bare.iter().all(is_number) {
        return Some(Guess::Count);
    }
    // "CPU > 70 %" holds a share, and is none.
    let is_plain = |cell: &&str| {
        cell.trim_start_matches(['<', '>', '≤', '≥', '~', '=', ' ']).starts_with(|c: char| c.is_ascii_digit())
    };
    if !bare.iter().all(is_plain) {
        return None;
    }
    if bare.iter().all(|cell| cell.ends_with('%') && percent::read(cell, || percent::HasUnit::No).value().is_some()) {
        return Some(Guess::Percent);
    }
    let is_length = |cell: &&str| duration::read(cell, || None).value().is_some_and(|found| found.count == 1);
    bare.iter().all(is_length).then_some(Guess::Duration)
}

/// `FR-\d{3,}` of `FR-001`, `FR-002`; other letters may be others in the next document: `AUTH-001`.
fn ids(cells: &[&str]) -> Option<String> {
    let mut prefixes: Vec<&str> = Vec::new();
    let mut digits = usize::MAX;
    for cell in cells {
        let prefix = id_prefix(cell)?;
        digits = digits.min(cell.len() - prefix.len() - 1);
        prefixes.push(prefix);
    }
    prefixes.dedup();
    let number = if digits > 1 { format!("\\d{{{digits},}}") } else { "\\d+".to_owned() };
    match prefixes.as_slice() {
        [] => None,
        [one] if COMMON_IDS.contains(one) => Some(format!("{one}-{number}")),
        _ => Some(format!("[A-Z][A-Z0-9-]*-{number}")),
    }
}
