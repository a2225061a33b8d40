//! Headings that probably mean a section of the template, found by likeness among those that are left over.

use crate::bind::model::{Match, Named, Place};
use crate::bind::names::nearness;
use crate::bind::sections::Binder;
use crate::bind::shape;
use crate::markdown::model::{BlockId, SectionId};
use crate::template::model::SpecId;

/// How far (in headings) a near name may stand from where it belongs.
const NEAR_REACH: usize = 32;

impl Binder<'_> {
    /// Pass 4 for sections: left-over headings of the section level.
    pub(super) fn bind_top_near(&mut self) {
        let missing: Vec<SpecId> = self.left_over(None);
        if missing.is_empty() {
            return;
        }
        let free: Vec<SectionId> = self
            .document
            .headings()
            .filter(|&(id, heading)| heading.level == self.out.level && self.is_free(id) && self.names(id).is_empty())
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

    /// Pass 4 for a sub-section: left-over headings inside its section.
    pub(super) fn bind_child_near(&mut self, spec: SpecId) {
        let section = self.template.section(spec);
        let Some((start, end)) = section.parent.and_then(|parent| self.out.extents[parent.index()]) else { return };
        if self.out.matches[spec.index()] != Match::Silent {
            return;
        }
        let free: Vec<SectionId> = (start + 1..end)
            .map(|index| SectionId(index as u32))
            .filter(|&id| self.is_free(id) && self.heading(id).is_some() && self.names(id).is_empty())
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
}

/// The headings nearest to a position: a sorted list's window.
fn nearest(free: &[SectionId], position: usize) -> &[SectionId] {
    let middle = free.partition_point(|id| id.index() <= position);
    let start = middle.saturating_sub(NEAR_REACH / 2);
    &free[start..free.len().min(start + NEAR_REACH)]
}
