//! What is not asked for any more. What refers to it goes along when the rest is compiled, for there it leads nowhere;
//! here go the places in `flow`, and the cells and rows of examples.

use crate::described::{Many, Text};
use crate::template::model::diagram::{Diagram, Flow};
use crate::template::model::name::Name;
use crate::template::model::{Content, ContentId, SpecId, Template};
use crate::template::paths::Place;
use crate::template::raw::blocks::RawCode;
use crate::template::raw::diagram::RawDiagram;
use crate::template::raw::table::RawTable;
use crate::template::raw::{Part, RawSection, RawTemplate};
use crate::template::row::cells;
use crate::text::normal;

/// Takes out of `raw` what is dropped. `base` is the same template compiled: the places are indices into it.
pub(super) fn drop(base: &Template, raw: &mut RawTemplate, dropped: &[Place]) {
    if dropped.contains(&Place::Header) {
        raw.header = None;
    }
    if let Some(field) = raw.header.as_mut().and_then(|header| header.field.as_mut()) {
        keep(&mut field.list, |index| !dropped.contains(&Place::Field(index)));
    }
    let Some(sections) = &mut raw.section else { return };
    for (index, section) in sections.list.iter_mut().enumerate() {
        in_section(base, SpecId(index as u32), section, dropped);
    }
    keep(&mut sections.list, |index| !is_dropped(base, SpecId(index as u32), dropped));
}

/// Whether a section, or one above it, is dropped.
pub(super) fn is_dropped(base: &Template, mut section: SpecId, dropped: &[Place]) -> bool {
    loop {
        if dropped.contains(&Place::Section(section)) {
            return true;
        }
        match base.section(section).parent {
            Some(parent) => section = parent,
            None => return false,
        }
    }
}

fn keep<T>(list: &mut Vec<T>, mut wanted: impl FnMut(usize) -> bool) {
    let mut index = 0;
    list.retain(|_| {
        index += 1;
        wanted(index - 1)
    });
}

fn in_section(base: &Template, section: SpecId, raw: &mut RawSection, dropped: &[Place]) {
    let parts = raw.parts();
    for (content, &(part, index)) in parts.iter().enumerate() {
        let id = ContentId { section, content: content as u32 };
        match (part, base.content(id)) {
            (Part::Table, Content::Table(table)) => {
                if let Some(raw) = raw.table.as_mut().and_then(|many| many.list.get_mut(index)) {
                    in_table(id, table, raw, dropped);
                }
            }
            (Part::Code, _) => {
                if let Some(raw) = raw.code.as_mut().and_then(|many| many.list.get_mut(index)) {
                    in_code(id, raw, dropped);
                }
            }
            (Part::Diagram, Content::Diagram(diagram)) => {
                if let Some(raw) = raw.diagram.as_mut().and_then(|many| many.list.get_mut(index)) {
                    in_diagram(id, diagram, raw, dropped);
                }
            }
            _ => {}
        }
    }
    let gone: Vec<(Part, usize)> = parts
        .iter()
        .enumerate()
        .filter(|(content, _)| dropped.contains(&Place::Content(ContentId { section, content: *content as u32 })))
        .map(|(_, &part)| part)
        .collect();
    without(&mut raw.prose, Part::Prose, &gone);
    without(&mut raw.diagram, Part::Diagram, &gone);
    without(&mut raw.table, Part::Table, &gone);
    without(&mut raw.code, Part::Code, &gone);
    without(&mut raw.checklist, Part::Checklist, &gone);
    without(&mut raw.ordered_list, Part::Ordered, &gone);
    without(&mut raw.bullet_list, Part::Bullet, &gone);
    without(&mut raw.log, Part::Log, &gone);
}

fn without<T>(many: &mut Option<Many<T>>, part: Part, gone: &[(Part, usize)]) {
    if let Some(many) = many {
        keep(&mut many.list, |index| !gone.contains(&(part, index)));
    }
}

fn in_table(id: ContentId, table: &crate::template::model::table::Table, raw: &mut RawTable, dropped: &[Place]) {
    for (index, row) in table.rows.iter().enumerate().filter(|(index, _)| dropped.contains(&Place::Row(id, *index))) {
        let shown = &table.rows[index].name.shown;
        if let Some(rows) = &mut raw.rows {
            rows.entries.retain(|(key, _)| key.value != *shown);
        }
        raw.total.take_if(|total| total.value == *shown);
        if let (Some(example), Some(key)) = (&mut raw.example, table.key) {
            example.value = without_row(&example.value, key, &row.name);
        }
    }
    let gone = |index: usize| dropped.contains(&Place::Column(id, index));
    if !(0..table.columns.len()).any(gone) {
        return;
    }
    for (index, column) in table.columns.iter().enumerate().filter(|(index, _)| gone(*index)) {
        let shown = &column.name.shown;
        if let Some(columns) = &mut raw.columns {
            columns.entries.retain(|(key, _)| key.value != *shown);
        }
        raw.key.take_if(|key| key.value == *shown);
        raw.value.take_if(|value| value.value == *shown);
        if table.key == Some(index) {
            // Rows have no names any more.
            (raw.rows, raw.total, raw.columns_refer_to) = (None, None, None);
        }
    }
    for text in [&mut raw.header, &mut raw.example].into_iter().flatten() {
        text.value = text.value.lines().map(|line| without_cells(line, gone)).collect::<Vec<_>>().join("\n");
    }
}

