//! What a document must hold, compiled: names in their normal form, references resolved to indices.
//!
//! A compiled template cannot fail later: every relation leads to something that exists.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use foldhash::fast::RandomState;
use regex::Regex;

use crate::diagnostic::Requirement;
use crate::severity::Severity;
use crate::source::Source;
use crate::words::Matcher;

/// A compiled template.
#[derive(Debug, Clone)]
pub struct Template {
    /// The name it is asked for by: `infrastructure`.
    pub name: String,
    /// One line for `infralint templates`.
    pub summary: String,
    /// The files it was made from: the template itself first, then what it extends.
    pub sources: Vec<Source>,
    /// The title that documents of this kind carry, if the template names one.
    pub title: Option<Name>,
    /// Whether sections must stand in the template's order.
    pub order: Order,
    /// Whether numbers in headings are judged.
    pub numbering: Numbering,
    /// Which documents are held to this template.
    pub applies_to: AppliesTo,
    /// The version block.
    pub header: Option<Header>,
    /// Sections and sub-sections in the order of the document.
    pub sections: Vec<Section>,
    /// Severities that this template changes.
    pub severities: Severities,
    /// What people write for each element of a diagram, in the order of the template.
    pub words: Vec<Word>,
    /// Phrases that mean nothing: "storage class".
    pub nothing: Vec<String>,
    /// The placeholders of all examples, verbatim: `[Question]`, `$[X]`. Sorted, without duplicates.
    pub placeholders: Vec<String>,
    /// The rest of the examples in brackets, as fixes and fresh documents write it: `[Live users]`. One is a placeholder
    /// where it is all that a cell, an item, a paragraph or a value of code says. Sorted, without duplicates.
    pub samples: Vec<String>,
    /// What is computed from the above when first asked for.
    pub(crate) lazy: Lazy,
}

/// What is computed from a template once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lazy {
    section_names: OnceLock<SectionNames>,
    matcher: OnceLock<Matcher>,
    /// [`Template::placeholders`] and [`Template::samples`], for a look at one place of a text; `None` where they are
    /// too many.
    pub(crate) placeholders: OnceLock<Option<aho_corasick::AhoCorasick>>,
}

/// Every name and alias of every section, by its normal form.
#[derive(Debug, Clone, Default)]
pub(crate) struct SectionNames {
    by_name: HashMap<String, Vec<SectionName>, RandomState>,
}

/// A section, and whether the name is its own (or an alias).
#[derive(Debug, Clone, Copy)]
pub(crate) struct SectionName {
    pub(crate) section: SpecId,
    pub(crate) own: bool,
}

/// A name by which a document may call something. All but [`Name::shown`] are [`crate::text::normal`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the template writes it: what messages show and fixes write.
    pub shown: String,
    /// Its normal form.
    pub normal: String,
    /// Accepted in silence.
    pub aliases: Vec<String>,
    /// Reported as renamed.
    pub lookalikes: Vec<String>,
}

/// The order of sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Any, but for a section that must be last.
    Loose,
    /// That of the template.
    Strict,
}

/// The numbering of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Not judged.
    Any,
    /// Where headings carry numbers, they count up.
    Consecutive,
}

/// Which documents are held to a template without being told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppliesTo {
    /// Globs of paths.
    pub files: Vec<String>,
}

/// The version block.
#[derive(Debug, Clone)]
pub struct Header {
    /// `header`.
    pub requirement: Requirement,
    /// How a line looks: `> **Name:** value`.
    pub form: HeaderForm,
    /// Its fields in order.
    pub fields: Vec<Field>,
    /// Whether it cannot be declared not applicable.
    pub essential: bool,
}

/// How a line of the header looks: `> **Name:** value`, `**Name:** value`, `Name: value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderForm {
    /// As the template writes it.
    pub written: String,
    /// Whether the lines stand in a block quote.
    pub quoted: bool,
    /// What stands before the name: `**`.
    pub before_name: String,
    /// What stands between name and value: `:** `.
    pub between: String,
}

