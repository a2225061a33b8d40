//! What a document must hold, compiled: names in their normal form, references resolved to indices.
//!
//! A compiled template cannot fail later: every relation leads to something that exists.

pub mod blocks;
pub mod diagram;
pub mod header;
pub mod lexicon;
pub mod log;
pub(crate) mod lookup;
pub mod name;
pub mod set;
pub mod table;

use regex::Regex;

use crate::diagnostic::Requirement;
use crate::severity::Severity;
use crate::source::Source;
use crate::template::model::blocks::{Code, List, Prose};
use crate::template::model::diagram::Diagram;
use crate::template::model::header::{Field, Header, Role};
use crate::template::model::log::Log;
use crate::template::model::lookup::{Lazy, Placeholders, SectionNames};
use crate::template::model::name::Name;
use crate::template::model::table::Table;
use crate::values::choice::{self, Chosen};
use crate::words::Matcher;

/// A compiled template.
#[derive(Debug, Clone)]
pub struct Template {
    /// The name it is asked for by: `infrastructure`.
    pub name: String,
    /// One line for `infralint templates`.
    pub summary: String,
    /// The files it was made from: the template itself first, then what it extends.
    pub sources: Vec<Source>,
    /// The title that documents of this kind carry, if the template names one.
    pub title: Option<Name>,
    /// Whether sections must stand in the template's order.
    pub order: Order,
    /// Whether numbers in headings are judged.
    pub numbering: Numbering,
    /// Which documents are held to this template.
    pub applies_to: AppliesTo,
    /// The version block.
    pub header: Option<Header>,
    /// Sections and sub-sections in the order of the document.
    pub sections: Vec<Section>,
    /// Those that stand below no other one, in order.
    pub tops: Vec<SpecId>,
    /// Severities that this template changes.
    pub severities: Severities,
    /// What people write for each element of a diagram, in the order of the template.
    pub words: Vec<Word>,
    /// Phrases that mean nothing: "storage class".
    pub nothing: Vec<String>,
    /// The placeholders of all examples, verbatim: `[Question]`, `$[X]`. Sorted, without duplicates.
    pub placeholders: Vec<String>,
    /// The rest of the examples in brackets, as fixes and fresh documents write it: `[Live users]`. One is a
    /// placeholder where it is all that a cell, an item, a paragraph or a value of code says. Sorted, without
    /// duplicates.
    pub samples: Vec<String>,
    /// What is computed from the above when first asked for.
    pub(crate) lazy: Lazy,
}

/// The order of sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Any, but for a section that must be last.
    Loose,
    /// That of the template.
    Strict,
}

/// The numbering of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Not judged.
    Any,
    /// Where headings carry numbers, they count up.
    Consecutive,
}

/// Which documents are held to a template without being told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppliesTo {
    /// Globs of paths.
    pub files: Vec<String>,
}

/// Another word for a value of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueAlias {
    /// As it is written.
    pub word: String,
    /// Index of the value that it stands for.
    pub value: usize,
}

impl AsRef<str> for ValueAlias {
    fn as_ref(&self) -> &str {
        &self.word
    }
}

/// The kind of a value.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One of a list.
    Choice {
        /// What is accepted, as shown.
        values: Vec<String>,
        /// Other words for them, accepted in silence.
        aliases: Vec<ValueAlias>,
        /// Those of them that count as open (for `open-question`).
        open: Vec<String>,
    },
    /// `1.2.3`.
    Semver,
    /// A date in the given pattern (`YYMMDD`).
    Date(String),
    /// A whole number.
    Count,
    /// An amount of money.
    Money,
    /// 0 to 100.
    Percent,
    /// A length of time.
    Duration,
    /// An address.
    Url,
    /// A text of a certain form.
    Pattern {
        /// Matches all of the value or nothing.
        regex: Regex,
        /// As the template writes it.
        written: String,
    },
}

/// Index of a section in [`Template::sections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpecId(pub(crate) u32);