/// The lines of an example whose key cell is not of that name.
fn without_row(example: &str, key: usize, name: &Name) -> String {
    let is_it = |line: &&str| {
        let cell = cells(line.trim_end()).and_then(|cells| cells.get(key).map(|place| line[place.clone()].to_owned()));
        cell.is_none_or(|cell| !name.is(&normal(&cell)))
    };
    example.lines().filter(is_it).collect::<Vec<_>>().join("\n")
}

fn without_cells(line: &str, gone: impl Fn(usize) -> bool) -> String {
    let Some(places) = cells(line) else { return line.to_owned() };
    let kept = places.iter().enumerate().filter(|(index, _)| !gone(*index)).map(|(_, place)| &line[place.clone()]);
    format!("| {} |", kept.collect::<Vec<_>>().join(" | "))
}

fn in_code(id: ContentId, raw: &mut RawCode, dropped: &[Place]) {
    if let Some(values) = &mut raw.values {
        keep(&mut values.entries, |index| !dropped.contains(&Place::Value(id, index)));
    }
}

fn in_diagram(id: ContentId, diagram: &Diagram, raw: &mut RawDiagram, dropped: &[Place]) {
    let Some(layers) = &mut raw.layers else { return };
    let mut gone = vec![false; diagram.layers.len()];
    for (index, (layer, raw)) in diagram.layers.iter().zip(layers.iter_mut()).enumerate() {
        if let Some(elements) = &mut raw.elements {
            keep(elements, |element| !dropped.contains(&Place::Element(id, index, element)));
        }
        if dropped.contains(&Place::Zones(id, index)) {
            raw.zones = None;
        }
        let bare = !layer.elements.is_empty() && raw.elements.as_ref().is_none_or(Vec::is_empty);
        gone[index] = bare || dropped.contains(&Place::Layer(id, index));
    }
    keep(layers, |index| !gone[index]);
    let flow_gone = |index: usize| dropped.contains(&Place::Flow(id, index));
    let never_gone = |index: usize| dropped.contains(&Place::Never(id, index));
    if gone.contains(&true) || (0..diagram.flow.len()).any(flow_gone) {
        raw.flow = raw.flow.take().map(|texts| arrows(diagram, &bridged(&diagram.flow, &gone, flow_gone), &texts));
    }
    if gone.contains(&true) || (0..diagram.never.len()).any(never_gone) {
        let kept: Vec<(usize, usize)> = diagram
            .never
            .iter()
            .enumerate()
            .filter(|(index, flow)| !never_gone(*index) && !gone[flow.from] && !gone[flow.to])
            .map(|(_, flow)| (flow.from, flow.to))
            .collect();
        raw.never = raw.never.take().map(|texts| arrows(diagram, &kept, &texts));
    }
}

/// The arrows that are left: where a layer is gone, those that led to it lead on to what it led to.
fn bridged(flow: &[Flow], gone: &[bool], is_dropped: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut left: Vec<(usize, usize)> = flow
        .iter()
        .enumerate()
        .filter(|(index, _)| !is_dropped(*index))
        .map(|(_, flow)| (flow.from, flow.to))
        .collect();
    for layer in (0..gone.len()).filter(|&layer| gone[layer]) {
        let before: Vec<usize> = left.iter().filter(|(_, to)| *to == layer).map(|(from, _)| *from).collect();
        let behind: Vec<usize> = left.iter().filter(|(from, _)| *from == layer).map(|(_, to)| *to).collect();
        left.retain(|(from, to)| *from != layer && *to != layer);
        for &from in &before {
            left.extend(behind.iter().map(|&to| (from, to)));
        }
    }
    left.retain(|(from, to)| from != to);
    left.dedup();
    left
}

/// Pairs of layers as texts, at the place of the first of those that they came from.
fn arrows(diagram: &Diagram, pairs: &[(usize, usize)], texts: &[Text]) -> Vec<Text> {
    let Some(first) = texts.first() else { return Vec::new() };
    let name = |layer: usize| &diagram.layers[layer].name;
    pairs
        .iter()
        .map(|&(from, to)| Text { value: format!("{} --> {}", name(from), name(to)), origin: first.origin })
        .collect()
}
