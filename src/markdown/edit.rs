//! Changes of a table that keep its looks: outer pipes, blanks, and columns that are lined up.

use super::lines::{end_of_line, lines};
use super::model::Table;
use crate::fix::Edit;
use crate::source::line_end;
use crate::span::Span;

/// Makes edits for one table.
pub(crate) struct TableEditor<'a> {
    text: &'a str,
    table: &'a Table,
    /// The header's parts between pipes, blanks included.
    header: Line,
    /// Whether a blank stands between pipe and name, and between pipe and dashes.
    blank: &'static str,
    blank_dashes: &'static str,
    /// Whether header and delimiter row have the same widths: the author lines columns up.
    aligned: bool,
}

/// A row, cut at its pipes.
struct Line {
    span: Span,
    parts: Vec<Span>,
    leading: bool,
    trailing: bool,
}

/// A column to add: before which one (their number adds it at the end), and what its cells hold.
pub(crate) struct NewColumn<'a> {
    pub(crate) before: usize,
    pub(crate) name: &'a str,
    pub(crate) filler: &'a str,
}

impl<'a> TableEditor<'a> {
    pub(crate) fn new(text: &'a str, table: &'a Table) -> Self {
        let header = cut(text, table.header.span);
        let dashes = cut(text, table.delimiter);
        let width = |span: &Span| text[span.range()].chars().count();
        let aligned = header.parts.len() > 1 && header.parts.iter().map(width).eq(dashes.parts.iter().map(width));
        let blank_behind = |line: &Line| match line.parts.last() {
            Some(part) if text[part.range()].starts_with([' ', '\t']) => " ",
            _ => "",
        };
        let (blank, blank_dashes) = (blank_behind(&header), blank_behind(&dashes));
        Self { text, table, header, blank, blank_dashes, aligned }
    }

    /// Adds columns to the header, the delimiter row and each row. They are given in the order in which they shall
    /// stand.
    pub(crate) fn add_columns(&self, columns: &[NewColumn]) -> Vec<Edit> {
        let filled = |column: &NewColumn, cell: &str| {
            let width = if self.aligned { chars(column.name).max(chars(column.filler)) } else { 0 };
            format!("{}{}{}", self.blank, padded(cell, width), self.blank)
        };
        let dashes = |column: &NewColumn| {
            let around = chars(self.blank) * 2;
            let width = if self.aligned { chars(column.name).max(chars(column.filler)) + around } else { 3 };
            let blank = self.blank_dashes;
            let width = if self.aligned { width - chars(blank) * 2 } else { width };
            format!("{blank}{}{blank}", "-".repeat(width.max(3)))
        };
        let mut edits = Vec::new();
        insert(&self.header, columns, &|column| filled(column, column.name), &mut edits);
        insert(&cut(self.text, self.table.delimiter), columns, &dashes, &mut edits);
        for row in &self.table.rows {
            insert(&cut(self.text, row.span), columns, &|column| filled(column, column.filler), &mut edits);
        }
        edits
    }

    /// Gives a column another name; the blanks behind it make up for the difference where columns are lined up.
    pub(crate) fn rename_column(&self, column: usize, name: &str) -> Option<Edit> {
        let cell = self.table.cell(&self.table.header, column)?;
        let part = *self.header.parts.get(column)?;
        let (old, new) = (chars(&self.text[cell.range()]), chars(name));
        let behind = part.end() - cell.end();
        if !self.aligned || behind == 0 || part.end() == self.header.span.end() {
            return Some(Edit { span: cell, text: name.to_owned() });
        }
        let blanks = (old + behind).saturating_sub(new).max(1);
        Some(Edit { span: Span::new(cell.start(), part.end()), text: format!("{name}{}", " ".repeat(blanks)) })
    }

