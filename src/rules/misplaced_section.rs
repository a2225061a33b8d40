//! `misplaced-section`

use crate::bind::model::{Match, Place};
use crate::bind::sections::order::out_of_order;
use crate::bind::sections::style::{heading_line, level_for};
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::model::{Heading, HeadingForm, SectionId};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::{Section, SpecId};

declare_rule! {
    /// A section stands under the wrong parent, on the wrong level, or after the section that must be last.
    ///
    /// Its content is judged as usual. In templates with `order = "strict"` a section out of order is misplaced, too.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// # Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    MISPLACED_SECTION = "misplaced-section", Structure, Warning, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    let out_of_order = out_of_order(context.template, context.binding);
    for (id, section) in context.template.sections() {
        let Some(answer) = context.binding.section(id).answer() else { continue };
        if answer.place == Place::Here && !section.last && out_of_order.is_empty() {
            continue;
        }
        let Some(heading) = &context.document().section(answer.at).heading else { continue };
        let finding = match answer.place {
            Place::WrongParent => Some(wrong_parent(context, id, section, answer.at, heading)),
            Place::WrongLevel => Some(wrong_level(context, id, section, answer.at, heading)),
            Place::Here if section.last => behind_last(context, section, answer.at, heading),
            Place::Here if out_of_order.contains(&id) => Some(unordered(context, id, section, heading)),
            Place::Here => None,
        };
        if let Some(finding) = finding {
            findings.push(finding.required_by(&section.requirement));
        }
    }
}

fn wrong_parent(context: &Context, id: SpecId, section: &Section, at: SectionId, heading: &Heading) -> Finding {
    let name = &section.name.shown;
    let wanted = section.parent.map_or("the title", |parent| context.template.section(parent).name.shown.as_str());
    let around =
        context.document().section(at).parent.and_then(|parent| context.document().section(parent).heading.as_ref());
    let message = match around {
        Some(around) => format!("`{name}` stands under `{}`, but belongs under `{wanted}`", context.slice(around.name)),
        None => format!("`{name}` belongs under `{wanted}`"),
    };
    let line = heading_line(context.template, context.binding, context.document(), id);
    let finding = Finding::new(message, heading.text, "here").help(format!("move it below `{wanted}`, as `{line}`"));
    let parent = section.parent.and_then(|parent| context.binding.section(parent).at());
    match parent.and_then(|parent| context.document().section(parent).heading.as_ref()) {
        Some(parent) => finding.also(parent.text, "it belongs under this"),
        None => finding,
    }
}

fn wrong_level(context: &Context, id: SpecId, section: &Section, at: SectionId, heading: &Heading) -> Finding {
    let level = level_for(context.template, context.binding, id);
    let line = heading_line(context.template, context.binding, context.document(), id);
    let message = format!("`{}` stands on level {}, its place is level {level}", section.name.shown, heading.level);
    Finding::new(message, heading.text, "here")
        .help(format!("write `{line}`"))
        .fix(relevel(context, id, at, heading, level))
}

/// Another level for one heading, where every other heading keeps the section that it counts for.
fn relevel(context: &Context, id: SpecId, at: SectionId, heading: &Heading, level: u8) -> Option<Fix> {
    let (low, high) = (heading.level.min(level), heading.level.max(level));
    // Headings between the two levels, up to the next that ends the section either way.
    let behind = context.document().headings().skip_while(|&(other, _)| other <= at);
    let mut between = behind.take_while(|(_, other)| other.level > low).filter(|(_, other)| other.level <= high);
    let is_ours = |other: SectionId| {
        let owner = context.binding.owners[other.index()];
        owner.is_some_and(|owner| owner == id || context.template.section(owner).parent == Some(id))
    };
    // Lifted, the heading takes them; lowered, it lets go of them.
    if between.any(|(other, _)| level < heading.level || is_ours(other)) {
        return None;
    }
    let marks = "#".repeat(usize::from(level));
    let written = context.slice(heading.span);
    let (span, text) = match heading.form {
        HeadingForm::Atx => {
            let length = written.len() - written.trim_start_matches('#').len();
            (Span::new(heading.span.start(), heading.span.start() + length), marks)
        }
        HeadingForm::Setext => (heading.span, format!("{marks} {}", context.slice(heading.text))),
    };
    (!context.slice(heading.text).contains('\n')).then(|| Fix::replace(Safety::Unsafe, span, text))
}

/// The first section behind the one that must be last.
fn behind_last(context: &Context, section: &Section, at: SectionId, heading: &Heading) -> Option<Finding> {
    let level = context.binding.section_level;
    let later = context
        .document()
        .headings()
        .skip_while(|&(id, _)| id <= at)
        .find(|&(id, later)| {
            let last = context.binding.answers[at.index()];
            let is_its_own = [context.binding.answers[id.index()], context.binding.owners[id.index()]].contains(&last);
            later.level <= level && !is_its_own
        })
        .map(|(_, later)| later)?;
    let name = &section.name.shown;
    Some(
        Finding::new(format!("`{name}` must be the last section"), heading.text, "move this to the end")
            .also(later.text, "this follows it")
            .help(format!("move `{name}` after `{}` and all that follows", context.slice(later.name))),
    )
}

fn unordered(context: &Context, id: SpecId, section: &Section, heading: &Heading) -> Finding {
    let name = &section.name.shown;
    let before = context.template.sections[..id.index()]
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, other)| other.parent == section.parent)
        .find(|(index, _)| Match::at(&context.binding.sections[*index]).is_some());
    let help = match before {
        Some((_, before)) => format!("move it after `{}`", before.name.shown),
        None => "move it to the front".to_owned(),
    };
    Finding::new(format!("`{name}` is out of order"), heading.text, "here").help(help)
}
