//! Which heading answers which sub-section of the template, inside the extent of its section, or elsewhere.

use crate::bind::contents::shape;
use crate::bind::model::{Match, Named, Place};
use crate::bind::sections::Binder;
use crate::markdown::model::SectionId;
use crate::template::model::SpecId;

impl Binder<'_> {
    /// Passes 1 and 2 for the sub-sections of a bound section, and for theirs.
    pub(super) fn bind_children(&mut self, parent: SpecId) {
        let Some((start, end)) = self.out.extents[parent.index()] else { return };
        let children = &self.template.section(parent).parts;
        if children.is_empty() {
            return;
        }
        for named in [Named::Exact, Named::Alias] {
            for index in start + 1..end {
                let id = SectionId(index as u32);
                if !self.is_free(id) {
                    continue;
                }
                let wanted = self.names(id).iter().find(|name| {
                    name.own == (named == Named::Exact) && self.template.section(name.section).parent == Some(parent)
                });
                if let Some(name) = wanted {
                    self.take_child(parent, name.section, id, named);
                }
            }
        }
        for &child in children {
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
                if !same {
                    return;
                }
                // Of two the one that holds something.
                let (chosen, other) =
                    if self.is_empty(first) && !self.is_empty(id) { (id, first) } else { (first, id) };
                if let Match::Found(answer) = &mut self.out.matches[spec.index()] {
                    answer.at = chosen;
                    self.out.copies.push((spec, other));
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
        // An alias of a sub-section is bound later, and no heading of the author's own.
        let is_asked = |around: SectionId| {
            self.names(around).iter().any(|name| self.template.section(name.section).parent == Some(parent))
        };
        let under_own = around.is_some_and(|around| {
            self.out.answers[around.index()].is_none()
                && !is_asked(around)
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

    pub(super) fn measure_child(&mut self, spec: SpecId, limit: usize) {
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
    pub(super) fn bind_elsewhere(&mut self) {
        for (id, _) in self.document.headings() {
            if !self.is_free(id) {
                continue;
            }
            let wanted = self.names(id).iter().filter(|name| name.own).map(|name| name.section).find(|&spec| {
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
}
