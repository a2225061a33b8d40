//! What the resource tables name of a layer and the topology does not draw.

use crate::bind::model::contents::Contents;
use crate::bind::placeholders::blank;
use crate::bind::topology::model::{Resource, Topology};
use crate::markdown::model::Document;
use crate::markdown::plain::plain;
use crate::template::model::{Content, Template};

/// Finds the first row of each element that a table names and the topology lacks.
pub(super) fn find(
    topology: &Topology,
    template: &Template,
    document: &Document,
    text: &str,
    contents: &Contents,
) -> Vec<Resource> {
    let Content::Diagram(diagram) = template.content(topology.content) else { return Vec::new() };
    if topology.layers.iter().flat_map(|layer| &layer.elements).all(|element| element.drawn) {
        return Vec::new();
    }
    let mut resources: Vec<Resource> = Vec::new();
    for (id, wanted) in template.tables() {
        let draws = wanted.draws.as_ref().and_then(|name| diagram.layers.iter().position(|layer| layer.name == *name));
        let Some(layer) = draws else { continue };
        let lacking: Vec<(usize, usize)> = diagram.layers[layer]
            .elements
            .iter()
            .enumerate()
            .filter(|&(element, _)| !topology.layers[layer].elements[element].drawn)
            .map(|(element, wanted)| (element, wanted.word))
            .collect();
        let bound = &contents[id];
        let (Some(at), Some(columns)) = (bound.found.at(), &bound.table) else { continue };
        let Some(table) = document.block(at).table() else { continue };
        let Some(key) = columns.key.or_else(|| columns.columns.first()?.at()) else { continue };
        if lacking.is_empty() {
            continue;
        }
        for row in &table.rows {
            let Some(cell) = table.cell(row, key) else { continue };
            if blank::is_placeholder(None, &text[cell.range()], template) {
                continue;
            }
            let words = template.matcher().words_in(&plain(&text[cell.range()]));
            for &(element, word) in &lacking {
                let known = resources.iter().any(|known| known.layer == layer && known.element == element);
                if !known && words.contains(&word) {
                    resources.push(Resource { layer, element, cell, table: id });
                }
            }
        }
    }
    resources
}
