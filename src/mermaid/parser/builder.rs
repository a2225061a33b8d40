//! Puts a flowchart together as the official parser's database does: who is a node, an edge, a group, and which
//! group draws what.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use memchr::memmem;

use crate::mermaid::model::{Direction, Edge, End, Flowchart, Group, Heads, Node, Stroke, Text};
use crate::mermaid::prepare::Prepared;
use crate::mermaid::shape::Shape;
use crate::span::Span;

/// Most edges that mermaid draws.
const MOST_EDGES: usize = 500;

/// What one id stands for. Nodes, edges and groups share their names.
#[derive(Debug, Clone, Copy, Default)]
struct Symbol {
    node: Option<u32>,
    edge: Option<u32>,
    group: Option<u32>,
    /// The first group to end that mentions it.
    owner: Option<u32>,
}

/// A mention of an id in a chain.
#[derive(Debug, Clone, Copy)]
pub(in crate::mermaid) struct Mention {
    pub(super) symbol: u32,
    pub(super) span: Span,
}

/// A group that is not ended yet.
pub(in crate::mermaid) struct OpenGroup {
    /// The id as written; `None` where one must be generated.
    pub(super) id: Option<(u32, Text)>,
    pub(super) title: Text,
    pub(super) header: Span,
    pub(super) direction: Option<Direction>,
    /// The `subgraph` behind which neither id nor title stands.
    pub(super) untitled: Option<Span>,
    /// Ids in it, in the order of the official parser.
    pub(super) items: Vec<u32>,
    /// One number for each declaration.
    serial: u32,
}

/// A link, before it is known what it leads to.
pub(in crate::mermaid) struct LinkSpec {
    pub(super) span: Span,
    pub(super) label: Option<Text>,
    pub(super) stroke: Stroke,
    pub(super) heads: Heads,
    pub(super) length: usize,
    pub(super) id: Option<(u32, Text)>,
}

/// Collects what the parser reads.
pub(in crate::mermaid) struct Builder<'t> {
    text: &'t str,
    prepared: &'t Prepared<'t>,
    pub(super) chart: Flowchart,
    names: HashMap<Cow<'t, str>, u32, RandomState>,
    /// The name of each symbol, where generated edge ids may matter.
    names_back: Vec<Cow<'t, str>>,
    symbols: Vec<Symbol>,
    /// The symbols at either end of each edge.
    ends: Vec<(u32, u32)>,
    /// Edges from one symbol to another, where generated edge ids may matter.
    parallel: Option<HashMap<(u32, u32), usize>>,
    pub(in crate::mermaid) open: Vec<OpenGroup>,
    opened: u32,
    closed: u32,
    /// Which group each declaration of one became.
    groups_by_serial: Vec<u32>,
    /// In which declaration of a group each node is declared.
    declared_in: Vec<Option<u32>>,
    /// Which node is mentioned where.
    mentions: Vec<(u32, Span)>,
    /// The symbols in each group.
    members: Vec<Vec<u32>>,
    /// The one-word titles whose group has no id because of the blank behind them.
    lost: Vec<(u32, String, Span)>,
    /// The titles of groups that get a generated id, and their headers.
    pub(super) unnamed: Vec<(u32, u32, Span)>,
}

impl<'t> Builder<'t> {
    pub(in crate::mermaid) fn new(text: &'t str, prepared: &'t Prepared<'t>) -> Self {
        // A node and an edge in every other line, more or less.
        let likely = (text.len() / 48).clamp(4, 256);
        Self {
            text,
            prepared,
            chart: Flowchart {
                nodes: Vec::with_capacity(likely),
                edges: Vec::with_capacity(likely),
                ..Flowchart::default()
            },
            names: HashMap::with_capacity_and_hasher(likely, RandomState::default()),
            names_back: Vec::new(),
            symbols: Vec::with_capacity(likely),
            ends: Vec::with_capacity(likely),
            // Mermaid's own ids of edges begin so: `L_A_B_0`.
            parallel: memmem::find(text.as_bytes(), b"L_").map(|_| HashMap::new()),
            open: Vec::new(),
            opened: 0,
            closed: 0,
            groups_by_serial: Vec::new(),
            declared_in: Vec::with_capacity(likely),
            mentions: Vec::with_capacity(2 * likely),
            members: Vec::new(),
            lost: Vec::new(),
            unnamed: Vec::new(),
        }
    }

    /// The text of bytes `start..end` of the prepared text, just as it stands there.
    pub(super) fn written(&self, start: usize, end: usize) -> Text {
        let span = self.prepared.span(start, end);
        let own = (span.len() != end - start).then(|| self.text[start..end].into());
        Text { span, own }
    }

