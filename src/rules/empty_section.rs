//! `empty-section`

use crate::bind::contents::shape;
use crate::bind::lines::line_start;
use crate::diagnostic::Finding;
use crate::directive::not_applicable;
use crate::fix::{Fix, Safety};
use crate::markdown::model::{Heading, HeadingForm, SectionId};
use crate::rule::{Context, Findings, declare_rule};
use crate::source::line_end;
use crate::template::model::{Content, SpecId};

declare_rule! {
    /// A heading has nothing under it.
    ///
    /// Rules (`---`) and comments are nothing. What the section must hold is not reported again: this is the one
    /// finding. If there is truly nothing to say, say that: `Not applicable — reason`.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// ## Steps
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
    /// Not applicable — the relay restarts itself.
    /// ```
    EMPTY_SECTION = "empty-section", Structure, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    let document = context.document();
    // Mostly something stands right under a heading.
    for (id, section) in document.sections().filter(|(_, section)| shape::is_bare(section, context.text())) {
        let Some(heading) = &section.heading else { continue };
        let deeper = document.sections.get(id.index() + 1).and_then(|next| next.heading.as_ref());
        let answer = context.binding.answers[id.index()];
        let has_children = deeper
            .is_some_and(|next| next.level > heading.level || answer.is_none() && is_below(context, next, heading))
            || answer.is_some() && context.binding.owners.get(id.index() + 1) == Some(&answer);
        if has_children || speaks_otherwise(context, id) {
            continue;
        }
        if is_underlined_text(context, id) {
            findings.push(underlined(context, heading));
            continue;
        }
        if is_underlined_text(context, SectionId(id.0 + 1)) {
            // What stands under it is only taken for a heading.
            continue;
        }
        let name = context.slice(heading.name);
        let spec = answer.map(|spec| context.template.section(spec));
        let finding = Finding::new(format!("section `{name}` is empty"), heading.text, "nothing stands under this")
            .fix(answer.and_then(|spec| fill(context, spec, id)));
        findings.push(match spec {
            Some(spec) if spec.essential => finding.help("write what belongs here").required_by(&spec.requirement),
            Some(spec) => finding
                .help(format!(
                    "write what belongs here, or say why there is nothing: `{}`",
                    not_applicable(&[], "reason")
                ))
                .required_by(&spec.requirement),
            None => finding.help("write what belongs here, or remove the heading"),
        });
    }
}

/// Whether a heading is text with a line of dashes right below it, and was never meant as one.
fn is_underlined_text(context: &Context, id: SectionId) -> bool {
    let Some(section) = context.document().sections.get(id.index()) else { return false };
    let Some(heading) = section.heading.as_ref().filter(|heading| heading.form == HeadingForm::Setext) else {
        return false;
    };
    let text = context.slice(heading.text);
    let is_text = text.contains('\n') || text.ends_with(['.', '!', '?', ';', ':', ',', '|']);
    heading.level == 2 && is_text && context.binding.answers[id.index()].is_none()
}

fn underlined(context: &Context, heading: &Heading) -> Finding {
    let text = context.text();
    let line = line_start(text, heading.span.end());
    Finding::new(
        "Markdown shows this text as a heading: a line of dashes stands right below it",
        context.first_line(heading.text),
        "text, not a heading",
    )
    .help("put a blank line between the two")
    .fix(Fix::insert(Safety::Unsafe, line, line_end(text)))
}

/// Inserts what the template's example has, unless a part of it stands elsewhere.
fn fill(context: &Context, spec: SpecId, id: SectionId) -> Option<Fix> {
    let mut children = context.template.parts(Some(spec));
    let all_absent = children.all(|(child, _)| context.binding.section(child).at().is_none());
    let edit = all_absent.then(|| context.inserter().content(spec, id)).flatten()?;
    Fix::new(Safety::Unsafe, vec![edit])
}

/// Whether numbers put a heading below another: `## 2.1 Access` below `## 2. Environments`.
fn is_below(context: &Context, next: &Heading, heading: &Heading) -> bool {
    next.number.zip(heading.number).is_some_and(|(next, own)| {
        let own = context.slice(own.span).trim_end_matches(['.', ')']);
        context.slice(next.span).strip_prefix(own).is_some_and(|rest| rest.len() > 1 && rest.starts_with('.'))
    })
}

/// The title, duplicates, and entries of a log have rules of their own.
fn speaks_otherwise(context: &Context, id: SectionId) -> bool {
    let binding = context.binding;
    let is_duplicate = binding.answers[id.index()].is_some_and(|spec| binding.section(spec).at() != Some(id));
    let is_entry = binding.answers[id.index()].is_none()
        && binding.owners[id.index()].is_some_and(|spec| {
            context.template.section(spec).contents.iter().any(|content| matches!(content, Content::Log(_)))
        });
    binding.title == Some(id) || is_duplicate || is_entry
}
