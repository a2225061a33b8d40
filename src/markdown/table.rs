//! Tables: cells as they are written, and lines that were meant as a table although Markdown shows none.

use memchr::memchr_iter;

use super::html::is_comment;
use super::lines::{behind_break, end_of_line, inner, is_gap, lines};
use super::model::{Broken, Row, Table};
use crate::span::Span;

/// Adds the cells of a row to those of a table. A pipe splits cells unless a backslash stands before it, in code, too.
pub(super) fn row(text: &str, span: Span, cells: &mut Vec<Span>) -> Row {
    let first = cells.len() as u32;
    for_each_cell(text, span, |cell| cells.push(cell));
    Row { span, written: cells.len() as u32 - first, first }
}

/// How many cells a row has.
pub(super) fn count(text: &str, span: Span) -> u32 {
    let mut cells = 0;
    for_each_cell(text, span, |_| cells += 1);
    cells
}

fn for_each_cell(text: &str, span: Span, mut each: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let first = span.start() + usize::from(bytes.get(span.start()) == Some(&b'|') && !span.is_empty());
    let mut start = first;
    let mut cell_to = |at: usize, ends: bool| {
        let trimmed = Span::new(start, at).trim(text);
        let shown = without_comments(text, trimmed);
        if !shown.is_empty() {
            each(shown);
        } else if !ends || !trimmed.is_empty() {
            // What is written into an empty cell goes behind the blank that stands there.
            each(Span::at(start + usize::from(matches!(bytes[start], b' ' | b'\t'))));
        }
        start = at + 1;
    };
    let pipes = memchr_iter(b'|', &bytes[first..span.end()]).map(|at| first + at);
    for at in pipes {
        let is_escaped = at > first && bytes[at - 1] == b'\\';
        if !is_escaped {
            cell_to(at, false);
        }
    }
    cell_to(span.end(), true);
}

/// A cell without the comments at its ends: nobody sees them, and a cell with nothing else is empty.
fn without_comments(text: &str, cell: Span) -> Span {
    let mut cell = cell;
    loop {
        let slice = &text[cell.range()];
        // Bytes: this is asked of every cell.
        if slice.as_bytes().first() != Some(&b'<') && slice.as_bytes().last() != Some(&b'>') {
            return cell;
        }
        let kept = if let Some(comment) = slice.strip_suffix("-->").and_then(|open| open.rfind("<!--")) {
            Span::new(cell.start(), cell.start() + comment)
        } else if let Some(comment) = slice.strip_prefix("<!--").and_then(|open| open.find("-->")) {
            Span::new(cell.start() + "<!--".len() + comment + "-->".len(), cell.end())
        } else {
            return cell;
        };
        cell = kept.trim(text);
    }
}

/// How many cells a delimiter row (`|---|:-:|`) has; `None` where the line is none.
pub(super) fn delimiter(text: &str, span: Span) -> Option<u32> {
    let slice = &text[span.range()];
    if !slice.contains('|') || !slice.contains('-') || !slice.bytes().all(|byte| b"|-: \t".contains(&byte)) {
        return None;
    }
    let mut good = true;
    let mut cells = 0;
    for_each_cell(text, span, |cell| {
        let dashes = text[cell.range()].strip_prefix(':').unwrap_or(&text[cell.range()]);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        good &= !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-');
        cells += 1;
    });
    (good && cells > 0).then_some(cells)
}

/// A table that was found in the lines of a paragraph, and where it stands.
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) table: Table,
    /// Lines above and below that do not belong to it.
    pub(super) before: Option<Span>,
    pub(super) after: Option<Span>,
}

