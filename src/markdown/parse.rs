//! Turns the events of the Markdown parser into a [`Document`]. One pass, no recursion: what is open stands on a stack,
//! and a block is written to its section when it begins.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::lines::{behind_break, end_of_line, inner, is_gap};
use super::model::{
    Block, BlockKind, CodeBlock, Document, Fence, Item, Link, List, Reach, Row, Section, SectionId, Table, Trouble,
    Within,
};
use super::{fence, front, heading, html, lost, place, table, wrapper};
use crate::source::Source;
use crate::span::Span;

/// What we read beyond CommonMark. Metadata blocks are off because they match anywhere in a text; heading attributes
/// because they eat placeholders (`## Cost {X}`).
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_GFM);

/// Reads a whole text.
pub fn parse(source: &Source) -> Document {
    let text = source.text();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    parse_within(source, Span::new(start, text.len()))
}

/// Reads a part of a text as a document of its own, such as the inside of a wrapper. Its spans are those of the source.
pub fn parse_within(source: &Source, span: Span) -> Document {
    let text = &source.text()[..span.end()];
    let (front_matter, start) = front::read(text, span);
    let mut builder = Builder::new(text, start);
    builder.document.front_matter = front_matter;
    let markdown = with_line_feeds(&text[start..]);
    for (event, range) in Parser::new_ext(&markdown, OPTIONS).into_offset_iter() {
        builder.event(&event, &range);
    }
    builder.finish()
}

