//! What a rule is: a value that carries its name, its docs and its check, so that it can be listed, explained and put
//! into SARIF without being run.

use crate::bind::bound::Bound;
use crate::bind::contents::wrong_diagrams::{self, WrongDiagram};
use crate::bind::history::{History, State};
use crate::bind::insert::Inserter;
use crate::bind::log::newest::{LogEntries, ReadEntry};
use crate::bind::model::Binding;
use crate::bind::tables::standing::Standing;
use crate::diagnostic::Finding;
use crate::fix::Safety;
use crate::markdown::model::{BlockId, Document};
use crate::reading::Reading;
use crate::severity::Severity;
use crate::span::Span;
use crate::surroundings::Surroundings;
use crate::template::model::{ContentId, Template};
use crate::text;

/// One way to complain.
#[derive(Debug)]
pub struct Rule {
    /// The offence in kebab-case.
    pub name: &'static str,
    /// Where it belongs in lists.
    pub group: Group,
    /// One line: the first of its docs.
    pub summary: &'static str,
    /// Markdown: what it does, why it matters, a bad and a good example.
    pub docs: &'static str,
    /// How bad it is, unless the template or the user says otherwise.
    pub default: Severity,
    /// The surest fix it offers.
    pub fixes: Option<Safety>,
    /// The release that brought it.
    pub since: &'static str,
    /// Whether its findings may still change.
    pub stability: Stability,
    /// Old names: an `allow` that uses one is told the new one.
    pub formerly: &'static [&'static str],
    /// The check.
    pub check: Check,
}

impl Rule {
    /// Its docs as Markdown: without the blank that a doc comment leaves in front of each line.
    pub fn markdown(&self) -> String {
        self.docs
            .lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n")
    }
}

/// The groups of rules, in the order of the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Fences, wrappers, directives, waivers.
    Document,
    /// The version block.
    Header,
    /// Sections.
    Structure,
    /// Tables.
    Tables,
    /// Placeholders, blocks, links, secrets.
    Content,
    /// The topology.
    Diagram,
    /// Values that must agree.
    Consistency,
    /// What git knows.
    History,
}

/// Whether a rule's findings may still change between releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stability {
    /// They do not.
    Stable,
    /// They may.
    Preview,
}

/// How a rule is run.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// A pure function over one document.
    Document(fn(&Context, &mut Findings)),
    /// The engine says it itself, for it is about what other rules said.
    Engine,
}

/// Everything a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The text and what was read in it.
    pub reading: &'a Reading,
    /// What of the template was found where.
    pub binding: &'a Binding,
    /// What the document must hold.
    pub template: &'a Template,
    /// Today, dead links, git.
    pub around: &'a Surroundings,
    /// All rules there are, for what names them.
    pub rules: &'a [&'static Rule],
    /// What of the template was found where in the earlier text, where there is one.
    pub earlier: Option<&'a Binding>,
    /// The tables that answer the template: a dozen rules go through them.
    pub(crate) tables: &'a [Standing<'a>],
    /// The logs that answer the template: several rules compare what their entries say.
    pub(crate) logs: &'a [LogEntries<'a>],
}

