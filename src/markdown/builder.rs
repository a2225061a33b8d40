//! What stands open while a document is built: containers, the section, directives that wait for their block.

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::model::{Block, BlockKind, Document, Item, Reach, Section, SectionId, Within};
use super::rows::OpenTable;
use super::{heading, html, table};
use crate::span::Span;

/// A container that is open.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    pub(super) span: Span,
    /// Of a list: its index among the blocks of the section.
    pub(super) block: usize,
    /// Of an item: its first paragraph, and its task box.
    pub(super) text: Option<Span>,
    /// Of an item: a block has begun, so that later text is not its first paragraph.
    pub(super) has_block: bool,
    pub(super) task: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameKind {
    Quote,
    List,
    Item,
    Footnote,
}

/// The block without blocks inside that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf {
    None,
    /// A paragraph, a row or a heading: what a directive in it speaks of.
    Inline(Reach),
    Table,
    Code,
    Html,
}

/// Builds a document from events.
pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    /// Where the text begins that the parser sees.
    pub(super) base: usize,
    pub(super) document: Document,
    /// Those of the section that is open, which is the last one.
    pub(super) blocks: Vec<Block>,
    pub(super) frames: Vec<Frame>,
    pub(super) quotes: usize,
    pub(super) leaf: Leaf,
    pub(super) table: OpenTable,
    /// HTML that begins with a comment and stands in no container.
    pub(super) comments: Vec<Span>,
    /// Headings that may be a parent: level and section, the levels strictly increasing.
    pub(super) ranks: Vec<(u8, SectionId)>,
    /// A heading that is the header of a table; its rows come as the next paragraph.
    pub(super) hash_header: Option<Span>,
    /// Directives that stand alone and wait for the block behind them, with the number of containers around them.
    pub(super) waiting: Vec<(usize, usize)>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str, base: usize) -> Self {
        let body = Span::new(base, text.len());
        // About as many sections as a spec of this length has: they are large, and growing moves them.
        let mut sections = Vec::with_capacity(8 + body.len() / 256);
        sections.push(Section { heading: None, parent: None, body, blocks: Vec::new() });
        Self {
            text,
            base,
            document: Document { sections, ..Document::default() },
            blocks: Vec::with_capacity(16),
            frames: Vec::new(),
            quotes: 0,
            leaf: Leaf::None,
            table: OpenTable::new(),
            comments: Vec::new(),
            ranks: Vec::new(),
            hash_header: None,
            waiting: Vec::new(),
        }
    }

    /// A range of the parser as a span: inside the text, on character boundaries.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let limit = self.text.len();
        let mut end = (self.base + range.end).min(limit);
        let mut start = (self.base + range.start).min(end);
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end)
    }

    /// The same without blanks at either end.
    pub(super) fn trimmed(&self, range: &Range<usize>) -> Span {
        let within = self.base + range.start..self.base + range.end;
        Span::trimmed(self.text, within).unwrap_or_else(|| self.trimmed_all(range))
    }

    #[cold]
    fn trimmed_all(&self, range: &Range<usize>) -> Span {
        self.span(range).trim_all(self.text)
    }

    pub(super) fn section_id(&self) -> SectionId {
        SectionId(self.document.sections.len() as u32 - 1)
    }

    pub(super) fn within(&self) -> Within {
        match self.frames.last().map(|frame| frame.kind) {
            None => Within::Section,
            Some(FrameKind::Quote) => Within::Quote,
            Some(FrameKind::Item | FrameKind::List) => Within::Item,
            Some(FrameKind::Footnote) => Within::Footnote,
        }
    }

    /// Adds a block and returns its index.
    pub(super) fn push(&mut self, span: Span, kind: BlockKind) -> usize {
        self.flush_hash_header();
        if !self.waiting.is_empty() {
            self.settle(self.frames.len(), Reach::Block(span));
        }
        self.add(span, kind)
    }

    /// Adds raw HTML: a directive that waits does not speak of a comment.
    pub(super) fn push_html(&mut self, span: Span) {
        if self.frames.is_empty() && self.text[span.range()].starts_with("<!--") {
            self.comments.push(span);
        }
        if html::is_comment(self.text, span) {
            self.flush_hash_header();
            self.add(span, BlockKind::Html);
        } else {
            self.push(span, BlockKind::Html);
        }
    }

    pub(super) fn add(&mut self, span: Span, kind: BlockKind) -> usize {
        if let Some(frame) = self.frames.last_mut() {
            frame.has_block = true;
        }
        self.blocks.push(Block { span, within: self.within(), kind });
        self.blocks.len() - 1
    }

    pub(super) fn open(&mut self, kind: FrameKind, span: Span, block: usize) {
        self.frames.push(Frame { kind, span, block, text: None, has_block: false, task: None });
    }

    pub(super) fn close(&mut self) {
        let depth = self.frames.len();
        let Some(frame) = self.frames.pop() else { return };
        if !self.waiting.is_empty() {
            self.settle(depth, Reach::Inline(frame.span));
        }
        match frame.kind {
            FrameKind::Quote => self.quotes -= 1,
            FrameKind::Item => {
                let text = frame.text.map_or(frame.span.tail(), |text| text.trim(self.text));
                let item = Item { span: frame.span, text, task: frame.task };
                let Some(list) = self.frames.last().map(|list| list.block) else { return };
                if let Some(Block { kind: BlockKind::List(list), .. }) = self.blocks.get_mut(list) {
                    list.items.push(item);
                }
            }
            FrameKind::List | FrameKind::Footnote => {}
        }
    }

    /// Text that stands in an item without a paragraph around it.
    pub(super) fn item_text(&mut self, range: &Range<usize>) {
        if self.leaf != Leaf::None {
            return;
        }
        let span = self.span(range);
        if let Some(frame) = self.frames.last_mut()
            && frame.kind == FrameKind::Item
            && !frame.has_block
        {
            frame.text = Some(frame.text.map_or(span, |text| text.cover(span)));
        }
    }

    pub(super) fn opaque(&mut self, span: Span) {
        if self.document.opaque.last().is_none_or(|last| last.end() <= span.start()) {
            self.document.opaque.push(span);
        }
    }

    /// Looks for anchors and directives in HTML. `reach` is what a directive inside a block speaks of; one that stands
    /// alone waits for the block behind it.
    pub(super) fn html(&mut self, span: Span, reach: Option<Reach>) {
        if !self.text[span.range()].starts_with("<!--") || reach.is_none() {
            html::anchors(self.text, span, &mut self.document.anchors);
        }
        self.directives(span, reach);
    }

    /// Gives the directives that wait under so many containers (or more) their reach.
    pub(super) fn settle(&mut self, depth: usize, reach: Reach) {
        while let Some(&(index, waits_at)) = self.waiting.last()
            && waits_at >= depth
        {
            self.document.directives[index].reach = reach;
            self.waiting.pop();
        }
    }

    /// Ends the section that is open. It takes memory for as many blocks as it has.
    pub(super) fn close_section(&mut self, end: usize) {
        let Some(section) = self.document.sections.last_mut() else { return };
        section.body = Span::new(section.body.start(), end.max(section.body.start()));
        section.blocks = Vec::with_capacity(self.blocks.len());
        section.blocks.append(&mut self.blocks);
    }

    pub(super) fn flush_hash_header(&mut self) {
        if let Some(header) = self.hash_header.take() {
            self.add(header, BlockKind::Prose);
        }
    }

    pub(super) fn heading(&mut self, span: Span, level: HeadingLevel) {
        if !self.frames.is_empty() {
            self.leaf = Leaf::Inline(Reach::Inline(span));
            self.push(span, BlockKind::Prose);
            return;
        }
        self.leaf = Leaf::Inline(Reach::Section);
        if level == HeadingLevel::H1 && table::is_hash_header(self.text, span) {
            self.flush_hash_header();
            self.hash_header = Some(span);
            return;
        }
        self.flush_hash_header();
        self.settle(0, Reach::Block(span));
        let level = level as u8;
        let read = heading::read(self.text, span, level);
        self.document.anchors.extend(read.anchor);
        self.close_section(span.start());
        while self.ranks.last().is_some_and(|&(rank, _)| rank >= level) {
            self.ranks.pop();
        }
        let parent = self.ranks.last().map(|&(_, id)| id);
        let body = Span::new(span.end(), self.text.len());
        self.document.sections.push(Section { heading: Some(read.heading), parent, body, blocks: Vec::new() });
        self.ranks.push((level, self.section_id()));
    }
}
