//! What was understood of a topology: which layers its diagrams show, what answers each element, what leads where.

use crate::markdown::model::BlockId;
use crate::mermaid::model::Flowchart;
use crate::span::Span;
use crate::template::model::ContentId;

/// The diagrams of one section, read as one topology.
#[derive(Debug)]
pub struct Topology {
    /// Which diagram of the template it answers.
    pub content: ContentId,
    /// The diagrams, in the order of the document. Empty where none could be read in full.
    pub charts: Vec<Chart>,
    /// Every node of every diagram.
    pub nodes: Vec<Node>,
    /// Arrows between nodes: those of groups stand for their members.
    pub arrows: Vec<Arrow>,
    /// By layer of the template.
    pub layers: Vec<BoundLayer>,
    /// Groups that look like availability zones.
    pub zones: Vec<Zone>,
    /// The arrows that the template asks for, after absent layers are skipped over.
    pub flows: Vec<BoundFlow>,
    /// Arrows that the template forbids.
    pub exposed: Vec<Exposed>,
    /// Ids that no node declares and that are near to one.
    pub ghosts: Vec<Ghost>,
}

/// A flowchart of the topology.
#[derive(Debug, Clone, Copy)]
pub struct Chart {
    /// Its code block.
    pub block: BlockId,
    /// Index into `Reading::diagrams`.
    pub diagram: usize,
}

/// A node of a topology.
#[derive(Debug, Clone)]
pub struct Node {
    /// Index into [`Topology::charts`].
    pub chart: usize,
    /// Index into the nodes of its flowchart.
    pub index: usize,
    /// What the node is called: its label, else its id.
    pub name: String,
    /// Where it is declared, else first mentioned.
    pub span: Span,
    /// The elements (keys of `[words]`) that its words name.
    pub words: Vec<usize>,
    /// Whether one of its phrases names elements of several layers (`Supabase`).
    pub ambiguous: bool,
    /// The layers (of the template) that it belongs to.
    pub layers: Vec<usize>,
    /// How it came by them.
    pub because: Because,
    /// The zone that it stands in: index into [`Topology::zones`].
    pub zone: Option<usize>,
    /// Whether an edge touches it or a group around it.
    pub touched: bool,
}

/// How a node came by its layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Its own words.
    Words,
    /// It stands in a zone, and its words say nothing else.
    Zone,
    /// Nothing leads to it, and it leads to the first layers.
    Position,
    /// It belongs to none.
    Nothing,
}

/// An arrow between two nodes.
#[derive(Debug, Clone, Copy)]
pub struct Arrow {
    /// Index into [`Topology::nodes`].
    pub from: usize,
    /// Index into [`Topology::nodes`].
    pub to: usize,
    /// The link as written.
    pub span: Span,
}

/// A layer of the template in the topology.
#[derive(Debug, Clone)]
pub struct BoundLayer {
    /// By element of the layer.
    pub elements: Vec<BoundElement>,
    /// The nodes that belong to it.
    pub nodes: Vec<usize>,
    /// What became of the layer as a whole.
    pub state: LayerState,
    /// What became of the zones that it must show, if it must.
    pub zones: Option<ZoneState>,
}

/// What became of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerState {
    /// All its elements are drawn, or need not be.
    Drawn,
    /// Some element is missing.
    Partial,
    /// It is required, and nothing of it is drawn.
    Missing,
    /// It is not drawn, and need not be: optional, or declared not applicable.
    Absent,
}

/// An element of a layer in the topology.
#[derive(Debug, Clone)]
pub struct BoundElement {
    /// The nodes that show it.
    pub nodes: Vec<usize>,
    /// The groups whose title shows it: their headers.
    pub groups: Vec<Span>,
    /// The waiver that declares it, or its layer, not applicable.
    pub waiver: Option<usize>,
}

/// What became of the zones of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZoneState {
    /// There are enough.
    Enough,
    /// A phrase such as "Multi-AZ" on a node of the layer answers them.
    Answered(Span),
    /// There are too few with something of the layer in them.
    TooFew {
        /// How many count.
        found: usize,
    },
    /// Declared not applicable.
    Waived(usize),
    /// The layer itself is not drawn.
    Silent,
}

/// A group that looks like an availability zone.
#[derive(Debug, Clone)]
pub struct Zone {
    /// Its title.
    pub name: String,
    /// Its header, or the node that names it.
    pub span: Span,
    /// Whether something of the layer stands in it.
    pub filled: bool,
}

/// An arrow that the template asks for.
#[derive(Debug, Clone, Copy)]
pub struct BoundFlow {
    /// Index into the layers.
    pub from: usize,
    /// Index into the layers.
    pub to: usize,
    /// Whether it is there.
    pub state: FlowState,
}

/// Whether an arrow from one layer to the next is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowState {
    /// It is.
    Drawn,
    /// It is not.
    Missing,
    /// Only backwards: the first such arrow.
    Reversed(usize),
    /// Declared not applicable.
    Waived(usize),
    /// One of its layers lacks something: that is said already.
    Silent,
}

/// An arrow that the template forbids.
#[derive(Debug, Clone, Copy)]
pub struct Exposed {
    /// Which of `Diagram::never`.
    pub never: usize,
    /// Index into [`Topology::arrows`].
    pub arrow: usize,
}

/// An id that no node declares and that is near to one that is declared.
#[derive(Debug, Clone)]
pub struct Ghost {
    /// Where it is first mentioned.
    pub span: Span,
    /// What is written.
    pub written: String,
    /// The id that is probably meant.
    pub meant: String,
    /// Where that is declared.
    pub declared: Span,
}

impl Topology {
    /// Whether every layer shows what it must: what follows from a lack is not judged.
    pub fn is_complete(&self) -> bool {
        self.layers.iter().all(|layer| {
            matches!(layer.state, LayerState::Drawn | LayerState::Absent)
                && !matches!(layer.zones, Some(ZoneState::TooFew { .. }))
        })
    }

    /// The nodes of a layer that stand at its end: the last one drawn.
    pub fn last_of(&self, layer: usize) -> Option<&Node> {
        self.layers[layer].nodes.last().map(|&node| &self.nodes[node])
    }
}

/// The id of a flowchart's node as it is written.
pub(crate) fn id_of<'a>(chart: &'a Flowchart, node: usize, text: &'a str) -> &'a str {
    chart.nodes[node].id.of(text)
}
