//! The tables of a document that answer the template: what all rules about tables look at.

use std::borrow::Cow;

use crate::bind::model::{Binding, BoundTable, RowPlace};
use crate::bind::names::called;
use crate::bind::placeholders::blank;
use crate::bind::tables::typed::{self, Cell, Typed};
use crate::markdown::edit::rows_of;
use crate::markdown::model::{BlockId, Document, Row, Table};
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::{ContentId, Template, table};

/// What a fix writes where only the author knows: `placeholder-text` keeps asking for it.
pub(crate) const TO_WRITE: &str = "TBD";

/// A table of the document, the table of the template that it answers, and how.
#[derive(Debug, Clone)]
pub(crate) struct Standing<'a> {
    pub(crate) id: ContentId,
    pub(crate) wanted: &'a table::Table,
    pub(crate) bound: &'a BoundTable,
    pub(crate) block: BlockId,
    pub(crate) table: &'a Table,
    /// What its typed columns say.
    pub(crate) typed: Vec<Typed<'a>>,
    pub(crate) template: &'a Template,
    /// That of the document.
    pub(crate) text: &'a str,
}

/// All of them but the broken ones, in the order of the template: `broken-table` speaks of those alone.
pub(crate) fn tables<'a>(
    template: &'a Template,
    document: &'a Document,
    binding: &'a Binding,
    text: &'a str,
) -> Vec<Standing<'a>> {
    let standing = |(id, wanted)| {
        let found = binding.content(id);
        let (block, bound) = (found.found.at()?, found.table.as_ref()?);
        let table = document.block(block).table().filter(|table| table.broken.is_none())?;
        let bare = Standing { id, wanted, bound, block, table, typed: Vec::new(), template, text };
        Some(Standing { typed: typed::columns(&bare), ..bare })
    };
    let wanted = template.tables();
    let mut tables = Vec::with_capacity(wanted.size_hint().1.unwrap_or_default());
    tables.extend(wanted.filter_map(standing));
    tables
}

impl<'a> Standing<'a> {
    /// The text of a span.
    pub(crate) fn slice(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    /// The cell of a row under a column of the document, where somebody has filled in both it and the row's name.
    pub(crate) fn filled(&self, row: &Row, column: usize) -> Option<Span> {
        let cell = self.table.cell(row, column).filter(|cell| !cell.is_empty() && self.is_named(row))?;
        (!blank::is_placeholder(None, self.slice(cell), self.template)).then_some(cell)
    }

    /// A cell of which the template says what it holds.
    pub(crate) fn typed(&self, row: usize, column: usize) -> Option<&Cell<'a>> {
        self.typed.iter().find(|typed| typed.at == column)?.cells.get(row)?.as_ref()
    }

    /// Such a cell, where somebody has filled in both it and the row's name: what rules about values judge.
    pub(crate) fn judged(&self, row: usize, column: usize) -> Option<&Cell<'a>> {
        self.typed(row, column).filter(|cell| cell.is_judged)
    }

    /// Whether nobody has filled in the cell that names a row: then nothing else is said of that row.
    pub(crate) fn is_open(&self, row: &Row) -> bool {
        let Some(cell) = self.bound.key.and_then(|key| self.table.cell(row, key)) else { return false };
        cell.is_empty() || blank::is_placeholder(None, self.slice(cell), self.template)
    }

    /// Whether somebody has named a row, and it has as many cells as the header: in a ragged one nobody can tell which
    /// cell belongs to which column.
    pub(crate) fn is_named(&self, row: &Row) -> bool {
        row.written == self.table.header.written && !self.is_open(row)
    }

    /// How messages call a row: by its name, or by its place where nothing names it.
    pub(crate) fn row_name(&self, index: usize) -> String {
        let row = &self.table.rows[index];
        match self.bound.key.and_then(|key| self.table.cell(row, key)).map(|cell| plain(self.slice(cell))) {
            Some(name) if !name.trim().is_empty() => format!("row `{}`", name.trim()),
            _ => format!("row {}", index + 1),
        }
    }

    /// The column of the template that stands in a column of the document.
    pub(crate) fn wanted_column(&self, at: usize) -> Option<&'a table::Column> {
        let index = self.bound.columns.iter().position(|column| column.at() == Some(at))?;
        self.wanted.columns.get(index)
    }

    /// The row of the template that stands somewhere.
    pub(crate) fn wanted_row(&self, place: RowPlace) -> Option<&'a table::Row> {
        let index = self.bound.rows.iter().position(|found| found.at() == Some(place))?;
        self.wanted.rows.get(index)
    }

    /// Whether a column of the document is the author's own: the template knows none of its name.
    pub(crate) fn is_own(&self, at: usize) -> bool {
        let is_known = |name: &str| self.wanted.columns.iter().any(|column| called(name, &column.name).is_some());
        let name = self.table.cell(&self.table.header, at).map_or("", |cell| self.slice(cell));
        self.wanted_column(at).is_none() && !self.is_row_as_column(at) && !is_known(name)
    }

    /// Whether a column of the document is a row of the template, in a table that is transposed.
    pub(crate) fn is_row_as_column(&self, at: usize) -> bool {
        self.wanted_row(RowPlace::Column(at)).is_some()
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
    pub(crate) fn column_name(&self, at: usize) -> Cow<'a, str> {
        self.table.cell(&self.table.header, at).map_or(Cow::Borrowed(""), |cell| bare(cell, self.text))
    }

    /// The names of the columns as they are written, without decoration.
    pub(crate) fn column_names(&self) -> Vec<Cow<'a, str>> {
        column_names(self.table, self.text)
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
