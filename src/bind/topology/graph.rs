//! Paths along the arrows of a topology.

use std::collections::VecDeque;

use crate::bind::topology::model::{Arrow, End, Group, Node, Way};

/// What a topology is made of.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) nodes: &'a [Node],
    pub(super) groups: &'a [Group],
    pub(super) arrows: &'a [Arrow],
}

/// Arrows by where they begin. A group is two places: what enters it reaches all in it, what is in it leaves with it.
pub(super) struct Graph {
    nodes: usize,
    groups: usize,
    /// By place: where one comes from there, and by which arrow; by none to a group around it or to what stands in it.
    next: Vec<Vec<(usize, Option<usize>)>>,
}

/// A way from one node to another.
pub(super) struct Path {
    /// The nodes on it, both ends included.
    pub(super) nodes: Vec<usize>,
    /// The arrows along it.
    pub(super) arrows: Vec<usize>,
}

impl Graph {
    pub(super) fn new(parts: Parts) -> Self {
        let (nodes, groups) = (parts.nodes.len(), parts.groups.len());
        let mut graph = Self { nodes, groups, next: vec![Vec::new(); nodes + 2 * groups] };
        for (index, arrow) in parts.arrows.iter().enumerate() {
            graph.add(graph.leaving(arrow.from), graph.entering(arrow.to), Some(index));
            if arrow.way == Way::Both {
                graph.add(graph.leaving(arrow.to), graph.entering(arrow.from), Some(index));
            }
        }
        for (node, value) in parts.nodes.iter().enumerate() {
            let Some(group) = value.group.map(End::Group) else { continue };
            graph.add(node, graph.leaving(group), None);
            if value.meant.is_none() {
                graph.add(graph.entering(group), node, None);
            }
        }
        for (index, value) in parts.groups.iter().enumerate() {
            let (group, Some(parent)) = (End::Group(index), value.parent.map(End::Group)) else { continue };
            graph.add(graph.entering(parent), graph.entering(group), None);
            graph.add(graph.leaving(group), graph.leaving(parent), None);
        }
        graph
    }

    fn add(&mut self, from: usize, to: usize, arrow: Option<usize>) {
        self.next[from].push((to, arrow));
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

    /// A shortest path from a node to one that is sought, through nodes that are open.
    pub(super) fn path(
        &self,
        is_start: impl Fn(usize) -> bool,
        is_open: impl Fn(usize) -> bool,
        is_goal: impl Fn(usize) -> bool,
    ) -> Option<Path> {
        let mut came: Vec<Option<(usize, Option<usize>)>> = vec![None; self.next.len()];
        let mut queue = VecDeque::new();
        for node in (0..self.nodes).filter(|&node| is_start(node)) {
            came[node] = Some((node, None));
            queue.push_back(node);
        }
        while let Some(place) = queue.pop_front() {
            if place < self.nodes && is_goal(place) {
                return Some(self.back(&came, place));
            }
            if place < self.nodes && !is_open(place) {
                continue;
            }
            for &(next, arrow) in &self.next[place] {
                if came[next].is_none() {
                    came[next] = Some((place, arrow));
                    queue.push_back(next);
                }
            }
        }
        None
    }

    fn back(&self, came: &[Option<(usize, Option<usize>)>], mut place: usize) -> Path {
        let mut path = Path { nodes: vec![place], arrows: Vec::new() };
        while let Some((before, arrow)) = came[place].filter(|&(before, _)| before != place) {
            path.arrows.extend(arrow);
            place = before;
            path.nodes.extend((place < self.nodes).then_some(place));
        }
        path.nodes.reverse();
        path.arrows.reverse();
        path
    }
}
