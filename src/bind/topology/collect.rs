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

    fn groups(&mut self, chart: usize, flowchart: &Flowchart) {
        let first = self.groups.len();
        self.groups.reserve(flowchart.groups.len());
        for (index, group) in flowchart.groups.iter().enumerate() {
            self.groups.push(Group {
                chart,
                index,
                header: group.header,
                parent: group.parent.map(|parent| first + parent as usize),
                nodes: Vec::new(),
                groups: Vec::new(),
                said: Said::default(),
                size: 0,
                some: Set::default(),
                title: Title::default(),
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
                zone: None,
                touched: false,
                meant: None,
            });
        }
        own
    }

    /// Puts nodes and groups into the groups around them.
    fn place(&mut self) {
        for group in 0..self.groups.len() {
            if let Some(parent) = self.groups[group].parent {
                self.groups[parent].groups.push(group);
            }
        }
        let mut order = Vec::with_capacity(self.groups.len());
        order.extend((0..self.groups.len()).filter(|&group| self.groups[group].parent.is_none()));
        let mut seen = vec![false; self.groups.len()];
        let mut next = 0;
        loop {
            while let Some(&group) = order.get(next) {
                seen[group] = true;
                order.extend(&self.groups[group].groups);
                next += 1;
            }
            // Two groups that hold each other: one of them has to stand alone.
            let Some(lost) = seen.iter().position(|seen| !seen) else { break };
            if let Some(parent) = self.groups[lost].parent.take() {
                self.groups[parent].groups.retain(|&group| group != lost);
            }
            order.push(lost);
        }
        for node in 0..self.nodes.len() {
            if let (Some(group), None) = (self.nodes[node].group, self.nodes[node].meant) {
                self.groups[group].nodes.push(node);
            }
        }
        for &group in order.iter().rev() {
            let inner: usize = self.groups[group].groups.iter().map(|&inner| self.groups[inner].size).sum();
            self.groups[group].size = inner + self.groups[group].nodes.len();
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
