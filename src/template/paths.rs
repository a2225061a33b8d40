//! The path of every requirement, by visible names: `Disaster Recovery > Recovery Targets > RPO`. What stands between
//! a section and the thing (table, diagram, layer) is left out while no other thing of the section has that path.

use std::sync::Arc;

use crate::diagnostic::Requirement;
use crate::template::model::blocks::ListKind;
use crate::template::model::diagram::{Diagram, Flow};
use crate::template::model::{Content, ContentId, SpecId, Template};
use crate::text::{did_you_mean, list, normal};

/// What stands between the names of a path.
const SEPARATOR: &str = " > ";

/// What a requirement asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Header,
    Field(usize),
    Section(SpecId),
    Content(ContentId),
    Column(ContentId, usize),
    Row(ContentId, usize),
    Value(ContentId, usize),
    Layer(ContentId, usize),
    Element(ContentId, usize, usize),
    Zones(ContentId, usize),
    Flow(ContentId, usize),
    Never(ContentId, usize),
}

/// A requirement with the names that lead to it.
struct Thing<'t> {
    place: Place,
    /// Sections from the outermost; `header` for fields.
    above: Vec<String>,
    /// What stands between the section and the thing.
    within: Vec<String>,
    name: String,
    requirement: &'t mut Requirement,
}

/// What a path leads to.
pub(crate) enum Found {
    None,
    One(Place),
    /// The full paths of all.
    Many(Vec<String>),
}

impl Template {
    /// The paths of all requirements, in the order of the template.
    pub fn requirement_paths(&self) -> Vec<Arc<str>> {
        all(self).into_iter().map(|(_, path)| path).collect()
    }
}

/// Gives every requirement its path.
pub(crate) fn assign(template: &mut Template) {
    let mut things = things(template);
    let paths: Vec<String> = (0..things.len()).map(|index| path(&things, index)).collect();
    for (thing, path) in things.iter_mut().zip(paths) {
        thing.requirement.path = Arc::from(path);
    }
}

