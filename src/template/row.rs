//! Rows of tables, written the way they look in a document.

use std::ops::Range;

/// The cells of a row as it looks in a document, each with its place in the text; `None` where it is no row.
pub(crate) fn cells(row: &str) -> Option<Vec<Range<usize>>> {
    let start = row.len() - row.trim_start().len();
    let end = row.trim_end().len();
    if end < start + 2 || !row[start..end].starts_with('|') || !row[start..end].ends_with('|') {
        return None;
    }
    let mut cells = Vec::new();
    let mut from = start + 1;
    for (at, _) in row.match_indices('|').filter(|&(at, _)| at > start && at < end) {
        if row[..at].ends_with('\\') {
            continue;
        }
        let cell = &row[from..at];
        let left = from + (cell.len() - cell.trim_start().len());
        let right = from + cell.trim_end().len();
        cells.push(left.min(right)..right.max(left.min(right)));
        from = at + 1;
    }
    Some(cells)
}