impl SpecId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Index of something that a section must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId {
    /// The section.
    pub section: SpecId,
    /// Index into [`Section::contents`].
    pub content: u32,
}

/// A section that a document must hold.
#[derive(Debug, Clone)]
pub struct Section {
    /// `Disaster Recovery > Recovery Targets`.
    pub requirement: Requirement,
    /// Its name.
    pub name: Name,
    /// The level of the heading as the template writes it, 2 to 6.
    pub level: u8,
    /// The section above it.
    pub parent: Option<SpecId>,
    /// The sections right below it, in order.
    pub parts: Vec<SpecId>,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it cannot be declared not applicable.
    pub essential: bool,
    /// Whether no section may follow it.
    pub last: bool,
    /// Whether it may stand several times.
    pub repeatable: bool,
    /// What it must hold, in order.
    pub contents: Vec<Content>,
}

/// Something that a section must hold.
#[derive(Debug, Clone)]
pub enum Content {
    /// Text.
    Prose(Prose),
    /// A diagram.
    Diagram(Diagram),
    /// A table.
    Table(Table),
    /// A code block.
    Code(Code),
    /// A list.
    List(List),
    /// A changelog.
    Log(Log),
}

/// The key of `[words]` under which phrases stand that mean nothing.
pub(crate) const NOTHING: &str = "nothing";

/// What people write for an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The element's name: `Load balancer`.
    pub name: String,
    /// What people write, as in the template; `/.../` is a regular expression.
    pub phrases: Vec<String>,
}

/// Severities that a template changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Severities {
    /// Whatever the status: rule and level.
    pub always: Vec<(String, Severity)>,
    /// By status (as shown among the values of the status field).
    pub by_status: Vec<(String, Vec<(String, Severity)>)>,
    /// By requirement path: rule is not named, all findings about it take this level.
    pub by_requirement: Vec<(String, Severity)>,
}

impl Template {
    /// The sections by name.
    pub(crate) fn section_names(&self) -> &SectionNames {
        self.lazy.section_names.get_or_init(|| SectionNames::new(self))
    }

    /// The vocabulary, compiled. Indices of words are those of [`Template::words`].
    pub fn matcher(&self) -> &Matcher {
        let phrases = || self.words.iter().map(|word| word.phrases.as_slice());
        self.lazy.matcher.get_or_init(|| Matcher::new(phrases(), &self.nothing))
    }

    /// The placeholders of its own; `None` where they are too many to be looked for.
    pub(crate) fn own_placeholders(&self) -> Option<&Placeholders> {
        self.lazy.placeholders.get_or_init(|| Placeholders::new(self)).as_ref()
    }

    /// Adds to what people write for an element, or under `nothing` to the phrases that mean nothing. Whether the
    /// template knows it.
    pub fn add_phrases(&mut self, element: &str, phrases: impl IntoIterator<Item = String>) -> bool {
        let known = match self.words.iter_mut().find(|word| word.name == element) {
            _ if element == NOTHING => &mut self.nothing,
            Some(word) => &mut word.phrases,
            None => return false,
        };
        known.extend(phrases);
        self.lazy = Lazy::default();
        true
    }

    /// The section with this id.
    pub fn section(&self, id: SpecId) -> &Section {
        &self.sections[id.index()]
    }

    /// All sections with their ids.
    pub fn sections(&self) -> impl DoubleEndedIterator<Item = (SpecId, &Section)> {
        self.sections.iter().enumerate().map(|(index, section)| (SpecId(index as u32), section))
    }

    /// The sections right below one, or below none.
    pub fn parts(&self, of: Option<SpecId>) -> impl DoubleEndedIterator<Item = (SpecId, &Section)> {
        let parts = of.map_or(&self.tops, |id| &self.section(id).parts);
        parts.iter().map(|&id| (id, self.section(id)))
    }

    /// What a section must hold.
    pub fn content(&self, id: ContentId) -> &Content {
        &self.section(id.section).contents[id.content as usize]
    }

