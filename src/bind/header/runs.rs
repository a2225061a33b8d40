//! Blocks of keys and values that may be a version block: quotes, and paragraphs or lists.

use crate::bind::header::Keys;
use crate::markdown::entry::{Entry, entries};
use crate::markdown::lines::is_gap;
use crate::markdown::model::{Block, BlockKind, Section, Within};
use crate::span::Span;

/// So long is the value of a field of the author's own, in bytes.
const SHORT: usize = 60;

/// What may be a version block, in the order of the text.
#[derive(Default)]
pub(super) struct Runs {
    pub(super) quotes: Vec<Run>,
    pub(super) lines: Vec<Run>,
}

/// A block, or several that follow each other and hold nothing but keys and values.
pub(super) struct Run {
    pub(super) span: Span,
    pub(super) entries: Vec<Entry>,
    /// The fields of the template among the entries, each once.
    pub(super) fields: Vec<usize>,
    is_quote: bool,
    /// Whether it holds nothing but keys and values.
    is_pure: bool,
}

/// Whether a quote and lines that follow each other make one run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    Apart,
    /// They do, and count as a quote.
    Mixed,
}

impl Runs {
    /// Those in some sections. A second block with the same fields is not the rest of the first.
    pub(super) fn new<'b>(keys: Keys<'_>, sections: impl Iterator<Item = &'b Section>, kinds: Kinds) -> Self {
        let mut found = Self::default();
        for section in sections {
            let mut open: Option<Run> = None;
            for block in section.blocks.iter().filter(|block| block.within == Within::Section) {
                match (&mut open, Run::new(keys, block, kinds)) {
                    (Some(open), Some(run)) if open.goes_on_in(&run) => open.join(run),
                    (open, run) => found.extend(std::mem::replace(open, run)),
                }
            }
            found.extend(open);
        }
        found
    }

    fn extend(&mut self, run: Option<Run>) {
        let Some(run) = run else { return };
        if run.is_quote { self.quotes.push(run) } else { self.lines.push(run) }
    }
}

impl Run {
    fn new(keys: Keys<'_>, block: &Block, kinds: Kinds) -> Option<Self> {
        let is_quote = match &block.kind {
            BlockKind::Quote => true,
            BlockKind::Prose | BlockKind::List(_) => kinds == Kinds::Mixed,
            _ => return None,
        };
        let entries = entries(keys.text, block.span);
        let fields = keys.fields_of(&entries);
        // What says more than a few words is no line of a header, unless its key is one.
        let is_short = entries.iter().all(|entry| entry.value.len() <= SHORT);
        let is_pure = (is_short || !fields.is_empty()) && holds_nothing_but(&entries, keys.text, block.span);
        Some(Self { span: block.span, entries, fields, is_quote, is_pure })
    }

    fn goes_on_in(&self, next: &Self) -> bool {
        let is_alike = self.is_quote == next.is_quote && self.is_pure && next.is_pure;
        is_alike && next.fields.iter().all(|field| !self.fields.contains(field))
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
