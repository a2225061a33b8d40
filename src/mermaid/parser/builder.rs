//! Puts a flowchart together as the official parser's database does: who is a node, an edge, a group, and which
//! group draws what.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use memchr::memchr_iter;

use crate::mermaid::model::{Direction, Edge, End, Flowchart, Group, Heads, Mention, Node, Stroke, Text};
use crate::mermaid::parser::symbols::Symbols;
use crate::mermaid::prepare::Prepared;
use crate::mermaid::shape::Shape;
use crate::span::Span;

/// Most edges that mermaid draws.
const MOST_EDGES: usize = 500;

/// A group that is not ended yet.
pub(in crate::mermaid) struct OpenGroup {
    /// The id as written; `None` where one must be generated.
    pub(super) id: Option<(u32, Text)>,
    pub(super) title: Text,
    pub(super) header: Span,
    /// First byte of its `subgraph`.
    pub(super) start: u32,
    pub(super) direction: Option<Direction>,
    /// The `subgraph` behind which neither id nor title stands.
    pub(super) untitled: Option<Span>,
    /// Where in the list of items those in it begin.
    items: usize,
    /// One number for each declaration.
    serial: u32,
}

/// A link, before it is known what it leads to.
pub(super) struct LinkSpec {
    pub(super) span: Span,
    pub(super) label: Option<Text>,
    pub(super) stroke: Stroke,
    pub(super) heads: Heads,
    pub(super) length: u32,
    pub(super) id: Option<Box<(u32, Text)>>,
}

/// Collects what the parser reads.
pub(in crate::mermaid) struct Builder<'t> {
    text: &'t str,
    prepared: &'t Prepared<'t>,
    pub(super) chart: Flowchart,
    symbols: Symbols<'t>,
    /// Edges from one symbol to another, where generated edge ids may matter.
    parallel: Option<HashMap<(u32, u32), usize>>,
    pub(in crate::mermaid) open: Vec<OpenGroup>,
    closed: u32,
    /// Ids in the groups that are open, in the order of the official parser; those in the innermost stand last.
    items: Vec<u32>,
    /// Which group each declaration of one became.
    groups_by_serial: Vec<u32>,
    /// In the order in which they are written; each is known by its index.
    pub(super) mentions: Vec<Mention>,
    /// Whether one speaks of an edge.
    names_edges: bool,
    /// What each group draws.
    members: Vec<(u32, End)>,
    /// The one-word titles whose group has no id because of the blank behind them.
    pub(super) lost: Vec<(u32, String, Span)>,
    /// The titles of groups that get a generated id, and their headers.
    pub(super) unnamed: Vec<(u32, u32, Span)>,
}

impl<'t> Builder<'t> {
    pub(in crate::mermaid) fn new(text: &'t str, prepared: &'t Prepared<'t>) -> Self {
        // A node and an edge in every other line, more or less.
        let likely = (text.len() / 40).clamp(8, 256);
        let bytes = text.as_bytes();
        Self {
            text,
            prepared,
            chart: Flowchart {
                nodes: Vec::with_capacity(likely),
                edges: Vec::with_capacity(likely),
                ..Flowchart::default()
            },
            symbols: Symbols::with_capacity(likely),
            // Mermaid's own ids of edges begin so: `L_A_B_0`.
            parallel: memchr_iter(b'_', bytes).any(|at| bytes[..at].last() == Some(&b'L')).then(HashMap::new),
            open: Vec::new(),
            closed: 0,
            items: Vec::new(),
            groups_by_serial: Vec::new(),
            mentions: Vec::with_capacity(2 * likely),
            names_edges: false,
            members: Vec::new(),
            lost: Vec::new(),
            unnamed: Vec::new(),
        }
    }

    /// The text of bytes `start..end` of the prepared text, just as it stands there.
    #[inline]
    pub(super) fn written(&self, start: usize, end: usize) -> Text {
        match self.prepared.straight_span(start, end) {
            Some(span) => Text::written(span),
            None => self.written_in_pieces(start, end),
        }
    }

    #[inline(never)]
    fn written_in_pieces(&self, start: usize, end: usize) -> Text {
        let span = self.prepared.span(start, end);
        if span.len() == end - start { Text::written(span) } else { Text::own(span, &self.text[start..end]) }
    }

    /// The symbol of an id that is written in the text.
    pub(super) fn symbol(&mut self, name: &'t str) -> u32 {
        self.symbols.number(name.as_bytes())
    }

    /// The symbol of an id.
    pub(super) fn symbol_of(&mut self, name: Cow<'t, str>) -> u32 {
        match name {
            Cow::Borrowed(name) => self.symbol(name),
            Cow::Owned(name) => self.symbols.number_of_own(name),
        }
    }

