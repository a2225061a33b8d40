//! What nobody has filled in: placeholders of the template, values that begin with TBD, and brackets that stand for
//! something. In code only the template's own samples count. One look over the text finds where to look; what stands
//! there is read in its cell, item or paragraph.

pub(crate) mod blank;

use std::cell::OnceCell;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use memchr::memchr2_iter;

use crate::bind::model::{Binding, BoundField};
use crate::bind::tables::standing::Standing;
use crate::markdown::model::{BlockId, BlockKind, Document};
use crate::span::Span;
use crate::template::model::log::EntryToken;
use crate::template::model::{Content, Kind, Template};

/// Words that begin a value which is yet to come, in the cases in which people write them. The search sorts every
/// eighth into one bucket, and stops where three bytes may be of words of one: no two that are unlike share one here.
const OPEN_WORDS: [&str; 19] = [
    "TBD", "FIXME", "???", "TBC", "TBA", "| ? ", "| ... ", TO_BE[0], "TODO", "Tbd", "tbd", "Tbc", "tbc", "tba", "| … ",
    TO_BE[1], TO_BE[2], TO_BE[3], TO_BE[4],
];

/// What follows the `to` of `to be decided`: seldomer than its beginning.
const TO_BE: [&str; 5] = [" be decided", " be defined", " be confirmed", " be determined", " be announced"];

/// So many different brackets of one style are placeholders: a single one may be anything.
const ENOUGH: usize = 3;

/// The longest text in brackets that stands for another one, in bytes.
const LONGEST: usize = 100;

/// A placeholder.
#[derive(Debug, Clone)]
pub(crate) struct Open<'a> {
    /// The placeholder itself.
    pub(crate) span: Span,
    /// The row, item, paragraph, heading or header line it stands in: those in one belong together.
    pub(crate) unit: Span,
    /// Where it stands.
    pub(crate) place: Place,
    /// What is asked for there, where the template says so.
    pub(crate) kind: Option<&'a Kind>,
}

/// Where a placeholder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the field of the header with this index.
    Field(usize),
    /// In a cell: the table, and the column.
    Cell(BlockId, usize),
    /// In the heading of an entry of a log.
    Entry,
    /// In text.
    Text,
    /// In a code block that the template asks for.
    Code,
    /// In a diagram that the template asks for.
    Diagram,
}

/// All placeholders of a document.
#[derive(Debug, Default)]
pub(crate) struct Found<'a> {
    /// Those that are certain, in the order of the text.
    pub(crate) certain: Vec<Open<'a>>,
    /// Brackets (and then braces) that stand for something: enough of them, or none.
    pub(crate) brackets: [Vec<Span>; 2],
}

