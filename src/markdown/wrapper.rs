//! A whole spec inside a ```` ```markdown ```` fence, as templates are handed out. Inner fences of the same length
//! close such a wrapper too early; we find the fence that was meant to.

use super::fence::heading_level;
use super::lines::{behind_break, end_of_line};
use super::model::trouble::Wrapper;
use super::model::{CodeBlock, Document, Within};
use crate::span::Span;

/// The wrapper of a document, where it has one.
pub(super) fn find(text: &str, document: &Document) -> Option<Wrapper> {
    let mut shown =
        document.code_blocks().filter(|(_, block, code)| block.within == Within::Section && shows_markdown(text, code));
    let (_, _, code) = shown.next()?;
    let fence = code.fence?;
    let whole = Span::new(0, text.len());
    let (wrapper, headings) = unwrap(text, fence.opening);
    let closed_early = fence.closing.filter(|&early| wrapper.closing != Some(early));
    let outside = whole.len() - wrapper.inner.len();
    (headings >= 3 && wrapper.inner.len() > 2 * outside).then_some(Wrapper { closed_early, ..wrapper })
}

/// ```` ```markdown ```` with a heading as the first thing inside. Where nothing stands above the fence it may be a spec
/// without its title.
fn shows_markdown(text: &str, code: &CodeBlock) -> bool {
    let language = &text[code.language.range()];
    if !["markdown", "md", "mdx"].iter().any(|name| name.eq_ignore_ascii_case(language)) {
        return false;
    }
    let (Some(body), Some(fence)) = (code.body.first(), code.fence) else { return false };
    let inside = text[body.range()].trim_start();
    text[..fence.opening.start()].trim_start_matches('\u{feff}').trim().is_empty()
        || heading_level(inside.lines().next().unwrap_or_default()).is_some()
}

/// Follows the fences behind an opening one: one with an info string opens a block, a bare one closes the innermost,
/// and at last the wrapper; one as long as the wrapper's closes that, though a shorter one inside is open still. Counts
/// the headings outside inner blocks, too.
fn unwrap(text: &str, opening: Span) -> (Wrapper, usize) {
    let mark = text.as_bytes()[opening.start()];
    let length = text[opening.range()].bytes().take_while(|&byte| byte == mark).count();
    let start = behind_break(text, opening.end());
    let mut open: Vec<usize> = Vec::new();
    let mut headings = 0;
    let mut at = start;
    while at < text.len() {
        let end = end_of_line(text, at);
        let line = Span::new(at, end);
        let next = behind_break(text, end);
        let slice = text[line.range()].trim();
        let ticks = slice.bytes().take_while(|&byte| byte == mark).count();
        if ticks >= 3 {
            let bare = slice.len() == ticks;
            let innermost = open.last().copied();
            let ends = bare && ticks >= length && innermost.is_none_or(|inner| inner < length);
            match innermost {
                _ if ends && !opens_code(text, next) => {
                    let inner = Span::new(start, at);
                    return (Wrapper { opening, inner, closing: Some(line.trim(text)), closed_early: None }, headings);
                }
                Some(inner) if bare && ticks >= inner => drop(open.pop()),
                None => open.push(ticks),
                Some(_) => {}
            }
        } else if open.is_empty() && heading_level(&text[line.range()]).is_some() {
            headings += 1;
        }
        at = next;
    }
    let inner = Span::new(start.min(text.len()), text.len());
    (Wrapper { opening, inner, closing: None, closed_early: None }, headings)
}

/// Whether a bare fence opens a block rather than closing the wrapper: code follows it at once, and no blank line,
/// heading or rule.
fn opens_code(text: &str, next: usize) -> bool {
    let line = text[next..end_of_line(text, next)].trim();
    !line.is_empty() && heading_level(line).is_none() && !line.starts_with("---") && !line.starts_with("```")
}