    /// The symbol of an id.
    pub(super) fn symbol(&mut self, name: impl Into<Cow<'t, str>>) -> u32 {
        let name = name.into();
        if let Some(&symbol) = self.names.get(&name) {
            return symbol;
        }
        let symbol = self.symbols.len() as u32;
        if self.parallel.is_some() {
            self.names_back.push(name.clone());
        }
        self.names.insert(name, symbol);
        self.symbols.push(Symbol::default());
        symbol
    }

    /// A mention of an id in a chain or a declaration. Makes the node, unless the id is that of an edge.
    pub(super) fn mention(&mut self, start: usize, end: usize) -> Mention {
        let symbol = self.symbol(&self.text[start..end]);
        let span = self.prepared.span(start, end);
        if let Some(node) = self.node(symbol, start, end) {
            self.mentions.push((node as u32, span));
        }
        Mention { symbol, span }
    }

    /// What `style` does: it makes the node, but does not draw on it.
    pub(super) fn style(&mut self, start: usize, end: usize) {
        let symbol = self.symbol(&self.text[start..end]);
        self.node(symbol, start, end);
    }

    fn node(&mut self, symbol: u32, start: usize, end: usize) -> Option<usize> {
        let known = self.symbols[symbol as usize];
        if known.edge.is_some() {
            return None;
        }
        if let Some(node) = known.node {
            return Some(node as usize);
        }
        let node = self.chart.nodes.len();
        self.symbols[symbol as usize].node = Some(node as u32);
        self.declared_in.push(None);
        self.chart.nodes.push(Node {
            id: self.written(start, end),
            label: None,
            shape: None,
            mentions: (0, 0),
            declared: None,
            group: None,
            declared_in: None,
            is_group: None,
        });
        Some(node)
    }

    /// The node of a mention, where `@{ ... }` behind it speaks of a node and not of an edge or an ended group.
    pub(super) fn node_of(&self, mention: Mention) -> Option<usize> {
        let symbol = self.symbols[mention.symbol as usize];
        if symbol.group.is_some() || symbol.edge.is_some() {
            return None;
        }
        symbol.node.map(|node| node as usize)
    }

    /// The header of the group that has this title and only a generated id.
    pub(in crate::mermaid) fn group_by_title(&self, title: &str) -> Option<Span> {
        let is_it = |&&(start, end, _): &&(u32, u32, Span)| self.text[start as usize..end as usize].trim() == title;
        self.unnamed.iter().find(is_it).map(|&(_, _, header)| header)
    }

    /// Whether the id of a mention is that of an edge.
    pub(super) fn is_edge(&self, mention: Mention) -> bool {
        self.symbols[mention.symbol as usize].edge.is_some()
    }

