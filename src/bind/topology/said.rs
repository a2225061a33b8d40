//! What the words of nodes and groups say, in terms of the template's layers.

use std::cell::LazyCell;

use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{Chart, End, Said};
use crate::mermaid::model::Flowchart;
use crate::template::model::Template;
use crate::template::model::lexicon::{Lexicon, Means};
use crate::template::model::set::Set;
use crate::words::Hit;
use crate::words::texts::Texts;

impl Said {
    /// Adds what a hit says.
    fn add(&mut self, means: Means, hit: &Hit) {
        if hit.negated {
            self.denied = self.denied.with(means.elements);
            return;
        }
        self.elements = self.elements.with(means.elements);
        self.all_zones = self.all_zones.with(means.all_zones);
        // "Availability zones" are not one of them.
        if !hit.plural {
            self.zones = self.zones.with(means.zones);
        }
    }
}

/// Reads what all nodes and groups say. Returns what the zones are called that they name.
pub(super) fn read<'t>(
    all: &mut Collected,
    written: &'t Written,
    template: &Template,
    lexicon: &Lexicon,
) -> ZoneNames<'t> {
    let matcher = template.matcher();
    let Written { texts, owners } = written;
    let hits = matcher.find(texts);
    let nodes = all.nodes.len();
    // Hits come last to first, and labels before ids: of each owner the text whose first phrase counts.
    let mut first: Option<(usize, usize)> = None;
    // The layers of what a compound is: the last of its parts.
    let mut head = Set::default();
    // Those that name a zone.
    let mut zones = Vec::new();
    for hit in hits.iter().rev() {
        let owner = owners[hit.text];
        let said = match all.nodes.get_mut(owner) {
            Some(node) => &mut node.said,
            None => &mut all.groups[owner - nodes].said,
        };
        let words = matcher.words(hit.phrase);
        let means = lexicon.means(words);
        if !hit.joined {
            head = means.layers;
        } else if !means.layers.is_empty() && means.layers.is_within(lexicon.zoned) && !head.is_within(lexicon.zoned) {
            // `api-cache` is a cache, and runs nothing.
            continue;
        }
        said.add(means, hit);
        if hit.negated {
            continue;
        }
        said.nothing |= words.is_empty();
        if !means.elements.is_empty() {
            let known = first.filter(|&(whose, _)| whose == owner);
            if known.is_none_or(|(_, text)| text == hit.text) {
                first = Some((owner, hit.text));
                said.first = means.elements;
            }
        }
        if !means.zones.is_empty() {
            zones.push(hit);
        }
    }
    let mut names = ZoneNames { nodes, names: Vec::new() };
    for hit in zones.into_iter().rev() {
        names.add(owners[hit.text], || matcher.name_of(hit, texts));
    }
    if hits.iter().any(|hit| hit.negated) {
        let of_nodes = all.nodes.iter_mut().map(|node| &mut node.said);
        for said in of_nodes.chain(all.groups.iter_mut().map(|group| &mut group.said)) {
            said.elements = said.elements.without(said.denied);
            said.first = said.first.without(said.denied);
        }
    }
    names
}

/// What is written on all nodes and groups.
pub(super) struct Written<'t> {
    texts: Texts<'t>,
    /// Whose each text is: a node's, or of a group behind all nodes.
    owners: Vec<usize>,
}

/// Collects what is written on all nodes and groups.
pub(super) fn collect<'t>(all: &Collected, charts: &[(Chart, &'t Flowchart)], text: &'t str) -> Written<'t> {
    let series: Vec<LazyCell<Series, _>> =
        charts.iter().map(|(_, chart)| LazyCell::new(|| Series::new(chart, text))).collect();
    // An id and a label of each, and most of both are short.
    let count = 2 * (all.nodes.len() + all.groups.len());
    let mut texts = Texts::with_capacity(count, 16 * count);
    let mut owners = Vec::with_capacity(count);
    let mut add = |owner: usize, text: &'t str| {
        texts.push(text);
        owners.push(owner);
    };
    let mut add_both = |owner: usize, first: Option<&'t str>, second: Option<&'t str>| {
        if let Some(first) = first {
            add(owner, first);
        }
        // `WAF[WAF]` says it once.
        if let Some(second) = second.filter(|_| second != first) {
            add(owner, second);
        }
    };
    for (owner, node) in all.nodes.iter().enumerate().filter(|(_, node)| node.meant.is_none()) {
        let written = &charts[node.chart].1.nodes[node.index];
        let counts = |letter: usize| series[node.chart].letters[letter] > 1;
        let id = Some(written.id.of(text)).filter(|id| !Series::letter(id).is_some_and(counts));
        add_both(owner, id, written.label.as_ref().map(|label| label.of(text)));
    }
    for (owner, group) in all.groups.iter().enumerate() {
        let written = &charts[group.chart].1.groups[group.index];
        let id = Some(written.id.of(text)).filter(|_| !written.id.span.is_empty());
        add_both(all.nodes.len() + owner, Some(written.title.of(text)), id);
    }
    Written { texts, owners }
}

/// What the zones are called that nodes and groups name: `az1` for "AZ 1" and "Private subnet, AZ 1" alike.
pub(super) struct ZoneNames<'t> {
    nodes: usize,
    /// By node, and by group behind all nodes; `None` where only the word stands there.
    names: Vec<(usize, Option<&'t str>)>,
}

impl<'t> ZoneNames<'t> {
    /// Adds a name that stands behind all others. The first one counts, and no other is asked for: each may be as long
    /// as its text.
    fn add(&mut self, owner: usize, name: impl FnOnce() -> Option<&'t str>) {
        match self.names.last_mut().filter(|(whose, _)| *whose == owner) {
            Some((_, Some(_))) => {}
            Some((_, none)) => *none = name(),
            None => self.names.push((owner, name())),
        }
    }

    /// The name of the zone that a node or group names, if that is more than the bare word.
    pub(super) fn of(&self, end: End) -> Option<&'t str> {
        let owner = match end {
            End::Node(node) => node,
            End::Group(group) => self.nodes + group,
        };
        let at = self.names.binary_search_by_key(&owner, |&(whose, _)| whose).ok()?;
        self.names[at].1
    }
}

/// Ids of one letter and a number that count: `S1`, `S2`, `S3`. None of them is a word, although `S3` may be one.
struct Series {
    /// By letter: how many there are.
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
}
