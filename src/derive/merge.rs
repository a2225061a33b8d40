//! What several documents show together: what all of them have is required, what some have may be absent.

use crate::derive::observe::is_same;
use crate::derive::shape::{Content, Field, Header, Kind, Manner, Section, Shape};
use crate::derive::table;
use crate::text::normal;

/// Adds what another document shows.
pub(super) fn merge(mut one: Shape, other: Shape) -> Shape {
    one.documents += other.documents;
    one.files.extend(other.files);
    if other.manner == Manner::Template {
        one.manner = Manner::Template;
    }
    if one.folder != other.folder {
        one.folder = None;
    }
    one.name = common_name(&one.name, &other.name, one.folder.as_deref());
    if one.title != other.title {
        one.title = None;
    }
    one.numbered &= other.numbered;
    one.header = match (one.header, other.header) {
        (Some(one), Some(other)) => Some(header(one, other)),
        (one, other) => one.or(other),
    };
    let known = sections(&mut one.sections, other.sections);
    for mut demand in other.demands {
        demand.section = demand.section.map(|section| known[section]);
        let again = one.demands.iter().any(|own| own.section == demand.section);
        if !again {
            one.demands.push(demand);
        }
    }
    one
}

/// What the names share: `infrastructure` of `infrastructure` and `payments-infrastructure`; else that of the folder.
fn common_name(one: &str, other: &str, folder: Option<&str>) -> String {
    let theirs: Vec<&str> = other.split('-').collect();
    let shared: Vec<&str> = one.split('-').filter(|word| theirs.contains(word)).collect();
    let folder = folder.map(|folder| normal(folder).replace(' ', "-")).filter(|folder| !folder.is_empty());
    if shared.is_empty() { folder.unwrap_or_else(|| one.to_owned()) } else { shared.join("-") }
}

fn header(mut one: Header, other: Header) -> Header {
    one.seen += other.seen;
    for field in other.fields {
        match one.fields.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&field.name)) {
            Some(known) => add_values(known, field),
            None => one.fields.push(field),
        }
    }
    one
}

fn add_values(known: &mut Field, other: Field) {
    known.seen += other.seen;
    for value in other.values {
        if !known.values.contains(&value) {
            known.values.push(value);
        }
    }
}

/// Merges sections by name and parent; says which of the result each of the others is.
fn sections(ones: &mut Vec<Section>, others: Vec<Section>) -> Vec<usize> {
    let mut known: Vec<usize> = Vec::with_capacity(others.len());
    // Behind which section a new one stands.
    let mut before: Option<usize> = None;
    for mut other in others {
        let parent = other.parent.map(|parent| known[parent]);
        let found = ones.iter().position(|one| one.parent == parent && one.normal == other.normal);
        let place = if let Some(index) = found {
            join(&mut ones[index], other);
            index
        } else {
            let behind = before.filter(|&before| parent.is_none_or(|parent| before >= parent)).or(parent);
            let place = behind.map_or(0, |behind| end_of(ones, behind, parent));
            let moved = |index: usize| index + usize::from(index >= place);
            for section in ones.iter_mut() {
                section.parent = section.parent.map(moved);
            }
            for index in &mut known {
                *index = moved(*index);
            }
            other.parent = parent.map(moved);
            ones.insert(place, other);
            place
        };
        known.push(place);
        before = Some(place);
    }
    known
}

/// Behind a section and all below it, and no further out than the parent reaches.
fn end_of(sections: &[Section], behind: usize, parent: Option<usize>) -> usize {
    let level = parent.map_or(2, |parent| sections[parent].level + 1);
    if Some(behind) == parent {
        return behind + 1;
    }
    (behind + 1..sections.len()).find(|&at| sections[at].level <= level).unwrap_or(sections.len())
}

fn join(one: &mut Section, other: Section) {
    one.seen += other.seen;
    one.essential |= other.essential;
    one.optional |= other.optional;
    one.repeats |= other.repeats;
    one.varying.extend(other.varying);
    for content in other.contents {
        match one.contents.iter_mut().find(|known| is_same(&known.kind, &content.kind)) {
            Some(known) => add(known, content),
            None => one.contents.push(content),
        }
    }
}

fn add(known: &mut Content, other: Content) {
    known.seen += other.seen;
    match (&mut known.kind, other.kind) {
        (Kind::Table(one), Kind::Table(other)) => table::merge(one, &other),
        (Kind::List { items, example, .. }, Kind::List { items: theirs, example: other, .. }) => {
            *items = (*items).min(theirs);
            *example = example.take().or(other);
        }
        (
            Kind::Log { newest_first, versions, example, table, .. },
            Kind::Log { newest_first: theirs, versions: more, example: other, table: other_table, .. },
        ) => {
            *table = table.take().or(other_table);
            *newest_first &= theirs;
            versions.extend(more);
            *example = example.take().or(other);
        }
        (
            Kind::Prose { example, .. } | Kind::Diagram { example, .. } | Kind::Code { example, .. },
            Kind::Prose { example: other, .. }
            | Kind::Diagram { example: other, .. }
            | Kind::Code { example: other, .. },
        ) => {
            *example = example.take().or(other);
        }
        _ => {}
    }
}