    /// Puts the columns into another order: `order[i]` is the column that shall stand at place `i`. `None` where a row
    /// has not as many cells as the header, or an empty cell at its edge would be lost.
    pub(crate) fn reorder(&self, order: &[usize]) -> Option<Vec<Edit>> {
        let spans = [self.table.header.span, self.table.delimiter];
        let mut edits = Vec::new();
        for span in spans.into_iter().chain(self.table.rows.iter().map(|row| row.span)) {
            let line = cut(self.text, span);
            if line.parts.len() != order.len() {
                return None;
            }
            let closed = line.leading && line.trailing;
            if !closed && line.parts.iter().any(|part| part.trim(self.text).is_empty()) {
                return None;
            }
            for (&place, &from) in line.parts.iter().zip(order).filter(|(place, from)| **place != line.parts[**from]) {
                // Inside outer pipes a cell takes its blanks along, so that columns stay lined up.
                let (span, source) = if closed {
                    (place, line.parts[from])
                } else {
                    (place.trim(self.text), line.parts[from].trim(self.text))
                };
                let text = &self.text[source.range()];
                if text != &self.text[span.range()] {
                    edits.push(Edit { span, text: text.to_owned() });
                }
            }
        }
        Some(edits)
    }

    /// Adds rows at the end of the table.
    pub(crate) fn add_rows(&self, rows: &[Vec<String>]) -> Edit {
        let last = self.table.rows.last().map_or(self.table.delimiter, |row| row.span);
        self.add_below(last, rows.iter().map(|cells| self.row(cells)))
    }

    /// A row of these cells, as the table writes its rows.
    pub(crate) fn row(&self, cells: &[String]) -> String {
        let widths = self.header.parts.iter().map(|part| chars(&self.text[part.range()]));
        let cells: Vec<String> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| {
                let width = if self.aligned { width.saturating_sub(2 * self.blank.len()) } else { 0 };
                format!("{}{}{}", self.blank, padded(cell, width), self.blank)
            })
            .collect();
        self.closed(&cells)
    }

    /// A delimiter row that fits the header, with the alignments of the one that is there.
    pub(crate) fn delimiter(&self) -> String {
        let there = cut(self.text, self.table.delimiter);
        let dashes = |index: usize| {
            let old = there.parts.get(index).map_or("", |part| self.text[part.range()].trim());
            // `|===|` and lines of other dashes were meant as a delimiter row, too.
            let (left, right) = (old.starts_with(':'), old.len() > 1 && old.ends_with(':'));
            let colon = |there: bool| if there { ":" } else { "" };
            let width = 3_usize.saturating_sub(usize::from(left) + usize::from(right)).max(1);
            format!("{}{}{}", colon(left), "-".repeat(width), colon(right))
        };
        let blank = if there.parts.is_empty() { self.blank } else { self.blank_dashes };
        let cells: Vec<String> =
            (0..self.header.parts.len()).map(|index| format!("{blank}{}{blank}", dashes(index))).collect();
        self.closed(&cells)
    }

    /// Whether the delimiter row is what it should be.
    pub(crate) fn has_good_delimiter(&self) -> bool {
        let line = cut(self.text, self.table.delimiter);
        let is_dashes = |part: &Span| {
            let part = self.text[part.range()].trim().trim_matches(':');
            !part.is_empty() && part.bytes().all(|byte| byte == b'-')
        };
        line.parts.len() == self.header.parts.len() && line.parts.iter().all(is_dashes)
    }

    /// Adds the delimiter row that is missing below the header.
    pub(crate) fn add_delimiter(&self) -> Edit {
        self.add_below(self.table.header.span, std::iter::once(self.delimiter()))
    }

    fn add_below(&self, line: Span, rows: impl Iterator<Item = String>) -> Edit {
        let end = end_of_line(self.text, line.end());
        let start = self.text[..line.start()].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        // What stands before a row: the indent, the mark of a quote; never the marker of an item or a byte order mark.
        let prefix: String = self.text[start..line.start()]
            .chars()
            .filter(|c| *c != '\u{feff}')
            .map(|c| if c.is_whitespace() || c == '>' { c } else { ' ' })
            .collect();
        let text = rows.fold(String::new(), |text, row| text + line_end(self.text) + &prefix + &row);
        Edit { span: Span::at(end), text }
    }

    /// Cells between pipes, the outer ones as the header has them.
    fn closed(&self, cells: &[String]) -> String {
        let pipe = |there: bool| if there { "|" } else { "" };
        let joined = cells.join("|");
        let bare = if self.header.leading { joined.as_str() } else { joined.trim_start() };
        let bare = if self.header.trailing { bare } else { bare.trim_end() };
        format!("{}{bare}{}", pipe(self.header.leading), pipe(self.header.trailing))
    }
}

