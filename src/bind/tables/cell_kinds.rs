//! The kinds that a template asks of the cells of a table: by their columns, or by their rows.

use crate::bind::model::RowPlace;
use crate::bind::tables::standing::Standing;
use crate::diagnostic::Requirement;
use crate::template::model::Kind;
use crate::template::model::table::{Row, Strictness, Table};

/// A kind, and what asks for it.
pub(crate) type Asked<'a> = (&'a Kind, &'a Requirement);

/// Whether any cell of a table must be of a kind.
pub(crate) fn any(wanted: &Table) -> bool {
    wanted.rows.iter().any(|row| row.kind.is_some())
        || wanted.columns.iter().any(|column| column.kind.is_some() && column.strictness == Strictness::Must)
}

/// The kinds of the cells of one column of the document.
pub(crate) struct CellKinds<'a> {
    standing: Standing<'a>,
    /// That of all cells which no row gives another one.
    of_column: Option<Asked<'a>>,
    /// Whether rows may have kinds of their own: their value stands in this column.
    of_rows: bool,
}

impl<'a> CellKinds<'a> {
    /// Those of a column.
    pub(crate) fn new(standing: &Standing<'a>, at: usize) -> Self {
        let (wanted, bound) = (standing.wanted, standing.bound);
        let column = bound.columns.iter().position(|found| found.at() == Some(at));
        let of = |column: usize| {
            let column = wanted.columns.get(column).filter(|column| column.strictness == Strictness::Must)?;
            column.kind.as_ref().map(|kind| (kind, &column.requirement))
        };
        let across = bound.transposed.then(|| row_at(standing, RowPlace::Column(at))).flatten();
        let of_column = match across {
            Some(row) => of_row(row).or_else(|| of(wanted.value?)),
            None => column.and_then(of),
        };
        let of_rows = across.is_none() && column.is_some() && column == wanted.value;
        Self { standing: *standing, of_column, of_rows: of_rows && wanted.rows.iter().any(|row| row.kind.is_some()) }
    }

    /// Whether nothing is asked of any cell.
    pub(crate) fn is_empty(&self) -> bool {
        self.of_column.is_none() && !self.of_rows
    }

    /// That of the cell in a row: the kind of the row goes before that of the column.
    pub(crate) fn of(&self, row: usize) -> Option<Asked<'a>> {
        let own = self.of_rows.then(|| row_at(&self.standing, RowPlace::Row(row)).and_then(of_row)).flatten();
        own.or(self.of_column)
    }
}

fn row_at<'a>(standing: &Standing<'a>, place: RowPlace) -> Option<&'a Row> {
    let index = standing.bound.rows.iter().position(|found| found.at() == Some(place))?;
    standing.wanted.rows.get(index)
}

fn of_row(row: &Row) -> Option<Asked<'_>> {
    row.kind.as_ref().map(|kind| (kind, &row.requirement))
}