    /// A mention of an id in a chain or a declaration. Makes the node, unless the id is that of an edge.
    pub(super) fn mention(&mut self, start: usize, end: usize) {
        let symbol = self.symbols.number(&self.text.as_bytes()[start..end]);
        let span = self.prepared.span(start, end);
        let node = self.node(symbol, start, end);
        match node {
            Some(node) => _ = self.chart.nodes[node as usize].mentioned.get_or_insert(span),
            None => self.names_edges = true,
        }
        self.mentions.push(Mention { symbol, node, span });
    }

    /// Lists a symbol among those in the group that is open, if one is.
    pub(super) fn list(&mut self, symbol: u32) {
        if !self.open.is_empty() {
            self.items.push(symbol);
        }
    }

    /// The same with those of some mentions.
    pub(super) fn list_mentions(&mut self, mentions: Range<usize>) {
        if !self.open.is_empty() {
            self.items.extend(self.mentions[mentions].iter().map(|mention| mention.symbol));
        }
    }

    /// What `style` does: it makes the node, but does not draw on it.
    pub(super) fn style(&mut self, start: usize, end: usize) {
        let symbol = self.symbol(&self.text[start..end]);
        self.node(symbol, start, end);
    }

    #[inline]
    fn node(&mut self, symbol: u32, start: usize, end: usize) -> Option<u32> {
        let known = &self.symbols[symbol];
        if known.edge.is_some() {
            return None;
        }
        known.node.or_else(|| self.new_node(symbol, start, end))
    }

    #[inline(never)]
    fn new_node(&mut self, symbol: u32, start: usize, end: usize) -> Option<u32> {
        let node = Some(self.chart.nodes.len() as u32);
        self.symbols[symbol].node = node;
        self.chart.nodes.push(Node {
            id: self.written(start, end),
            label: None,
            shape: None,
            mentioned: None,
            declared: None,
            group: None,
            declared_in: None,
            is_group: None,
        });
        node
    }

    /// The node of a mention, where `@{ ... }` behind it speaks of a node and not of an edge or an ended group.
    pub(super) fn node_of(&self, mention: usize) -> Option<usize> {
        let symbol = &self.symbols[self.mentions[mention].symbol];
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
    pub(super) fn is_edge(&self, mention: usize) -> bool {
        self.symbols[self.mentions[mention].symbol].edge.is_some()
    }

    /// Whether a node has this id.
    pub(in crate::mermaid) fn is_node(&self, name: &str) -> bool {
        self.symbols.get(name.as_bytes()).is_some_and(|symbol| symbol.node.is_some())
    }

    /// Brackets behind an id.
    pub(super) fn declare(&mut self, mention: usize, label: Option<Text>, shape: Option<Shape>) {
        let mention = self.mentions[mention];
        let Some(node) = mention.node else { return };
        let node = &mut self.chart.nodes[node as usize];
        if node.declared.is_none() {
            node.declared = Some(mention.span);
            // Which group that declaration becomes is filled in at the end.
            node.declared_in = self.open.last().map(|group| group.serial);
        }
        if label.is_some() {
            node.label = label;
        }
        node.shape = shape.or(node.shape);
    }

    /// Edges from each of `from` to each of `to`. The number of edges where mermaid draws no more.
    /// Both are ranges of mentions.
    pub(super) fn link(&mut self, from: Range<usize>, to: Range<usize>, link: &LinkSpec) -> Result<(), usize> {
        for start in from.clone() {
            for end in to.clone() {
                if self.edges() >= MOST_EDGES {
                    return Err(MOST_EDGES);
                }
                let (start, end) = (self.mentions[start], self.mentions[end]);
                let is_last_start = || self.mentions[from.end - 1].symbol == start.symbol;
                let is_first_end = || self.mentions[to.start].symbol == end.symbol;
                let id = link.id.as_deref().filter(|_| is_last_start() && is_first_end());
                let id = if id.is_some() || self.parallel.is_some() { self.edge_id(start, end, id) } else { None };
                self.chart.edges.push(Edge {
                    // As yet; which of them are groups is known at the end.
                    from: start.end(),
                    to: end.end(),
                    from_span: start.span,
                    to_span: end.span,
                    link: link.span,
                    label: link.label.clone(),
                    stroke: link.stroke,
                    heads: link.heads,
                    length: link.length,
                    id,
                });
            }
        }
        Ok(())
    }

    /// The id of the next edge, unless another one has it already; or else mermaid's own id of it is noted.
    #[inline(never)]
    fn edge_id(&mut self, from: Mention, to: Mention, id: Option<&(u32, Text)>) -> Option<Box<Text>> {
        let index = self.edges() as u32;
        let id = id.filter(|(symbol, _)| self.symbols[*symbol].edge.is_none());
        if let Some((symbol, _)) = id {
            self.symbols[*symbol].edge = Some(index);
        }
        if let Some(parallel) = &mut self.parallel {
            let count = parallel.entry((from.symbol, to.symbol)).or_default();
            let number = if *count == 0 { 0 } else { *count + 1 };
            *count += 1;
            if id.is_none() {
                let name = |mention: Mention| String::from_utf8_lossy(&self.symbols[mention.symbol].name);
                let generated = format!("L_{}_{}_{number}", name(from), name(to));
                let symbol = self.symbols.number_of_own(generated);
                let known = &mut self.symbols[symbol];
                known.edge = known.edge.or(Some(index));
            }
        }
        id.map(|(_, text)| Box::new(text.clone()))
    }

    pub(super) fn edges(&self) -> usize {
        self.chart.edges.len()
    }

    /// A group begins, at byte `start`.
    pub(super) fn begin(&mut self, id: Option<(u32, Text)>, title: Text, header: Span, start: u32) {
        let (items, serial) = (self.items.len(), self.groups_by_serial.len() as u32);
        if serial == 0 {
            // Most of what a diagram with groups says stands in one.
            let likely = self.chart.nodes.capacity();
            self.items.reserve(likely);
            self.members.reserve(likely);
            self.chart.groups.reserve(likely / 4);
        }
        self.open.push(OpenGroup { id, title, header, start, direction: None, untitled: None, items, serial });
        self.groups_by_serial.push(0);
    }

    /// The innermost group ends at byte `end` of the Markdown.
    pub(in crate::mermaid) fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let (symbol, id) = open.id.unwrap_or_else(|| {
            let name = format!("subGraph{}", self.closed);
            let text = Text::own(open.header.tail(), name.as_str());
            (self.symbols.number_of_own(name), text)
        });
        self.closed += 1;
        let known = self.symbols[symbol].group;
        let index = known.unwrap_or(self.chart.groups.len() as u32);
        self.groups_by_serial[open.serial as usize] = index;
        if known.is_none() {
            self.symbols[symbol].group = Some(index);
            self.chart.groups.push(Group {
                id,
                title: open.title,
                header: open.header,
                span: Span::new(open.header.start(), end.max(open.header.end())),
                parent: None,
                direction: open.direction,
            });
        }
        // What an ended group holds already stays there, and no group holds itself.
        for item in self.items.drain(open.items..) {
            let owner = &mut self.symbols[item].owner;
            if item != symbol && owner.is_none() {
                *owner = Some(index);
                // A symbol as yet.
                self.members.push((index, End::Node(item)));
            }
        }
        self.list(symbol);
    }

