//! Columns of money with a total: what can be summed, and whether it adds up.

use crate::bind::model::RowPlace;
use crate::bind::tables::row_name;
use crate::bind::tables::standing::Standing;
use crate::bind::tables::typed::read_as;
use crate::bind::value::Value;
use crate::span::Span;
use crate::template::model::Kind;
use crate::values::Parsed;
use crate::values::money::{Money, Per, Sureness};
use crate::values::number::{Decimal, numbers};
use crate::values::style::Style;

/// A column of amounts with their total.
#[derive(Debug)]
pub(crate) struct Column {
    /// The name of the column.
    pub(crate) header: Span,
    /// The cell of the total.
    pub(crate) total_cell: Span,
    /// What the rows say.
    pub(crate) amounts: Vec<Money>,
    total: Money,
    tolerance: f64,
    style: Style,
}

/// What rows sum to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sum {
    pub(crate) low: f64,
    pub(crate) high: f64,
    decimal: Decimal,
    style: Style,
}

/// The columns of a table whose total is not what its rows sum to, and that sum.
pub(crate) fn wrong(standing: &Standing) -> Vec<(Column, Sum)> {
    let Some(total) = total_row(standing) else { return Vec::new() };
    let wrong: Vec<(Column, Sum)> = (0..standing.table.columns())
        .filter(|&at| standing.bound.key != Some(at))
        .filter_map(|at| column(standing, at, total))
        .filter_map(|column| column.wrong_sum().map(|sum| (column, sum)))
        .collect();
    // The names of the rows are read only where something is wrong.
    if wrong.is_empty() || is_of_all_rows(standing) == Some(true) { wrong } else { Vec::new() }
}

/// The row of the total, where it is the last one.
fn total_row(standing: &Standing) -> Option<usize> {
    let RowPlace::Row(total) = standing.bound.rows.get(standing.wanted.total?)?.at()? else { return None };
    (total + 1 == standing.table.rows.len()).then_some(total)
}

/// Whether the total is the only row of its name, and no row sums others before it.
fn is_of_all_rows(standing: &Standing) -> Option<bool> {
    let name = &standing.wanted.rows[standing.wanted.total?].name;
    let key = standing.bound.key?;
    let rows = &standing.table.rows;
    let others = || 0..rows.len() - 1;
    let speaks_of_it = |row: usize| {
        let written = row_name(standing.table, &rows[row], key, standing.text);
        std::iter::once(&name.normal).chain(&name.aliases).any(|known| written.contains(known.as_str()))
    };
    // Some names in bold among others head groups of rows.
    let is_bold =
        |row: usize| standing.table.cell(&rows[row], key).is_some_and(|cell| standing.slice(cell).starts_with("**"));
    let has_groups = others().any(is_bold) && !others().all(is_bold);
    // `duplicate-row` speaks of a row that is counted twice.
    let repeats = standing.has_equal_rows();
    Some(!others().any(speaks_of_it) && !has_groups && !repeats)
}

fn column(standing: &Standing, at: usize, total: usize) -> Option<Column> {
    let header = standing.table.cell(&standing.table.header, at)?;
    let (total_cell, total_amount) = amount(standing, total, at)?;
    let total_amount = total_amount?;
    let mut reader = Reader { currency: total_amount.currency, ..Reader::default() };
    reader.take(&total_amount)?;
    let mut amounts = Vec::new();
    for row in (0..standing.table.rows.len()).filter(|&row| row != total) {
        if let (_, Some(money)) = amount(standing, row, at)? {
            reader.take(&money)?;
            amounts.push(money);
        }
    }
    let tolerance = if reader.is_about { 0.1 } else { 0.02 };
    let style = reader.style;
    (amounts.len() > 1).then_some(Column { header, total_cell, amounts, total: total_amount, tolerance, style })
}

