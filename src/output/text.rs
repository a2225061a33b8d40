//! What the formats of one line share.

use std::borrow::Cow;

use crate::output::record::Record;

/// The message, and behind it the help on the same line, with something between them.
pub(super) fn with_help<'a>(record: &'a Record, between: &str) -> Cow<'a, str> {
    match help(record) {
        Some(help) => Cow::Owned(format!("{}{between}{help}", record.message)),
        None => Cow::Borrowed(&record.message),
    }
}

/// The help on one line.
pub(super) fn help(record: &Record) -> Option<String> {
    let help = record.help.as_ref()?;
    let parts: Vec<&str> = help.lines().map(str::trim).filter(|part| !part.is_empty()).collect();
    Some(parts.join(" "))
}