    /// What a symbol stands for in the end.
    fn stands_for(&self, symbol: u32) -> Option<End> {
        let symbol = &self.symbols[symbol];
        let group = symbol.group.map(End::Group);
        group.or(symbol.node.map(End::Node)).or(symbol.edge.map(End::Edge))
    }

    /// Finds the groups and edges among the ends of edges.
    #[inline(never)]
    fn find_ends(&self, chart: &mut Flowchart) {
        for edge in &mut chart.edges {
            for end in [&mut edge.from, &mut edge.to] {
                *end = match *end {
                    End::Node(node) => chart.nodes[node as usize].is_group.map_or(*end, End::Group),
                    End::Edge(symbol) => self.stands_for(symbol).unwrap_or(End::Edge(0)),
                    End::Group(_) => *end,
                };
            }
        }
    }

    /// The flowchart, and the titles whose group has no id because of the blank behind them, although something asks
    /// for it.
    pub(super) fn finish(&mut self) -> (Flowchart, Vec<(String, Span)>) {
        let mut chart = std::mem::take(&mut self.chart);
        let mut has_group_ends = false;
        for symbol in self.symbols.iter() {
            if let Some(node) = symbol.node {
                let node = &mut chart.nodes[node as usize];
                node.group = symbol.owner;
                node.is_group = symbol.group;
                node.declared_in = node.declared_in.map(|serial| self.groups_by_serial[serial as usize]);
                has_group_ends |= symbol.group.is_some();
            }
            if let Some(group) = symbol.group {
                chart.groups[group as usize].parent = symbol.owner;
            }
        }
        if has_group_ends || self.names_edges {
            self.find_ends(&mut chart);
        }
        chart.mentions = std::mem::take(&mut self.mentions);
        chart.members = std::mem::take(&mut self.members);
        chart.members.retain_mut(|(_, end)| {
            let End::Node(symbol) = *end else { return false };
            let known = self.stands_for(symbol);
            *end = known.unwrap_or(*end);
            known.is_some()
        });
        let asked_for = |symbol: u32| {
            let symbol = &self.symbols[symbol];
            symbol.node.is_some() && symbol.group.is_none()
        };
        let lost = self.lost.iter().filter(|&&(symbol, ..)| asked_for(symbol));
        let lost = lost.map(|(_, word, blank)| (word.clone(), *blank)).collect();
        (chart, lost)
    }
}
