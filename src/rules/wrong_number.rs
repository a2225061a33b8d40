//! `wrong-number`

use crate::bind::model::Match;
use crate::diagnostic::Finding;
use crate::markdown::model::{Heading, Number, SectionId, Trouble};
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::{Numbering, SpecId};

declare_rule! {
    /// The numbers of the headings do not count up.
    ///
    /// Which numbers they are does not matter: authors add and drop sections and renumber. A gap or a repetition
    /// says that something was moved, pasted or lost. One finding a document, at the first heading that does not
    /// follow its predecessor; duplicates, and the gap that a missing section leaves, are another rule's.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## 1. Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## 3. Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## 1. Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## 2. Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    WRONG_NUMBER = "wrong-number", Structure, Warning, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    if context.template.numbering == Numbering::Any {
        return;
    }
    let mut before: Option<(SectionId, &Heading, Number)> = None;
    for (id, heading) in context.document().headings().filter(|&(id, heading)| is_counted(context, id, heading)) {
        let Some(number) = heading.number.filter(|number| number.depth == 1) else { continue };
        if let Some((previous, above, last)) = before
            && number.last != last.last + 1
            && !explained(context, previous, id, last.last, number.last)
        {
            let expected = last.last + 1;
            findings.push(
                Finding::new(
                    format!("number {} follows number {}", number.last, last.last),
                    number.last_span,
                    format!("{expected} is expected here"),
                )
                .also(above.text, format!("this is number {}", last.last))
                .help(format!("number it {expected} and count on from there, or move the section to its place")),
            );
            return;
        }
        before = Some((id, heading, number));
    }
}

/// Sections of the template wherever they stand, and the author's own on their level. Duplicates do not count, nor
/// does a last section that is not last: both are findings already.
fn is_counted(context: &Context, id: SectionId, heading: &Heading) -> bool {
    let binding = context.binding;
    match binding.answers[id.index()] {
        Some(spec) => {
            let section = context.template.section(spec);
            let is_first = binding.section(spec).at() == Some(id);
            section.parent.is_none() && is_first && (!section.last || is_last(context, id))
        }
        None => heading.level == binding.section_level && binding.title != Some(id),
    }
}

fn is_last(context: &Context, id: SectionId) -> bool {
    let level = context.binding.section_level;
    context.document().headings().skip_while(|&(other, _)| other <= id).all(|(_, heading)| heading.level > level)
}

/// Whether a gap is no larger than the sections that are missing there, or lies behind a fence that swallowed some.
fn explained(context: &Context, previous: SectionId, id: SectionId, last: u32, number: u32) -> bool {
    if number <= last {
        return false;
    }
    let document = context.document();
    let swallowed = document.trouble.iter().any(|trouble| match trouble {
        Trouble::UnclosedFence { opening, .. } => (previous..id).contains(&document.section_at(opening.start())),
        Trouble::LostHeading { span, .. } => (previous..id).contains(&document.section_at(span.start())),
        Trouble::Wrapped(_) => false,
    });
    let before = last_bound(context, previous);
    let behind = first_bound(context, id);
    let absent = context
        .template
        .sections()
        .filter(|&(spec, section)| {
            let between = before.is_none_or(|before| before < spec) && behind.is_none_or(|behind| spec < behind);
            let found = context.binding.section(spec);
            section.parent.is_none() && between && matches!(found, Match::Missing(_) | Match::NotApplicable(_))
        })
        .count();
    swallowed || (number - last - 1) as usize <= absent
}

/// The last section of the template that stands at or above a heading.
fn last_bound(context: &Context, id: SectionId) -> Option<SpecId> {
    bound(context).filter(|&(_, at)| at <= id).max_by_key(|&(_, at)| at).map(|(spec, _)| spec)
}

/// The first section of the template that stands at or below a heading.
fn first_bound(context: &Context, id: SectionId) -> Option<SpecId> {
    bound(context).filter(|&(_, at)| at >= id).min_by_key(|&(_, at)| at).map(|(spec, _)| spec)
}

fn bound<'a>(context: &Context<'a>) -> impl Iterator<Item = (SpecId, SectionId)> + use<'a> {
    let binding = context.binding;
    let top = context.template.sections().filter(|(_, section)| section.parent.is_none());
    top.filter_map(move |(spec, _)| binding.section(spec).at().map(|at| (spec, at)))
}
