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
    /// By place: its arrows, and where each leads.
    arrows: Vec<Vec<(usize, usize)>>,
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
        let mut graph = Self { nodes, groups, arrows: vec![Vec::new(); nodes + 2 * groups] };
        for (index, arrow) in parts.arrows.iter().enumerate() {
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

    /// A shortest path from a node to one that is sought, through nodes that are open.
    pub(super) fn path(
        &self,
        parts: Parts,
        is_start: impl Fn(usize) -> bool,
        is_open: impl Fn(usize) -> bool,
        is_goal: impl Fn(usize) -> bool,
    ) -> Option<Path> {
        let mut came: Vec<Option<(usize, Option<usize>)>> = vec![None; self.arrows.len()];
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
                if let Some(group) = parts.nodes[place].group {
                    visit(self.leaving(End::Group(group)), None);
                }
            } else if place < self.nodes + self.groups {
                let group = &parts.groups[place - self.nodes];
                group.nodes.iter().for_each(|&node| visit(node, None));
                group.groups.iter().for_each(|&inner| visit(self.entering(End::Group(inner)), None));
            } else if let Some(parent) = parts.groups[place - self.nodes - self.groups].parent {
                visit(self.leaving(End::Group(parent)), None);
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
