//! `missing-header`

use crate::bind::header::fields::{self, insertion, line};
use crate::bind::log::fresh::field_value;
use crate::bind::model::{FieldLine, HeaderState};
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::header::{Field, Header};
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
    // Where all of it may be absent, nothing is missing.
    if required.is_empty() {
        return;
    }
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
    let mut edits =
        vec![Edit { span: Span::at(anchor.insert), text: insertion(context.text(), anchor.insert, &lines) }];
    edits.extend(taken(context, &required).map(|span| Edit { span, text: String::new() }));
    findings.push(finding.fix(Fix::new(Safety::Unsafe, edits)));
}

/// `Version`, `Status` and `Last Updated`.
fn names(header: &Header) -> String {
    let names: Vec<&str> =
        header.fields.iter().filter(|field| field.required).map(|field| field.name.shown.as_str()).collect();
    list(&names, "and")
}

/// The value that stands alone elsewhere, where it is good or can be made good; else what the changelog says, or the
/// template's example.
fn value(context: &Context, index: usize, field: &Field) -> String {
    let stray = context.binding.header.strays.iter().find(|(other, _)| *other == index);
    stray.and_then(|(_, line)| usable(context, field, line)).unwrap_or_else(|| fresh(context, field))
}

fn fresh(context: &Context, field: &Field) -> String {
    field_value(context.template, context.binding, context.text(), field, context.around.today)
}

fn usable(context: &Context, field: &Field, line: &FieldLine) -> Option<String> {
    fields::usable(field, line, context.text(), context.template)
}

/// The lines whose values the header takes over.
fn taken<'a>(context: &'a Context, required: &'a [(usize, &Field)]) -> impl Iterator<Item = Span> + 'a {
    context.binding.header.strays.iter().filter_map(move |(index, line)| {
        let (_, field) = required.iter().find(|(other, _)| other == index)?;
        usable(context, field, line)?;
        fields::taken(line, context.text())
    })
}
