//! `duplicate-row`

use std::collections::HashMap;
use std::mem;

use foldhash::fast::RandomState;

use crate::bind::tables::standing::Standing;
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
        // Mostly no two rows may be equal: nothing is copied to see that.
        let may_repeat = match key {
            Some(key) => may_repeat(context, standing, key),
            None => (0..standing.table.columns()).all(|column| may_repeat(context, standing, column)),
        };
        if !may_repeat {
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

/// Whether two cells of a column may say the same: they begin and end with the same letters, or are not known to begin
/// or end with one.
fn may_repeat(context: &Context, standing: &Standing, column: usize) -> bool {
    // By the first letter and the last: bits of those of the cells so far.
    let mut seen = [0_u64; 64];
    standing.table.rows.iter().any(|row| {
        let Some(cell) = standing.table.cell(row, column) else { return true };
        let Some((first, last)) = ends(context.slice(cell)).or_else(|| ends(plain(context.slice(cell)).trim())) else {
            return true;
        };
        let bit = 1 << (last & 63);
        let letters = &mut seen[usize::from(first & 63)];
        mem::replace(letters, *letters | bit) & bit != 0
    })
}

/// The letters or digits that a text begins and ends with, whatever its case: the same where it is decorated inside.
fn ends(text: &str) -> Option<(u8, u8)> {
    let (first, last) = (*text.as_bytes().first()?, *text.as_bytes().last()?);
    let is_bare = first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric();
    is_bare.then_some((first.to_ascii_lowercase(), last.to_ascii_lowercase()))
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
