//! What is computed from a template once, when it is first asked for.

use std::collections::HashMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use foldhash::fast::RandomState;

use crate::span::Span;
use crate::template::model::blocks::{Code, Prose};
use crate::template::model::diagram::Diagram;
use crate::template::model::log::Log;
use crate::template::model::table::Table;
use crate::template::model::{Content, ContentId, SpecId, Template};
use crate::words::Matcher;

/// What is computed from a template once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lazy {
    pub(super) section_names: OnceLock<SectionNames>,
    pub(super) matcher: OnceLock<Matcher>,
    /// `None` where they are too many.
    pub(super) placeholders: OnceLock<Option<Placeholders>>,
    /// By section and content: its example in brackets, as a fix writes it.
    pub(in crate::template) bracketed: OnceLock<Vec<Vec<String>>>,
    by_kind: OnceLock<ByKind>,
}

/// The contents of a template by what they are: who asks for its logs alone need not go through all.
#[derive(Debug, Clone, Default)]
struct ByKind {
    prose: Vec<ContentId>,
    diagrams: Vec<ContentId>,
    tables: Vec<ContentId>,
    code: Vec<ContentId>,
    logs: Vec<ContentId>,
}

impl ByKind {
    fn new(template: &Template) -> Self {
        let mut by_kind = Self::default();
        for (id, content) in template.contents() {
            match content {
                Content::Prose(_) => by_kind.prose.push(id),
                Content::Diagram(_) => by_kind.diagrams.push(id),
                Content::Code(_) => by_kind.code.push(id),
                Content::Log(_) => by_kind.logs.push(id),
                Content::Table(_) => by_kind.tables.push(id),
                Content::List(_) => {}
            }
        }
        by_kind
    }
}

impl Template {
    fn by_kind(&self) -> &ByKind {
        self.lazy.by_kind.get_or_init(|| ByKind::new(self))
    }

    /// The texts that it asks for.
    pub(crate) fn prose(&self) -> impl Iterator<Item = (ContentId, &Prose)> {
        self.by_kind().prose.iter().filter_map(|&id| match self.content(id) {
            Content::Prose(prose) => Some((id, prose)),
            _ => None,
        })
    }

    /// The diagrams that it asks for.
    pub(crate) fn diagrams(&self) -> impl Iterator<Item = (ContentId, &Diagram)> {
        self.by_kind().diagrams.iter().filter_map(|&id| match self.content(id) {
            Content::Diagram(diagram) => Some((id, diagram)),
            _ => None,
        })
    }

    /// The tables that it asks for.
    pub(crate) fn tables(&self) -> impl Iterator<Item = (ContentId, &Table)> {
        self.by_kind().tables.iter().filter_map(|&id| Some((id, self.table(id)?)))
    }

    /// The code blocks that it asks for.
    pub(crate) fn code(&self) -> impl Iterator<Item = (ContentId, &Code)> {
        self.by_kind().code.iter().filter_map(|&id| match self.content(id) {
            Content::Code(code) => Some((id, code)),
            _ => None,
        })
    }

    /// The logs that it asks for.
    pub(crate) fn logs(&self) -> impl Iterator<Item = (ContentId, &Log)> {
        self.by_kind().logs.iter().filter_map(|&id| match self.content(id) {
            Content::Log(log) => Some((id, log)),
            _ => None,
        })
    }
}

type Beginnings = [u64; 64];

/// [`Template::placeholders`] and [`Template::samples`], for a look at one place of a text.
#[derive(Debug, Clone)]
pub(crate) struct Placeholders {
    all: AhoCorasick,
    /// The samples are those from here on.
    samples: usize,
    /// Bits of the three letters behind a bracket with which one begins. Of most brackets no more is looked at.
    begins: Beginnings,
    /// The same without the samples: those of what counts within a word, too. Most brackets are labels of nodes
    /// (`A[Web]`).
    begins_in_word: Beginnings,
}

