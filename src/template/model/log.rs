//! The changelog that a section must hold.

use crate::diagnostic::Requirement;
use crate::template::model::ContentId;
use crate::template::model::name::Name;

/// A part of the entries of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogPart {
    /// Where the log is asked for: section, and index into its contents.
    pub log: ContentId,
    /// Version or date.
    pub part: EntryPart,
}

/// Which value of a log entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryPart {
    /// `vX.Y.Z`
    Version,
    /// `YYMMDD`
    Date,
}

/// A changelog.
#[derive(Debug, Clone)]
pub struct Log {
    /// `Changelog > log`.
    pub requirement: Requirement,
    /// The form of an entry: `### YYMMDD - vX.Y.Z - Title`.
    pub entry: EntryForm,
    /// The columns of a table that says the same: `| Date | Version | Changes |`.
    pub table: Option<LogTable>,
    /// Whether the newest entry stands first.
    pub newest_first: bool,
    /// Dates of entries may not lie after today.
    pub not_after_today: bool,
    /// At least so many entries.
    pub min: usize,
    /// What `new` and fixes write, in brackets.
    pub example: String,
    /// Whether it must be there.
    pub required: bool,
}

impl Log {
    /// How it writes the days of its entries.
    pub fn date_pattern(&self) -> Option<&str> {
        self.entry.parts.iter().find_map(|part| match part {
            EntryToken::Date(pattern) => Some(pattern.as_str()),
            _ => None,
        })
    }
}

/// The form of a log entry's heading, in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryForm {
    /// As the template writes it.
    pub written: String,
    /// The level of its heading.
    pub level: u8,
    /// What follows each other.
    pub parts: Vec<EntryToken>,
}

/// A part of an entry's heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryToken {
    /// A date in this pattern.
    Date(String),
    /// `X.Y.Z`.
    Version,
    /// Any text.
    Title,
    /// Exactly this.
    Literal(String),
}

/// The names of the columns of a log that is a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogTable {
    /// The column of dates.
    pub date: Name,
    /// The column of versions.
    pub version: Name,
    /// The others.
    pub others: Vec<Name>,
}
