//! The sections of a template that changes another: changed ones in their place, new ones where they are told to stand.

use crate::described::reader::Mistakes;
use crate::described::{Described, Many, Text};
use crate::template::extend::drop::is_dropped;
use crate::template::extend::find;
use crate::template::model::{SpecId, Template};
use crate::template::paths::{self, Found, Place};
use crate::template::raw::RawSection;
use crate::text::normal;

/// A section of the result, and which of the extended template it is.
struct Slot {
    base: Option<SpecId>,
    raw: RawSection,
}

/// Merges the sections. Those of the base stand there already without what was dropped.
pub(super) fn merge(
    base: &Template,
    theirs: Option<Many<RawSection>>,
    own: Option<Many<RawSection>>,
    dropped: &[Place],
    mistakes: &mut Mistakes,
) -> Many<RawSection> {
    let kept = base.sections().map(|(id, _)| id).filter(|&id| !is_dropped(base, id, dropped));
    let theirs = theirs.map(|many| many.list).unwrap_or_default();
    let mut slots: Vec<Slot> = kept.zip(theirs).map(|(id, raw)| Slot { base: Some(id), raw }).collect();
    // The section that was changed or added last: a sub-section that follows belongs to it.
    let mut cursor: Option<usize> = None;
    for raw in own.map(|many| many.list).unwrap_or_default() {
        cursor = match &raw.change {
            Some(path) => match target(base, &slots, path, dropped, mistakes) {
                Some(index) => {
                    let slot = slots.remove(index);
                    slots.insert(index, Slot { base: slot.base, raw: changed(slot.raw, raw) });
                    Some(index)
                }
                None => cursor,
            },
            None => add(base, &mut slots, raw, cursor, dropped, mistakes).or(cursor),
        };
    }
    Many { list: slots.into_iter().map(|slot| slot.raw).collect() }
}

/// Only the keys given change.
fn changed(base: RawSection, mut over: RawSection) -> RawSection {
    (over.change, over.after) = (None, None);
    base.overlay(over)
}

/// The section that a path names: one of the extended template, or a new one by its name.
fn target(base: &Template, slots: &[Slot], path: &Text, dropped: &[Place], mistakes: &mut Mistakes) -> Option<usize> {
    let name = normal(&path.value);
    let new =
        slots.iter().position(|slot| slot.base.is_none() && shown(&slot.raw).is_some_and(|own| normal(own) == name));
    if new.is_some() {
        return new;
    }
    let any = matches!(paths::find(base, &path.value, is_section), Found::None);
    match find(base, path, if any { |_| true } else { is_section }, mistakes)? {
        Place::Section(id) if is_dropped(base, id, dropped) => {
            let message = format!("`{}` is dropped", path.value);
            mistakes.push_shaky(path.origin, message, "here", "remove it here, or from `drop`");
            None
        }
        Place::Section(id) => slots.iter().position(|slot| slot.base == Some(id)),
        _ => {
            let message = format!("`{}` is no section", path.value);
            let help = "name the section that it stands in: what is given there changes";
            mistakes.push_shaky(path.origin, message, "here", help);
            None
        }
    }
}

fn is_section(place: Place) -> bool {
    matches!(place, Place::Section(_))
}

/// Where a new section stands: behind the one it names, at the end of the one before it in the file, or at the end.
fn add(
    base: &Template,
    slots: &mut Vec<Slot>,
    mut raw: RawSection,
    cursor: Option<usize>,
    dropped: &[Place],
    mistakes: &mut Mistakes,
) -> Option<usize> {
    let level = level(&raw);
    let place = match raw.after.take() {
        Some(after) => behind(slots, target(base, slots, &after, dropped, mistakes)?, level),
        None => match cursor {
            Some(cursor) if level > 2 => behind(slots, cursor, level),
            _ => {
                let last = slots.iter().position(|slot| slot.raw.last.as_ref().is_some_and(|last| last.value));
                last.unwrap_or(slots.len())
            }
        },
    };
    slots.insert(place, Slot { base: None, raw });
    Some(place)
}

/// Behind a section and all that stands in it; where the new one is higher up, behind what holds the section.
fn behind(slots: &[Slot], section: usize, new: usize) -> usize {
    let own = level(&slots[section].raw);
    let stop = own.min(new);
    // A deeper one goes into the section.
    let ends = |at: usize| if new > own { level(&slots[at].raw) <= own } else { level(&slots[at].raw) <= stop };
    (section + 1..slots.len()).find(|&at| ends(at)).unwrap_or(slots.len())
}

/// 2 where the heading cannot be read; compiling tells.
fn level(raw: &RawSection) -> usize {
    raw.heading.as_ref().map_or(2, |heading| {
        let written = heading.value.trim();
        written.len() - written.trim_start_matches('#').len()
    })
}

fn shown(raw: &RawSection) -> Option<&str> {
    raw.heading.as_ref().map(|heading| heading.value.trim().trim_start_matches('#').trim())
}
