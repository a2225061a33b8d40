//! *Not applicable* lines: where they stand, and what of the template they speak of.

use crate::bind::model::{Binding, Target, WaivedName, Waiver};
use crate::bind::sections::Sections;
use crate::directive::{NotApplicable, read_not_applicable};
use crate::markdown::model::{Block, BlockKind, Document, SectionId};
use crate::span::Span;
use crate::template::model::blocks::ListKind;
use crate::template::model::diagram::Diagram;
use crate::template::model::{Content, ContentId, SpecId, Template};
use crate::text::normal;

/// Finds the waivers of a document and what they name.
pub(super) fn bind(template: &Template, document: &Document, text: &str, sections: &Sections) -> Vec<Waiver> {
    let first_bound = sections.answers.iter().position(Option::is_some).unwrap_or(document.sections.len());
    let mut waivers = Vec::new();
    for (section, value) in document.sections() {
        let is_text = |block: &&Block| !matches!(block.kind, BlockKind::Rule | BlockKind::Html);
        let is_alone = || value.blocks.iter().filter(is_text).count() == 1;
        let owner = sections.owners[section.index()];
        let scope = match owner {
            Some(spec) => Scope::Section(spec),
            None if section.index() < first_bound => Scope::Document,
            // In a section of the author's own nothing is asked for, and nothing can be waived.
            None => continue,
        };
        for block in &value.blocks {
            match &block.kind {
                BlockKind::Prose => {
                    let found = waiver(template, text, section, scope, block.span);
                    waivers.extend(
                        found.map(|waiver| if is_alone() { of_own(template, text, scope, waiver) } else { waiver }),
                    );
                }
                BlockKind::List(list) => {
                    for item in &list.items {
                        waivers.extend(waiver(template, text, section, scope, item.text));
                    }
                }
                _ => {}
            }
        }
    }
    // An item's paragraph may be a block of its own: once is enough.
    waivers.sort_by_key(|waiver| waiver.span);
    waivers.dedup_by_key(|waiver| waiver.span.start());
    waivers
}

/// The longest name that is looked for before a reason without a mark, in words.
const LONGEST_NAME: usize = 5;

/// What a waiver may speak of.
#[derive(Clone, Copy)]
enum Scope {
    /// Whole sections: it stands between the title and the first section.
    Document,
    /// This section and what is below it.
    Section(SpecId),
}

fn waiver(template: &Template, text: &str, section: SectionId, scope: Scope, span: Span) -> Option<Waiver> {
    let NotApplicable { span, names, reason } = read_not_applicable(text, span)?;
    let names = if names.is_empty() {
        let Scope::Section(spec) = scope else { return None };
        let essential = template.section(spec).essential;
        vec![WaivedName { span, target: Some(Target::Section(spec)), essential, contradicted_by: None }]
    } else {
        names
            .into_iter()
            .map(|name| {
                let (name, target) = match resolve(template, scope, &text[name.range()]) {
                    None if reason.is_none() => shorter(template, scope, text, name),
                    target => (name, target),
                };
                let essential = target.is_some_and(|target| is_essential(template, target));
                WaivedName { span: name, target, essential, contradicted_by: None }
            })
            .collect()
    };
    Some(Waiver { span, section, reason, names })
}

/// `Not applicable: we have none` as all that a section holds: what stands where a name belongs is the reason, and the
/// section itself is meant.
fn of_own(template: &Template, text: &str, scope: Scope, waiver: Waiver) -> Waiver {
    let [WaivedName { span, target: None, .. }] = waiver.names.as_slice() else { return waiver };
    let is_sentence = text[span.range()].split_whitespace().count() > 2;
    match scope {
        Scope::Section(spec) if waiver.reason.is_none() && is_sentence => {
            let essential = template.section(spec).essential;
            let target = Some(Target::Section(spec));
            let own = WaivedName { span: waiver.span, target, essential, contradicted_by: None };
            Waiver { names: vec![own], ..waiver }
        }
        _ => waiver,
    }
}

/// A name that runs into its reason without a mark: its first words, where they are known.
fn shorter(template: &Template, scope: Scope, text: &str, name: Span) -> (Span, Option<Target>) {
    let blanks = text[name.range()].match_indices(' ').take(LONGEST_NAME);
    let starts = blanks.map(|(at, _)| Span::new(name.start(), name.start() + at));
    let known = starts.filter_map(|start| Some((start, Some(resolve(template, scope, &text[start.range()])?))));
    known.last().unwrap_or((name, None))
}

fn is_essential(template: &Template, target: Target) -> bool {
    match target {
        Target::Header => template.header.as_ref().is_some_and(|header| header.essential),
        Target::Section(spec) => template.section(spec).essential,
        Target::Content(id) => match template.content(id) {
            Content::Diagram(diagram) => diagram.essential,
            _ => false,
        },
        _ => false,
    }
}

/// What a name in a waiver means, by any name that the template or its words know for it.
fn resolve(template: &Template, scope: Scope, name: &str) -> Option<Target> {
    let wanted = normal(name);
    match scope {
        Scope::Document => {
            let header = template.header.as_ref().filter(|_| wanted == "header").map(|_| Target::Header);
            header.or_else(|| {
                template
                    .parts(None)
                    .find(|(_, section)| section.name.is(&wanted))
                    .or_else(|| template.sections().find(|(_, section)| normal(&section.requirement.path) == wanted))
                    .map(|(id, _)| Target::Section(id))
            })
        }
        Scope::Section(spec) => {
            // `Disaster Recovery > Recovery Targets > RPO`: the last part names it, for the place is known.
            let last = name.rsplit_once(" > ").map_or(wanted, |(_, last)| normal(last));
            in_section(template, spec, name, &last)
        }
    }
}

