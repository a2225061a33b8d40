//! `empty-table`

use crate::bind::standing;
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::edit::{TableEditor, plain_row};
use crate::rule::{Context, Findings, declare_rule};
use crate::text;

declare_rule! {
    /// A table has no rows, or fewer than the template requires.
    ///
    /// A header without rows says that somebody meant to write something. Which rows it must have is not reported
    /// again: this is the one finding.
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
    for standing in standing::tables(context.template, context.document(), context.binding) {
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
        let examples = standing.example_rows();
        let editor = TableEditor::new(context.text(), standing.table);
        let finding = Finding::new(message, place, label).required_by(&standing.wanted.requirement);
        findings.push(match examples.first() {
            Some(example) => finding
                .help(format!(
                    "add {}, e.g. `{}`",
                    if needed > rows + 1 { "rows" } else { "a row" },
                    plain_row(example)
                ))
                .fix(Fix::new(Safety::Unsafe, vec![editor.add_rows(&examples[rows.min(examples.len() - 1)..])])),
            None => finding.help("add a row"),
        });
    }
}
