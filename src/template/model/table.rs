//! Tables that a section must hold.

use crate::diagnostic::Requirement;
use crate::template::model::name::Name;
use crate::template::model::{ContentId, Kind};

/// A column of a table of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnId {
    /// The table.
    pub table: ContentId,
    /// Index into [`Table::columns`].
    pub column: usize,
}

/// A table that a section must hold.
#[derive(Debug, Clone)]
pub struct Table {
    /// `Recovery Targets > table`; its rows and columns hang from the section's path.
    pub requirement: Requirement,
    /// What messages call it: the name of its section.
    pub title: String,
    /// The header row as the template writes it.
    pub header: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The rows that it names.
    pub rows: Vec<Row>,
    /// The column that names a row.
    pub key: Option<usize>,
    /// The column that types and relations of rows judge: by default the only one beside the key.
    pub value: Option<usize>,
    /// Whether two rows may not have the same key.
    pub unique: bool,
    /// Whether the rows may stand as columns (`| Component | RTO | RPO |`).
    pub transposed: bool,
    /// At least so many rows.
    pub min_rows: usize,
    /// The row (index into [`Table::rows`]) that sums the money columns.
    pub total: Option<usize>,
    /// The layer (by name) whose elements the key column is expected to name.
    pub draws: Option<String>,
    /// The table whose rows the other columns are named after.
    pub columns_refer_to: Option<ContentId>,
    /// The rows that `new` writes.
    pub example: String,
    /// Whether it must be there.
    pub required: bool,
}

impl Table {
    /// Pairs of columns of which the first may not hold more than the second.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let columns = self.columns.iter().enumerate();
        columns.filter_map(|(most, column)| column.at_least.map(|least| (least, most)))
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// `Environments > Access`.
    pub requirement: Requirement,
    /// Its name.
    pub name: Name,
    /// Whether it must be there.
    pub required: bool,
    /// What its cells hold.
    pub kind: Option<Kind>,
    /// Whether each cell must hold such a value, or is read only where it does.
    pub strictness: Strictness,
    /// Not less than another column of the row.
    pub at_least: Option<usize>,
    /// The table whose rows its cells name.
    pub refers_to: Option<ContentId>,
}

/// How a kind is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// `type`: each cell must hold such a value.
    Must,
    /// `reads`: such a value is read where there is one.
    Reads,
}

/// A row that a table names.
#[derive(Debug, Clone)]
pub struct Row {
    /// `Disaster Recovery > Recovery Targets > RPO`.
    pub requirement: Requirement,
    /// Its name.
    pub name: Name,
    /// Whether it must be there.
    pub required: bool,
    /// What its value holds.
    pub kind: Option<Kind>,
    /// The target depends on an interval elsewhere.
    pub depends_on: Option<Dependency>,
}

/// A target that is not shorter than an interval elsewhere.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// The column of intervals.
    pub column: ColumnId,
    /// The rows that speak of this element (a key of `[words]`).
    pub of: Option<String>,
    /// Words (a key of `[words]`) that suspend the comparison.
    pub unless: Option<String>,
}
