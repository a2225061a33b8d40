//! A topology as its author wrote it, and lines as one would write them: names for messages, nodes and arrows for help.

use std::borrow::Cow;

use crate::bind::model::Binding;
use crate::bind::topology::model::{End, LayerState, Topology, Way};
use crate::markdown::model::BlockKind;
use crate::mermaid::model::{Flowchart, Text};
use crate::reading::Reading;
use crate::span::Span;
use crate::template::model::diagram::Diagram;
use crate::template::model::{Content, Template};

/// A topology with what it was made from.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    /// What was understood.
    pub topology: &'a Topology,
    /// What the template asks for.
    pub diagram: &'a Diagram,
    template: &'a Template,
    reading: &'a Reading,
}

/// Longest caption that is shown whole, in characters.
const LONGEST_CAPTION: usize = 40;

impl<'a> Drawing<'a> {
    /// The topology over the template and the text that it was bound from.
    pub fn new(topology: &'a Topology, template: &'a Template, reading: &'a Reading) -> Option<Self> {
        match template.content(topology.content) {
            Content::Diagram(diagram) => Some(Self { topology, diagram, template, reading }),
            _ => None,
        }
    }

    /// All topologies of a binding.
    pub fn all(
        binding: &'a Binding,
        template: &'a Template,
        reading: &'a Reading,
    ) -> impl Iterator<Item = Drawing<'a>> {
        binding.topologies.iter().filter_map(move |topology| Self::new(topology, template, reading))
    }

    fn flowchart(&self, chart: usize) -> Option<&'a Flowchart> {
        self.reading.diagrams().get(self.topology.charts[chart].diagram)?.diagram.flowchart.as_ref()
    }

    fn written(&self, end: End) -> Option<(&'a Text, Option<&'a Text>)> {
        match end {
            End::Node(node) => {
                let node = &self.topology.nodes[node];
                let written = &self.flowchart(node.chart)?.nodes[node.index];
                Some((&written.id, written.label.as_ref()))
            }
            End::Group(group) => {
                let group = &self.topology.groups[group];
                let written = &self.flowchart(group.chart)?.groups[group.index];
                Some((&written.id, Some(&written.title)))
            }
        }
    }

    /// The id of a node or group, as arrows name it.
    pub fn id(&self, end: End) -> &'a str {
        self.written(end).map_or("", |(id, _)| id.of(self.reading.source.text()))
    }

    /// What a reader of the picture sees first: the first line of the label, else the id.
    pub fn caption(&self, end: End) -> String {
        let text = self.reading.source.text();
        let label = self.written(end).and_then(|(_, label)| label).map(|label| first_line(label.of(text)));
        label.filter(|label| !label.is_empty()).unwrap_or_else(|| self.id(end).to_owned())
    }

    /// What messages call a node or group: its id, for that is what one writes; the caption where the id says nothing.
    pub fn name(&self, end: End) -> Cow<'a, str> {
        let id = self.id(end);
        let is_generated = self.written(end).is_some_and(|(id, _)| id.span.is_empty());
        let is_telling = id.chars().count() >= 3 || id.len() == 2 && id.bytes().all(|byte| byte.is_ascii_alphabetic());
        if is_telling && !is_generated { Cow::Borrowed(id) } else { Cow::Owned(self.caption(end)) }
    }

    /// What the template calls an element.
    pub fn element(&self, layer: usize, element: usize) -> &'a str {
        &self.template.words[self.diagram.layers[layer].elements[element].word].name
    }

    /// What people call the zones of a layer: the first of their words.
    pub fn zone_word(&self, layer: usize) -> &'a str {
        let zones = self.diagram.layers[layer].zones.as_ref();
        let word = zones.map(|zones| &self.template.words[zones.word]);
        word.map_or("zone", |word| {
            let first = word.phrases.iter().find(|phrase| !phrase.starts_with('/'));
            first.map_or(word.name.as_str(), String::as_str)
        })
    }

    /// The key under `[words]` of the zones of a layer.
    pub fn zone_key(&self, layer: usize) -> &'a str {
        let zones = self.diagram.layers[layer].zones.as_ref();
        zones.map_or("", |zones| self.template.words[zones.word].name.as_str())
    }

    /// An id for something new: `LoadBalancer` for "Load balancer", with a number where that is taken.
    pub fn fresh_id(&self, name: &str) -> String {
        let mut id = String::with_capacity(name.len());
        for word in name.split(|c: char| !c.is_alphanumeric()) {
            let mut letters = word.chars();
            id.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            id.push_str(letters.as_str());
        }
        let taken = self.ids();
        let numbered = (2..).map(|number| format!("{id}{number}"));
        std::iter::once(id.clone()).chain(numbered).find(|id| !taken.contains(&id.as_str())).unwrap_or(id)
    }

    /// All ids of nodes and groups.
    fn ids(&self) -> Vec<&'a str> {
        let ends = (0..self.topology.nodes.len()).map(End::Node).chain((0..self.topology.groups.len()).map(End::Group));
        ends.map(|end| self.id(end)).collect()
    }

    /// Whether an id is taken.
    pub fn is_taken(&self, id: &str) -> bool {
        self.ids().contains(&id)
    }

    /// A node as one would write it: `LoadBalancer[Load balancer]`.
    pub fn new_node(&self, name: &str) -> (String, String) {
        let id = self.fresh_id(name);
        let line = node_line(&id, name);
        (id, line)
    }

    /// The layers that lead to this one, the nearest that have nodes.
    pub fn before(&self, layer: usize) -> Option<usize> {
        self.nearest(layer, |at| self.diagram.flow.iter().find(|flow| flow.to == at).map(|flow| flow.from))
    }

    /// The layers that this one leads to, the nearest that have nodes.
    pub fn after(&self, layer: usize) -> Option<usize> {
        self.nearest(layer, |at| self.diagram.flow.iter().find(|flow| flow.from == at).map(|flow| flow.to))
    }

    fn nearest(&self, layer: usize, next: impl Fn(usize) -> Option<usize>) -> Option<usize> {
        let mut at = layer;
        for _ in &self.diagram.layers {
            at = next(at)?;
            let bound = &self.topology.layers[at];
            if at != layer && bound.state != LayerState::Absent && self.topology.nodes_of(at).next().is_some() {
                return Some(at);
            }
        }
        None
    }

    /// Whether a layer leads on to another: its elements stand behind each other. Else they stand side by side.
    pub fn is_passage(&self, layer: usize) -> bool {
        self.diagram.flow.iter().any(|flow| flow.from == layer) && self.diagram.layers[layer].zones.is_none()
    }

    /// The node by which one leaves a layer: the first that leads to another one, else the last.
    pub fn exit(&self, layer: usize) -> Option<usize> {
        let leaves = |&node: &usize| self.leads(|from, to| from == End::Node(node) && self.is_outside(to, layer));
        self.topology.nodes_of(layer).find(leaves).or_else(|| self.topology.nodes_of(layer).next_back())
    }

    /// The node by which one enters a layer: the first that another one leads to, else the first.
    pub fn entry(&self, layer: usize) -> Option<usize> {
        let enters = |&node: &usize| self.leads(|from, to| to == End::Node(node) && self.is_outside(from, layer));
        self.topology.nodes_of(layer).find(enters).or_else(|| self.topology.nodes_of(layer).next())
    }

    fn is_outside(&self, end: End, layer: usize) -> bool {
        !self.topology.some_layers(end).contains(layer)
    }

    /// Whether some arrow leads so.
    pub fn leads(&self, is_it: impl Fn(End, End) -> bool) -> bool {
        let arrows = &self.topology.arrows;
        arrows.iter().any(|arrow| is_it(arrow.from, arrow.to) || arrow.way == Way::Both && is_it(arrow.to, arrow.from))
    }

    /// The last node of a layer in the text, else the group whose title shows it.
    pub fn last_of(&self, layer: usize) -> Option<End> {
        let node = self.topology.nodes_of(layer).max_by_key(|&node| self.topology.nodes[node].span);
        let elements = &self.topology.layers[layer].elements;
        let mut groups = elements.iter().flat_map(|element| self.topology.groups_showing(element.index));
        node.map(End::Node).or_else(|| groups.next().map(End::Group))
    }

    /// The line that opens the first diagram.
    pub fn opening(&self) -> Span {
        let block = self.reading.document.block(self.topology.charts[0].block);
        match &block.kind {
            BlockKind::Code(code) => code.fence.map_or(block.span.head(), |fence| fence.opening),
            _ => block.span.head(),
        }
    }

    /// What names an element and yet draws nothing: a node that denies it, a group without nodes, a comment.
    pub fn not_drawn(&self, layer: usize, element: usize) -> Vec<(Span, &'static str)> {
        let text = self.reading.source.text();
        let (at, word) =
            (self.topology.layers[layer].elements[element].index, self.diagram.layers[layer].elements[element].word);
        let mut places = Vec::new();
        let denying = self.topology.nodes.iter().filter(|node| node.said.denied.contains(at));
        places.extend(denying.map(|node| (node.span, "this says that there is none")));
        let empty = self.topology.groups.iter().filter(|group| group.size == 0 && group.said.elements.contains(at));
        places.extend(empty.map(|group| (group.header, "a group with nothing in it draws nothing")));
        for chart in 0..self.topology.charts.len() {
            let comments = self.flowchart(chart).map_or(&[][..], |chart| &chart.comments);
            let names = |span: &&Span| self.template.matcher().words_in(&text[span.range()]).contains(&word);
            places.extend(comments.iter().find(names).map(|&span| (span, "a comment draws nothing")));
        }
        places
    }
}

