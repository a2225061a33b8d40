//! Which part of a document answers which requirement of its template. Rules read the result and never search.
//!
//! One folder for each thing that a template asks for. Its `mod.rs` binds; beside it stands what several rules would
//! otherwise work out each for itself: what is wrong with what was found, and how a fix writes it.

pub mod model;
pub mod topology;

pub(crate) mod bound;
pub(crate) mod contents;
mod directives;
pub(crate) mod fragments;
pub(crate) mod header;
pub mod history;
pub(crate) mod insert;
pub(crate) mod lines;
pub(crate) mod log;
pub(crate) mod names;
pub(crate) mod placeholders;
pub(crate) mod sections;
pub(crate) mod tables;
pub(crate) mod value;
pub(crate) mod waivers;

use crate::bind::model::{Binding, BoundField, HeaderState, Match, RowPlace, Target, Waiver};
use crate::bind::sections::anchors;
use crate::markdown::model::{BlockKind, Document};
use crate::reading::Reading;
use crate::span::Span;
use crate::template::model::{SpecId, Template};

/// Binds a template to what was read.
pub fn bind(reading: &Reading, template: &Template) -> Binding {
    let document = &reading.document;
    let text = reading.source.text();
    let mut sections = sections::bind(template, document, text, template.section_names());
    let waivers = waivers::bind(template, document, text, &sections);
    let lost = anchors::Lost::new(document, text);
    anchors::place(template, document, text, &mut sections, &waivers, &lost);
    let mut contents = contents::bind(template, document, text, &sections, &waivers, &lost);
    let topologies = topology::bind(template, reading, &mut contents, &waivers);
    let mut header = header::bind(template, document, text, &sections);
    if waivers.iter().any(|waiver| waiver.waives(Target::Header)) && matches!(header.state, HeaderState::Missing(_)) {
        header.state = HeaderState::NotAsked;
        header.fields.fill(BoundField::Silent);
    }
    let mut binding = Binding {
        title: sections.title,
        header,
        section_level: sections.level,
        sections: sections.matches,
        answers: sections.answers,
        copies: sections.copies,
        owners: sections.owners,
        contents,
        topologies,
        waivers,
        directives: directives::find(document, text),
    };
    contradict(&mut binding, document);
    binding
}

/// Says of each waiver where what it waives stands after all.
fn contradict(binding: &mut Binding, document: &Document) {
    let mut waivers: Vec<Waiver> = std::mem::take(&mut binding.waivers);
    for waiver in &mut waivers {
        for name in &mut waiver.names {
            name.contradicted_by = name.target.and_then(|target| place_of(binding, document, target, waiver.span));
        }
    }
    binding.waivers = waivers;
}

fn place_of(binding: &Binding, document: &Document, target: Target, line: Span) -> Option<Span> {
    match target {
        Target::Header => match binding.header.state {
            HeaderState::Here(span) | HeaderState::WrongForm { span, .. } => Some(span),
            _ => None,
        },
        Target::Section(spec) => {
            let at = binding.section(spec).at()?;
            let heading = document.section(at).heading.as_ref()?;
            if !document.section(at).body.contains(line) {
                return Some(heading.text);
            }
            // It speaks of the section it stands in: what the section must hold stands there after all.
            let held = binding.contents.section(spec).iter().find_map(|content| content.found.at());
            held.map(|block| document.block(block).span)
        }
        Target::Content(id) => binding.content(id).found.at().map(|block| document.block(block).span),
        Target::Column(id, column) => {
            let content = binding.content(id);
            let at = content.table.as_ref()?.columns.get(column)?.at()?;
            match &document.block(content.found.at()?).kind {
                BlockKind::Table(table) => table.cell(&table.header, at),
                _ => None,
            }
        }
        Target::Row(id, row) => {
            let content = binding.content(id);
            let at = content.table.as_ref()?.rows.get(row).and_then(Match::at)?;
            match (&document.block(content.found.at()?).kind, at) {
                (BlockKind::Table(table), RowPlace::Row(row)) => table.rows.get(row).map(|row| row.span),
                (BlockKind::Table(table), RowPlace::Column(column)) => table.cell(&table.header, column),
                _ => None,
            }
        }
        Target::Layer(id, _) | Target::Element(id, ..) | Target::Zones(id, _) | Target::Flow(id, _) => {
            let topology = binding.topologies.iter().find(|topology| topology.content == id)?;
            topology::waived::place_of(topology, target)
        }
    }
}

/// How many top-level sections of a template stand in a document, by their own name or an alias, and how many the
/// template has. Compares names without binding: cheap enough for every Markdown file of a repository.
pub(crate) fn shared_sections(reading: &Reading, template: &Template) -> (usize, usize) {
    let names = template.section_names();
    let is_top = |section: SpecId| template.section(section).parent.is_none();
    let mut seen = vec![false; template.sections.len()];
    for (_, heading) in reading.document.headings() {
        for name in names.get(&heading.normal).iter().filter(|name| is_top(name.section)) {
            seen[name.section.index()] = true;
        }
    }
    (seen.iter().filter(|seen| **seen).count(), template.sections().filter(|(id, _)| is_top(*id)).count())
}

/// Whether a document has the header of a template in the template's form, with at least two of its fields.
pub(crate) fn has_header(reading: &Reading, template: &Template) -> bool {
    header::is_in_form(template, &reading.document, reading.source.text())
}