impl Placeholders {
    pub(super) fn new(template: &Template) -> Option<Self> {
        let all = || template.placeholders.iter().chain(&template.samples);
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest).start_kind(StartKind::Anchored);
        let begins_in_word = beginnings(&template.placeholders);
        let mut begins = beginnings(&template.samples);
        begins.iter_mut().zip(begins_in_word).for_each(|(bits, more)| *bits |= more);
        let samples = template.placeholders.len();
        Some(Self { all: builder.build(all()).ok()?, samples, begins, begins_in_word })
    }

    /// What opens at a bracket: `[Question]`, or `$[X]` with its sign. Also whether it is a sample: such a one may be
    /// passed over where the bracket stands in a word.
    pub(crate) fn at(&self, text: &str, bracket: usize, in_word: bool) -> Option<(bool, Span)> {
        let third = text.as_bytes().get(bracket + 3).copied().unwrap_or_default();
        let (word, bit) = beginning(&text[bracket..], third);
        let begins = if in_word { &self.begins_in_word } else { &self.begins };
        if begins[word] & bit == 0 {
            return None;
        }
        let at = |start| self.all.find(Input::new(text).range(start..).anchored(Anchored::Yes));
        let with_sign = text[..bracket].ends_with('$').then(|| bracket - 1);
        let hit = with_sign.and_then(at).or_else(|| at(bracket))?;
        Some((hit.pattern().as_usize() >= self.samples, Span::new(hit.start(), hit.end())))
    }
}

fn beginnings(known: &[String]) -> Beginnings {
    let mut begins = [0; 64];
    for known in known {
        let bracket = known.strip_prefix('$').unwrap_or(known);
        // Anything may stand behind `[X]`.
        let thirds = bracket.as_bytes().get(3).map_or(0..=u8::MAX, |&third| third..=third);
        for (word, bit) in thirds.map(|third| beginning(bracket, third)) {
            begins[word] |= bit;
        }
    }
    begins
}

/// The letters behind a bracket, the third of them given, as an index and a bit of [`Placeholders::begins`].
fn beginning(bracket: &str, third: u8) -> (usize, u64) {
    let letter = |at: usize| bracket.as_bytes().get(at).copied().unwrap_or_default();
    (usize::from((letter(1) ^ third << 3) & 63), 1 << ((letter(2) ^ third >> 2) & 63))
}

/// Every name and alias of every section, by its normal form.
#[derive(Debug, Clone, Default)]
pub(crate) struct SectionNames {
    names: Vec<(String, Vec<SectionName>)>,
    by_name: HashMap<String, usize, RandomState>,
    /// By [`SpecId`]: its own name.
    own: Vec<usize>,
}

/// A section, and whether the name is its own (or an alias).
#[derive(Debug, Clone, Copy)]
pub(crate) struct SectionName {
    pub(crate) section: SpecId,
    pub(crate) own: bool,
}

impl SectionNames {
    pub(super) fn new(template: &Template) -> Self {
        let mut all = Self::default();
        for (section, spec) in template.sections() {
            let own = all.add(&spec.name.normal, SectionName { section, own: true });
            all.own.push(own);
            for alias in &spec.name.aliases {
                all.add(alias, SectionName { section, own: false });
            }
        }
        all
    }

    fn add(&mut self, normal: &str, named: SectionName) -> usize {
        let at = *self.by_name.entry(normal.to_owned()).or_insert_with(|| {
            self.names.push((normal.to_owned(), Vec::new()));
            self.names.len() - 1
        });
        self.names[at].1.push(named);
        at
    }

    /// The sections that a heading of this normal name may stand for.
    pub(crate) fn get(&self, normal: &str) -> &[SectionName] {
        self.by_name.get(normal).map_or(&[], |&at| &self.names[at].1)
    }

    /// The same, heading by heading: mostly each has the own name of the section behind the last one, and nothing is
    /// looked up.
    pub(crate) fn get_in_order(&self, normal: &str, expected: &mut SpecId) -> &[SectionName] {
        let next = self.own.get(expected.index()).map(|&at| &self.names[at]);
        let sections = match next {
            Some((name, sections)) if name == normal => {
                expected.0 += 1;
                return sections;
            }
            _ => self.get(normal),
        };
        if let Some(first) = sections.first() {
            *expected = SpecId(first.section.0 + 1);
        }
        sections
    }
}
