//! `ragged-row`

use crate::bind::standing::column_names;
use crate::diagnostic::Finding;
use crate::markdown::model::{BlockKind, Row, Table};
use crate::rule::{Context, Findings, declare_rule};
use crate::text;

declare_rule! {
    /// A row has fewer or more cells than its table has columns.
    ///
    /// Markdown says nothing: it leaves the last columns empty, and drops what is too much. Mostly a cell was
    /// forgotten and all others slipped into the wrong column, or a `|` in a cell is not escaped. A line of text
    /// right below a table becomes a row, too.
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
        if let BlockKind::Table(table) = &block.kind
            && table.broken.is_none()
        {
            let ragged = table.rows.iter().filter(|row| row.written != table.header.written);
            findings.list.extend(ragged.map(|row| say(context, table, row)));
        }
    }
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
