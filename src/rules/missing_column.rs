//! `missing-column`

use crate::bind::contents::shape;
use crate::bind::model::Match;
use crate::bind::names::{WrittenName, nearness};
use crate::bind::tables::standing::{Standing, TO_WRITE, column_names};
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::edit::{NewColumn, TableEditor};
use crate::markdown::model::Table;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::ContentId;
use crate::template::model::log::LogTable;
use crate::template::model::name::Name;
use crate::template::model::table::Column;
use crate::text;

declare_rule! {
    /// A table lacks a column that the template requires.
    ///
    /// Columns are found by their names and by the aliases of the template, whatever their case and order; columns of
    /// your own are welcome. All columns that one table lacks are one finding.
    ///
    /// The fix adds them with `TBD` in each row, unless a column of your own stands in that place: that may be it. A
    /// table that has nothing to say in a column says so in its section: `Not applicable: Access — everybody has it`.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// | Name | Role |
    /// |------|------|
    /// | Ada | On call |
    /// | Grace | Manager |
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
    /// | Grace | Manager | 555-0101 |
    /// ```
    MISSING_COLUMN = "missing-column", Tables, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables.iter().filter(|standing| !standing.bound.in_order()) {
        let missing: Vec<(usize, &Column)> = standing
            .bound
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.missing().is_some())
            .map(|(index, _)| (index, &standing.wanted.columns[index]))
            .collect();
        if let Some(&(_, first)) = missing.first() {
            findings.push(say(context, standing, &missing).required_by(&first.requirement));
        }
    }
    for (id, log) in context.template.logs() {
        let block = context.binding.content(id).log.as_ref().and_then(|bound| bound.table);
        if let (Some(wanted), Some(block)) = (&log.table, block)
            && let Some(table) = context.document().block(block).table()
        {
            findings.list.extend(in_log(context, id, wanted, table).map(|found| found.required_by(&log.requirement)));
        }
    }
}

/// What a changelog that is a table lacks beside days and versions.
fn in_log(context: &Context, id: ContentId, wanted: &LogTable, table: &Table) -> Option<Finding> {
    let written = shape::column_names(table, context.text());
    let is_there = |name: &&Name| {
        written.iter().any(|written| name.is(written) || nearness(name, WrittenName::new(written), false).is_some())
    };
    let missing: Vec<&str> =
        wanted.others.iter().filter(|name| !is_there(name)).map(|name| name.shown.as_str()).collect();
    let at = table.columns();
    let columns: Vec<NewColumn> =
        missing.iter().map(|&name| NewColumn { before: at, name, filler: TO_WRITE }).collect();
    let (column, names) = (text::plural(missing.len(), "column"), text::list(&missing, "and"));
    let there = text::list(&column_names(table, context.text()), "and");
    let title = &context.template.section(id.section).name.shown;
    let edits = TableEditor::new(context.text(), table).add_columns(&columns);
    (!missing.is_empty()).then(|| {
        Finding::new(
            format!("the table `{title}` has no {column} {names}"),
            table.header.span,
            format!("columns here: {there}"),
        )
        .help(format!("add {names} at the end"))
        .fix(Fix::new(Safety::Unsafe, edits))
    })
}

fn say(context: &Context, standing: &Standing, missing: &[(usize, &Column)]) -> Finding {
    let text = context.text();
    let names: Vec<&str> = missing.iter().map(|(_, column)| column.name.shown.as_str()).collect();
    let there = standing.column_names();
    let label = if there.len() == 1 { "the only column here: " } else { "columns here: " };
    let places: Vec<usize> = missing.iter().map(|&(index, _)| place(standing, index)).collect();
    let mut help: Vec<String> = Vec::new();
    for (at, &place) in places.iter().enumerate().filter(|(at, place)| *at == 0 || places[at - 1] != **place) {
        let names: Vec<&str> =
            names[at..].iter().zip(&places[at..]).filter(|(_, p)| **p == place).map(|(n, _)| *n).collect();
        let names = text::list(&names, "and");
        help.push(match place.checked_sub(1) {
            _ if place == there.len() => format!("{names} at the end"),
            Some(before) => format!("{names} after `{}`", there[before]),
            None => format!("{names} in front"),
        });
    }
    let columns: Vec<NewColumn> =
        names.iter().zip(&places).map(|(&name, &before)| NewColumn { before, name, filler: TO_WRITE }).collect();
    let edits = TableEditor::new(text, standing.table).add_columns(&columns);
    // A column of the author's own in that place may be the missing one: it would stand there twice.
    let stranger = places.iter().find(|&&place| place < there.len() && standing.is_own(place));
    let own = (0..there.len()).filter(|&at| standing.is_own(at)).count();
    let add = format!("add {}", help.join(" and "));
    let help = match (stranger, names.as_slice()) {
        (Some(&at), [name]) if own == 1 => format!("if `{}` is `{name}`, rename it; otherwise {add}", there[at]),
        _ => add,
    };
    let (column, names) = (text::plural(names.len(), "column"), text::list(&names, "and"));
    Finding::new(
        format!("the table `{}` has no {column} {names}", standing.wanted.title),
        standing.table.header.span,
        format!("{label}{}", text::list(&there, "and")),
    )
    .help(help)
    .fix(Fix::new(Safety::Unsafe, edits).filter(|_| stranger.is_none()))
}

/// Before which column of the document a missing one belongs: behind its predecessors in the template.
fn place(standing: &Standing, index: usize) -> usize {
    let before = standing.bound.columns[..index].iter().rev().find_map(Match::at);
    match before {
        Some(before) => before + 1,
        None => standing.bound.columns[index..].iter().find_map(Match::at).unwrap_or(0),
    }
}
