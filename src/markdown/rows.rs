//! The rows of a table as the Markdown parser finds them. It has parted the cells already: only a row that it does not
//! show as it is written is read once more.

use std::ops::Range;

use super::builder::{Builder, Leaf};
use super::lines::{end_of_line, inner};
use super::model::{Block, BlockKind, Reach, Row, Table};
use super::table;
use crate::span::Span;

/// The table that is open. Its memory serves all tables of a document; each takes as much as it fills.
#[derive(Debug)]
pub(super) struct OpenTable {
    /// The header is the first.
    rows: Vec<Row>,
    cells: Vec<Span>,
    delimiter: Span,
    /// Where the last cell ends.
    end: usize,
    /// Whether the row has a comment or a cell that is empty: the parser fills up what is missing.
    pub(super) is_odd: bool,
}

impl OpenTable {
    /// With room for most tables, so that it seldom grows.
    pub(super) fn new() -> Self {
        let (rows, cells) = (Vec::with_capacity(8), Vec::with_capacity(32));
        Self { rows, cells, delimiter: Span::at(0), end: 0, is_odd: false }
    }
}

impl Builder<'_> {
    pub(super) fn open_table(&mut self, span: Span) {
        let header = Row { span, written: 0, first: 0 };
        let table = Table { header, delimiter: span.tail(), rows: Vec::new(), cells: Vec::new(), broken: None };
        self.push(span, BlockKind::Table(table));
        self.leaf = Leaf::Table;
    }

    pub(super) fn open_header(&mut self, span: Span) {
        let below = Span::new(span.end(), end_of_line(self.text, span.end()));
        self.table.delimiter = inner(self.text, below, self.quotes);
        self.open_row(span.trim(self.text));
    }

    pub(super) fn open_row(&mut self, span: Span) {
        self.leaf = Leaf::Inline(Reach::Inline(span));
        let table = &mut self.table;
        table.rows.push(Row { span, written: 0, first: table.cells.len() as u32 });
        table.end = span.start();
        table.is_odd = false;
    }

    pub(super) fn cell(&mut self, range: &Range<usize>) {
        let cell = self.trimmed(range);
        self.table.is_odd |= cell.is_empty();
        self.table.end = self.base + range.end;
        self.table.cells.push(cell);
    }

    /// What stands behind the last cell, beyond one pipe, are cells that the parser drops.
    pub(super) fn close_row(&mut self) {
        self.leaf = Leaf::Table;
        let OpenTable { rows, cells, end, is_odd, .. } = &mut self.table;
        let Some(row) = rows.last_mut() else { return };
        if *is_odd || *end + 1 < row.span.end() {
            cells.truncate(row.first as usize);
            *row = table::row(self.text, row.span, cells);
        } else {
            row.written = cells.len() as u32 - row.first;
        }
    }

    pub(super) fn close_table(&mut self) {
        self.leaf = Leaf::None;
        let Some(Block { kind: BlockKind::Table(table), .. }) = self.blocks.last_mut() else { return };
        if let Some((&header, rows)) = self.table.rows.split_first() {
            table.header = header;
            table.rows = rows.to_vec();
        }
        table.cells = self.table.cells.as_slice().to_vec();
        table.delimiter = self.table.delimiter;
        self.table.rows.clear();
        self.table.cells.clear();
    }
}
