//! The rows of a table that another refers to, by every name that stands for one of them.

use std::cell::OnceCell;
use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::bind::contents::shape::is_row_name;
use crate::bind::model::{Named, RowPlace};
use crate::bind::names::called;
use crate::bind::tables::standing::Standing;
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::table::Row;
use crate::text::{is_plain, list_some, normal, similarity};

/// Words that stand for all that is listed, or for what is not named elsewhere.
const ALL: [&str; 12] =
    ["all", "any", "every", "each", "both", "other", "others", "rest", "default", "global", "shared", "common"];

/// So many names are compared, or said, in a help.
pub(crate) const SHOWN: usize = 6;

/// The rows of a table that another refers to.
pub(crate) struct Listed<'a> {
    pub(crate) standing: &'a Standing<'a>,
    /// As they are written.
    pub(crate) written: Vec<&'a str>,
    /// As they are known: mostly nobody asks.
    names: OnceCell<HashSet<String, RandomState>>,
    is_whole: OnceCell<bool>,
}

impl<'a> Listed<'a> {
    /// `None` where the table lists nothing.
    pub(crate) fn new(standing: &'a Standing<'a>) -> Option<Self> {
        let key = standing.bound.key?;
        let cells = standing.table.rows.iter().filter_map(|row| standing.table.cell(row, key));
        let names = cells.flat_map(|cell| names_in(standing.text, cell));
        let written = names.map(|span| standing.slice(span)).collect();
        let list = Self { standing, written, names: OnceCell::new(), is_whole: OnceCell::new() };
        (!list.written.is_empty() || list.missing().next().is_some()).then_some(list)
    }

    /// A list with names that are yet to be written is not whole: what it lacks may be what it will say.
    fn is_whole(&self) -> bool {
        let standing = self.standing;
        let is_whole = || !standing.table.rows.iter().any(|row| standing.is_open(row)) && !standing.repeats_a_name();
        *self.is_whole.get_or_init(is_whole)
    }

    /// A row that must be there is missing once: who speaks of it is right to.
    fn missing(&self) -> impl Iterator<Item = &'a Row> {
        let rows = self.standing.wanted.rows.iter().zip(&self.standing.bound.rows);
        rows.filter(|(_, found)| found.missing().is_some()).map(|(row, _)| row)
    }

    fn names(&self) -> &HashSet<String, RandomState> {
        self.names.get_or_init(|| {
            let written = self.written.iter().map(|written| name_of(written));
            let names = written.flat_map(|name| [self.known_name(name.clone()), name]);
            names.chain(self.missing().map(|row| row.name.normal.clone())).collect()
        })
    }

    /// The row of the template that a name stands for.
    pub(crate) fn row_of(&self, name: &str) -> Option<usize> {
        let rows = &self.standing.wanted.rows;
        let exact = rows.iter().position(|row| row.name.is(name));
        exact.or_else(|| rows.iter().position(|row| is_row_name(&row.name, name)))
    }

    /// The name by which the template knows it, where it does.
    pub(crate) fn known_name(&self, name: String) -> String {
        self.row_of(&name).map_or(name, |row| self.standing.wanted.rows[row].name.normal.clone())
    }

    /// The normal name of what is none of these, where the list is whole. Mostly it is one, and nothing is copied to see
    /// that.
    pub(crate) fn lacks(&self, written: &str) -> Option<String> {
        let mut first = self.written.iter().take(SHOWN);
        let is_known = first.any(|known| known.eq_ignore_ascii_case(written)) || self.stands(written);
        (!is_known && self.is_whole()).then(|| name_of(written)).filter(|name| !self.has(name))
    }

    /// Whether a name of a row of the template is that of a row which stands here under another one: `Prod`.
    fn stands(&self, written: &str) -> bool {
        let rows = &self.standing.wanted.rows;
        let Some(row) = rows.iter().position(|row| called(written, &row.name).is_some()) else { return false };
        let Some(RowPlace::Row(at)) = self.standing.bound.rows[row].at() else { return false };
        self.written.get(at).is_some_and(|own| called(own, &rows[row].name).is_some())
    }

    fn has(&self, name: &str) -> bool {
        self.names().contains(name)
            || name.split(' ').any(|word| ALL.contains(&word))
            || self.names().contains(&self.known_name(name.to_owned()))
    }

    /// The row that answers a row of the template by a name that is only near to it, and the right name.
    pub(crate) fn misspelt(&self, name: &str) -> Option<(Span, &'a str)> {
        let row = self.row_of(name)?;
        let answer = self.standing.bound.rows[row].answer().filter(|answer| answer.name == Named::Near)?;
        let RowPlace::Row(at) = answer.at else { return None };
        let cell = self.standing.table.cell(&self.standing.table.rows[at], self.standing.bound.key?)?;
        // One letter is a slip; `Preproduction` is something else.
        let is_slip =
            similarity(&normal(&plain(self.standing.slice(cell))), &self.standing.wanted.rows[row].name.normal) > 0.8;
        is_slip.then(|| (cell, self.standing.wanted.rows[row].name.shown.as_str()))
    }

    /// The names in a sentence; of many the first ones.
    pub(crate) fn sentence(&self) -> String {
        list_some(&self.written, SHOWN)
    }
}

/// The names in a cell: `Staging, Production`, `Dev / Test`.
pub(crate) fn names_in(text: &str, cell: Span) -> impl Iterator<Item = Span> {
    let divides = |byte: &u8| matches!(byte, b',' | b'/' | b'&' | b'+' | b';');
    let mut rest = Some(cell);
    let parts = std::iter::from_fn(move || {
        let part = rest?;
        let end = text.as_bytes()[part.range()].iter().position(divides).map(|at| part.start() + at);
        rest = end.map(|end| Span::new(end + 1, part.end()));
        Some(Span::new(part.start(), end.unwrap_or(part.end())).trim(text))
    });
    parts.filter(|span| !span.is_empty() && (is_plain(&text[span.range()]) || !name_of(&text[span.range()]).is_empty()))
}

fn name_of(written: &str) -> String {
    normal(&plain(written))
}
