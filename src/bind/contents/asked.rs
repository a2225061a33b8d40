//! How what a section must hold is called, in the middle of a sentence.

use crate::directive::not_applicable;
use crate::template::model::blocks::{Code, ListKind, Prose};
use crate::template::model::{Content, Section, SpecId, Template};
use crate::text;

/// What a section must hold, in few words, behind its heading: ` with the table ... and a `yaml` block`.
pub(crate) fn with_content(section: &Section) -> String {
    let parts: Vec<String> = section
        .contents
        .iter()
        .filter(|content| content.is_required())
        .map(|content| match content {
            Content::Table(table) => format!("the table `{}`", table.header),
            Content::Diagram(diagram) => format!("a `{}` diagram", diagram.language),
            Content::Code(code) => code_block(code),
            Content::List(list) => list.kind.with_article().to_owned(),
            Content::Log(log) => format!("entries of the form `{}`", log.entry.written),
            Content::Prose(prose) => sentences(prose),
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!(" with {}", parts.join(" and ")) }
}

/// What to write into a section that holds nothing yet, where more than text is asked for.
pub(crate) fn whole(template: &Template, spec: SpecId) -> Option<String> {
    let section = template.section(spec);
    let waive = if section.essential { String::new() } else { or_say_none(&[]) };
    if section.contents.iter().any(|content| !matches!(content, Content::Prose(_))) {
        return with_content(section).strip_prefix(" with ").map(|content| format!("write {content}{waive}"));
    }
    let children = template.parts(Some(spec)).filter(|(_, child)| child.required);
    let names: Vec<&str> = children.map(|(_, child)| child.name.shown.as_str()).collect();
    (!names.is_empty()).then(|| format!("write its sub-sections {}{waive}", text::list(&names, "and")))
}

/// A block that is asked for: how it is called, and what to do where it is missing.
pub(crate) fn block(content: &Content) -> (String, String) {
    match content {
        Content::List(list) => {
            let called = list.kind.with_article();
            let first = list.example.trim().lines().next().unwrap_or_default();
            (called.to_owned(), format!("add {called}, e.g. `{first}`"))
        }
        Content::Code(code) => {
            let called = code_block(code);
            let add = format!("add {called}");
            (called, add)
        }
        Content::Log(log) => ("an entry".to_owned(), format!("add an entry of the form `{}`", log.entry.written)),
        Content::Prose(prose) => ("text".to_owned(), format!("write {}", sentences(prose))),
        Content::Table(_) | Content::Diagram(_) => (String::new(), String::new()),
    }
}

fn code_block(code: &Code) -> String {
    code.languages.first().map_or("a code block".to_owned(), |language| format!("a `{language}` block"))
}

fn sentences(prose: &Prose) -> String {
    match &prose.sentences {
        Some(range) if range.start() == range.end() => text::count(*range.end() as usize, "sentence"),
        Some(range) => format!("{} to {} sentences", range.start(), range.end()),
        None => "some text".to_owned(),
    }
}

/// How to say that there is none, at the end of a help: a section with nothing else speaks of itself. Empty where it
/// cannot be said.
pub(crate) fn or_waive(section: &Section, content: &Content) -> String {
    if section.essential || matches!(content, Content::Diagram(diagram) if diagram.essential) {
        return String::new();
    }
    if section.contents.len() == 1 { or_say_none(&[]) } else { or_say_none(&[waived_name(content)]) }
}

fn or_say_none(names: &[&str]) -> String {
    format!(", or say why there is none: `{}`", not_applicable(names, "reason"))
}

/// How a *Not applicable* line calls what a section must hold.
fn waived_name(content: &Content) -> &'static str {
    match content {
        Content::Table(_) => "table",
        Content::Diagram(_) => "diagram",
        Content::List(list) => match list.kind {
            ListKind::Checklist => "checklist",
            ListKind::Ordered | ListKind::Bullet => "list",
        },
        Content::Code(_) => "code block",
        Content::Log(_) => "log",
        Content::Prose(_) => "text",
    }
}
