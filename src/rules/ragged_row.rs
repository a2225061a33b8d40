//! `ragged-row`

use crate::bind::tables::standing::column_names;
use crate::diagnostic::Finding;
use crate::markdown::model::{Row, Table};
use crate::rule::{Context, Findings, declare_rule};
use crate::text;

declare_rule! {
    /// A row has fewer or more cells than its table has columns.
    ///
    /// Markdown says nothing: it leaves the last columns empty, and drops what is too much. Mostly a cell was
    /// forgotten and all others slipped into the wrong column, or a `|` in a cell is not escaped. A line of text
    /// right below a table becomes a row, too. Where all rows disagree with the header alike, that is one finding.
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
    /// | Ada | 555-0100 |
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
    /// | Ada | On call | 555-0100 |
    /// ```
    RAGGED_ROW = "ragged-row", Tables, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for block in context.document().sections.iter().flat_map(|section| &section.blocks) {
        if let Some(table) = block.table()
            && table.broken.is_none()
        {
            if let Some(finding) = every_row(context, table) {
                findings.push(finding);
                continue;
            }
            let ragged = table.rows.iter().filter(|row| row.written != table.header.written);
            findings.list.extend(ragged.map(|row| say(context, table, row)));
        }
    }
}

/// Where all rows have the same number of cells, and the header another one, it is the header that is wrong.
fn every_row(context: &Context, table: &Table) -> Option<Finding> {
    let (first, columns) = (table.rows.first()?, table.columns());
    let cells = first.written as usize;
    let alike = || table.rows.len() > 1 && table.rows.iter().all(|row| row.written == first.written);
    if cells == columns || !alike() || !context.slice(first.span).contains('|') {
        return None;
    }
    let message =
        format!("each row has {}, the table has {}", text::count(cells, "cell"), text::count(columns, "column"));
    let difference = text::plural(cells.abs_diff(columns), "column");
    let (consequence, help) = if cells < columns {
        let names = text::list(&column_names(table, context.text())[cells..], "and");
        (format!("nothing is shown under {names}"), format!("add the missing cells, or remove the {difference}"))
    } else {
        (
            "the rest is not shown".to_owned(),
            format!("name the missing {difference} in the header and in the row of dashes"),
        )
    };
    Some(
        Finding::new(format!("{message}: {consequence}"), table.header.span, text::count(columns, "column"))
            .also(first.span, text::count(cells, "cell"))
            .help(help),
    )
}

fn say(context: &Context, table: &Table, row: &Row) -> Finding {
    let (cells, columns) = (row.written as usize, table.columns());
    if !context.slice(row.span).contains('|') {
        return Finding::new("this line is shown as a row of the table above it", row.span, "no cell, but text")
            .help("put a blank line before it");
    }
    let message =
        format!("this row has {}, the table has {}", text::count(cells, "cell"), text::count(columns, "column"));
    let escape = "a `|` inside a cell is written `\\|`";
    if cells < columns {
        let names = column_names(table, context.text());
        let lost = text::list(&names[cells..], "and");
        Finding::new(format!("{message}: nothing is shown under {lost}"), row.span, text::count(cells, "cell"))
            .help(format!("add the missing {}; {escape}", text::plural(columns - cells, "cell")))
    } else {
        let rest = table.cells(row)[columns..].iter().copied();
        let lost = rest.reduce(crate::span::Span::cover).unwrap_or(row.span);
        Finding::new(format!("{message}: the rest is not shown"), lost, "this is lost")
            .help(format!("remove the surplus {}; {escape}", text::plural(cells - columns, "cell")))
    }
}
