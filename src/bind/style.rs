//! How a document writes its headings, so that what a message or a fix proposes looks like the rest.

use crate::bind::model::Binding;
use crate::bind::numbers::Numbers;
use crate::markdown::model::{BlockKind, Document, Item, SectionId};
use crate::template::model::{SpecId, Template};
use crate::template::skeleton::Style;

/// The heading line that a section of the template would have in this document: `## 8. SLA Targets`.
pub(crate) fn heading_line(template: &Template, binding: &Binding, document: &Document, spec: SpecId) -> String {
    let number = number_for(template, binding, document, spec);
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
        number: number_for(template, binding, document, spec),
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

/// Its own number where it is there; else one that follows the section before it, where that has one, and leaves room
/// for those that are missing between them where there is some.
fn number_for(template: &Template, binding: &Binding, document: &Document, spec: SpecId) -> Option<u32> {
    if template.section(spec).parent.is_some() {
        return None;
    }
    let number_of = |at: SectionId| {
        document.section(at).heading.as_ref()?.number.filter(|number| number.depth == 1).map(|number| number.last)
    };
    if let Some(own) = binding.section(spec).at() {
        return number_of(own);
    }
    let before =
        || template.sections().take_while(|&(id, _)| id < spec).filter(|(_, section)| section.parent.is_none());
    let neighbour = before().filter_map(|(id, _)| Some((id, binding.section(id).at()?))).last();
    let last = match neighbour {
        Some((_, at)) => number_of(at)?,
        None => document.headings().any(|(_, heading)| heading.number.is_some()).then_some(0)?,
    };
    let is_skipped =
        |id: SpecId| neighbour.is_none_or(|(known, _)| known < id) && binding.section(id).missing().is_some();
    let skipped = before().filter(|&(id, _)| is_skipped(id)).count();
    let next = Numbers { template, binding, document }.next(neighbour.map(|(_, at)| at));
    let room = next.filter(|&next| next > last).map_or(u32::MAX, |next| next - last - 1);
    Some(last + 1 + u32::try_from(skipped).unwrap_or(0).min(room.saturating_sub(1)))
}
