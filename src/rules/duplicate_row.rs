//! `duplicate-row`

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::bind::standing::Standing;
use crate::diagnostic::Finding;
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::text::lower;

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
        let key = standing.bound.key.filter(|_| standing.wanted.unique && !standing.bound.transposed);
        if !may_repeat(context, standing, key.unwrap_or(0)) {
            continue;
        }
        let mut seen: HashMap<String, usize, RandomState> = HashMap::default();
        for (index, row) in standing.table.rows.iter().enumerate() {
            let cells = standing.table.cells(row);
            if cells.iter().all(|cell| cell.is_empty()) || standing.is_open(row, context.text(), context.template) {
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

/// Whether two cells of a column may say the same. Mostly no two do, and then no two rows are equal: nothing is copied
/// to see that.
fn may_repeat(context: &Context, standing: &Standing, column: usize) -> bool {
    let cells = standing.table.rows.iter().map(|row| standing.table.cell(row, column));
    let mut marks: Vec<u64> = cells.map(|cell| cell.map_or(0, |cell| mark(&plain(context.slice(cell))))).collect();
    marks.sort_unstable();
    marks.windows(2).any(|pair| pair[0] == pair[1])
}

/// A number that is equal for texts that differ in case alone, and mostly another for others.
fn mark(text: &str) -> u64 {
    let add = |mark: u64, byte: u8| mark.wrapping_mul(31).wrapping_add(u64::from(byte));
    let text = text.trim();
    if text.is_ascii() {
        return text.bytes().map(|byte| byte.to_ascii_lowercase()).fold(0, add);
    }
    lower(text).bytes().fold(0, add)
}

fn say(context: &Context, standing: &Standing, first: usize, second: usize) -> Finding {
    let title = &standing.wanted.title;
    let rows = &standing.table.rows;
    let text = |row: usize| -> Vec<String> {
        standing.table.cells(&rows[row]).iter().map(|cell| plain(context.slice(*cell)).into_owned()).collect()
    };
    let name = standing.row_name(second, context.text());
    let finding = if text(first) == text(second) {
        Finding::new(format!("{name} stands twice in the table `{title}`"), rows[second].span, "again here")
            .help("remove one of the two")
    } else {
        Finding::new(
            format!("two rows of the table `{title}` are called {}", name.trim_start_matches("row ")),
            rows[second].span,
            "again here",
        )
        .help("make one row of the two, or tell their names apart")
    };
    finding.also(rows[first].span, "first here").required_by(&standing.wanted.requirement)
}
