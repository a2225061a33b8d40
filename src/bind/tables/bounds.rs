//! The smallest and the greatest value of a cell: what relations between columns compare.

use crate::bind::model::Match;
use crate::bind::tables::standing::Standing;
use crate::bind::value::Value;
use crate::span::Span;

/// What a cell says about one column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// The cell.
    pub(crate) cell: Span,
    /// At least this; nothing where it is not said.
    pub(crate) low: f64,
    /// At most this; infinite where it is not said.
    pub(crate) high: f64,
}

impl Bounds {
    /// The value, where it is exactly one whole number.
    pub(crate) fn number(self) -> Option<u64> {
        let is_whole = self.high - self.low == 0.0 && self.low.fract() == 0.0;
        #[allow(clippy::cast_sign_loss)] // It lies within what a `u64` holds.
        (is_whole && (0.0..u64::MAX as f64).contains(&self.low)).then_some(self.low as u64)
    }
}

/// What a row says about a column of the template. Where one column of the document answers two of the template
/// (`| Min / Max |`), the first takes the first number and the second the other.
pub(crate) fn bounds(standing: &Standing, column: usize, row: usize) -> Option<Bounds> {
    let at = standing.bound.columns.get(column)?.at()?;
    let cell = standing.judged(row, at)?;
    let value = cell.value()?;
    let columns = &standing.bound.columns;
    let mut shared = (0..columns.len()).filter(|&other| columns[other].at() == Some(at));
    let (low, high) = match ([shared.next(), shared.next(), shared.next()], value) {
        ([_, None, _], _) => value.ends()?,
        ([first, _, None], Value::Count(pair)) => {
            let number = if first == Some(column) { pair.from } else { pair.to? } as f64;
            (number, number)
        }
        _ => return None,
    };
    Some(Bounds { cell: cell.span, low, high })
}

/// Whether the names of two columns were swapped: they stand in the other order than in the template, and what each row
/// says fits the names in that order alone.
pub(crate) fn are_swapped(standing: &Standing, least: usize, most: usize) -> bool {
    let at = |column: usize| standing.bound.columns.get(column).and_then(Match::at);
    let fits = |row: usize| {
        let both = bounds(standing, least, row).zip(bounds(standing, most, row));
        both.map(|(low, high)| low.low <= high.high)
    };
    let stands_before = |(low, high): (usize, usize)| (least < most) == (low < high);
    let mut rows = (0..standing.table.rows.len()).filter_map(fits).peekable();
    !at(least).zip(at(most)).is_none_or(stands_before) && rows.peek().is_some() && rows.all(|fits| !fits)
}
