//! Whether a block is of the kind that a requirement asks for.

use crate::bind::lines::{before_break, line_start};
use crate::bind::names::holds_all_words;
use crate::bind::placeholders::blank::is_open_text;
use crate::markdown::html;
use crate::markdown::model::{Block, BlockId, BlockKind, CodeBlock, Document, List, Section, Table};
use crate::markdown::plain::plain;
use crate::span::Span;
use crate::template::model::blocks::ListKind;
use crate::template::model::name::Name;
use crate::template::model::{Content, blocks, diagram};
use crate::text::normal;

/// Whether nothing stands under a heading: rules (`---`) and comments do not count.
pub(crate) fn is_bare(section: &Section, text: &str) -> bool {
    section.blocks.iter().all(|block| is_filling(block, text))
}

fn is_filling(block: &Block, text: &str) -> bool {
    match block.kind {
        BlockKind::Rule => foreign_table(block, text).is_none(),
        BlockKind::Html => html::is_unseen(text, block.span),
        _ => false,
    }
}

/// Whether nobody has written yet what belongs under a heading: nothing stands there, or `TBD`.
pub(crate) fn is_unwritten(section: &Section, text: &str) -> bool {
    let is_open = |block: &Block| matches!(block.kind, BlockKind::Prose) && is_open_text(&text[block.span.range()]);
    match section.blocks.iter().position(is_open) {
        Some(at) => section.blocks.iter().enumerate().all(|(other, block)| other == at || is_filling(block, text)),
        None => is_bare(section, text),
    }
}

/// The row of dashes right above what is read as the header of a table: its own header is lost.
pub(crate) fn dashes_above(table: &Table, text: &str) -> Option<Span> {
    table.broken.as_ref()?;
    let end = before_break(text, line_start(text, table.header.span.start()));
    let line = Span::new(line_start(text, end), end);
    let line = Span::new(end - text[line.range()].trim_start_matches(['>', ' ']).len(), end).trim(text);
    let written = &text[line.range()];
    let is_dashes = written.starts_with('|') && written.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    (is_dashes && written.contains('-')).then_some(line)
}

/// What a block is that is meant to be a table, but is none of Markdown.
pub(crate) fn foreign_table(block: &Block, text: &str) -> Option<&'static str> {
    let slice = text[block.span.range()].trim();
    let is_border = |line: &str| line.starts_with("+-") && line.ends_with('+');
    let is_underlined = || slice.contains(' ') && slice.split_whitespace().all(|part| part.starts_with("---"));
    match block.kind {
        BlockKind::Html if slice.contains("<table") || slice.contains("<TABLE") => Some("an HTML table"),
        BlockKind::Prose if slice.lines().next().is_some_and(|line| is_border(line.trim_end())) => Some("a grid table"),
        BlockKind::Rule if is_underlined() => Some("a table of blanks and dashes"),
        _ => None,
    }
}

/// Whether a block is of the kind that is asked for, whatever it says.
pub(crate) fn is_kind(content: &Content, block: &Block, text: &str) -> bool {
    match (content, &block.kind) {
        (Content::Table(_), BlockKind::Table(_))
        | (Content::Prose(_), BlockKind::Prose)
        | (Content::Log(_), BlockKind::List(_)) => true,
        (Content::List(wanted), BlockKind::List(list)) => is_list(wanted.kind, list),
        (Content::Code(wanted), BlockKind::Code(code)) => is_code(wanted, code, text),
        (Content::Diagram(wanted), BlockKind::Code(code)) => is_diagram(wanted, code, text),
        _ => false,
    }
}

/// Whether a list is of the kind that is asked for.
pub(crate) fn is_list(kind: ListKind, list: &List) -> bool {
    let has_task = list.items.iter().any(|item| item.task.is_some());
    match kind {
        ListKind::Checklist => has_task,
        ListKind::Ordered => list.start.is_some() && !has_task,
        ListKind::Bullet => list.start.is_none() && !has_task,
    }
}

/// Whether a code block has one of the languages that are asked for.
pub(crate) fn is_code(wanted: &blocks::Code, code: &CodeBlock, text: &str) -> bool {
    let language = &text[code.language.range()];
    wanted.languages.is_empty() && code.fence.is_some()
        || wanted.languages.iter().any(|accepted| same_language(accepted, language))
}

/// Whether a code block is fenced with the diagram's language.
pub(crate) fn is_diagram(wanted: &diagram::Diagram, code: &CodeBlock, text: &str) -> bool {
    same_language(&wanted.language, &text[code.language.range()])
}