/// A lone `\r` ends a line in CommonMark, but not around fences of the parser: `\n` takes its place, byte for byte.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let is_lone = |at: usize| !text[at + 1..].starts_with('\n');
    if !text.contains('\r') || text.match_indices('\r').all(|(at, _)| !is_lone(at)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices('\r').filter(|&(at, _)| is_lone(at)) {
        out.push_str(&text[from..at]);
        out.push('\n');
        from = at + 1;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// A container that is open.
#[derive(Debug)]
struct Frame {
    kind: FrameKind,
    span: Span,
    /// Of a list: its index among the blocks of the section.
    block: usize,
    /// Of an item: its first paragraph, and its task box.
    text: Option<Span>,
    /// Of an item: a block has begun, so that later text is not its first paragraph.
    has_block: bool,
    task: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FrameKind {
    Quote,
    List,
    Item,
    Footnote,
}

/// The block without blocks inside that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaf {
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
    base: usize,
    pub(super) document: Document,
    frames: Vec<Frame>,
    quotes: usize,
    leaf: Leaf,
    /// Headings that may be a parent: level and section, the levels strictly increasing.
    ranks: Vec<(u8, SectionId)>,
    /// A heading that is the header of a table; its rows come as the next paragraph.
    hash_header: Option<Span>,
    /// Directives that stand alone and wait for the block behind them, with the number of containers around them.
    waiting: Vec<(usize, usize)>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, base: usize) -> Self {
        let body = Span::new(base, text.len());
        let top = Section { heading: None, parent: None, body, blocks: Vec::new() };
        Self {
            text,
            base,
            document: Document { sections: vec![top], ..Document::default() },
            frames: Vec::new(),
            quotes: 0,
            leaf: Leaf::None,
            ranks: Vec::new(),
            hash_header: None,
            waiting: Vec::new(),
        }
    }

    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let text = self.text;
        match event {
            Event::Text(_) => match self.leaf {
                Leaf::Code => self.code_line(range),
                Leaf::None => self.item_text(range),
                _ => {}
            },
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Code(_) | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.opaque(self.span(range));
                self.item_text(range);
            }
            Event::InlineHtml(_) => {
                let span = self.span(range);
                self.opaque(span);
                self.item_text(range);
                let reach = match self.leaf {
                    Leaf::Inline(reach) => reach,
                    _ => Reach::Inline(self.frames.last().map_or(span, |frame| frame.span)),
                };
                self.html(span, Some(reach));
            }
            Event::TaskListMarker(ticked) => {
                self.opaque(self.span(range));
                if let Some(frame) = self.frames.iter_mut().rfind(|frame| frame.kind == FrameKind::Item) {
                    frame.task = Some(*ticked);
                }
            }
            Event::Rule => {
                let span = self.trimmed(range);
                let above = self.frames.is_empty().then(|| self.blocks().last()).flatten();
                let lost = above.and_then(|above| lost::above_rule(text, above, span));
                self.document.trouble.extend(lost);
                self.push(span, BlockKind::Rule);
            }
            Event::Html(_) | Event::SoftBreak | Event::HardBreak => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.paragraph(self.trimmed(range)),
            Tag::Heading { level, .. } => self.heading(self.trimmed(range), *level),
            Tag::BlockQuote(_) => {
                let span = self.trimmed(range);
                let block = self.push(span, BlockKind::Quote);
                self.quotes += 1;
                self.open(FrameKind::Quote, span, block);
            }
            Tag::List(start) => {
                let span = self.trimmed(range);
                let block = self.push(span, BlockKind::List(List { start: *start, items: Vec::new() }));
                self.open(FrameKind::List, span, block);
            }
            Tag::Item => self.open(FrameKind::Item, self.trimmed(range), 0),
            Tag::FootnoteDefinition(_) => {
                let span = self.trimmed(range);
                let label = self.text[span.range()]
                    .find("]:")
                    .map_or(span, |end| Span::new(span.start(), span.start() + end + 2));
                self.opaque(label);
                self.open(FrameKind::Footnote, span, 0);
            }
            Tag::CodeBlock(kind) => self.code(self.span(range), kind),
            Tag::HtmlBlock => {
                let span = self.trimmed(range);
                self.opaque(span);
                self.html(span, None);
                self.push_html(span);
                self.leaf = Leaf::Html;
            }
            Tag::Table(_) => {
                let span = self.trimmed(range);
                let table = Table {
                    header: Row { span, written: 0, first: 0 },
                    delimiter: span.tail(),
                    rows: Vec::new(),
                    cells: Vec::new(),
                    broken: None,
                };
                self.push(span, BlockKind::Table(table));
                self.leaf = Leaf::Table;
            }
            Tag::TableHead => self.table_head(self.span(range)),
            Tag::TableRow => self.table_row(self.trimmed(range)),
            Tag::TableCell => {}
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let span = self.span(range);
                self.opaque(span);
                self.item_text(range);
                self.document.links.push(Link { span, target: dest_url.to_string() });
            }
            _ => self.item_text(range),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock | TagEnd::Table => self.leaf = Leaf::None,
            TagEnd::TableRow | TagEnd::TableHead => self.leaf = Leaf::Table,
            TagEnd::CodeBlock => {
                self.leaf = Leaf::None;
                self.close_code();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => self.close(),
            _ => {}
        }
    }

    fn finish(mut self) -> Document {
        self.flush_hash_header();
        let end = self.text.len();
        if let Some(section) = self.document.sections.last_mut() {
            section.body = Span::new(section.body.start(), end);
        }
        self.settle(0, Reach::Block(Span::at(end)));
        let document = &mut self.document;
        match wrapper::find(self.text, &document.sections) {
            Some(found) => document.trouble.push(Trouble::Wrapped(found)),
            None => document.trouble.extend(fence::troubles(self.text, &document.sections)),
        }
        self.document
    }

    /// A range of the parser as a span: inside the text, on character boundaries.
    fn span(&self, range: &Range<usize>) -> Span {
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

    fn trimmed(&self, range: &Range<usize>) -> Span {
        self.span(range).trim(self.text)
    }

    pub(super) fn section_id(&self) -> SectionId {
        SectionId(self.document.sections.len() as u32 - 1)
    }

    pub(super) fn section(&mut self) -> &mut Section {
        let last = self.document.sections.len() - 1;
        &mut self.document.sections[last]
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        &mut self.section().blocks
    }

    fn within(&self) -> Within {
        match self.frames.last().map(|frame| frame.kind) {
            None => Within::Section,
            Some(FrameKind::Quote) => Within::Quote,
            Some(FrameKind::Item | FrameKind::List) => Within::Item,
            Some(FrameKind::Footnote) => Within::Footnote,
        }
    }

    /// Adds a block and returns its index.
    fn push(&mut self, span: Span, kind: BlockKind) -> usize {
        self.flush_hash_header();
        if !self.waiting.is_empty() {
            self.settle(self.frames.len(), Reach::Block(span));
        }
        self.add(span, kind)
    }

    /// Adds raw HTML: a directive that waits does not speak of a comment.
    fn push_html(&mut self, span: Span) {
        if html::is_comment(self.text, span) {
            self.flush_hash_header();
            self.add(span, BlockKind::Html);
        } else {
            self.push(span, BlockKind::Html);
        }
    }

    fn add(&mut self, span: Span, kind: BlockKind) -> usize {
        if let Some(frame) = self.frames.last_mut() {
            frame.has_block = true;
        }
        let within = self.within();
        let blocks = self.blocks();
        blocks.push(Block { span, within, kind });
        blocks.len() - 1
    }

    fn open(&mut self, kind: FrameKind, span: Span, block: usize) {
        self.frames.push(Frame { kind, span, block, text: None, has_block: false, task: None });
    }

    fn close(&mut self) {
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
                if let Some(Block { kind: BlockKind::List(list), .. }) = self.blocks().get_mut(list) {
                    list.items.push(item);
                }
            }
            FrameKind::List | FrameKind::Footnote => {}
        }
    }

    /// Text that stands in an item without a paragraph around it.
    fn item_text(&mut self, range: &Range<usize>) {
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
    fn html(&mut self, span: Span, reach: Option<Reach>) {
        if !self.text[span.range()].starts_with("<!--") || reach.is_none() {
            html::anchors(self.text, span, &mut self.document.anchors);
        }
        let depth = self.frames.len();
        place::directives(self.text, span, reach, depth, &mut self.document, &mut self.waiting);
    }

    /// Gives the directives that wait under so many containers (or more) their reach.
    fn settle(&mut self, depth: usize, reach: Reach) {
        while let Some(&(index, waits_at)) = self.waiting.last()
            && waits_at >= depth
        {
            self.document.directives[index].reach = reach;
            self.waiting.pop();
        }
    }

    fn flush_hash_header(&mut self) {
        if let Some(header) = self.hash_header.take() {
            self.add(header, BlockKind::Prose);
        }
    }

    fn heading(&mut self, span: Span, level: HeadingLevel) {
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
        let section = self.section();
        section.body = Span::new(section.body.start(), span.start().max(section.body.start()));
        while self.ranks.last().is_some_and(|&(rank, _)| rank >= level) {
            self.ranks.pop();
        }
        let parent = self.ranks.last().map(|&(_, id)| id);
        let body = Span::new(span.end(), self.text.len());
        self.document.sections.push(Section { heading: Some(read.heading), parent, body, blocks: Vec::new() });
        self.ranks.push((level, self.section_id()));
    }

    fn paragraph(&mut self, span: Span) {
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
        if self.text[span.range()].contains('|') && self.broken_table(span) {
            return;
        }
        if self.frames.is_empty() {
            self.document.trouble.extend(lost::in_paragraph(self.text, span));
        }
        self.push(span, BlockKind::Prose);
    }

    /// Whether a paragraph was meant as a table, or as rows of the one above; then it is added as such.
    fn broken_table(&mut self, span: Span) -> bool {
        let (text, quotes) = (self.text, self.quotes);
        if let Some(header) = self.hash_header.take() {
            self.push_table(table::with_hash_header(text, header, span));
            return true;
        }
        let within = self.within();
        let blocks = self.blocks();
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
            self.blocks().pop();
            self.push_table(found);
            return true;
        }
        let Some(found) = table::find(text, span, quotes) else { return false };
        self.push_table(found);
        true
    }

    fn push_table(&mut self, found: table::Found) {
        if let Some(before) = found.before {
            self.push(before, BlockKind::Prose);
        }
        self.push(found.span, BlockKind::Table(found.table));
        if let Some(after) = found.after {
            self.push(after, BlockKind::Prose);
        }
    }

    /// The table that is open: the last block.
    fn table(&mut self) -> Option<&mut Table> {
        match self.blocks().last_mut() {
            Some(Block { kind: BlockKind::Table(table), .. }) => Some(table),
            _ => None,
        }
    }

    fn table_head(&mut self, head: Span) {
        let (text, quotes) = (self.text, self.quotes);
        let below = Span::new(head.end(), end_of_line(text, head.end()));
        let head = head.trim(text);
        self.leaf = Leaf::Inline(Reach::Inline(head));
        let whole = self.blocks().last().map_or(head, |block| block.span);
        let Some(table) = self.table() else { return };
        // Rows are about as long as the header: memory for all of them at once.
        let rows = (whole.len() / head.len().max(1)).min(64);
        table.cells.reserve(rows * 4);
        table.rows.reserve(rows.saturating_sub(1));
        table.delimiter = inner(text, below, quotes);
        table.header = table::row(text, head, &mut table.cells);
    }

    fn table_row(&mut self, span: Span) {
        let text = self.text;
        self.leaf = Leaf::Inline(Reach::Inline(span));
        if let Some(table) = self.table() {
            let row = table::row(text, span, &mut table.cells);
            table.rows.push(row);
        }
    }

    fn code(&mut self, span: Span, kind: &CodeBlockKind<'_>) {
        let text = self.text;
        let mut block = CodeBlock { language: span.head(), info: span.head(), body: Vec::new(), fence: None };
        let mut span = span;
        if matches!(kind, CodeBlockKind::Fenced(_)) {
            span = span.trim(text);
            let opening = Span::new(span.start(), end_of_line(text, span.start())).trim(text);
            let mark = text.as_bytes().get(opening.start()).copied().unwrap_or(b'`');
            let length = text[opening.range()].bytes().take_while(|&byte| byte == mark).count();
            block.info = Span::new(opening.start() + length, opening.end()).trim(text);
            let word = text[block.info.range()].split_whitespace().next().map_or(0, str::len);
            block.language = Span::new(block.info.start(), block.info.start() + word);
            block.fence = Some(Fence { opening, closing: None });
        }
        self.push(span, BlockKind::Code(block));
        self.leaf = Leaf::Code;
    }

    fn code_line(&mut self, range: &Range<usize>) {
        let span = self.span(range);
        let text = self.text;
        let Some(Block { kind: BlockKind::Code(code), .. }) = self.blocks().last_mut() else { return };
        match code.body.last_mut() {
            // The parser leaves the `\r` of a line break out.
            Some(last) if last.end() == span.start() || &text[last.end()..span.start().max(last.end())] == "\r" => {
                *last = last.cover(span);
            }
            _ => code.body.push(span),
        }
    }

    /// Finds the closing fence: what stands in the block behind its last line.
    fn close_code(&mut self) {
        let (text, quotes) = (self.text, self.quotes);
        let Some(Block { span, kind: BlockKind::Code(code), .. }) = self.blocks().last_mut() else { return };
        let Some(fence) = &mut code.fence else {
            if let (Some(first), Some(last)) = (code.body.first(), code.body.last()) {
                *span = first.cover(*last).trim(text);
            }
            return;
        };
        let opening = text[fence.opening.range()].as_bytes();
        let mark = opening.first().copied().unwrap_or(b'`');
        let length = opening.iter().take_while(|&&byte| byte == mark).count();
        let behind = code.body.last().map_or_else(|| behind_break(text, fence.opening.end()), |last| last.end());
        let Some(rest) = (behind <= span.end()).then(|| Span::new(behind, span.end())) else { return };
        let line = inner(text, rest, quotes);
        let closes = line.len() >= length && text[line.range()].bytes().all(|byte| byte == mark);
        fence.closing = closes.then_some(line);
    }
}
