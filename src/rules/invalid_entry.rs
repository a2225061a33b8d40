//! `invalid-entry`

use crate::bind::log::faults::{Fault, faults};
use crate::bind::log::is_unreleased;
use crate::bind::log::rewritten::Rewritten;
use crate::bind::model::BoundLog;
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::log::Log;
use crate::text::{are, plural};
use crate::values::{date, version};

declare_rule! {
    /// A changelog entry does not have the template's form, or says nothing.
    ///
    /// Programs and people look for the day and the version in one place. One finding for the first such entry that
    /// says enough to be rewritten tells how many others there are; what can be read of them still counts for version
    /// and date. A day in another form that leaves no doubt is rewritten by the fix.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Changelog
    ///
    /// ### 2026-01-15 - v1.0.0 - First version
    /// - Written.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Changelog
    ///
    /// ### 260115 - v1.0.0 - First version
    /// - Written.
    /// ```
    INVALID_ENTRY = "invalid-entry", Consistency, Error, Document(check), fixes: Safe
}

fn check(context: &Context, findings: &mut Findings) {
    for read in context.logs {
        let Some(bound) = &context.binding.content(read.id).log else { continue };
        let faults = faults(context.template, context.document(), context.text(), read, bound.table);
        // What to write is best said of one that says enough itself.
        let first = faults.iter().find(|fault| !matches!(fault, Fault::Form(_, None))).or(faults.first());
        if let Some(first) = first {
            findings.push(finding(context, read.log, first, &faults, bound));
        }
    }
}

fn finding(context: &Context, log: &Log, first: &Fault, all: &[Fault], bound: &BoundLog) -> Finding {
    let form = &log.entry.written;
    let pattern = log.date_pattern().unwrap_or_default();
    let (message, place, label, help) = match first {
        Fault::Form(place, rewritten) => {
            let marks = "#".repeat(usize::from(log.entry.level));
            let help = match rewritten {
                Some(rewritten) => format!("write it as `{marks} {}`", rewritten.heading),
                None if is_unreleased(context.text(), *place) && bound.entries.len() > 1 => {
                    format!("move its items under the newest entry, or write it as `{form}` once it is released")
                }
                None => format!("write it as `{form}`"),
            };
            (format!("this entry does not have the form `{form}`"), *place, "here", help)
        }
        Fault::Date(place, meant) => {
            let help = match meant {
                Some(day) => format!("write `{}`", date::write(*day, pattern)),
                None => match date::either(context.slice(*place), pattern) {
                    Some(either) => format!("write {either}"),
                    None => format!("write the day as {pattern}"),
                },
            };
            (format!("the day of this entry is not of the form {pattern}"), *place, "here", help)
        }
        Fault::Unreal(place) => (
            format!("there is no day `{}`", context.slice(*place)),
            *place,
            "here",
            format!("write the day of the change as {pattern}"),
        ),
        Fault::Version(place) => {
            let written = context.slice(*place);
            let (message, help) = match version::recognise(written) {
                Some(meant) => (format!("`{written}` is not a version of the form X.Y.Z"), format!("write `{meant}`")),
                None => (format!("`{written}` is no version"), "write a version such as `1.2.0`".to_owned()),
            };
            (message, *place, "here", help)
        }
        Fault::Bare(place) => (
            "this entry does not say what changed".to_owned(),
            *place,
            "nothing stands under this",
            "add at least one item: `- What changed`".to_owned(),
        ),
    };
    let others = all.len() - 1;
    let kind = if bound.table.is_some() { "row" } else { "entry" };
    let message = if others == 0 {
        message
    } else {
        format!("{message}, and {others} more {} {} wrong", plural(others, kind), are(others))
    };
    let edits = all.iter().filter_map(|fault| match fault {
        Fault::Date(place, Some(day)) => Some((Safety::Safe, Edit { span: *place, text: date::write(*day, pattern) })),
        Fault::Form(place, Some(Rewritten { heading, safety: Some(safety) })) => {
            Some((*safety, Edit { span: *place, text: heading.clone() }))
        }
        _ => None,
    });
    let finding = Finding::new(message, place, label).help(help).required_by(&log.requirement);
    let (safeties, edits): (Vec<Safety>, Vec<Edit>) = edits.unzip();
    let safety = if safeties.contains(&Safety::Unsafe) { Safety::Unsafe } else { Safety::Safe };
    // A finding that its fix only makes smaller would look like one that was overlooked.
    if edits.len() == all.len() { finding.fix(Fix::new(safety, edits)) } else { finding }
}
