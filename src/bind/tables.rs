//! Which table, column and row of a document answers which of the template.

use crate::bind::model::{Anchor, Answer, BoundTable, Match, Named, Place, RowPlace, Side, Target, Waiver};
use crate::bind::names::nearness;
use crate::bind::{blank, shape};
use crate::markdown::model::{Row, Table};
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::{self, ContentId, Name, Template};
use crate::text::normal;

/// How well a table of the document answers one of the template.
pub(super) struct Fit {
    /// By column of the template: the column of the document and by which name.
    columns: Vec<Option<(usize, Named)>>,
    /// By row of the template: the column of the document, where the table is transposed.
    across: Option<Vec<Option<usize>>>,
    /// How many required columns (or rows) were found.
    pub(super) found: usize,
    /// How many there are.
    pub(super) of: usize,
}

/// Looks for the columns of the template in a table.
pub(super) fn fit(wanted: &model::Table, table: &Table, text: &str) -> Fit {
    let written = shape::column_names(table, text);
    let columns = bind_columns(wanted, &written, table.cells(&table.header), text);
    let required = |index: &usize| wanted.columns[*index].required;
    let of = (0..wanted.columns.len()).filter(required).count();
    let found = (0..wanted.columns.len()).filter(required).filter(|&index| columns[index].is_some()).count();
    let across = wanted.transposed.then(|| across(wanted, &written)).flatten();
    match &across {
        Some(rows) if found < of => {
            let rows = rows.iter().flatten().count();
            Fit { columns, found: rows, of: rows.max(1), across }
        }
        _ => Fit { columns, across: None, found, of },
    }
}

/// The columns that are named like rows of the template, where at least half of the required rows are.
fn across(wanted: &model::Table, written: &[String]) -> Option<Vec<Option<usize>>> {
    let rows: Vec<Option<usize>> =
        wanted.rows.iter().map(|row| written.iter().position(|name| shape::is_row_name(&row.name, name))).collect();
    let required = wanted.rows.iter().filter(|row| row.required).count();
    let found = wanted.rows.iter().zip(&rows).filter(|(row, place)| row.required && place.is_some()).count();
    (found > 0 && found * 2 >= required).then_some(rows)
}

fn bind_columns(wanted: &model::Table, written: &[String], cells: &[Span], text: &str) -> Vec<Option<(usize, Named)>> {
    let mut bound: Vec<Option<(usize, Named)>> = vec![None; wanted.columns.len()];
    let mut taken = vec![false; written.len()];
    for named in [Named::Exact, Named::Alias] {
        for (column, bound) in wanted.columns.iter().zip(&mut bound).filter(|(_, bound)| bound.is_none()) {
            let is_it = |name: &String| match named {
                Named::Exact => *name == column.name.normal,
                _ => column.name.is(name),
            };
            if let Some(at) = (0..written.len()).find(|&at| !taken[at] && is_it(&written[at])) {
                *bound = Some((at, named));
                taken[at] = true;
            }
        }
    }
    // `| Min / Max |` answers both columns, and `| Role / Duty |` is the role.
    for at in (0..written.len()).filter(|&at| !taken[at]).collect::<Vec<_>>() {
        let parts = shape::parts(&text[cells[at].range()]);
        let answered = (0..wanted.columns.len())
            .filter(|&index| bound[index].is_none())
            .filter(|&index| parts.iter().any(|part| wanted.columns[index].name.is(part)));
        for index in answered.collect::<Vec<_>>() {
            bound[index] = Some((at, Named::Alias));
            taken[at] = true;
        }
    }
    for (column, bound) in wanted.columns.iter().zip(&mut bound).filter(|(_, bound)| bound.is_none()) {
        let near = (0..written.len())
            .filter(|&at| !taken[at])
            .filter_map(|at| column_nearness(&column.name, &written[at]).map(|near| (near, at)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, at)) = near {
            *bound = Some((at, Named::Near));
            taken[at] = true;
        }
    }
    bound
}

