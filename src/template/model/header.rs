//! The version block that a document must have.

use crate::diagnostic::Requirement;
use crate::template::model::Kind;
use crate::template::model::log::LogPart;
use crate::template::model::name::Name;

/// The version block.
#[derive(Debug, Clone)]
pub struct Header {
    /// `header`.
    pub requirement: Requirement,
    /// How a line looks: `> **Name:** value`.
    pub form: HeaderForm,
    /// Its fields in order.
    pub fields: Vec<Field>,
    /// Whether it cannot be declared not applicable.
    pub essential: bool,
}

/// How a line of the header looks: `> **Name:** value`, `**Name:** value`, `Name: value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderForm {
    /// As the template writes it.
    pub written: String,
    /// Whether the lines stand in a block quote.
    pub quoted: bool,
    /// What stands before the name: `**`.
    pub before_name: String,
    /// What stands between name and value: `:** `.
    pub between: String,
}

/// A field of the header.
#[derive(Debug, Clone)]
pub struct Field {
    /// `header > Version`.
    pub requirement: Requirement,
    /// Its name.
    pub name: Name,
    /// What rules know it as.
    pub role: Option<Role>,
    /// What its value must be.
    pub kind: Option<Kind>,
    /// Whether it must be there.
    pub required: bool,
    /// What `new` writes; placeholders of the type where the template gives none.
    pub example: String,
    /// The value may not lie after today.
    pub not_after_today: bool,
    /// The value equals that of the newest entry of a log.
    pub equals: Option<LogPart>,
    /// The value is not before that of the newest entry of a log.
    pub at_least: Option<LogPart>,
}

impl Field {
    /// How it writes a day, where it holds one.
    pub fn date_pattern(&self) -> Option<&str> {
        match &self.kind {
            Some(Kind::Date(pattern)) => Some(pattern),
            _ => None,
        }
    }
}

/// What a header field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The version of the document.
    Version,
    /// Where it stands in its life: decides severities.
    Status,
    /// When it was last changed.
    Updated,
}