/// What cuts rows off, removed: from the end of the last row to the line break before the next one.
pub(crate) fn close_gap(text: &str, gap: Span) -> Edit {
    let slice = &text[gap.range()];
    let last = slice.rfind('\n').map(|at| if slice[..at].ends_with('\r') { at - 1 } else { at });
    let keep = last.or_else(|| slice.rfind('\r')).unwrap_or(0);
    Edit { span: Span::new(gap.start(), gap.start() + keep), text: String::new() }
}

/// A row as people write it where no table gives the style: `| a | b |`.
pub(crate) fn plain_row<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    format!("| {} |", cells.join(" | "))
}

/// The cells of each line of a text that holds rows: `| a | b |`.
pub(crate) fn rows_of(text: &str) -> Vec<Vec<String>> {
    lines(text, Span::new(0, text.len()))
        .map(|line| line.trim(text))
        .filter(|line| !line.is_empty())
        .map(|line| cut(text, line).parts.iter().map(|part| text[part.trim(text).range()].to_owned()).collect())
        .collect()
}

fn insert(line: &Line, columns: &[NewColumn], cell: &dyn Fn(&NewColumn) -> String, edits: &mut Vec<Edit>) {
    let count = line.parts.len();
    if count == 0 {
        return;
    }
    let mut at_place: Vec<(usize, Vec<String>)> = Vec::new();
    for column in columns {
        let before = column.before.min(count);
        match at_place.iter_mut().find(|(place, _)| *place == before) {
            Some((_, cells)) => cells.push(cell(column)),
            None => at_place.push((before, vec![cell(column)])),
        }
    }
    for (before, cells) in at_place {
        let (at, text) = if before < count && (before > 0 || line.leading) {
            (line.parts[before].start(), cells.join("|") + "|")
        } else if before < count {
            (line.span.start(), format!("{}| ", cells.join("|").trim_start()))
        } else if line.trailing {
            (line.parts[count - 1].end() + 1, cells.join("|") + "|")
        } else {
            (line.span.end(), format!(" |{}", cells.join("|").trim_end()))
        };
        edits.push(Edit { span: Span::at(at), text });
    }
}

