//! The tables of a document that answer the template: what all rules about tables look at.

use std::borrow::Cow;

use crate::bind::model::{Binding, BoundTable, RowPlace};
use crate::bind::names::called;
use crate::bind::placeholders::blank;
use crate::bind::tables::row_name;
use crate::markdown::edit::rows_of;
use crate::markdown::model::{BlockId, BlockKind, Document, Row, Table};
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::{Content, ContentId, Kind, Template, table};

/// What a fix writes where only the author knows: `placeholder-text` keeps asking for it.
pub(crate) const TO_WRITE: &str = "TBD";

/// A table of the document, the table of the template that it answers, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing<'a> {
    pub(crate) id: ContentId,
    pub(crate) wanted: &'a table::Table,
    pub(crate) bound: &'a BoundTable,
    pub(crate) block: BlockId,
    pub(crate) table: &'a Table,
}

/// All of them but the broken ones: `broken-table` speaks of those alone.
pub(crate) fn tables<'a>(
    template: &'a Template,
    document: &'a Document,
    binding: &'a Binding,
) -> impl Iterator<Item = Standing<'a>> {
    template.contents().filter_map(move |(id, _)| table(template, document, binding, id))
}

/// The table that answers this one, unless it is broken.
pub(crate) fn table<'a>(
    template: &'a Template,
    document: &'a Document,
    binding: &'a Binding,
    id: ContentId,
) -> Option<Standing<'a>> {
    let Content::Table(wanted) = template.content(id) else { return None };
    let found = binding.content(id);
    let (block, bound) = (found.found.at()?, found.table.as_ref()?);
    match &document.block(block).kind {
        BlockKind::Table(table) if table.broken.is_none() => Some(Standing { id, wanted, bound, block, table }),
        _ => None,
    }
}

