//! `invalid-waiver`

use crate::bind::model::{Target, WaivedName, Waiver};
use crate::bind::waivers;
use crate::diagnostic::{Finding, Requirement};
use crate::directive::not_applicable;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::Template;
use crate::text::{are, did_you_mean, list, normal};

declare_rule! {
    /// A *Not applicable* line gives no reason, or names nothing that could be left out.
    ///
    /// What a document leaves out on purpose is a decision, and a decision has a reason that a reader can judge. A
    /// name that the template does not know here waives nothing, and what is essential cannot be waived.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// Not applicable: Steps
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
    /// Not applicable: Steps — the relay restarts itself.
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    /// ```
    INVALID_WAIVER = "invalid-waiver", Document, Error, Document(check)
}

/// So many names are listed when none is near.
const LISTED: usize = 6;

fn check(context: &Context, findings: &mut Findings) {
    for waiver in &context.binding.waivers {
        if let Some(finding) = reason_among_names(context, waiver) {
            findings.push(finding);
            continue;
        }
        let mut valid: Vec<&str> = Vec::new();
        for name in &waiver.names {
            match name.target {
                None => findings.push(unknown(context, waiver, name.span)),
                Some(target) if name.essential => findings.push(essential(context, name, target)),
                Some(_) => valid.push(context.slice(name.span)),
            }
        }
        if waiver.reason.is_none() && !valid.is_empty() {
            let said = context.slice(waiver.span).split_once(':').map(|(_, said)| said.trim_matches(['*', '_', ' ']));
            findings.push(
                match said.filter(|said| !said.is_empty() && waiver.names.iter().all(|name| name.span == waiver.span)) {
                    Some(reason) => behind_colon(waiver, reason),
                    None => without_reason(waiver, &valid),
                },
            );
        }
    }
}

/// `Not applicable: Queue, we send mail at once`: what follows the names that are known is the reason.
fn reason_among_names(context: &Context, waiver: &Waiver) -> Option<Finding> {
    let known = waiver.names.iter().take_while(|name| name.target.is_some());
    let names: Vec<&str> = known.map(|name| context.slice(name.span)).collect();
    let last = waiver.names[..names.len()].last().filter(|name| waiver.reason.is_none() && name.span != waiver.span)?;
    let here = waivers::names(context.template, context.binding, waiver.section);
    let is_near = |name: &WaivedName| did_you_mean(context.slice(name.span), here.iter().copied()).is_some();
    if waiver.names[names.len()..].iter().any(is_near) {
        return None;
    }
    let rest = Span::new(last.span.end(), waiver.span.end());
    let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '`' | '"');
    let reason = context.slice(rest).trim_start_matches(marks).trim_end_matches([')', '*', '_', ' ']);
    reason.contains(' ').then(|| {
        Finding::new(
            "this does not set the reason apart from what is not applicable",
            rest.trim(context.text()),
            "the reason?",
        )
        .help(format!("write a dash before it: `{}`", not_applicable(&names, reason)))
    })
}

/// `Not applicable: we have none`: a section that has nothing else means itself.
fn behind_colon(waiver: &Waiver, reason: &str) -> Finding {
    Finding::new("what stands behind this colon is read as a name, not as the reason", waiver.span, "the reason?")
        .help(format!("write a dash before it: `{}`", not_applicable(&[], reason)))
}

fn without_reason(waiver: &Waiver, names: &[&str]) -> Finding {
    let is_own = waiver.names.iter().all(|name| name.span == waiver.span);
    let (names, what) = if is_own {
        (&[][..], "the section is".to_owned())
    } else {
        (names, format!("{} {}", list(names, "and"), are(names.len())))
    };
    Finding::new(format!("this does not say why {what} not applicable"), waiver.span, "why?")
        .help(format!("say why: `{}`", not_applicable(names, "reason")))
}

fn unknown(context: &Context, waiver: &Waiver, name: Span) -> Finding {
    let written = context.slice(name);
    let finding = Finding::new(format!("the template asks for no `{written}` here"), name, "this waives nothing");
    let fields = context.template.header.iter().flat_map(|header| &header.fields);
    if let Some(field) = fields.into_iter().find(|field| field.name.is(&normal(written))) {
        return Finding::new(
            format!("`{}` cannot be waived: it is a field of the header", field.name.shown),
            name,
            "here",
        )
        .help("write it in the header, and remove this")
        .required_by(&field.requirement);
    }
    let here = waivers::names(context.template, context.binding, waiver.section);
    if let Some(meant) = did_you_mean(written, here.iter().copied()) {
        return finding.help(format!("did you mean `{meant}`?"));
    }
    if let Some(section) = elsewhere(context.template, written) {
        return finding.help(format!("move the line to where it is asked for: {section}"));
    }
    match here.as_slice() {
        [] => finding.help("remove the line: nothing here can be left out"),
        names if names.len() <= LISTED => finding.help(format!("name one of {}", list(names, "or"))),
        _ => finding.help(format!("`infralint templates show {}` has all names", context.template.name)),
    }
}

/// The path of the section that asks for something of this name.
fn elsewhere(template: &Template, written: &str) -> Option<String> {
    let wanted = normal(written);
    let section = template.sections().find(|(_, section)| section.name.is(&wanted)).map(|(_, section)| section);
    if let Some(section) = section {
        return Some(match section.parent {
            Some(parent) => format!("`{}`", template.section(parent).requirement.path),
            None => "between the title and the first section".to_owned(),
        });
    }
    template
        .sections()
        .find(|&(id, _)| waivers::in_section(template, id, written, &wanted).is_some())
        .map(|(_, section)| format!("`{}`", section.requirement.path))
}

fn essential(context: &Context, name: &WaivedName, target: Target) -> Finding {
    let template = context.template;
    let (what, requirement): (&str, Option<&Requirement>) = match target {
        Target::Header => ("the header", template.header.as_ref().map(|header| &header.requirement)),
        Target::Section(spec) => {
            let section = template.section(spec);
            (&section.name.shown, Some(&section.requirement))
        }
        Target::Content(id) => ("the diagram", Some(template.content(id).requirement())),
        _ => (context.slice(name.span), None),
    };
    let what = if what.starts_with("the ") { what.to_owned() } else { format!("`{what}`") };
    let finding = Finding::new(format!("{what} cannot be waived"), name.span, "it must be there")
        .help("the template calls it essential: write it, and remove this");
    match requirement {
        Some(requirement) => finding.required_by(requirement),
        None => finding,
    }
}
