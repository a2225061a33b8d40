//! Which table, column and row of a document answers which of the template.

pub(crate) mod bounds;
pub(crate) mod config;
pub(crate) mod intervals;
pub(crate) mod listed;
mod repeats;
pub(crate) mod standing;
pub(crate) mod totals;
pub(crate) mod typed;

use std::borrow::Cow;

use crate::bind::contents::shape;
use crate::bind::model::{Anchor, Answer, BoundTable, Match, Named, Place, RowPlace, Side, Target, Waiver};
use crate::bind::names::{WrittenName, called, is_own, nearness};
use crate::bind::placeholders::blank;
use crate::markdown::model::{Row, Table};
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::name::Name;
use crate::template::model::table::Column;
use crate::template::model::{ContentId, Template, table};
use crate::text::normal;

/// How well a table of the document answers one of the template.
pub(super) struct Fit {
    /// By column of the template: the column of the document and by which name. `None` where they are those of the
    /// template, in their order.
    columns: Option<Vec<Chosen>>,
    /// By row of the template: the column of the document, where the table is transposed.
    across: Option<Vec<Option<usize>>>,
    /// How many required columns (or rows) were found.
    pub(super) found: usize,
    /// How many there are.
    pub(super) of: usize,
}

/// Looks for the columns of the template in a table.
pub(super) fn fit(wanted: &table::Table, table: &Table, text: &str) -> Fit {
    let cells = table.cells(&table.header);
    let columns = bind_columns(wanted, cells, text);
    let of = wanted.columns.iter().filter(|column| column.required).count();
    let found = columns.as_ref().map_or(of, |columns| {
        let both = wanted.columns.iter().zip(columns);
        both.filter(|(column, bound)| column.required && bound.is_some()).count()
    });
    let across = (wanted.transposed && found < of).then(|| across(wanted, &shape::column_names(table, text))).flatten();
    match &across {
        Some(rows) => {
            let rows = rows.iter().flatten().count();
            Fit { columns, found: rows, of: rows.max(1), across }
        }
        None => Fit { columns, across, found, of },
    }
}

/// The columns that are named like rows of the template, where at least half of the required rows are.
fn across(wanted: &table::Table, written: &[String]) -> Option<Vec<Option<usize>>> {
    let rows: Vec<Option<usize>> =
        wanted.rows.iter().map(|row| written.iter().position(|name| shape::is_row_name(&row.name, name))).collect();
    let required = wanted.rows.iter().filter(|row| row.required).count();
    let found = wanted.rows.iter().zip(&rows).filter(|(row, place)| row.required && place.is_some()).count();
    (found > 0 && found * 2 >= required).then_some(rows)
}

/// Which column or row of the document answers one of the template, and by which name.
type Chosen = Option<(usize, Named)>;

/// `None`: most tables have the columns of the template, by their names and in their order.
fn bind_columns(wanted: &table::Table, cells: &[Span], text: &str) -> Option<Vec<Chosen>> {
    let mut in_order = wanted.columns.iter().zip(cells);
    let is_it = |(column, cell): (&Column, &Span)| is_own(&text[cell.range()], &column.name);
    if cells.len() >= wanted.columns.len() && in_order.all(is_it) {
        return None;
    }
    let mut bound: Vec<Chosen> = vec![None; wanted.columns.len()];
    for named in [Named::Exact, Named::Alias] {
        for (index, column) in wanted.columns.iter().enumerate() {
            let is_it = |at: &usize| match named {
                Named::Exact => is_own(&text[cells[*at].range()], &column.name),
                _ => called(&text[cells[*at].range()], &column.name).is_some(),
            };
            if bound[index].is_none() {
                let at = (0..cells.len()).find(|at| is_free(&bound, *at) && is_it(at));
                bound[index] = at.map(|at| (at, named));
            }
        }
    }
    if bound.iter().any(Option::is_none) {
        bind_left_over(wanted, cells, text, &mut bound);
    }
    Some(bound)
}

fn is_free(bound: &[Chosen], column: usize) -> bool {
    bound.iter().flatten().all(|(taken, _)| *taken != column)
}