    /// All contents with their ids.
    pub fn contents(&self) -> impl Iterator<Item = (ContentId, &Content)> {
        self.sections().flat_map(|(section, _)| self.contents_of(section))
    }

    /// What one section must hold, with its ids.
    pub fn contents_of(&self, section: SpecId) -> impl Iterator<Item = (ContentId, &Content)> {
        let contents = self.section(section).contents.iter().enumerate();
        contents.map(move |(content, value)| (ContentId { section, content: content as u32 }, value))
    }

    /// The table with this id, where it is one.
    pub fn table(&self, id: ContentId) -> Option<&Table> {
        match self.content(id) {
            Content::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The field of the header with this role.
    pub fn field(&self, role: Role) -> Option<&Field> {
        self.header.as_ref()?.fields.iter().find(|field| field.role == Some(role))
    }
}

impl Kind {
    /// Which value of a choice a text is, by its own word or another; `None` for every other kind.
    pub fn chosen(&self, text: &str) -> Option<Chosen> {
        let Self::Choice { values, aliases, .. } = self else { return None };
        // All in one: the beginning `Review` is less than the whole alias `Review passed`.
        let chosen = choice::read(text, self.words())?;
        let index = chosen.index.checked_sub(values.len()).map_or(chosen.index, |alias| aliases[alias].value);
        Some(Chosen { index, ..chosen })
    }

    /// The words that a choice accepts: its values, and other words for them behind all of those.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> + Clone {
        let (values, aliases) = match self {
            Self::Choice { values, aliases, .. } => (values.as_slice(), aliases.as_slice()),
            _ => Default::default(),
        };
        values.iter().map(String::as_str).chain(aliases.iter().map(AsRef::as_ref))
    }

    /// As a template writes it behind `type =`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choice",
            Self::Semver => "semver",
            Self::Date(_) => "date",
            Self::Count => "count",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Duration => "duration",
            Self::Url => "url",
            Self::Pattern { .. } => "pattern",
        }
    }

    /// What a value of it is called in a sentence.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choice",
            Self::Semver => "version",
            Self::Date(_) => "date",
            Self::Count => "whole number",
            Self::Money => "amount of money",
            Self::Percent => "percentage",
            Self::Duration => "length of time",
            Self::Url => "address",
            Self::Pattern { .. } => "pattern",
        }
    }
}

impl Content {
    /// What asks for it.
    pub fn requirement(&self) -> &Requirement {
        match self {
            Self::Prose(prose) => &prose.requirement,
            Self::Diagram(diagram) => &diagram.requirement,
            Self::Table(table) => &table.requirement,
            Self::Code(code) => &code.requirement,
            Self::List(list) => &list.requirement,
            Self::Log(log) => &log.requirement,
        }
    }

    /// Whether it may not be absent.
    pub fn is_required(&self) -> bool {
        match self {
            Self::Prose(prose) => prose.required,
            Self::Diagram(diagram) => diagram.required,
            Self::Table(table) => table.required,
            Self::Code(code) => code.required,
            Self::List(list) => list.required,
            Self::Log(log) => log.required,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::choice::AsWritten;

    #[test]
    fn a_whole_alias_is_more_than_the_beginning_of_a_value() {
        let aliases = vec![ValueAlias { word: "Review passed".to_owned(), value: 1 }];
        let kind = Kind::Choice { values: ["Review", "Approved"].map(str::to_owned).to_vec(), aliases, open: vec![] };
        let chosen = |text| kind.chosen(text).map(|chosen| (chosen.index, chosen.as_written));
        assert_eq!(chosen("review passed"), Some((1, AsWritten::Plain)));
        assert_eq!(chosen("✅ Review passed"), Some((1, AsWritten::Decorated)));
        assert_eq!(chosen("Review passed, by Ada"), Some((1, AsWritten::Decorated)));
        assert_eq!(chosen("Review, by Ada"), Some((0, AsWritten::Decorated)));
        assert_eq!(chosen("Reviewed"), None);
    }
}
