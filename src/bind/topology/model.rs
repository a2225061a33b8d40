//! What was understood of a topology: which layers its diagrams show, what answers each element, what leads where.
//!
//! Indices of elements are counted through all layers of the template's diagram, in their order.

use std::collections::HashSet;

use crate::markdown::model::BlockId;
use crate::span::Span;
use crate::template::model::ContentId;
use crate::template::model::set::Set;

/// The diagrams of one section, read as one topology. There is none where one of them could not be read in full.
#[derive(Debug)]
pub struct Topology {
    /// Which diagram of the template it answers.
    pub content: ContentId,
    /// The diagrams, in the order of the document.
    pub charts: Vec<Chart>,
    /// Every node of every diagram; ids that stand for groups, and what only `style` names, left out.
    pub nodes: Vec<Node>,
    /// Every group of every diagram.
    pub groups: Vec<Group>,
    /// Every arrow between nodes and groups, in the order of the document.
    pub arrows: Vec<Arrow>,
    /// By layer of the template.
    pub layers: Vec<BoundLayer>,
    /// What looks like an availability zone.
    pub zones: Vec<Zone>,
    /// The arrows that the template asks for, after absent layers are skipped over.
    pub flows: Vec<BoundFlow>,
    /// Arrows that the template forbids.
    pub exposed: Vec<Exposed>,
    /// Ids that no node declares and that are near to one.
    pub ghosts: Vec<Ghost>,
    /// What a resource table names and the diagrams do not draw.
    pub resources: Vec<Resource>,
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
    /// Where it is declared, else first mentioned.
    pub span: Span,
    /// The group whose lines declare it, else the one that draws it.
    pub group: Option<usize>,
    /// What its words say.
    pub said: Said,
    /// The layers that it belongs to.
    pub layers: Set,
    /// How it came by them.
    pub because: Because,
    /// The elements that it shows.
    pub shows: Set,
    /// The zone that it stands in: index into [`Topology::zones`].
    pub zone: Option<usize>,
    /// Whether an arrow touches it or a group around it.
    pub touched: bool,
    /// What it is meant to be, where its id is a slip: nothing else of it counts.
    pub meant: Option<End>,
}

/// A group of a topology.
#[derive(Debug, Clone)]
pub struct Group {
    /// Index into [`Topology::charts`].
    pub chart: usize,
    /// Index into the groups of its flowchart.
    pub index: usize,
    /// The line that begins it.
    pub header: Span,
    /// The group around it.
    pub parent: Option<usize>,
    /// What its title and id say.
    pub said: Said,
    /// How many nodes stand in it, at any depth.
    pub size: usize,
    /// The layers of which some node stands in it, at any depth.
    pub some: Set,
    /// What its title says, or that of a group around it.
    pub title: Title,
    /// The elements that its title shows. A group that holds nothing shows nothing.
    pub shows: Set,
    /// The zone that it is, or stands in: index into [`Topology::zones`].
    pub zone: Option<usize>,
}

/// What the title of a group says, or that of a group around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Title {
    /// The layers that its own says.
    pub own: Set,
    /// The layers of the nearest that says any, up to one that means nothing.
    pub nearest: Set,
    /// What it gives to nodes that say nothing themselves.
    pub gives: Option<(Set, Because)>,
}

/// What the words of a node or a group say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// The elements that they name.
    pub elements: Set,
    /// Those of them that the first phrase of the label (or of the id, where the label names none) names: what it is
    /// before all, a database in "PostgreSQL on EC2", an app in "App (SQLite)".
    pub first: Set,
    /// The elements that they say are not there.
    pub denied: Set,
    /// The layers of whose zones they speak.
    pub zones: Set,
    /// The layers for which they say that all zones are used ("Multi-AZ").
    pub all_zones: Set,
    /// Whether they hold a phrase that means nothing, so that its place does not make it anything either.
    pub nothing: bool,
}

/// How a node came by its layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Its own words.
    Words,
    /// It stands in a zone, and its words say nothing else.
    Zone,
    /// It stands in a group whose title says so, and its words say nothing else.
    Group,
    /// Nothing leads to it, and it leads to the first layers.
    Position,
    /// It belongs to none.
    Nothing,
}

/// One end of an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Index into [`Topology::nodes`].
    Node(usize),
    /// Index into [`Topology::groups`].
    Group(usize),
}

/// An arrow between nodes or groups; slips in ids are read as what they mean.
#[derive(Debug, Clone, Copy)]
pub struct Arrow {
    /// Where it begins.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// The link as written, without its ends.
    pub link: Span,
    /// From the beginning of its first end to the end of its second, as written.
    pub span: Span,
    /// Which way it leads.
    pub way: Way,
    /// Whether it is drawn to say that nothing leads there: `--x`, or a label such as "blocked".
    pub barred: bool,
}

/// Which way an arrow leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As it is written.
    Forth,
    /// Both ways: `<-->`, or a line without heads.
    Both,
}

/// A layer of the template in the topology.
#[derive(Debug, Clone)]
pub struct BoundLayer {
    /// By element of the layer.
    pub elements: Vec<BoundElement>,
    /// What became of the layer as a whole.
    pub state: LayerState,
    /// The waiver that declares the layer, or each of its elements, not applicable.
    pub waiver: Option<usize>,
    /// What became of the zones that it must show.
    pub zones: ZoneState,
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
    /// It is not drawn and need not be, or it is declared not applicable: flows skip over it.
    Absent,
}

/// An element of a layer in the topology.
#[derive(Debug, Clone, Copy)]
pub struct BoundElement {
    /// Its index.
    pub index: usize,
    /// Whether some node or title shows it.
    pub drawn: bool,
    /// The waiver that declares it, or its layer, not applicable.
    pub waiver: Option<usize>,
    /// Whether it must be drawn and is not.
    pub missing: bool,
}

