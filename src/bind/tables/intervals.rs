//! A table of intervals that targets elsewhere depend on: how often each component is saved.

use std::cell::OnceCell;
use std::ops::Range;

use crate::bind::tables::row_name;
use crate::bind::tables::standing::Standing;
use crate::bind::value::Value;
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::table::Dependency;
use crate::values::Parsed;
use crate::values::duration::Duration;

/// The table of intervals.
pub(crate) struct Intervals<'a> {
    dependency: &'a Dependency,
    standing: &'a Standing<'a>,
    /// The column of intervals.
    column: usize,
    /// The column that names its rows.
    key: usize,
    /// What only matters beside an interval that is too long, which most are not: words are dear to find.
    words: Words,
}

#[derive(Default)]
struct Words {
    /// The names of the rows.
    names: OnceCell<Vec<String>>,
    /// The rows that speak of the element.
    of_element: OnceCell<Vec<usize>>,
    /// By row: whether it names what keeps any target.
    suspends: OnceCell<Vec<bool>>,
}

/// Among so many rows a name may stand with words around it; among more it must be exactly that.
const FEW: usize = 100;

impl<'a> Intervals<'a> {
    /// The table that a target depends on, where it has what the target asks for.
    pub(crate) fn new(standing: &'a Standing<'a>, dependency: &'a Dependency) -> Option<Self> {
        let column = standing.bound.columns.get(dependency.column.column)?.at()?;
        let key = standing.bound.key?;
        Some(Self { dependency, standing, column, key, words: Words::default() })
    }

    /// What messages call the table.
    pub(crate) fn title(&self) -> &str {
        &self.standing.wanted.title
    }

    /// The name of the column of intervals.
    pub(crate) fn header(&self) -> String {
        self.standing.column_name(self.column).to_lowercase()
    }

    /// What keeps any target, as the template calls it.
    pub(crate) fn unless(&self) -> Option<&str> {
        self.dependency.unless.as_deref()
    }

    /// Whether a name speaks of the element that the target depends on.
    pub(crate) fn speaks(&self, name: &str) -> bool {
        self.dependency.of.as_ref().is_none_or(|of| self.holds(name, of))
    }

    /// The rows that speak of the element.
    pub(crate) fn of_element(&self) -> &[usize] {
        let names = || self.names().iter().enumerate();
        self.words
            .of_element
            .get_or_init(|| names().filter(|(_, name)| self.speaks(name)).map(|(row, _)| row).collect())
    }

    fn rows(&self) -> Range<usize> {
        0..self.standing.table.rows.len()
    }

    fn name(&self, row: usize) -> String {
        row_name(self.standing.table, &self.standing.table.rows[row], self.key, self.standing.text)
    }

    fn names(&self) -> &[String] {
        self.words.names.get_or_init(|| self.rows().map(|row| self.name(row)).collect())
    }

    /// The rows of a component: of the same name, or with more words around it.
    pub(crate) fn of_component(&self, name: &str) -> Vec<usize> {
        let is_it = |row: &str| {
            let (row, name): (Vec<&str>, Vec<&str>) = (row.split(' ').collect(), name.split(' ').collect());
            row.windows(name.len()).any(|window| window == name)
        };
        let few = self.rows().len() <= FEW;
        let same = |row: &str| row == name || few && is_it(row);
        self.rows().filter(|&row| !name.is_empty() && same(&self.names()[row])).collect()
    }

    /// The shortest interval of some rows, where even that is longer than a target (of row `at` of its own table), and
    /// where it stands.
    pub(crate) fn longer_than(
        &self,
        target: Duration,
        targets: &Standing,
        at: usize,
        rows: &[usize],
    ) -> Option<(Span, f64)> {
        let mut shortest: Option<(Span, f64)> = None;
        for &row in rows {
            // An interval that nobody understood may be the shortest.
            let cell = self.standing.judged(row, self.column)?;
            match &cell.said {
                Parsed::Value(Value::Duration(length)) => {
                    if shortest.is_none_or(|(_, known)| length.shortest < known) {
                        shortest = Some((cell.span, length.shortest));
                    }
                }
                Parsed::Nothing => {}
                _ => return None,
            }
        }
        let (place, interval) = shortest?;
        let is_longer = target.longest < interval && interval.is_finite();
        let is_kept = || self.names_unless(targets, at) || rows.iter().any(|&row| self.suspends()[row]);
        (is_longer && !is_kept()).then_some((place, interval))
    }

    /// The same for the rows that speak of the element.
    pub(crate) fn longer_of_element(&self, target: Duration, targets: &Standing, at: usize) -> Option<(Span, f64)> {
        let shortest = |row: usize| match self.standing.judged(row, self.column)?.value()? {
            Value::Duration(length) => Some(length.shortest),
            _ => None,
        };
        // Mostly none is too long, whatever it is that each row speaks of.
        if !self.rows().any(|row| shortest(row).is_some_and(|interval| interval > target.longest)) {
            return None;
        }
        let is_short = |row: &usize| shortest(*row).is_some_and(|interval| interval <= target.longest);
        // One that is short enough settles it: words need not be sought in the names of all.
        let settles = |row| self.speaks(&self.name(row));
        let is_settled = self.rows().filter(is_short).any(settles);
        if is_settled { None } else { self.longer_than(target, targets, at, self.of_element()) }
    }

    fn suspends(&self) -> &[bool] {
        let all = || self.rows();
        self.words.suspends.get_or_init(|| all().map(|row| self.names_unless(self.standing, row)).collect())
    }

    /// Whether a row names what keeps any target.
    fn names_unless(&self, standing: &Standing, row: usize) -> bool {
        let Some(unless) = &self.dependency.unless else { return false };
        let cells = standing.table.cells(&standing.table.rows[row]);
        cells.iter().any(|&cell| self.holds(&plain(standing.slice(cell)), unless))
    }

    fn holds(&self, text: &str, word: &str) -> bool {
        let found = self.standing.template.matcher().words_in(text);
        found.into_iter().any(|found| self.standing.template.words[found].name == word)
    }
}