fn same_language(accepted: &str, written: &str) -> bool {
    accepted.eq_ignore_ascii_case(written)
        || (accepted.eq_ignore_ascii_case("yaml") && written.eq_ignore_ascii_case("yml"))
        || (accepted.eq_ignore_ascii_case("hcl")
            && ["terraform", "tf"].iter().any(|tf| tf.eq_ignore_ascii_case(written)))
}

/// The normal names of a table's columns.
pub(crate) fn column_names(table: &Table, text: &str) -> Vec<String> {
    table.cells(&table.header).iter().map(|cell| normal(&plain(&text[cell.range()]))).collect()
}

/// Whether a table stands among the blocks that has every required column of the table that is asked for.
/// One column alone says nothing.
pub(crate) fn has_all_columns(content: &Content, blocks: &[BlockId], document: &Document, text: &str) -> bool {
    let Content::Table(wanted) = content else { return false };
    let required: Vec<&Name> =
        wanted.columns.iter().filter(|column| column.required).map(|column| &column.name).collect();
    required.len() > 1
        && blocks.iter().any(|&id| match &document.block(id).kind {
            BlockKind::Table(table) => {
                let names = column_names(table, text);
                required.iter().all(|name| names.iter().any(|written| name.is(written)))
            }
            _ => false,
        })
}

/// Whether a row's name is one that is asked for: its own, an alias, or one with words around it.
pub(crate) fn is_row_name(name: &Name, written: &str) -> bool {
    name.is(written)
        || std::iter::once(&name.normal)
            .chain(&name.aliases)
            .any(|known| known.len() < written.len() && known.chars().nth(3).is_some() && holds_words(known, written))
}

/// Whether all words of `known` stand in `written`, next to each other and in order.
fn holds_words(known: &str, written: &str) -> bool {
    let mut rest = written;
    loop {
        if let Some(behind) = rest.strip_prefix(known)
            && (behind.is_empty() || behind.starts_with(' '))
        {
            return true;
        }
        match rest.split_once(' ') {
            Some((_, next)) => rest = next,
            None => return false,
        }
    }
}

/// The names in a name that gives several: `Min / Max`, `Scale (min/max)`. Empty where it gives one.
pub(crate) fn parts(name: &str) -> Vec<String> {
    const BETWEEN: [char; 8] = ['/', '&', ',', '+', '(', ')', '（', '）'];
    if !name.contains(BETWEEN) {
        return Vec::new();
    }
    plain(name).split(BETWEEN).map(normal).filter(|part| !part.is_empty()).collect()
}

/// Whether a column was renamed rather than added: all words of one name stand in the other. One word of a name
/// counts here, for a table has few columns: `Instance Type` is its `Type`.
pub(crate) fn shares_words(known: &str, written: &str) -> bool {
    let is_word = known.chars().count() >= 4 && !known.contains(' ');
    holds_all_words(known, written) || is_word && holds_words(known, written) && written.split(' ').count() <= 3
}

/// Whether a text is a drawing of characters: boxes and arrows. A tree of files is none.
pub(crate) fn is_drawn(text: &str) -> bool {
    let corners = |line: &&str| {
        line.contains(['┌', '┐', '┘', '╔', '╗', '╝', '╭', '╮', '┬', '┴'])
            || line.contains("+--")
            || line.contains("+==")
    };
    let arrows = |line: &&str| {
        let line = line.trim();
        ["-->", "──>", "──▶", "──►", "->", "=>", "→", "▶", "►", "▼", "↓"].iter().any(|arrow| line.contains(arrow))
            || matches!(line, "|" | "v" | "V" | "│")
    };
    text.lines().filter(corners).count() > 1 || text.lines().filter(arrows).count() > 1
}

/// Whether a link or an image leads to a drawing.
pub(crate) fn is_picture(link: &str, target: &str) -> bool {
    const DRAWINGS: [&str; 13] = [
        ".drawio",
        ".excalidraw",
        ".mmd",
        ".puml",
        ".plantuml",
        ".vsdx",
        ".dot",
        ".svg",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
    ];
    let path = target.split(['#', '?']).next().unwrap_or(target).to_ascii_lowercase();
    // A badge is an image, too.
    let is_badge = ["badge", "shields.io", "workflows"].iter().any(|word| path.contains(word));
    let is_shown = link.starts_with('!');
    !is_badge && (is_shown || DRAWINGS.iter().any(|ending| path.ends_with(ending)))
}
