//! Tables: their columns, and rows that several documents share.

use crate::derive::guess;
use crate::derive::shape::{Column, Manner, Table};
use crate::markdown::model;
use crate::markdown::plain::plain;
use crate::text::normal;

/// A table; `None` where a column has no name, or one that is still to be found.
pub(super) fn observe(table: &model::Table, text: &str, manner: Manner) -> Option<Table> {
    let columns: Vec<Column> = table
        .cells(&table.header)
        .iter()
        .map(|cell| {
            let name = plain(&text[cell.range()]).trim().to_owned();
            Column { normal: normal(&name), name, seen: 1 }
        })
        .collect();
    let is_name =
        |column: &Column| !column.normal.is_empty() && !column.name.contains('|') && !guess::is_bracket(&column.name);
    let mut names: Vec<&str> = columns.iter().map(|column| column.normal.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if columns.is_empty() || !columns.iter().all(is_name) || names.len() < columns.len() {
        return None;
    }
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| table.cells(row).iter().map(|cell| text[cell.range()].to_owned()).collect())
        .filter(|row: &Vec<String>| row.len() == columns.len())
        .collect();
    let shared = rows.iter().filter_map(|row| row.first()).map(|cell| bare(cell)).collect();
    Some(Table { columns, rows, shared, example: manner == Manner::Template })
}

/// A cell as a name: without emphasis.
pub(super) fn bare(cell: &str) -> String {
    plain(cell).trim().to_owned()
}

/// Whether two tables are one requirement: at least half of the columns are shared.
pub(super) fn is_same(one: &Table, other: &Table) -> bool {
    let shared = one.columns.iter().filter(|column| find(other, &column.normal).is_some()).count();
    shared > 0 && shared * 2 >= one.columns.len().max(other.columns.len())
}

/// Merges a table of another document into one.
pub(super) fn merge(one: &mut Table, other: &Table) {
    for column in &other.columns {
        match find(one, &column.normal) {
            Some(index) => one.columns[index].seen += 1,
            None => one.columns.push(column.clone()),
        }
    }
    let theirs: Vec<String> = other.shared.iter().map(|name| normal(name)).collect();
    one.shared.retain(|name| theirs.contains(&normal(name)));
    if other.example && !one.example {
        one.example = true;
        one.rows = arranged(one, other);
    }
}

/// The rows of another table under the columns of this one.
fn arranged(one: &Table, other: &Table) -> Vec<Vec<String>> {
    let from: Vec<Option<usize>> = one.columns.iter().map(|column| find(other, &column.normal)).collect();
    let cell = |row: &Vec<String>, from: &Option<usize>| from.map_or("-".to_owned(), |from| row[from].clone());
    other.rows.iter().map(|row| from.iter().map(|from| cell(row, from)).collect()).collect()
}

fn find(table: &Table, normal: &str) -> Option<usize> {
    table.columns.iter().position(|column| column.normal == normal)
}

/// The cells under a column, where the rows still have one for each.
pub(super) fn cells(table: &Table, column: usize) -> Vec<&str> {
    table.rows.iter().filter_map(|row| row.get(column)).map(String::as_str).collect()
}