/// A field of the header.
#[derive(Debug, Clone)]
pub struct Field {
    /// `header > Version`.
    pub requirement: Requirement,
    /// Its name.
    pub name: Name,
    /// What rules know it as.
    pub role: Option<Role>,
    /// What its value must be.
    pub kind: Option<Kind>,
    /// Whether it may be absent.
    pub required: bool,
    /// What `new` writes; placeholders of the type where the template gives none.
    pub example: String,
    /// The value may not lie after today.
    pub not_after_today: bool,
    /// The value equals that of the newest entry of a log.
    pub equals: Option<LogPart>,
    /// The value is not before that of the newest entry of a log.
    pub at_least: Option<LogPart>,
}

/// What a header field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The version of the document.
    Version,
    /// Where it stands in its life: decides severities.
    Status,
    /// When it was last changed.
    Updated,
}

/// A part of the entries of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogPart {
    /// Where the log is asked for: section, and index into its contents.
    pub log: ContentId,
    /// Version or date.
    pub part: EntryPart,
}

/// Which value of a log entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryPart {
    /// `vX.Y.Z`
    Version,
    /// `YYMMDD`
    Date,
}

/// The kind of a value.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One of a list.
    Choice {
        /// What is accepted, as shown.
        values: Vec<String>,
        /// Those of them that count as open (for `open-question`).
        open: Vec<String>,
    },
    /// `1.2.3`.
    Semver,
    /// A date in the given pattern (`YYMMDD`).
    Date(String),
    /// A whole number.
    Count,
    /// An amount of money.
    Money,
    /// 0 to 100.
    Percent,
    /// A length of time.
    Duration,
    /// An address.
    Url,
    /// A regular expression that matches all of the value, and as it is written in the template.
    Pattern(Regex),
}

/// Index of a section in [`Template::sections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpecId(pub(crate) u32);

impl SpecId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Index of something that a section must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId {
    /// The section.
    pub section: SpecId,
    /// Index into [`Section::contents`].
    pub content: u32,
}

/// A section that a document must hold.
#[derive(Debug, Clone)]
pub struct Section {
    /// `Disaster Recovery > Recovery Targets`.
    pub requirement: Requirement,
    /// Its name.
    pub name: Name,
    /// The level of the heading as the template writes it, 2 to 6.
    pub level: u8,
    /// The section above it.
    pub parent: Option<SpecId>,
    /// Whether it may be absent.
    pub required: bool,
    /// Whether it cannot be declared not applicable.
    pub essential: bool,
    /// Whether no section may follow it.
    pub last: bool,
    /// Whether it may stand several times.
    pub repeatable: bool,
    /// What it must hold, in order.
    pub contents: Vec<Content>,
}

/// Something that a section must hold.
#[derive(Debug, Clone)]
pub enum Content {
    /// Text.
    Prose(Prose),
    /// A diagram.
    Diagram(Diagram),
    /// A table.
    Table(Table),
    /// A code block.
    Code(Code),
    /// A list.
    List(List),
    /// A changelog.
    Log(Log),
}

/// Text that a section must hold.
#[derive(Debug, Clone)]
pub struct Prose {
    /// `Overview > prose`.
    pub requirement: Requirement,
    /// How many sentences.
    pub sentences: Option<RangeInclusive<u32>>,
    /// What `new` and fixes write, in brackets.
    pub example: String,
    /// Whether it may be absent.
    pub required: bool,
}

/// A list that a section must hold.
#[derive(Debug, Clone)]
pub struct List {
    /// `Failover Process > ordered list`.
    pub requirement: Requirement,
    /// Which kind.
    pub kind: ListKind,
    /// At least so many items.
    pub min: usize,
    /// What `new` and fixes write, in brackets.
    pub example: String,
    /// Whether it may be absent.
    pub required: bool,
}

