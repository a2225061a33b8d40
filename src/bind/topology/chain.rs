//! The chain of a flow with its gap, as a person would draw it: `Users → DNS → CDN → WAF ✗ ALB → App1`.

use crate::bind::topology::drawing::Drawing;
use crate::bind::topology::graph::{Graph, Parts};
use crate::bind::topology::model::{BoundFlow, End, FlowState, Way};

/// A gap between two layers.
pub struct Gap {
    /// The node of the one layer that should lead on.
    pub from: usize,
    /// Whether it leads nowhere at all.
    pub ends: bool,
    /// The node of the other layer that should be reached.
    pub to: usize,
    /// Whether nothing at all reaches it.
    pub begins: bool,
    /// The chain with its gap.
    pub chain: String,
}

/// Longest chain in front of a gap, in nodes.
const LONGEST: usize = 6;

impl Gap {
    /// The gap of a flow that is not drawn.
    pub fn of(drawing: Drawing, flow: &BoundFlow) -> Option<Self> {
        let topology = drawing.topology;
        let parts = Parts { nodes: &topology.nodes, groups: &topology.groups, arrows: &topology.arrows };
        let graph = Graph::new(parts);
        let mut leads = vec![false; topology.nodes.len()];
        let mut led = vec![false; topology.nodes.len()];
        for arrow in &topology.arrows {
            for (from, to) in [(arrow.from, arrow.to), (arrow.to, arrow.from)]
                .into_iter()
                .take(1 + usize::from(arrow.way == Way::Both))
            {
                if let End::Node(node) = from {
                    leads[node] = true;
                }
                if let End::Node(node) = to {
                    led[node] = true;
                }
            }
        }
        let from = topology.nodes_of(flow.from).rfind(|&node| !leads[node]).or_else(|| drawing.exit(flow.from))?;
        let to = topology.nodes_of(flow.to).find(|&node| !led[node]).or_else(|| drawing.entry(flow.to))?;
        let mut chain = before(drawing, &graph, parts, flow, from);
        chain.push_str(" ✗ ");
        chain.push_str(&behind(drawing, &graph, parts, flow, to));
        Some(Self { from, ends: !leads[from], to, begins: !led[to], chain })
    }
}

/// What leads to the gap, from the first layer.
fn before(drawing: Drawing, graph: &Graph, parts: Parts, flow: &BoundFlow, from: usize) -> String {
    let flows = &drawing.topology.flows;
    let mut first = flow.from;
    for _ in flows {
        let Some(before) = flows.iter().find(|other| other.to == first && matches!(other.state, FlowState::Drawn(_)))
        else {
            break;
        };
        first = before.from;
    }
    let is_first = |node: usize| parts.nodes[node].layers.contains(first);
    let path = graph.path(is_first, |_| true, |node| node == from);
    let nodes = path.map_or_else(|| vec![from], |path| path.nodes);
    let skipped = nodes.len().saturating_sub(LONGEST);
    let names: Vec<String> = nodes[skipped..].iter().map(|&node| name(drawing, node)).collect();
    let dots = if skipped > 0 { "… → " } else { "" };
    format!("{dots}{}", names.join(" → "))
}

/// What follows the gap: the next layer, and further gaps.
fn behind(drawing: Drawing, graph: &Graph, parts: Parts, flow: &BoundFlow, to: usize) -> String {
    let flows = &drawing.topology.flows;
    let mut chain = name(drawing, to);
    let (mut layer, mut node) = (flow.to, to);
    for _ in flows {
        let Some(next) = flows.iter().find(|other| other.from == layer) else { break };
        let first = drawing.entry(next.to);
        match (&next.state, first) {
            (FlowState::Missing, Some(first)) => {
                chain.push_str(" ✗ ");
                chain.push_str(&name(drawing, first));
                (layer, node) = (next.to, first);
            }
            (FlowState::Drawn(_), _) => {
                let is_next = |node: usize| parts.nodes[node].layers.contains(next.to);
                let path = graph.path(|start| start == node, |_| true, is_next);
                for node in path.iter().flat_map(|path| path.nodes.iter().skip(1)) {
                    chain.push_str(" → ");
                    chain.push_str(&name(drawing, *node));
                }
                break;
            }
            _ => break,
        }
    }
    chain
}

fn name(drawing: Drawing, node: usize) -> String {
    drawing.name(End::Node(node)).into_owned()
}
