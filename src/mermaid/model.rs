//! What a flowchart says: nodes, edges and groups, with the place of each in the Markdown.

use std::borrow::Cow;

use crate::mermaid::shape::Shape;
use crate::span::Span;

/// A piece of text of a diagram.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Where it is written, without quotes and brackets.
    pub span: Span,
    /// The text itself where it is not just what is written there: entity codes, several pieces, generated ids. Seldom
    /// so, and boxed twice that the others stay small.
    own: Option<Box<Box<str>>>,
}

impl Text {
    /// What is written at `span`.
    pub(super) fn written(span: Span) -> Self {
        Self { span, own: None }
    }

    /// A text that is not just what is written at `span`.
    pub(super) fn own(span: Span, text: impl Into<Box<str>>) -> Self {
        Self { span, own: Some(Box::new(text.into())) }
    }

    /// The text itself, where it is not just what is written.
    pub(super) fn as_own(&self) -> Option<&str> {
        self.own.as_deref().map(|own| &**own)
    }

    /// The text as mermaid understands it. `source` is the Markdown.
    pub fn of<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.own {
            Some(own) => own,
            None => &source[self.span.range()],
        }
    }

    /// The text as a reader sees it: without HTML tags, Markdown emphasis and line breaks, which become blanks.
    pub fn plain<'a>(&'a self, source: &'a str) -> Cow<'a, str> {
        let text = self.of(source);
        if !text.contains(['<', '\\', '\n', '*']) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['<', '\\', '\n', '*']) {
            out.push_str(&rest[..at]);
            let tail = &rest[at..];
            let tag = tail.starts_with('<') && tail[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
            let taken = match tail.find('>') {
                Some(end) if tag => end + 1,
                _ if tail.starts_with("\\n") => 2,
                _ if tail.starts_with(['\n', '*']) => 1,
                _ => 0,
            };
            if taken == 0 {
                out.push_str(&tail[..1]);
            } else if !tail.starts_with('*') {
                out.push(' ');
            }
            rest = &tail[taken.max(1)..];
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

/// A flowchart. Indices in it are into its own lists.
#[derive(Debug, Clone, Default)]
pub struct Flowchart {
    /// `TB`, `BT`, `LR` or `RL`.
    pub direction: Direction,
    /// In the order in which they are first mentioned. A group that an edge names is among them, too, as in mermaid.
    pub nodes: Vec<Node>,
    /// In the order in which they are written.
    pub edges: Vec<Edge>,
    /// In the order in which they end; the declarations of one id are one group.
    pub groups: Vec<Group>,
    /// The lines that begin with `%%`, without the line break.
    pub comments: Vec<Span>,
    /// In the order in which they are written.
    pub(super) mentions: Vec<Mention>,
    /// What mermaid draws in each group, in its order.
    pub(super) members: Vec<(u32, End)>,
}

impl Flowchart {
    /// Every place where a chain or a declaration names a node, by node.
    pub fn mentions(&self) -> Mentions {
        let mentions = self.mentions.iter().filter_map(|mention| Some((mention.node?, mention.span)));
        let mut mentions: Vec<(u32, Span)> = mentions.collect();
        mentions.sort_by_key(|&(node, _)| node);
        Mentions(mentions)
    }

    /// What mermaid draws in a group, in mermaid's order.
    pub fn members(&self, group: usize) -> impl Iterator<Item = End> {
        self.members.iter().filter(move |(of, _)| *of as usize == group).map(|&(_, end)| end)
    }
}

/// A mention of an id in a chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    /// The parser's number of the id.
    pub(super) symbol: u32,
    /// The node that it speaks of; `None` where the id is that of an edge.
    pub(super) node: Option<u32>,
    pub(super) span: Span,
}

impl Mention {
    /// The end of an edge there: the node, or else the symbol, which is another thing's.
    pub(super) fn end(self) -> End {
        self.node.map_or(End::Edge(self.symbol), End::Node)
    }
}

/// Where the nodes of a flowchart are named, node by node.
#[derive(Debug)]
pub struct Mentions(Vec<(u32, Span)>);

impl Mentions {
    /// Where a node is, in the order of the text. Nowhere, if only `style` names it.
    pub fn of(&self, node: usize) -> impl Iterator<Item = Span> {
        let from = self.0.partition_point(|&(of, _)| (of as usize) < node);
        self.0[from..].iter().take_while(move |(of, _)| *of as usize == node).map(|&(_, span)| span)
    }
}

/// Which way a flowchart, or a group, runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// `TB`, `TD`, `v`
    #[default]
    Down,
    /// `BT`, `^`
    Up,
    /// `LR`, `>`
    Right,
    /// `RL`, `<`
    Left,
}

/// A node.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its id, where it is first mentioned.
    pub id: Text,
    /// Its label, where one is written; the last one counts.
    pub label: Option<Text>,
    /// Its shape, where brackets or `@{ shape }` say it.
    pub shape: Option<Shape>,
    /// The first place where a chain or a declaration names it. `None`: only `style` does.
    pub mentioned: Option<Span>,
    /// The mention that gives it a label or a shape first. `None`: it is only mentioned.
    pub declared: Option<Span>,
    /// The group that mermaid draws it in: the first to end that mentions it.
    pub group: Option<u32>,
    /// The group whose lines declare it; differs from `group` where mermaid draws it elsewhere.
    pub declared_in: Option<u32>,
    /// The group that this id in truth names.
    pub is_group: Option<u32>,
}

/// One end of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Index into [`Flowchart::nodes`].
    Node(u32),
    /// Index into [`Flowchart::groups`].
    Group(u32),
    /// Index into [`Flowchart::edges`]: the id of an edge stands where a node should.
    Edge(u32),
}

/// An edge. `A & B --> C` is two.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Where it is written to begin.
    pub from: End,
    /// Where it is written to end.
    pub to: End,
    /// The mention that it begins at.
    pub from_span: Span,
    /// The mention that it ends at.
    pub to_span: Span,
    /// The link, without the blanks around it; with the text inside it (`-- text -->`).
    pub link: Span,
    /// Its label, where one is written.
    pub label: Option<Text>,
    /// Solid, thick, dotted.
    pub stroke: Stroke,
    /// What it has at either end.
    pub heads: Heads,
    /// How long it is drawn: 1 for `-->`, 2 for `--->`.
    pub length: u32,
    /// Its id, where one is written: `e1` in `e1@-->`.
    pub id: Option<Box<Text>>,
}

/// The line of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stroke {
    /// `-->`
    Normal,
    /// `==>`
    Thick,
    /// `-.->`
    Dotted,
    /// `~~~`
    Invisible,
}

/// What an edge has at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Heads {
    /// `---`
    None,
    /// `-->`, `--o`, `--x`
    End(Head),
    /// `<-->`, `o--o`, `x--x`
    Both(Head),
    /// `x-- text -->`: ends that do not fit together. Mermaid draws an arrow without a style.
    Mixed,
}

/// The form of an arrow head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Head {
    /// `>`
    Point,
    /// `o`
    Circle,
    /// `x`
    Cross,
}

/// A group (`subgraph`).
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id. Mermaid generates one (`subGraph0`) where the title has several words and no id stands before it; its
    /// span is then empty.
    pub id: Text,
    /// Its title; the id where no other is written.
    pub title: Text,
    /// The line that begins it: `subgraph`, id and title.
    pub header: Span,
    /// From `subgraph` to `end`.
    pub span: Span,
    /// The group that it stands in.
    pub parent: Option<u32>,
    /// Its `direction`, where it has one.
    pub direction: Option<Direction>,
}
