//! What a Markdown text holds: a flat list of sections with their blocks, as spans into the source.
//!
//! Nothing here is an error. What is broken stands as a fact ([`Trouble`], [`Broken`]) for a rule to put into words.

pub mod trouble;

use crate::directive::Directive;
use crate::markdown::model::trouble::Trouble;
use crate::span::Span;

/// A parsed Markdown text.
///
/// *Invariant:* `sections[0]` is what stands above the first heading, and has no heading. Sections follow each other
/// in the order of the text, each ending where the next one begins.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// YAML or TOML between `---` or `+++` at the very start.
    pub front_matter: Option<FrontMatter>,
    /// All sections, in the order of the text.
    pub sections: Vec<Section>,
    /// Its code blocks, in the order of the text.
    pub code: Vec<BlockId>,
    /// What is broken beyond a single table.
    pub trouble: Vec<Trouble>,
    /// The `infralint:` comments.
    pub directives: Vec<PlacedDirective>,
    /// Inline code, links, images, footnotes and raw HTML: what is no prose. Sorted and disjoint.
    pub opaque: Vec<Span>,
    /// Links and images with their targets.
    pub links: Vec<Link>,
    /// Ids that the text sets itself: `<a id="x">`, `{#x}`. The span is the id.
    pub anchors: Vec<Span>,
}

/// Index of a section in [`Document::sections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub(crate) u32);

impl SectionId {
    /// What stands above the first heading.
    pub const TOP: Self = Self(0);

    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Index of a block: its section, and its place in [`Section::blocks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId {
    /// The section.
    pub section: SectionId,
    /// Index into its blocks.
    pub block: u32,
}

/// Front matter: handled by us, because a Markdown parser looks for it anywhere in the text.
#[derive(Debug, Clone)]
pub struct FrontMatter {
    /// With its fences.
    pub span: Span,
    /// What is between them.
    pub body: Span,
}

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Debug, Clone)]
pub struct Section {
    /// `None` only for the part above the first heading.
    pub heading: Option<Heading>,
    /// The nearest heading above of a higher rank (a smaller level).
    pub parent: Option<SectionId>,
    /// From behind the heading to the next heading of any level, or to the end.
    pub body: Span,
    /// What stands in it, outermost first where blocks nest.
    pub blocks: Vec<Block>,
}

/// A heading, taken apart.
#[derive(Debug, Clone)]
pub struct Heading {
    /// All of it, without the line break behind it.
    pub span: Span,
    /// Without the markers (`##`, the underline), trimmed.
    pub text: Span,
    /// 1 to 6.
    pub level: u8,
    /// `## x` or underlined.
    pub form: HeadingForm,
    /// `2.` of `2. Overview`, `3.1` of `3.1 Access`.
    pub number: Option<Number>,
    /// `Deployment Topology Diagram` of `## 2. Deployment Topology Diagram (REQUIRED)`: without number, note, emoji
    /// in front and closing emphasis.
    pub name: Span,
    /// `(REQUIRED)`.
    pub note: Option<Span>,
    /// [`crate::text::normal`] of the plain text of the name.
    pub normal: String,
}

/// How a heading is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingForm {
    /// `## Name`, perhaps closed by `##`.
    Atx,
    /// Underlined with `===` or `---`.
    Setext,
}

/// The number in front of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// `2.`, `3.1`, `4)`: with the punctuation behind it, without the blank.
    pub span: Span,
    /// How many parts: 1 for `2.`, 2 for `3.1`.
    pub depth: u8,
    /// The last part, and its span.
    pub last: u32,
    /// Where the last part stands.
    pub last_span: Span,
}

/// Something in a section.
#[derive(Debug, Clone)]
pub struct Block {
    /// Without the line break behind it.
    pub span: Span,
    /// The container it stands in, if any: the block still counts for the section.
    pub within: Within,
    /// What it is.
    pub kind: BlockKind,
}

impl Block {
    /// The code block that it is, if it is one.
    pub fn code(&self) -> Option<&CodeBlock> {
        match &self.kind {
            BlockKind::Code(code) => Some(code),
            _ => None,
        }
    }

    /// The table that it is, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// The innermost container of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// None.
    Section,
    /// A block quote.
    Quote,
    /// A list item.
    Item,
    /// A footnote definition.
    Footnote,
}

/// What a block is.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// A table, or lines that were meant to be one.
    Table(Table),
    /// A fenced or indented code block.
    Code(CodeBlock),
    /// A list; its items' blocks follow it in [`Section::blocks`].
    List(List),
    /// A paragraph.
    Prose,
    /// A block quote; the blocks in it follow.
    Quote,
    /// Raw HTML, comments too.
    Html,
    /// `---`.
    Rule,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// The row of names.
    pub header: Row,
    /// `|---|---|`.
    pub delimiter: Span,
    /// The rows below.
    pub rows: Vec<Row>,
    /// The cells of all rows, one after another; a row knows which are its own.
    pub(crate) cells: Vec<Span>,
    /// Why Markdown shows no table, or cuts it.
    pub broken: Option<Broken>,
}

/// A row of a table, as written.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The whole line, without its line break and indent.
    pub span: Span,
    /// How many cells are written: fewer or more than the header's make the row ragged.
    pub written: u32,
    pub(crate) first: u32,
}

