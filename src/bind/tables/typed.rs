//! The cells of which a template says what they hold, by their columns or by their rows. Each is read once.

use crate::bind::model::RowPlace;
use crate::bind::placeholders::blank::is_placeholder;
use crate::bind::tables::standing::Standing;
use crate::bind::value::{self, Value};
use crate::diagnostic::Requirement;
use crate::markdown::model::Row;
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::table::{Column, Strictness};
use crate::template::model::{Kind, table};
use crate::values::Parsed;

/// A column of the document that holds typed cells.
#[derive(Debug, Clone)]
pub(crate) struct Typed<'a> {
    /// The column.
    pub(crate) at: usize,
    /// By row; nothing where a cell is empty, or of no kind.
    pub(crate) cells: Vec<Option<Cell<'a>>>,
}

/// A cell, and what is asked of it.
#[derive(Debug, Clone)]
pub(crate) struct Cell<'a> {
    pub(crate) span: Span,
    pub(crate) asked: Asked<'a>,
    /// Whether nobody has filled it in yet: then nobody knows what it says.
    pub(crate) is_open: bool,
    /// Whether somebody has filled in both it and the name of its row, and no cell of the row is missing.
    pub(crate) is_judged: bool,
    /// What it says.
    pub(crate) said: Parsed<Value>,
}

/// A kind, and what asks for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) kind: &'a Kind,
    pub(crate) requirement: &'a Requirement,
    pub(crate) strictness: Strictness,
}

impl Cell<'_> {
    /// The value, where it is understood.
    pub(crate) fn value(&self) -> Option<&Value> {
        match &self.said {
            Parsed::Value(value) => Some(value),
            _ => None,
        }
    }
}

/// The typed columns of a table.
pub(super) fn columns<'a>(standing: &Standing<'a>) -> Vec<Typed<'a>> {
    let columns = kinds(standing).map(|kinds| {
        let cells = (0..standing.table.rows.len()).map(|row| kinds.cell(standing, row));
        Typed { at: kinds.at, cells: cells.collect() }
    });
    columns.collect()
}

/// What a cell says as a value of a kind, whatever the template asks of it, where somebody has filled it in.
pub(super) fn read_as(kind: &Kind, standing: &Standing, row: &Row, at: usize) -> Option<(Span, Parsed<Value>)> {
    let span = standing.table.cell(row, at).filter(|cell| !cell.is_empty())?;
    let (written, names) = (standing.slice(span), [header(standing, at), row_name(standing, row)]);
    (!is_placeholder(Some(kind), written, standing.template)).then(|| (span, read(kind, written, names)))
}

/// Reads what is written in a cell. The names of its column and its row may say the unit.
fn read(kind: &Kind, written: &str, names: [&str; 2]) -> Parsed<Value> {
    let shown = if matches!(kind, Kind::Url) { written.into() } else { plain(written) };
    value::read(kind, &shown, &names)
}

fn header<'a>(standing: &Standing<'a>, at: usize) -> &'a str {
    standing.table.cell(&standing.table.header, at).map_or("", |cell| standing.slice(cell))
}

fn row_name<'a>(standing: &Standing<'a>, row: &Row) -> &'a str {
    let cell = standing.bound.key.and_then(|key| standing.table.cell(row, key));
    cell.map_or("", |cell| standing.slice(cell))
}

/// What is asked of the cells of one column of the document.
struct Kinds<'a> {
    at: usize,
    /// That of all cells which no row gives another one.
    of_column: Option<Asked<'a>>,
    /// Whether rows may have kinds of their own: their value stands in this column.
    of_rows: bool,
}

/// Those of all columns of which something is asked.
fn kinds<'a>(standing: &Standing<'a>) -> impl Iterator<Item = Kinds<'a>> {
    let (wanted, bound) = (standing.wanted, standing.bound);
    let has_own = wanted.rows.iter().any(|row| row.kind.is_some());
    let columns = wanted.columns.iter().enumerate().filter_map(move |(index, column)| {
        let (of_column, of_rows) = (of_column(column), has_own && wanted.value == Some(index));
        let at = bound.columns[index].at().filter(|_| of_rows || of_column.is_some())?;
        // Of several that stand in one column the first counts.
        let is_first = bound.columns[..index].iter().all(|before| before.at() != Some(at));
        is_first.then_some(Kinds { at, of_column, of_rows })
    });
    let rows = wanted.rows.iter().zip(&bound.rows).enumerate().filter(|_| bound.transposed);
    let across = rows.filter_map(move |(index, (row, place))| {
        let Some(RowPlace::Column(at)) = place.at() else { return None };
        let of_column = of_row(row).or_else(|| of_column(wanted.columns.get(wanted.value?)?));
        let is_first = bound.rows[..index].iter().all(|before| before.at() != place.at());
        (of_column.is_some() && is_first).then_some(Kinds { at, of_column, of_rows: false })
    });
    across.chain(columns)
}

impl<'a> Kinds<'a> {
    /// The cell in a row.
    fn cell(&self, standing: &Standing<'a>, index: usize) -> Option<Cell<'a>> {
        let row = &standing.table.rows[index];
        let span = standing.table.cell(row, self.at).filter(|cell| !cell.is_empty())?;
        let (asked, written) = (self.of(standing, index)?, standing.slice(span));
        // What is a value and nothing else is no placeholder.
        let bare = value::bare(asked.kind, written).map(Parsed::Value);
        let is_open = bare.is_none() && is_placeholder(Some(asked.kind), written, standing.template);
        let said = match bare {
            Some(said) => said,
            None if is_open => Parsed::Unknown,
            None => read(asked.kind, written, [header(standing, self.at), row_name(standing, row)]),
        };
        Some(Cell { span, asked, is_open, is_judged: !is_open && standing.is_named(row), said })
    }

    /// That of the cell in a row: the kind of the row goes before that of the column.
    fn of(&self, standing: &Standing<'a>, row: usize) -> Option<Asked<'a>> {
        let own = || standing.wanted_row(RowPlace::Row(row)).and_then(of_row);
        self.of_rows.then(own).flatten().or(self.of_column)
    }
}

fn of_column(column: &Column) -> Option<Asked<'_>> {
    let (requirement, strictness) = (&column.requirement, column.strictness);
    column.kind.as_ref().map(|kind| Asked { kind, requirement, strictness })
}

fn of_row(row: &table::Row) -> Option<Asked<'_>> {
    let (requirement, strictness) = (&row.requirement, Strictness::Must);
    row.kind.as_ref().map(|kind| Asked { kind, requirement, strictness })
}
