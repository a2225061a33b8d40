//! Blocks of keys and values that may be a version block: quotes, and paragraphs or lists.

use std::cell::OnceCell;

use crate::bind::header::Keys;
use crate::markdown::entry::{Entry, entries};
use crate::markdown::lines::is_gap;
use crate::markdown::model::{BlockKind, Section, Within};
use crate::span::Span;

/// So long is the value of a field of the author's own, in bytes.
const SHORT: usize = 60;

/// A block, or several that follow each other and hold nothing but keys and values.
pub(super) struct Run {
    pub(super) span: Span,
    pub(super) entries: Vec<Entry>,
    /// The fields of the template among the entries, each once.
    pub(super) fields: Vec<usize>,
    /// Whether it holds nothing but keys and values: asked of those alone that follow each other.
    is_pure: OnceCell<bool>,
}

/// Which blocks make a run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Quotes,
    /// Paragraphs and lists.
    Lines,
    /// Both: a line of a quote may have lost its `>`.
    Either,
}

/// What may be a version block in some sections, in the order of the text. A second block with the same fields is not
/// the rest of the first.
pub(super) fn runs<'b>(keys: Keys<'_>, sections: impl Iterator<Item = &'b Section>, kind: Kind) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    for section in sections {
        let mut is_open = false;
        for block in section.blocks.iter().filter(|block| block.within == Within::Section) {
            let makes_one = kind.takes(&block.kind);
            if makes_one {
                let run = Run::new(keys, block.span);
                match found.last_mut() {
                    Some(last) if is_open && last.goes_on_in(&run, keys.text) => last.join(run),
                    _ => found.push(run),
                }
            }
            is_open = makes_one;
        }
    }
    found
}

impl Kind {
    fn takes(self, block: &BlockKind) -> bool {
        match block {
            BlockKind::Quote => self != Self::Lines,
            BlockKind::Prose | BlockKind::List(_) => self != Self::Quotes,
            _ => false,
        }
    }
}

impl Run {
    fn new(keys: Keys<'_>, span: Span) -> Self {
        let entries = entries(keys.text, span);
        let fields = keys.fields_of(&entries);
        Self { span, entries, fields, is_pure: OnceCell::new() }
    }

    fn goes_on_in(&self, next: &Self, text: &str) -> bool {
        let is_other = next.fields.iter().all(|field| !self.fields.contains(field));
        is_other && self.is_pure(text) && next.is_pure(text)
    }

    fn is_pure(&self, text: &str) -> bool {
        // What says more than a few words is no line of a header, unless its key is one.
        let is_short = || self.entries.iter().all(|entry| entry.value.len() <= SHORT);
        let is_pure = || (!self.fields.is_empty() || is_short()) && holds_nothing_but(&self.entries, text, self.span);
        *self.is_pure.get_or_init(is_pure)
    }

    fn join(&mut self, next: Self) {
        self.span = self.span.cover(next.span);
        self.entries.extend(next.entries);
        self.fields.extend(next.fields);
    }
}

/// Whether each line of a block has one of its entries.
fn holds_nothing_but(entries: &[Entry], text: &str, block: Span) -> bool {
    if entries.is_empty() {
        return is_gap(text, block);
    }
    let written = text[block.range()].lines().filter(|line| !line.trim_matches(['>', ' ', '\t']).is_empty());
    let lines = entries.chunk_by(|one, next| one.line == next.line);
    lines.count() == written.count()
}
