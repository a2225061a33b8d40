//! Which heading answers which section of the template.
//!
//! Works on the flat list of headings, in passes: own names, aliases, near names; sections first, then the
//! sub-sections inside the extent of each. A bound heading in the wrong place counts, for everything below it, as
//! standing where it belongs: one slip must not re-parent what follows.

use crate::bind::model::{Answer, Match, Named, Place};
use crate::bind::names::nearness;
use crate::bind::shape;
use crate::markdown::model::{BlockId, Document, Heading, SectionId};
use crate::template::model::{SectionNames, SpecId, Template};

/// How far (in headings) a near name may stand from where it belongs.
const NEAR_REACH: usize = 32;

/// The result of binding sections.
pub(super) struct Sections {
    pub(super) title: Option<SectionId>,
    pub(super) level: u8,
    /// By `SpecId`. What is not found is `Silent` here; `anchors` decides what is missing.
    pub(super) matches: Vec<Match<SectionId>>,
    /// By `SectionId`.
    pub(super) answers: Vec<Option<SpecId>>,
    /// By `SectionId`: the innermost bound section around it. Duplicates own nothing.
    pub(super) owners: Vec<Option<SpecId>>,
    /// By `SpecId`: the sections of its extent (from its heading, end exclusive).
    pub(super) extents: Vec<Option<(usize, usize)>>,
}

struct Binder<'a> {
    template: &'a Template,
    document: &'a Document,
    text: &'a str,
    index: &'a SectionNames,
    out: Sections,
}

/// Binds the sections of a template to a document.
pub(super) fn bind(template: &Template, document: &Document, text: &str, index: &SectionNames) -> Sections {
    let sections = document.sections.len();
    let mut binder = Binder {
        template,
        document,
        text,
        index,
        out: Sections {
            title: None,
            level: 2,
            matches: vec![Match::Silent; template.sections.len()],
            answers: vec![None; sections],
            owners: vec![None; sections],
            extents: vec![None; template.sections.len()],
        },
    };
    binder.find_level();
    binder.bind_top();
    binder.bind_top_near();
    binder.measure_top();
    for (id, section) in template.sections() {
        if section.parent.is_none() {
            binder.bind_children(id);
        }
    }
    binder.bind_elsewhere();
    for (id, section) in template.sections() {
        if section.parent.is_some() {
            binder.bind_child_near(id);
        }
    }
    binder.own();
    binder.out
}

impl<'a> Binder<'a> {
    /// The level on which most sections of the template stand, and the title above them.
    fn find_level(&mut self) {
        let mut counts = [0usize; 7];
        for (position, (_, heading)) in self.document.headings().enumerate() {
            let is_title = position == 0 && heading.level == 1;
            if !is_title && self.names_top(heading) {
                counts[usize::from(heading.level)] += 1;
            }
        }
        let best = (1..=6).rev().max_by_key(|&level| (counts[level], level == 2)).unwrap_or(2);
        self.out.level = if counts[best] == 0 { 2 } else { best as u8 };
        let level = self.out.level;
        let first = self.document.headings().next();
        self.out.title = first
            .filter(|(_, heading)| heading.level < level || (level == 1 && !self.names_top(heading)))
            .map(|(id, _)| id);
    }

    fn names_top(&self, heading: &Heading) -> bool {
        self.index.get(&heading.normal).iter().any(|name| self.template.section(name.section).parent.is_none())
    }

    fn is_free(&self, id: SectionId) -> bool {
        self.out.answers[id.index()].is_none() && self.out.title != Some(id)
    }