fn column_nearness(name: &Name, written: &str) -> Option<f64> {
    nearness(name, written, false).or_else(|| shape::shares_words(&name.normal, written).then_some(0.7))
}

/// Binds columns and rows of a table that answers.
pub(super) fn bind(
    wanted: &model::Table,
    id: ContentId,
    table: &Table,
    template: &Template,
    text: &str,
    fit: &Fit,
    waivers: &[Waiver],
) -> BoundTable {
    let waived = |target| waivers.iter().position(|waiver| waiver.names.iter().any(|name| name.target == Some(target)));
    let header = Anchor { label: table.header.span, side: Side::Inside, insert: table.header.span.end() };
    if let Some(across) = &fit.across {
        let rows = wanted.rows.iter().enumerate().map(|(index, row)| match across[index] {
            Some(column) => Match::Found(Answer::here(RowPlace::Column(column))),
            None => absent(waived(Target::Row(id, index)), row.required, header),
        });
        let columns = vec![Match::Silent; wanted.columns.len()];
        return BoundTable { columns, rows: rows.collect(), transposed: true, key: Some(0) };
    }
    let columns: Vec<Match<usize>> = wanted
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| match fit.columns[index] {
            Some((at, name)) => Match::Found(Answer { at, name, place: Place::Here, again: Vec::new() }),
            None => absent(waived(Target::Column(id, index)), column.required, header),
        })
        .collect();
    let key = wanted.key.and_then(|key| fit.columns[key]).map(|(at, _)| at);
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

/// Whether a row may go by what is written.
type Finder = fn(&Name, &str) -> bool;

/// Rows by the name in the key column: own names and aliases, then names with words around them, then near ones.
fn bind_rows(
    wanted: &model::Table,
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
    let names: Vec<String> = table.rows.iter().map(|row| row_name(table, row, key, text)).collect();
    let mut taken = vec![false; names.len()];
    let mut bound: Vec<Option<(usize, Named)>> = vec![None; wanted.rows.len()];
    let passes: [(Named, Finder); 4] = [
        (Named::Exact, |name, written| name.normal == written),
        (Named::Alias, Name::is),
        (Named::Alias, shape::is_row_name),
        (Named::Near, |name, written| nearness(name, written, false).is_some()),
    ];
    for (named, is_it) in passes {
        for (index, row) in wanted.rows.iter().enumerate() {
            if bound[index].is_none()
                && let Some(at) = (0..names.len()).find(|&at| !taken[at] && is_it(&row.name, &names[at]))
            {
                bound[index] = Some((at, named));
                taken[at] = true;
            }
        }
    }
    // A row without a name may be any of those that are missing.
    let is_open = |at: &usize| {
        let cell = table.cell(&table.rows[*at], key);
        cell.is_none_or(|cell| cell.is_empty() || blank::is_placeholder(None, &text[cell.range()], template))
    };
    let mut open = (0..names.len()).filter(|at| !taken[*at]).filter(is_open).count();
    let last = table.rows.last().map_or(table.header.span, |row| row.span);
    let anchor = Anchor { label: last, side: Side::After, insert: last.end() };
    let waived = |index| {
        waivers.iter().position(|waiver| waiver.names.iter().any(|name| name.target == Some(Target::Row(id, index))))
    };
    wanted
        .rows
        .iter()
        .enumerate()
        .map(|(index, row)| match bound[index] {
            Some((at, name)) => {
                Match::Found(Answer { at: RowPlace::Row(at), name, place: Place::Here, again: Vec::new() })
            }
            None if row.required && open > 0 && waived(index).is_none() => {
                open -= 1;
                Match::Silent
            }
            None => absent(waived(index), row.required, anchor),
        })
        .collect()
}

/// The normal name of a row.
pub(crate) fn row_name(table: &Table, row: &Row, key: usize, text: &str) -> String {
    table.cell(row, key).map_or_else(String::new, |cell| normal(&plain(&text[cell.range()])))
}
