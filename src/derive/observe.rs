//! What one document shows.

use crate::derive::shape::{Content, Kind, Manner, Section, Shape};
use crate::derive::{demands, guess, header, log, table};
use crate::directive::read_not_applicable;
use crate::excerpt::Excerpt;
use crate::markdown::model::trouble::Trouble;
use crate::markdown::model::{Block, BlockKind, Document, Heading, SectionId, Within};
use crate::markdown::parse::parse_within;
use crate::markdown::plain::plain;
use crate::mermaid::kind::first_word;
use crate::reading::Reading;
use crate::span::Span;
use crate::template::builtin;
use crate::template::model::blocks::ListKind;
use crate::text::normal;

/// Placeholders in a document, from which on it is a template.
const PLACEHOLDERS: usize = 2;

/// What a document shows; of a wrapped one, what its inside shows and what is said around it.
pub(super) fn observe(reading: &Reading) -> Shape {
    let document = &reading.document;
    let text = reading.source.text();
    let eye = Eye { document, text, manner: manner(reading), top: top_level(document) };
    let around = around(reading);
    let titles = eye.title().into_iter().chain(around.iter().filter_map(|document| title_of(document, text)));
    let name = name_of(reading.source.name(), titles);
    let mut shape = Shape {
        documents: 1,
        files: vec![reading.source.name().rsplit('/').next().unwrap_or_default().to_owned()],
        manner: eye.manner,
        folder: reading.source.name().rsplit('/').nth(1).map(str::to_owned),
        title: eye.title().filter(|title| eye.manner == Manner::Template && !guess::is_varying(title)),
        numbered: eye.is_numbered(),
        header: header::observe(document, text, eye.first_section()),
        sections: Vec::new(),
        demands: Vec::new(),
        name,
    };
    eye.sections(&mut shape);
    let documents = || std::iter::once(document).chain(&around);
    shape.demands = documents().flat_map(|document| demands::observe(document, text)).collect();
    demands::assign(&mut shape);
    for sentence in documents().flat_map(|document| demands::required_lines(document, text)) {
        demands::require(&mut shape, &sentence);
    }
    shape
}

/// What stands before and behind the document in a wrapper.
fn around(reading: &Reading) -> Vec<Document> {
    let mut trouble = reading.wrapped.iter().flat_map(|document| &document.trouble);
    let wrapper = trouble.find_map(|trouble| match trouble {
        Trouble::Wrapped(wrapper) => Some(wrapper),
        _ => None,
    });
    let Some(wrapper) = wrapper else { return Vec::new() };
    let end = reading.source.text().len();
    let behind = wrapper.closing.map_or(wrapper.inner.end(), Span::end);
    vec![
        parse_within(&reading.source, Span::new(0, wrapper.opening.start())),
        parse_within(&reading.source, Span::new(behind.min(end), end)),
    ]
}

/// A template speaks in placeholders, or stands in a wrapper.
fn manner(reading: &Reading) -> Manner {
    let document = &reading.document;
    let text = reading.source.text();
    let is_open = |block: &Block| matches!(block.kind, BlockKind::Prose | BlockKind::Table(_) | BlockKind::List(_));
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let found: usize = blocks
        .filter(|block| block.within == Within::Section || matches!(block.kind, BlockKind::Prose))
        .filter(|block| is_open(block) && block.within != Within::Item)
        .map(|block| guess::placeholders(document, text, block.span))
        .sum();
    if reading.wrapped.is_some() || found >= PLACEHOLDERS { Manner::Template } else { Manner::Instance }
}

/// The level of the sections: the highest below the title.
fn top_level(document: &Document) -> u8 {
    let title = title(document).map(|(id, _)| id);
    document.headings().filter(|(id, _)| Some(*id) != title).map(|(_, heading)| heading.level).min().unwrap_or(2)
}

/// The first heading, where it is the only one of its level.
fn title(document: &Document) -> Option<(SectionId, &Heading)> {
    let (id, first) = document.headings().next()?;
    let alone = document.headings().skip(1).all(|(_, heading)| heading.level > first.level);
    (alone && first.level == 1).then_some((id, first))
}

fn title_of(document: &Document, text: &str) -> Option<String> {
    title(document).map(|(_, heading)| plain(&text[heading.name.range()]).into_owned())
}

