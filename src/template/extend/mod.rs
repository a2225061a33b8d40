//! Templates that change others: what is dropped, what is changed, what is added. Works on what has been read, so that
//! the result is compiled and checked like any other template.

mod drop;
mod sections;

use crate::described::reader::Mistakes;
use crate::described::{Described, Many, Text};
use crate::template::model::Template;
use crate::template::paths::{self, Found, Place};
use crate::template::raw::RawTemplate;
use crate::template::raw::header::{RawField, RawHeader};
use crate::text::{list, normal};

/// What results where a template changes another. `base` is the other one compiled, `theirs` what it was read from.
pub(super) fn extend(base: &Template, theirs: RawTemplate, own: RawTemplate, mistakes: &mut Mistakes) -> RawTemplate {
    let dropped: Vec<Place> =
        own.drop.iter().flatten().filter_map(|path| find(base, path, |_| true, mistakes)).collect();
    let mut kept = theirs;
    drop::drop(base, &mut kept, &dropped);
    let sections = sections::merge(base, kept.section.take(), own.section, &dropped, mistakes);
    RawTemplate {
        origin: own.origin,
        name: own.name,
        title: own.title.or(kept.title),
        summary: own.summary.or(kept.summary),
        extends: own.extends,
        drop: None,
        order: own.order.or(kept.order),
        numbering: own.numbering.or(kept.numbering),
        required_version: own.required_version.or(kept.required_version),
        applies_to: overlay(kept.applies_to, own.applies_to),
        header: match (kept.header, own.header) {
            (Some(base), Some(over)) => Some(header(base, over)),
            (base, over) => over.or(base),
        },
        section: Some(sections),
        severity: overlay(kept.severity, own.severity),
        words: overlay(kept.words, own.words),
    }
}

/// What only makes sense where another template is changed.
pub(super) fn check_alone(raw: &RawTemplate, mistakes: &mut Mistakes) {
    let mut complain = |at: &Text, key: &str| {
        let message = format!("`{key}` needs a template that is extended");
        mistakes.push_shaky(at.origin, message, "here", "add `extends = \"infrastructure\"`, or remove it");
    };
    if let Some(first) = raw.drop.iter().flatten().next() {
        complain(first, "drop");
    }
    for section in raw.section.iter().flat_map(|sections| &sections.list) {
        if let Some(change) = &section.change {
            complain(change, "change");
        }
        if let Some(after) = &section.after {
            complain(after, "after");
        }
    }
}

fn overlay<T: Described>(base: Option<T>, over: Option<T>) -> Option<T> {
    match (base, over) {
        (Some(base), Some(over)) => Some(base.overlay(over)),
        (base, over) => over.or(base),
    }
}

/// Fields are changed by their name; those of a new name come last.
fn header(base: RawHeader, mut over: RawHeader) -> RawHeader {
    let fields = over.field.take().map(|many| many.list).unwrap_or_default();
    let mut merged = base.overlay(over);
    let mut list = merged.field.take().map(|many| many.list).unwrap_or_default();
    let name = |field: &RawField| field.name.as_ref().map(|name| normal(&name.value));
    for field in fields {
        match list.iter().position(|known| name(known).is_some() && name(known) == name(&field)) {
            Some(index) => {
                let known = list.remove(index);
                list.insert(index, known.overlay(field));
            }
            None => list.push(field),
        }
    }
    merged.field = Some(Many { list });
    merged
}

/// What a path of the extended template means.
fn find(base: &Template, path: &Text, wanted: fn(Place) -> bool, mistakes: &mut Mistakes) -> Option<Place> {
    match paths::find(base, &path.value, wanted) {
        Found::One(place) => Some(place),
        Found::Many(paths) => {
            let message = format!("`{}` may mean more than one requirement", path.value);
            mistakes.push_shaky(path.origin, message, "here", format!("write {}", list(&paths, "or")));
            None
        }
        Found::None => {
            let help = paths::suggestion(base, &path.value);
            let message = format!("the template `{}` asks for no `{}`", base.name, path.value);
            mistakes.push_shaky(path.origin, message, "here", help);
            None
        }
    }
}
