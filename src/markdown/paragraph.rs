//! Paragraphs, and those among them that were meant as a table.

use memchr::memchr;

use super::builder::{Builder, FrameKind, Leaf};
use super::lines::is_gap;
use super::model::{Block, BlockKind, Reach};
use super::{html, lost, table};
use crate::span::Span;

impl Builder<'_> {
    pub(super) fn paragraph(&mut self, span: Span) {
        if let Some(frame) = self.frames.last_mut()
            && frame.kind == FrameKind::Item
            && frame.text.is_none()
            && !frame.has_block
        {
            frame.text = Some(span);
            frame.has_block = true;
            self.leaf = Leaf::Inline(Reach::Inline(frame.span));
            return;
        }
        self.leaf = Leaf::Inline(Reach::Inline(span));
        if memchr(b'|', &self.text.as_bytes()[span.range()]).is_some() && self.broken_table(span) {
            return;
        }
        if self.frames.is_empty() {
            self.document.trouble.extend(lost::in_paragraph(self.text, span));
        }
        self.push(span, BlockKind::Prose);
    }

    /// Whether a paragraph was meant as a table, or as rows of the one above; then it is added as such.
    pub(super) fn broken_table(&mut self, span: Span) -> bool {
        let (text, quotes) = (self.text, self.quotes);
        if let Some(header) = self.hash_header.take() {
            self.push_table(table::with_hash_header(text, header, span));
            return true;
        }
        let within = self.within();
        let blocks = &mut self.blocks;
        let count = blocks.len();
        // A comment below the last row cuts a table as a blank line does.
        let above = match blocks.last() {
            Some(Block { kind: BlockKind::Html, span, .. }) if html::is_comment(text, *span) => count.checked_sub(2),
            _ => count.checked_sub(1),
        };
        let above = above.map(|at| &mut blocks[at]).filter(|block| block.within == within);
        let (header, mut rest) = match above {
            Some(Block { span: table_span, kind: BlockKind::Table(table), .. })
                if text[span.range()].starts_with('|') =>
            {
                let gap = Span::new(table_span.end(), span.start());
                let adjoining = is_gap(text, gap) || table::is_comment_gap(text, gap);
                let own = table::find(text, span, quotes).filter(|own| own.table.columns() != table.columns());
                if own.is_none()
                    && adjoining
                    && let Some((rows, rest)) = table::append(text, table, gap, span, quotes)
                {
                    *table_span = table_span.cover(rows);
                    match rest {
                        None => return true,
                        Some(rest) => (None, Some(rest)),
                    }
                } else {
                    (None, None)
                }
            }
            Some(Block { span: header, kind: BlockKind::Prose, .. }) => (Some(*header), None),
            _ => (None, None),
        };
        if let Some(rest) = rest.take() {
            self.push(rest, BlockKind::Prose);
            return true;
        }
        if let Some(found) = header.and_then(|header| table::with_cut_header(text, header, span, quotes)) {
            self.blocks.pop();
            self.push_table(found);
            return true;
        }
        let Some(found) = table::find(text, span, quotes) else { return false };
        self.push_table(found);
        true
    }

    pub(super) fn push_table(&mut self, found: table::Found) {
        if let Some(before) = found.before {
            self.push(before, BlockKind::Prose);
        }
        self.push(found.span, BlockKind::Table(found.table));
        if let Some(after) = found.after {
            self.push(after, BlockKind::Prose);
        }
    }
}