/// The shortest path that no other thing has, and that no thing further out would be meant by.
fn path(things: &[Thing<'_>], index: usize) -> String {
    let thing = &things[index];
    let depth = thing.within.len();
    for kept in 0..=depth {
        let written = written(thing, kept);
        let clash = things.iter().enumerate().any(|(other, theirs)| {
            other != index
                && theirs.above == thing.above
                && theirs.name == thing.name
                && theirs.within.len() <= depth
                && theirs.within.len() >= kept
                && self::written(theirs, kept) == written
        });
        if !clash {
            return written;
        }
    }
    // A row and a column of one name in one table.
    let kind = match thing.place {
        Place::Row(..) => "row ",
        Place::Never(..) => "never ",
        Place::Zones(..) => "zones ",
        _ => "",
    };
    let mut parts = thing.above.clone();
    parts.extend(thing.within.iter().cloned());
    parts.push(format!("{kind}{}", thing.name));
    parts.join(SEPARATOR)
}

/// The path with so many of the names between, the innermost first.
fn written(thing: &Thing<'_>, kept: usize) -> String {
    let mut parts: Vec<&str> = thing.above.iter().map(String::as_str).collect();
    parts.extend(thing.within[thing.within.len() - kept.min(thing.within.len())..].iter().map(String::as_str));
    parts.push(&thing.name);
    parts.join(SEPARATOR)
}

/// All requirements with their paths, in the order of the template.
pub(crate) fn all(template: &Template) -> Vec<(Place, Arc<str>)> {
    let mut copy = template.clone();
    things(&mut copy).into_iter().map(|thing| (thing.place, thing.requirement.path.clone())).collect()
}

/// What a path means: its own path, or any other by which it can be told from the rest. Only what `wanted` accepts.
pub(crate) fn find(template: &Template, path: &str, wanted: fn(Place) -> bool) -> Found {
    let mut copy = template.clone();
    let things = things(&mut copy);
    let named = parts(path);
    let candidates = || things.iter().filter(|thing| wanted(thing.place));
    if let Some(thing) = candidates().find(|thing| parts(&thing.requirement.path) == named) {
        return Found::One(thing.place);
    }
    let matching: Vec<&Thing> = candidates().filter(|thing| leads_to(&named, thing)).collect();
    match matching.as_slice() {
        [] => Found::None,
        [one] => Found::One(one.place),
        many => Found::Many(many.iter().map(|thing| thing.requirement.path.to_string()).collect()),
    }
}

/// What to write for a path that means nothing: the one that was probably meant, else what there is beside it.
pub(crate) fn suggestion(template: &Template, path: &str) -> String {
    let all = all(template);
    let named = parts(path);
    let above = &named[..named.len() - 1];
    let beside: Vec<(&str, &str)> = all
        .iter()
        .filter_map(|(_, path)| {
            let (before, last) = path.rsplit_once(SEPARATOR)?;
            (parts(before) == above).then_some((last, &**path))
        })
        .collect();
    let Some((_, first)) = beside.first() else {
        return match did_you_mean(path, all.iter().map(|(_, path)| &**path)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name it by its path, e.g. `Cost Estimate > Total`".to_owned(),
        };
    };
    let names: Vec<&str> = beside.iter().map(|(last, _)| *last).collect();
    match did_you_mean(&named[above.len()], names.iter().copied()) {
        Some(last) => {
            let near = beside.iter().find(|(known, _)| *known == last).map_or(*first, |(_, path)| *path);
            format!("did you mean `{near}`?")
        }
        None => format!("there it asks for {}", list(&names, "and")),
    }
}

fn parts(path: &str) -> Vec<String> {
    path.split(SEPARATOR).map(normal).collect()
}

/// Whether the names stand in the full path of a thing, in order, the last one at its end.
fn leads_to(wanted: &[String], thing: &Thing<'_>) -> bool {
    let full: Vec<String> =
        thing.above.iter().chain(&thing.within).chain(std::iter::once(&thing.name)).map(|part| normal(part)).collect();
    let mut rest = full.iter();
    wanted.last() == full.last() && wanted.iter().all(|name| rest.any(|part| part == name))
}

fn things(template: &mut Template) -> Vec<Thing<'_>> {
    let mut above: Vec<Vec<String>> = Vec::with_capacity(template.sections.len());
    for section in &template.sections {
        let names = section.parent.map(|parent| {
            let mut names = above[parent.index()].clone();
            names.push(template.sections[parent.index()].name.shown.clone());
            names
        });
        above.push(names.unwrap_or_default());
    }
    let words: Vec<String> = template.words.iter().map(|word| word.name.clone()).collect();
    let mut things = Vec::new();
    if let Some(header) = &mut template.header {
        things.push(Thing {
            place: Place::Header,
            above: Vec::new(),
            within: Vec::new(),
            name: "header".to_owned(),
            requirement: &mut header.requirement,
        });
        things.extend(header.fields.iter_mut().enumerate().map(|(index, field)| Thing {
            place: Place::Field(index),
            above: vec!["header".to_owned()],
            within: Vec::new(),
            name: field.name.shown.clone(),
            requirement: &mut field.requirement,
        }));
    }
    for (index, section) in template.sections.iter_mut().enumerate() {
        let id = SpecId(index as u32);
        let name = section.name.shown.clone();
        let mut inside = above[index].clone();
        inside.push(name.clone());
        things.push(Thing {
            place: Place::Section(id),
            above: above[index].clone(),
            within: Vec::new(),
            name,
            requirement: &mut section.requirement,
        });
        let mut kinds: Vec<&'static str> = Vec::new();
        for (content, value) in section.contents.iter_mut().enumerate() {
            let kind = kind(value);
            kinds.push(kind);
            let number = kinds.iter().filter(|other| **other == kind).count();
            let name = if number == 1 { kind.to_owned() } else { format!("{kind} {number}") };
            let id = ContentId { section: id, content: content as u32 };
            let mut collector = Collector { things: &mut things, id, above: &inside, own: &name, words: &words };
            collector.content(value);
        }
    }
    things
}

