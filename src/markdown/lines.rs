//! Lines of a span, and what is left of a line without the prefixes of quotes.

use crate::span::Span;

/// The lines of a span, each without its line break. `\n`, `\r\n` and a lone `\r` end a line.
pub(crate) fn lines(text: &str, span: Span) -> Lines<'_> {
    Lines { text, at: span.start(), end: span.end() }
}

/// Iterator over lines; see [`lines`].
pub(crate) struct Lines<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Lines<'_> {
    /// Where the line begins that comes next.
    pub(super) fn next_start(&self) -> usize {
        self.at
    }
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        if self.at >= self.end {
            return None;
        }
        let start = self.at;
        let end = end_of_line(self.text, start).min(self.end);
        self.at = behind_break(self.text, end).min(self.end);
        Some(Span::new(start, end))
    }
}

/// Where the line ends in which `offset` stands, its line break left out.
pub(super) fn end_of_line(text: &str, offset: usize) -> usize {
    let rest = &text.as_bytes()[offset..];
    offset + memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())
}

/// Behind the line break that stands at `offset`, if one does.
pub(super) fn behind_break(text: &str, offset: usize) -> usize {
    match &text.as_bytes()[offset..] {
        [b'\r', b'\n', ..] => offset + 2,
        [b'\r' | b'\n', ..] => offset + 1,
        _ => offset,
    }
}

/// A line without blanks at either end and without up to `quotes` markers of block quotes in front.
pub(super) fn inner(text: &str, line: Span, quotes: usize) -> Span {
    let mut slice = text[line.range()].trim_start();
    for _ in 0..quotes {
        let Some(rest) = slice.strip_prefix('>') else { break };
        slice = rest.trim_start();
    }
    Span::new(line.end() - slice.len(), line.end()).trim(text)
}

/// Whether a text holds nothing but blanks and markers of block quotes.
pub(crate) fn is_gap(text: &str, span: Span) -> bool {
    text[span.range()].bytes().all(|byte| byte.is_ascii_whitespace() || byte == b'>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_breaks_count() {
        let text = "a\r\nb\rc\n\nd";
        let found: Vec<&str> = lines(text, Span::new(0, text.len())).map(|line| &text[line.range()]).collect();
        assert_eq!(found, ["a", "b", "c", "", "d"]);
    }

    #[test]
    fn only_the_quotes_we_stand_in_are_prefixes() {
        let text = "  > > a | b ";
        assert_eq!(&text[inner(text, Span::new(0, text.len()), 2).range()], "a | b");
        assert_eq!(&text[inner(text, Span::new(0, text.len()), 1).range()], "> a | b");
    }
}