/// The kinds of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// `- [ ] item`
    Checklist,
    /// `1. item`
    Ordered,
    /// `- item`
    Bullet,
}

/// A code block that a section must hold.
#[derive(Debug, Clone)]
pub struct Code {
    /// `Auto-scaling Configuration > code`.
    pub requirement: Requirement,
    /// Accepted languages, the first is the one to write. Empty: any.
    pub languages: Vec<String>,
    /// Values that are read from it.
    pub values: Vec<CodeValue>,
    /// What `new` and fixes write, without fences, its values in brackets.
    pub example: String,
    /// Whether it may be absent.
    pub required: bool,
}

/// A value of a parsed code block: its key counts wherever it stands in the tree.
#[derive(Debug, Clone)]
pub struct CodeValue {
    /// `Auto-scaling Configuration > MinSize`.
    pub requirement: Requirement,
    /// The key, and other keys that mean the same; compared as written, without case.
    pub keys: Vec<String>,
    /// What it must be.
    pub kind: Option<Kind>,
    /// Whether it may be absent.
    pub required: bool,
    /// Equal to the value in a column of a table.
    pub equals: Option<ColumnId>,
    /// Not less than another value of the block (index into [`Code::values`]).
    pub at_least: Option<usize>,
    /// Not more than another value of the block.
    pub at_most: Option<usize>,
}

/// A column of a table of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnId {
    /// The table.
    pub table: ContentId,
    /// Index into [`Table::columns`].
    pub column: usize,
}

/// A table that a section must hold.
#[derive(Debug, Clone)]
pub struct Table {
    /// `Recovery Targets > table`; its rows and columns hang from the section's path.
    pub requirement: Requirement,
    /// What messages call it: the name of its section.
    pub title: String,
    /// The header row as the template writes it.
    pub header: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The rows that it names.
    pub rows: Vec<Row>,
    /// The column that names a row.
    pub key: Option<usize>,
    /// The column that types and relations of rows judge: by default the only one beside the key.
    pub value: Option<usize>,
    /// Whether two rows may not have the same key.
    pub unique: bool,
    /// Whether the rows may stand as columns (`| Component | RTO | RPO |`).
    pub transposed: bool,
    /// At least so many rows.
    pub min_rows: usize,
    /// The row (index into [`Table::rows`]) that sums the money columns.
    pub total: Option<usize>,
    /// The layer (by name) whose elements the key column is expected to name.
    pub draws: Option<String>,
    /// The table whose rows the other columns are named after.
    pub columns_refer_to: Option<ContentId>,
    /// The rows that `new` writes.
    pub example: String,
    /// Whether it may be absent.
    pub required: bool,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// `Environments > Access`.
    pub requirement: Requirement,
    /// Its name.
    pub name: Name,
    /// Whether it may be absent.
    pub required: bool,
    /// What its cells hold.
    pub kind: Option<Kind>,
    /// Whether each cell must hold such a value, or is read only where it does.
    pub strictness: Strictness,
    /// Not less than another column of the row.
    pub at_least: Option<usize>,
    /// The table whose rows its cells name.
    pub refers_to: Option<ContentId>,
}

/// How a kind is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// `type`: each cell must hold such a value.
    Must,
    /// `reads`: such a value is read where there is one.
    Reads,
}

/// A row that a table names.
#[derive(Debug, Clone)]
pub struct Row {
    /// `Disaster Recovery > Recovery Targets > RPO`.
    pub requirement: Requirement,
    /// Its name.
    pub name: Name,
    /// Whether it may be absent.
    pub required: bool,
    /// What its value holds.
    pub kind: Option<Kind>,
    /// The target depends on an interval elsewhere.
    pub depends_on: Option<Dependency>,
}

/// A target that is not shorter than an interval elsewhere.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// The column of intervals.
    pub column: ColumnId,
    /// The rows that speak of this element (a key of `[words]`).
    pub of: Option<String>,
    /// Words (a key of `[words]`) that suspend the comparison.
    pub unless: Option<String>,
}