/// Finds them.
pub(crate) fn find<'a>(
    template: &'a Template,
    document: &'a Document,
    binding: &'a Binding,
    tables: &[Standing<'a>],
    text: &'a str,
) -> Found<'a> {
    let (Some(known), Some(words)) = (template.own_placeholders(), open_words()) else { return Found::default() };
    let finder = Finder { template, document, binding, text, units: OnceCell::new() };
    let mut found = Found::default();
    finder.fields(&mut found.certain);
    finder.values(tables, &mut found.certain);
    finder.entries(&mut found.certain);
    let mut typed: Vec<Span> = found.certain.iter().map(|open| open.span).collect();
    typed.sort_unstable();
    let is_typed = |span: Span| {
        let near = &typed[..typed.partition_point(|other| other.start() < span.end())];
        near.last().is_some_and(|other| other.overlaps(span))
    };
    // What stands in one of the template's placeholders belongs to it: brackets, and words.
    let mut wholes: Vec<Span> = Vec::new();
    for start in memchr2_iter(b'[', b'{', text.as_bytes()) {
        if wholes.last().is_some_and(|whole| start < whole.end()) {
            continue;
        }
        let style = usize::from(text.as_bytes()[start] == b'{');
        // Mostly it is the label of a node (`A[Web]`): of what stands in a word only a placeholder of the template counts.
        let in_word = text.as_bytes()[..start].last().is_some_and(u8::is_ascii_alphanumeric);
        let Some((is_sample, whole)) = known.at(text, start, in_word) else {
            if !in_word
                && let Some(span) = finder.bracket(start, style)
                && !is_typed(Span::new(start, start + 1))
                && finder.unit_at(start).is_some_and(|unit| !unit.is_code() && span.end() <= unit.span.end())
            {
                found.brackets[style].push(span);
            }
            continue;
        };
        wholes.push(whole);
        if is_sample && in_word {
            continue;
        }
        let Some(unit) = finder.unit_at(whole.start()).filter(|_| !is_typed(whole)) else { continue };
        if is_sample && finder.is_alone(unit, whole) || !is_sample && !unit.is_code() && !finder.is_reference(whole) {
            found.certain.push(unit.holding(whole));
        } else if is_sample && !unit.is_code() {
            found.brackets[0].extend(finder.bracket(start, 0).filter(|span| span.end() <= unit.span.end()));
        }
    }
    for hit in outside_code(document, text).flat_map(|part| words.find_iter(Input::new(text).range(part.range()))) {
        let Some(word) = open_word(text, hit.start(), hit.end()) else { continue };
        let before = &wholes[..wholes.partition_point(|whole| whole.start() <= word.start())];
        let is_part = before.last().is_some_and(|whole| word.start() < whole.end());
        if let Some(unit) = finder.unit_at(word.start()).filter(|_| !is_part && !is_typed(word)) {
            found.certain.extend(finder.open_value(unit, word).map(|word| unit.holding(word)));
        }
    }
    for brackets in &mut found.brackets {
        if distinct(text, brackets) < ENOUGH {
            brackets.clear();
        }
    }
    found.certain.sort_by_key(|open| open.span);
    found.certain.dedup_by_key(|open| open.span);
    found
}

/// The parts of a text between its code blocks.
fn outside_code(document: &Document, text: &str) -> impl Iterator<Item = Span> {
    let code = document.code_blocks().map(|(_, block, _)| block.span);
    let mut start = 0;
    code.chain([Span::at(text.len())]).map(move |code| {
        let part = Span::new(start, code.start());
        start = code.end();
        part
    })
}

/// [`OPEN_WORDS`], for a look over a text.
fn open_words() -> Option<&'static AhoCorasick> {
    static WORDS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let compile = || AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(OPEN_WORDS).ok();
    WORDS.get_or_init(compile).as_ref()
}

/// The word that a hit of [`OPEN_WORDS`] stands for: without the bar of a cell, and with the `to` of `to be decided`.
fn open_word(text: &str, start: usize, end: usize) -> Option<Span> {
    match text.as_bytes()[start] {
        b'|' => Some(Span::new(start + 2, end - 1)),
        b' ' => {
            let word = text[..start].get(start.checked_sub(2)?..)?;
            word.eq_ignore_ascii_case("to").then(|| Span::new(start - 2, end))
        }
        _ => Some(Span::new(start, end)),
    }
}

