//! Which layers each node belongs to, and what became of each layer and its elements.

use std::cell::LazyCell;

use crate::bind::model::{Target, Waiver};
use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{
    Because, BoundElement, BoundLayer, End, LayerState, Node, Said, Title, Zone, ZoneState,
};
use crate::template::model::ContentId;
use crate::template::model::diagram::Diagram;
use crate::template::model::lexicon::Lexicon;
use crate::template::model::set::Set;

/// Decides which layers each node belongs to.
pub(super) fn assign(all: &mut Collected, diagram: &Diagram, zones: &[Zone]) {
    let lexicon = &diagram.lexicon;
    for node in all.nodes.iter_mut().filter(|node| node.meant.is_none()) {
        node.zone = node.group.and_then(|group| all.groups[group].zone);
        node.layers = by_words(&node.said, lexicon);
        node.because = if node.layers.is_empty() { Because::Nothing } else { Because::Words };
    }
    sum(all);
    read_titles(all, lexicon, zones);
    for node in all.nodes.iter_mut().filter(|node| node.meant.is_none()) {
        let Some((layers, because)) = node.group.and_then(|group| all.groups[group].title.gives) else { continue };
        let is_silent = node.said.elements.is_empty() && node.said.denied.is_empty() && !node.said.nothing;
        // A client that runs in a cluster is no user.
        let is_user = !node.layers.is_empty() && node.layers.is_within(lexicon.sources);
        if is_silent || is_user && layers.is_within(lexicon.zoned) {
            (node.layers, node.because) = (layers, because);
        }
    }
    let around = around(all);
    for (node, around) in all.nodes.iter_mut().zip(&around) {
        node.touched = around.entered || around.leads;
    }
    by_position(all, diagram, &around);
    sum(all);
}

/// Adds up which layers stand in each group.
fn sum(all: &mut Collected) {
    all.groups.iter_mut().for_each(|group| group.some = Set::default());
    for node in all.nodes.iter().filter(|node| node.meant.is_none()) {
        if let Some(group) = node.group {
            all.groups[group].some = all.groups[group].some.with(node.layers);
        }
    }
    for &group in all.outside_in.iter().rev() {
        if let Some(parent) = all.groups[group].parent {
            all.groups[parent].some = all.groups[parent].some.with(all.groups[group].some);
        }
    }
}

/// "User Service" is no user: words of any other layer win over those of the first one, and so do those that mean
/// nothing ("KMS, customer managed keys").
fn by_words(said: &Said, lexicon: &Lexicon) -> Set {
    let layers = lexicon.layers_of(said.elements);
    let others = layers.without(lexicon.sources);
    if others.is_empty() && !said.nothing { layers } else { others }
}

/// Reads what the title of each group says, and what it gives to nodes that say nothing themselves.
/// Where other nodes of such a group do say what it is titled, those that do not are something else: keys, policies.
/// Only what runs is seldom named after what it is.
fn read_titles(all: &mut Collected, lexicon: &Lexicon, zones: &[Zone]) {
    for &group in &all.outside_in {
        let value = &all.groups[group];
        let around = value.parent.map(|parent| all.groups[parent].title).unwrap_or_default();
        let own = by_words(&value.said, lexicon);
        let is_zone = value.zone.is_some_and(|zone| zones[zone].at == End::Group(group));
        let (nearest, gives) = if value.said.nothing {
            (own, None)
        } else if !own.is_empty() {
            let given = own.without(value.some.without(lexicon.zoned));
            (own, (!given.is_empty()).then_some((given, Because::Group)))
        } else if is_zone {
            (around.nearest, Some((value.said.zones, Because::Zone)))
        } else {
            (around.nearest, around.gives)
        };
        all.groups[group].title = Title { own, nearest, gives };
    }
}