/// A diagram that a section must hold.
#[derive(Debug, Clone)]
pub struct Diagram {
    /// `Deployment Topology Diagram > diagram`.
    pub requirement: Requirement,
    /// `mermaid`.
    pub language: String,
    /// Accepted kinds (`flowchart`, `sequenceDiagram`); empty: any. `graph` is a flowchart.
    pub kinds: Vec<String>,
    /// Whether it cannot be declared not applicable.
    pub essential: bool,
    /// What it must show, in the order of the flow.
    pub layers: Vec<Layer>,
    /// Which layers lead to which: pairs of indices into [`Diagram::layers`].
    pub flow: Vec<Flow>,
    /// Which layers may never lead to which.
    pub never: Vec<Flow>,
    /// What `new` and fixes write, without fences, under a title that says that it is an example.
    pub example: String,
    /// Whether it may be absent.
    pub required: bool,
}

/// A layer of a topology.
#[derive(Debug, Clone)]
pub struct Layer {
    /// `Deployment Topology Diagram > DNS/Edge`.
    pub requirement: Requirement,
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub elements: Vec<Element>,
    /// Whether it may be absent.
    pub required: bool,
    /// Availability zones inside it.
    pub zones: Option<Zones>,
}

/// An element of a layer.
#[derive(Debug, Clone)]
pub struct Element {
    /// `Deployment Topology Diagram > CDN`.
    pub requirement: Requirement,
    /// Its key in [`Template::words`].
    pub word: usize,
}

/// Availability zones that a layer must show.
#[derive(Debug, Clone)]
pub struct Zones {
    /// `Deployment Topology Diagram > Zone`.
    pub requirement: Requirement,
    /// At least so many.
    pub min: usize,
    /// What the title of a zone looks like: index into [`Template::words`].
    pub word: usize,
    /// A phrase on a node or group of the layer that answers all zones: index into [`Template::words`].
    pub or: Option<usize>,
}

/// An arrow from one layer to the next.
#[derive(Debug, Clone)]
pub struct Flow {
    /// `Deployment Topology Diagram > Compute --> Storage`.
    pub requirement: Requirement,
    /// Index into [`Diagram::layers`].
    pub from: usize,
    /// Index into [`Diagram::layers`].
    pub to: usize,
}

/// A changelog.
#[derive(Debug, Clone)]
pub struct Log {
    /// `Changelog > log`.
    pub requirement: Requirement,
    /// The form of an entry: `### YYMMDD - vX.Y.Z - Title`.
    pub entry: EntryForm,
    /// The columns of a table that says the same: `| Date | Version | Changes |`.
    pub table: Option<LogTable>,
    /// Whether the newest entry stands first.
    pub newest_first: bool,
    /// Dates of entries may not lie after today.
    pub not_after_today: bool,
    /// At least so many entries.
    pub min: usize,
    /// What `new` and fixes write, in brackets.
    pub example: String,
    /// Whether it may be absent.
    pub required: bool,
}

/// The form of a log entry's heading, in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryForm {
    /// As the template writes it.
    pub written: String,
    /// The level of its heading.
    pub level: u8,
    /// What follows each other.
    pub parts: Vec<EntryToken>,
}

/// A part of an entry's heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryToken {
    /// A date in this pattern.
    Date(String),
    /// `X.Y.Z`.
    Version,
    /// Any text.
    Title,
    /// Exactly this.
    Literal(String),
}

/// The names of the columns of a log that is a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogTable {
    /// The column of dates.
    pub date: Name,
    /// The column of versions.
    pub version: Name,
    /// The others.
    pub others: Vec<Name>,
}

/// What people write for an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The element's name: `Load balancer`.
    pub name: String,
    /// What people write, as in the template; `/.../` is a regular expression.
    pub phrases: Vec<String>,
}

