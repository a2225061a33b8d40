//! Which layers each node belongs to, and what became of each layer and its elements.

use crate::bind::model::{Target, Waiver};
use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{Arrow, Because, BoundElement, BoundLayer, End, LayerState, Said, ZoneState};
use crate::bind::topology::said::Lexicon;
use crate::bind::topology::set::Set;
use crate::bind::topology::zones::Zones;
use crate::template::model::ContentId;
use crate::template::model::diagram::Diagram;

/// What the template says of the places of its layers.
pub(super) struct Places {
    /// Layers that lead on and that nothing leads to, but for those with zones: the users.
    pub(super) sources: Set,
    /// Layers with zones: what stands in a zone belongs to them unless its words say otherwise.
    pub(super) zoned: Set,
}

impl Places {
    pub(super) fn new(diagram: &Diagram) -> Self {
        let mut places = Self { sources: Set::default(), zoned: Set::default() };
        for (index, layer) in diagram.layers.iter().enumerate() {
            let leads = diagram.flow.iter().any(|flow| flow.from == index);
            let is_led_to = diagram.flow.iter().any(|flow| flow.to == index);
            if layer.zones.is_some() {
                places.zoned.insert(index);
            } else if leads && !is_led_to {
                places.sources.insert(index);
            }
        }
        places
    }
}

/// Decides which layers each node belongs to.
pub(super) fn assign(all: &mut Collected, diagram: &Diagram, lexicon: &Lexicon, places: &Places, zones: &Zones) {
    for node in all.nodes.iter_mut().filter(|node| node.meant.is_none()) {
        node.zone = node.group.and_then(|group| zones.of_group[group]);
        node.layers = by_words(node.said, lexicon, places);
        node.because = if node.layers.is_empty() { Because::Nothing } else { Because::Words };
    }
    sum(all);
    let by_group = inherited(all, lexicon, places, zones);
    for node in all.nodes.iter_mut().filter(|node| node.meant.is_none()) {
        let Some((layers, because)) = node.group.and_then(|group| by_group[group]) else { continue };
        let is_silent = node.said.elements.is_empty() && node.said.denied.is_empty() && !node.said.nothing;
        // A client that runs in a cluster is no user.
        let is_user = !node.layers.is_empty() && node.layers.is_within(places.sources);
        if is_silent || is_user && layers.is_within(places.zoned) {
            (node.layers, node.because) = (layers, because);
        }
    }
    by_position(all, diagram, lexicon, places);
    sum(all);
}

/// Adds up which layers stand in each group.
fn sum(all: &mut Collected) {
    for &group in all.outside_in.iter().rev() {
        let inner = all.groups[group].groups.iter().map(|&inner| all.groups[inner].some);
        let own = all.groups[group].nodes.iter().map(|&node| all.nodes[node].layers);
        all.groups[group].some = inner.chain(own).fold(Set::default(), Set::with);
    }
}

/// "User Service" is no user: words of any other layer win over those of the first one, and so do those that mean
/// nothing ("KMS, customer managed keys").
fn by_words(said: Said, lexicon: &Lexicon, places: &Places) -> Set {
    let layers = lexicon.layers_of(said.elements);
    let others = layers.without(places.sources);
    if others.is_empty() && !said.nothing { layers } else { others }
}

/// By group: the layers that its title, or that of a group around it, gives to nodes that say nothing themselves.
/// Where other nodes of such a group do say what it is titled, those that do not are something else: keys, policies.
/// Only what runs is seldom named after what it is.
fn inherited(all: &Collected, lexicon: &Lexicon, places: &Places, zones: &Zones) -> Vec<Option<(Set, Because)>> {
    let mut by_group: Vec<Option<(Set, Because)>> = vec![None; all.groups.len()];
    for &group in &all.outside_in {
        let value = &all.groups[group];
        let titled = by_words(value.said, lexicon, places);
        let own = titled.without(value.some.without(places.zoned));
        by_group[group] = if value.said.nothing {
            None
        } else if !titled.is_empty() {
            (!own.is_empty()).then_some((own, Because::Group))
        } else if zones.is_zone[group] {
            Some((value.said.zones, Because::Zone))
        } else {
            value.parent.and_then(|parent| by_group[parent])
        };
    }
    by_group
}

