//! Headings that probably mean a section of the template, found by likeness among those that are left over.

use std::ops::Range;

use crate::bind::contents::shape;
use crate::bind::model::{Match, Named, Place};
use crate::bind::names::{WrittenName, nearness};
use crate::bind::sections::Binder;
use crate::bind::tables;
use crate::markdown::model::{BlockId, Heading, SectionId};
use crate::markdown::plain::plain;
use crate::template::model::name::Name;
use crate::template::model::table::Table;
use crate::template::model::{Content, Section, SpecId};

/// How far (in headings) a near name may stand from where it belongs.
const NEAR_REACH: usize = 32;

/// How near a heading is that no name names, but the table under it: a likeness of names is nearer.
const BY_TABLE: f64 = 0.75;

/// A heading that no name names.
struct Free<'a> {
    id: SectionId,
    heading: &'a Heading,
    written: WrittenName<'a>,
    /// The tables right under it.
    tables: Vec<BlockId>,
}

/// A heading that holds the table of a missing section.
struct Holds {
    spec: SpecId,
    id: SectionId,
    /// Whether the vocabulary puts the heading's name among what the table lists: "Cloud SQL" is a database.
    listed: bool,
}

impl Binder<'_> {
    /// Pass 4: left-over headings of the section level, or inside the section around.
    pub(super) fn bind_near(&mut self, parent: Option<SpecId>) {
        let around = match parent {
            Some(parent) => self.out.extents[parent.index()],
            None => Some((SectionId::TOP.index(), self.document.sections.len())),
        };
        let Some((start, end)) = around else { return };
        let missing = self.left_over(parent);
        if missing.is_empty() {
            return;
        }
        let free = self.free(start + 1..end, parent);
        let (mut pairs, mut holds) = (Vec::new(), Vec::new());
        for &spec in &missing {
            let number = parent.is_none().then(|| self.ordinal(spec));
            for free in nearest(&free, self.expected_position(spec, start)) {
                let number_of = free.heading.number;
                let shares = number_of.is_some_and(|own| own.depth == 1 && Some(own.last as usize) == number);
                match nearness(&self.template.section(spec).name, free.written, shares) {
                    Some(near) => pairs.push((near, spec, free.id)),
                    None if free.tables.is_empty() => {}
                    None => holds.extend(self.holds(spec, free)),
                }
            }
        }
        // A table that two sections may hold, or that two headings hold, says nothing.
        let rivals = |a: &Holds, b: &Holds| (a.spec == b.spec) != (a.id == b.id) && b.listed >= a.listed;
        let sure = holds.iter().filter(|&own| !holds.iter().any(|other| rivals(own, other)));
        pairs.extend(sure.map(|own| (BY_TABLE, own.spec, own.id)));
        self.marry(pairs);
        self.bind_copies(parent);
        for spec in missing.into_iter().filter(|_| parent.is_some()) {
            self.measure_child(spec, end);
        }
    }

    /// The headings of some sections that no name names.
    fn free(&self, sections: Range<usize>, parent: Option<SpecId>) -> Vec<Free<'_>> {
        let ids = sections.map(|index| SectionId(index as u32));
        let free = ids.filter(|&id| self.is_free(id) && self.names(id).is_empty()).filter_map(|id| {
            let heading = self.heading(id).filter(|heading| parent.is_some() || heading.level == self.out.level)?;
            let blocks = self.document.blocks(id).filter(|(_, block)| block.table().is_some());
            let tables = blocks.map(|(block, _)| block).collect();
            Some(Free { id, heading, written: WrittenName::new(&heading.normal), tables })
        });
        free.collect()
    }

    /// Whether the table of a missing section stands under a heading: all of its columns, or most of them where the
    /// vocabulary knows the heading's name for what the table lists.
    fn holds(&self, spec: SpecId, free: &Free) -> Option<Holds> {
        let (id, tables) = (free.id, &free.tables);
        self.template.section(spec).contents.iter().find_map(|content| {
            let Content::Table(wanted) = content else { return None };
            let listed = self.has_most(wanted, tables) && self.lists(wanted, id);
            let is_it = listed
                || shape::has_all_columns(content, tables, self.document, self.text)
                    && !self.is_part_of_sibling(wanted, spec);
            is_it.then_some(Holds { spec, id, listed })
        })
    }

    fn has_most(&self, wanted: &Table, tables: &[BlockId]) -> bool {
        tables.iter().filter_map(|&id| self.document.block(id).table()).any(|table| {
            let fit = tables::fit(wanted, table, self.text);
            fit.found * 2 > fit.of
        })
    }

    /// Whether the name of a heading means an element of the layer whose resources a table lists.
    fn lists(&self, wanted: &Table, id: SectionId) -> bool {
        let (Some(layer), Some(heading)) = (&wanted.draws, self.heading(id)) else { return false };
        let diagrams = self.template.diagrams();
        let layers = diagrams.filter_map(|(_, diagram)| diagram.layers.iter().find(|known| known.name == *layer));
        let elements: Vec<usize> = layers.flat_map(|layer| &layer.elements).map(|element| element.word).collect();
        let words = self.template.matcher().words_in(&plain(&self.text[heading.name.range()]));
        words.iter().any(|word| elements.contains(word))
    }

    /// Whether another section beside this one asks for a table with the same columns, and maybe more.
    fn is_part_of_sibling(&self, wanted: &Table, spec: SpecId) -> bool {
        let siblings = self.template.parts(self.template.section(spec).parent).filter(|&(id, _)| id != spec);
        siblings.flat_map(|(_, section)| &section.contents).any(|content| {
            let Content::Table(other) = content else { return false };
            let has = |name: &Name| other.columns.iter().any(|column| name.is(&column.name.normal));
            wanted.columns.iter().filter(|column| column.required).all(|column| has(&column.name))
        })
    }

    /// Headings that were copied and not renamed: the table below the second one is that of a missing section.
    fn bind_copies(&mut self, parent: Option<SpecId>) {
        if self.out.copies.is_empty() {
            return;
        }
        let of = |(spec, _): (SpecId, &Section)| {
            self.out.copies.iter().filter(move |&&(own, _)| own == spec).take(NEAR_REACH).copied()
        };
        let copies: Vec<(SpecId, SectionId)> = self.template.parts(parent).flat_map(of).collect();
        for (own, id) in copies.into_iter().filter(|&(own, id)| !self.holds_table(own, id)).collect::<Vec<_>>() {
            let Some(spec) = self.left_over(parent).into_iter().find(|&spec| self.holds_table(spec, id)) else {
                continue;
            };
            self.out.copies.retain(|&copy| copy != (own, id));
            self.answer(spec, id, Named::Near, Place::Here);
        }
    }

    /// Whether a table with all columns of one of a section's stands right under a heading.
    fn holds_table(&self, spec: SpecId, id: SectionId) -> bool {
        let blocks: Vec<BlockId> = self.document.blocks(id).map(|(block, _)| block).collect();
        let contents = &self.template.section(spec).contents;
        contents.iter().any(|content| shape::has_all_columns(content, &blocks, self.document, self.text))
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
        let parts = self.template.parts(parent).map(|(id, _)| id);
        parts.filter(|id| self.out.matches[id.index()] == Match::Silent).collect()
    }

    /// The number that a section has in the template, counted from 1.
    fn ordinal(&self, spec: SpecId) -> usize {
        self.template.tops.partition_point(|&top| top <= spec)
    }

    /// Behind the nearest section before it that is there, else where the one around it begins.
    fn expected_position(&self, spec: SpecId, start: usize) -> usize {
        let siblings = self.template.parts(self.template.section(spec).parent).rev();
        let mut before = siblings.skip_while(|&(id, _)| id >= spec);
        before.find_map(|(id, _)| self.out.matches[id.index()].at()).map_or(start, SectionId::index)
    }
}

/// The headings nearest to a position: a sorted list's window.
fn nearest<'f, 'a>(free: &'f [Free<'a>], position: usize) -> &'f [Free<'a>] {
    let middle = free.partition_point(|free| free.id.index() <= position);
    let start = middle.saturating_sub(NEAR_REACH / 2);
    &free[start..free.len().min(start + NEAR_REACH)]
}