/// What a name means in a section: sections below first, then what they hold, the outermost first.
pub(crate) fn in_section(template: &Template, spec: SpecId, name: &str, wanted: &str) -> Option<Target> {
    let below = |id: SpecId| id == spec || is_below(template, id, spec);
    let sub = template.sections().find(|&(id, section)| id != spec && below(id) && section.name.is(wanted));
    if let Some((id, _)) = sub {
        return Some(Target::Section(id));
    }
    let contents: Vec<(ContentId, &Content)> = template.contents().filter(|(id, _)| below(id.section)).collect();
    contents
        .iter()
        .find_map(|&(id, content)| in_content(template, id, content, name, wanted))
        .or_else(|| {
            contents
                .iter()
                .find(|(_, content)| kind_names(content).contains(&wanted))
                .map(|&(id, _)| Target::Content(id))
        })
        .or_else(|| template.section(spec).name.is(wanted).then_some(Target::Section(spec)))
}

fn is_below(template: &Template, mut id: SpecId, above: SpecId) -> bool {
    while let Some(parent) = template.section(id).parent {
        if parent == above {
            return true;
        }
        id = parent;
    }
    false
}

fn in_content(template: &Template, id: ContentId, content: &Content, name: &str, wanted: &str) -> Option<Target> {
    match content {
        Content::Table(table) => {
            let row = table.rows.iter().position(|row| row.name.is(wanted));
            let column = || table.columns.iter().position(|column| column.name.is(wanted));
            row.map(|row| Target::Row(id, row)).or_else(|| column().map(|column| Target::Column(id, column)))
        }
        Content::Diagram(diagram) => in_diagram(template, id, diagram, name, wanted),
        _ => None,
    }
}

fn in_diagram(template: &Template, id: ContentId, diagram: &Diagram, name: &str, wanted: &str) -> Option<Target> {
    if let Some((from, to)) = name.split_once("-->").or_else(|| name.split_once('→')) {
        let layer = |side: &str| {
            let side = normal(side);
            diagram.layers.iter().position(|layer| normal(&layer.name) == side)
        };
        let (from, to) = (layer(from)?, layer(to)?);
        return diagram
            .flow
            .iter()
            .position(|flow| flow.from == from && flow.to == to)
            .map(|flow| Target::Flow(id, flow));
    }
    let layer = diagram.layers.iter().position(|layer| normal(&layer.name) == wanted);
    if let Some(layer) = layer {
        return Some(Target::Layer(id, layer));
    }
    let is_word = |word: usize| {
        let word = &template.words[word];
        let singular = wanted.strip_suffix('s').unwrap_or(wanted);
        std::iter::once(&word.name)
            .chain(&word.phrases)
            .map(|phrase| normal(phrase))
            .any(|known| known == wanted || known == singular)
    };
    for (layer, value) in diagram.layers.iter().enumerate() {
        for (element, value) in value.elements.iter().enumerate() {
            if normal(&template.words[value.word].name) == wanted {
                return Some(Target::Element(id, layer, element));
            }
        }
        if value.zones.as_ref().is_some_and(|zones| is_word(zones.word)) {
            return Some(Target::Zones(id, layer));
        }
    }
    for (layer, value) in diagram.layers.iter().enumerate() {
        if let Some(element) = value.elements.iter().position(|element| is_word(element.word)) {
            return Some(Target::Element(id, layer, element));
        }
    }
    None
}

/// The names that a *Not applicable* line in a section of the document may use; above the sections, their own.
pub(crate) fn names<'a>(template: &'a Template, binding: &Binding, section: SectionId) -> Vec<&'a str> {
    let Some(spec) = binding.owners[section.index()] else {
        let top = template.parts(None).filter(|(_, section)| !section.essential);
        return top.map(|(_, section)| section.name.shown.as_str()).collect();
    };
    let below = |id: SpecId| id == spec || is_below(template, id, spec);
    let mut names = Vec::new();
    for (id, section) in template.sections().filter(|&(id, _)| below(id)) {
        if id != spec && !section.essential {
            names.push(section.name.shown.as_str());
        }
        for content in &section.contents {
            match content {
                Content::Table(table) => {
                    names.extend(table.rows.iter().map(|row| row.name.shown.as_str()));
                    names.extend(table.columns.iter().map(|column| column.name.shown.as_str()));
                }
                Content::Diagram(diagram) => names.extend(diagram_names(template, diagram)),
                _ => {}
            }
        }
    }
    names
}

fn diagram_names<'a>(template: &'a Template, diagram: &'a Diagram) -> impl Iterator<Item = &'a str> {
    diagram.layers.iter().flat_map(|layer| {
        let elements = layer.elements.iter().map(|element| template.words[element.word].name.as_str());
        let zones = layer.zones.iter().map(|zones| template.words[zones.word].name.as_str());
        std::iter::once(layer.name.as_str()).chain(elements).chain(zones)
    })
}

/// What a thing without a name of its own is called.
fn kind_names(content: &Content) -> &'static [&'static str] {
    match content {
        Content::Prose(_) => &["prose", "text"],
        Content::Diagram(_) => &["diagram"],
        Content::Table(_) => &["table"],
        Content::Code(_) => &["code", "code block", "yaml", "configuration"],
        Content::List(list) => match list.kind {
            ListKind::Checklist => &["checklist"],
            ListKind::Ordered => &["ordered list", "list", "steps"],
            ListKind::Bullet => &["bullet list", "list"],
        },
        Content::Log(_) => &["log", "entries"],
    }
}
