//! Where something stands: a range of bytes of one source.

use std::ops::Range;

/// A range of bytes of a source, end exclusive.
///
/// *Invariant:* start <= end, and both lie on character boundaries inside the source that the span was made for.
/// Only parsers make spans, so a rule cannot point at a place that is not there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from byte `start` to byte `end` (exclusive).
    pub(crate) fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forwards: {start}..{end}");
        Self { start: start as u32, end: end as u32 }
    }

    /// An empty span: the place before byte `offset`.
    pub(crate) fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a range of bytes, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether `other` lies within this span (its edges included).
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span before this one.
    #[must_use]
    pub fn head(self) -> Self {
        Self { start: self.start, end: self.start }
    }

    /// The empty span behind this one.
    #[must_use]
    pub fn tail(self) -> Self {
        Self { start: self.end, end: self.end }
    }

    /// The part of this span that stands in its first line.
    pub(crate) fn first_line(self, text: &str) -> Self {
        let slice = &text[self.range()];
        Self::new(self.start(), self.start() + slice.find(['\n', '\r']).unwrap_or(slice.len()))
    }

    /// This span without blanks (and line breaks) at either end; an empty span where there is nothing else.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        Self::trimmed(text, self.range()).unwrap_or_else(|| self.trim_all(text))
    }

    /// A range without blanks at either end, where a letter or a bar stands at both, as it mostly does. Then it is a
    /// span whatever the range was.
    pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Option<Self> {
        let end = range.end;
        let mut bytes = text.as_bytes().get(range)?;
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = bytes {
            bytes = rest;
        }
        let start = end - bytes.len();
        while let [rest @ .., b' ' | b'\t' | b'\n' | b'\r'] = bytes {
            bytes = rest;
        }
        let is_ascii = matches!(bytes, [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~']);
        is_ascii.then(|| Self::new(start, start + bytes.len()))
    }

    /// [`Self::trim`] where nothing is left, or something else stands at an end: it may be a blank of another script.
    #[cold]
    pub(crate) fn trim_all(self, text: &str) -> Self {
        let behind = text[self.range()].trim_start();
        let start = self.end() - behind.len();
        let kept = behind.trim_end();
        if kept.is_empty() { self.head() } else { Self::new(start, start + kept.len()) }
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
