//! What was understood of a topology, for a person at a glance: layers with what shows them, what leads where, zones,
//! and what stands beside the layers. [`json`] says the same to programs.

pub mod json;

use std::fmt::Write as _;

use crate::bind::model::Waiver;
use crate::bind::topology::drawing::Drawing;
use crate::bind::topology::model::{Because, BoundFlow, BoundLayer, End, FlowState, LayerState, ZoneState};
use crate::output::harmless;
use crate::reading::Reading;
use crate::text::count;

/// A topology, and what it was bound from.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The document.
    pub reading: &'a Reading,
    /// The *Not applicable* lines of its binding.
    pub waivers: &'a [Waiver],
    /// The topology.
    pub drawing: Drawing<'a>,
}

/// So many names are listed of one element.
const SHOWN: usize = 8;

/// The topology as text, with a line break at its end.
pub fn text(seen: Seen) -> String {
    let drawing = seen.drawing;
    let layers = &drawing.diagram.layers;
    let width = layers.iter().map(|layer| layer.name.chars().count()).max().unwrap_or(0);
    let mut out = seen.heading();
    out.push('\n');
    for (index, layer) in layers.iter().enumerate() {
        for flow in drawing.topology.flows.iter().filter(|flow| flow.to == index) {
            out.push_str(&seen.arrow(flow, width));
        }
        let name = &layer.name;
        let pad = width - name.chars().count();
        let _ = writeln!(out, "  {name}{:pad$}  {}", "", seen.layer(index));
    }
    out.push_str(&seen.remarks());
    harmless::text(&out).into_owned()
}

impl<'a> Seen<'a> {
    fn heading(self) -> String {
        let topology = self.drawing.topology;
        let diagrams = count(topology.charts.len(), "diagram");
        let (nodes, arrows) = (count(topology.nodes.len(), "node"), count(topology.arrows.len(), "arrow"));
        let path = self.reading.source.name();
        match self.section() {
            Some(section) => format!("{path}: {section} ({diagrams}, {nodes}, {arrows})\n"),
            None => format!("{path} ({diagrams}, {nodes}, {arrows})\n"),
        }
    }

