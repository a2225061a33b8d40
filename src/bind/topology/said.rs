//! What the words of nodes and groups say, in terms of the template's layers.

use std::collections::HashMap;

use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{Chart, End, Said};
use crate::bind::topology::set::Set;
use crate::mermaid::model::Flowchart;
use crate::template::model::Template;
use crate::template::model::diagram::Diagram;
use crate::words::Hit;
use crate::words::texts::Texts;

/// The words of a template as one of its diagrams sees them.
pub(super) struct Lexicon {
    /// By word of the template.
    words: Vec<Means>,
    /// By layer: its elements.
    pub(super) layers: Vec<Set>,
    /// The layers with zones.
    zoned: Set,
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
        let (mut element, mut zoned) = (0, Set::default());
        for (index, layer) in diagram.layers.iter().enumerate() {
            let mut own = Set::default();
            for wanted in &layer.elements {
                words[wanted.word].elements.insert(element);
                own.insert(element);
                element += 1;
            }
            layers.push(own);
            if let Some(zones) = &layer.zones {
                zoned.insert(index);
                words[zones.word].zones.insert(index);
                if let Some(or) = zones.or {
                    words[or].all_zones.insert(index);
                }
            }
        }
        Self { words, layers, zoned }
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

    fn means(&self, words: &[usize]) -> Means {
        words.iter().fold(Means::default(), |means, &word| {
            let own = self.words[word];
            Means {
                elements: means.elements.with(own.elements),
                zones: means.zones.with(own.zones),
                all_zones: means.all_zones.with(own.all_zones),
            }
        })
    }

    /// What is said where a hit is added.
    fn add(&self, said: &mut Said, words: &[usize], hit: &Hit) {
        let mut means = self.means(words);
        if hit.plural {
            // "Availability zones" are not one of them.
            means.zones = Set::default();
        }
        if hit.negated {
            said.denied = said.denied.with(means.elements);
            return;
        }
        said.nothing |= words.is_empty();
        said.elements = said.elements.with(means.elements);
        said.zones = said.zones.with(means.zones);
        said.all_zones = said.all_zones.with(means.all_zones);
    }
}

/// Reads what all nodes and groups say. Returns what the zones are called that they name.
pub(super) fn read(
    all: &mut Collected,
    charts: &[(Chart, &Flowchart)],
    template: &Template,
    lexicon: &Lexicon,
    text: &str,
) -> ZoneNames {
    let matcher = template.matcher();
    let (texts, owners) = collect(all, charts, text);
    let hits = matcher.find(&texts);
    let mut names = ZoneNames { nodes: all.nodes.len(), names: HashMap::new() };
    // By owner: the text whose first phrase counts.
    let mut first: Vec<Option<usize>> = vec![None; all.nodes.len() + all.groups.len()];
    // The layers of what a compound is: the last of its parts.
    let mut head = Set::default();
    for hit in hits.iter().rev() {
        let owner = owners[hit.text];
        let said = match all.nodes.get_mut(owner) {
            Some(node) => &mut node.said,
            None => &mut all.groups[owner - names.nodes].said,
        };
        let words = matcher.words(hit.phrase);
        let means = lexicon.means(words);
        let layers = lexicon.layers_of(means.elements);
        if !hit.joined {
            head = layers;
        } else if !layers.is_empty() && layers.is_within(lexicon.zoned) && !head.is_within(lexicon.zoned) {
            // `api-cache` is a cache, and runs nothing.
            continue;
        }
        lexicon.add(said, words, hit);
        // Hits come last to first, and labels before ids.
        if !means.elements.is_empty() && !hit.negated && *first[owner].get_or_insert(hit.text) == hit.text {
            said.first = means.elements;
        }
        if !means.zones.is_empty() && !hit.negated {
            let name = matcher.name_of(hit, &texts).map(str::to_owned);
            let known = names.names.entry(owner).or_default();
            *known = name.or(known.take());
        }
    }
    let nodes = all.nodes.iter_mut().map(|node| &mut node.said);
    for said in nodes.chain(all.groups.iter_mut().map(|group| &mut group.said)) {
        said.elements = said.elements.without(said.denied);
        said.first = said.first.without(said.denied);
    }
    names
}

/// The texts of all nodes and groups, and whose each is: a node, or a group behind all nodes.
fn collect(all: &Collected, charts: &[(Chart, &Flowchart)], text: &str) -> (Texts, Vec<usize>) {
    let series: Vec<Series> = charts.iter().map(|(_, chart)| Series::new(chart, text)).collect();
    // An id and a label of each, and most of both are short.
    let count = 2 * (all.nodes.len() + all.groups.len());
    let mut texts = Texts::with_capacity(count, 16 * count);
    let mut owners = Vec::with_capacity(count);
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
    (texts, owners)
}

/// What the zones are called that nodes and groups name: `az1` for "AZ 1" and "Private subnet, AZ 1" alike.
pub(super) struct ZoneNames {
    nodes: usize,
    /// By node, and by group behind all nodes; `None` where only the word stands there.
    names: HashMap<usize, Option<String>>,
}

impl ZoneNames {
    /// The name of the zone that a node or group names, if that is more than the bare word.
    pub(super) fn of(&self, end: End) -> Option<&str> {
        let owner = match end {
            End::Node(node) => node,
            End::Group(group) => self.nodes + group,
        };
        self.names.get(&owner)?.as_deref()
    }
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
