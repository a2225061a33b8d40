//! Conflicts that somebody committed with the marks of git around their two sides.

use memchr::memmem;

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
    let mut found = memmem::find_iter(&text.as_bytes()[from..], mark).map(|at| from + at);
    let start = found.find(|&at| at == 0 || matches!(text.as_bytes()[at - 1], b'\n' | b'\r'))?;
    Some(Span::new(start, end_of_line(text, start)).trim(text))
}
