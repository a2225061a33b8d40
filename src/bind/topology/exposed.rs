//! Arrows that the template forbids.

use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{Because, End, Exposed, Way};
use crate::bind::topology::said::Lexicon;
use crate::bind::topology::set::Set;
use crate::template::model::diagram::Diagram;

/// Finds them. A group counts only where all in it are of the layer: `Internet --> VPC` exposes no database.
pub(super) fn find(all: &Collected, diagram: &Diagram, lexicon: &Lexicon) -> Vec<Exposed> {
    if diagram.never.is_empty() {
        return Vec::new();
    }
    let sides = Sides::new(all, lexicon);
    let mut exposed = Vec::new();
    for (index, arrow) in all.arrows.iter().enumerate().filter(|(_, arrow)| !arrow.barred) {
        for (never, flow) in diagram.never.iter().enumerate() {
            let leads =
                |from: End, to: End| sides.source(from).contains(flow.from) && sides.target(to).contains(flow.to);
            if leads(arrow.from, arrow.to) {
                exposed.push(Exposed { never, arrow: index, backwards: false });
            } else if arrow.way == Way::Both && leads(arrow.to, arrow.from) {
                exposed.push(Exposed { never, arrow: index, backwards: true });
            }
        }
    }
    exposed
}

/// For which layers each node and group counts, as a source and as a target.
struct Sides {
    nodes: Vec<(Set, Set)>,
    groups: Vec<(Set, Set)>,
}

impl Sides {
    fn new(all: &Collected, lexicon: &Lexicon) -> Self {
        let nodes: Vec<(Set, Set)> = all
            .nodes
            .iter()
            .map(|node| {
                // As a source all its words must be of one layer, its own: "User Service" is no user.
                let said = lexicon.layers_of(node.said.elements);
                let is_one = said.iter().nth(1).is_none() && said == node.layers && node.because == Because::Words;
                let source = if is_one && !node.said.nothing { said } else { Set::default() };
                // As a target the first is enough, unless it stands under two layers: "App (SQLite)" is no database.
                let first = lexicon.layers_of(node.said.first);
                let is_target = first.iter().nth(1).is_none() && first.is_within(node.layers);
                let target = if is_target { first } else { Set::default() };
                (source, target)
            })
            .collect();
        let mut groups: Vec<(Set, Set)> = vec![Default::default(); all.groups.len()];
        for &group in all.outside_in.iter().rev() {
            let value = &all.groups[group];
            let members = value.nodes.iter().map(|&node| nodes[node]);
            let inner = value.groups.iter().filter(|&&inner| all.groups[inner].size > 0).map(|&inner| groups[inner]);
            let both = |a: Set, b: Set| a.without(a.without(b));
            groups[group] = members.chain(inner).reduce(|a, b| (both(a.0, b.0), both(a.1, b.1))).unwrap_or_default();
        }
        Self { nodes, groups }
    }

    fn source(&self, end: End) -> Set {
        match end {
            End::Node(node) => self.nodes[node].0,
            End::Group(group) => self.groups[group].0,
        }
    }

    fn target(&self, end: End) -> Set {
        match end {
            End::Node(node) => self.nodes[node].1,
            End::Group(group) => self.groups[group].1,
        }
    }
}
