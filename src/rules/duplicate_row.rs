//! `duplicate-row`

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::bind::tables::standing::Standing;
use crate::diagnostic::Finding;
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::text::{list, lower};

declare_rule! {
    /// Two rows of a table are equal, or have one name where the template says that each name stands once.
    ///
    /// Equal rows are a slip of copy and paste. Two rows of one name contradict each other sooner or later, and nobody
    /// can tell which one holds.
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
    /// | Ada | On call | 555-0100 |
    /// | Ada | On call | 555-0177 |
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
    /// | Ada | On call | 555-0100, at night 555-0177 |
    /// ```
    DUPLICATE_ROW = "duplicate-row", Tables, Warning, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        let key = standing.unique_key();
        let may_repeat = match key {
            Some(key) => standing.may_repeat(key),
            None => (0..standing.table.columns()).all(|column| standing.may_repeat(column)),
        };
        if !may_repeat {
            continue;
        }
        let mut seen: HashMap<String, usize, RandomState> = HashMap::default();
        for (index, row) in standing.table.rows.iter().enumerate() {
            let cells = standing.table.cells(row);
            if cells.iter().all(|cell| cell.is_empty()) || standing.is_open(row) {
                continue;
            }
            let mut name = String::with_capacity(row.span.len());
            let own = key.and_then(|key| standing.table.cell(row, key));
            for cell in if key.is_some() { own.as_slice() } else { cells } {
                name.push_str(&lower(plain(context.slice(*cell)).trim()));
                name.push('|');
            }
            if let Some(&first) = seen.get(&name) {
                findings.push(say(context, standing, first, index));
            } else {
                seen.insert(name, index);
            }
        }
    }
}

/// The rows that the template asks for and that are not there.
fn missing<'a>(standing: &Standing<'a>) -> Vec<&'a str> {
    let rows = standing.wanted.rows.iter().zip(&standing.bound.rows);
    rows.filter(|(_, found)| found.missing().is_some()).map(|(row, _)| row.name.shown.as_str()).collect()
}

fn say(context: &Context, standing: &Standing, first: usize, second: usize) -> Finding {
    let title = &standing.wanted.title;
    let rows = &standing.table.rows;
    let text = |row: usize| -> Vec<String> {
        standing.table.cells(&rows[row]).iter().map(|cell| plain(context.slice(*cell)).into_owned()).collect()
    };
    let name = standing.row_name(second);
    let finding = if text(first) == text(second) {
        Finding::new(format!("{name} stands twice in the table `{title}`"), rows[second].span, "again here")
            .help("remove one of the two")
    } else {
        Finding::new(
            format!("two rows of the table `{title}` are called {}", name.trim_start_matches("row ")),
            rows[second].span,
            "again here",
        )
        .help(match missing(standing).as_slice() {
            [] => "make one row of the two, or tell their names apart".to_owned(),
            names => format!("is one of the two {}? Rename it, or make one row of them", list(names, "or")),
        })
    };
    finding.also(rows[first].span, "first here").required_by(&standing.wanted.requirement)
}
