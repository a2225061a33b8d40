//! The kinds that a template asks of the cells of a table: by their columns, or by their rows.

use crate::bind::model::RowPlace;
use crate::bind::tables::standing::Standing;
use crate::diagnostic::Requirement;
use crate::template::model::Kind;
use crate::template::model::table::{Column, Row, Strictness};

/// A kind, and what asks for it.
pub(crate) type Asked<'a> = (&'a Kind, &'a Requirement);

/// The kinds of the cells of one column of the document.
pub(crate) struct CellKinds<'a> {
    /// The column.
    pub(crate) at: usize,
    standing: Standing<'a>,
    /// That of all cells which no row gives another one.
    of_column: Option<Asked<'a>>,
    /// Whether rows may have kinds of their own: their value stands in this column.
    of_rows: bool,
}

impl<'a> CellKinds<'a> {
    /// Those of all columns of which something is asked.
    pub(crate) fn of_table(standing: &Standing<'a>) -> Vec<Self> {
        let (wanted, bound) = (standing.wanted, standing.bound);
        let of = |column: &'a Column| {
            let kind = column.kind.as_ref().filter(|_| column.strictness == Strictness::Must);
            kind.map(|kind| (kind, &column.requirement))
        };
        let has_own = wanted.rows.iter().any(|row| row.kind.is_some());
        let columns = wanted.columns.iter().zip(&bound.columns).enumerate().filter_map(|(index, (column, place))| {
            let at = place.at()?;
            // Of several that stand in one column the first counts.
            let is_first = bound.columns[..index].iter().all(|before| before.at() != Some(at));
            let of_rows = has_own && wanted.value == Some(index);
            is_first.then(|| Self { at, standing: *standing, of_column: of(column), of_rows })
        });
        let rows = wanted.rows.iter().zip(&bound.rows).enumerate().filter(|_| bound.transposed);
        let across = rows.filter_map(|(index, (row, place))| {
            let Some(RowPlace::Column(at)) = place.at() else { return None };
            let is_first = bound.rows[..index].iter().all(|before| before.at() != place.at());
            let of_column = of_row(row).or_else(|| of(wanted.columns.get(wanted.value?)?));
            is_first.then_some(Self { at, standing: *standing, of_column, of_rows: false })
        });
        across.chain(columns).filter(|kinds| kinds.of_column.is_some() || kinds.of_rows).collect()
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
