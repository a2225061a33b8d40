//! Lines that were meant as a heading and are none.

use super::fence::heading_level;
use super::heading::number_in_front;
use super::model::trouble::{ShownAs, Trouble};
use super::model::{Block, BlockKind, List};
use crate::span::Span;

/// Headings are short: what is longer is prose. In bytes.
const LONGEST: usize = 120;

/// `#Overview` or `**3. Overview**` as the first line of a paragraph.
pub(super) fn in_paragraph(text: &str, paragraph: Span) -> Option<Trouble> {
    let slice = &text[paragraph.range()];
    match slice.as_bytes().first()? {
        b'#' => without_blank(text, paragraph),
        b'\\' => escaped(text, paragraph),
        b'*' | b'_' => bold(slice, paragraph),
        _ => None,
    }
}

/// `#Overview`: no hashtag (`#later #x`), no number of an issue (`#12`).
fn without_blank(text: &str, paragraph: Span) -> Option<Trouble> {
    let line = Span::new(paragraph.start(), super::lines::end_of_line(text, paragraph.start()).min(paragraph.end()));
    let line = line.trim(text);
    let slice = &text[line.range()];
    let hashes = slice.bytes().take_while(|&byte| byte == b'#').count();
    let name = slice[hashes..].trim_end_matches('#').trim_end();
    let first = name.chars().next()?;
    let numbered = number_in_front(name).is_some();
    let meant = numbered || first == '*' || first.is_alphabetic() && (hashes > 1 || !first.is_lowercase());
    if hashes > 6 || slice.len() > LONGEST || !meant || hashes == 1 && name.contains(" #") {
        return None;
    }
    let start = line.start() + hashes;
    let name = Span::new(start, start + name.len());
    Some(Trouble::LostHeading { span: line, name, shown_as: ShownAs::Paragraph })
}

/// `\## Overview`.
fn escaped(text: &str, paragraph: Span) -> Option<Trouble> {
    let line = Span::new(paragraph.start(), super::lines::end_of_line(text, paragraph.start()).min(paragraph.end()));
    let name = heading(text, Span::new(line.start() + 1, line.end()))?;
    Some(Trouble::LostHeading { span: line.trim(text), name, shown_as: ShownAs::Paragraph })
}

/// `    ## Overview`: a block of code that is nothing but a heading.
pub(super) fn in_code(text: &str, code: Span) -> Option<Trouble> {
    let name = heading(text, code).filter(|_| !text[code.range()].contains(['\n', '\r']))?;
    let start = text[..code.start()].trim_end_matches([' ', '\t']).len();
    Some(Trouble::LostHeading { span: Span::new(start, code.end()), name, shown_as: ShownAs::Code })
}

/// The name in `## Overview`. With one `#` it is a comment of some language as likely.
fn heading(text: &str, line: Span) -> Option<Span> {
    let level = heading_level(&text[line.range()]).filter(|&level| level > 1 && line.len() <= LONGEST)?;
    let name = Span::new(line.start() + usize::from(level), line.end()).trim(text);
    (!name.is_empty()).then_some(name)
}

/// A paragraph that is one line of bold text and nothing else.
fn bold(slice: &str, paragraph: Span) -> Option<Trouble> {
    let mark = ["**", "__"].into_iter().find(|mark| slice.starts_with(mark))?;
    let inside = slice.strip_prefix(mark)?.strip_suffix(mark)?;
    let meant =
        !inside.is_empty() && !inside.contains(['\n', '\r', '*']) && !inside.ends_with([':', '.', '!', '?', ',']);
    if slice.len() > LONGEST || !meant || inside.contains(": ") {
        return None;
    }
    let name = Span::new(paragraph.start() + mark.len(), paragraph.end() - mark.len());
    Some(Trouble::LostHeading { span: paragraph, name, shown_as: ShownAs::Bold })
}

/// `1. Overview` right above dashes: `list` is the block above the rule.
pub(super) fn above_rule(text: &str, list: &Block, rule: Span) -> Option<Trouble> {
    let BlockKind::List(List { start: Some(_), items }) = &list.kind else { return None };
    let [item] = items.as_slice() else { return None };
    let between = &text[list.span.end()..rule.start()];
    let adjoining = between.trim().is_empty() && matches!(between.trim_matches([' ', '\t']), "\n" | "\r\n" | "\r");
    let name = &text[item.text.range()];
    let meant = !name.is_empty() && !name.contains(['\n', '\r']) && !name.ends_with(['.', ',', ';', ':']);
    let alone = item.text.end() == list.span.end() && item.task.is_none();
    if !adjoining || !meant || !alone || list.span.len() > LONGEST || !text[rule.range()].starts_with('-') {
        return None;
    }
    Some(Trouble::LostHeading { span: list.span.cover(rule), name: item.text, shown_as: ShownAs::ListAndRule })
}