/// Users cannot be listed: what no arrow enters and what leads to the layer behind them is one of them, unless its
/// words are those of another layer than the one with the zones. So is what stands in a group that is titled so and
/// leads somewhere ("Client layer": a web app, a mobile app).
fn by_position(all: &mut Collected, diagram: &Diagram, around: &[Around]) {
    let lexicon = &diagram.lexicon;
    for source in lexicon.sources.iter() {
        let mut allowed = lexicon.elements_of(source);
        for zoned in lexicon.zoned.iter() {
            allowed = allowed.with(lexicon.elements_of(zoned));
        }
        let groups = &all.groups;
        let is_titled = |group: usize| groups[group].title.nearest == Set::of(source);
        let fronts = fronts(all, source, front(all, diagram, source), lexicon);
        for (node, value) in all.nodes.iter_mut().enumerate() {
            let is_open = value.meant.is_none()
                && !value.said.nothing
                && value.said.denied.is_empty()
                && value.said.elements.is_within(allowed)
                && matches!(value.because, Because::Words | Because::Nothing);
            let is_placed = fronts[node] || around[node].leads && value.group.is_some_and(is_titled);
            if is_open && value.layers != Set::of(source) && is_placed && !around[node].entered {
                value.layers = Set::of(source);
                value.because = Because::Position;
            }
        }
    }
}

/// The first layer behind the users that is drawn, before the one with the zones.
fn front(all: &Collected, diagram: &Diagram, source: usize) -> Option<usize> {
    let drawn = all.drawn_layers();
    let mut at = source;
    for _ in &diagram.layers {
        at = diagram.flow.iter().find(|flow| flow.from == at)?.to;
        if diagram.lexicon.zoned.contains(at) {
            return None;
        }
        if drawn.contains(at) {
            return Some(at);
        }
    }
    None
}

/// What the arrows say of a node.
#[derive(Clone, Copy, Default)]
struct Around {
    /// Whether one enters it or a group around it.
    entered: bool,
    /// Whether one leads from there to anything.
    leads: bool,
}

fn around(all: &Collected) -> Vec<Around> {
    let enters = all.arrows.iter().map(|arrow| (arrow.to, Around { entered: true, leads: false }));
    let leads = all.arrows.iter().map(|arrow| (arrow.from, Around { entered: false, leads: true }));
    let both = |a: Around, b: Around| Around { entered: a.entered || b.entered, leads: a.leads || b.leads };
    inward(all, enters.chain(leads), both)
}

/// By node: whether an arrow leads from it or a group around it to users, or to the layer behind them (and no further:
/// what deploys to a server that answers requests itself is no user).
fn fronts(all: &Collected, source: usize, front: Option<usize>, lexicon: &Lexicon) -> Vec<bool> {
    let is_it = |layers: Set| {
        let is_front = front.is_some_and(|front| layers.contains(front));
        is_front && !layers.overlaps(lexicon.zoned) || front.is_some() && layers.contains(source)
    };
    // Few arrows lead to groups.
    let some = LazyCell::new(|| all.add_up(|node| is_it(node.layers), |a, b| a || b));
    let is_front = |end: End| match end {
        End::Node(node) => is_it(all.nodes[node].layers),
        End::Group(group) => some[group],
    };
    let leads = all.arrows.iter().filter(|arrow| is_front(arrow.to)).map(|arrow| (arrow.from, true));
    inward(all, leads, |a, b| a || b)
}

/// By node, and by group behind all nodes: what is said of it and of the groups around it.
fn inward<T: Copy + Default>(
    all: &Collected,
    said: impl Iterator<Item = (End, T)>,
    both: impl Fn(T, T) -> T,
) -> Vec<T> {
    let of_group = |group: usize| all.nodes.len() + group;
    let mut known = vec![T::default(); of_group(all.groups.len())];
    for (end, said) in said {
        let at = match end {
            End::Node(node) => node,
            End::Group(group) => of_group(group),
        };
        known[at] = both(known[at], said);
    }
    for &group in &all.outside_in {
        let at = of_group(group);
        if let Some(parent) = all.groups[group].parent {
            known[at] = both(known[at], known[of_group(parent)]);
        }
    }
    for (node, group) in all.members() {
        known[node] = both(known[node], known[of_group(group)]);
    }
    known
}