/// Looks for a table in a paragraph that holds a pipe and stands inside so many quotes.
pub(super) fn find(text: &str, paragraph: Span, quotes: usize) -> Option<Found> {
    let all: Vec<Span> = lines(text, paragraph).map(|line| inner(text, line, quotes)).collect();
    let disagreeing = (1..all.len()).find_map(|at| {
        let cells = delimiter(text, all[at])?;
        let written = count(text, all[at - 1]);
        (written > 1 && written != cells && has_pipe(text, all[at - 1])).then_some((at, cells))
    });
    if let Some((at, cells)) = disagreeing {
        let broken = Broken::Delimiter { cells };
        let end = all[at + 1..].iter().position(|&line| !has_pipe(text, line)).map_or(all.len(), |end| at + 1 + end);
        return Some(found(text, &all, at - 1, at + 1, end, broken));
    }
    let start = (1..all.len()).find_map(|at| {
        let (above, line) = (all[at - 1], all[at]);
        if !is_piped(text, above) || !is_piped(text, line) || count(text, above) != count(text, line) {
            return None;
        }
        // Below a row of dashes whose header is lost the first row stands for it.
        if is_header(text, above) { Some(at - 1) } else { delimiter(text, above).map(|_| at) }
    })?;
    let end = all[start..].iter().position(|&line| !is_piped(text, line)).map_or(all.len(), |end| start + end);
    // `|===|===|` and the dashes that a word processor made of `---` were meant as the delimiter row.
    let drawn = all[start..end].get(1).is_some_and(|below| {
        let below = &text[below.range()];
        !below.contains(char::is_alphanumeric) && below.contains(['-', '=', '–', '—', '_'])
    });
    Some(found(text, &all, start, start + 1 + usize::from(drawn), end, Broken::NoDelimiter))
}

/// The header at `start`, rows from `body` to `end`; the delimiter row stands between them, if anywhere.
fn found(text: &str, all: &[Span], start: usize, body: usize, end: usize, broken: Broken) -> Found {
    let mut cells = Vec::new();
    let header = row(text, all[start], &mut cells);
    let delimiter = if body == start + 2 { all[start + 1] } else { all[start].tail() };
    let rows = all[body..end].iter().map(|&line| row(text, line, &mut cells)).collect();
    let part = |from: usize, to: usize| (from < to).then(|| all[from].cover(all[to - 1]));
    Found {
        span: all[start].cover(all[end - 1]),
        table: Table { header, delimiter, rows, cells, broken: Some(broken) },
        before: part(0, start),
        after: part(end, all.len()),
    }
}

/// A header without outer pipes that became a heading, and the paragraph below it.
pub(super) fn with_hash_header(text: &str, header: Span, paragraph: Span) -> Found {
    let mut all = vec![header];
    all.extend(lines(text, paragraph).map(|line| inner(text, line, 0)));
    let end = all.iter().position(|&line| !has_pipe(text, line)).unwrap_or(all.len());
    found(text, &all, 0, 2.min(end), end, Broken::HashHeader)
}

/// Whether a heading is the header of a table without outer pipes: the delimiter row stands below it.
pub(super) fn is_hash_header(text: &str, heading: Span) -> bool {
    let slice = &text[heading.range()];
    if !slice.starts_with("# ") || !slice.contains('|') {
        return false;
    }
    let behind = behind_break(text, heading.end());
    let below = Span::new(behind, end_of_line(text, behind)).trim(text);
    // A dash before a blank would begin a list.
    !text[below.range()].starts_with("- ") && delimiter(text, below) == Some(count(text, heading))
}

/// Appends rows that a gap cut off. Returns the rest of the paragraph that is no row, or `None` where the paragraph
/// does not continue the table.
pub(super) fn append(
    text: &str,
    table: &mut Table,
    gap: Span,
    paragraph: Span,
    quotes: usize,
) -> Option<(Span, Option<Span>)> {
    let all: Vec<Span> = lines(text, paragraph).map(|line| inner(text, line, quotes)).collect();
    let end = all.iter().position(|line| !text[line.range()].starts_with('|')).unwrap_or(all.len());
    if end == 0 {
        return None;
    }
    for &line in &all[..end] {
        let row = row(text, line, &mut table.cells);
        table.rows.push(row);
    }
    let rows = all[0].cover(all[end - 1]);
    match &mut table.broken {
        None => table.broken = Some(Broken::Cut { gap, rows }),
        Some(Broken::Cut { rows: cut, .. }) => *cut = cut.cover(rows),
        Some(_) => {}
    }
    Some((rows, (end < all.len()).then(|| all[end].cover(all[all.len() - 1]))))
}

