//! What leads where: whether each layer leads to the next.

use crate::bind::model::Target;
use crate::bind::model::Waiver;
use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{Arrow, BoundFlow, BoundLayer, End, FlowState, LayerState, Way};
use crate::bind::topology::set::Set;
use crate::template::model::{ContentId, Diagram};

/// Judges every arrow that the template asks for.
pub(super) fn bind(
    all: &Collected,
    diagram: &Diagram,
    content: ContentId,
    waivers: &[Waiver],
    layers: &[BoundLayer],
) -> Vec<BoundFlow> {
    let is_waived = |flow: usize| {
        let target = Some(Target::Flow(content, flow));
        waivers.iter().any(|waiver| waiver.names.iter().any(|name| name.target == target))
    };
    let absent: Set = (0..layers.len())
        .filter(|&l| layers[l].state == LayerState::Absent)
        .map(Set::of)
        .fold(Set::default(), Set::with);
    let mut graph = None;
    let mut flows = asked(diagram, absent, is_waived);
    for flow in &mut flows {
        let lacks = |layer: usize| {
            let layer: &BoundLayer = &layers[layer];
            matches!(layer.state, LayerState::Missing | LayerState::Partial) || layer.nodes.is_empty()
        };
        flow.state = if lacks(flow.from) || lacks(flow.to) {
            FlowState::Silent
        } else {
            state(all, layers, absent, flow, &mut graph)
        };
    }
    flows
}

/// The arrows of the template, layers that are absent skipped over: their neighbours must connect.
fn asked(diagram: &Diagram, absent: Set, is_waived: impl Fn(usize) -> bool) -> Vec<BoundFlow> {
    let mut flows: Vec<BoundFlow> = Vec::new();
    for from in (0..diagram.layers.len()).filter(|&layer| !absent.contains(layer)) {
        let mut open: Vec<(usize, Vec<usize>)> = vec![(from, Vec::new())];
        let mut seen = Set::default();
        while let Some((at, along)) = open.pop() {
            let next = diagram.flow.iter().enumerate().filter(|(index, flow)| flow.from == at && !is_waived(*index));
            for (index, flow) in next {
                let along: Vec<usize> = along.iter().copied().chain([index]).collect();
                if absent.contains(flow.to) {
                    if !seen.contains(flow.to) {
                        seen.insert(flow.to);
                        open.push((flow.to, along));
                    }
                } else if flow.to != from && !flows.iter().any(|known| known.from == from && known.to == flow.to) {
                    flows.push(BoundFlow { from, to: flow.to, along, state: FlowState::Silent });
                }
            }
        }
    }
    flows.sort_by_key(|flow| flow.along.first().copied());
    flows
}

fn state(
    all: &Collected,
    layers: &[BoundLayer],
    absent: Set,
    flow: &BoundFlow,
    graph: &mut Option<Graph>,
) -> FlowState {
    let (from, to) = (flow.from, flow.to);
    if layers[from].nodes.iter().any(|&node| all.nodes[node].layers.contains(to)) {
        return FlowState::Drawn(None);
    }
    let is_of = |end: End, layer: usize| some_layers(all, end).contains(layer);
    let leads = |arrow: &Arrow, from: usize, to: usize| {
        is_of(arrow.from, from) && is_of(arrow.to, to)
            || arrow.way == Way::Both && is_of(arrow.from, to) && is_of(arrow.to, from)
    };
    if let Some(direct) = all.arrows.iter().position(|arrow| leads(arrow, from, to)) {
        return FlowState::Drawn(Some(direct));
    }
    let graph = graph.get_or_insert_with(|| Graph::new(all));
    if let Some(path) = graph.path(all, absent, from, to) {
        return FlowState::Drawn(path.last().copied());
    }
    let back: Vec<usize> = (0..all.arrows.len()).filter(|&arrow| leads(&all.arrows[arrow], to, from)).collect();
    if !back.is_empty() {
        return FlowState::Reversed(back);
    }
    match graph.path(all, absent, to, from) {
        Some(path) => FlowState::Reversed(path),
        None => FlowState::Missing,
    }
}

