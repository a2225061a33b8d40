//! What the words of nodes and groups say, in terms of the template's layers.

use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{Chart, Said};
use crate::bind::topology::set::Set;
use crate::mermaid::model::Flowchart;
use crate::template::model::{Diagram, Template};
use crate::words::Hit;
use crate::words::texts::Texts;

/// The words of a template as one of its diagrams sees them.
pub(super) struct Lexicon {
    /// By word of the template.
    words: Vec<Means>,
    /// By layer: its elements.
    pub(super) layers: Vec<Set>,
}

#[derive(Default, Clone, Copy)]
struct Means {
    elements: Set,
    zones: Set,
    all_zones: Set,
}

impl Lexicon {
    pub(super) fn new(template: &Template, diagram: &Diagram) -> Self {
        let mut words = vec![Means::default(); template.words.len()];
        let mut layers = Vec::with_capacity(diagram.layers.len());
        let mut element = 0;
        for (index, layer) in diagram.layers.iter().enumerate() {
            let mut own = Set::default();
            for wanted in &layer.elements {
                words[wanted.word].elements.insert(element);
                own.insert(element);
                element += 1;
            }
            layers.push(own);
            if let Some(zones) = &layer.zones {
                words[zones.word].zones.insert(index);
                if let Some(or) = zones.or {
                    words[or].all_zones.insert(index);
                }
            }
        }
        Self { words, layers }
    }

    /// The layers that elements belong to.
    pub(super) fn layers_of(&self, elements: Set) -> Set {
        let mut layers = Set::default();
        for (layer, own) in self.layers.iter().enumerate() {
            if own.overlaps(elements) {
                layers.insert(layer);
            }
        }
        layers
    }

    /// What is said where a hit is added.
    fn add(&self, said: &mut Said, words: &[usize], negated: bool) {
        let mut means = Means::default();
        for &word in words {
            means.elements = means.elements.with(self.words[word].elements);
            means.zones = means.zones.with(self.words[word].zones);
            means.all_zones = means.all_zones.with(self.words[word].all_zones);
        }
        if negated {
            said.denied = said.denied.with(means.elements);
            return;
        }
        said.nothing |= words.is_empty();
        said.elements = said.elements.with(means.elements);
        said.zones = said.zones.with(means.zones);
        said.all_zones = said.all_zones.with(means.all_zones);
        let layers = self.layers_of(means.elements);
        if layers.iter().nth(1).is_none() {
            said.clear = said.clear.with(means.elements);
        }
    }
}

/// Reads what all nodes and groups say. Returns the name of the zone of each node that speaks of one.
pub(super) fn read(
    all: &mut Collected,
    charts: &[(Chart, &Flowchart)],
    template: &Template,
    lexicon: &Lexicon,
    text: &str,
) -> Vec<(usize, String)> {
    let matcher = template.matcher();
    let series: Vec<Series> = charts.iter().map(|(_, chart)| Series::new(chart, text)).collect();
    let mut texts = Texts::default();
    // By text: a node, or a group behind all nodes.
    let mut owners = Vec::new();
    for (owner, node) in all.nodes.iter().enumerate().filter(|(_, node)| node.meant.is_none()) {
        let written = &charts[node.chart].1.nodes[node.index];
        let id = written.id.of(text);
        if !series[node.chart].holds(id) {
            texts.push(id);
            owners.push(owner);
        }
        if let Some(label) = &written.label {
            texts.push(label.of(text));
            owners.push(owner);
        }
    }
    for (owner, group) in all.groups.iter().enumerate() {
        let written = &charts[group.chart].1.groups[group.index];
        texts.push(written.title.of(text));
        owners.push(all.nodes.len() + owner);
        if !written.id.span.is_empty() && written.id.span != written.title.span {
            texts.push(written.id.of(text));
            owners.push(all.nodes.len() + owner);
        }
    }
    let hits = matcher.find(&texts);
    let mut zones = Vec::new();
    for Hit { text, phrase, negated, .. } in &hits {
        let (words, owner) = (matcher.words(*phrase), owners[*text]);
        let said = match all.nodes.get_mut(owner) {
            Some(node) => &mut node.said,
            None => &mut all.groups[owner - all.nodes.len()].said,
        };
        lexicon.add(said, words, *negated);
    }
    for said in
        all.nodes.iter_mut().map(|node| &mut node.said).chain(all.groups.iter_mut().map(|group| &mut group.said))
    {
        said.elements = said.elements.without(said.denied);
        said.clear = said.clear.without(said.denied);
    }
    for hit in &hits {
        let owner = owners[hit.text];
        let speaks = |word: &usize| !lexicon.words[*word].zones.is_empty();
        if owner < all.nodes.len() && !hit.negated && matcher.words(hit.phrase).iter().any(speaks) {
            zones.push((owner, matcher.name_of(hit, &texts).to_owned()));
        }
    }
    zones.sort();
    zones.dedup_by_key(|(owner, _)| *owner);
    zones
}

/// Ids of one letter and a number that count: `S1`, `S2`, `S3`. None of them is a word, although `S3` may be one.
struct Series {
    /// By letter: whether there are several.
    letters: [u8; 26],
}

impl Series {
    fn new(chart: &Flowchart, text: &str) -> Self {
        let mut letters = [0u8; 26];
        for node in &chart.nodes {
            if let Some(letter) = Self::letter(node.id.of(text)) {
                letters[letter] = letters[letter].saturating_add(1);
            }
        }
        Self { letters }
    }

    fn letter(id: &str) -> Option<usize> {
        let (first, number) = id.as_bytes().split_first()?;
        let counts = !number.is_empty() && number.iter().all(u8::is_ascii_digit);
        (counts && first.is_ascii_alphabetic()).then(|| usize::from(first.to_ascii_lowercase() - b'a'))
    }

    fn holds(&self, id: &str) -> bool {
        Self::letter(id).is_some_and(|letter| self.letters[letter] > 1)
    }
}
