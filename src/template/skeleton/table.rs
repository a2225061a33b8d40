//! Tables with aligned columns.

use crate::template::model::name::Name;
use crate::template::model::table::Table;
use crate::template::row::cells;
use crate::text::normal;

/// The header, the delimiter row and these rows, with the columns that are kept.
pub(super) fn whole(header: &str, rows: impl Iterator<Item = Vec<String>>, kept: &[usize]) -> String {
    let columns = kept.len();
    let cut = |row: Vec<String>| kept.iter().map(|&column| row.get(column).cloned().unwrap_or_default()).collect();
    let lines: Vec<Vec<String>> = std::iter::once(split(header)).chain(rows).map(cut).collect();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            lines.iter().filter_map(|line| line.get(column)).map(|cell| width(cell)).max().unwrap_or(0).max(1)
        })
        .collect();
    let mut out = Vec::with_capacity(lines.len() + 1);
    for (index, line) in lines.iter().enumerate() {
        out.push(padded(line, &widths));
        if index == 0 {
            let dashes: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
            out.push(format!("|{}|", dashes.join("|")));
        }
    }
    out.join("\n")
}

/// The rows of the example.
pub(super) fn rows(table: &Table) -> Vec<Vec<String>> {
    table.example.lines().filter(|line| !line.trim().is_empty()).map(split).collect()
}

/// Whether a cell of the example names a row: `**Total**`, `RTO (Recovery Time Objective)`.
pub(super) fn is_called(name: &Name, cell: &str) -> bool {
    let written = normal(cell.trim_matches('*'));
    name.is(&written) || written.split(' ').any(|word| word == name.normal)
}

fn split(line: &str) -> Vec<String> {
    cells(line).into_iter().flatten().map(|place| line[place].to_owned()).collect()
}

fn padded(line: &[String], widths: &[usize]) -> String {
    let mut out = String::from("|");
    for (column, &wanted) in widths.iter().enumerate() {
        let cell = line.get(column).map_or("", String::as_str);
        out.push(' ');
        out.push_str(cell);
        out.extend(std::iter::repeat_n(' ', wanted - width(cell) + 1));
        out.push('|');
    }
    out
}

/// How many columns of a terminal a cell takes: characters of East Asia take two.
fn width(cell: &str) -> usize {
    cell.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}')
}