fn distinct(text: &str, spans: &[Span]) -> usize {
    let mut texts: Vec<&str> = spans.iter().map(|span| &text[span.range()]).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

/// A stretch of text in which a placeholder may stand.
#[derive(Debug, Clone, Copy)]
struct Unit {
    span: Span,
    group: Span,
    place: Place,
}

impl Unit {
    fn holding<'a>(self, span: Span) -> Open<'a> {
        Open { span, unit: self.group, place: self.place, kind: None }
    }

    fn is_code(self) -> bool {
        matches!(self.place, Place::Code | Place::Diagram)
    }
}

/// Headings, paragraphs, items, cells and the code that the template asks for, in the order of the text; other code,
/// comments and broken tables are none.
fn units(template: &Template, document: &Document, binding: &Binding) -> Vec<Unit> {
    let mut units = Vec::new();
    for (id, content) in template.contents() {
        let place = match content {
            Content::Code(_) => Place::Code,
            Content::Diagram(_) => Place::Diagram,
            _ => continue,
        };
        let Some(block) = binding.content(id).found.at().map(|at| document.block(at)) else { continue };
        if let Some(code) = block.code() {
            units.extend(code.body.iter().map(|&span| Unit { span, group: block.span, place }));
        }
    }
    for (section, value) in document.sections() {
        if let Some(heading) = &value.heading {
            units.push(Unit { span: heading.text, group: heading.text, place: Place::Text });
        }
        for (id, block) in document.blocks(section) {
            match &block.kind {
                BlockKind::Prose => units.push(Unit { span: block.span, group: block.span, place: Place::Text }),
                BlockKind::List(list) => {
                    units.extend(list.items.iter().map(|item| Unit {
                        span: item.text,
                        group: item.text,
                        place: Place::Text,
                    }));
                }
                BlockKind::Table(table) if table.broken.is_none() => {
                    for row in std::iter::once(&table.header).chain(&table.rows) {
                        let cells = table.cells(row).iter().enumerate();
                        units.extend(cells.map(|(column, &span)| Unit {
                            span,
                            group: row.span,
                            place: Place::Cell(id, column),
                        }));
                    }
                }
                _ => {}
            }
        }
    }
    // The items of a list come before the blocks in them. No two units overlap.
    units.sort_by_key(|unit| unit.span);
    units
}

struct Finder<'a> {
    template: &'a Template,
    document: &'a Document,
    binding: &'a Binding,
    text: &'a str,
    /// Only where something is found that needs one.
    units: OnceCell<Vec<Unit>>,
}

impl<'a> Finder<'a> {
    fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    fn unit_at(&self, offset: usize) -> Option<Unit> {
        let units = self.units.get_or_init(|| units(self.template, self.document, self.binding));
        let after = units.partition_point(|unit| unit.span.start() <= offset);
        units[..after].last().copied().filter(|unit| offset < unit.span.end())
    }

    fn fields(&self, found: &mut Vec<Open<'a>>) {
        let Some(header) = &self.template.header else { return };
        for (index, (bound, wanted)) in self.binding.header.fields.iter().zip(&header.fields).enumerate() {
            let BoundField::Found(line) = bound else { continue };
            let kind = wanted.kind.as_ref();
            if blank::is_placeholder(kind, self.slice(line.value), self.template) {
                found.push(Open { span: line.value, unit: line.line, place: Place::Field(index), kind });
            }
        }
    }

