//! What to draw where something is missing: the place to point at, and the lines to write.

use crate::bind::topology::drawing::{Drawing, in_sentence};
use crate::bind::topology::model::{Because, End};
use crate::bind::topology::series::stem;
use crate::span::Span;
use crate::template::quoted::key;
use crate::text;

/// Where something is missing, and what to write there.
pub struct Advice {
    /// The place to point at.
    pub span: Span,
    /// A few words there.
    pub label: String,
    /// Lines of mermaid.
    pub lines: Vec<String>,
}

impl Advice {
    /// The lines as part of a sentence.
    pub fn shown(&self) -> String {
        text::list(&self.lines, "and")
    }

    /// For a layer of which nothing is drawn: it belongs behind the layer that leads to it.
    pub fn for_layer(drawing: Drawing, layer: usize) -> Self {
        let name = drawing.diagram.layers[layer].name.as_str();
        let (before, after) = (drawing.before(layer), drawing.after(layer));
        let (span, label) = match (before.and_then(|at| drawing.last_of(at)), after.and_then(|at| drawing.entry(at))) {
            (Some(end), _) => (drawing.topology.span(end), format!("`{name}` belongs after this")),
            (None, Some(node)) => (drawing.topology.nodes[node].span, format!("`{name}` belongs before this")),
            (None, None) => (drawing.opening(), "this diagram".to_owned()),
        };
        let (id, line) = drawing.new_node(drawing.element(layer, 0));
        let mut lines = vec![line];
        if let Some(node) = before.and_then(|at| drawing.exit(at)) {
            lines.push(format!("{} --> {id}", drawing.id(End::Node(node))));
        }
        if let Some(node) = after.and_then(|at| drawing.entry(at)) {
            lines.push(format!("{id} --> {}", drawing.id(End::Node(node))));
        }
        Self { span, label, lines }
    }

    /// For an element of a layer that is drawn in part. In a layer that leads on, elements stand behind each other;
    /// in one where paths end they stand side by side.
    pub fn for_element(drawing: Drawing, layer: usize, element: usize) -> Self {
        let name = drawing.diagram.layers[layer].name.as_str();
        let (span, label) = match drawing.last_of(layer) {
            Some(end) => (drawing.topology.span(end), format!("layer `{name}` ends here")),
            None => (drawing.opening(), "this diagram".to_owned()),
        };
        let (id, line) = drawing.new_node(drawing.element(layer, element));
        let elements = &drawing.topology.layers[layer].elements;
        let showing = |at: usize| drawing.topology.nodes_showing(elements[at].index);
        let behind = (0..element).rev().find_map(|at| showing(at).next_back()).filter(|_| drawing.is_passage(layer));
        let ahead = (element + 1..elements.len()).find_map(|at| showing(at).next());
        let ahead = ahead.filter(|_| drawing.is_passage(layer));
        let beside = drawing.before(layer).and_then(|at| drawing.exit(at));
        let name = |node: usize| drawing.id(End::Node(node));
        let arrow = match (behind, ahead) {
            (None, Some(node)) => Some(format!("{id} --> {}", name(node))),
            _ => behind.or(beside).map(|node| format!("{} --> {id}", name(node))),
        };
        Self { span, label, lines: std::iter::once(line).chain(arrow).collect() }
    }
}

/// What to write so that nodes or groups of no known layer are known: "if that is a zone, name it in ...".
pub fn name_it(drawing: Drawing, those_are: &str, word: &str, ends: &[End]) -> String {
    let them = if ends.len() == 1 { "it" } else { "them" };
    let mut phrases: Vec<String> = ends.iter().map(|&end| stem(&drawing.caption(end))).collect();
    phrases.dedup();
    let words = format!("{} = {phrases:?}", key(word));
    format!("if {those_are}, name {them} in `infralint.toml`, under `[words]`: `{words}`")
}

/// The same for an element that is missing, where nodes that no word knows stand in its place: behind what leads to
/// its layer, and before what that leads to. Nothing can be told where a layer leads nowhere.
pub fn name_unknown(drawing: Drawing, layer: usize, element: usize) -> Option<String> {
    let unknown = unknown_nodes(drawing, layer);
    let names: Vec<_> = unknown.iter().take(2).map(|&end| drawing.name(end)).collect();
    let word = drawing.element(layer, element);
    let is_it = format!("{} is the {}", text::list(&names, "or"), in_sentence(word));
    unknown.get(..1).map(|first| name_it(drawing, &is_it, word, first))
}

/// The same for layers of which nothing is drawn: only one of a single element can say what they would be.
pub fn name_unknown_of(drawing: Drawing, layers: &[usize]) -> Option<String> {
    let mut single = layers.iter().filter(|&&layer| drawing.diagram.layers[layer].elements.len() == 1);
    single.find_map(|&layer| name_unknown(drawing, layer, 0))
}

fn unknown_nodes(drawing: Drawing, layer: usize) -> Vec<End> {
    let topology = drawing.topology;
    let of = |end: End, other: usize| {
        let layers = topology.some_layers(end);
        layers.contains(layer) || layers.contains(other)
    };
    let (Some(before), Some(after)) = (drawing.before(layer), drawing.after(layer)) else { return Vec::new() };
    let nodes = (0..topology.nodes.len()).map(End::Node).filter(|&node| {
        // What is too long to be shown whole is no name.
        is_unknown(drawing, node)
            && !drawing.caption(node).ends_with('…')
            && drawing.leads(|from, to| to == node && of(from, before))
            && drawing.leads(|from, to| from == node && of(to, after))
    });
    nodes.collect()
}

/// Two groups that may be zones of a layer: something of it stands in each, no word knows them, and they are called
/// alike but for a number or a letter behind their name.
pub fn unknown_zones(drawing: Drawing, layer: usize) -> Option<[End; 2]> {
    let groups = &drawing.topology.groups;
    let is_it = |&group: &usize| {
        let value = &groups[group];
        value.some.contains(layer) && value.said.zones.is_empty() && is_unknown(drawing, End::Group(group))
    };
    let found: Vec<(usize, String, String)> = (0..groups.len())
        .filter(is_it)
        .map(|group| (group, drawing.caption(End::Group(group))))
        .map(|(group, caption)| (group, stem(&caption), caption))
        .collect();
    found.iter().enumerate().find_map(|(index, (first, stem, caption))| {
        let is_next = |(_, other_stem, other): &&(usize, String, String)| stem == other_stem && caption != other;
        found[index + 1..].iter().find(is_next).map(|&(second, ..)| [End::Group(*first), End::Group(second)])
    })
}

/// Whether no word knows what a node or a group is.
fn is_unknown(drawing: Drawing, end: End) -> bool {
    let said = drawing.topology.said(end);
    let is_placed = matches!(end, End::Node(node) if drawing.topology.nodes[node].because != Because::Nothing);
    !is_placed && said.elements.is_empty() && said.denied.is_empty() && !said.nothing
}

/// `no WAF`, `no DNS, CDN or WAF`: the elements of a layer in a sentence.
pub fn none_of(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| in_sentence(name)).collect();
    match names.as_slice() {
        [] => "nothing".to_owned(),
        [one] => format!("no {one}"),
        [first @ .., last] => format!("no {} or {last}", first.join(", ")),
    }
}
