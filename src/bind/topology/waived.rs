//! Where something that is declared not applicable is drawn after all.

use crate::bind::model::Target;
use crate::bind::topology::model::{BoundElement, End, FlowState, Topology, ZoneState};
use crate::span::Span;

/// The place of what a waiver names, where the topology draws it.
pub(in crate::bind) fn place_of(topology: &Topology, target: Target) -> Option<Span> {
    match target {
        Target::Layer(_, layer) => {
            topology.layers[layer].elements.iter().find_map(|element| place_of_element(topology, element))
        }
        Target::Element(_, layer, element) => place_of_element(topology, &topology.layers[layer].elements[element]),
        Target::Zones(_, layer) => {
            let ZoneState::Waived(_) = topology.layers[layer].zones else { return None };
            // A single zone is what the waiver speaks of.
            let mut filled = topology.zones.iter().filter(|zone| zone.layer == layer && zone.filled);
            let (first, second) = (filled.next(), filled.next());
            first.filter(|_| second.is_some()).map(|zone| topology.span(zone.at))
        }
        Target::Flow(_, flow) => topology.flows.iter().find_map(|bound| match bound.state {
            FlowState::Waived(Some(arrow)) if bound.is(flow) => Some(topology.arrows[arrow].span),
            _ => None,
        }),
        _ => None,
    }
}

fn place_of_element(topology: &Topology, element: &BoundElement) -> Option<Span> {
    let node = topology.nodes_showing(element.index).next().map(End::Node);
    node.or_else(|| topology.groups_showing(element.index).next().map(End::Group)).map(|end| topology.span(end))
}
