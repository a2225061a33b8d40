//! Which heading answers which section of the template.
//!
//! Works on the flat list of headings, in passes: own names, aliases, near names; sections first, then the
//! sub-sections inside the extent of each. A bound heading in the wrong place counts, for everything below it, as
//! standing where it belongs: one slip must not re-parent what follows.

pub(super) mod anchors;
mod near;
pub(crate) mod numbers;
pub(crate) mod order;
pub(crate) mod relink;
pub(crate) mod renumber;
pub(crate) mod style;
mod subsections;

use std::cmp::Reverse;

use crate::bind::contents::shape;
use crate::bind::log;
use crate::bind::model::{Answer, Match, Named, Place};
use crate::markdown::model::{Document, Heading, SectionId};
use crate::template::model::lookup::{SectionName, SectionNames};
use crate::template::model::{Content, SpecId, Template};

/// The result of binding sections.
pub(super) struct Sections {
    pub(super) title: Option<SectionId>,
    pub(super) level: u8,
    /// By `SpecId`. What is not found is `Silent` here; `anchors` decides what is missing.
    pub(super) matches: Vec<Match<SectionId>>,
    /// By `SectionId`.
    pub(super) answers: Vec<Option<SpecId>>,
    /// Further sections that answer one which another answers.
    pub(super) copies: Vec<(SpecId, SectionId)>,
    /// By `SectionId`: the innermost bound section around it. Duplicates own nothing.
    pub(super) owners: Vec<Option<SpecId>>,
    /// By `SpecId`: the sections of its extent (from its heading, end exclusive).
    pub(super) extents: Vec<Option<(usize, usize)>>,
}

impl Sections {
    /// Whether nobody has written yet what a bound section holds: it has no sub-sections, and nothing stands in it, or
    /// `TBD`.
    pub(super) fn is_unwritten(&self, document: &Document, text: &str, spec: SpecId, at: SectionId) -> bool {
        let is_whole = self.extents[spec.index()].is_none_or(|(start, end)| end == start + 1);
        is_whole && shape::is_unwritten(document.section(at), text)
    }
}

/// Binds one document.
pub(super) struct Binder<'a> {
    pub(super) template: &'a Template,
    pub(super) document: &'a Document,
    pub(super) text: &'a str,
    /// By [`SectionId`]: what its name may stand for.
    names: Vec<&'a [SectionName]>,
    pub(super) out: Sections,
}

/// Binds the sections of a template to a document.
pub(super) fn bind(template: &Template, document: &Document, text: &str, index: &SectionNames) -> Sections {
    let sections = document.sections.len();
    let mut expected = SpecId(0);
    let names = document.sections.iter().map(|section| match &section.heading {
        Some(heading) => index.get_in_order(&heading.normal, &mut expected),
        None => &[],
    });
    let mut binder = Binder {
        template,
        document,
        text,
        names: names.collect(),
        out: Sections {
            title: None,
            level: 2,
            matches: vec![Match::Silent; template.sections.len()],
            answers: vec![None; sections],
            copies: Vec::new(),
            owners: vec![None; sections],
            extents: vec![None; template.sections.len()],
        },
    };
    binder.find_level();
    binder.bind_top();
    binder.bind_near(None);
    binder.measure_top();
    for &id in &template.tops {
        binder.bind_children(id);
    }
    binder.bind_elsewhere();
    for (id, _) in template.sections().filter(|(_, section)| !section.parts.is_empty()) {
        binder.bind_near(Some(id));
    }
    binder.own();
    binder.out
}

impl<'a> Binder<'a> {
    /// The level on which most sections of the template stand, and the title above them.
    fn find_level(&mut self) {
        let mut counts = [0usize; 7];
        for (position, (id, heading)) in self.document.headings().enumerate() {
            let is_title = position == 0 && heading.level == 1;
            if !is_title && self.names_top(id) {
                counts[usize::from(heading.level)] += 1;
            }
        }
        let best = (1..=6).rev().max_by_key(|&level| (counts[level], level == 2)).unwrap_or(2);
        self.out.level = if counts[best] == 0 { 2 } else { best as u8 };
        let level = self.out.level;
        let first = self.document.headings().next();
        self.out.title = first
            .filter(|&(id, heading)| heading.level < level || (level == 1 && !self.names_top(id)))
            .map(|(id, _)| id);
    }

