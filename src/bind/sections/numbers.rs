//! The numbers of headings: which of them count, where they do not count up, and what they would be.

use crate::bind::model::{Binding, Match};
use crate::markdown::model::trouble::Trouble;
use crate::markdown::model::{Document, Heading, Number, SectionId};
use crate::template::model::{SpecId, Template};

/// The numbers of a document's sections.
#[derive(Clone, Copy)]
pub(crate) struct Numbers<'a> {
    pub(crate) template: &'a Template,
    pub(crate) binding: &'a Binding,
    pub(crate) document: &'a Document,
}

/// A heading with a number that counts.
#[derive(Clone, Copy)]
pub(crate) struct Counted<'a> {
    pub(crate) id: SectionId,
    pub(crate) heading: &'a Heading,
    pub(crate) number: Number,
}

/// Whether a heading is that of the section before it, number and name: `renamed-section` gives it both of its own.
pub(crate) fn is_copy(before: &Heading, here: &Heading) -> bool {
    let last = |heading: &Heading| heading.number.map(|number| number.last);
    before.normal == here.normal && last(before) == last(here)
}

impl<'a> Numbers<'a> {
    /// The headings whose numbers count: sections of the template wherever they stand, and the author's own on their
    /// level. Duplicates do not count, nor does a last section that is not last: both are findings already.
    pub(crate) fn counted(self) -> impl Iterator<Item = Counted<'a>> {
        let last = self.last_of_level();
        self.document.headings().filter_map(move |(id, heading)| {
            let number = heading.number.filter(|number| number.depth == 1)?;
            self.counts(id, heading, last).then_some(Counted { id, heading, number })
        })
    }

    fn counts(self, id: SectionId, heading: &Heading, last: Option<SectionId>) -> bool {
        match self.binding.answers[id.index()] {
            Some(spec) => {
                let section = self.template.section(spec);
                let is_first = self.binding.section(spec).at() == Some(id);
                section.parent.is_none() && is_first && (!section.last || last.is_none_or(|last| last <= id))
            }
            None => heading.level == self.binding.section_level && self.binding.title != Some(id),
        }
    }

    fn last_of_level(self) -> Option<SectionId> {
        let level = self.binding.section_level;
        self.document.headings().rev().find(|(_, heading)| heading.level <= level).map(|(id, _)| id)
    }

    /// The first heading whose number does not follow that of the one before.
    pub(crate) fn first_break(self) -> Option<(Counted<'a>, Counted<'a>)> {
        let mut before: Option<Counted> = None;
        for mut here in self.counted() {
            if let Some(before) = before {
                let is_bound = self.binding.answers[here.id.index()].is_some();
                if is_bound && is_copy(before.heading, here.heading) {
                    here.number.last = before.number.last.saturating_add(1);
                } else if !self.follows(before, here) {
                    return Some((before, here));
                }
            }
            before = Some(here);
        }
        None
    }

    /// The headings whose numbers change where they are made to count up, with their new numbers. Gaps that are
    /// explained stay.
    pub(crate) fn changed(self) -> Vec<(Counted<'a>, u32)> {
        let mut changed = Vec::new();
        let mut before: Option<(Counted, u32)> = None;
        for here in self.counted() {
            let number = match before {
                None => here.number.last,
                Some((before, new)) if self.follows(before, here) => new + (here.number.last - before.number.last),
                Some((_, new)) => new.saturating_add(1),
            };
            if number != here.number.last {
                changed.push((here, number));
            }
            before = Some((here, number));
        }
        changed
    }

    /// The headings behind a place whose numbers change where so many sections come in there, beginning with this
    /// number: all of them by as much as there is no room for.
    pub(crate) fn behind(self, offset: usize, first: u32, count: u32) -> Vec<(Counted<'a>, u32)> {
        let behind = || self.counted().filter(|counted| counted.heading.span.start() >= offset);
        let next = behind().next().map_or(0, |next| next.number.last);
        // Numbers that do not count up as it is are another finding.
        let lacking = if next < first { 0 } else { first.saturating_add(count).saturating_sub(next) };
        let moved = behind().filter(|_| lacking > 0);
        moved.map(|counted| (counted, counted.number.last.saturating_add(lacking))).collect()
    }

    /// The number of a missing section that comes in at a place alone: no number behind it is passed over, but room is
    /// left for others that are missing there where there is some.
    pub(crate) fn new_at(self, spec: SpecId, offset: usize) -> Option<u32> {
        let due = self.due_at(spec, offset)?;
        let (before, next) = self.around(offset);
        let free = before.zip(next).filter(|(before, next)| next > before);
        Some(free.map_or(due, |(before, next)| due.min((next - 1).max(before + 1))))
    }

    /// The number of a missing section at its place once those that are missing before it are there, too, where those
    /// around it carry numbers.
    pub(crate) fn due_at(self, spec: SpecId, offset: usize) -> Option<u32> {
        let above = self.bound().take_while(|&(other, _)| other < spec).last();
        if above.is_some_and(|(_, at)| !self.counted().any(|counted| counted.id == at)) {
            return None;
        }
        let above = above.map(|(id, _)| id);
        let below = self.bound().find(|&(other, _)| spec < other).map(|(id, _)| id);
        let missing = |from, to| self.among(from, to).filter(|found| matches!(found, Match::Missing(_))).count() as u32;
        let absent = |from, to| self.among(from, to).filter(|found| is_absent(found)).count() as u32;
        let (before, next) = self.around(offset);
        let Some(before) = before else {
            return next.map(|next| next.saturating_sub(1 + missing(Some(spec), below)).max(1).min(next));
        };
        let due = before.saturating_add(1 + missing(above, Some(spec)));
        // What is not applicable has no heading, but the number behind may count it: the gap is not to grow beyond what
        // explains it.
        let least = next.map_or(0, |next| next.saturating_sub(1 + absent(Some(spec), below)));
        Some(due.max(least.min(before.saturating_add(1 + absent(above, Some(spec))))))
    }

    /// What became of the sections of the template between two of them.
    fn among(self, from: Option<SpecId>, to: Option<SpecId>) -> impl Iterator<Item = &'a Match<SectionId>> {
        let tops = self.template.tops.iter().copied();
        let between = tops.filter(move |&id| from.is_none_or(|from| from < id) && to.is_none_or(|to| id < to));
        between.map(move |id| self.binding.section(id))
    }

    /// The numbers right before and right behind a place.
    fn around(self, offset: usize) -> (Option<u32>, Option<u32>) {
        let before = self.counted().take_while(|counted| counted.heading.span.start() < offset).last();
        let next = self.counted().find(|counted| counted.heading.span.start() >= offset);
        (before.map(|before| before.number.last), next.map(|next| next.number.last))
    }

    /// Whether a number is its predecessor plus one, or the gap between them is explained.
    fn follows(self, before: Counted, here: Counted) -> bool {
        let (last, number) = (before.number.last, here.number.last);
        number > last && (number - last == 1 || self.explained(before.id, here.id, (number - last - 1) as usize))
    }

    /// Whether a gap is no larger than the sections that are missing there, or lies behind a fence that swallowed some.
    fn explained(self, previous: SectionId, id: SectionId, gap: usize) -> bool {
        let swallowed = self.document.trouble.iter().any(|trouble| match trouble {
            Trouble::UnclosedFence { opening: span, .. }
            | Trouble::UnclosedComment { opening: span, .. }
            | Trouble::LostHeading { span, .. } => (previous..id).contains(&self.document.section_at(span.start())),
            Trouble::Wrapped(_) | Trouble::Conflict { .. } => false,
        });
        // The sections of the template that stand nearest, above and below.
        let before = self.bound().filter(|&(_, at)| at <= previous).max_by_key(|&(_, at)| at);
        let behind = self.bound().filter(|&(_, at)| at >= id).min_by_key(|&(_, at)| at);
        let between = self.among(before.map(|(before, _)| before), behind.map(|(behind, _)| behind));
        let absent = between.filter(|found| is_absent(found)).count();
        // A last section that stands between the two is to be moved, and takes its number along.
        let moved = self.bound().any(|(spec, at)| self.template.section(spec).last && previous < at && at < id);
        swallowed || gap <= absent + usize::from(moved)
    }

    fn bound(self) -> impl Iterator<Item = (SpecId, SectionId)> {
        let tops = self.template.tops.iter();
        tops.filter_map(move |&spec| self.binding.section(spec).at().map(|at| (spec, at)))
    }
}

/// Whether a section has no heading that could carry its number.
fn is_absent(found: &Match<SectionId>) -> bool {
    matches!(found, Match::Missing(_) | Match::NotApplicable(_))
}
