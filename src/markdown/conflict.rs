//! Conflicts that somebody committed with the marks of git around their two sides.

use memchr::memchr_iter;

use super::lines::end_of_line;
use super::model::Document;
use super::model::trouble::Trouble;
use crate::span::Span;

const OPENING: &str = "<<<<<<< ";
const CLOSING: &str = ">>>>>>> ";

/// The conflicts of a text: those shown in code are none.
pub(super) fn troubles(text: &str, from: usize, document: &Document) -> Vec<Trouble> {
    let mut code = document.code_blocks().map(|(_, block, _)| block.span).peekable();
    let mut found = Vec::new();
    let mut at = from;
    while let Some(opening) = mark(text, at, OPENING)
        && let Some(closing) = mark(text, opening.end(), CLOSING)
    {
        at = closing.end();
        while code.next_if(|code| code.end() <= opening.start()).is_some() {}
        if !code.peek().is_some_and(|code| code.contains(opening)) {
            found.push(Trouble::Conflict { opening, closing });
        }
    }
    found
}

/// The next line that begins with a mark.
fn mark(text: &str, from: usize, mark: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    let mut found = memchr_iter(mark.as_bytes()[0], &bytes[from..]).map(|at| from + at);
    let begins_line = |at: usize| at == 0 || matches!(bytes[at - 1], b'\n' | b'\r');
    let start = found.find(|&at| begins_line(at) && bytes[at..].starts_with(mark.as_bytes()))?;
    Some(Span::new(start, end_of_line(text, start)).trim(text))
}
