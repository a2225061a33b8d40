//! Nodes, groups and arrows of several flowcharts, in one list each.

use crate::bind::topology::ghosts;
use crate::bind::topology::graph::Parts;
use crate::bind::topology::model::{Arrow, Because, Chart, End, Ghost, Group, Node, Said, Title, Way};
use crate::mermaid::model::{self as mermaid, Flowchart, Head, Heads, Stroke};
use crate::template::model::set::Set;
use crate::words::negation::forbids;

/// What the flowcharts hold, before anybody asks what it means.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) nodes: Vec<Node>,
    pub(super) groups: Vec<Group>,
    pub(super) arrows: Vec<Arrow>,
    pub(super) ghosts: Vec<Ghost>,
    /// Groups, those around others first.
    pub(super) outside_in: Vec<usize>,
}

/// Collects what the flowcharts hold. Charts and flowcharts are parallel.
pub(super) fn collect(charts: &[(Chart, &Flowchart)], text: &str) -> Collected {
    let mut all = Collected::default();
    let mut of_node = Vec::new();
    let mut first_group = Vec::new();
    for (chart, &(_, flowchart)) in charts.iter().enumerate() {
        first_group.push(all.groups.len());
        all.groups(chart, flowchart);
        of_node.push(all.nodes(chart, flowchart, first_group[chart]));
    }
    all.ghosts = ghosts::find(&all, charts, &of_node, text);
    for ghost in &all.ghosts {
        all.nodes[ghost.node].meant = Some(ghost.meant);
    }
    all.place();
    for (chart, &(_, flowchart)) in charts.iter().enumerate() {
        all.arrows(flowchart, &of_node[chart], first_group[chart], text);
    }
    all
}