    /// What the name of a heading may stand for.
    pub(super) fn names(&self, id: SectionId) -> &'a [SectionName] {
        self.names[id.index()]
    }

    fn names_top(&self, id: SectionId) -> bool {
        self.names(id).iter().any(|name| self.template.section(name.section).parent.is_none())
    }

    pub(super) fn is_free(&self, id: SectionId) -> bool {
        self.out.answers[id.index()].is_none() && self.out.title != Some(id)
    }

    pub(super) fn heading(&self, id: SectionId) -> Option<&'a Heading> {
        self.document.section(id).heading.as_ref()
    }

    fn is_empty(&self, id: SectionId) -> bool {
        let next = self.document.sections.get(id.index() + 1).and_then(|section| section.heading.as_ref());
        let deeper = next.zip(self.heading(id)).is_some_and(|(next, heading)| next.level > heading.level);
        !deeper && shape::is_bare(self.document.section(id), self.text)
    }

    /// Passes 1 and 2: own names, then aliases; on the section level, then on any.
    fn bind_top(&mut self) {
        let mut candidates: Vec<(SpecId, SectionId, Named)> = Vec::with_capacity(self.document.sections.len());
        let mut around: Option<SpecId> = None;
        for (id, heading) in self.document.headings() {
            if self.out.title == Some(id) {
                continue;
            }
            let names = self.names(id);
            let on_level = heading.level == self.out.level;
            if on_level {
                around =
                    names.iter().map(|name| name.section).find(|&spec| self.template.section(spec).parent.is_none());
            }
            // "### Scaling" under a section that asks for a sub-section of that name is the sub-section.
            let is_child = !on_level
                && names.iter().any(|name| {
                    self.template.section(name.section).parent.is_some_and(|parent| Some(parent) == around)
                });
            for name in names {
                if self.template.section(name.section).parent.is_none() && !is_child {
                    let named = if name.own { Named::Exact } else { Named::Alias };
                    candidates.push((name.section, id, named));
                }
            }
        }
        candidates.sort_by_key(|&(spec, ..)| spec);
        for (on_level, named) in
            [(true, Named::Exact), (true, Named::Alias), (false, Named::Exact), (false, Named::Alias)]
        {
            for own in candidates.chunk_by(|(one, ..), (other, ..)| one == other) {
                let spec = own[0].0;
                if self.out.matches[spec.index()] == Match::Silent
                    && let Some(id) = self.choose(own, on_level, named)
                {
                    let place = if on_level { Place::Here } else { Place::WrongLevel };
                    self.answer(spec, id, named, place);
                    self.find_again(spec, id, own);
                }
            }
        }
    }

    /// The first heading that is not empty, else the first.
    fn choose(&self, candidates: &[(SpecId, SectionId, Named)], on_level: bool, named: Named) -> Option<SectionId> {
        let level = self.out.level;
        let fits = |id: SectionId| self.heading(id).is_some_and(|heading| (heading.level == level) == on_level);
        let mut left =
            candidates.iter().filter(|&&(_, id, by)| by == named && fits(id) && self.is_free(id)).map(|&(_, id, _)| id);
        let first = left.next()?;
        if !self.is_empty(first) {
            return Some(first);
        }
        Some(left.find(|&id| !self.is_empty(id)).unwrap_or(first))
    }

    /// Headings of the same name on the same level are duplicates.
    fn find_again(&mut self, spec: SpecId, chosen: SectionId, candidates: &[(SpecId, SectionId, Named)]) {
        let Some(first) = self.heading(chosen) else { return };
        for &(_, id, _) in candidates {
            let is_same = |other: &Heading| other.level == first.level && other.normal == first.normal;
            if self.is_free(id) && self.heading(id).is_some_and(is_same) {
                self.out.answers[id.index()] = Some(spec);
                self.out.copies.push((spec, id));
            }
        }
    }

    pub(super) fn answer(&mut self, spec: SpecId, id: SectionId, name: Named, place: Place) {
        self.out.answers[id.index()] = Some(spec);
        self.out.matches[spec.index()] = Match::Found(Answer { at: id, name, place });
    }

    /// How far each section reaches: up to the next bound heading, or to the next of the section level or above that
    /// is not one of its own sub-sections standing too high.
    fn measure_top(&mut self) {
        let mut open: Option<(SpecId, usize)> = None;
        let close = |out: &mut Sections, open: Option<(SpecId, usize)>, end: usize| {
            if let Some((spec, start)) = open {
                out.extents[spec.index()] = Some((start, end));
            }
        };
        for (id, heading) in self.document.headings() {
            let index = id.index();
            if let Some(spec) = self.out.answers[index] {
                close(&mut self.out, open.take(), index);
                let first = self.out.matches[spec.index()].at() == Some(id);
                open = first.then_some((spec, index));
            } else if heading.level <= self.out.level {
                let own = open.is_some_and(|(spec, start)| {
                    self.names(id).iter().any(|name| self.template.section(name.section).parent == Some(spec))
                        || self.is_entry(spec, start, heading)
                });
                if !own {
                    close(&mut self.out, open.take(), index);
                }
            }
        }
        close(&mut self.out, open, self.document.sections.len());
    }

    /// Whether a heading is an entry of the log that a section, which starts there, holds, and stands on its level.
    fn is_entry(&self, spec: SpecId, start: usize, heading: &Heading) -> bool {
        let first = self.document.sections.get(start + 1).and_then(|section| section.heading.as_ref());
        self.template.section(spec).contents.iter().any(|content| match content {
            Content::Log(log) => log::begins_entry(log, self.text, heading, first),
            _ => false,
        })
    }

    /// Who owns each section of the document: the innermost bound section around it, wherever the template has that.
    fn own(&mut self) {
        let Sections { extents, owners, .. } = &mut self.out;
        let extent = |spec: SpecId| extents[spec.index()].map(|(start, end)| (start, Reverse(end)));
        for (spec, _) in self.template.sections() {
            let Some(own) = extent(spec) else { continue };
            for owner in &mut owners[own.0..own.1.0] {
                if owner.and_then(extent).is_none_or(|other| other <= own) {
                    *owner = Some(spec);
                }
            }
        }
        for &(_, copy) in &self.out.copies {
            self.out.owners[copy.index()] = None;
        }
    }
}
