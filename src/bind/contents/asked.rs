//! How what a section must hold is called, in the middle of a sentence.

use crate::template::model::blocks::ListKind;
use crate::template::model::{Content, Section};
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
            Content::Code(code) => match code.languages.first() {
                Some(language) => format!("a `{language}` block"),
                None => "a code block".to_owned(),
            },
            Content::List(list) => list.kind.with_article().to_owned(),
            Content::Log(log) => format!("entries of the form `{}`", log.entry.written),
            Content::Prose(prose) => match &prose.sentences {
                Some(range) => format!("{} to {} sentences", range.start(), range.end()),
                None => "some text".to_owned(),
            },
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!(" with {}", parts.join(" and ")) }
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
            let language = code.languages.first().map(|language| format!("`{language}` block"));
            let called = format!("a {}", language.as_deref().unwrap_or("code block"));
            let add = format!("add {called}");
            (called, add)
        }
        Content::Log(log) => ("an entry".to_owned(), format!("add an entry of the form `{}`", log.entry.written)),
        Content::Prose(prose) => {
            let sentences = match &prose.sentences {
                Some(range) if range.start() == range.end() => text::count(*range.end() as usize, "sentence"),
                Some(range) => format!("{} to {} sentences", range.start(), range.end()),
                None => "some text".to_owned(),
            };
            ("text".to_owned(), format!("write {sentences}"))
        }
        Content::Table(_) | Content::Diagram(_) => (String::new(), String::new()),
    }
}

/// How a *Not applicable* line calls a block.
pub(crate) fn waived_name(content: &Content) -> &'static str {
    match content {
        Content::List(list) => match list.kind {
            ListKind::Checklist => "checklist",
            ListKind::Ordered | ListKind::Bullet => "list",
        },
        Content::Code(_) => "code block",
        Content::Log(_) => "log",
        _ => "text",
    }
}
