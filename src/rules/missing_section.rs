//! `missing-section`

use crate::bind::contents::asked::with_content;
use crate::bind::model::{Anchor, Side};
use crate::bind::sections::style::{heading_line, missing_line};
use crate::diagnostic::Finding;
use crate::directive::not_applicable;
use crate::fix::{Edit, Fix, Safety};
use crate::markdown::model::trouble::{ShownAs, Trouble};
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::{Section, SpecId};
use crate::text;

declare_rule! {
    /// A section that the template requires is not there.
    ///
    /// The finding points at the section that it should follow. Where Markdown shows the heading as something else
    /// (`1. Overview` over a line of dashes is a list and a rule), or where the content stands there without its
    /// heading, it points at that. What the section would hold is not reported again. Nothing is inserted beside a
    /// heading or table of your own at that place: it may be the section under another name.
    ///
    /// A document that does not need the section says so where it begins, or in the section around it:
    /// `Not applicable: SLA Targets — an internal tool without promises`.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
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
    MISSING_SECTION = "missing-section", Structure, Error, Document(check), fixes: Unsafe
}

/// So many sections that are missing at one place are one finding: a list reads better than a wall.
const MANY: usize = 3;

fn check(context: &Context, findings: &mut Findings) {
    let mut groups: Vec<Vec<(SpecId, &Section, Anchor)>> = Vec::new();
    for (id, section) in context.template.sections() {
        let Some(anchor) = context.binding.section(id).missing() else { continue };
        let joins = matches!(anchor.side, Side::After | Side::Inside);
        let group = groups.iter_mut().rev().find(|group| {
            let (_, other, place) = group[0];
            joins && other.parent == section.parent && place == anchor
        });
        match group {
            Some(group) => group.push((id, section, anchor)),
            None => groups.push(vec![(id, section, anchor)]),
        }
    }
    for group in groups {
        if group.len() >= MANY {
            findings.push(many(context, &group));
        } else {
            for (id, section, anchor) in group {
                findings.push(missing(context, id, section, anchor));
            }
        }
    }
}

fn many(context: &Context, group: &[(SpecId, &Section, Anchor)]) -> Finding {
    let (first, section, anchor) = group[0];
    let names: Vec<&str> = group.iter().map(|(_, section, _)| section.name.shown.as_str()).collect();
    let optional: Vec<&str> = group
        .iter()
        .filter(|(_, section, _)| !section.essential)
        .map(|(_, section, _)| section.name.shown.as_str())
        .collect();
    let line = missing_line(context.template, context.binding, context.document(), first);
    let kind = if section.parent.is_none() { "sections" } else { "sub-sections" };
    let label = if anchor.side == Side::After { "they belong after this" } else { "they belong in this section" };
    let add = format!(
        "add them, beginning with `{line}` (`infralint new {}` writes a document to copy them from)",
        context.template.name
    );
    let help = if optional.is_empty() {
        add
    } else {
        format!("{add}, or say why there are none: `{}`", not_applicable(&optional, "reason"))
    };
    let specs: Vec<SpecId> = group.iter().map(|&(id, _, _)| id).collect();
    Finding::new(format!("{} {kind} are missing: {}", group.len(), text::list(&names, "and")), anchor.label, label)
        .help(help)
        .required_by(&section.requirement)
        .fix(insertion(context, &specs, anchor))
}

fn missing(context: &Context, id: SpecId, section: &Section, anchor: Anchor) -> Finding {
    let name = &section.name.shown;
    let line = match anchor.side {
        Side::After | Side::Inside => missing_line(context.template, context.binding, context.document(), id),
        Side::Lost | Side::Content => heading_line(context.template, context.binding, context.document(), id),
    };
    let label = match anchor.side {
        Side::After if section.parent.is_none() && context.binding.title.is_none() && is_first(context, id) => {
            "it belongs before this"
        }
        Side::After => "it belongs after this section",
        Side::Inside => "it belongs in this section",
        Side::Content => "what belongs in it stands here",
        Side::Lost => shown_as(context, anchor),
    };
    let help = match anchor.side {
        Side::Lost => format!("write the heading as `{line}`, with a blank line before and after it"),
        Side::Content => format!("put the heading `{line}` above it"),
        Side::After | Side::Inside => {
            let add = format!("add `{line}`{}", with_content(section));
            if section.essential {
                add
            } else {
                format!("{add}, or say why there is none: `{}`", not_applicable(&[name], "reason"))
            }
        }
    };
    let kind = if section.parent.is_none() { "section" } else { "sub-section" };
    let written = |edits: Option<Vec<Edit>>| Fix::new(Safety::Unsafe, edits?);
    let fix = match anchor.side {
        Side::After | Side::Inside => insertion(context, &[id], anchor),
        Side::Lost => written(context.inserter().lost_heading(id, anchor.label, &line)),
        Side::Content if heads_content(context, section) => written(context.inserter().heading(id, anchor, &line)),
        Side::Content => None,
    };
    Finding::new(format!("{kind} `{name}` is missing"), anchor.label, label)
        .help(help)
        .required_by(&section.requirement)
        .fix(fix)
}

/// Inserts sections: only shown where something stands there that may be one of them by another name.
fn insertion(context: &Context, specs: &[SpecId], anchor: Anchor) -> Option<Fix> {
    let doubtful = specs.iter().any(|&spec| context.inserter().stands_otherwise(spec, anchor));
    let safety = if doubtful { Safety::Suggest } else { Safety::Unsafe };
    Fix::new(safety, context.inserter().sections(specs, anchor)?)
}

/// Whether a heading above its content leaves nothing of the section around it below, where it would change owners.
fn heads_content(context: &Context, section: &Section) -> bool {
    section.parent.is_none_or(|parent| context.template.section(parent).contents.is_empty())
}

/// Whether no section of the template before this one is there.
fn is_first(context: &Context, id: SpecId) -> bool {
    context.binding.sections[..id.index()].iter().all(|found| found.at().is_none())
}

/// What stands at the place, for a heading that Markdown does not see.
fn shown_as(context: &Context, anchor: Anchor) -> &'static str {
    let shown = context.document().trouble.iter().find_map(|trouble| match trouble {
        Trouble::LostHeading { span, shown_as, .. } if *span == anchor.label => Some(*shown_as),
        _ => None,
    });
    match shown {
        Some(ShownAs::ListAndRule) => "Markdown shows this as a list and a rule, not as a heading",
        Some(ShownAs::Code) => "Markdown shows this as code, not as a heading",
        Some(ShownAs::Bold) => "Markdown shows this as bold text, not as a heading",
        _ => "Markdown shows this as text, not as a heading",
    }
}
