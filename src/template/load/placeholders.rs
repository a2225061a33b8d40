//! The placeholders of the examples: every `[bracket]` and `$[X]` that is neither a link nor a task box nor code.

use crate::template::model::{Content, Template};
use crate::template::skeleton;

/// All of them, sorted, each once.
pub(super) fn collect(template: &Template) -> Vec<String> {
    let mut found = Vec::new();
    for field in template.header.iter().flat_map(|header| &header.fields) {
        in_text(&field.example, &mut found);
    }
    for (_, content) in template.contents() {
        match content {
            Content::Prose(prose) => in_text(&prose.example, &mut found),
            Content::Table(table) => in_text(&table.example, &mut found),
            Content::List(list) => in_text(&list.example, &mut found),
            Content::Log(log) => in_text(&log.example, &mut found),
            // Brackets mean something else there.
            Content::Code(_) | Content::Diagram(_) => {}
        }
    }
    for (id, section) in template.sections() {
        let holds_more = section.contents.iter().any(Content::is_required)
            || template.sections().any(|(_, child)| child.parent == Some(id) && child.required);
        if !holds_more {
            found.push(skeleton::placeholder(section));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a text holds one.
pub(in crate::template) fn are_in(text: &str) -> bool {
    let mut found = Vec::new();
    in_text(text, &mut found);
    !found.is_empty()
}

fn in_text(text: &str, found: &mut Vec<String>) {
    let mut at = 0;
    let mut in_code = false;
    while let Some(next) = text[at..].find(['[', '`']) {
        let start = at + next;
        if text[start..].starts_with('`') {
            in_code = !in_code;
            at = start + 1;
            continue;
        }
        let Some(length) = text[start..].find(']') else { break };
        let end = start + length + 1;
        at = end;
        let inside = text[start + 1..end - 1].trim();
        let is_link = text[end..].starts_with(['(', '[', ':']);
        let is_box = inside.is_empty() || inside.eq_ignore_ascii_case("x") && !text[..start].ends_with('$');
        if !in_code && !is_link && !is_box && !inside.contains('[') {
            let dollar = usize::from(text[..start].ends_with('$'));
            found.push(text[start - dollar..end].to_owned());
        }
    }
}
