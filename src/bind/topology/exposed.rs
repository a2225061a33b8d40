//! Arrows that the template forbids.
//!
//! A node or group is seen as a source by the arrows of `never` that it may begin, as a target by its layers. A group
//! counts only where all in it do: `Internet --> VPC` exposes no database, but a group of users and their DNS that
//! leads to one does, for neither may.

use crate::bind::topology::collect::Collected;
use crate::bind::topology::direct::Direct;
use crate::bind::topology::model::{Because, End, Exposed, Node, Way};
use crate::template::model::diagram::Diagram;
use crate::template::model::set::Set;

/// Finds them.
pub(super) fn find(all: &Collected, direct: &Direct, diagram: &Diagram) -> Vec<Exposed> {
    // A source or a target is of the layers of a node, or of some node in a group.
    if !diagram.never.iter().any(|never| direct.arrow(never.from, never.to).is_some()) {
        return Vec::new();
    }
    let sides = Sides::new(all, diagram);
    let mut exposed = Vec::new();
    for (index, arrow) in all.arrows.iter().enumerate().filter(|(_, arrow)| !arrow.barred) {
        let mut add = |from: End, to: End, backwards: bool| {
            let (from, to) = (sides.of(from), sides.of(to));
            let met = from.barred.and(to.target);
            let never = diagram.never.iter().position(|flow| from.source.contains(flow.from) && met.contains(flow.to));
            exposed.extend(never.map(|never| Exposed { never, arrow: index, backwards }));
            never.is_some()
        };
        if !add(arrow.from, arrow.to, false) && arrow.way == Way::Both {
            add(arrow.to, arrow.from, true);
        }
    }
    exposed
}

/// What each node and group counts for, as a source and as a target.
struct Sides {
    nodes: Vec<Side>,
    groups: Vec<Side>,
}

#[derive(Clone, Copy, Default)]
struct Side {
    /// The layers that it must not lead to.
    barred: Set,
    /// Its layers, as a source.
    source: Set,
    /// Its layers, as a target.
    target: Set,
}

impl Sides {
    fn new(all: &Collected, diagram: &Diagram) -> Self {
        let nodes: Vec<Side> = all.nodes.iter().map(|node| Side::of(node, diagram)).collect();
        // A group with nothing in it is neither.
        let both = |a: Option<Side>, b: Option<Side>| a.zip(b).map(|(a, b)| a.and(b)).or(a).or(b);
        let groups = all.add_up(|node| Some(Side::of(node, diagram)), both);
        let groups = groups.into_iter().map(Option::unwrap_or_default).collect();
        Self { nodes, groups }
    }

    fn of(&self, end: End) -> Side {
        match end {
            End::Node(node) => self.nodes[node],
            End::Group(group) => self.groups[group],
        }
    }
}

impl Side {
    fn of(node: &Node, diagram: &Diagram) -> Self {
        // As a source all its words must be of one layer, its own: "User Service" is no user. Where its place alone
        // says what it is, it must have none: an "Application" before a load balancer may be one that calls others.
        let said = diagram.lexicon.layers_of(node.said.elements);
        let is_one = !said.is_several() && said == node.layers && node.because == Because::Words;
        let is_user = node.layers.is_within(diagram.lexicon.sources) && said.is_within(node.layers);
        let source = match node.because {
            Because::Position | Because::Group if is_user => node.layers,
            _ if is_one && !node.said.nothing => said,
            _ => Set::default(),
        };
        // As a target the first is enough, unless it stands under two layers: "App (SQLite)" is no database.
        let first = diagram.lexicon.layers_of(node.said.first);
        let is_target = !first.is_several() && first.is_within(node.layers);
        let mut barred = Set::default();
        diagram.never.iter().filter(|flow| source.contains(flow.from)).for_each(|flow| barred.insert(flow.to));
        Self { barred, source, target: if is_target { first } else { Set::default() } }
    }

    /// Both in one group: what neither may reach, and what both are.
    fn and(self, other: Self) -> Self {
        Self {
            barred: self.barred.and(other.barred),
            source: self.source.with(other.source),
            target: self.target.and(other.target),
        }
    }
}