impl<'a> Context<'a> {
    /// The document.
    pub fn document(&self) -> &'a Document {
        &self.reading.document
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        self.reading.source.slice(span)
    }

    /// The document beside what it was at the revision to compare with.
    pub(crate) fn history(&self) -> Option<History<'a>> {
        let then = State { reading: self.around.earlier.as_ref()?, binding: self.earlier? };
        // Of a document that was pasted whole nobody knows which half is the document.
        let is_plain = then.reading.wrapped.is_none();
        let now = State { reading: self.reading, binding: self.binding };
        is_plain.then_some(History { template: self.template, now, then })
    }

    /// What the entries of a log say.
    pub(crate) fn log(&self, id: ContentId) -> Option<&'a [ReadEntry<'a>]> {
        self.logs.iter().find(|log| log.id == id).map(|log| log.entries.as_slice())
    }

    /// The table that answers one of the template, unless it is broken.
    pub(crate) fn table(&self, id: ContentId) -> Option<&'a Standing<'a>> {
        self.tables.iter().find(|standing| standing.id == id)
    }

    /// The diagrams that stand where one of another kind is asked for.
    pub(crate) fn wrong_diagrams(&self) -> impl Iterator<Item = WrongDiagram<'a>> {
        wrong_diagrams::find(self.template, self.binding, self.reading)
    }

    /// Whether nothing else is to be said of the diagram in a block, for another kind is asked for there.
    pub(crate) fn is_wrong_diagram(&self, block: BlockId) -> bool {
        self.wrong_diagrams().any(|wrong| wrong.block == block)
    }

    /// The first line of a span.
    pub(crate) fn first_line(&self, span: Span) -> Span {
        span.first_line(self.text())
    }

    /// Something that a section must hold stands in another one.
    pub(crate) fn elsewhere(&self, id: ContentId, at: BlockId, called: &str, label: &str) -> Finding {
        let document = self.document();
        let heading = |section| document.section(section).heading.as_ref();
        let around = heading(at.section)
            .map_or("above the first section".to_owned(), |heading| format!("under `{}`", self.slice(heading.name)));
        let place = self.first_line(document.block(at).span);
        let finding = Finding::new(format!("{called} stands {around}"), place, label);
        match self.binding.section(id.section).at().and_then(heading) {
            Some(owner) => finding
                .also(owner.text, "it belongs under this")
                .help(format!("move it below `{}`", self.slice(owner.name))),
            None => finding,
        }
    }

    /// `2 headings: "## 3. Environments" and "## 4. Cost"`, the first few of many.
    pub(crate) fn named(&self, headings: &[Span]) -> String {
        const NAMED: usize = 4;
        let lines: Vec<&str> = headings.iter().map(|&line| self.slice(line)).collect();
        format!("{}: {}", text::count(lines.len(), "heading"), text::list_some(&lines, NAMED))
    }

    /// What inserts into the document what the template asks for.
    pub(crate) fn inserter(&self) -> Inserter<'a> {
        Inserter { bound: self.bound(), today: self.around.today }
    }

    /// The document as it is bound.
    pub(crate) fn bound(&self) -> Bound<'a> {
        Bound { template: self.template, binding: self.binding, document: self.document(), text: self.text() }
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.reading.source.text()
    }
}

/// What a rule found.
#[derive(Debug, Default)]
pub struct Findings {
    pub(crate) list: Vec<Finding>,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }
}

impl Group {
    /// All groups in order.
    pub const ALL: [Self; 8] = [
        Self::Document,
        Self::Header,
        Self::Structure,
        Self::Tables,
        Self::Content,
        Self::Diagram,
        Self::Consistency,
        Self::History,
    ];

    /// Its name in lists and configuration.
    pub fn name(self) -> &'static str {
        ["document", "header", "structure", "tables", "content", "diagram", "consistency", "history"][self as usize]
    }
}

/// Declares a rule: the doc comment is its documentation, the first line of it the summary.
///
/// ```text
/// declare_rule! {
///     /// A cell is empty in a column that the template names.
///     ///
///     /// Why, and the examples.
///     EMPTY_CELL = "empty-cell", Tables, Warning, Document(check)
/// }
/// ```
macro_rules! declare_rule {
    (
        #[doc = $summary:literal] $(#[doc = $line:literal])*
        $constant:ident = $name:literal, $group:ident, $severity:ident, $check:expr
        $(, fixes: $safety:ident)? $(, since: $since:literal)? $(, formerly: $formerly:expr)? $(, stability: $stability:ident)?
    ) => {
        #[doc = $summary] $(#[doc = $line])*
        pub(crate) const $constant: $crate::rule::Rule = $crate::rule::Rule {
            name: $name,
            group: $crate::rule::Group::$group,
            summary: $crate::rule::trim_summary($summary),
            docs: concat!($summary, "\n" $(, $line, "\n")*),
            default: $crate::severity::Severity::$severity,
            fixes: $crate::rule::declare_rule!(@fixes $($safety)?),
            since: $crate::rule::declare_rule!(@since $($since)?),
            stability: $crate::rule::declare_rule!(@stability $($stability)?),
            formerly: $crate::rule::declare_rule!(@formerly $($formerly)?),
            check: { use $crate::rule::Check::*; $check },
        };
    };
    (@fixes) => { None };
    (@fixes $safety:ident) => { Some($crate::fix::Safety::$safety) };
    (@since) => { "0.1.0" };
    (@since $since:literal) => { $since };
    (@stability) => { $crate::rule::Stability::Stable };
    (@stability $stability:ident) => { $crate::rule::Stability::$stability };
    (@formerly) => { &[] };
    (@formerly $formerly:expr) => { $formerly };
}
pub(crate) use declare_rule;

/// A doc comment's first line without the blank in front of it.
pub(crate) const fn trim_summary(line: &'static str) -> &'static str {
    line.trim_ascii()
}
