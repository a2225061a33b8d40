//! `open-question`

use crate::bind::placeholders::blank::is_placeholder;
use crate::bind::tables::standing::Standing;
use crate::bind::value::Value;
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::Kind;
use crate::template::model::header::Role;
use crate::text::list;

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
        for typed in &standing.typed {
            for (row, cell) in typed.cells.iter().enumerate() {
                let Some(cell) = cell.as_ref().filter(|cell| cell.is_judged) else { continue };
                let Kind::Choice { values, open, .. } = cell.asked.kind else { continue };
                let Some(Value::Choice(chosen)) = cell.value() else { continue };
                if !open.contains(&values[chosen.index]) || has_placeholder(standing, row) {
                    continue;
                }
                let closed: Vec<&String> = values.iter().filter(|value| !open.contains(value)).collect();
                let name = standing.row_name(row);
                findings.push(
                    Finding::new(
                        format!("{name} of the table `{}` is still open", standing.wanted.title),
                        cell.span,
                        "not answered yet",
                    )
                    .help(help(context, &closed))
                    .required_by(cell.asked.requirement),
                );
            }
        }
    }
}

/// A row that nobody has filled in is no question.
fn has_placeholder(standing: &Standing, row: usize) -> bool {
    let cells = standing.table.cells(&standing.table.rows[row]);
    cells.iter().any(|&cell| is_placeholder(None, standing.slice(cell), standing.template))
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