/// `infrastructure` of `docs/infrastructure-template.md`; of `template.md`, a title: `feature` of `Feature: [Name]`.
fn name_of(file: &str, titles: impl Iterator<Item = String>) -> String {
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let stem = if stem.starts_with('<') { "" } else { stem };
    let own = |name: &str| {
        let open = name.find(['[', '<', '{', ':']).unwrap_or(name.len());
        let words = normal(&name[..open].replace('.', " "));
        let kept: Vec<&str> =
            words.split(' ').filter(|word| *word != "template" && word.contains(char::is_alphanumeric)).collect();
        kept.join("-")
    };
    let mut names = std::iter::once(own(stem)).chain(titles.map(|title| own(&title)));
    let name = names.find(|name| !name.is_empty()).unwrap_or_else(|| "derived".to_owned());
    // A template of this name would take the place of the built-in one, unasked.
    if builtin::builtin(&name).is_some() { format!("{name}-derived") } else { name }
}

struct Eye<'a> {
    document: &'a Document,
    text: &'a str,
    manner: Manner,
    top: u8,
}

impl Eye<'_> {
    fn title(&self) -> Option<String> {
        title_of(self.document, self.text)
    }

    /// Where the sections begin.
    fn first_section(&self) -> SectionId {
        let title = title(self.document).map(|(id, _)| id);
        let mut sections = self.document.headings().map(|(id, _)| id).filter(|id| Some(*id) != title);
        sections.next().unwrap_or(SectionId(self.document.sections.len() as u32))
    }

    fn is_numbered(&self) -> bool {
        let tops = || self.document.headings().filter(|(_, heading)| heading.level == self.top);
        let numbered = tops().filter(|(_, heading)| heading.number.is_some()).count();
        numbered > 1 && numbered * 2 > tops().count()
    }

    fn sections(&self, shape: &mut Shape) {
        let title = title(self.document).map(|(id, _)| id);
        // By section of the document: which of the shape it is, if it is one.
        let mut known: Vec<Option<usize>> = vec![None; self.document.sections.len()];
        let mut left: Vec<bool> = vec![false; self.document.sections.len()];
        for (id, heading) in self.document.headings().filter(|(id, _)| Some(*id) != title) {
            let above = self.document.section(id).parent.filter(|parent| Some(*parent) != title);
            let parent = above.and_then(|above| known[above.index()]);
            let name = plain(&self.text[heading.name.range()]).trim().to_owned();
            let lost = above.is_some_and(|above| left[above.index()]);
            // What stands below a heading that varies is its own matter, and entries of a log are its own too.
            let is_log = parent.is_some_and(|parent| {
                shape.sections[parent].contents.iter().any(|content| matches!(content.kind, Kind::Log { .. }))
            });
            if lost || is_log || guess::is_varying(&name) || normal(&name).is_empty() {
                left[id.index()] = true;
                if let Some(parent) = parent.filter(|_| !lost && !is_log) {
                    shape.sections[parent].varying.push(name);
                }
                continue;
            }
            let same = |other: &Section| other.parent == parent && other.normal == heading.normal;
            if let Some(again) = shape.sections.iter().position(same) {
                shape.sections[again].repeats = true;
                known[id.index()] = Some(again);
                continue;
            }
            let note = heading.note.map(|note| self.text[note.range()].to_lowercase()).unwrap_or_default();
            known[id.index()] = Some(shape.sections.len());
            shape.sections.push(Section {
                normal: heading.normal.clone(),
                level: parent.map_or(2, |parent| (shape.sections[parent].level + 1).min(6)),
                parent,
                essential: ["required", "mandatory"].iter().any(|word| note.contains(word)),
                optional: ["optional", "if "].iter().any(|word| note.contains(word)),
                repeats: false,
                seen: 1,
                contents: self.contents(id, heading),
                varying: Vec::new(),
                name,
            });
        }
        let meant = |name: &str| name.contains("diagram requirement");
        let talk = shape.sections.iter().position(|section| meant(&section.normal));
        if let Some(talk) = talk.filter(|&talk| shape.sections.iter().all(|section| section.parent != Some(talk))) {
            // A section that says what a diagram must show is no part of the documents to come.
            shape.sections.remove(talk);
            for section in &mut shape.sections {
                section.parent = section.parent.map(|parent| if parent > talk { parent - 1 } else { parent });
            }
        }
    }

    fn contents(&self, id: SectionId, heading: &Heading) -> Vec<Content> {
        if let Some(found) = log::observe(self.document, self.text, id, heading, self.manner) {
            return vec![Content { kind: found, seen: 1 }];
        }
        let section = self.document.section(id);
        let own = || section.blocks.iter().filter(|block| block.within == Within::Section);
        let mut contents: Vec<Content> = Vec::new();
        // Beside tables and code a list of a filled-in document is talk.
        let is_firm = |block: &Block| matches!(block.kind, BlockKind::Table(_) | BlockKind::Code(_));
        let firm = self.manner == Manner::Instance && own().any(is_firm);
        for block in own() {
            let kind = self.kind(block, firm).map(|kind| match kind {
                Kind::Table(table) => {
                    let written = &self.text[block.span.range()];
                    log::of_table(&table, heading, written).unwrap_or(Kind::Table(table))
                }
                other => other,
            });
            let Some(kind) = kind else { continue };
            let again = contents.iter_mut().any(|content| is_same(&content.kind, &kind));
            if !again {
                contents.push(Content { kind, seen: 1 });
            }
        }
        self.only_what_counts(contents, id)
    }

    /// Text beside other things is talk; text alone, or a bracket to be filled in, is asked for.
    fn only_what_counts(&self, mut contents: Vec<Content>, id: SectionId) -> Vec<Content> {
        let is_prose = |content: &Content| matches!(content.kind, Kind::Prose { .. });
        let has_children = self.document.sections().any(|(_, section)| section.parent == Some(id));
        let others = has_children || contents.iter().any(|content| !is_prose(content));
        if others {
            contents.retain(|content| match &content.kind {
                Kind::Prose { example, .. } => example.as_deref().is_some_and(guess::is_bracket),
                _ => true,
            });
        }
        contents
    }

    fn kind(&self, block: &Block, firm: bool) -> Option<Kind> {
        let kept = |text: String| (self.manner == Manner::Template).then_some(text);
        match &block.kind {
            BlockKind::Table(found) if found.broken.is_none() => {
                table::observe(found, self.text, self.manner).map(Kind::Table)
            }
            BlockKind::Code(code) => {
                let language = self.text[code.language.range()].to_lowercase();
                let body = Excerpt::new(self.text, &code.body).text().trim_end().to_owned();
                match language.as_str() {
                    "" => None,
                    "mermaid" => Some(Kind::Diagram { kind: diagram_kind(&body)?, example: kept(body) }),
                    _ => Some(Kind::Code { language, example: kept(body) }),
                }
            }
            BlockKind::List(list) => {
                let kind = match () {
                    () if list.items.iter().any(|item| item.task.is_some()) => ListKind::Checklist,
                    () if firm => return None,
                    () if list.start.is_some() => ListKind::Ordered,
                    () => ListKind::Bullet,
                };
                let example = kept(self.text[block.span.range()].trim_end().to_owned());
                Some(Kind::List { kind, items: list.items.len(), example })
            }
            // What is said not to be there is no example of it.
            BlockKind::Prose if read_not_applicable(self.text, block.span).is_none() => {
                let written = self.text[block.span.range()].trim().to_owned();
                Some(Kind::Prose { sentences: guess::sentences(&written), example: kept(written) })
            }
            _ => None,
        }
    }
}

/// Whether two contents of a section are one requirement.
pub(super) fn is_same(one: &Kind, other: &Kind) -> bool {
    match (one, other) {
        (Kind::Prose { .. }, Kind::Prose { .. }) | (Kind::Log { .. }, Kind::Log { .. }) => true,
        (Kind::Diagram { kind: one, .. }, Kind::Diagram { kind: other, .. })
        | (Kind::Code { language: one, .. }, Kind::Code { language: other, .. }) => one == other,
        (Kind::List { kind: one, .. }, Kind::List { kind: other, .. }) => one == other,
        (Kind::Table(one), Kind::Table(other)) => table::is_same(one, other),
        _ => false,
    }
}

/// The word that a diagram begins with, behind front matter, comments and settings.
fn diagram_kind(body: &str) -> Option<String> {
    let mut lines = body.lines().map(str::trim);
    let mut line = lines.next()?;
    if line == "---" {
        line = lines.by_ref().skip_while(|line| *line != "---").nth(1)?;
    }
    while line.is_empty() || line.starts_with("%%") {
        line = lines.next()?;
    }
    match first_word(line) {
        "" => None,
        "graph" => Some("flowchart".to_owned()),
        word => Some(word.to_owned()),
    }
}