fn kind(content: &Content) -> &'static str {
    match content {
        Content::Prose(_) => "prose",
        Content::Diagram(_) => "diagram",
        Content::Table(_) => "table",
        Content::Code(_) => "code",
        Content::List(list) => match list.kind {
            ListKind::Checklist => "checklist",
            ListKind::Ordered => "ordered list",
            ListKind::Bullet => "bullet list",
        },
        Content::Log(_) => "log",
    }
}

/// Collects what a content asks for.
struct Collector<'c, 't> {
    things: &'c mut Vec<Thing<'t>>,
    id: ContentId,
    above: &'c [String],
    /// The name of the content among those of its section.
    own: &'c str,
    /// The names of the elements.
    words: &'c [String],
}

impl<'t> Collector<'_, 't> {
    fn push(&mut self, place: Place, within: &[&str], name: &str, requirement: &'t mut Requirement) {
        self.things.push(Thing {
            place,
            above: self.above.to_vec(),
            within: within.iter().map(|&part| part.to_owned()).collect(),
            name: name.to_owned(),
            requirement,
        });
    }

    fn content(&mut self, content: &'t mut Content) {
        let (id, own) = (self.id, self.own);
        match content {
            Content::Prose(prose) => self.push(Place::Content(id), &[], own, &mut prose.requirement),
            Content::List(list) => self.push(Place::Content(id), &[], own, &mut list.requirement),
            Content::Log(log) => self.push(Place::Content(id), &[], own, &mut log.requirement),
            Content::Code(code) => {
                self.push(Place::Content(id), &[], own, &mut code.requirement);
                for (index, value) in code.values.iter_mut().enumerate() {
                    let name = value.keys.first().cloned().unwrap_or_default();
                    self.push(Place::Value(id, index), &[own], &name, &mut value.requirement);
                }
            }
            Content::Table(table) => {
                self.push(Place::Content(id), &[], own, &mut table.requirement);
                for (index, column) in table.columns.iter_mut().enumerate() {
                    self.push(Place::Column(id, index), &[own], &column.name.shown, &mut column.requirement);
                }
                for (index, row) in table.rows.iter_mut().enumerate() {
                    self.push(Place::Row(id, index), &[own], &row.name.shown, &mut row.requirement);
                }
            }
            Content::Diagram(diagram) => self.diagram(diagram),
        }
    }

    fn diagram(&mut self, diagram: &'t mut Diagram) {
        let (id, own, words) = (self.id, self.own, self.words);
        self.push(Place::Content(id), &[], own, &mut diagram.requirement);
        let names: Vec<String> = diagram.layers.iter().map(|layer| layer.name.clone()).collect();
        for (layer, value) in diagram.layers.iter_mut().enumerate() {
            let within = [own, &names[layer]];
            self.push(Place::Layer(id, layer), &[own], &names[layer], &mut value.requirement);
            for (element, value) in value.elements.iter_mut().enumerate() {
                self.push(Place::Element(id, layer, element), &within, &words[value.word], &mut value.requirement);
            }
            if let Some(zones) = &mut value.zones {
                self.push(Place::Zones(id, layer), &within, &words[zones.word], &mut zones.requirement);
            }
        }
        let arrow = |flow: &Flow| format!("{} --> {}", names[flow.from], names[flow.to]);
        for (index, flow) in diagram.flow.iter_mut().enumerate() {
            self.push(Place::Flow(id, index), &[own], &arrow(flow), &mut flow.requirement);
        }
        for (index, flow) in diagram.never.iter_mut().enumerate() {
            self.push(Place::Never(id, index), &[own], &arrow(flow), &mut flow.requirement);
        }
    }
}