impl Collected {
    pub(super) fn parts(&self) -> Parts<'_> {
        Parts { nodes: &self.nodes, groups: &self.groups, arrows: &self.arrows }
    }

    /// The layers of a node, or of which some node stands in a group.
    pub(super) fn some_layers(&self, end: End) -> Set {
        match end {
            End::Node(node) => self.nodes[node].layers,
            End::Group(group) => self.groups[group].some,
        }
    }

    /// All layers of which there is a node.
    pub(super) fn drawn_layers(&self) -> Set {
        self.nodes.iter().fold(Set::default(), |drawn, node| drawn.with(node.layers))
    }

    /// The nodes that stand in groups, each with its group.
    pub(super) fn members(&self) -> impl Iterator<Item = (usize, usize)> {
        let nodes = self.nodes.iter().enumerate().filter(|(_, node)| node.meant.is_none());
        nodes.filter_map(|(index, node)| Some((index, node.group?)))
    }

    /// By group: what the nodes in it are together, those of inner groups included.
    pub(super) fn add_up<T: Copy + Default>(&self, of: impl Fn(&Node) -> T, both: impl Fn(T, T) -> T) -> Vec<T> {
        let mut sums = vec![T::default(); self.groups.len()];
        for (node, group) in self.members() {
            sums[group] = both(sums[group], of(&self.nodes[node]));
        }
        for &group in self.outside_in.iter().rev() {
            if let Some(parent) = self.groups[group].parent {
                sums[parent] = both(sums[parent], sums[group]);
            }
        }
        sums
    }

    fn groups(&mut self, chart: usize, flowchart: &Flowchart) {
        let first = self.groups.len();
        self.groups.reserve(flowchart.groups.len());
        for (index, group) in flowchart.groups.iter().enumerate() {
            self.groups.push(Group {
                chart,
                index,
                header: group.header,
                parent: group.parent.map(|parent| first + parent as usize),
                said: Said::default(),
                size: 0,
                some: Set::default(),
                title: Title::default(),
                shows: Set::default(),
                zone: None,
            });
        }
    }

    /// Which node of ours each node of the flowchart is.
    fn nodes(&mut self, chart: usize, flowchart: &Flowchart, first_group: usize) -> Vec<Option<usize>> {
        let mut own = Vec::with_capacity(flowchart.nodes.len());
        self.nodes.reserve(flowchart.nodes.len());
        for (index, node) in flowchart.nodes.iter().enumerate() {
            let mentioned = node.mentioned.filter(|_| node.is_group.is_none());
            own.push(mentioned.map(|_| self.nodes.len()));
            let Some(mentioned) = mentioned else { continue };
            self.nodes.push(Node {
                chart,
                index,
                span: node.declared.unwrap_or(mentioned),
                // What mermaid draws elsewhere than it is declared is `surprising-diagram`'s to say.
                group: node.declared_in.or(node.group).map(|group| first_group + group as usize),
                said: Said::default(),
                layers: Set::default(),
                because: Because::Nothing,
                shows: Set::default(),
                zone: None,
                touched: false,
                meant: None,
            });
        }
        own
    }

    /// Orders the groups, and counts what stands in them.
    fn place(&mut self) {
        // A group is listed where it ends: before those around it, unless it is declared again.
        let is_inside_out = |(group, value): (usize, &Group)| value.parent.is_none_or(|parent| parent > group);
        if self.groups.iter().enumerate().all(is_inside_out) {
            self.outside_in = (0..self.groups.len()).rev().collect();
        } else {
            self.sort_groups();
        }
        for node in self.nodes.iter().filter(|node| node.meant.is_none()) {
            if let Some(group) = node.group {
                self.groups[group].size += 1;
            }
        }
        for &group in self.outside_in.iter().rev() {
            if let Some(parent) = self.groups[group].parent {
                self.groups[parent].size += self.groups[group].size;
            }
        }
    }

    /// Orders groups that stand in any order, and may even hold each other.
    #[cold]
    fn sort_groups(&mut self) {
        let mut inner = vec![Vec::new(); self.groups.len()];
        let mut order = Vec::with_capacity(self.groups.len());
        for (group, value) in self.groups.iter().enumerate() {
            value.parent.map_or(&mut order, |parent| &mut inner[parent]).push(group);
        }
        let mut seen = vec![false; self.groups.len()];
        let mut next = 0;
        loop {
            while let Some(&group) = order.get(next) {
                seen[group] = true;
                order.extend(&inner[group]);
                next += 1;
            }
            // Two groups that hold each other: one of them has to stand alone.
            let Some(lost) = seen.iter().position(|seen| !seen) else { break };
            if let Some(parent) = self.groups[lost].parent.take() {
                inner[parent].retain(|&group| group != lost);
            }
            order.push(lost);
        }
        self.outside_in = order;
    }

    fn arrows(&mut self, flowchart: &Flowchart, of_node: &[Option<usize>], first_group: usize, text: &str) {
        self.arrows.reserve(flowchart.edges.len());
        for edge in flowchart.edges.iter().filter(|edge| edge.stroke != Stroke::Invisible) {
            let end = |end: mermaid::End| match end {
                mermaid::End::Node(node) => {
                    let node = of_node[node as usize]?;
                    Some(self.nodes[node].meant.unwrap_or(End::Node(node)))
                }
                mermaid::End::Group(group) => Some(End::Group(first_group + group as usize)),
                mermaid::End::Edge(_) => None,
            };
            let (Some(from), Some(to)) = (end(edge.from), end(edge.to)) else { continue };
            let is_crossed = matches!(edge.heads, Heads::End(Head::Cross) | Heads::Both(Head::Cross));
            let label = edge.label.as_ref().map(|label| label.of(text));
            self.arrows.push(Arrow {
                from,
                to,
                link: edge.link,
                span: edge.from_span.cover(edge.to_span),
                way: match edge.heads {
                    Heads::None | Heads::Both(_) => Way::Both,
                    Heads::End(_) | Heads::Mixed => Way::Forth,
                },
                barred: is_crossed || label.is_some_and(forbids),
            });
        }
    }
}