/// Users cannot be listed: what no arrow enters and what leads to the layer behind them is one of them, unless its
/// words are those of another layer than the one with the zones. So is what stands in a group that is titled so and
/// leads somewhere ("Client layer": a web app, a mobile app).
fn by_position(all: &mut Collected, diagram: &Diagram, lexicon: &Lexicon, places: &Places) {
    for source in places.sources.iter() {
        let mut allowed = lexicon.layers[source];
        for zoned in places.zoned.iter() {
            allowed = allowed.with(lexicon.layers[zoned]);
        }
        let titled = titled(all, lexicon, places, source);
        let around = around(all, source, front(all, diagram, places, source), places);
        for (node, value) in all.nodes.iter_mut().enumerate() {
            let is_open = value.meant.is_none()
                && !value.said.nothing
                && value.said.denied.is_empty()
                && value.said.elements.is_within(allowed)
                && matches!(value.because, Because::Words | Because::Nothing);
            let is_placed = around.fronts[node] || titled[node] && around.leads[node];
            if is_open && value.layers != Set::of(source) && is_placed && !around.entered[node] {
                value.layers = Set::of(source);
                value.because = Because::Position;
            }
        }
    }
}

/// By node: whether a group around it is titled as users, and as nothing else.
fn titled(all: &Collected, lexicon: &Lexicon, places: &Places, source: usize) -> Vec<bool> {
    let mut groups = vec![false; all.groups.len()];
    let mut nodes = vec![false; all.nodes.len()];
    for &group in &all.outside_in {
        let value = &all.groups[group];
        let own = by_words(value.said, lexicon, places);
        let around = value.parent.is_some_and(|parent| groups[parent]);
        groups[group] = if own.is_empty() { around && !value.said.nothing } else { own == Set::of(source) };
        for &node in &value.nodes {
            nodes[node] = groups[group];
        }
    }
    nodes
}

/// The first layer behind the users that is drawn, before the one with the zones.
fn front(all: &Collected, diagram: &Diagram, places: &Places, source: usize) -> Option<usize> {
    let drawn = all.nodes.iter().fold(Set::default(), |drawn, node| drawn.with(node.layers));
    let mut at = source;
    for _ in &diagram.layers {
        at = diagram.flow.iter().find(|flow| flow.from == at)?.to;
        if places.zoned.contains(at) {
            return None;
        }
        if drawn.contains(at) {
            return Some(at);
        }
    }
    None
}

/// What the arrows say of each node.
struct Around {
    /// Whether one enters it or a group around it.
    entered: Vec<bool>,
    /// Whether one leads from there to anything.
    leads: Vec<bool>,
    /// Whether one leads from there to users, or to the layer behind them (and no further: what deploys to a server
    /// that answers requests itself is no user).
    fronts: Vec<bool>,
}

fn around(all: &Collected, source: usize, front: Option<usize>, places: &Places) -> Around {
    let is_it = |layers: Set| {
        let is_front = front.is_some_and(|front| layers.contains(front));
        is_front && !layers.overlaps(places.zoned) || front.is_some() && layers.contains(source)
    };
    let mut some = vec![false; all.groups.len()];
    for &group in all.outside_in.iter().rev() {
        let own = all.groups[group].nodes.iter().any(|&node| is_it(all.nodes[node].layers));
        some[group] = own || all.groups[group].groups.iter().any(|&inner| some[inner]);
    }
    let is_front = |end: End| match end {
        End::Node(node) => is_it(all.nodes[node].layers),
        End::Group(group) => some[group],
    };
    let marks = |is_it: &dyn Fn(&Arrow) -> Option<End>| inward(all, all.arrows.iter().filter_map(is_it));
    Around {
        entered: marks(&|arrow| Some(arrow.to)),
        leads: marks(&|arrow| Some(arrow.from)),
        fronts: marks(&|arrow| is_front(arrow.to).then_some(arrow.from)),
    }
}

/// By node: whether it or a group around it is marked.
pub(super) fn inward(all: &Collected, marked: impl Iterator<Item = End>) -> Vec<bool> {
    let mut nodes = vec![false; all.nodes.len()];
    let mut groups = vec![false; all.groups.len()];
    for end in marked {
        match end {
            End::Node(node) => nodes[node] = true,
            End::Group(group) => groups[group] = true,
        }
    }
    for &group in &all.outside_in {
        groups[group] |= all.groups[group].parent.is_some_and(|parent| groups[parent]);
        for &node in &all.groups[group].nodes {
            nodes[node] |= groups[group];
        }
    }
    nodes
}

