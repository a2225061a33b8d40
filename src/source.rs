//! A text with a name. The one place that knows bytes, characters, UTF-16 units and lines.

use std::sync::OnceLock;

use crate::span::Span;

/// The name and the text of a document, a template or a configuration file.
#[derive(Debug, Default)]
pub struct Source {
    name: String,
    text: String,
    /// Byte offsets at which lines start, found when somebody first asks.
    lines: OnceLock<Vec<u32>>,
}

/// A place as people count: both parts begin at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values ("characters"), from 1.
    pub column: usize,
}

impl Source {
    /// A source of at most 4 GiB; what is longer is the door's to refuse.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// The path or name as it is shown, with `/` between its parts.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Where the lines start, in bytes. `\n`, `\r\n` and a lone `\r` end a line, as in CommonMark.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| line_starts(&self.text))
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.line_starts().len()
    }

    /// The line (from 0) in which the byte `offset` stands.
    pub fn line_of(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|&start| start as usize <= offset) - 1
    }

    /// The span of a line (from 0), its line break left out.
    pub fn line_span(&self, line: usize) -> Span {
        let starts = self.line_starts();
        let start = starts[line] as usize;
        let end = starts.get(line + 1).map_or(self.text.len(), |&next| next as usize);
        let kept = self.text[start..end].trim_end_matches(['\n', '\r']).len();
        Span::new(start, start + kept)
    }

    /// Line and column (in characters) of the byte `offset`.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_of(offset);
        let start = self.line_starts()[line] as usize;
        Position { line: line + 1, column: self.text[start..offset].chars().count() + 1 }
    }

    /// Column of the byte `offset` in UTF-8 bytes, from 1.
    pub fn byte_column(&self, offset: usize) -> usize {
        offset - self.line_starts()[self.line_of(offset)] as usize + 1
    }
}

impl Clone for Source {
    fn clone(&self) -> Self {
        Self::new(self.name.clone(), self.text.clone())
    }
}

/// How a text ends its lines: as it ends the first.
pub(crate) fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']).map(|at| &text[at..]) {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// Where a text begins: behind the byte order mark that some editors put in front of UTF-8.
pub(crate) fn text_start(text: &str) -> usize {
    const BYTE_ORDER_MARK: char = '\u{feff}';
    if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 }
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'\n' || byte == b'\r') {
        at += found + 1;
        if bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
        starts.push(at as u32);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_break_of_commonmark_ends_a_line() {
        let source = Source::new("a.md", "a\nb\r\nc\rd\n");
        assert_eq!(source.line_starts(), [0, 2, 5, 7, 9]);
        assert_eq!(source.line_span(1), Span::new(2, 3));
        assert_eq!(source.line_span(4), Span::at(9));
    }

    #[test]
    fn lines_end_as_the_first_one_does() {
        for (text, end) in [("a\r\nb\n", "\r\n"), ("a\nb\r\n", "\n"), ("a\rb", "\r"), ("a", "\n")] {
            assert_eq!(line_end(text), end, "{text:?}");
        }
    }

    #[test]
    fn columns_are_characters_or_bytes() {
        let source = Source::new("a.md", "x\n日本🙂 end");
        let offset = source.text().find("end").expect("it is there");
        assert_eq!(source.position(offset), Position { line: 2, column: 5 });
        assert_eq!(source.byte_column(offset), 12);
    }
}
