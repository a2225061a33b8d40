//! `duplicate-row`

use std::collections::HashMap;
use std::mem;

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

/// Whether two cells of a column may say the same: they begin alike, or nobody knows with what.
fn may_repeat(context: &Context, standing: &Standing, column: usize) -> bool {
    // Bits of the beginnings so far.
    let mut seen = [0_u64; 16];
    standing.table.rows.iter().any(|row| {
        let Some(cell) = standing.table.cell(row, column) else { return true };
        let written = context.slice(cell);
        let Some(beginning) = beginning(written).or_else(|| beginning(plain(written).trim())) else { return true };
        // Multiplied, the top bits depend on all others.
        let hash = beginning.wrapping_mul(0x9e37_79b1) >> 22;
        let (bits, bit) = (&mut seen[hash as usize >> 6], 1 << (hash & 63));
        mem::replace(bits, *bits | bit) & bit != 0
    })
}

/// The first bytes of a text, whatever its case, where they are the same without decoration.
fn beginning(text: &str) -> Option<u32> {
    // Blanks at the end may be those before a comment.
    let first = text.as_bytes()[..text.len().min(4)].trim_ascii_end();
    let is_kept = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'.' | b',' | b'/' | b'-' | b'%');
    let add = |bytes: u32, byte: &u8| bytes << 8 | u32::from(byte.to_ascii_lowercase());
    first.iter().all(is_kept).then(|| first.iter().fold(0, add))
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
