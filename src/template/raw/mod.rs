//! The template language: every key that a template may hold, each described once. The loader reads templates by this
//! description, and `rules/template.schema.json` is made from it.

pub(crate) mod blocks;
pub(crate) mod diagram;
pub(crate) mod header;
pub(crate) mod log;
pub(crate) mod severity;
pub(crate) mod table;

use serde_json::Value;

use crate::described::phrases::Phrases;
use crate::described::{At, Keyed, Many, Text, described, schema, words};
use crate::diagnostic::Origin;
use crate::template::raw::blocks::{RawCode, RawList, RawProse};
use crate::template::raw::diagram::RawDiagram;
use crate::template::raw::header::RawHeader;
use crate::template::raw::log::RawLog;
use crate::template::raw::severity::RawSeverities;
use crate::template::raw::table::RawTable;

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
}

words! {
    /// The order of sections.
    pub(crate) enum RawOrder {
        /// any, but for a section that must be last.
        Loose = "loose",
        /// that of the template.
        Strict = "strict",
    }

    /// The numbering of headings.
    pub(crate) enum RawNumbering {
        /// not judged.
        Any = "any",
        /// where headings carry numbers they count up.
        Consecutive = "consecutive",
    }

    /// A day.
    pub(crate) enum RawDay {
        /// the day of the run.
        Today = "today",
    }

    /// The kind of a value.
    pub(crate) enum RawType {
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