impl Table {
    /// The cells of a row as they are written: trimmed, an empty one is an empty span. Surplus cells are kept.
    pub fn cells(&self, row: &Row) -> &[Span] {
        &self.cells[row.first as usize..(row.first + row.written) as usize]
    }

    /// The cell of a row under a column (from 0), where it is written.
    pub fn cell(&self, row: &Row, column: usize) -> Option<Span> {
        self.cells(row).get(column).copied()
    }

    /// Whether any cell is empty.
    pub fn has_empty_cell(&self) -> bool {
        self.cells.iter().any(|cell| cell.is_empty())
    }

    /// How many columns the header has.
    pub fn columns(&self) -> usize {
        self.header.written as usize
    }
}

/// Why a table is not shown as one.
#[derive(Debug, Clone)]
pub enum Broken {
    /// Header and delimiter row have different numbers of cells: Markdown shows a paragraph.
    Delimiter {
        /// Cells in the delimiter row.
        cells: u32,
    },
    /// There is no delimiter row at all below lines of cells.
    NoDelimiter,
    /// A blank line cuts rows off.
    Cut {
        /// The blank lines.
        gap: Span,
        /// The rows behind them (they are among [`Table::rows`], too).
        rows: Span,
    },
    /// The header has no outer pipes and begins with `#`: Markdown shows a heading.
    HashHeader,
}

/// A code block.
#[derive(Debug, Clone)]
pub struct CodeBlock {
    /// The first word of the info string, as written; an empty span where there is none.
    pub language: Span,
    /// The whole info string, trimmed.
    pub info: Span,
    /// The lines inside, without the prefixes of containers; one span where they are one slice. Line breaks included.
    pub body: Vec<Span>,
    /// Fences, or none for an indented block.
    pub fence: Option<Fence>,
}

/// The fences of a code block.
#[derive(Debug, Clone, Copy)]
pub struct Fence {
    /// The opening fence with its info string, without the line break.
    pub opening: Span,
    /// The closing fence; `None` where the block runs to the end of its container.
    pub closing: Option<Span>,
}

/// A list.
#[derive(Debug, Clone)]
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<u64>,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// All of it, marker included.
    pub span: Span,
    /// Its first paragraph, without marker and task box; empty where there is none.
    pub text: Span,
    /// Whether it has a task box, and whether that is ticked.
    pub task: Option<bool>,
}

/// A link or an image.
#[derive(Debug, Clone)]
pub struct Link {
    /// All of it.
    pub span: Span,
    /// Where it leads, unescaped.
    pub target: String,
}

/// An `infralint:` comment and what it stands before.
#[derive(Debug, Clone)]
pub struct PlacedDirective {
    /// The comment itself.
    pub span: Span,
    /// The section it stands in.
    pub section: SectionId,
    /// What it speaks of.
    pub reach: Reach,
    /// What it says.
    pub directive: Directive,
}

/// What a directive speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It stands above the first heading, or under the title: the whole document.
    Document,
    /// It is the first thing under a heading: that section and all below it.
    Section,
    /// It stands alone before a block: that block.
    Block(Span),
    /// It stands inside a cell, an item or a paragraph: that row, item or paragraph.
    Inline(Span),
}

impl Document {
    /// The section with this id.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.index()]
    }

    /// The block with this id.
    pub fn block(&self, id: BlockId) -> &Block {
        &self.section(id.section).blocks[id.block as usize]
    }

    /// All sections with their ids.
    pub fn sections(&self) -> impl DoubleEndedIterator<Item = (SectionId, &Section)> {
        self.sections.iter().enumerate().map(|(index, section)| (SectionId(index as u32), section))
    }

    /// The headings, with the ids of their sections.
    pub fn headings(&self) -> impl DoubleEndedIterator<Item = (SectionId, &Heading)> {
        self.sections().filter_map(|(id, section)| section.heading.as_ref().map(|heading| (id, heading)))
    }

    /// The blocks of a section with their ids, those of its sub-sections left out.
    pub fn blocks(&self, section: SectionId) -> impl DoubleEndedIterator<Item = (BlockId, &Block)> {
        self.section(section)
            .blocks
            .iter()
            .enumerate()
            .map(move |(block, value)| (BlockId { section, block: block as u32 }, value))
    }

    /// The code blocks, with their ids.
    pub fn code_blocks(&self) -> impl Iterator<Item = (BlockId, &Block, &CodeBlock)> {
        self.code.iter().filter_map(|&id| {
            let block = self.block(id);
            block.code().map(|code| (id, block, code))
        })
    }

    /// The section in which a byte stands.
    pub fn section_at(&self, offset: usize) -> SectionId {
        let after = self
            .sections
            .partition_point(|section| section.heading.as_ref().map_or(0, |heading| heading.span.start()) <= offset);
        SectionId(after.saturating_sub(1) as u32)
    }

    /// Whether a span touches inline code, a link, an image, a footnote or HTML.
    pub fn is_opaque(&self, span: Span) -> bool {
        let after = self.opaque.partition_point(|opaque| opaque.end() <= span.start());
        self.opaque.get(after).is_some_and(|opaque| opaque.overlaps(span))
    }
}
