//! `Key: value` lines, as a header block writes them.

use crate::span::Span;

/// A `Key: value` pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The whole line.
    pub line: Span,
    /// The key.
    pub key: Span,
    /// The value.
    pub value: Span,
    /// How it is written.
    pub form: EntryForm,
}

/// How a pair is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryForm {
    /// `**Version:** 1`
    BoldColonInside,
    /// `**Version**: 1`
    BoldColonOutside,
    /// `Version: 1`
    Plain,
}

/// The pairs in the lines of a quote or a paragraph.
pub fn entries(_text: &str, _span: Span) -> Vec<Entry> {
    Vec::new()
}
