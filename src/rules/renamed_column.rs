//! `renamed-column`

use crate::bind::model::Named;
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::edit::TableEditor;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A column is probably one of the template under another name.
    ///
    /// Whoever looks for a column, a person or a tool, looks for its name. Names that the template lists as aliases
    /// are accepted in silence.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// | Name | Role | Pone |
    /// |------|------|------|
    /// | Ada | On call | 555-0100 |
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
    RENAMED_COLUMN = "renamed-column", Tables, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables.iter().filter(|standing| !standing.bound.in_order()) {
        for (index, column) in standing.bound.columns.iter().enumerate() {
            let Some(at) = column.answer().filter(|answer| answer.name == Named::Near).map(|answer| answer.at) else {
                continue;
            };
            let Some(cell) = standing.table.cell(&standing.table.header, at) else { continue };
            let wanted = &standing.wanted.columns[index];
            let name = &wanted.name.shown;
            let there = standing.column_names();
            let edit = TableEditor::new(context.text(), standing.table).rename_column(at, name);
            findings.push(
                Finding::new(format!("column `{}` is probably `{name}`", there[at]), cell, "here")
                    .help(format!("rename the column to `{name}`"))
                    .required_by(&wanted.requirement)
                    .fix(edit.and_then(|edit| Fix::new(Safety::Unsafe, vec![edit]))),
            );
        }
    }
}
