//! What to draw where something is missing: the place to point at, and the lines to write.

use crate::bind::topology::drawing::{Drawing, in_sentence};
use crate::bind::topology::model::End;
use crate::span::Span;
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
        let last = |at: usize| elements[at].nodes.last().copied();
        let behind = (0..element).rev().find_map(last).filter(|_| drawing.is_passage(layer));
        let ahead = (element + 1..elements.len()).find_map(|at| elements[at].nodes.first().copied());
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

/// `no WAF`, `no DNS, CDN or WAF`: the elements of a layer in a sentence.
pub fn none_of(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| in_sentence(name)).collect();
    match names.as_slice() {
        [] => "nothing".to_owned(),
        [one] => format!("no {one}"),
        [first @ .., last] => format!("no {} or {last}", first.join(", ")),
    }
}
