//! Text that stands in several places of a source, read as one, with a map back.
//!
//! A fence inside a quote has `> ` before each of its lines: its body is no single slice. A parser for what is
//! inside (mermaid, YAML) reads an [`Excerpt`] and says where things are in the source.

use std::borrow::Cow;

use crate::span::Span;

/// The text of several spans of one source, joined without anything between them.
#[derive(Debug, Clone)]
pub struct Excerpt<'a> {
    text: Cow<'a, str>,
    /// The part of the source that its first piece is.
    first: Span,
    /// Where each other piece begins in `text`, and which part of the source it is. Sorted by both.
    others: Vec<(u32, Span)>,
}

impl<'a> Excerpt<'a> {
    /// The text of `spans`, which follow each other in `source`.
    pub fn new(source: &'a str, spans: &[Span]) -> Self {
        let first = spans.first().copied().unwrap_or_default();
        if spans.len() < 2 {
            return Self { text: Cow::Borrowed(&source[first.range()]), first, others: Vec::new() };
        }
        let mut text = String::with_capacity(spans.iter().map(|span| span.len()).sum());
        let mut others = Vec::with_capacity(spans.len());
        text.push_str(&source[first.range()]);
        for span in &spans[1..] {
            others.push((text.len() as u32, *span));
            text.push_str(&source[span.range()]);
        }
        Self { text: Cow::Owned(text), first, others }
    }

    /// The text to read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part of the source that it is, where it is one piece.
    pub(crate) fn whole(&self) -> Option<Span> {
        self.others.is_empty().then_some(self.first)
    }

    /// Where the byte `offset` of the excerpt stands in the source. At a seam it is the start of the later piece.
    pub fn offset(&self, offset: usize) -> usize {
        self.offset_in(self.others.partition_point(|&(start, _)| start as usize <= offset), offset)
    }

    /// The part of the source that holds bytes `start..end` of the excerpt.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let from = self.offset(start);
        // The last byte decides, so that a span that ends at a seam does not run into the next piece's line.
        let to = if end > start { self.offset_of_end(end) } else { from };
        Span::new(from, to.max(from))
    }

    fn offset_of_end(&self, end: usize) -> usize {
        self.offset_in(self.others.partition_point(|&(start, _)| (start as usize) < end), end)
    }

    /// Where the byte `offset` of the excerpt stands, which is one of the given piece.
    fn offset_in(&self, piece: usize, offset: usize) -> usize {
        let (start, span) = piece.checked_sub(1).map_or((0, self.first), |other| self.others[other]);
        (span.start() + offset - start as usize).min(span.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_quoted_fence_map_back_to_the_source() {
        let source = "> ab\n> cd\n";
        let excerpt = Excerpt::new(source, &[Span::new(2, 5), Span::new(7, 10)]);
        assert_eq!(excerpt.text(), "ab\ncd\n");
        assert_eq!(excerpt.span(3, 5), Span::new(7, 9));
        assert_eq!(excerpt.span(1, 3), Span::new(3, 5), "ends before the next line's prefix");
        assert_eq!(excerpt.span(1, 4), Span::new(3, 8));
    }
}
