//! What one document shows, or what several do together.

use crate::template::model::blocks::ListKind;

/// What documents show.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// How many documents it was seen in.
    pub(super) documents: usize,
    /// Their files, for the comment at the top.
    pub(super) files: Vec<String>,
    /// How they speak.
    pub(super) manner: Manner,
    /// The template's name, from that of the file.
    pub(super) name: String,
    /// The folder of the file.
    pub(super) folder: Option<String>,
    /// The title, where it is not the document's own.
    pub(super) title: Option<String>,
    /// Whether the sections are numbered.
    pub(super) numbered: bool,
    /// The version block.
    pub(super) header: Option<Header>,
    /// In the order of the documents.
    pub(super) sections: Vec<Section>,
    /// What diagrams must show.
    pub(super) demands: Vec<Demand>,
}

/// How a document speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Of what is to be filled in: its rows, lists and diagrams are examples.
    Template,
    /// Of one thing: its rows are its own.
    Instance,
}

/// A version block.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// `> **Name:** value`
    pub(super) form: String,
    pub(super) fields: Vec<Field>,
    pub(super) seen: usize,
}

/// A field of it.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    /// The values it has, each once.
    pub(super) values: Vec<String>,
    pub(super) seen: usize,
}

/// A section.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) normal: String,
    /// As the template writes it: 2 to 6.
    pub(super) level: u8,
    pub(super) parent: Option<usize>,
    /// `(REQUIRED)`, or a line that says so.
    pub(super) essential: bool,
    /// `(optional)`, `(if applicable)`.
    pub(super) optional: bool,
    /// Whether it stands several times.
    pub(super) repeats: bool,
    pub(super) seen: usize,
    pub(super) contents: Vec<Content>,
    /// Headings below it that differ from document to document: `AUTH-001: Lock after five attempts`.
    pub(super) varying: Vec<String>,
}

/// Something in a section.
#[derive(Debug, Clone)]
pub(super) struct Content {
    pub(super) kind: Kind,
    pub(super) seen: usize,
}

/// What it is. Examples are kept of template documents only.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Prose { sentences: Option<(u32, u32)>, example: Option<String> },
    Diagram { kind: String, example: Option<String> },
    Table(Table),
    Code { language: String, example: Option<String> },
    List { kind: ListKind, items: usize, example: Option<String> },
    Log { entry: String, table: Option<String>, newest_first: bool, versions: Vec<String>, example: Option<String> },
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    /// The cells of each row, as written.
    pub(super) rows: Vec<Vec<String>>,
    /// Names of rows that all documents share.
    pub(super) shared: Vec<String>,
    pub(super) example: bool,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) normal: String,
    pub(super) seen: usize,
}

/// What a diagram must show, from a list in the document.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    /// The words before the list: `The deployment topology MUST show:`.
    pub(super) sentence: String,
    pub(super) layers: Vec<Layer>,
    /// Whether arrows between the layers are asked for, and which of them the diagram has (indices into `layers`).
    pub(super) flow: Option<Vec<(usize, usize)>>,
    /// The section whose diagram it speaks of.
    pub(super) section: Option<usize>,
}

/// A layer of it.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) elements: Vec<String>,
    pub(super) zones: bool,
}
