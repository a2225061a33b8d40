//! What of a template was found where in a document: the value that all rules read.

pub mod contents;

use std::borrow::Cow;

use crate::bind::model::contents::Contents;
use crate::bind::topology::model::Topology;
use crate::markdown::entry::Entry;
use crate::markdown::model::{BlockId, PlacedDirective, SectionId};
use crate::span::Span;
use crate::template::model::{ContentId, SpecId};

/// A template bound to a document.
///
/// One mistake yields one answer, hence one finding: what is `Silent` is the consequence of something that another
/// answer already says.
#[derive(Debug, Default)]
pub struct Binding {
    /// The heading above the sections.
    pub title: Option<SectionId>,
    /// The version block.
    pub header: BoundHeader,
    /// The level on which most sections of the template stand in this document.
    pub section_level: u8,
    /// By [`SpecId`]: where each section of the template stands.
    pub sections: Vec<Match<SectionId>>,
    /// By [`SectionId`]: what a section of the document answers. Duplicates answer, too.
    pub answers: Vec<Option<SpecId>>,
    /// Further sections of the document that answer one of the template, which another one answers already.
    pub copies: Vec<(SpecId, SectionId)>,
    /// By [`SectionId`]: the bound section in whose extent it stands (itself, where it is bound), so that blocks
    /// under headings of the author's own count for the section around them.
    pub owners: Vec<Option<SpecId>>,
    /// What of the contents of all sections was found.
    pub contents: Contents,
    /// What the diagrams draw that must show layers. A diagram that cannot be read in full has none.
    pub topologies: Vec<Topology>,
    /// The *Not applicable* lines.
    pub waivers: Vec<Waiver>,
    /// The `infralint:` comments, those inside diagrams too.
    pub directives: Vec<PlacedDirective>,
}

/// How a requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match<Id> {
    /// It is there.
    Found(Answer<Id>),
    /// It is declared not applicable by the waiver with this index.
    NotApplicable(usize),
    /// It is not there, and that deserves a word.
    Missing(Anchor),
    /// It is not there, and something else already says why; or it is optional.
    Silent,
}

/// Something that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<Id> {
    /// Where.
    pub at: Id,
    /// By which name.
    pub name: Named,
    /// Whether that is its place.
    pub place: Place,
}

/// By which name something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// Its own.
    Exact,
    /// One that the template accepts.
    Alias,
    /// One that is probably meant.
    Near,
}

/// Where something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Where it belongs.
    Here,
    /// Under another heading than the template's.
    WrongParent,
    /// On another level than its siblings.
    WrongLevel,
}

/// Where a missing thing is spoken of, and where a fix inserts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The place to point at: never 1:1 unless nothing else is there.
    pub label: Span,
    /// What stands at that place, in terms of what is missing.
    pub side: Side,
    /// The byte before which it would be inserted.
    pub insert: usize,
}

/// How the labelled place and the missing thing lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It belongs after the labelled section (or line).
    After,
    /// It belongs inside the labelled section.
    Inside,
    /// Its content stands at the label, without the heading.
    Content,
    /// It stands at the label, but Markdown shows it as something else.
    Lost,
}

/// The version block.
#[derive(Debug, Default)]
pub struct BoundHeader {
    /// Where it is.
    pub state: HeaderState,
    /// By field of the template.
    pub fields: Vec<BoundField>,
    /// All of its lines, those with keys of the author's own, too.
    pub entries: Vec<Entry>,
    /// Where the header or a field of it is missing: lines with its key that stand apart, with the index of the field.
    pub strays: Vec<(usize, FieldLine)>,
}

/// Where the version block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeaderState {
    /// The template asks for none.
    #[default]
    NotAsked,
    /// In the template's form, where it belongs.
    Here(Span),
    /// Recognised, but in another form.
    WrongForm {
        /// The lines.
        span: Span,
        /// Which form it has.
        form: FoundForm,
        /// Before this byte the right form would be inserted.
        insert: usize,
    },
    /// Nowhere.
    Missing(Anchor),
}

/// A form of a version block that is not the template's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundForm {
    /// Lines outside a quote.
    Lines,
    /// Lines in a quote, but written otherwise (`**Version**: 1.0.0`).
    QuotedLines,
    /// Front matter.
    FrontMatter,
    /// A table.
    Table,
    /// At the end of the document.
    Footer,
}

/// A field of the version block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoundField {
    /// It is there; of several lines the first counts.
    Found(FieldLine),
    /// It is not there; a line with a near name may be.
    Missing {
        /// Where to point and where to insert.
        anchor: Anchor,
        /// A key that may be meant.
        near: Option<Span>,
    },
    /// The header is missing as a whole, or the field is optional.
    Silent,
}

/// A line of the version block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLine {
    /// The whole line (without a quote's `>`).
    pub line: Span,
    /// The key.
    pub key: Span,
    /// The value, without emphasis or quotes around it; an empty span where there is none.
    pub value: Span,
    /// By which name.
    pub name: Named,
    /// Whether the line has the template's form.
    pub in_form: bool,
    /// Further lines with this key.
    pub again: Vec<Span>,
}

