//! Forms that are written the way they look: lines of the header, headings of entries, rows of tables, dates.

use crate::described::Text;
use crate::described::reader::Mistakes;
use crate::template::model::header::HeaderForm;
use crate::template::model::log::{EntryForm, EntryToken};
use crate::values::date;

/// Whether a text is a form of a date: year, month and day each once, and what separates them.
pub(super) fn is_date_form(form: &str) -> bool {
    date::is_pattern(form) && !form.contains(|c: char| c.is_alphanumeric() && !"YMD".contains(c))
}

/// The form of a header line: `> **Name:** value`.
pub(super) fn header(mistakes: &mut Mistakes, form: &Text) -> Option<HeaderForm> {
    let written = form.value.trim();
    let (quoted, rest) = match written.strip_prefix('>') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, written),
    };
    let parts = rest.split_once("Name").and_then(|(before, rest)| Some((before, rest.strip_suffix("value")?)));
    let known = parts.filter(|(before, between)| match *before {
        "" => between.trim_end() == ":",
        "**" => matches!(between.trim_end(), ":**" | "**:"),
        _ => false,
    });
    let Some((before, between)) = known else {
        mistakes.push(
            form.origin,
            format!("`{}` is no form of a header line", form.value),
            "here",
            "write how a line looks with the words Name and value in it: `> **Name:** value`, `**Name:** value` or \
             `Name: value`",
        );
        return None;
    };
    let between = if between.ends_with(' ') { between.to_owned() } else { format!("{between} ") };
    Some(HeaderForm { written: written.to_owned(), quoted, before_name: before.to_owned(), between })
}

/// The form of an entry's heading: `### YYMMDD - vX.Y.Z - Title`.
pub(super) fn entry(mistakes: &mut Mistakes, form: &Text) -> Option<EntryForm> {
    let written = form.value.trim();
    let marks = written.len() - written.trim_start_matches('#').len();
    let rest = written[marks..].trim();
    let mut complain = |message: &str, help: &str| mistakes.push_shaky(form.origin, message, "here", help);
    if !(2..=6).contains(&marks) || !written[marks..].starts_with(' ') {
        let help = "write it as it looks in the document: `### YYMMDD - vX.Y.Z - Title`";
        complain(&format!("`{}` is no heading", form.value), help);
        return None;
    }
    let parts = tokens(rest);
    let has = |wanted: fn(&EntryToken) -> bool| parts.iter().filter(|part| wanted(part)).count();
    let (dates, versions) =
        (has(|part| matches!(part, EntryToken::Date(_))), has(|part| matches!(part, EntryToken::Version)));
    let titles = has(|part| matches!(part, EntryToken::Title));
    if dates + versions == 0 || dates > 1 || versions > 1 {
        complain(
            "an entry is recognised by a date, a version or both, each once",
            "write them as they look: `YYMMDD` or `YYYY-MM-DD` for the date, `X.Y.Z` for the version",
        );
        return None;
    }
    if titles > 1 || (titles == 1 && !matches!(parts.last(), Some(EntryToken::Title))) {
        complain(
            "`Title` can only stand at the end of an entry's heading",
            "put it last: `### YYMMDD - vX.Y.Z - Title`",
        );
        return None;
    }
    let is_literal = |part: &EntryToken| matches!(part, EntryToken::Literal(_));
    if parts.windows(2).any(|pair| !is_literal(&pair[0]) && !is_literal(&pair[1])) {
        complain("two parts of an entry's heading touch each other", "put something between them: ` - `");
        return None;
    }
    Some(EntryForm { written: written.to_owned(), level: marks as u8, parts })
}

fn tokens(text: &str) -> Vec<EntryToken> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let found = date_length(rest)
            .map(|length| (length, EntryToken::Date(rest[..length].to_owned())))
            .or_else(|| rest.starts_with("X.Y.Z").then_some((5, EntryToken::Version)))
            .or_else(|| rest.starts_with("Title").then_some((5, EntryToken::Title)));
        let Some((length, token)) = found else {
            literal.push(next);
            rest = &rest[next.len_utf8()..];
            continue;
        };
        if !literal.is_empty() {
            parts.push(EntryToken::Literal(std::mem::take(&mut literal)));
        }
        parts.push(token);
        rest = &rest[length..];
    }
    if !literal.is_empty() {
        parts.push(EntryToken::Literal(literal));
    }
    parts
}

/// How long the form of a date is that a text begins with.
fn date_length(text: &str) -> Option<usize> {
    if !text.starts_with(['Y', 'M', 'D']) {
        return None;
    }
    let most = text.len().min("YYYY-MM-DD".len());
    (6..=most).rev().find(|&length| {
        text.is_char_boundary(length) && is_date_form(&text[..length]) && text[..length].ends_with(['Y', 'M', 'D'])
    })
}
