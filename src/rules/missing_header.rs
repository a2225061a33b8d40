//! `missing-header`

use crate::bind::fields::{Worth, converted, insertion, line, worth};
use crate::bind::model::HeaderState;
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::{Field, Header};
use crate::text::list;

declare_rule! {
    /// The version block is missing.
    ///
    /// Without version, status and date nobody can tell whether a spec is a draft or law, nor whether it still speaks
    /// of the system that runs. A line of it that stands alone somewhere (`Last Updated` in the footer) is shown, and
    /// the fix takes its value along.
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
    /// > **Version:** 1.0.0
    /// > **Status:** Draft
    /// > **Last Updated:** 260115
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    /// ```
    MISSING_HEADER = "missing-header", Header, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    let (Some(header), HeaderState::Missing(anchor)) = (&context.template.header, context.binding.header.state) else {
        return;
    };
    let required: Vec<(usize, &Field)> = header.fields.iter().enumerate().filter(|(_, field)| field.required).collect();
    let lines: Vec<String> = required
        .iter()
        .map(|&(index, field)| line(&header.form, &field.name.shown, &value(context, index, field)))
        .collect();
    let has_title = context.binding.title.is_some();
    let label = if has_title { "it belongs below the title" } else { "it belongs above this" };
    let place = if has_title { "below the title" } else { "above everything else" };
    let mut finding = Finding::new(format!("the header is missing: {}", names(header)), anchor.label, label)
        .help(format!("write {} {place}, each on a line of its own", list(&lines, "and")))
        .required_by(&header.requirement);
    for (_, stray) in &context.binding.header.strays {
        finding = finding.also(stray.line, "this belongs in it");
    }
    let inserted = insertion(context.text(), anchor.insert, &lines);
    findings.push(finding.fix(Fix::insert(Safety::Unsafe, anchor.insert, inserted)));
}

/// `Version`, `Status` and `Last Updated`.
fn names(header: &Header) -> String {
    let names: Vec<&str> =
        header.fields.iter().filter(|field| field.required).map(|field| field.name.shown.as_str()).collect();
    list(&names, "and")
}

/// The value that stands alone elsewhere, where it is good or can be made good; else a placeholder.
fn value(context: &Context, index: usize, field: &Field) -> String {
    let stray = context.binding.header.strays.iter().find(|(other, _)| *other == index);
    let written = stray.map(|(_, line)| converted(field, context.slice(line.value), context.template));
    written
        .filter(|value| matches!(worth(field, value, context.template), Worth::Good))
        .unwrap_or_else(|| field.example.clone())
}
