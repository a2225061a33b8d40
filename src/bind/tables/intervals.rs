//! A table of intervals that targets elsewhere depend on: how often each component is saved.

use std::cell::OnceCell;

use crate::bind::model::Binding;
use crate::bind::tables::row_name;
use crate::bind::tables::standing::{self, Standing};
use crate::markdown::model::Document;
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::table::Dependency;
use crate::template::model::{Kind, Template};
use crate::values::Reading;
use crate::values::duration::{self, Duration};

/// A cell, and what it says of an interval.
type Said = (Span, Reading<Duration>);

/// The table of intervals.
pub(crate) struct Intervals<'a> {
    template: &'a Template,
    text: &'a str,
    dependency: &'a Dependency,
    standing: Standing<'a>,
    header: Span,
    /// The column that names its rows.
    key: usize,
    /// What the interval of each row says.
    rows: Vec<Option<Said>>,
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
    /// The table that a target depends on, where the document has it.
    pub(crate) fn new(
        (template, document, binding): (&'a Template, &'a Document, &'a Binding),
        text: &'a str,
        dependency: &'a Dependency,
    ) -> Option<Self> {
        let wanted = dependency.column;
        let standing = standing::table(template, document, binding, wanted.table)?;
        let column = standing.bound.columns.get(wanted.column)?.at()?;
        let header = standing.table.cell(&standing.table.header, column)?;
        let key = standing.bound.key?;
        let read = |cell: Span| {
            let shown = plain(&text[cell.range()]);
            (cell, duration::read(&shown, || duration::units::unit_in(&text[header.range()])))
        };
        let cell = |row| standing.filled(row, column, Some(&Kind::Duration), text, template);
        let rows = (0..standing.table.rows.len()).map(|row| cell(row).map(read)).collect();
        Some(Self { template, text, dependency, standing, header, key, rows, words: Words::default() })
    }

    /// What messages call the table.
    pub(crate) fn title(&self) -> &str {
        &self.standing.wanted.title
    }

    /// The name of the column of intervals.
    pub(crate) fn header(&self) -> Span {
        self.header
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

    fn name(&self, row: usize) -> String {
        row_name(self.standing.table, &self.standing.table.rows[row], self.key, self.text)
    }

    fn names(&self) -> &[String] {
        self.words.names.get_or_init(|| (0..self.rows.len()).map(|row| self.name(row)).collect())
    }

    /// The rows of a component: of the same name, or with more words around it.
    pub(crate) fn of_component(&self, name: &str) -> Vec<usize> {
        let is_it = |row: &str| {
            let (row, name): (Vec<&str>, Vec<&str>) = (row.split(' ').collect(), name.split(' ').collect());
            row.windows(name.len()).any(|window| window == name)
        };
        let few = self.rows.len() <= FEW;
        let same = |row: &str| row == name || few && is_it(row);
        (0..self.rows.len()).filter(|&row| !name.is_empty() && same(&self.names()[row])).collect()
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
            let (place, reading) = self.rows[row].as_ref()?;
            match reading {
                Reading::Value(length) if shortest.is_none_or(|(_, known)| length.shortest < known) => {
                    shortest = Some((*place, length.shortest));
                }
                Reading::Value(_) | Reading::Nothing => {}
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
        let shortest = |row: usize| match &self.rows[row] {
            Some((_, Reading::Value(length))) => Some(length.shortest),
            _ => None,
        };
        // Mostly none is too long, whatever it is that each row speaks of.
        if !(0..self.rows.len()).any(|row| shortest(row).is_some_and(|interval| interval > target.longest)) {
            return None;
        }
        let is_short = |row: &usize| shortest(*row).is_some_and(|interval| interval <= target.longest);
        // One that is short enough settles it: words need not be sought in the names of all.
        let settles = |row| self.speaks(&self.name(row));
        let is_settled = (0..self.rows.len()).filter(is_short).any(settles);
        if is_settled { None } else { self.longer_than(target, targets, at, self.of_element()) }
    }

    fn suspends(&self) -> &[bool] {
        let all = || 0..self.rows.len();
        self.words.suspends.get_or_init(|| all().map(|row| self.names_unless(&self.standing, row)).collect())
    }

    /// Whether a row names what keeps any target.
    fn names_unless(&self, standing: &Standing, row: usize) -> bool {
        let Some(unless) = &self.dependency.unless else { return false };
        let cells = standing.table.cells(&standing.table.rows[row]);
        cells.iter().any(|&cell| self.holds(&plain(&self.text[cell.range()]), unless))
    }

    fn holds(&self, text: &str, word: &str) -> bool {
        let found = self.template.matcher().words_in(text);
        found.into_iter().any(|found| self.template.words[found].name == word)
    }
}