    /// The name of the section in which the first diagram stands.
    fn section(self) -> Option<&'a str> {
        let document = &self.reading.document;
        let section = document.section(self.drawing.topology.charts[0].block.section);
        section.heading.as_ref().map(|heading| self.reading.source.slice(heading.name))
    }

    /// How the flow into a layer is drawn.
    fn arrow(self, flow: &BoundFlow, width: usize) -> String {
        let layer = |index: usize| self.drawing.diagram.layers[index].name.as_str();
        let is_next = (flow.from + 1..flow.to).all(|between| self.is_absent(between));
        let from = layer(flow.from);
        let (sign, words) = match &flow.state {
            FlowState::Drawn(_) | FlowState::Silent { drawn: true } => {
                let words = if is_next && flow.from < flow.to { String::new() } else { format!("from {from}") };
                ("↓", words)
            }
            FlowState::Silent { .. } if self.is_bare(flow.from) || self.is_bare(flow.to) => return String::new(),
            FlowState::Missing | FlowState::Silent { .. } => {
                ("✗", format!("no arrow from {from} to {}", layer(flow.to)))
            }
            FlowState::Reversed(_) => ("↑", format!("only arrows from {} back to {from}", layer(flow.to))),
            FlowState::Waived(_) => {
                ("┊", format!("from {from}: not applicable{}", self.reason(self.waiver_of_flow(flow))))
            }
        };
        let line = format!("     {sign}{:pad$}{words}", "", pad = width.saturating_sub(2));
        format!("{}\n", line.trim_end())
    }

    fn waiver_of_flow(self, flow: &BoundFlow) -> Option<usize> {
        use crate::bind::model::Target;
        let content = self.drawing.topology.content;
        self.waivers.iter().position(|waiver| {
            waiver
                .names
                .iter()
                .any(|name| matches!(name.target, Some(Target::Flow(id, index)) if id == content && flow.is(index)))
        })
    }

    fn is_bare(self, layer: usize) -> bool {
        self.drawing.topology.nodes_of(layer).next().is_none()
    }

    fn is_absent(self, layer: usize) -> bool {
        self.drawing.topology.layers[layer].state == LayerState::Absent
    }

    fn reason(self, waiver: Option<usize>) -> String {
        let reason = waiver.and_then(|waiver| self.waivers[waiver].reason);
        reason.map_or_else(String::new, |reason| {
            format!(" ({})", self.reading.source.slice(reason).trim_end_matches('.'))
        })
    }

    fn layer(self, index: usize) -> String {
        let bound = &self.drawing.topology.layers[index];
        let whole = bound.elements.iter().all(|element| !element.drawn);
        let words = match (bound.state, bound.waiver) {
            (LayerState::Absent, Some(waiver)) if whole => format!("not applicable{}", self.reason(Some(waiver))),
            (LayerState::Absent, None) => "not drawn, and need not be".to_owned(),
            _ if bound.elements.len() == 1 => self.only(index),
            _ => self.elements(index, bound),
        };
        format!("{words}{}", self.zones(index, bound))
    }

    /// A layer of one element: all its nodes.
    fn only(self, index: usize) -> String {
        let topology = self.drawing.topology;
        let by = |because: Because| -> Vec<End> {
            topology.nodes_of(index).filter(|&node| topology.nodes[node].because == because).map(End::Node).collect()
        };
        let mut parts = vec![self.names(&by(Because::Words))];
        for (because, words) in [
            (Because::Zone, "by their zone"),
            (Because::Group, "by their group"),
            (Because::Position, "by their place in front"),
        ] {
            let names = self.names(&by(because));
            if !names.is_empty() {
                parts.push(format!("{names} ({words})"));
            }
        }
        if self.is_bare(index) {
            parts.push(self.element(index, 0));
        }
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    }

    fn elements(self, index: usize, bound: &BoundLayer) -> String {
        let mut parts: Vec<String> = (0..bound.elements.len())
            .map(|element| format!("{}: {}", self.drawing.element(index, element), self.element(index, element)))
            .collect();
        let topology = self.drawing.topology;
        let shows =
            |node: usize| bound.elements.iter().any(|element| topology.nodes[node].shows.contains(element.index));
        let others: Vec<End> = topology.nodes_of(index).filter(|&node| !shows(node)).map(End::Node).collect();
        if !others.is_empty() {
            parts.push(format!("by their group: {}", self.names(&others)));
        }
        parts.join(" · ")
    }

    fn element(self, layer: usize, element: usize) -> String {
        let bound = &self.drawing.topology.layers[layer].elements[element];
        let required = self.drawing.diagram.layers[layer].required;
        let nodes: Vec<End> = self.drawing.topology.nodes_showing(bound.index).map(End::Node).collect();
        if !nodes.is_empty() {
            return self.names(&nodes);
        }
        let groups: Vec<End> = self.drawing.topology.groups_showing(bound.index).map(End::Group).collect();
        if !groups.is_empty() {
            return format!("{} (a group)", self.names(&groups));
        }
        match bound.waiver {
            Some(waiver) => format!("not applicable{}", self.reason(Some(waiver))),
            None if required => "missing".to_owned(),
            None => "not drawn".to_owned(),
        }
    }

    /// Captions, each once.
    fn names(self, ends: &[End]) -> String {
        let mut names: Vec<String> = Vec::new();
        for &end in ends {
            let name = self.drawing.caption(end);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let rest = names.len().saturating_sub(SHOWN);
        names.truncate(SHOWN);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        format!("{}{more}", names.join(", "))
    }

    fn zones(self, index: usize, bound: &BoundLayer) -> String {
        let word = self.drawing.zone_word(index);
        let (filled, bare) = self.drawing.topology.zones_of(index);
        let listed = |zones: &[&crate::bind::topology::model::Zone]| {
            self.names(&zones.iter().map(|zone| zone.at).collect::<Vec<_>>())
        };
        let found = |number: usize| match number {
            0 => format!("in no {word}"),
            _ => format!("in {}: {}", count(number, word), listed(&filled)),
        };
        let min = self.drawing.diagram.layers[index].zones.as_ref().map_or(0, |zones| zones.min);
        let mut words = match bound.zones {
            ZoneState::NotAsked => return String::new(),
            ZoneState::Enough(number) => found(number),
            ZoneState::TooFew(number) => format!("{} ({min} are required)", found(number)),
            ZoneState::Answered(end) => format!("in all zones: {}", self.drawing.caption(end)),
            ZoneState::Waived(waiver) => format!("{word}s not applicable{}", self.reason(Some(waiver))),
        };
        if !bare.is_empty() {
            let _ = write!(words, "; nothing of it in {}", listed(&bare));
        }
        format!("   {words}")
    }

    fn remarks(self) -> String {
        let topology = self.drawing.topology;
        let mut out = String::new();
        let mut remark = |words: String| {
            let _ = write!(out, "\n  {words}");
        };
        for ghost in &topology.ghosts {
            let (written, meant) = (self.drawing.id(End::Node(ghost.node)), self.drawing.id(ghost.meant));
            remark(format!("Read as a slip: {written} is {meant}"));
        }
        for exposed in &topology.exposed {
            let arrow = &topology.arrows[exposed.arrow];
            let (from, to) = if exposed.backwards { (arrow.to, arrow.from) } else { (arrow.from, arrow.to) };
            remark(format!("Must not be: {} → {}", self.drawing.caption(from), self.drawing.caption(to)));
        }
        let beside = (0..topology.nodes.len())
            .filter(|&node| topology.nodes[node].layers.is_empty() && topology.nodes[node].meant.is_none());
        let beside: Vec<End> = beside.map(End::Node).collect();
        if !beside.is_empty() {
            remark(format!("Drawn beside the layers: {}", self.names(&beside)));
        }
        if out.is_empty() { out } else { format!("{out}\n") }
    }
}
