//! `empty-table`

use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::edit::{TableEditor, plain_row};
use crate::rule::{Context, Findings, declare_rule};
use crate::text;

declare_rule! {
    /// A table has no rows, or fewer than the template requires.
    ///
    /// A header without rows says that somebody meant to write something. Which rows it must have is not reported
    /// again: this is the one finding. The fix adds them with `TBD` in their cells.
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
    EMPTY_TABLE = "empty-table", Tables, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        let (rows, needed) = (standing.table.rows.len(), standing.wanted.min_rows);
        if rows >= needed {
            continue;
        }
        let title = &standing.wanted.title;
        let (message, place, label) = match standing.table.rows.last() {
            None => {
                (format!("the table `{title}` has no rows"), standing.table.header.span, "no row stands below this")
            }
            Some(last) => (
                format!("the table `{title}` has {}, at least {needed} are needed", text::count(rows, "row")),
                last.span,
                "the last row",
            ),
        };
        let add = if needed > rows + 1 { "add rows" } else { "add a row" };
        let help = standing.example_rows().first().map(|row| format!("{add}, e.g. `{}`", plain_row(row)));
        let edit = TableEditor::new(context.text(), standing.table).add_rows(&standing.rows_to_write(needed - rows));
        findings.push(
            Finding::new(message, place, label)
                .help(help.unwrap_or_else(|| add.to_owned()))
                .required_by(&standing.wanted.requirement)
                .fix(Fix::new(Safety::Unsafe, vec![edit])),
        );
    }
}
