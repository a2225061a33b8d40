//! `broken-table`

use crate::bind::contents::shape;
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::markdown::edit::{TableEditor, close_gap};
use crate::markdown::model::{Broken, Table};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::Content;
use crate::text;

declare_rule! {
    /// Lines were meant as a table, but Markdown shows none, or only a part of it.
    ///
    /// A delimiter row (`|---|---|`) that has not as many cells as the header, or is missing, turns the table into a
    /// paragraph full of pipes. A blank line ends a table: the rows after it are text. A header without outer pipes
    /// that begins with `#` is a heading.
    ///
    /// A broken table still counts as the table that the template asks for; what it holds is judged once it is mended.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// | Name | Role | Phone |
    /// |------|------|
    /// | Ada | On call | 555-0100 |
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
    /// ```
    BROKEN_TABLE = "broken-table", Tables, Error, Document(check), fixes: Safe
}

fn check(context: &Context, findings: &mut Findings) {
    for block in context.document().sections.iter().flat_map(|section| &section.blocks) {
        if let Some(table) = block.table()
            && let Some(broken) = &table.broken
        {
            findings.push(match shape::dashes_above(table, context.text()) {
                Some(dashes) => without_header(context, table, dashes),
                None => say(context, table, broken),
            });
        }
    }
}

fn without_header(context: &Context, table: &Table, dashes: Span) -> Finding {
    let at = context.document().section_at(table.header.span.start());
    let wanted =
        context.binding.owners[at.index()].into_iter().flat_map(|spec| &context.template.section(spec).contents);
    let mut headers = wanted.filter_map(|content| match content {
        Content::Table(wanted) if wanted.columns.len() == table.columns() => Some(&wanted.header),
        _ => None,
    });
    let help = headers.next().map_or_else(String::new, |header| format!(", e.g. `{header}`"));
    Finding::new(
        "Markdown shows no table here: the header above the row of dashes is missing",
        dashes,
        "the row of dashes",
    )
    .help(format!("write the names of the columns above it{help}"))
}

fn say(context: &Context, table: &Table, broken: &Broken) -> Finding {
    let editor = TableEditor::new(context.text(), table);
    let columns = table.columns();
    match broken {
        Broken::Delimiter { cells } => delimiter(table, *cells as usize, &editor),
        // A quote goes on without its marks where text does; a table does not.
        Broken::NoDelimiter if editor.has_good_delimiter() => Finding::new(
            "Markdown shows no table here: the lines below the header leave the quote",
            table.header.span,
            "the header",
        )
        .also(table.delimiter, "`>` is missing here")
        .help("write `>` before each line of the table"),
        Broken::NoDelimiter => {
            let row = editor.delimiter();
            let finding = Finding::new(
                "Markdown shows no table here: the row of dashes below the header is missing",
                table.header.span,
                "the header",
            )
            .help(format!("write `{row}` below it"));
            let edit = if table.delimiter.is_empty() {
                editor.add_delimiter()
            } else {
                Edit { span: table.delimiter, text: row }
            };
            finding.fix(Fix::new(Safety::Safe, vec![edit]))
        }
        Broken::Cut { gap, rows } => cut(context, table, *gap, *rows),
        Broken::HashHeader => Finding::new(
            "Markdown shows a heading here: a header without outer pipes must not begin with `#`",
            table.header.span,
            text::count(columns, "column"),
        )
        .help("put a pipe before it: `| # | …`")
        .fix(Fix::insert(Safety::Safe, table.header.span.start(), "| ")),
    }
}

fn delimiter(table: &Table, cells: usize, editor: &TableEditor) -> Finding {
    let columns = table.columns();
    let finding = Finding::new(
        format!(
            "Markdown shows no table here: the header has {}, the row of dashes below it {cells}",
            text::count(columns, "cell")
        ),
        table.delimiter,
        text::count(cells, "cell"),
    )
    .also(table.header.span, text::count(columns, "cell"));
    let like_delimiter = table.rows.iter().filter(|row| row.written as usize == cells).count();
    let is_short = columns < cells;
    // Where the rows agree with the dashes it is the header that lost a name, and only the author knows it.
    if like_delimiter * 2 > table.rows.len() {
        let columns = text::plural(cells.abs_diff(columns), "column");
        let header = if is_short {
            format!("name the missing {columns} in the header")
        } else {
            format!("remove the surplus {columns} from the header")
        };
        return finding.help(format!("the rows have {}, too: {header}", text::count(cells, "cell")));
    }
    let row = editor.delimiter();
    finding.help(format!("write `{row}`")).fix(Fix::new(Safety::Safe, vec![Edit { span: table.delimiter, text: row }]))
}

fn cut(context: &Context, table: &Table, gap: Span, rows: Span) -> Finding {
    let lost = table.rows.iter().filter(|row| rows.contains(row.span)).count();
    let edit = close_gap(context.text(), gap);
    let first = context.first_line(rows);
    // Nothing stands between: the first of these lines ends the table itself.
    if edit.span.is_empty() {
        let line = Span::new(gap.start(), first.end());
        return Finding::new("a line without cells cuts the table in two", first, "Markdown shows text from here on")
            .also(table.header.span, "the table begins here")
            .help("remove this line")
            .fix(Fix::replace(Safety::Safe, line, ""));
    }
    let blank = context.slice(gap).bytes().all(|byte| byte.is_ascii_whitespace() || byte == b'>');
    let between = if blank { "a blank line" } else { "a comment" };
    let behind = if lost == table.rows.len() && rows.contains(table.delimiter) {
        format!("{between} cuts the header off from its table")
    } else {
        format!("{between} cuts {} off from the table", text::count(lost, "row"))
    };
    let finding = Finding::new(behind, first, "from here on Markdown shows text")
        .also(table.header.span, "the table begins here");
    if blank {
        finding.help("remove the blank line above").fix(Fix::new(Safety::Safe, vec![edit]))
    } else {
        finding.help("move the comment above or below the table")
    }
}