/// What became of the zones of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneState {
    /// The template asks for none, or the layer itself is not drawn.
    NotAsked,
    /// So many have something of the layer in them, and that is enough.
    Enough(usize),
    /// A phrase such as "Multi-AZ" on a node or a group of the layer answers them all.
    Answered(End),
    /// So many have something of the layer in them, and that is too few.
    TooFew(usize),
    /// Declared not applicable by this waiver.
    Waived(usize),
}

/// Something that looks like an availability zone.
#[derive(Debug, Clone)]
pub struct Zone {
    /// The layer whose zone it is.
    pub layer: usize,
    /// The group that is titled so, or the node of the layer that names it.
    pub at: End,
    /// What it is called, in letters alone: several groups may be one zone (`Public subnet, AZ 1`, `Data, AZ 1`).
    pub name: String,
    /// Whether something of the layer stands in it.
    pub filled: bool,
    /// Whether nothing at all stands in it.
    pub empty: bool,
}

/// An arrow that the template asks for.
#[derive(Debug, Clone)]
pub struct BoundFlow {
    /// Index into the layers.
    pub from: usize,
    /// Index into the layers.
    pub to: usize,
    /// The arrow of the template (index into `Diagram::flow`) that it follows.
    pub along: usize,
    /// Those that it follows behind that, where it skips over absent layers.
    pub further: Vec<usize>,
    /// Whether it is there.
    pub state: FlowState,
}

impl BoundFlow {
    /// Whether it is just an arrow of the template.
    pub fn is(&self, flow: usize) -> bool {
        self.along == flow && self.further.is_empty()
    }
}

/// Whether an arrow from one layer to the next is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowState {
    /// It is: by this arrow, or within one node that belongs to both.
    Drawn(Option<usize>),
    /// It is not.
    Missing,
    /// Only backwards: by these arrows.
    Reversed(Vec<usize>),
    /// Declared not applicable; the arrow that draws it after all, where there is one.
    Waived(Option<usize>),
    /// One of its layers lacks something: that is said already. Whether an arrow is there all the same.
    Silent {
        /// Whether one is.
        drawn: bool,
    },
}

/// An arrow that the template forbids.
#[derive(Debug, Clone, Copy)]
pub struct Exposed {
    /// Which of `Diagram::never`.
    pub never: usize,
    /// Index into [`Topology::arrows`].
    pub arrow: usize,
    /// Whether the arrow is the other way round: a line that leads both ways.
    pub backwards: bool,
}

/// An id that no node declares and that is near to one that is declared.
#[derive(Debug, Clone)]
pub struct Ghost {
    /// Index into [`Topology::nodes`].
    pub node: usize,
    /// Every place where it is written.
    pub mentions: Vec<Span>,
    /// What is probably meant.
    pub meant: End,
}

/// An element that a resource table names and the diagrams do not draw.
#[derive(Debug, Clone, Copy)]
pub struct Resource {
    /// Index into the layers.
    pub layer: usize,
    /// Index into the elements of the layer.
    pub element: usize,
    /// The cell that names it.
    pub cell: Span,
    /// The table of the template that it stands in.
    pub table: ContentId,
}

impl Topology {
    /// Whether everything that must be drawn is: what follows from a lack is not judged.
    pub fn is_complete(&self) -> bool {
        let drawn = self.layers.iter().all(|layer| {
            matches!(layer.state, LayerState::Drawn | LayerState::Absent)
                && !matches!(layer.zones, ZoneState::TooFew(_))
        });
        drawn && !self.flows.iter().any(|flow| matches!(flow.state, FlowState::Missing | FlowState::Reversed(_)))
    }

    /// The nodes that belong to a layer.
    pub fn nodes_of(&self, layer: usize) -> impl DoubleEndedIterator<Item = usize> {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter(move |(_, node)| node.layers.contains(layer)).map(|(index, _)| index)
    }

    /// The nodes that show an element.
    pub fn nodes_showing(&self, element: usize) -> impl DoubleEndedIterator<Item = usize> {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter(move |(_, node)| node.shows.contains(element)).map(|(index, _)| index)
    }

    /// The groups whose title shows an element.
    pub fn groups_showing(&self, element: usize) -> impl Iterator<Item = usize> {
        let groups = self.groups.iter().enumerate();
        groups.filter(move |(_, group)| group.shows.contains(element)).map(|(index, _)| index)
    }

    /// The layers of a node, or of which some node stands in a group.
    pub fn some_layers(&self, end: End) -> Set {
        match end {
            End::Node(node) => self.nodes[node].layers,
            End::Group(group) => self.groups[group].some,
        }
    }

    /// The zones of a layer, several groups of one zone once: those with something of the layer in them, and those
    /// without.
    pub fn zones_of(&self, layer: usize) -> (Vec<&Zone>, Vec<&Zone>) {
        let mut seen = HashSet::new();
        let of_layer = || self.zones.iter().filter(|zone| zone.layer == layer);
        let filled = of_layer().filter(|zone| zone.filled && seen.insert(zone.name.as_str())).collect();
        let bare = of_layer().filter(|zone| !zone.filled && seen.insert(zone.name.as_str())).collect();
        (filled, bare)
    }

    /// What the words of a node or a group say.
    pub fn said(&self, end: End) -> Said {
        match end {
            End::Node(node) => self.nodes[node].said,
            End::Group(group) => self.groups[group].said,
        }
    }

    /// Where a node is declared, or the line that begins a group.
    pub fn span(&self, end: End) -> Span {
        match end {
            End::Node(node) => self.nodes[node].span,
            End::Group(group) => self.groups[group].header,
        }
    }
}
