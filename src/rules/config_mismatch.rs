//! `config-mismatch`

use crate::bind::tables::config::{Entry, Group, Rows, documents, groups};
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::blocks::Code;

declare_rule! {
    /// A value of a configuration block contradicts the document's table, or another value of the block.
    ///
    /// The smallest size in the yaml is not that of the scaling table, or the desired capacity lies outside of its
    /// bounds. The row is the one whose name the block holds, else the only one that shares a bound with it; where
    /// there is none, nothing is compared. Several documents or services in one block are compared one by one.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Scaling
    ///
    /// | Component | Min | Max |
    /// |-----------|-----|-----|
    /// | Relay | 2 | 8 |
    ///
    /// ```yaml
    /// relay:
    ///   minReplicas: 3
    ///   maxReplicas: 8
    /// ```
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Scaling
    ///
    /// | Component | Min | Max |
    /// |-----------|-----|-----|
    /// | Relay | 2 | 8 |
    ///
    /// ```yaml
    /// relay:
    ///   minReplicas: 2
    ///   maxReplicas: 8
    /// ```
    /// ````
    CONFIG_MISMATCH = "config-mismatch", Consistency, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for (id, code) in context.template.code().filter(|(_, code)| !code.values.is_empty()) {
        let Some(block) = context.binding.content(id).found.at() else { continue };
        let Some(documents) = documents(context.reading, block) else { continue };
        let table = code.values.iter().find_map(|value| value.equals).and_then(|column| context.table(column.table));
        let rows = table.and_then(|standing| Rows::new(standing, code));
        for group in groups(context.reading, code, block, &documents) {
            let against = rows.as_ref().and_then(|rows| against_table(context, code, &group, rows));
            findings.list.extend(against.or_else(|| within(context, code, &group)));
        }
    }
}

/// The first value that is not that of the table.
fn against_table(context: &Context, code: &Code, group: &Group, rows: &Rows) -> Option<Finding> {
    let row = rows.of(group)?;
    let mut wrong = rows.cells(row).enumerate().filter_map(|(index, cell)| {
        let (value, cell) = (group.values[index]?, cell?);
        let expected = cell.number()?;
        (value.number != expected).then_some((index, value, cell, expected))
    });
    let (index, value, cell, expected) = wrong.next()?;
    let asked = &code.values[index];
    let column = context.template.table(asked.equals?.table)?.columns.get(asked.equals?.column)?;
    let (key, name) = (key(context, value), &column.name.shown);
    Some(
        Finding::new(
            format!("`{key}` is {}, but {name} of {} is {expected}", value.number, rows.name(row)),
            value.place,
            "the configuration",
        )
        .also(cell.cell, "the table")
        .help(format!("write {expected} here, or {} in the table", value.number))
        .required_by(&asked.requirement),
    )
}

/// The key as it is written, without quotes.
fn key<'a>(context: &Context<'a>, entry: Entry) -> &'a str {
    context.slice(entry.key).trim_matches(['"', '\''])
}

/// The first value that contradicts another of the block.
fn within(context: &Context, code: &Code, group: &Group) -> Option<Finding> {
    code.values.iter().enumerate().find_map(|(index, asked)| {
        let value = group.values[index]?;
        let other = |other: Option<usize>| other.and_then(|other| group.values[other]);
        let (least, most) = (other(asked.at_least), other(asked.at_most));
        let (limit, than) = match (least, most) {
            (Some(least), _) if value.number < least.number => (least, "less"),
            (_, Some(most)) if value.number > most.number => (most, "more"),
            _ => return None,
        };
        let (key, limited) = (key(context, value), key(context, limit));
        let help = match (least, most) {
            (Some(least), Some(most)) if least.number <= most.number => {
                format!("write a number from {} to {}", least.number, most.number)
            }
            _ if than == "less" => format!("write at least {}, or lower `{limited}`", limit.number),
            _ => format!("write at most {}, or raise `{limited}`", limit.number),
        };
        Some(
            Finding::new(
                format!("`{key}` is {}, {than} than `{limited}`, which is {}", value.number, limit.number),
                value.place,
                "here",
            )
            .also(limit.place, format!("`{limited}`"))
            .help(help)
            .required_by(&asked.requirement),
        )
    })
}