    /// Whether a node has this id.
    pub(in crate::mermaid) fn is_node(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|&symbol| self.symbols[symbol as usize].node.is_some())
    }

    /// Brackets behind an id.
    pub(super) fn declare(&mut self, mention: Mention, label: Option<Text>, shape: Option<Shape>) {
        let symbol = self.symbols[mention.symbol as usize];
        let (None, Some(node)) = (symbol.edge, symbol.node) else { return };
        let index = node as usize;
        let node = &mut self.chart.nodes[index];
        if node.declared.is_none() {
            node.declared = Some(mention.span);
            self.declared_in[index] = self.open.last().map(|group| group.serial);
        }
        node.label = label.or(node.label.take());
        node.shape = shape.or(node.shape);
    }

    /// Edges from each of `from` to each of `to`. The number of edges where mermaid draws no more.
    pub(in crate::mermaid) fn link(&mut self, from: &[Mention], to: &[Mention], link: &LinkSpec) -> Result<(), usize> {
        for start in from {
            for end in to {
                if self.ends.len() >= MOST_EDGES {
                    return Err(MOST_EDGES);
                }
                let is_last_start = from.last().is_some_and(|last| last.symbol == start.symbol);
                let is_first_end = to.first().is_some_and(|first| first.symbol == end.symbol);
                let id = link.id.clone().filter(|_| is_last_start && is_first_end);
                self.edge(*start, *end, link, id);
            }
        }
        Ok(())
    }

    fn edge(&mut self, from: Mention, to: Mention, link: &LinkSpec, id: Option<(u32, Text)>) {
        let index = self.ends.len() as u32;
        let id = id.filter(|(symbol, _)| self.symbols[*symbol as usize].edge.is_none());
        if let Some((symbol, _)) = id {
            self.symbols[symbol as usize].edge = Some(index);
        }
        if let Some(parallel) = &mut self.parallel {
            let count = parallel.entry((from.symbol, to.symbol)).or_default();
            let number = if *count == 0 { 0 } else { *count + 1 };
            *count += 1;
            if id.is_none() {
                let names = &self.names_back;
                let generated = format!("L_{}_{}_{number}", names[from.symbol as usize], names[to.symbol as usize]);
                let symbol = self.symbol(generated);
                let known = &mut self.symbols[symbol as usize];
                known.edge = known.edge.or(Some(index));
            }
        }
        self.ends.push((from.symbol, to.symbol));
        self.chart.edges.push(Edge {
            // Filled in at the end, when all groups are known.
            from: End::Edge(0),
            to: End::Edge(0),
            from_span: from.span,
            to_span: to.span,
            link: link.span,
            label: link.label.clone(),
            stroke: link.stroke,
            heads: link.heads,
            length: link.length,
            id: id.map(|(_, text)| text),
        });
    }

    pub(super) fn edges(&self) -> usize {
        self.ends.len()
    }

    /// A group begins.
    pub(super) fn begin(
        &mut self,
        id: Option<(u32, Text)>,
        title: Text,
        header: Span,
        lost: Option<(u32, String, Span)>,
    ) {
        self.lost.extend(lost);
        let serial = self.opened;
        self.open.push(OpenGroup { id, title, header, direction: None, untitled: None, items: Vec::new(), serial });
        self.opened += 1;
        self.groups_by_serial.push(0);
    }

    /// The innermost group ends at byte `end` of the Markdown.
    pub(in crate::mermaid) fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let (symbol, id) = open.id.unwrap_or_else(|| {
            let name = format!("subGraph{}", self.closed);
            let text = Text { span: open.header.tail(), own: Some(name.as_str().into()) };
            (self.symbol(name), text)
        });
        self.closed += 1;
        let known = self.symbols[symbol as usize].group;
        let index = known.unwrap_or(self.chart.groups.len() as u32);
        self.groups_by_serial[open.serial as usize] = index;
        if known.is_none() {
            self.symbols[symbol as usize].group = Some(index);
            self.members.push(Vec::new());
            self.chart.groups.push(Group {
                id,
                title: open.title,
                header: open.header,
                span: Span::new(open.header.start(), end.max(open.header.end())),
                parent: None,
                members: Vec::new(),
                direction: open.direction,
            });
        }
        // What an ended group holds already stays there, and no group holds itself.
        for item in open.items {
            let owner = &mut self.symbols[item as usize].owner;
            if item != symbol && owner.is_none() {
                *owner = Some(index);
                self.members[index as usize].push(item);
            }
        }
        if let Some(parent) = self.open.last_mut() {
            parent.items.push(symbol);
        }
    }

    /// What an id stands for in the end.
    fn stands_for(&self, symbol: u32) -> Option<End> {
        let symbol = self.symbols[symbol as usize];
        let group = symbol.group.map(|group| End::Group(group as usize));
        let node = symbol.node.map(|node| End::Node(node as usize));
        group.or(node).or(symbol.edge.map(|edge| End::Edge(edge as usize)))
    }

    /// Puts the mentions of each node side by side.
    fn sort_mentions(&mut self) {
        for &(node, _) in &self.mentions {
            self.chart.nodes[node as usize].mentions.1 += 1;
        }
        let mut start = 0;
        for node in &mut self.chart.nodes {
            let count = node.mentions.1;
            node.mentions = (start, start);
            start += count;
        }
        self.chart.mentions = vec![Span::default(); self.mentions.len()];
        for &(node, span) in &self.mentions {
            let end = &mut self.chart.nodes[node as usize].mentions.1;
            self.chart.mentions[*end as usize] = span;
            *end += 1;
        }
    }

    /// The flowchart, and the titles whose group has no id because of the blank behind them, although something asks
    /// for it.
    pub(super) fn finish(mut self) -> (Flowchart, Vec<(String, Span)>) {
        for (index, &(from, to)) in self.ends.iter().enumerate() {
            let ends = (self.stands_for(from), self.stands_for(to));
            let edge = &mut self.chart.edges[index];
            edge.from = ends.0.unwrap_or(edge.from);
            edge.to = ends.1.unwrap_or(edge.to);
        }
        for (index, members) in self.members.iter().enumerate() {
            let members: Vec<End> = members.iter().filter_map(|&symbol| self.stands_for(symbol)).collect();
            self.chart.groups[index].members = members;
        }
        self.sort_mentions();
        for symbol in &self.symbols {
            let owner = symbol.owner.map(|owner| owner as usize);
            let group = symbol.group.map(|group| group as usize);
            if let Some(node) = symbol.node {
                let node = node as usize;
                self.chart.nodes[node].group = owner;
                self.chart.nodes[node].is_group = group;
                let declared_in = self.declared_in[node].map(|serial| self.groups_by_serial[serial as usize] as usize);
                self.chart.nodes[node].declared_in = declared_in;
            }
            if let Some(group) = group {
                self.chart.groups[group].parent = owner;
            }
        }
        let asked_for = |symbol: u32| {
            let symbol = self.symbols[symbol as usize];
            symbol.node.is_some() && symbol.group.is_none()
        };
        let lost = self.lost.into_iter().filter(|&(symbol, ..)| asked_for(symbol));
        let lost = lost.map(|(_, word, blank)| (word, blank)).collect();
        (self.chart, lost)
    }
}
