//! Prose, lists and code that a section must hold.

use std::ops::RangeInclusive;

use crate::diagnostic::Requirement;
use crate::template::model::Kind;
use crate::template::model::table::ColumnId;

/// Text that a section must hold.
#[derive(Debug, Clone)]
pub struct Prose {
    /// `Overview > prose`.
    pub requirement: Requirement,
    /// How many sentences.
    pub sentences: Option<RangeInclusive<u32>>,
    /// What `new` and fixes write, in brackets.
    pub example: String,
    /// Whether it must be there.
    pub required: bool,
}

/// A list that a section must hold.
#[derive(Debug, Clone)]
pub struct List {
    /// `Failover Process > ordered list`.
    pub requirement: Requirement,
    /// Which kind.
    pub kind: ListKind,
    /// At least so many items.
    pub min: usize,
    /// What `new` and fixes write, in brackets.
    pub example: String,
    /// Whether it must be there.
    pub required: bool,
}

/// The kinds of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// `- [ ] item`
    Checklist,
    /// `1. item`
    Ordered,
    /// `- item`
    Bullet,
}

/// A code block that a section must hold.
#[derive(Debug, Clone)]
pub struct Code {
    /// `Auto-scaling Configuration > code`.
    pub requirement: Requirement,
    /// Accepted languages, the first is the one to write. Empty: any.
    pub languages: Vec<String>,
    /// Values that are read from it.
    pub values: Vec<CodeValue>,
    /// What `new` and fixes write, without fences, its values in brackets.
    pub example: String,
    /// Whether it must be there.
    pub required: bool,
}

/// A value of a parsed code block: its key counts wherever it stands in the tree.
#[derive(Debug, Clone)]
pub struct CodeValue {
    /// `Auto-scaling Configuration > MinSize`.
    pub requirement: Requirement,
    /// The key, and other keys that mean the same; compared as written, without case.
    pub keys: Vec<String>,
    /// What it must be.
    pub kind: Option<Kind>,
    /// Whether it must be there.
    pub required: bool,
    /// Equal to the value in a column of a table.
    pub equals: Option<ColumnId>,
    /// Not less than another value of the block (index into [`Code::values`]).
    pub at_least: Option<usize>,
    /// Not more than another value of the block.
    pub at_most: Option<usize>,
}

impl ListKind {
    /// As it is called in a sentence: `a checklist`.
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Checklist => "a checklist",
            Self::Ordered => "a numbered list",
            Self::Bullet => "a bullet list",
        }
    }
}
