//! Which layers lead to which by a single arrow, or without one.

use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::Way;
use crate::template::model::set::Set;

/// The arrows between layers, each looked at once.
pub(super) struct Direct {
    layers: usize,
    /// By the layer where it begins, and by that where it ends: the first.
    first: Vec<Option<usize>>,
    /// The layers of each node that belongs to several.
    shared: Vec<Set>,
}

impl Direct {
    pub(super) fn new(all: &Collected, layers: usize) -> Self {
        let shared = all.nodes.iter().map(|node| node.layers).filter(|layers| layers.is_several()).collect();
        let mut direct = Self { layers, first: vec![None; layers * layers], shared };
        for (index, arrow) in all.arrows.iter().enumerate() {
            let (from, to) = (all.some_layers(arrow.from), all.some_layers(arrow.to));
            direct.add(from, to, index);
            if arrow.way == Way::Both {
                direct.add(to, from, index);
            }
        }
        direct
    }

    fn add(&mut self, from: Set, to: Set, arrow: usize) {
        for from in from.iter() {
            for to in to.iter() {
                self.first[from * self.layers + to].get_or_insert(arrow);
            }
        }
    }

    /// Whether a node belongs to both layers.
    pub(super) fn is_shared(&self, one: usize, other: usize) -> bool {
        self.shared.iter().any(|layers| layers.contains(one) && layers.contains(other))
    }

    /// The first arrow that leads from something of one layer to something of another.
    pub(super) fn arrow(&self, from: usize, to: usize) -> Option<usize> {
        self.first[from * self.layers + to]
    }
}
