//! Turns the events of the Markdown parser into a [`Document`]. One pass, no recursion: what is open stands on a stack,
//! and a block is written to its section when it begins.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, FrameKind, Leaf};
use super::model::trouble::Trouble;
use super::model::{BlockKind, Document, Link, List, Reach};
use super::{comment, conflict, fence, front, lost, wrapper};
use crate::source::{Source, text_start};
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
    parse_within(source, Span::new(text_start(text), text.len()))
}

/// Reads a part of a text as a document of its own, such as the inside of a wrapper. Its spans are those of the source.
pub fn parse_within(source: &Source, span: Span) -> Document {
    let text = &source.text()[..span.end()];
    let (front_matter, start) = front::read(text, span);
    let mut builder = Builder::new(text, start);
    builder.document.front_matter = front_matter;
    let markdown = with_line_feeds(&text[start..]);
    let mut events = Parser::new_ext(&markdown, OPTIONS).into_offset_iter();
    loop {
        let next = events.next();
        let Some((event, range)) = &next else { break };
        match event {
            Event::Text(CowStr::Borrowed(_) | CowStr::Inlined(_)) => builder.text(range),
            Event::End(tag) => builder.end(*tag),
            Event::Start(Tag::TableCell) => builder.cell(range),
            Event::Start(Tag::TableRow) => builder.open_row(builder.trimmed(range)),
            Event::Start(Tag::Heading { level, .. }) => builder.heading(builder.trimmed(range), *level),
            _ => {
                builder.rare(event, range);
                continue;
            }
        }
        // Most events own nothing: to look for something to free would cost more than many of them do.
        std::mem::forget(next);
    }
    builder.finish()
}

/// A lone `\r` ends a line in CommonMark, but not around fences of the parser: `\n` takes its place, byte for byte.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let is_lone = |at: usize| !text[at + 1..].starts_with('\n');
    if memchr::memchr(b'\r', text.as_bytes()).is_none() || text.match_indices('\r').all(|(at, _)| !is_lone(at)) {
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

impl Builder<'_> {
    /// The events that are rare, or own something.
    fn rare(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let text = self.text;
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::Code(_) | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.opaque(self.span(range));
                self.item_text(range);
            }
            Event::InlineHtml(_) => {
                let span = self.span(range);
                self.opaque(span);
                self.item_text(range);
                self.table.is_odd |= text[span.range()].starts_with("<!--");
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
                let above = self.frames.is_empty().then(|| self.blocks.last()).flatten();
                let lost = above.and_then(|above| lost::above_rule(text, above, span));
                self.document.trouble.extend(lost);
                self.push(span, BlockKind::Rule);
            }
            // What a text owns is no code.
            Event::Text(_) => self.item_text(range),
            Event::End(_) | Event::Html(_) | Event::SoftBreak | Event::HardBreak => {}
        }
    }

    fn text(&mut self, range: &Range<usize>) {
        match self.leaf {
            Leaf::Code => self.code_line(range),
            Leaf::None => self.item_text(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.paragraph(self.trimmed(range)),
            Tag::BlockQuote(_) => {
                let span = self.trimmed(range);
                let block = self.push(span, BlockKind::Quote);
                self.quotes += 1;
                self.open(FrameKind::Quote, span, block);
            }
            Tag::List(start) => {
                let span = self.trimmed(range);
                let block = self.push(span, BlockKind::List(List { start: *start, items: Vec::with_capacity(4) }));
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
            Tag::Table(_) => self.open_table(self.trimmed(range)),
            Tag::TableHead => self.open_header(self.span(range)),
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
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock => self.leaf = Leaf::None,
            TagEnd::TableRow | TagEnd::TableHead => self.close_row(),
            TagEnd::Table => self.close_table(),
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
        self.close_section(end);
        self.settle(0, Reach::Block(Span::at(end)));
        let (text, mut document) = (self.text, self.document);
        if let Some(found) = wrapper::find(text, &document) {
            document.trouble.push(Trouble::Wrapped(found));
        } else {
            document.trouble.extend(fence::troubles(text, &document));
            document.trouble.extend(self.comments.into_iter().filter_map(|span| comment::unclosed(text, span)));
        }
        document.trouble.extend(conflict::troubles(text, self.base, &document));
        document
    }
}
