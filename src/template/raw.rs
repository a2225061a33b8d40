//! The template language: every key that a template may hold, each described once. The loader reads templates by this
//! description, and `rules/template.schema.json` is made from it.

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::described::phrases::Phrases;
use crate::described::reader::{Node, Reader};
use crate::described::schema::{self, Definitions};
use crate::described::{At, Described, Keyed, Many, Text, described, words};
use crate::diagnostic::Origin;
use crate::severity::Severity;

described! {
    /// A template: everything that a document of one kind must hold, in the order of the document.
    struct RawTemplate = "a template" {
        /// The name it is asked for by, in lower case.
        must name: Text = "name",
        /// The title that documents of this kind carry, as it looks there: `# Infrastructure`.
        may title: Text = "title",
        /// One line that `infralint templates` shows.
        may summary: Text = "summary",
        /// The template that this one changes: all that it asks for is asked for here, too.
        may extends: Text = "extends",
        /// What of the extended template is not asked for, by path: `Scaling Strategy > Vertical Scaling`.
        may drop: Vec<Text> = "drop",
        /// Whether sections must stand in this order.
        may order: RawOrder = "order",
        /// Whether the numbers of headings are judged.
        may numbering: RawNumbering = "numbering",
        /// The versions of infralint that understand this template: `>=0.2`.
        may required_version: Text = "required-version",
        /// Which documents are held to this template.
        may applies_to: RawAppliesTo = "applies-to",
        /// The version block.
        may header: RawHeader = "header",
        /// Sections and sub-sections, in the order of the document.
        may section: Many<RawSection> = "section",
        /// How bad a finding is: by rule or by requirement here, by rule in a table named like a status.
        may severity: RawSeverities = "severity",
        /// What people write for each element of a diagram; what stands under `nothing` means nothing.
        may words: Keyed<Phrases> = "words",
    }

    /// Which documents are held to a template.
    struct RawAppliesTo = "`[applies-to]`" {
        /// Globs of paths.
        may files: Vec<Text> = "files",
    }

    /// The version block.
    struct RawHeader = "the header" {
        /// How a line looks: `> **Name:** value`.
        whole form: Text = "form",
        /// It cannot be declared not applicable.
        may essential: bool = "essential",
        /// Its fields in order.
        may field: Many<RawField> = "field",
    }

    /// A field of the header.
    struct RawField = "a header field" {
        /// Its name.
        must name: Text = "name",
        /// Other names that are accepted.
        may aliases: Vec<Text> = "aliases",
        /// Names that usually mean this one: reported, "did you mean".
        may lookalikes: Vec<Text> = "lookalikes",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What rules know it as.
        may role: RawRole = "role",
        /// What its value must be.
        may kind: At<RawType> = "type",
        /// The values of a `choice`.
        may values: Vec<Text> = "values",
        /// The form of a `date`: `YYMMDD`.
        may format: Text = "format",
        /// The regular expression of a `pattern`; it must match all of the value.
        may pattern: Text = "pattern",
        /// What `infralint new` writes.
        may example: Text = "example",
        /// `today`: its value may not lie after today.
        may not_after: RawDay = "not-after",
        /// Equal to the newest entry of a log: `changelog.version`.
        may equals: Text = "equals",
        /// Not before the newest entry of a log: `changelog.date`.
        may at_least: Text = "at-least",
    }

    /// A section or sub-section. `###` belongs to the `##` above it.
    struct RawSection = "a section" {
        /// Its heading as it looks in the document: `### Horizontal Scaling`.
        may heading: Text = "heading",
        /// The section of the extended template that this one changes: only the keys given here change.
        may change: Text = "change",
        /// The section of the extended template behind which this one stands.
        may after: Text = "after",
        /// Other names that are accepted.
        may aliases: Vec<Text> = "aliases",
        /// Names that usually mean this one: reported, "did you mean".
        may lookalikes: Vec<Text> = "lookalikes",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// It cannot be declared not applicable.
        may essential: bool = "essential",
        /// No section may follow it.
        may last: At<bool> = "last",
        /// It may stand several times.
        may repeatable: bool = "repeatable",
        /// Text.
        may prose: Many<RawProse> = "prose",
        /// A diagram.
        may diagram: Many<RawDiagram> = "diagram",
        /// A table.
        may table: Many<RawTable> = "table",
        /// A code block.
        may code: Many<RawCode> = "code",
        /// A list of task boxes: `- [ ] item`.
        may checklist: Many<RawList> = "checklist",
        /// A numbered list: `1. item`.
        may ordered_list: Many<RawList> = "ordered-list",
        /// A list: `- item`.
        may bullet_list: Many<RawList> = "bullet-list",
        /// A changelog.
        may log: Many<RawLog> = "log",
    }

    /// Text that a section must hold.
    struct RawProse = "prose" {
        /// From how many to how many sentences: `[2, 3]`.
        may sentences: At<Vec<u32>> = "sentences",
        /// What `infralint new` and fixes write, in brackets until somebody fills it in.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A list that a section must hold.
    struct RawList = "a list" {
        /// At least so many items.
        may min: u32 = "min",
        /// What `infralint new` and fixes write, in brackets until somebody fills it in.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A code block that a section must hold.
    struct RawCode = "a code block" {
        /// Accepted languages, the first is the one to write.
        may languages: Vec<Text> = "languages",
        /// Values that are read from it, by key; a key counts wherever it stands in the tree.
        may values: Keyed<RawValue> = "values",
        /// What `infralint new` writes, without fences.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A value that is read from a code block.
    struct RawValue = "a value of a code block" {
        /// Other keys that mean the same.
        may aliases: Vec<Text> = "aliases",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What it must be.
        may kind: At<RawType> = "type",
        /// The values of a `choice`.
        may values: Vec<Text> = "values",
        /// The form of a `date`.
        may format: Text = "format",
        /// The regular expression of a `pattern`.
        may pattern: Text = "pattern",
        /// Equal to a column of a table, in the row that the block speaks of: `scaling.Min`.
        may equals: Text = "equals",
        /// Not less than another value of the block.
        may at_least: Text = "at-least",
        /// Not more than another value of the block.
        may at_most: Text = "at-most",
    }

    /// A diagram that a section must hold.
    struct RawDiagram = "a diagram" {
        /// Its language: `mermaid`.
        whole language: Text = "language",
        /// Accepted kinds: `flowchart`, `sequenceDiagram`; none given: any.
        may kinds: Vec<Text> = "kinds",
        /// It cannot be declared not applicable.
        may essential: bool = "essential",
        /// What it must show.
        may layers: Vec<RawLayer> = "layers",
        /// Which layers lead to which, as arrows: `Users --> Load balancer --> Compute`.
        may flow: Vec<Text> = "flow",
        /// Which layers may never lead to which: `Users --> Data`.
        may never: Vec<Text> = "never",
        /// What `infralint new` writes, without fences.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A layer of a topology.
    struct RawLayer = "a layer" {
        /// Its name.
        must name: Text = "name",
        /// What it is made of: keys of `[words]`.
        must elements: Vec<Text> = "elements",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// Availability zones inside it.
        may zones: RawZones = "zones",
    }

    /// Availability zones inside a layer.
    struct RawZones = "`zones`" {
        /// At least so many.
        may min: u32 = "min",
        /// What the title of a zone looks like: a key of `[words]`.
        must words: Text = "words",
        /// A phrase that answers all zones: a key of `[words]`.
        may or: Text = "or",
    }

    /// A table that a section must hold.
    struct RawTable = "a table" {
        /// Names it for relations.
        may id: Text = "id",
        /// Its header row as it looks in the document: `| Component | Min | Max |`.
        whole header: Text = "header",
        /// The column that names a row.
        may key: Text = "key",
        /// The column that types and relations of rows judge; by default the only one beside the key.
        may value: Text = "value",
        /// Two rows may not have the same key.
        may unique: bool = "unique",
        /// The rows may stand as columns: `| Component | RTO | RPO |`.
        may transposed: bool = "transposed",
        /// At least so many rows.
        may min_rows: u32 = "min-rows",
        /// The row that sums the money columns.
        may total: Text = "total",
        /// The layer of a diagram whose elements the key column names.
        may draws: Text = "draws",
        /// The table whose rows name the other columns.
        may columns_refer_to: Text = "columns-refer-to",
        /// The rows that `infralint new` and fixes write, in brackets until somebody fills them in.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What else is to be said of a column, by its name in the header.
        may columns: Keyed<RawColumn> = "columns",
        /// Rows that must be there, by the name in the key column.
        may rows: Keyed<RawRow> = "rows",
    }

    /// A column of a table.
    struct RawColumn = "a column" {
        /// Other names that are accepted.
        may aliases: Vec<Text> = "aliases",
        /// Names that usually mean this one: reported, "did you mean".
        may lookalikes: Vec<Text> = "lookalikes",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What each of its cells must hold.
        may kind: At<RawType> = "type",
        /// What is read from its cells where it is there; other text is fine, and not compared.
        may reads: At<RawType> = "reads",
        /// The values of a `choice`.
        may values: Vec<Text> = "values",
        /// Those of the values that are still open.
        may open: Vec<Text> = "open",
        /// The form of a `date`.
        may format: Text = "format",
        /// The regular expression of a `pattern`.
        may pattern: Text = "pattern",
        /// Not less than another column of the row.
        may at_least: Text = "at-least",
        /// The table whose rows its cells name.
        may refers_to: Text = "refers-to",
    }

    /// A row that a table must hold.
    struct RawRow = "a row" {
        /// Other names that are accepted.
        may aliases: Vec<Text> = "aliases",
        /// Names that usually mean this one: reported, "did you mean".
        may lookalikes: Vec<Text> = "lookalikes",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What its value must be.
        may kind: At<RawType> = "type",
        /// The values of a `choice`.
        may values: Vec<Text> = "values",
        /// The form of a `date`.
        may format: Text = "format",
        /// The regular expression of a `pattern`.
        may pattern: Text = "pattern",
        /// Not shorter than what a column elsewhere says: `backups.Frequency`.
        may at_least: Text = "at-least",
        /// Only the rows there that speak of this element, a key of `[words]`.
        may of: Text = "of",
        /// Words that suspend the comparison, a key of `[words]`.
        may unless: Text = "unless",
    }

    /// A changelog.
    struct RawLog = "a log" {
        /// Names it for relations.
        may id: Text = "id",
        /// The heading of an entry as it looks: `### YYMMDD - vX.Y.Z - Title`.
        whole entry: Text = "entry",
        /// The header of a table that says the same: `| Date | Version | Changes |`.
        may table: Text = "table",
        /// Other names of the columns of that table.
        may columns: Keyed<RawLogColumn> = "columns",
        /// Which entry stands first.
        may order: RawLogOrder = "order",
        /// At least so many entries.
        may min: u32 = "min",
        /// `today`: no entry may lie after today.
        may not_after: RawDay = "not-after",
        /// What `infralint new` writes.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A column of a log that is a table.
    struct RawLogColumn = "a column of a log" {
        /// Other names that are accepted.
        may aliases: Vec<Text> = "aliases",
    }
}

words! {
    /// The order of sections.
    enum RawOrder {
        /// any, but for a section that must be last.
        Loose = "loose",
        /// that of the template.
        Strict = "strict",
    }

    /// The numbering of headings.
    enum RawNumbering {
        /// not judged.
        Any = "any",
        /// where headings carry numbers they count up.
        Consecutive = "consecutive",
    }

    /// What a header field is for.
    enum RawRole {
        /// the version of the document.
        Version = "version",
        /// where it stands in its life; decides which severities apply.
        Status = "status",
        /// when it was last changed.
        Updated = "updated",
    }

    /// A day.
    enum RawDay {
        /// the day of the run.
        Today = "today",
    }

    /// The order of a log.
    enum RawLogOrder {
        /// the newest entry stands first.
        NewestFirst = "newest-first",
        /// any.
        Any = "any",
    }

    /// The kind of a value.
    enum RawType {
        /// one of `values`.
        Choice = "choice",
        /// `1.2.3`.
        Semver = "semver",
        /// a date of the form `format`.
        Date = "date",
        /// a whole number.
        Count = "count",
        /// an amount of money.
        Money = "money",
        /// 0 to 100.
        Percent = "percent",
        /// a length of time.
        Duration = "duration",
        /// an address.
        Url = "url",
        /// what the regular expression in `pattern` matches.
        Pattern = "pattern",
    }
}

/// The table `[severity]`.
pub(crate) type RawSeverities = Keyed<RawSeverity>;

/// An entry of `[severity]`: a level for a rule or a requirement, or the table of a status.
#[derive(Debug, Clone)]
pub(crate) enum RawSeverity {
    /// `missing-block = "warning"`
    Level(Severity),
    /// `[severity.Draft]`
    Status(Keyed<Severity>),
}

impl Described for RawSeverity {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value {
            DeValue::Table(_) => Keyed::read(node, reader).map(Self::Status),
            _ => Severity::read(node, reader).map(Self::Level),
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({ "anyOf": [Severity::schema(definitions), Keyed::<Severity>::schema(definitions)] })
    }

    fn overlay(self, over: Self) -> Self {
        match (self, over) {
            (Self::Status(base), Self::Status(over)) => Self::Status(base.overlay(over)),
            (_, over) => over,
        }
    }
}

/// The JSON Schema of templates.
pub fn schema() -> Value {
    schema::of::<RawTemplate>("A template of infralint", "template.schema.json")
}

/// The kinds of contents of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Prose,
    Diagram,
    Table,
    Code,
    Checklist,
    Ordered,
    Bullet,
    Log,
}

impl RawSection {
    /// Kind and index of each content in the order of the file; what an extending template adds comes behind.
    pub(crate) fn parts(&self) -> Vec<(Part, usize)> {
        fn add<T>(all: &mut Vec<(Origin, Part, usize)>, part: Part, many: Option<&Many<T>>, origin: fn(&T) -> Origin) {
            let list = many.iter().flat_map(|many| &many.list);
            all.extend(list.enumerate().map(|(index, one)| (origin(one), part, index)));
        }
        let mut all = Vec::new();
        add(&mut all, Part::Prose, self.prose.as_ref(), |one| one.origin);
        add(&mut all, Part::Diagram, self.diagram.as_ref(), |one| one.origin);
        add(&mut all, Part::Table, self.table.as_ref(), |one| one.origin);
        add(&mut all, Part::Code, self.code.as_ref(), |one| one.origin);
        add(&mut all, Part::Checklist, self.checklist.as_ref(), |one| one.origin);
        add(&mut all, Part::Ordered, self.ordered_list.as_ref(), |one| one.origin);
        add(&mut all, Part::Bullet, self.bullet_list.as_ref(), |one| one.origin);
        add(&mut all, Part::Log, self.log.as_ref(), |one| one.origin);
        all.sort_by_key(|(origin, ..)| (std::cmp::Reverse(origin.source), origin.span));
        all.into_iter().map(|(_, part, index)| (part, index)).collect()
    }
}