impl Standing<'_> {
    /// Whether nobody has filled in the cell that names a row: then nothing else is said of that row.
    pub(crate) fn is_open(&self, row: &Row, text: &str, template: &Template) -> bool {
        let Some(cell) = self.bound.key.and_then(|key| self.table.cell(row, key)) else { return false };
        let value = &text[cell.range()];
        value.is_empty() || blank::is_placeholder(None, value, template)
    }

    /// The cell of a row under a column of the document, where somebody has filled in both it and the row's name:
    /// what rules about values judge.
    pub(crate) fn filled(
        &self,
        row: usize,
        column: usize,
        kind: Option<&Kind>,
        text: &str,
        template: &Template,
    ) -> Option<Span> {
        // In a ragged row nobody can tell which cell belongs to which column.
        let row = self.table.rows.get(row).filter(|row| row.written == self.table.header.written)?;
        let cell = self.table.cell(row, column).filter(|cell| !cell.is_empty())?;
        let is_open = self.is_open(row, text, template) || blank::is_placeholder(kind, &text[cell.range()], template);
        (!is_open).then_some(cell)
    }

    /// Whether two rows say the same in all cells.
    pub(crate) fn has_equal_rows(&self, text: &str) -> bool {
        let cells = |row: &Row| -> Vec<&str> { self.table.cells(row).iter().map(|cell| &text[cell.range()]).collect() };
        let mut rows: Vec<Vec<&str>> = self.table.rows.iter().map(cells).collect();
        rows.sort_unstable();
        rows.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Whether two different rows have one name: `duplicate-row` speaks of them, and one may be a row that seems missing.
    pub(crate) fn repeats_a_name(&self, text: &str) -> bool {
        let Some(key) = self.bound.key.filter(|_| self.wanted.unique && !self.bound.transposed) else { return false };
        let mut names: Vec<String> = self
            .table
            .rows
            .iter()
            .map(|row| row_name(self.table, row, key, text))
            .filter(|name| !name.is_empty())
            .collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1]) && !self.has_equal_rows(text)
    }

    /// How messages call a row: by its name, or by its place where nothing names it.
    pub(crate) fn row_name(&self, index: usize, text: &str) -> String {
        let row = &self.table.rows[index];
        match self.bound.key.and_then(|key| self.table.cell(row, key)).map(|cell| plain(&text[cell.range()])) {
            Some(name) if !name.trim().is_empty() => format!("row `{}`", name.trim()),
            _ => format!("row {}", index + 1),
        }
    }

    /// The column of the template that stands in a column of the document.
    pub(crate) fn wanted_column(&self, at: usize) -> Option<&table::Column> {
        let index = self.bound.columns.iter().position(|column| column.at() == Some(at))?;
        self.wanted.columns.get(index)
    }

    /// Whether a column of the document is the author's own: the template knows none of its name.
    pub(crate) fn is_own(&self, at: usize, text: &str) -> bool {
        let is_known = |name: &str| self.wanted.columns.iter().any(|column| called(name, &column.name).is_some());
        let name = self.table.cell(&self.table.header, at).map_or("", |cell| &text[cell.range()]);
        self.wanted_column(at).is_none() && !self.is_row_as_column(at) && !is_known(name)
    }

    /// Whether a column of the document is a row of the template, in a table that is transposed.
    pub(crate) fn is_row_as_column(&self, at: usize) -> bool {
        self.bound.rows.iter().any(|row| row.at() == Some(RowPlace::Column(at)))
    }

    /// The rows of the template's example, their cells put under the columns of this table. What the example has
    /// nothing for is yet to be written.
    pub(crate) fn example_rows(&self) -> Vec<Vec<String>> {
        let wanted: Vec<Option<usize>> = (0..self.table.columns())
            .map(|at| self.bound.columns.iter().position(|column| column.at() == Some(at)))
            .collect();
        rows_of(&self.wanted.example)
            .iter()
            .map(|row| wanted.iter().map(|index| cell_of(row, *index).unwrap_or(TO_WRITE).to_owned()).collect())
            .collect()
    }

    /// A row of this name with all else to be written.
    pub(crate) fn row_to_write(&self, name: &str) -> Vec<String> {
        let cell = |at: usize| if self.bound.key == Some(at) { name } else { TO_WRITE };
        (0..self.table.columns()).map(|at| cell(at).to_owned()).collect()
    }

    /// The rows that a table without rows must have, and at least so many.
    pub(crate) fn rows_to_write(&self, least: usize) -> Vec<Vec<String>> {
        let named = self.wanted.rows.iter().filter(|row| row.required && !self.bound.transposed);
        let mut rows: Vec<Vec<String>> = named.map(|row| self.row_to_write(&row.name.shown)).collect();
        while rows.len() < least {
            rows.insert(0, self.row_to_write(TO_WRITE));
        }
        rows
    }

    /// The name of a column as it is written, without decoration.
    pub(crate) fn column_name<'t>(&self, at: usize, text: &'t str) -> Cow<'t, str> {
        self.table.cell(&self.table.header, at).map_or(Cow::Borrowed(""), |cell| bare(cell, text))
    }

    /// The names of the columns as they are written, without decoration.
    pub(crate) fn column_names<'t>(&self, text: &'t str) -> Vec<Cow<'t, str>> {
        column_names(self.table, text)
    }
}

fn cell_of(row: &[String], index: Option<usize>) -> Option<&str> {
    row.get(index?).map(String::as_str).filter(|cell| !cell.is_empty())
}

/// The names of a table's columns as they are written, without decoration.
pub(crate) fn column_names<'t>(table: &Table, text: &'t str) -> Vec<Cow<'t, str>> {
    table.cells(&table.header).iter().map(|&cell| bare(cell, text)).collect()
}

fn bare(cell: Span, text: &str) -> Cow<'_, str> {
    match plain(&text[cell.range()]) {
        Cow::Borrowed(name) => Cow::Borrowed(name.trim()),
        Cow::Owned(name) => Cow::Owned(name.trim().to_owned()),
    }
}