/// Columns that no name names in full: by a part of it, then by likeness.
fn bind_left_over(wanted: &table::Table, cells: &[Span], text: &str, bound: &mut [Chosen]) {
    let free: Vec<usize> = (0..cells.len()).filter(|&at| is_free(bound, at)).collect();
    // `| Min / Max |` answers both columns, and `| Role / Duty |` is the role.
    for &at in &free {
        let parts = shape::parts(&text[cells[at].range()]);
        for (column, bound) in wanted.columns.iter().zip(&mut *bound).filter(|(_, bound)| bound.is_none()) {
            if parts.iter().any(|part| column.name.is(part)) {
                *bound = Some((at, Named::Alias));
            }
        }
    }
    let written: Vec<(usize, String)> = free
        .into_iter()
        .filter(|&at| is_free(bound, at))
        .map(|at| (at, normal(&plain(&text[cells[at].range()]))))
        .collect();
    for (index, column) in wanted.columns.iter().enumerate() {
        if bound[index].is_none() {
            let near = written
                .iter()
                .filter(|(at, _)| is_free(bound, *at))
                .filter_map(|(at, name)| column_nearness(&column.name, name).map(|near| (near, *at)))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            bound[index] = near.map(|(_, at)| (at, Named::Near));
        }
    }
}

fn column_nearness(name: &Name, written: &str) -> Option<f64> {
    nearness(name, WrittenName::new(written), false)
        .or_else(|| shape::shares_words(&name.normal, written).then_some(0.7))
}

/// The first columns of a table, each as the answer to the column of the template in its place: more than most have.
static IN_ORDER: [Match<usize>; 16] = {
    let mut all = [Match::Silent; 16];
    let mut at = 0;
    while at < all.len() {
        all[at] = Match::Found(Answer { at, name: Named::Exact, place: Place::Here });
        at += 1;
    }
    all
};

/// Binds columns and rows of a table that answers.
pub(super) fn bind(
    wanted: &table::Table,
    id: ContentId,
    table: &Table,
    template: &Template,
    text: &str,
    fit: &Fit,
    waivers: &[Waiver],
) -> BoundTable {
    let waived = |target| waivers.iter().position(|waiver| waiver.waives(target));
    let header = Anchor { label: table.header.span, side: Side::Inside, insert: table.header.span.end() };
    if let Some(across) = &fit.across {
        let rows = wanted.rows.iter().enumerate().map(|(index, row)| match across[index] {
            Some(column) => Match::Found(Answer::here(RowPlace::Column(column))),
            None => absent(waived(Target::Row(id, index)), row.required, header),
        });
        let columns = vec![Match::Silent; wanted.columns.len()].into();
        return BoundTable { columns, rows: rows.collect(), transposed: true, key: Some(0) };
    }
    let chosen = |index: usize| fit.columns.as_ref().map_or(Some((index, Named::Exact)), |columns| columns[index]);
    let each = || {
        wanted.columns.iter().enumerate().map(|(index, column)| match chosen(index) {
            Some((at, name)) => Match::Found(Answer { at, name, place: Place::Here }),
            None => absent(waived(Target::Column(id, index)), column.required, header),
        })
    };
    let columns = match (&fit.columns, IN_ORDER.get(..wanted.columns.len())) {
        (None, Some(all)) => Cow::Borrowed(all),
        _ => each().collect(),
    };
    let key = wanted.key.and_then(chosen).map(|(at, _)| at);
    let rows = bind_rows(wanted, id, table, template, text, key, waivers);
    BoundTable { columns, rows, transposed: false, key }
}

fn absent<Id>(waiver: Option<usize>, required: bool, anchor: Anchor) -> Match<Id> {
    match waiver {
        Some(waiver) => Match::NotApplicable(waiver),
        None if required => Match::Missing(anchor),
        None => Match::Silent,
    }
}