/// Severities that a template changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Severities {
    /// Whatever the status: rule and level.
    pub always: Vec<(String, Severity)>,
    /// By status (as shown among the values of the status field).
    pub by_status: Vec<(String, Vec<(String, Severity)>)>,
    /// By requirement path: rule is not named, all findings about it take this level.
    pub by_requirement: Vec<(String, Severity)>,
}

impl SectionNames {
    fn new(template: &Template) -> Self {
        let mut by_name: HashMap<String, Vec<SectionName>, RandomState> = HashMap::default();
        for (section, spec) in template.sections() {
            let own = std::iter::once((&spec.name.normal, true));
            for (name, own) in own.chain(spec.name.aliases.iter().map(|alias| (alias, false))) {
                by_name.entry(name.clone()).or_default().push(SectionName { section, own });
            }
        }
        Self { by_name }
    }

    /// The sections that a heading of this normal name may stand for.
    pub(crate) fn get(&self, normal: &str) -> &[SectionName] {
        self.by_name.get(normal).map_or(&[], Vec::as_slice)
    }
}

impl Template {
    /// The sections by name.
    pub(crate) fn section_names(&self) -> &SectionNames {
        self.lazy.section_names.get_or_init(|| SectionNames::new(self))
    }

    /// The vocabulary, compiled. Indices of words are those of [`Template::words`].
    pub fn matcher(&self) -> &Matcher {
        let phrases = || self.words.iter().map(|word| word.phrases.as_slice());
        self.lazy.matcher.get_or_init(|| Matcher::new(phrases(), &self.nothing))
    }

    /// The section with this id.
    pub fn section(&self, id: SpecId) -> &Section {
        &self.sections[id.index()]
    }

    /// All sections with their ids.
    pub fn sections(&self) -> impl DoubleEndedIterator<Item = (SpecId, &Section)> {
        self.sections.iter().enumerate().map(|(index, section)| (SpecId(index as u32), section))
    }

    /// What a section must hold.
    pub fn content(&self, id: ContentId) -> &Content {
        &self.section(id.section).contents[id.content as usize]
    }

    /// All contents with their ids.
    pub fn contents(&self) -> impl Iterator<Item = (ContentId, &Content)> {
        self.sections().flat_map(|(section, spec)| {
            spec.contents
                .iter()
                .enumerate()
                .map(move |(content, value)| (ContentId { section, content: content as u32 }, value))
        })
    }

    /// The table with this id, where it is one.
    pub fn table(&self, id: ContentId) -> Option<&Table> {
        match self.content(id) {
            Content::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The field of the header with this role.
    pub fn field(&self, role: Role) -> Option<&Field> {
        self.header.as_ref()?.fields.iter().find(|field| field.role == Some(role))
    }
}

impl ListKind {
    /// As it is called in a sentence: `a checklist`.
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Checklist => "a checklist",
            Self::Ordered => "a numbered list",
            Self::Bullet => "a bullet list",
        }
    }
}

impl Name {
    /// Whether a normal name is this one, or an alias.
    pub fn is(&self, normal: &str) -> bool {
        self.normal == normal || self.aliases.iter().any(|alias| alias == normal)
    }
}

impl Content {
    /// What asks for it.
    pub fn requirement(&self) -> &Requirement {
        match self {
            Self::Prose(prose) => &prose.requirement,
            Self::Diagram(diagram) => &diagram.requirement,
            Self::Table(table) => &table.requirement,
            Self::Code(code) => &code.requirement,
            Self::List(list) => &list.requirement,
            Self::Log(log) => &log.requirement,
        }
    }

    /// Whether it may not be absent.
    pub fn is_required(&self) -> bool {
        match self {
            Self::Prose(prose) => prose.required,
            Self::Diagram(diagram) => diagram.required,
            Self::Table(table) => table.required,
            Self::Code(code) => code.required,
            Self::List(list) => list.required,
            Self::Log(log) => log.required,
        }
    }
}
