//! A diagram for a template that gives no example: what its layers and flows ask for, drawn.

use std::fmt::Write;

use crate::template::model::Template;
use crate::template::model::diagram::{Diagram, Layer};

/// The smallest diagram of the first kind that is accepted.
pub(super) fn draw(template: &Template, diagram: &Diagram) -> String {
    if !diagram.layers.is_empty() {
        return topology(template, diagram);
    }
    match diagram.kinds.first().map_or("flowchart", String::as_str) {
        kind @ ("flowchart" | "graph") => format!("{kind} TB\n    A[First] --> B[Second]"),
        "sequenceDiagram" => "sequenceDiagram\n    First->>Second: Request\n    Second-->>First: Response".to_owned(),
        "erDiagram" => "erDiagram\n    FIRST ||--o{ SECOND : has".to_owned(),
        "classDiagram" => "classDiagram\n    First --> Second".to_owned(),
        kind @ ("stateDiagram" | "stateDiagram-v2") => format!("{kind}\n    [*] --> First\n    First --> [*]"),
        kind => kind.to_owned(),
    }
}

/// Every layer a group, every element a node, and an arrow from each layer to those that follow.
fn topology(template: &Template, diagram: &Diagram) -> String {
    let kind = diagram.kinds.first().map_or("flowchart", String::as_str);
    let mut out = format!("{kind} TB\n");
    for (index, layer) in diagram.layers.iter().enumerate() {
        // Writing to a string does not fail.
        let _ = writeln!(out, "    subgraph L{index}[\"{}\"]", layer.name);
        match &layer.zones {
            Some(zones) => {
                for zone in 1..=zones.min {
                    let _ = writeln!(
                        out,
                        "        subgraph L{index}Z{zone}[\"{} {zone}\"]",
                        zone_title(template, zones.word)
                    );
                    nodes(template, layer, &id(index, Some(zone)), "            ", &mut out);
                    out.push_str("        end\n");
                }
            }
            None => nodes(template, layer, &id(index, None), "        ", &mut out),
        }
        out.push_str("    end\n");
    }
    out.push('\n');
    for index in 0..diagram.layers.len() {
        for chain in chains(diagram, index) {
            for pair in chain.windows(2) {
                let _ = writeln!(out, "    {} --> {}", pair[0], pair[1]);
            }
        }
    }
    for flow in &diagram.flow {
        let (from, to) = (chains(diagram, flow.from), chains(diagram, flow.to));
        let Some(source) = from.first().and_then(|chain| chain.last()) else { continue };
        for target in to.iter().filter_map(|chain| chain.first()) {
            let _ = writeln!(out, "    {source} --> {target}");
        }
    }
    out.trim_end().to_owned()
}

fn nodes(template: &Template, layer: &Layer, id: &str, indent: &str, out: &mut String) {
    for (index, element) in layer.elements.iter().enumerate() {
        let _ = writeln!(out, "{indent}{id}E{index}[{}]", template.words[element.word].name);
    }
}

/// The first phrase of the zone's words, which is what people write: `Availability Zone 1`.
fn zone_title(template: &Template, word: usize) -> String {
    let word = &template.words[word];
    let phrase = word.phrases.iter().find(|phrase| !phrase.starts_with('/')).unwrap_or(&word.name);
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    phrase.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

fn id(layer: usize, zone: Option<usize>) -> String {
    zone.map_or_else(|| format!("L{layer}"), |zone| format!("L{layer}Z{zone}"))
}

/// The elements of a layer in a chain; in each zone, where it has some.
fn chains(diagram: &Diagram, layer: usize) -> Vec<Vec<String>> {
    let spec = &diagram.layers[layer];
    let chain = |id: String| (0..spec.elements.len()).map(|element| format!("{id}E{element}")).collect();
    match &spec.zones {
        Some(zones) => (1..=zones.min).map(|zone| chain(id(layer, Some(zone)))).collect(),
        None => vec![chain(id(layer, None))],
    }
}