/// Rows by the name in the key column.
fn bind_rows(
    wanted: &table::Table,
    id: ContentId,
    table: &Table,
    template: &Template,
    text: &str,
    key: Option<usize>,
    waivers: &[Waiver],
) -> Vec<Match<RowPlace>> {
    let Some(key) = key.filter(|_| !wanted.rows.is_empty() && !table.rows.is_empty()) else {
        return vec![Match::Silent; wanted.rows.len()];
    };
    if are_in_order(wanted, table, key, text) {
        let here = |row| Match::Found(Answer::here(RowPlace::Row(row)));
        return (0..wanted.rows.len()).map(here).collect();
    }
    let (bound, taken) = name_rows(wanted, table, key, text);
    // A row without a name may be any of those that are missing.
    let is_open = |at: &usize| {
        let cell = table.cell(&table.rows[*at], key);
        cell.is_none_or(|cell| cell.is_empty() || blank::is_placeholder(None, &text[cell.range()], template))
    };
    let mut open = (0..taken.len()).filter(|at| !taken[*at]).filter(is_open);
    // Where the rows are those of another table, `All environments` is each of them.
    let refers = wanted.key.is_some_and(|key| wanted.columns[key].refers_to.is_some());
    let names_all = || refers && table.rows.iter().any(|row| means_all(&row_name(table, row, key, text)));
    let last = table.rows.last().map_or(table.header.span, |row| row.span);
    let anchor = Anchor { label: last, side: Side::After, insert: last.end() };
    let waived = |index| waivers.iter().position(|waiver| waiver.waives(Target::Row(id, index)));
    wanted
        .rows
        .iter()
        .enumerate()
        .map(|(index, row)| match bound[index] {
            Some((at, name)) => Match::Found(Answer { at: RowPlace::Row(at), name, place: Place::Here }),
            None if row.required && waived(index).is_none() && names_all() => Match::Silent,
            None if row.required && waived(index).is_none() && open.next().is_some() => Match::Silent,
            None => absent(waived(index), row.required, anchor),
        })
        .collect()
}

/// `All`, `Every environment`.
fn means_all(name: &str) -> bool {
    let mut words = name.split(' ');
    let is_all = matches!(words.next(), Some("all" | "any" | "each" | "every"));
    is_all && words.next().is_none_or(|word| word.starts_with("env")) && words.next().is_none()
}

/// Whether the rows of the template stand first, by their names and in their order.
fn are_in_order(wanted: &table::Table, table: &Table, key: usize, text: &str) -> bool {
    let mut in_order = wanted.rows.iter().zip(&table.rows);
    let is_it = |(wanted, row): (&table::Row, &Row)| {
        table.cell(row, key).is_some_and(|cell| is_own(&text[cell.range()], &wanted.name))
    };
    table.rows.len() >= wanted.rows.len() && in_order.all(is_it)
}

/// Own names, then aliases, then names with words around them, then near ones. Returns also which rows are taken.
fn name_rows(wanted: &table::Table, table: &Table, key: usize, text: &str) -> (Vec<Chosen>, Vec<bool>) {
    let mut taken = vec![false; table.rows.len()];
    let mut bound: Vec<Chosen> = vec![None; wanted.rows.len()];
    let mut pass = |named: Named, is_it: &dyn Fn(&Name, usize) -> bool| {
        for (row, bound) in wanted.rows.iter().zip(&mut bound).filter(|(_, bound)| bound.is_none()) {
            if let Some(at) = (0..taken.len()).find(|&at| !taken[at] && is_it(&row.name, at)) {
                *bound = Some((at, named));
                taken[at] = true;
            }
        }
        bound.iter().all(Option::is_some)
    };
    let written = |at: usize| table.cell(&table.rows[at], key).map_or("", |cell| &text[cell.range()]);
    let is_done = pass(Named::Exact, &|name, at| is_own(written(at), name))
        || pass(Named::Alias, &|name, at| called(written(at), name).is_some());
    if !is_done {
        let names: Vec<String> = table.rows.iter().map(|row| row_name(table, row, key, text)).collect();
        pass(Named::Alias, &|name, at| shape::is_row_name(name, &names[at]));
        pass(Named::Near, &|name, at| nearness(name, WrittenName::new(&names[at]), false).is_some());
    }
    (bound, taken)
}

/// The columns of a table that are named after rows of another one, where those neither stand nor must.
pub(crate) fn unused_columns(template: &Template, wanted: &table::Table, listed: Option<&BoundTable>) -> Vec<usize> {
    let Some(other) = wanted.columns_refer_to.and_then(|other| template.table(other)) else { return Vec::new() };
    let stands = |row: usize| {
        listed.is_some_and(|listed| matches!(listed.rows.get(row), Some(Match::Found(_) | Match::Missing(_))))
    };
    let columns = wanted.columns.iter().enumerate().filter(|(_, column)| {
        let row = other.rows.iter().position(|row| row.name.is(&column.name.normal));
        row.is_some_and(|row| !stands(row))
    });
    columns.map(|(index, _)| index).collect()
}

/// The normal name of a row.
pub(crate) fn row_name(table: &Table, row: &Row, key: usize, text: &str) -> String {
    table.cell(row, key).map_or_else(String::new, |cell| normal(&plain(&text[cell.range()])))
}