/// What became of each layer; its zones are looked at later.
pub(super) fn bind(all: &mut Collected, diagram: &Diagram, content: ContentId, waivers: &[Waiver]) -> Vec<BoundLayer> {
    let drawn = show_nodes(all, diagram).with(show_groups(all, &diagram.lexicon));
    let waiver = |target: Target| waivers.iter().position(|waiver| waiver.waives(target));
    let mut bound = Vec::with_capacity(diagram.layers.len());
    for (index, layer) in diagram.layers.iter().enumerate() {
        let whole = waiver(Target::Layer(content, index));
        let element = |own: usize| {
            let waiver = whole.or_else(|| waiver(Target::Element(content, index, own)));
            let index = diagram.lexicon.first_of(index) + own;
            BoundElement { index, drawn: drawn.contains(index), waiver, missing: false }
        };
        let elements = (0..layer.elements.len()).map(element).collect();
        let (state, zones) = (LayerState::Absent, ZoneState::NotAsked);
        bound.push(judge(BoundLayer { elements, state, waiver: whole, zones }, layer.required));
    }
    bound
}

/// Says which elements each node shows; returns all of them.
fn show_nodes(all: &mut Collected, diagram: &Diagram) -> Set {
    let mut drawn = Set::default();
    for node in &mut all.nodes {
        for layer in node.layers.iter() {
            let own = diagram.lexicon.elements_of(layer);
            let is_placed = matches!(node.because, Because::Zone | Because::Position);
            let by_place = is_placed && diagram.layers[layer].elements.len() == 1;
            node.shows = node.shows.with(if by_place { own } else { own.and(node.said.elements) });
        }
        drawn = drawn.with(node.shows);
    }
    drawn
}

/// Says which elements the title of each group shows; returns all of them.
fn show_groups(all: &mut Collected, lexicon: &Lexicon) -> Set {
    let mut drawn = Set::default();
    let mut inside = None;
    for index in 0..all.groups.len() {
        let group = &all.groups[index];
        let mut shows = Set::default();
        for at in group.said.elements.iter().filter(|_| group.size > 0) {
            let layer = lexicon.layer_of(at);
            if !group.title.own.contains(layer) {
                continue;
            }
            let inside: &Vec<Inside> = inside.get_or_insert_with(|| all.add_up(Inside::of, Inside::with));
            // A gateway may be drawn as a group of what it serves; a "Storage tier" of databases is no storage.
            let is_open = lexicon.leading.contains(layer) || inside[index].open.contains(layer);
            if is_open && !inside[index].denied.contains(at) {
                shows.insert(at);
            }
        }
        all.groups[index].shows = shows;
        drawn = drawn.with(shows);
    }
    drawn
}

fn judge(mut layer: BoundLayer, required: bool) -> BoundLayer {
    let elements = &mut layer.elements;
    let each = || elements.iter().all(|element| element.waiver.is_some()).then(|| elements.first()?.waiver).flatten();
    layer.waiver = layer.waiver.or_else(each);
    let drawn = elements.iter().any(|element| element.drawn);
    layer.state = if layer.waiver.is_some() || !drawn && !required {
        LayerState::Absent
    } else if !required {
        LayerState::Drawn
    } else {
        for element in elements.iter_mut() {
            element.missing = element.waiver.is_none() && !element.drawn;
        }
        match (drawn, elements.iter().any(|element| element.missing)) {
            (false, _) => LayerState::Missing,
            (true, true) => LayerState::Partial,
            (true, false) => LayerState::Drawn,
        }
    };
    layer
}

/// What stands in a group.
#[derive(Clone, Copy, Default)]
struct Inside {
    /// What its nodes say is not there. "No WAF yet" in a group titled "WAF" is none.
    denied: Set,
    /// The layers of its nodes; all, where one of them says nothing of itself.
    open: Set,
}

impl Inside {
    fn of(node: &Node) -> Self {
        let open = if node.because == Because::Words { node.layers } else { Set::ALL };
        Self { denied: node.said.denied, open }
    }

    fn with(self, other: Self) -> Self {
        Self { denied: self.denied.with(other.denied), open: self.open.with(other.open) }
    }
}
