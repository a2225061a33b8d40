//! `open-question`

use crate::bind::placeholders::blank::is_placeholder;
use crate::bind::tables::standing::Standing;
use crate::diagnostic::Finding;
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::Kind;
use crate::template::model::header::Role;
use crate::text::list;
use crate::values::choice;

declare_rule! {
    /// A question is still open.
    ///
    /// Off unless the template or the configuration switches it on: the infrastructure template does in documents that
    /// are Approved. What is approved has answers; what has open questions is in review.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Questions
    ///
    /// | # | Question | Status |
    /// |---|----------|--------|
    /// | 1 | Who may restart the relay? | Open |
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Questions
    ///
    /// | # | Question | Status |
    /// |---|----------|--------|
    /// | 1 | Who may restart the relay? | Resolved |
    /// ```
    OPEN_QUESTION = "open-question", Consistency, Off, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        for (index, column) in standing.wanted.columns.iter().enumerate() {
            let Some(Kind::Choice { values, open }) = &column.kind else { continue };
            let Some(at) = standing.bound.columns[index].at().filter(|_| !open.is_empty()) else { continue };
            for row in 0..standing.table.rows.len() {
                let cell = standing.filled(row, at, column.kind.as_ref(), context.text(), context.template);
                let Some(cell) = cell else { continue };
                let Some(chosen) = choice::read(&plain(context.slice(cell)), values) else { continue };
                if !open.contains(&values[chosen.index]) || has_placeholder(context, standing, row) {
                    continue;
                }
                let closed: Vec<&String> = values.iter().filter(|value| !open.contains(value)).collect();
                let name = standing.row_name(row, context.text());
                findings.push(
                    Finding::new(
                        format!("{name} of the table `{}` is still open", standing.wanted.title),
                        cell,
                        "not answered yet",
                    )
                    .help(help(context, &closed))
                    .required_by(&column.requirement),
                );
            }
        }
    }
}

/// A row that nobody has filled in is no question.
fn has_placeholder(context: &Context, standing: &Standing, row: usize) -> bool {
    let cells = standing.table.cells(&standing.table.rows[row]);
    cells.iter().any(|&cell| is_placeholder(None, context.slice(cell), context.template))
}

fn help(context: &Context, closed: &[&String]) -> String {
    let answer = format!("answer it and write {}", list(closed, "or"));
    let fields = context.template.header.iter().flat_map(|header| header.fields.iter().enumerate());
    let mut status = fields.filter(|(_, field)| field.role == Some(Role::Status));
    let line = status.find_map(|(index, field)| Some((field, context.binding.field(index)?)));
    match line {
        Some((field, line)) => {
            format!("{answer}, or take {} back from `{}`", field.name.shown, context.slice(line.value).trim())
        }
        None => answer,
    }
}
