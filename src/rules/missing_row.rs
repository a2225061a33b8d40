//! `missing-row`

use crate::bind::model::{Match, Named, RowPlace};
use crate::bind::tables::standing::{Standing, TO_WRITE};
use crate::diagnostic::Finding;
use crate::directive::not_applicable;
use crate::fix::{Edit, Fix, Safety};
use crate::markdown::edit::{NewColumn, TableEditor, plain_row};
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::table::Row;
use crate::text;

declare_rule! {
    /// A table lacks a row that the template requires.
    ///
    /// Rows are found by the name in their key column, by its aliases, and with words around it (`Total per month`).
    /// Where the template allows it, the rows may stand as columns (`| Component | RTO | RPO |`). A row whose name is
    /// nearly right is reported as such.
    ///
    /// The fix adds the row with `TBD` in its cells. A table that needs no such row says so in its section:
    /// `Not applicable: Staging — we deploy from the trunk`.
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
    /// | Ada | Developer | 555-0100 |
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
    /// | Ada | Developer | 555-0100 |
    /// | Desk | On call | 555-0199 |
    /// ```
    MISSING_ROW = "missing-row", Tables, Error, Document(check), fixes: Unsafe
}

/// So many names of rows are shown: who has more looks at the table.
const SHOWN: usize = 6;

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        // `empty-table` speaks of these.
        if standing.table.rows.len() < standing.wanted.min_rows {
            continue;
        }
        let rows = || standing.wanted.rows.iter().zip(&standing.bound.rows);
        let missing: Vec<&Row> = rows().filter(|(_, found)| found.missing().is_some()).map(|(row, _)| row).collect();
        if let Some(first) = missing.first().filter(|_| !standing.repeats_a_name()) {
            findings.push(absent(context, standing, &missing).required_by(&first.requirement));
        }
        for (row, found) in rows() {
            if let Match::Found(answer) = found
                && let RowPlace::Row(at) = answer.at
                && answer.name == Named::Near
                && row.required
            {
                findings.list.extend(near(context, standing, row, at));
            }
        }
    }
}

fn absent(context: &Context, standing: &Standing, missing: &[&Row]) -> Finding {
    let table = standing.table;
    let names: Vec<&str> = missing.iter().map(|row| row.name.shown.as_str()).collect();
    let title = &standing.wanted.title;
    let listed = text::list(&names, "and");
    let is_none = if names.len() == 1 { "is none" } else { "are none" };
    let waive = format!("say why there {is_none}: `{}`", not_applicable(&names, "reason"));
    let editor = TableEditor::new(context.text(), table);
    if standing.bound.transposed {
        let there = standing.column_names();
        let columns: Vec<NewColumn> =
            names.iter().map(|&name| NewColumn { before: there.len(), name, filler: TO_WRITE }).collect();
        return Finding::new(
            format!("the table `{title}` has no {listed}"),
            table.header.span,
            format!("columns here: {}", text::list(&there, "and")),
        )
        .help(format!("add the {} {listed}, or {waive}", text::plural(names.len(), "column")))
        .fix(Fix::new(Safety::Unsafe, editor.add_columns(&columns)));
    }
    let last = table.rows.last().map_or(table.header.span, |row| row.span);
    let new: Vec<Vec<String>> = names.iter().map(|name| standing.row_to_write(name)).collect();
    let example = standing
        .example_rows()
        .into_iter()
        .find(|row| standing.bound.key.and_then(|key| row.get(key)).is_some_and(|cell| answers(missing[0], cell)))
        .unwrap_or_else(|| new[0].clone());
    let many = if names.len() == 1 { "a row" } else { "rows" };
    Finding::new(
        format!("the table `{title}` has no {} {listed}", text::plural(names.len(), "row")),
        last,
        format!("rows here: {}", rows_there(context, standing)),
    )
    .help(format!("add {many}, e.g. `{}`, or {waive}", plain_row(&example)))
    .fix(Fix::new(Safety::Unsafe, vec![editor.add_rows(&new)]))
}

/// The names of the rows that are there, the last ones left out where there are many.
fn rows_there(context: &Context, standing: &Standing) -> String {
    let text = context.text();
    let cells = standing.table.rows.iter().filter_map(|row| standing.table.cell(row, standing.bound.key?));
    let names: Vec<String> = cells.map(|cell| plain(&text[cell.range()]).trim().to_owned()).collect();
    text::list_some(&names, SHOWN)
}

fn answers(row: &Row, cell: &str) -> bool {
    crate::bind::contents::shape::is_row_name(&row.name, &text::normal(&plain(cell)))
}

fn near(context: &Context, standing: &Standing, row: &Row, at: usize) -> Option<Finding> {
    let cell = standing.table.cell(&standing.table.rows[at], standing.bound.key?)?;
    let written = context.slice(cell);
    let (plain, name) = (plain(written), &row.name.shown);
    let fix = (plain == written)
        .then(|| Fix { safety: Safety::Unsafe, edits: vec![Edit { span: cell, text: name.clone() }] });
    Some(
        Finding::new(
            format!("row `{}` of the table `{}` is probably `{name}`", plain.trim(), standing.wanted.title),
            cell,
            "here",
        )
        .help(format!("rename the row to `{name}`"))
        .required_by(&row.requirement)
        .fix(fix),
    )
}