/// One of the things that a section must hold.
#[derive(Debug)]
pub struct BoundContent {
    /// Where it is. Of diagrams this is the first one; one that stands in another section, but draws what this one
    /// must, is [`Place::WrongParent`].
    pub found: Match<BlockId>,
    /// All blocks that answer, where several do (diagrams).
    pub blocks: Vec<BlockId>,
    /// Where nothing answers: what stands there instead, in the order of the document.
    pub instead: Vec<BlockId>,
    /// The columns and rows, where it is a table.
    pub table: Option<BoundTable>,
    /// The entries, where it is a log.
    pub log: Option<BoundLog>,
}

/// A table of the document that answers a table of the template.
#[derive(Debug)]
pub struct BoundTable {
    /// By column of the template: the column of the document. Borrowed where these are the first ones, by their own
    /// names and in their order, as in most tables.
    pub columns: Cow<'static, [Match<usize>]>,
    /// By row of the template.
    pub rows: Vec<Match<RowPlace>>,
    /// Whether the rows of the template stand as columns here.
    pub transposed: bool,
    /// The column of the document that names the rows.
    pub key: Option<usize>,
}

/// Where a row of the template stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPlace {
    /// As a row: index into the table's rows.
    Row(usize),
    /// As a column (transposed).
    Column(usize),
}

/// The entries of a changelog, in the order of the document.
#[derive(Debug, Default)]
pub struct BoundLog {
    /// One by one.
    pub entries: Vec<LogEntry>,
    /// The table they stand in, where they do.
    pub table: Option<BlockId>,
}

/// An entry of a changelog.
#[derive(Debug, Clone)]
pub struct LogEntry {
    /// Its heading, or its row.
    pub span: Span,
    /// The section that it heads, where it is a heading.
    pub section: Option<SectionId>,
    /// What stands where the date belongs.
    pub date: Option<Span>,
    /// What stands where the version belongs, without a `v`.
    pub version: Option<Span>,
    /// Whether it has the template's form, with a date and a version of their kinds.
    pub in_form: bool,
    /// How many items (or paragraphs) stand under it; a row of a table has one.
    pub items: usize,
}

/// A *Not applicable* line.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// The line.
    pub span: Span,
    /// The section in which it stands.
    pub section: SectionId,
    /// Whether it gives a reason.
    pub reason: Option<Span>,
    /// What it names. A line without names speaks of its own section.
    pub names: Vec<WaivedName>,
}

/// A name in a *Not applicable* line.
#[derive(Debug, Clone)]
pub struct WaivedName {
    /// The name; the whole line where it speaks of its own section.
    pub span: Span,
    /// What it means; `None` where the template asks for nothing of this name here.
    pub target: Option<Target>,
    /// Whether the target cannot be waived.
    pub essential: bool,
    /// Where the target stands after all, if it does.
    pub contradicted_by: Option<Span>,
}

/// What can be declared not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// The version block.
    Header,
    /// A section with all below it.
    Section(SpecId),
    /// A table, block, diagram.
    Content(ContentId),
    /// A column of a table.
    Column(ContentId, usize),
    /// A row of a table.
    Row(ContentId, usize),
    /// A layer of a diagram.
    Layer(ContentId, usize),
    /// An element of a layer of a diagram.
    Element(ContentId, usize, usize),
    /// The zones of a layer.
    Zones(ContentId, usize),
    /// An arrow of the flow (index into `Diagram::flow`).
    Flow(ContentId, usize),
}

impl<Id: Copy> Match<Id> {
    /// Where it is, where it is found.
    pub fn at(&self) -> Option<Id> {
        self.answer().map(|answer| answer.at)
    }

    /// The answer, where it is found.
    pub fn answer(&self) -> Option<&Answer<Id>> {
        match self {
            Self::Found(answer) => Some(answer),
            _ => None,
        }
    }

    /// The anchor, where it is missing.
    pub fn missing(&self) -> Option<Anchor> {
        match self {
            Self::Missing(anchor) => Some(*anchor),
            _ => None,
        }
    }
}

impl<Id> Answer<Id> {
    /// Found under its own name, in its place, once.
    pub fn here(at: Id) -> Self {
        Self { at, name: Named::Exact, place: Place::Here }
    }
}

impl BoundTable {
    /// Whether its columns are known to stand as the template has them: then nothing is to be said of them.
    pub(crate) fn in_order(&self) -> bool {
        matches!(self.columns, Cow::Borrowed(_))
    }
}

impl Waiver {
    /// Whether it names this.
    pub fn waives(&self, target: Target) -> bool {
        self.names.iter().any(|name| name.target == Some(target))
    }
}

impl Binding {
    /// Where a section of the template stands.
    pub fn section(&self, id: SpecId) -> &Match<SectionId> {
        &self.sections[id.index()]
    }

    /// What was found of something that a section must hold.
    pub fn content(&self, id: ContentId) -> &BoundContent {
        &self.contents[id]
    }

    /// The field of the header with this index, where it is found.
    pub fn field(&self, index: usize) -> Option<&FieldLine> {
        match self.header.fields.get(index)? {
            BoundField::Found(line) => Some(line),
            _ => None,
        }
    }

    /// The waiver (with or without a reason) that names this.
    pub fn waiver_of(&self, target: Target) -> Option<usize> {
        self.waivers.iter().position(|waiver| waiver.waives(target))
    }
}