/// Cuts a row at its pipes, by the same rule as its cells.
fn cut(text: &str, span: Span) -> Line {
    let bytes = text.as_bytes();
    let leading = !span.is_empty() && bytes[span.start()] == b'|';
    let mut parts = Vec::new();
    let mut start = span.start() + usize::from(leading);
    let first = start;
    for at in first..span.end() {
        if bytes[at] == b'|' && (at == first || bytes[at - 1] != b'\\') {
            parts.push(Span::new(start, at));
            start = at + 1;
        }
    }
    let rest = Span::new(start, span.end());
    let trailing = rest.trim(text).is_empty();
    if !trailing {
        parts.push(rest);
    }
    Line { span, parts, leading, trailing }
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(chars(text))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::{Fix, Safety, apply};
    use crate::markdown::model::Block;
    use crate::source::Source;

    fn edited(text: &str, edit: impl Fn(&TableEditor) -> Vec<Edit>) -> String {
        let document = crate::markdown::parse::parse(&Source::new("t.md", text));
        let mut blocks = document.sections.iter().flat_map(|section| &section.blocks);
        let table = blocks.find_map(Block::table).expect("a table");
        let fix = Fix::new(Safety::Safe, edit(&TableEditor::new(text, table))).expect("no overlap");
        apply(text, [&fix]).0
    }

    fn with_columns(text: &str, before: usize) -> String {
        edited(text, |editor| {
            let column = |name| NewColumn { before, name, filler: "TBD" };
            editor.add_columns(&[column("New"), column("Other")])
        })
    }

    #[test]
    fn columns_are_added_in_the_style_of_the_table() {
        assert_eq!(
            with_columns("| A | B |\n|---|---|\n| 1 | 2 |\n", 2),
            "| A | B | New | Other |\n|---|---|-----|-------|\n| 1 | 2 | TBD | TBD   |\n"
        );
        assert_eq!(with_columns("|A|B|\n|--|:-:|\n|1|2|\n", 1), "|A|New|Other|B|\n|--|---|---|:-:|\n|1|TBD|TBD|2|\n");
        assert_eq!(
            with_columns("A | B\n--- | ---\n1 | 2", 0),
            "New | Other | A | B\n--- | --- | --- | ---\nTBD | TBD | 1 | 2"
        );
        assert_eq!(
            with_columns("> A | B\r\n> -|-\r\n> 1 | 2\r\n", 2),
            "> A | B | New | Other\r\n> -|- |---|---\r\n> 1 | 2 | TBD | TBD\r\n"
        );
        assert_eq!(
            with_columns("| A     | B \\| C |\n| :---- | ------ |\n| 1     |        |\n", 1),
            "| A     | New | Other | B \\| C |\n| :---- | --- | ----- | ------ |\n| 1     | TBD | TBD   |        |\n"
        );
    }

    #[test]
    fn a_renamed_column_stays_lined_up() {
        let rename =
            |text: &str, name: &str| edited(text, |editor| editor.rename_column(0, name).into_iter().collect());
        assert_eq!(
            rename("| Enviroment  | B |\n|-------------|---|\n", "Environment"),
            "| Environment | B |\n|-------------|---|\n"
        );
        assert_eq!(rename("| Envir | B |\n|---|---|\n", "Environment"), "| Environment | B |\n|---|---|\n");
        assert_eq!(rename("| Some name | B |\n|-----------|---|\n", "A"), "| A         | B |\n|-----------|---|\n");
    }

    #[test]
    fn columns_change_places_with_their_alignment() {
        let swap = |text: &str| edited(text, |editor| editor.reorder(&[1, 0, 2]).unwrap_or_default());
        assert_eq!(
            swap("| Long | B | C |\n|------|:-:|---|\n| 1    | 2 | 3 |\n"),
            "| B | Long | C |\n|:-:|------|---|\n| 2 | 1    | 3 |\n"
        );
        assert_eq!(swap("A | B | C\n--|:-:|--\n1 | 2 | 3\n"), "B | A | C\n:-:|--|--\n2 | 1 | 3\n");
        let open = "A | B | C\n--|--|--\n1 | | 3\n";
        assert_eq!(swap(open), open);
        let ragged = "| A | B | C |\n|---|---|---|\n| 1 | 2 |\n";
        assert_eq!(swap(ragged), ragged);
    }

    #[test]
    fn rows_are_added_behind_the_last() {
        let add = |text: &str| edited(text, |editor| vec![editor.add_rows(&[vec!["x".into(), "y".into()]])]);
        assert_eq!(
            add("> | A   | B |\r\n> |-----|---|\r\n> | 1   | 2 |"),
            "> | A   | B |\r\n> |-----|---|\r\n> | 1   | 2 |\r\n> | x   | y |"
        );
        assert_eq!(add("A | B\n-|-\n"), "A | B\n-|-\nx | y\n");
        assert_eq!(
            add("- | A | B |\n  |---|---|\n  | 1 | 2 |\n"),
            "- | A | B |\n  |---|---|\n  | 1 | 2 |\n  | x | y |\n"
        );
    }

    #[test]
    fn a_delimiter_row_is_rebuilt() {
        let rebuild =
            |text: &str| edited(text, |editor| vec![Edit { span: editor.table.delimiter, text: editor.delimiter() }]);
        assert_eq!(
            rebuild("| A | B | C |\n|:--|--:|\n| 1 | 2 | 3 |\n"),
            "| A | B | C |\n|:--|--:|---|\n| 1 | 2 | 3 |\n"
        );
        assert_eq!(rebuild("A | B\n--|--|--\n1 | 2\n"), "A | B\n---|---\n1 | 2\n");
    }

    #[test]
    fn a_gap_is_closed_up_to_the_next_row() {
        let close = |text: &str, start: usize, end: usize| {
            let fix = Fix::new(Safety::Safe, vec![close_gap(text, Span::new(start, end))]).expect("one edit");
            apply(text, [&fix]).0
        };
        assert_eq!(close("|a|\n>\n> |b|", 3, 8), "|a|\n> |b|");
        assert_eq!(close("|a|\r\n\r\n|b|", 3, 7), "|a|\r\n|b|");
    }
}
