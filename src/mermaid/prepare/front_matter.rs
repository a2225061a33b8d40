//! Finds the YAML between two lines of `---` at the start of a diagram, by the rules of mermaid's `matchFrontMatter`.

use crate::mermaid::lexer::lookahead::is_space;

/// Where the front matter of a text stands.
pub(super) struct FrontMatter {
    /// The blanks before the opening `---`.
    pub(super) indent: String,
    /// First byte of the YAML, and one past its last.
    pub(super) body: (usize, usize),
    /// Bytes up to what follows the closing line.
    pub(super) length: usize,
}

/// The front matter, where the text begins with it. The closing `---` must have the same indent as the opening one.
pub(super) fn find(text: &str) -> Option<FrontMatter> {
    let indent = &text[..text.find(|c| !is_space(c) || c == '\n').unwrap_or(text.len())];
    let behind = indent.len() + 3;
    if !text[indent.len()..].starts_with("---") {
        return None;
    }
    let openings: Vec<usize> = line_breaks(text, behind).collect();
    let first = openings.first()? + 1;
    let fence = format!("\n{indent}---");
    let closing = |at: usize| line_breaks(text, at + fence.len()).last();
    let fences: Vec<(usize, usize)> =
        overlapping(text, &fence, first).filter_map(|at| closing(at).map(|end| (at, end))).collect();
    let last = fences.last()?.0;
    let body = openings.iter().rev().find(|&&at| at < last).or(openings.first())? + 1;
    let &(close, end) = fences.iter().find(|&&(at, _)| at >= body)?;
    Some(FrontMatter { indent: indent.to_owned(), body: (body, close), length: end + 1 })
}

/// Where `needle` begins, from byte `from` on. It begins with a line break, so places may overlap by that only.
fn overlapping<'t>(text: &'t str, needle: &'t str, from: usize) -> impl Iterator<Item = usize> + 't {
    text[from..].match_indices('\n').map(move |(at, _)| from + at).filter(move |&at| text[at..].starts_with(needle))
}

/// The line breaks in the run of blanks that begins at byte `at`.
fn line_breaks(text: &str, at: usize) -> impl Iterator<Item = usize> + '_ {
    let run = text[at..].chars().take_while(|&c| is_space(c));
    run.scan(at, |position, c| {
        let here = *position;
        *position += c.len_utf8();
        Some((here, c))
    })
    .filter(|&(_, c)| c == '\n')
    .map(|(here, _)| here)
}