/// What became of each layer; its zones are looked at later.
pub(super) fn bind(
    all: &Collected,
    diagram: &Diagram,
    lexicon: &Lexicon,
    places: &Places,
    content: ContentId,
    waivers: &[Waiver],
) -> Vec<BoundLayer> {
    let waiver = |target: Target| waivers.iter().position(|waiver| waiver.waives(target));
    let denied = denied_inside(all);
    let mut element = 0;
    let mut bound = Vec::with_capacity(diagram.layers.len());
    for (index, layer) in diagram.layers.iter().enumerate() {
        let whole = waiver(Target::Layer(content, index));
        let nodes: Vec<usize> = (0..all.nodes.len()).filter(|&node| all.nodes[node].layers.contains(index)).collect();
        let is_only = layer.elements.len() == 1;
        // A gateway may be drawn as a group of what it serves; a "Storage tier" of databases is no storage.
        let leads = diagram.flow.iter().any(|flow| flow.from == index);
        let open = if leads { Vec::new() } else { open_to(all, index) };
        let elements: Vec<BoundElement> = (0..layer.elements.len())
            .map(|own| {
                let at = element + own;
                let shows = |node: usize| {
                    let node = &all.nodes[node];
                    let by_place = is_only && matches!(node.because, Because::Zone | Because::Position);
                    by_place || node.said.elements.contains(at)
                };
                let titled = |group: usize| {
                    let value = &all.groups[group];
                    let is_it = value.said.elements.contains(at);
                    let of_layer = is_it && by_words(value.said, lexicon, places).contains(index);
                    of_layer && value.size > 0 && !denied[group].contains(at) && (leads || open[group])
                };
                BoundElement {
                    nodes: nodes.iter().copied().filter(|&node| shows(node)).collect(),
                    groups: (0..all.groups.len()).filter(|&group| titled(group)).collect(),
                    waiver: whole.or_else(|| waiver(Target::Element(content, index, own))),
                    missing: false,
                }
            })
            .collect();
        element += layer.elements.len();
        bound.push(layer_of(elements, nodes, whole, layer.required));
    }
    bound
}

fn layer_of(mut elements: Vec<BoundElement>, nodes: Vec<usize>, whole: Option<usize>, required: bool) -> BoundLayer {
    let each = || elements.iter().all(|element| element.waiver.is_some()).then(|| elements.first()?.waiver).flatten();
    let waiver = whole.or_else(each);
    let drawn = elements.iter().any(BoundElement::is_drawn);
    let state = if waiver.is_some() || !drawn && !required {
        LayerState::Absent
    } else if !required {
        LayerState::Drawn
    } else {
        for element in &mut elements {
            element.missing = element.waiver.is_none() && !element.is_drawn();
        }
        match (drawn, elements.iter().any(|element| element.missing)) {
            (false, _) => LayerState::Missing,
            (true, true) => LayerState::Partial,
            (true, false) => LayerState::Drawn,
        }
    };
    BoundLayer { elements, nodes, state, waiver, zones: ZoneState::NotAsked }
}

impl BoundElement {
    /// Whether some node or title shows it.
    pub fn is_drawn(&self) -> bool {
        !self.nodes.is_empty() || !self.groups.is_empty()
    }
}

/// By group: whether something stands in it that is of a layer, or says nothing of itself.
fn open_to(all: &Collected, layer: usize) -> Vec<bool> {
    let mut open = vec![false; all.groups.len()];
    for &group in all.outside_in.iter().rev() {
        let value = &all.groups[group];
        let is_open = |&node: &usize| {
            let node = &all.nodes[node];
            node.layers.contains(layer) || node.because != Because::Words
        };
        open[group] = value.nodes.iter().any(is_open) || value.groups.iter().any(|&inner| open[inner]);
    }
    open
}

/// By group: what nodes in it say is not there. "No WAF yet" in a group titled "WAF" is none.
fn denied_inside(all: &Collected) -> Vec<Set> {
    let mut denied = vec![Set::default(); all.groups.len()];
    for &group in all.outside_in.iter().rev() {
        let value = &all.groups[group];
        let own = value.nodes.iter().map(|&node| all.nodes[node].said.denied);
        let inner = value.groups.iter().map(|&inner| denied[inner]);
        denied[group] = own.chain(inner).fold(Set::default(), Set::with);
    }
    denied
}
