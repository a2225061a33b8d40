//! `wrong-header-form`

use crate::bind::header::rewrite::rewritten;
use crate::bind::header::{fields, is_quoted};
use crate::bind::model::{BoundField, FieldLine, FoundForm, HeaderState};
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::header::Header;
use crate::text::list;

declare_rule! {
    /// The version block is there, but not in the template's form.
    ///
    /// Bold lines, a list, a table, front matter or a footer say the same to a reader, but not to a tool that looks
    /// for the template's form below the title. So does a line that has lost its `>` or its colon. The fix rewrites the
    /// lines, and values that can be converted without doubt with them. Front matter beside a right header is nobody's
    /// business.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// **Version**: 1.0
    /// **Status**: Draft
    /// **Last Updated**: 2026-01-15
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
    WRONG_HEADER_FORM = "wrong-header-form", Header, Warning, Document(check), fixes: Safe
}

fn check(context: &Context, findings: &mut Findings) {
    let Some(header) = &context.template.header else { return };
    let lines: Vec<&FieldLine> = context
        .binding
        .header
        .fields
        .iter()
        .filter_map(|field| match field {
            BoundField::Found(line) => Some(line),
            _ => None,
        })
        .collect();
    let Some(first) = lines.iter().map(|line| line.line).min() else { return };
    let form = &header.form.written;
    let finding = match context.binding.header.state {
        HeaderState::WrongForm { form: found, .. } => {
            let (message, label) = described(found, form);
            let finding = Finding::new(message, first, label);
            let title = context.binding.title.and_then(|title| context.document().section(title).heading.as_ref());
            match title.filter(|_| matches!(found, FoundForm::Footer | FoundForm::FrontMatter)) {
                Some(title) => finding.also(title.text, "it belongs below this"),
                None => finding,
            }
        }
        HeaderState::Here(_) => {
            let mut wrong = lines.iter().filter(|line| !line.in_form);
            let Some(one) = wrong.next() else { return };
            let name = context.slice(one.key);
            let message = format!("the line of `{name}` does not have the form `{form}`");
            let is_bare = header.form.quoted && !is_quoted(context.text(), one.line);
            let label = if is_bare { "no `>` stands before it" } else { "here" };
            let finding = Finding::new(message, one.line, label);
            wrong
                .filter(|other| other.line != one.line)
                .fold(finding, |finding, other| finding.also(other.line, "and here"))
        }
        _ => return,
    };
    let fix = rewritten(context.bound());
    findings.push(finding.help(help(context, header)).required_by(&header.requirement).fix(fix));
}

fn described(found: FoundForm, form: &str) -> (String, &'static str) {
    match found {
        FoundForm::Lines => (format!("the lines of the header do not have the form `{form}`"), "not in a quote"),
        FoundForm::QuotedLines => {
            (format!("the lines of the header do not have the form `{form}`"), "written otherwise")
        }
        FoundForm::FrontMatter => {
            (format!("the header is front matter, not lines of the form `{form}`"), "in front matter")
        }
        FoundForm::Table => (format!("the header is a table, not lines of the form `{form}`"), "in a table"),
        FoundForm::Footer => ("the header stands at the end of the document, not below the title".to_owned(), "here"),
    }
}

/// The lines to write, with the values that are there; of a header in form those that are not.
fn help(context: &Context, header: &Header) -> String {
    let is_here = matches!(context.binding.header.state, HeaderState::Here(_));
    let lines: Vec<String> = header
        .fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| {
            let line = context.binding.field(index).filter(|line| !(is_here && line.in_form))?;
            let value = fields::meant(field, context.slice(line.value), context.template);
            Some(fields::line(&header.form, &field.name.shown, &value))
        })
        .collect();
    let place = match context.binding.header.state {
        HeaderState::WrongForm { form: FoundForm::Footer | FoundForm::FrontMatter, .. } => " below the title",
        _ => "",
    };
    format!("write {}{place}{}", list(&lines, "and"), if lines.len() > 1 { ", each on a line of its own" } else { "" })
}