/// A cell with an amount and nothing else; without one where it says that there is nothing.
fn amount(standing: &Standing, row: usize, at: usize) -> Option<(Span, Option<Money>)> {
    // What stands in a column of the author's own is no typed cell.
    match standing.typed(row, at) {
        Some(cell) if cell.is_open => None,
        Some(cell) if matches!(cell.asked.kind, Kind::Money) => alone(cell.span, &cell.said),
        _ => {
            let (cell, said) = read_as(&Kind::Money, standing, &standing.table.rows[row], at)?;
            alone(cell, &said)
        }
    }
}

fn alone(cell: Span, said: &Parsed<Value>) -> Option<(Span, Option<Money>)> {
    match said {
        Parsed::Value(Value::Money(money)) if money.sureness != Sureness::More => Some((cell, Some(*money))),
        Parsed::Nothing => Some((cell, None)),
        _ => None,
    }
}

/// Watches that all amounts are of one currency and one period.
#[derive(Default)]
struct Reader {
    currency: Option<&'static str>,
    per: Option<Per>,
    is_about: bool,
    style: Style,
}

impl Reader {
    /// `None` where an amount is of another one.
    fn take(&mut self, money: &Money) -> Option<()> {
        if money.currency.is_some() && money.currency != self.currency {
            return None;
        }
        if money.per != Per::Unsaid && *self.per.get_or_insert(money.per) != money.per {
            return None;
        }
        self.is_about |= money.sureness == Sureness::About;
        self.style = self.style.with(money.style);
        Some(())
    }
}

impl Column {
    /// What the rows sum to, where the total says something else however the numbers are read.
    fn wrong_sum(&self) -> Option<Sum> {
        let sums = [Decimal::Point, Decimal::Comma].into_iter().filter_map(|decimal| self.sum(decimal));
        let sums: Vec<(Sum, f64, bool)> = sums.collect();
        let is_right = sums.iter().any(|(.., fits)| *fits);
        // Thousands are likelier than thousandths, in the rows and in the total.
        let likely =
            sums.into_iter().max_by(|(a, total, _), (b, other, _)| (a.high + total).total_cmp(&(b.high + other)));
        likely.map(|(sum, ..)| sum).filter(|_| !is_right)
    }

    /// What the rows sum to with this decimal character, what the total says, and whether the two fit.
    fn sum(&self, decimal: Decimal) -> Option<(Sum, f64, bool)> {
        let (mut low, mut high) = (0.0, 0.0);
        for amount in &self.amounts {
            let (from, to) = amount.ends(decimal)?;
            low += from;
            high += to;
        }
        let (from, to) = self.total.ends(decimal)?;
        let near = |one: f64, other: f64| (one - other).abs() <= self.tolerance * one.abs().max(other.abs());
        let within = |value: f64| value >= low * (1.0 - self.tolerance) && value <= high * (1.0 + self.tolerance);
        let total_is_range = to > from;
        let rows_are_range = high > low;
        let fits = match (total_is_range, rows_are_range) {
            (true, true) => near(from, low) && near(to, high),
            (false, true) => within(from),
            (true, false) => low >= from * (1.0 - self.tolerance) && low <= to * (1.0 + self.tolerance),
            (false, false) => near(from, low),
        };
        Some((Sum { low, high, decimal, style: self.style }, to, fits))
    }
}

impl Sum {
    /// Both ends in words.
    pub(crate) fn describe(&self) -> String {
        if self.high > self.low {
            format!("{} to {}", self.number(self.low), self.number(self.high))
        } else {
            self.number(self.low)
        }
    }

    fn number(&self, value: f64) -> String {
        self.style.write(value, self.decimal)
    }
}

/// A cell with its number replaced by a sum; `None` where it does not hold as many numbers as the sum has ends.
pub(crate) fn write(written: &str, sum: &Sum) -> Option<String> {
    let all = numbers(written);
    let ends = if sum.high > sum.low { vec![sum.low, sum.high] } else { vec![sum.low] };
    if sum.style.is_scaled || all.len() != ends.len() {
        return None;
    }
    let mut out = String::with_capacity(written.len());
    let mut at = 0;
    for (number, value) in all.iter().zip(ends) {
        out.push_str(&written[at..number.start]);
        out.push_str(&sum.number(value));
        at = number.end;
    }
    out.push_str(&written[at..]);
    Some(out)
}