    fn heading(&self, id: SectionId) -> Option<&'a Heading> {
        self.document.section(id).heading.as_ref()
    }

    fn is_empty(&self, id: SectionId) -> bool {
        let next = self.document.sections.get(id.index() + 1).and_then(|section| section.heading.as_ref());
        let deeper = next.zip(self.heading(id)).is_some_and(|(next, heading)| next.level > heading.level);
        !deeper && shape::is_bare(self.document.section(id))
    }

    /// Passes 1 and 2: own names, then aliases; on the section level, then on any.
    fn bind_top(&mut self) {
        let mut candidates: Vec<Vec<(SectionId, Named)>> = vec![Vec::new(); self.template.sections.len()];
        let mut around: Option<SpecId> = None;
        for (id, heading) in self.document.headings() {
            if self.out.title == Some(id) {
                continue;
            }
            let names = self.index.get(&heading.normal);
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
                    candidates[name.section.index()].push((id, named));
                }
            }
        }
        for (on_level, named) in
            [(true, Named::Exact), (true, Named::Alias), (false, Named::Exact), (false, Named::Alias)]
        {
            for (spec, section) in self.template.sections() {
                if section.parent.is_none() && self.out.matches[spec.index()] == Match::Silent {
                    let chosen = self.choose(&candidates[spec.index()], on_level, named);
                    if let Some(id) = chosen {
                        let place = if on_level { Place::Here } else { Place::WrongLevel };
                        self.answer(spec, id, named, place);
                        self.find_again(spec, id, &candidates[spec.index()]);
                    }
                }
            }
        }
    }

    /// The first heading that is not empty, else the first.
    fn choose(&self, candidates: &[(SectionId, Named)], on_level: bool, named: Named) -> Option<SectionId> {
        let level = self.out.level;
        let fits = |id: SectionId| self.heading(id).is_some_and(|heading| (heading.level == level) == on_level);
        let mut left =
            candidates.iter().filter(|&&(id, by)| by == named && fits(id) && self.is_free(id)).map(|&(id, _)| id);
        let first = left.next()?;
        if !self.is_empty(first) {
            return Some(first);
        }
        Some(left.find(|&id| !self.is_empty(id)).unwrap_or(first))
    }

    /// Headings of the same name on the same level are duplicates.
    fn find_again(&mut self, spec: SpecId, chosen: SectionId, candidates: &[(SectionId, Named)]) {
        let Some(first) = self.heading(chosen) else { return };
        let again: Vec<SectionId> = candidates
            .iter()
            .map(|&(id, _)| id)
            .filter(|&id| {
                self.is_free(id)
                    && self.heading(id).is_some_and(|other| other.level == first.level && other.normal == first.normal)
            })
            .collect();
        for &id in &again {
            self.out.answers[id.index()] = Some(spec);
        }
        if let Match::Found(answer) = &mut self.out.matches[spec.index()] {
            answer.again = again;
        }
    }

    fn answer(&mut self, spec: SpecId, id: SectionId, name: Named, place: Place) {
        self.out.answers[id.index()] = Some(spec);
        self.out.matches[spec.index()] = Match::Found(Answer { at: id, name, place, again: Vec::new() });
    }

    /// Pass 4 for sections: left-over headings of the section level.
    fn bind_top_near(&mut self) {
        let missing: Vec<SpecId> = self.left_over(None);
        if missing.is_empty() {
            return;
        }
        let free: Vec<SectionId> = self
            .document
            .headings()
            .filter(|&(id, heading)| {
                heading.level == self.out.level && self.is_free(id) && self.index.get(&heading.normal).is_empty()
            })
            .map(|(id, _)| id)
            .collect();
        let mut pairs = Vec::new();
        for &spec in &missing {
            let expected = self.expected_position(spec);
            let number = self.ordinal(spec);
            for &id in nearest(&free, expected) {
                let Some(heading) = self.heading(id) else { continue };
                let shares = heading.number.is_some_and(|own| own.depth == 1 && own.last as usize == number);
                let section = self.template.section(spec);
                let near = nearness(&section.name, &heading.normal, shares).or_else(|| {
                    let blocks: Vec<BlockId> = self.document.blocks(id).map(|(block, _)| block).collect();
                    let looks = section
                        .contents
                        .iter()
                        .any(|content| shape::has_all_columns(content, &blocks, self.document, self.text));
                    looks.then_some(0.75)
                });
                if let Some(near) = near {
                    pairs.push((near, spec, id));
                }
            }
        }
        self.marry(pairs);
    }

    /// The best pairs first; each spec and each heading once.
    fn marry(&mut self, mut pairs: Vec<(f64, SpecId, SectionId)>) {
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (_, spec, id) in pairs {
            if self.is_free(id) && self.out.matches[spec.index()] == Match::Silent {
                self.answer(spec, id, Named::Near, Place::Here);
            }
        }
    }

    fn left_over(&self, parent: Option<SpecId>) -> Vec<SpecId> {
        let open = |&(id, _): &(SpecId, _)| self.out.matches[id.index()] == Match::Silent;
        self.template
            .sections()
            .filter(|(_, section)| section.parent == parent)
            .filter(open)
            .map(|(id, _)| id)
            .collect()
    }

    /// The number that a section has in the template, counted from 1.
    fn ordinal(&self, spec: SpecId) -> usize {
        self.template.sections[..=spec.index()].iter().filter(|section| section.parent.is_none()).count()
    }

    /// Behind the nearest section before it that is there.
    fn expected_position(&self, spec: SpecId) -> usize {
        let before = self.template.sections[..spec.index()].iter().enumerate().rev();
        before
            .filter(|(_, section)| section.parent.is_none())
            .find_map(|(index, _)| self.out.matches[index].at())
            .map_or(0, SectionId::index)
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
                let own = open.is_some_and(|(spec, _)| {
                    self.index
                        .get(&heading.normal)
                        .iter()
                        .any(|name| self.template.section(name.section).parent == Some(spec))
                });
                if !own {
                    close(&mut self.out, open.take(), index);
                }
            }
        }
        close(&mut self.out, open, self.document.sections.len());
    }

    /// Passes 1 and 2 for the sub-sections of a bound section, and for theirs.
    fn bind_children(&mut self, parent: SpecId) {
        let Some((start, end)) = self.out.extents[parent.index()] else { return };
        let children: Vec<SpecId> =
            self.template.sections().filter(|(_, section)| section.parent == Some(parent)).map(|(id, _)| id).collect();
        if children.is_empty() {
            return;
        }
        for named in [Named::Exact, Named::Alias] {
            for index in start + 1..end {
                let id = SectionId(index as u32);
                let Some(heading) = self.heading(id).filter(|_| self.is_free(id)) else { continue };
                let wanted = self.index.get(&heading.normal).iter().find(|name| {
                    name.own == (named == Named::Exact) && self.template.section(name.section).parent == Some(parent)
                });
                if let Some(name) = wanted {
                    self.take_child(parent, name.section, id, named);
                }
            }
        }
        for &child in &children {
            self.measure_child(child, end);
            self.bind_children(child);
        }
    }

    fn take_child(&mut self, parent: SpecId, spec: SpecId, id: SectionId, named: Named) {
        match self.out.matches[spec.index()].answer().map(|answer| answer.at) {
            None => {
                let place = self.child_place(parent, id);
                self.answer(spec, id, named, place);
            }
            Some(first) => {
                let same = self
                    .heading(first)
                    .zip(self.heading(id))
                    .is_some_and(|(first, other)| first.level == other.level && first.normal == other.normal);
                if same && let Match::Found(answer) = &mut self.out.matches[spec.index()] {
                    answer.again.push(id);
                    self.out.answers[id.index()] = Some(spec);
                }
            }
        }
    }

    /// A sub-section stands right on the level below its section's, whether that stands right or not, and under
    /// headings of the author's own.
    fn child_place(&self, parent: SpecId, id: SectionId) -> Place {
        let (Some(heading), Some(above)) = (self.heading(id), self.out.matches[parent.index()].at()) else {
            return Place::Here;
        };
        let actual = self.heading(above).map_or(self.out.level, |heading| heading.level);
        let depth = self.template.section(parent).level + 1 - self.top_level(parent);
        let expected = self.out.level + depth;
        if heading.level == expected || heading.level == actual + 1 {
            return Place::Here;
        }
        let around = self.document.section(id).parent.filter(|&around| around != above);
        let under_own = around.is_some_and(|around| {
            self.out.answers[around.index()].is_none()
                && self.heading(around).is_some_and(|around| around.level + 1 == heading.level)
                && around > above
        });
        if under_own { Place::Here } else { Place::WrongLevel }
    }

    /// The level that the template gives the section at the root of this one.
    fn top_level(&self, mut spec: SpecId) -> u8 {
        while let Some(parent) = self.template.section(spec).parent {
            spec = parent;
        }
        self.template.section(spec).level
    }

    fn measure_child(&mut self, spec: SpecId, limit: usize) {
        let Some(at) = self.out.matches[spec.index()].at() else { return };
        let Some(heading) = self.heading(at) else { return };
        let start = at.index();
        let end = (start + 1..limit)
            .find(|&index| {
                let id = SectionId(index as u32);
                let other = self.out.answers[index];
                let related = other.is_some_and(|other| self.template.section(other).parent == Some(spec));
                self.heading(id).is_some_and(|next| next.level <= heading.level) || (other.is_some() && !related)
            })
            .unwrap_or(limit);
        self.out.extents[spec.index()] = Some((start, end));
    }

    /// Pass 3: what is left is sought elsewhere by its own name, and counts only if it holds what is asked for.
    fn bind_elsewhere(&mut self) {
        for (id, heading) in self.document.headings() {
            if !self.is_free(id) {
                continue;
            }
            let wanted =
                self.index.get(&heading.normal).iter().filter(|name| name.own).map(|name| name.section).find(|&spec| {
                    let section = self.template.section(spec);
                    let parent_is_there =
                        section.parent.is_some_and(|parent| self.out.matches[parent.index()].at().is_some());
                    parent_is_there
                        && self.out.matches[spec.index()] == Match::Silent
                        && section.contents.iter().any(|content| {
                            self.document.blocks(id).any(|(_, block)| shape::is_kind(content, block, self.text))
                        })
                });
            if let Some(spec) = wanted {
                self.answer(spec, id, Named::Exact, Place::WrongParent);
                self.measure_child(spec, self.document.sections.len());
            }
        }
    }

    /// Pass 4 for a sub-section: left-over headings inside its section.
    fn bind_child_near(&mut self, spec: SpecId) {
        let section = self.template.section(spec);
        let Some((start, end)) = section.parent.and_then(|parent| self.out.extents[parent.index()]) else { return };
        if self.out.matches[spec.index()] != Match::Silent {
            return;
        }
        let free: Vec<SectionId> = (start + 1..end)
            .map(|index| SectionId(index as u32))
            .filter(|&id| {
                self.is_free(id) && self.heading(id).is_some_and(|heading| self.index.get(&heading.normal).is_empty())
            })
            .collect();
        let siblings_before = self.template.sections[..spec.index()].iter().enumerate().rev();
        let expected = siblings_before
            .filter(|(_, other)| other.parent == section.parent)
            .find_map(|(index, _)| self.out.matches[index].at())
            .map_or(start, SectionId::index);
        let mut pairs = Vec::new();
        for &id in nearest(&free, expected) {
            let Some(heading) = self.heading(id) else { continue };
            let blocks: Vec<BlockId> = self.document.blocks(id).map(|(block, _)| block).collect();
            let near = nearness(&section.name, &heading.normal, false).or_else(|| {
                let all = |content| shape::has_all_columns(content, &blocks, self.document, self.text);
                section.contents.iter().any(all).then_some(0.75)
            });
            if let Some(near) = near {
                pairs.push((near, spec, id));
            }
        }
        self.marry(pairs);
        self.measure_child(spec, end);
    }

    /// Who owns each section of the document: the innermost bound section around it.
    fn own(&mut self) {
        for (spec, _) in self.template.sections() {
            if let Some((start, end)) = self.out.extents[spec.index()] {
                for index in start..end {
                    let duplicate = self.out.answers[index]
                        .is_some_and(|other| self.out.matches[other.index()].at() != Some(SectionId(index as u32)));
                    self.out.owners[index] = if duplicate { None } else { Some(spec) };
                }
            }
        }
    }
}

/// The headings nearest to a position: a sorted list's window.
fn nearest(free: &[SectionId], position: usize) -> &[SectionId] {
    let middle = free.partition_point(|id| id.index() <= position);
    let start = middle.saturating_sub(NEAR_REACH / 2);
    &free[start..free.len().min(start + NEAR_REACH)]
}