    /// Cells of which the template says what they hold.
    fn values(&self, tables: &[Standing<'a>], found: &mut Vec<Open<'a>>) {
        for standing in tables {
            for typed in &standing.typed {
                let place = Place::Cell(standing.block, typed.at);
                let cells = typed.cells.iter().zip(&standing.table.rows);
                let open = cells.filter_map(|(cell, row)| Some((cell.as_ref().filter(|cell| cell.is_open)?, row)));
                found.extend(open.map(|(cell, row)| {
                    let (span, kind) = (self.bare(cell.span), Some(cell.asked.kind));
                    Open { span, unit: row.span, place, kind }
                }));
            }
        }
    }

    /// Without the emphasis around it.
    fn bare(&self, cell: Span) -> Span {
        let slice = self.slice(cell);
        let inside = slice.trim_start_matches(['*', '_']);
        let start = cell.end() - inside.len();
        Span::new(start, start + inside.trim_end_matches(['*', '_']).len())
    }

    /// `### YYMMDD - vX.Y.Z - Title`: an entry of a log that nobody has dated.
    fn entries(&self, found: &mut Vec<Open<'a>>) {
        for (id, wanted) in self.template.logs() {
            let Some(log) = &self.binding.content(id).log else { continue };
            let is_form = |token: &str| {
                wanted.entry.parts.iter().any(|part| match part {
                    EntryToken::Date(pattern) => token == pattern,
                    EntryToken::Version => matches!(token.trim_start_matches(['v', 'V']), "X.Y.Z" | "x.y.z"),
                    _ => false,
                })
            };
            for entry in log.entries.iter().filter(|entry| !entry.in_form && entry.section.is_some()) {
                let open = words(self.text, entry.span).into_iter().filter(|word| is_form(self.slice(*word)));
                found.extend(open.map(|span| Open { span, unit: entry.span, place: Place::Entry, kind: None }));
            }
        }
    }

    /// Whether a sample is all that stands in a place: in its cell or its line, in code in quotes, too.
    fn is_alone(&self, unit: Unit, span: Span) -> bool {
        let before = &self.text[unit.span.start()..span.start()];
        let behind = &self.text[span.end()..unit.span.end()];
        if unit.is_code() && before.ends_with('"') && behind.starts_with('"') {
            return true;
        }
        let marks = |c: char| c == '*' || c == '_' || c.is_whitespace() && c != '\n';
        let (before, behind) = (before.trim_end_matches(marks), behind.trim_start_matches(marks));
        (before.is_empty() || before.ends_with('\n'))
            && (behind.is_empty() || behind.starts_with('\n'))
            && (unit.is_code() || !self.is_reference(span))
    }

    fn ends_sentence(&self, at: usize) -> bool {
        self.text[at..].chars().next().is_none_or(char::is_whitespace)
    }

    /// Code, links, boxes and footnotes are what they say.
    fn is_reference(&self, span: Span) -> bool {
        self.document.is_opaque(span) || self.text[span.end()..].starts_with(['(', '[', ':'])
    }

    /// The word, where it is what a cell, an item, a paragraph or the value of `Key: value` begins with.
    fn open_value(&self, unit: Unit, word: Span) -> Option<Span> {
        if self.document.is_opaque(word) {
            return None;
        }
        let marks = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '(' | '[' | '<' | '>');
        let before = self.text[unit.span.start()..word.start()].trim_end_matches(marks);
        let rest = &self.text[word.end()..unit.span.end()];
        let begins =
            before.is_empty() && blank::is_placeholder(None, &self.text[word.start()..unit.span.end()], self.template);
        // Within a sentence the word is the value only where nothing is said of it: "Note: TODO lists are kept
        // elsewhere".
        let ends = rest.trim_start_matches(['*', '_', ')', ']', '>', '?']);
        let alone = ends.is_empty()
            || ends.starts_with(['\n', '\r', '.', ',', ';', '(', ':', '-', '–', '—', '|'])
            || ends.starts_with(" (");
        // "To be decided is ..." begins a sentence, but no cell.
        let is_value = matches!(unit.place, Place::Cell(..)) || !blank::is_to_be(self.slice(word));
        (begins && (is_value || alone) || before.ends_with(':') && alone).then_some(word)
    }

    /// `[Name of the team]`, `{instance type}`: what stands for something else. Marks in capitals (`[OK]`), sources,
    /// and braces that are a part of a longer word (`{app}.example.com`) do not.
    fn bracket(&self, start: usize, style: usize) -> Option<Span> {
        let (open, close) = if style == 0 { ('[', b']') } else { ('{', b'}') };
        let before = self.text[..start].chars().next_back();
        if !before.is_none_or(|c| c.is_whitespace() || "(*_\"'|:>$€£~".contains(c)) {
            return None;
        }
        let rest = &self.text[start..];
        let inner = rest.trim_start_matches(open);
        // `[[Page]]` is a link of a wiki, and mostly it is a task box.
        if style == 0 && rest.len() - inner.len() > 1 || !inner.trim_start().starts_with(char::is_alphabetic) {
            return None;
        }
        let length = inner.bytes().take(LONGEST + 1).position(|byte| byte == close)?;
        let inside = inner[..length].trim();
        let behind = inner[length..].trim_start_matches(char::from(close));
        let end = self.text.len() - behind.len();
        let span = Span::new(start, end);
        let ends = behind
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || ",;)!?*\"'|%".contains(c) || c == '.' && self.ends_sentence(end + 1));
        let is_name = inside.chars().skip(1).any(char::is_lowercase)
            && !inside.contains(['\n', '\r', '#', ':', '[', '{', '<', '=', '`']);
        (ends && is_name && !self.is_reference(span)).then_some(span)
    }
}

/// The words of a heading.
fn words(text: &str, heading: Span) -> Vec<Span> {
    let between = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',' | '*' | '`');
    let mut words = Vec::new();
    let mut at = heading.start();
    for word in text[heading.range()].split_inclusive(between) {
        let bare = word.trim_end_matches(between).len();
        if bare > 0 {
            words.push(Span::new(at, at + bare));
        }
        at += word.len();
    }
    words
}
