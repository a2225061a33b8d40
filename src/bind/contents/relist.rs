//! Turns a list into one of another kind: by its marks alone.

use crate::bind::contents::shape;
use crate::fix::Edit;
use crate::markdown::lines::lines;
use crate::markdown::model::{Item, List};
use crate::span::Span;
use crate::template::model::blocks::ListKind;

/// Which kind a list is.
pub(crate) fn kind(list: &List) -> ListKind {
    let is = |kind: &ListKind| shape::is_list(*kind, list);
    [ListKind::Checklist, ListKind::Ordered].into_iter().find(is).unwrap_or(ListKind::Bullet)
}

/// What to write for a list of this kind, and the edits that do so; none where that would change more than marks.
pub(crate) fn into_kind(text: &str, kind: ListKind, list: &List) -> (&'static str, Vec<Edit>) {
    let slice = |span: Span| &text[span.range()];
    let marked = || list.items.iter().filter(|item| item.text.start() > item.span.start());
    let mark = |item: Span| Span::new(item.start(), item.start() + slice(item).find([' ', '\t']).unwrap_or(0));
    let plain = list.items.iter().all(|item| item.task.is_none());
    // A wider mark would take what stands below an item out of it.
    let of_one_line = marked().all(|item| !slice(item.span).trim_end().contains('\n'));
    match kind {
        ListKind::Checklist => {
            let edits = marked().map(|item| {
                let (span, text) = broken_box(text, item).unwrap_or((item.text.head(), "[ ] "));
                Edit { span, text: text.to_owned() }
            });
            ("begin its items with `- [ ]`", edits.collect())
        }
        ListKind::Bullet if plain => {
            let edits = marked().map(|item| Edit { span: mark(item.span), text: "-".to_owned() });
            ("begin its items with `-`", edits.collect())
        }
        ListKind::Ordered if plain && of_one_line => {
            let edits = marked().zip(1..).map(|(item, n)| Edit { span: mark(item.span), text: format!("{n}.") });
            ("number its items: `1.`, `2.`", edits.collect())
        }
        ListKind::Bullet => ("begin its items with `-`, without a box", Vec::new()),
        ListKind::Ordered => ("number its items: `1.`, `2.`", Vec::new()),
    }
}

/// What to write for a paragraph whose lines have marks that make no list in Markdown, and the edits that do so; lines
/// above the first mark lead in. `None` where a line behind it has none.
pub(crate) fn lines_into_kind(text: &str, kind: ListKind, paragraph: Span) -> Option<(String, Vec<Edit>)> {
    let mut edits = Vec::new();
    let mut first = None;
    for line in lines(text, paragraph) {
        let line = line.trim(text);
        let Some((mark, box_)) = loose_mark(&text[line.range()]) else {
            if edits.is_empty() {
                continue;
            }
            return None;
        };
        let mended = match kind {
            ListKind::Checklist => format!("- {box_} "),
            ListKind::Bullet => "- ".to_owned(),
            ListKind::Ordered => format!("{}. ", edits.len() + 1),
        };
        first.get_or_insert_with(|| format!("{mended}{}", &text[line.start() + mark..line.end()]));
        edits.push(Edit { span: Span::new(line.start(), line.start() + mark), text: mended });
    }
    Some((format!("write each line as an item, e.g. `{}`", first?), edits))
}

/// How long the mark of a line is, with the blanks behind it, and the box that it stands for.
fn loose_mark(line: &str) -> Option<(usize, &'static str)> {
    const MARKS: [(&str, &[&str]); 2] = [
        ("[ ]", &["[ ]", "[]", "☐", "□", "⬜", "•", "·", "‣", "●", "◦", "▪", "–", "—"]),
        ("[x]", &["[x]", "[X]", "☑", "✅", "✔", "✓"]),
    ];
    let find = |&(box_, marks): &(&'static str, &[&str])| {
        let rest = marks.iter().find_map(|mark| line.strip_prefix(mark))?;
        let item = rest.trim_start_matches('\u{fe0f}').trim_start();
        (item.len() < rest.len() && !item.is_empty()).then(|| (line.len() - item.len(), box_))
    };
    MARKS.iter().find_map(find)
}

/// `[]`, `[x]Done`: a box that Markdown shows as text, and what to write for it.
pub(crate) fn broken_box(text: &str, item: &Item) -> Option<(Span, &'static str)> {
    let written = text[item.text.range()].strip_prefix('[').filter(|_| item.task.is_none())?;
    let (inside, behind) = written.split_once(']')?;
    let mended = match inside.trim() {
        "" => "[ ] ",
        "x" | "X" => "[x] ",
        _ => return None,
    };
    // `[x](y)` is a link.
    let is_link = behind.starts_with(['(', '[', ':']);
    let end = item.text.end() - behind.trim_start_matches([' ', '\t']).len();
    (!is_link && inside.len() <= 3).then_some((Span::new(item.text.start(), end), mended))
}
