//! Comments that nobody closed: they hide all that follows, up to the end of the text or of the next comment.

use super::fence::heading_level;
use super::lines::lines;
use super::model::trouble::Trouble;
use crate::span::Span;

/// A comment that runs to the end of the text. One that the next comment closed is only told by the headings in it.
pub(super) fn unclosed(text: &str, block: Span) -> Option<Trouble> {
    let slice = &text[block.range()];
    let inside = slice.strip_prefix("<!--")?;
    let closing = slice.find("-->").map(|at| at + "-->".len());
    let inner = inside[..closing.map_or(inside.len(), |at| at.saturating_sub("<!--".len()))].find("\n<!--");
    let inner = inner.map(|at| block.start() + "<!--".len() + at + 1);
    let end = match (closing, inner) {
        (None, _) => text.len(),
        (Some(_), Some(inner)) => inner,
        (Some(_), None) => return None,
    };
    let hidden = Span::new(block.start(), end);
    let swallowed = headings(text, hidden);
    if closing.is_some_and(|at| swallowed.is_empty() || is_closed_twice(&text[block.start() + at..])) {
        return None;
    }
    let note = lines(text, hidden).take_while(|line| !line.trim(text).is_empty() && !swallowed.contains(line));
    let note = note.last().map_or(hidden.start(), |line| line.trim(text).end());
    let opening = Span::new(block.start(), block.start() + slice.find(['\n', '\r']).unwrap_or(slice.len()));
    let inner = closing.and(inner).map(|at| Span::new(at, at + "<!--".len()));
    Some(Trouble::UnclosedComment { opening, inner, swallowed, close_at: note })
}

/// Whether one more comment is closed behind a comment than is opened there: it was meant to hold the other one.
fn is_closed_twice(behind: &str) -> bool {
    behind.find("-->").is_some_and(|closes| behind.find("<!--").is_none_or(|opens| closes < opens))
}

/// The lines that would be headings, code left out.
fn headings(text: &str, span: Span) -> Vec<Span> {
    let (mut found, mut in_code, mut above_is_blank) = (Vec::new(), false, false);
    for line in lines(text, span) {
        let slice = text[line.range()].trim_start();
        in_code ^= slice.starts_with("```") || slice.starts_with("~~~");
        if !in_code && above_is_blank && heading_level(&text[line.range()]).is_some() {
            found.push(line);
        }
        above_is_blank = slice.is_empty() || slice.starts_with("---");
    }
    found
}