fn some_layers(all: &Collected, end: End) -> Set {
    match end {
        End::Node(node) => all.nodes[node].layers,
        End::Group(group) => all.groups[group].some,
    }
}

/// Arrows by where they begin. A group is two places: what enters it reaches all in it, what is in it leaves with it.
struct Graph {
    nodes: usize,
    groups: usize,
    /// By place: its arrows, and where each leads.
    arrows: Vec<Vec<(usize, usize)>>,
}

impl Graph {
    fn new(all: &Collected) -> Self {
        let (nodes, groups) = (all.nodes.len(), all.groups.len());
        let mut graph = Self { nodes, groups, arrows: vec![Vec::new(); nodes + 2 * groups] };
        for (index, arrow) in all.arrows.iter().enumerate() {
            graph.add(arrow.from, arrow.to, index);
            if arrow.way == Way::Both {
                graph.add(arrow.to, arrow.from, index);
            }
        }
        graph
    }

    fn add(&mut self, from: End, to: End, arrow: usize) {
        let (from, to) = (self.leaving(from), self.entering(to));
        self.arrows[from].push((to, arrow));
    }

    fn leaving(&self, end: End) -> usize {
        match end {
            End::Node(node) => node,
            End::Group(group) => self.nodes + self.groups + group,
        }
    }

    fn entering(&self, end: End) -> usize {
        match end {
            End::Node(node) => node,
            End::Group(group) => self.nodes + group,
        }
    }

    /// The arrows of a shortest path from one layer to another, through nodes that belong to no layer that counts.
    fn path(&self, all: &Collected, absent: Set, from: usize, to: usize) -> Option<Vec<usize>> {
        let mut came: Vec<Option<(usize, Option<usize>)>> = vec![None; self.arrows.len()];
        let mut queue = std::collections::VecDeque::new();
        for (node, value) in all.nodes.iter().enumerate() {
            if value.layers.contains(from) {
                came[node] = Some((node, None));
                queue.push_back(node);
            }
        }
        let is_open = |place: usize| {
            place >= self.nodes || {
                let layers = all.nodes[place].layers;
                layers.contains(from) || layers.is_within(absent)
            }
        };
        while let Some(place) = queue.pop_front() {
            if place < self.nodes && all.nodes[place].layers.contains(to) {
                return Some(Self::back(&came, place));
            }
            if !is_open(place) {
                continue;
            }
            let mut visit = |next: usize, arrow: Option<usize>| {
                if came[next].is_none() {
                    came[next] = Some((place, arrow));
                    queue.push_back(next);
                }
            };
            for &(next, arrow) in &self.arrows[place] {
                visit(next, Some(arrow));
            }
            if place < self.nodes {
                if let Some(group) = all.nodes[place].group {
                    visit(self.leaving(End::Group(group)), None);
                }
            } else if place < self.nodes + self.groups {
                let group = &all.groups[place - self.nodes];
                group.nodes.iter().for_each(|&node| visit(node, None));
                group.groups.iter().for_each(|&inner| visit(self.entering(End::Group(inner)), None));
            } else if let Some(parent) = all.groups[place - self.nodes - self.groups].parent {
                visit(self.leaving(End::Group(parent)), None);
            }
        }
        None
    }

    fn back(came: &[Option<(usize, Option<usize>)>], mut place: usize) -> Vec<usize> {
        let mut path = Vec::new();
        while let Some((before, arrow)) = came[place].filter(|&(before, _)| before != place) {
            path.extend(arrow);
            place = before;
        }
        path.reverse();
        path
    }
}

/// Marks the nodes that an arrow touches, or a group around them.
pub(super) fn touch(all: &mut Collected) {
    let mut groups = vec![false; all.groups.len()];
    for arrow in &all.arrows {
        for end in [arrow.from, arrow.to] {
            match end {
                End::Node(node) => all.nodes[node].touched = true,
                End::Group(group) => groups[group] = true,
            }
        }
    }
    for &group in &all.outside_in {
        groups[group] |= all.groups[group].parent.is_some_and(|parent| groups[parent]);
        if groups[group] {
            for &node in &all.groups[group].nodes {
                all.nodes[node].touched = true;
            }
        }
    }
}
