//! What leads where: whether each layer leads to the next.

use crate::bind::model::Target;
use crate::bind::model::Waiver;
use crate::bind::topology::collect::Collected;
use crate::bind::topology::direct::Direct;
use crate::bind::topology::graph::Graph;
use crate::bind::topology::model::{Arrow, BoundFlow, BoundLayer, End, FlowState, LayerState};
use crate::template::model::ContentId;
use crate::template::model::diagram::Diagram;
use crate::template::model::set::Set;

/// Judges every arrow that the template asks for.
pub(super) fn bind(
    all: &Collected,
    direct: &Direct,
    diagram: &Diagram,
    content: ContentId,
    waivers: &[Waiver],
    layers: &[BoundLayer],
) -> Vec<BoundFlow> {
    let is_waived = |flow: usize| {
        let target = Target::Flow(content, flow);
        waivers.iter().any(|waiver| waiver.waives(target))
    };
    let absent: Set = (0..layers.len())
        .filter(|&l| layers[l].state == LayerState::Absent)
        .map(Set::of)
        .fold(Set::default(), Set::with);
    let mut graph = None;
    let mut flows = asked(diagram, absent, is_waived);
    let waived = diagram.flow.iter().enumerate().filter(|(index, _)| is_waived(*index));
    flows.extend(waived.map(|(index, flow)| BoundFlow {
        from: flow.from,
        to: flow.to,
        along: index,
        further: Vec::new(),
        state: FlowState::Waived(None),
    }));
    flows.sort_by_key(|flow| flow.along);
    let drawn = all.drawn_layers();
    for flow in &mut flows {
        let lacks = |layer: usize| matches!(layers[layer].state, LayerState::Missing | LayerState::Partial);
        let is_there = drawn.contains(flow.from) && drawn.contains(flow.to);
        let found = is_there.then(|| state(all, direct, absent, flow, &mut graph));
        let is_silent = lacks(flow.from) || lacks(flow.to);
        flow.state = match (&flow.state, found) {
            (FlowState::Waived(_), Some(FlowState::Drawn(arrow))) => FlowState::Waived(arrow),
            (FlowState::Waived(_), _) => FlowState::Waived(None),
            (_, Some(found)) if !is_silent => found,
            (_, found) => FlowState::Silent { drawn: matches!(found, Some(FlowState::Drawn(_))) },
        };
    }
    flows
}

/// The arrows of the template, layers that are absent skipped over: their neighbours must connect.
fn asked(diagram: &Diagram, absent: Set, is_waived: impl Fn(usize) -> bool) -> Vec<BoundFlow> {
    let mut flows: Vec<BoundFlow> = Vec::with_capacity(diagram.flow.len());
    let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
    for from in (0..diagram.layers.len()).filter(|&layer| !absent.contains(layer)) {
        open.push((from, Vec::new()));
        let mut seen = Set::default();
        while let Some((at, along)) = open.pop() {
            let next = diagram.flow.iter().enumerate().filter(|(index, flow)| flow.from == at && !is_waived(*index));
            for (index, flow) in next {
                let mut along = along.iter().copied().chain([index]);
                if absent.contains(flow.to) {
                    if !seen.contains(flow.to) {
                        seen.insert(flow.to);
                        open.push((flow.to, along.collect()));
                    }
                } else if flow.to != from && !flows.iter().any(|known| known.from == from && known.to == flow.to) {
                    let (first, further) = (along.next().unwrap_or(index), along.collect());
                    let state = FlowState::Silent { drawn: false };
                    flows.push(BoundFlow { from, to: flow.to, along: first, further, state });
                }
            }
        }
    }
    flows
}

fn state(all: &Collected, direct: &Direct, absent: Set, flow: &BoundFlow, graph: &mut Option<Graph>) -> FlowState {
    let (from, to) = (flow.from, flow.to);
    if direct.is_shared(from, to) {
        return FlowState::Drawn(None);
    }
    if let Some(arrow) = direct.arrow(from, to) {
        return FlowState::Drawn(Some(arrow));
    }
    let parts = all.parts();
    let graph = graph.get_or_insert_with(|| Graph::new(parts));
    // Through nodes that belong to no layer that counts: a firewall, a gateway.
    let is_open = |node: usize, layer: usize| {
        let layers = all.nodes[node].layers;
        layers.contains(layer) || layers.is_within(absent)
    };
    let path = |from: usize, to: usize| {
        let is_in = |layer: usize| move |node: usize| parts.nodes[node].layers.contains(layer);
        graph.path(is_in(from), |node| is_open(node, from), is_in(to))
    };
    if let Some(path) = path(from, to) {
        return FlowState::Drawn(path.arrows.last().copied());
    }
    if direct.arrow(to, from).is_some() {
        let is_of = |end: End, layer: usize| all.some_layers(end).contains(layer);
        // A line that leads both ways would be there already.
        let is_back = |arrow: &Arrow| is_of(arrow.from, to) && is_of(arrow.to, from);
        let back = all.arrows.iter().enumerate().filter(|(_, arrow)| is_back(arrow));
        return FlowState::Reversed(back.map(|(index, _)| index).collect());
    }
    match path(to, from) {
        Some(path) => FlowState::Reversed(path.arrows),
        None => FlowState::Missing,
    }
}
