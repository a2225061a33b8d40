//! The cells of which a template says what they hold, by their columns or by their rows. Each is read once: rules about
//! values look at what was read.

use crate::bind::model::RowPlace;
use crate::bind::placeholders::blank::is_placeholder;
use crate::bind::tables::standing::Standing;
use crate::bind::tables::value::{self, Value};
use crate::diagnostic::Requirement;
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::Kind;
use crate::template::model::table::{Column, Row, Strictness};
use crate::values::Reading;

/// A column of the document that holds typed cells.
#[derive(Debug, Clone)]
pub(crate) struct Typed<'a> {
    /// The column.
    pub(crate) at: usize,
    /// By row; nothing where a cell is empty, or of no kind.
    pub(crate) cells: Vec<Option<Cell<'a>>>,
}

/// A cell, and what it says.
#[derive(Debug, Clone)]
pub(crate) struct Cell<'a> {
    pub(crate) span: Span,
    pub(crate) asked: Asked<'a>,
    /// Nothing where nobody has filled it in yet.
    pub(crate) said: Option<Reading<Value>>,
    /// Whether somebody has filled in both it and the name of its row, and no cell of the row is missing.
    pub(crate) is_judged: bool,
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
            Some(Reading::Value(value)) => Some(value),
            _ => None,
        }
    }
}

/// Reads the typed cells of a table.
pub(super) fn read<'a>(standing: &Standing<'a>) -> Vec<Typed<'a>> {
    let kinds = kinds(standing);
    if kinds.is_empty() {
        return Vec::new();
    }
    let rows = &standing.table.rows;
    let names: Vec<_> = kinds.iter().map(|kinds| standing.column_name(kinds.at)).collect();
    let mut columns: Vec<Typed> =
        kinds.iter().map(|kinds| Typed { at: kinds.at, cells: Vec::with_capacity(rows.len()) }).collect();
    for (index, row) in rows.iter().enumerate() {
        let is_named = standing.is_named(row);
        for ((column, kinds), name) in columns.iter_mut().zip(&kinds).zip(&names) {
            let asked = kinds.of(standing, index);
            column.cells.push(asked.and_then(|asked| {
                let (span, said) = read_cell(standing, (index, column.at), asked.kind, name)?;
                let is_judged = is_named && said.is_some();
                Some(Cell { span, asked, said, is_judged })
            }));
        }
    }
    columns
}

/// What a cell says as a value of a kind, unless it is empty. The name of its column may say the unit.
pub(super) fn read_cell(
    standing: &Standing,
    (row, column): (usize, usize),
    kind: &Kind,
    name: &str,
) -> Option<(Span, Option<Reading<Value>>)> {
    let span = standing.written(row, column)?;
    let written = standing.slice(span);
    if is_placeholder(Some(kind), written, standing.template) {
        return Some((span, None));
    }
    let shown = if matches!(kind, Kind::Url) { written.into() } else { plain(written) };
    let row_name = standing.bound.key.and_then(|key| standing.written(row, key));
    Some((span, Some(value::read(kind, &shown, &[name, row_name.map_or("", |name| standing.slice(name))]))))
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
fn kinds<'a>(standing: &Standing<'a>) -> Vec<Kinds<'a>> {
    let (wanted, bound) = (standing.wanted, standing.bound);
    let has_own = wanted.rows.iter().any(|row| row.kind.is_some());
    let columns = wanted.columns.iter().zip(&bound.columns).enumerate().filter_map(|(index, (column, place))| {
        let (at, of_column) = (place.at()?, of_column(column));
        let of_rows = has_own && wanted.value == Some(index);
        // Of several that stand in one column the first counts.
        let is_first = || bound.columns[..index].iter().all(|before| before.at() != Some(at));
        ((of_column.is_some() || of_rows) && is_first()).then_some(Kinds { at, of_column, of_rows })
    });
    let rows = wanted.rows.iter().zip(&bound.rows).enumerate().filter(|_| bound.transposed);
    let across = rows.filter_map(|(index, (row, place))| {
        let Some(RowPlace::Column(at)) = place.at() else { return None };
        let of_column = of_row(row).or_else(|| of_column(wanted.columns.get(wanted.value?)?));
        let is_first = bound.rows[..index].iter().all(|before| before.at() != place.at());
        (of_column.is_some() && is_first).then_some(Kinds { at, of_column, of_rows: false })
    });
    across.chain(columns).collect()
}

impl<'a> Kinds<'a> {
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

fn of_row(row: &Row) -> Option<Asked<'_>> {
    let (requirement, strictness) = (&row.requirement, Strictness::Must);
    row.kind.as_ref().map(|kind| Asked { kind, requirement, strictness })
}
