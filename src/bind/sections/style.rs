//! How a document writes its headings, so that what a message or a fix proposes looks like the rest.

use crate::bind::model::Binding;
use crate::bind::sections::numbers::Numbers;
use crate::markdown::model::{BlockKind, Document, Item};
use crate::template::model::{SpecId, Template};
use crate::template::skeleton::Style;

/// The heading line that a section of the template would have in this document: `## 8. SLA Targets`.
pub(crate) fn heading_line(template: &Template, binding: &Binding, document: &Document, spec: SpecId) -> String {
    line(template, binding, spec, number_for(template, binding, document, spec, Numbers::new_at))
}

/// The heading line of a missing section beside those that are missing before it: their numbers count up.
pub(crate) fn missing_line(template: &Template, binding: &Binding, document: &Document, spec: SpecId) -> String {
    line(template, binding, spec, number_for(template, binding, document, spec, Numbers::due_at))
}

fn line(template: &Template, binding: &Binding, spec: SpecId, number: Option<u32>) -> String {
    let name = &template.section(spec).name.shown;
    let marks = "#".repeat(usize::from(level_for(template, binding, spec)));
    match number {
        Some(number) => format!("{marks} {number}. {name}"),
        None => format!("{marks} {name}"),
    }
}

/// How the document would write a section of the template.
pub(crate) fn style_for(
    template: &Template,
    binding: &Binding,
    document: &Document,
    text: &str,
    spec: SpecId,
) -> Style {
    Style {
        number: number_for(template, binding, document, spec, Numbers::new_at),
        level: level_for(template, binding, spec),
        bullet: bullet(document, text),
    }
}

/// The marker in front of the items of its first bullet list.
fn bullet(document: &Document, text: &str) -> char {
    let mut lists =
        document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match &block.kind {
            BlockKind::List(list) if list.start.is_none() => list.items.first(),
            _ => None,
        });
    let marker = |item: &Item| text[item.span.range()].chars().next().filter(|mark| matches!(mark, '-' | '*' | '+'));
    lists.find_map(marker).unwrap_or('-')
}

/// The level that a section of the template has in this document.
pub(crate) fn level_for(template: &Template, binding: &Binding, spec: SpecId) -> u8 {
    let mut top = spec;
    while let Some(parent) = template.section(top).parent {
        top = parent;
    }
    let deeper = template.section(spec).level - template.section(top).level;
    (binding.section_level + deeper).min(6)
}

/// Its own number where it is there; else that which it would have where it is missing.
fn number_for<'a>(
    template: &'a Template,
    binding: &'a Binding,
    document: &'a Document,
    spec: SpecId,
    new: fn(Numbers<'a>, SpecId, usize) -> Option<u32>,
) -> Option<u32> {
    if template.section(spec).parent.is_some() {
        return None;
    }
    if let Some(own) = binding.section(spec).at() {
        let heading = document.section(own).heading.as_ref()?;
        return heading.number.filter(|number| number.depth == 1).map(|number| number.last);
    }
    let numbers = Numbers { template, binding, document };
    let offset = binding.section(spec).missing().filter(|_| !template.section(spec).last).map(|anchor| anchor.insert);
    new(numbers, spec, offset.unwrap_or(usize::MAX))
}