/// A node as one would write it.
pub fn node_line(id: &str, label: &str) -> String {
    let plain = label.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-');
    if plain { format!("{id}[{label}]") } else { format!("{id}[\"{label}\"]") }
}

/// A name within a sentence: "load balancer", but "WAF" and "DNS/Edge".
pub fn in_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(name[first.len_utf8()..].chars()).collect()
        }
        _ => name.to_owned(),
    }
}

/// The first line of a label that holds anything, without tags and emphasis.
fn first_line(label: &str) -> String {
    let mut line = String::new();
    let mut rest = label.trim();
    while let Some(c) = rest.chars().next() {
        let tag = c == '<' && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let breaks = rest.starts_with(['\n', '\r']) || rest.starts_with("\\n") || rest.starts_with("<br");
        if breaks && !line.trim().is_empty() {
            break;
        }
        let taken = match c {
            _ if tag => rest.find('>').map_or(1, |end| end + 1),
            '\\' if rest.starts_with("\\n") => 2,
            ':' if rest.starts_with(":fa-") => rest.find(' ').unwrap_or(rest.len()),
            _ => c.len_utf8(),
        };
        if taken == c.len_utf8() && !matches!(c, '*' | '\n' | '\r' | '`') {
            line.push(c);
        }
        rest = &rest[taken..];
    }
    let line = line.trim();
    let line = line.strip_prefix("fa ").or_else(|| line.strip_prefix("fab ")).unwrap_or(line).trim();
    if line.chars().count() <= LONGEST_CAPTION {
        return line.to_owned();
    }
    let cut: String = line.chars().take(LONGEST_CAPTION).collect();
    format!("{}…", cut.trim_end())
}
