//! What of a text Markdown does not read as it was meant.

use crate::span::Span;

/// What is broken beyond a single block.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// A fence that runs to the end of the file, or was closed too late: headings or another fence lie inside.
    UnclosedFence {
        /// The opening fence.
        opening: Span,
        /// The fence inside that shows it, where there is one.
        inner: Option<Span>,
        /// What was meant to close it, and does not.
        closer: Option<Span>,
        /// The headings that it swallowed: their lines.
        swallowed: Vec<Span>,
        /// Where the missing closing fence belongs: before this byte.
        close_before: usize,
    },
    /// A comment that runs to the end of the text, or over headings to the end of the next comment.
    UnclosedComment {
        /// Its first line.
        opening: Span,
        /// The mark that opens the next comment, where that one closed it.
        inner: Option<Span>,
        /// The headings that it hides: their lines.
        swallowed: Vec<Span>,
        /// Where the missing mark belongs: at this byte.
        close_at: usize,
    },
    /// The marks that git leaves around the two sides of a conflict.
    Conflict {
        /// `<<<<<<< ours`.
        opening: Span,
        /// `>>>>>>> theirs`.
        closing: Span,
    },
    /// The whole text stands in a ```` ```markdown ```` fence.
    Wrapped(Wrapper),
    /// Lines that look like a heading and are none: `#Overview`, `\## Overview`, `1. Overview` over dashes, a line of
    /// bold.
    LostHeading {
        /// The lines.
        span: Span,
        /// The name in it.
        name: Span,
        /// What Markdown makes of it.
        shown_as: ShownAs,
    },
}

/// What Markdown makes of a line that was meant as a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownAs {
    /// `#Overview`, `\## Overview`: a paragraph, for a blank is missing, or the mark is escaped.
    Paragraph,
    /// `1. Overview` over dashes: a list and a rule.
    ListAndRule,
    /// `**3. Overview**`: bold text.
    Bold,
    /// `## Overview` behind four blanks: code.
    Code,
}

/// A document inside a ```` ```markdown ```` fence.
#[derive(Debug, Clone)]
pub struct Wrapper {
    /// The opening fence.
    pub opening: Span,
    /// What is inside, up to the fence that was meant to close it.
    pub inner: Span,
    /// The fence that was meant to close it, where there is one.
    pub closing: Option<Span>,
    /// An inner fence that closed it too early, where one did.
    pub closed_early: Option<Span>,
}
