//! The topology for programs.

use serde_json::{Value, json};

use crate::bind::topology::model::{Because, End, FlowState, LayerState, ZoneState};
use crate::output::topology::Seen;

/// The topology as JSON. Lines count from 1; whatever stands in the diagram has `id`, `label` and `line`.
pub fn value(seen: Seen) -> Value {
    let (drawing, topology) = (seen.drawing, seen.drawing.topology);
    let blocks = topology.charts.iter().map(|chart| seen.reading.document.block(chart.block).span.start());
    let beside = (0..topology.nodes.len())
        .filter(|&node| topology.nodes[node].layers.is_empty() && topology.nodes[node].meant.is_none());
    json!({
        "path": seen.reading.source.name(),
        "section": seen.section(),
        "diagrams": blocks.map(|start| seen.line(start)).collect::<Vec<_>>(),
        "layers": (0..topology.layers.len()).map(|layer| seen.json_layer(layer)).collect::<Vec<_>>(),
        "flows": topology.flows.iter().map(|flow| json!({
            "from": drawing.diagram.layers[flow.from].name,
            "to": drawing.diagram.layers[flow.to].name,
            "state": match flow.state {
                FlowState::Drawn(_) | FlowState::Silent { drawn: true } => "drawn",
                FlowState::Missing => "missing",
                FlowState::Reversed(_) => "reversed",
                FlowState::Waived(_) => "not-applicable",
                FlowState::Silent { drawn: false } => "not-judged",
            },
        })).collect::<Vec<_>>(),
        "exposed": topology.exposed.iter().map(|exposed| {
            let arrow = &topology.arrows[exposed.arrow];
            let (from, to) = if exposed.backwards { (arrow.to, arrow.from) } else { (arrow.from, arrow.to) };
            json!({ "from": seen.end(from), "to": seen.end(to), "line": seen.line(arrow.span.start()) })
        }).collect::<Vec<_>>(),
        "slips": topology.ghosts.iter().map(|ghost| {
            json!({ "written": seen.end(End::Node(ghost.node)), "meant": seen.end(ghost.meant) })
        }).collect::<Vec<_>>(),
        "beside": beside.map(|node| seen.end(End::Node(node))).collect::<Vec<_>>(),
    })
}

impl Seen<'_> {
    fn line(self, offset: usize) -> usize {
        self.reading.source.line_of(offset) + 1
    }

    fn end(self, end: End) -> Value {
        json!({
            "id": self.drawing.id(end),
            "label": self.drawing.caption(end),
            "line": self.line(self.drawing.topology.span(end).start()),
        })
    }

    fn ends(self, ends: impl Iterator<Item = End>) -> Vec<Value> {
        ends.map(|end| self.end(end)).collect()
    }

    fn json_layer(self, index: usize) -> Value {
        let (drawing, topology) = (self.drawing, self.drawing.topology);
        let (wanted, bound) = (&drawing.diagram.layers[index], &topology.layers[index]);
        let elements = bound.elements.iter().enumerate().map(|(at, element)| {
            json!({
                "name": drawing.element(index, at),
                "state": match (element.drawn, element.waiver, element.missing) {
                    (true, ..) => "drawn",
                    (false, Some(_), _) => "not-applicable",
                    (false, None, true) => "missing",
                    (false, None, false) => "not-drawn",
                },
                "nodes": self.ends(topology.nodes_showing(element.index).map(End::Node)),
                "groups": self.ends(topology.groups_showing(element.index).map(End::Group)),
            })
        });
        let nodes = topology.nodes_of(index).map(|node| {
            let mut value = self.end(End::Node(node));
            value["because"] = json!(match topology.nodes[node].because {
                Because::Words => "words",
                Because::Zone => "zone",
                Because::Group => "group",
                Because::Position => "position",
                Because::Nothing => "nothing",
            });
            value
        });
        json!({
            "name": wanted.name,
            "required": wanted.required,
            "state": match (bound.state, bound.waiver) {
                (LayerState::Absent, Some(_)) => "not-applicable",
                (LayerState::Absent, None) => "not-drawn",
                (LayerState::Drawn, _) => "drawn",
                (LayerState::Partial, _) => "partial",
                (LayerState::Missing, _) => "missing",
            },
            "elements": elements.collect::<Vec<_>>(),
            "nodes": nodes.collect::<Vec<_>>(),
            "zones": self.json_zones(index),
        })
    }

    fn json_zones(self, layer: usize) -> Value {
        let topology = self.drawing.topology;
        let Some(wanted) = &self.drawing.diagram.layers[layer].zones else { return Value::Null };
        let zones = topology.zones.iter().filter(|zone| zone.layer == layer).map(|zone| {
            let mut value = self.end(zone.at);
            value["filled"] = json!(zone.filled);
            value
        });
        json!({
            "required": wanted.min,
            "state": match topology.layers[layer].zones {
                ZoneState::NotAsked => "not-judged",
                ZoneState::Enough(_) => "enough",
                ZoneState::Answered(_) => "all",
                ZoneState::TooFew(_) => "too-few",
                ZoneState::Waived(_) => "not-applicable",
            },
            "zones": zones.collect::<Vec<_>>(),
        })
    }
}
