//! `empty-cell`

use crate::bind::tables::standing::Standing;
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::text;

declare_rule! {
    /// A cell is empty in a column that the template names.
    ///
    /// Nobody can tell whether there is nothing to say or nobody has said it yet. Where there is nothing, write `-`.
    /// The empty cells of one row are one finding, and so is a column that is empty throughout.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// | Name | Role | Phone |
    /// |------|------|-------|
    /// | Ada | On call | |
    /// | Grace | Manager | 555-0101 |
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// | Name | Role | Phone |
    /// |------|------|-------|
    /// | Ada | On call | - |
    /// | Grace | Manager | 555-0101 |
    /// ```
    EMPTY_CELL = "empty-cell", Tables, Warning, Document(check)
}

const HELP: &str = "fill it in, or write `-` where there is nothing to say";

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        if !standing.table.has_empty_cell() {
            continue;
        }
        let throughout: Vec<usize> = named_columns(standing).filter(|&at| is_empty_throughout(standing, at)).collect();
        for &at in &throughout {
            findings.push(column(standing, at));
        }
        for index in 0..standing.table.rows.len() {
            findings.list.extend(row(standing, index, &throughout));
        }
    }
}

/// The columns of the document that the template names. Rows that stand as columns are named, too.
fn named_columns<'a>(standing: &'a Standing) -> impl Iterator<Item = usize> + 'a {
    (0..standing.table.columns()).filter(|&at| standing.wanted_column(at).is_some() || standing.is_row_as_column(at))
}

/// Whether a column is empty in each of several rows.
fn is_empty_throughout(standing: &Standing, at: usize) -> bool {
    let rows = &standing.table.rows;
    rows.len() > 1 && rows.iter().all(|row| standing.table.cell(row, at).is_some_and(Span::is_empty))
}

fn column(standing: &Standing, at: usize) -> Finding {
    let name = &standing.column_names()[at];
    let span = standing.table.cell(&standing.table.header, at).unwrap_or(standing.table.header.span);
    let finding = Finding::new(
        format!("column `{name}` of the table `{}` is empty in every row", standing.wanted.title),
        span,
        "nothing stands below this",
    )
    .help(HELP);
    match standing.wanted_column(at) {
        Some(column) => finding.required_by(&column.requirement),
        None => finding,
    }
}

fn row(standing: &Standing, index: usize, throughout: &[usize]) -> Option<Finding> {
    let table = standing.table;
    let row = &table.rows[index];
    let is_empty = |at: usize| table.cell(row, at).filter(|cell| cell.is_empty());
    let empty: Vec<(usize, Span)> = named_columns(standing)
        .filter(|at| !throughout.contains(at))
        .filter_map(|at| is_empty(at).map(|cell| (at, cell)))
        .collect();
    let &(first, place) = empty.first()?;
    if table.cells(row).iter().all(|cell| cell.is_empty()) {
        let title = &standing.wanted.title;
        return Some(
            Finding::new(format!("a row of the table `{title}` is empty"), row.span, "nothing stands here")
                .help("fill it in, or remove it"),
        );
    }
    // A row without a name is that one finding.
    let keyed = standing.bound.key.is_none_or(|key| is_empty(key).is_none());
    if keyed && standing.is_open(row) {
        return None;
    }
    let key = standing.bound.key.filter(|_| !keyed);
    let (place, empty) = match key.and_then(is_empty) {
        Some(place) => (place, vec![(key.unwrap_or(first), place)]),
        None => (place, empty),
    };
    let names = standing.column_names();
    let columns: Vec<&str> = empty.iter().map(|(at, _)| names[*at].as_ref()).collect();
    let row_name = standing.row_name(index);
    let title = &standing.wanted.title;
    let message = format!("{row_name} of the table `{title}` has nothing under {}", text::list(&columns, "and"));
    let mut finding = Finding::new(message, place, "empty").help(HELP);
    for &(_, other) in &empty[1..] {
        finding = finding.also(other, "empty");
    }
    Some(match standing.wanted_column(empty[0].0) {
        Some(column) => finding.required_by(&column.requirement),
        None => finding,
    })
}