/// A header that a gap cut off from its delimiter row: the table, where the two fit.
pub(super) fn with_cut_header(text: &str, header: Span, paragraph: Span, quotes: usize) -> Option<Found> {
    if text[header.range()].contains(['\n', '\r']) || !is_piped(text, header) || !is_header(text, header) {
        return None;
    }
    let mut all = vec![header];
    all.extend(lines(text, paragraph).map(|line| inner(text, line, quotes)));
    if delimiter(text, *all.get(1)?)? != count(text, header) {
        return None;
    }
    let gap = Span::new(header.end(), paragraph.start());
    if !is_gap(text, gap) {
        return None;
    }
    let end = all.iter().position(|&line| !has_pipe(text, line)).unwrap_or(all.len());
    Some(found(text, &all, 0, 2, end, Broken::Cut { gap, rows: all[1].cover(all[end - 1]) }))
}

/// Whether the lines between a table and its rows are a comment that begins right below the table.
pub(super) fn is_comment_gap(text: &str, gap: Span) -> bool {
    let between = Span::new(behind_break(text, gap.start()), gap.end());
    let slice = &text[between.range()];
    slice.starts_with("<!--")
        && is_comment(text, between)
        && slice.trim_end_matches([' ', '\t']).ends_with(['\n', '\r'])
}

/// Begins and ends with a pipe and has two cells or more.
fn is_piped(text: &str, line: Span) -> bool {
    let slice = &text[line.range()];
    slice.len() > 2 && slice.starts_with('|') && slice.ends_with('|') && count(text, line) > 1
}

/// Names in every cell: what is drawn with pipes has empty ones.
fn is_header(text: &str, line: Span) -> bool {
    let mut named = true;
    for_each_cell(text, line, |cell| named &= text[cell.range()].contains(|c: char| c.is_alphanumeric() || c == '#'));
    named
}

fn has_pipe(text: &str, line: Span) -> bool {
    text[line.range()].contains('|')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<&str> {
        let mut cells = Vec::new();
        row(text, Span::new(0, text.len()), &mut cells);
        cells.into_iter().map(|cell| &text[cell.range()]).collect()
    }

    #[test]
    fn cells_are_read_as_written() {
        assert_eq!(cells("| a | b |"), ["a", "b"]);
        assert_eq!(cells("a | b"), ["a", "b"]);
        assert_eq!(cells("| a | `x\\|y` | c"), ["a", "`x\\|y`", "c"]);
        assert_eq!(cells("| a || b |"), ["a", "", "b"]);
        assert_eq!(cells("| |"), [""]);
        assert_eq!(cells("text"), ["text"]);
        assert_eq!(cells("|"), [""; 0]);
        assert_eq!(cells(""), [""; 0]);
    }

    #[test]
    fn an_empty_cell_stands_behind_its_blank() {
        let mut cells = Vec::new();
        row("| a |  ||", Span::new(0, 9), &mut cells);
        assert_eq!(cells, [Span::new(2, 3), Span::at(6), Span::at(8)]);
    }

    #[test]
    fn a_comment_is_no_part_of_a_cell() {
        let text = "| a <!-- x --> | <!-- y --> | <!-- z --> b <!--c--><!--d--> | <!-- e | -->";
        let mut cells = Vec::new();
        row(text, Span::new(0, text.len()), &mut cells);
        let shown: Vec<&str> = cells.iter().map(|cell| &text[cell.range()]).collect();
        assert_eq!(shown, ["a", "", "b", "<!-- e", "-->"]);
    }

    #[test]
    fn a_delimiter_row_has_cells_of_dashes() {
        let check = |text: &str| delimiter(text, Span::new(0, text.len()));
        assert_eq!(check("|---|:-:|"), Some(2));
        assert_eq!(check("--- | ---:"), Some(2));
        assert_eq!(check("|-|"), Some(1));
        assert_eq!(check("---"), None);
        assert_eq!(check("| - x | - |"), None);
        assert_eq!(check("|---||---|"), None);
        assert_eq!(check("| : | - |"), None);
    }
}
