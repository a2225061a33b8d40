//! What a template document says in words: "The diagram MUST show", "REQUIRED".

use crate::derive::shape::{Demand, Kind, Layer, Shape};
use crate::markdown::model::{BlockKind, Document, List, Within};
use crate::markdown::plain::plain;
use crate::source::Source;
use crate::template::builtin;
use crate::template::load::load;
use crate::template::model::Word;
use crate::text::normal;

/// The words that the built-in templates know for the parts of a topology.
pub(super) struct Vocabulary {
    pub(super) words: Vec<Word>,
    pub(super) nothing: Vec<String>,
    /// What the title of a zone looks like, and what answers all zones.
    pub(super) zones: Option<(String, Option<String>)>,
}

impl Vocabulary {
    /// From the first built-in template that has some.
    pub(super) fn new() -> Self {
        let templates =
            builtin::SOURCES.iter().filter_map(|(name, text)| load(vec![Source::new(*name, *text)], &[]).ok());
        let Some(template) = templates.into_iter().find(|template| !template.words.is_empty()) else {
            return Self { words: Vec::new(), nothing: Vec::new(), zones: None };
        };
        let layers = template.diagrams().map(|(_, diagram)| &diagram.layers);
        let name = |word: usize| template.words[word].name.clone();
        let zones = layers.flatten().find_map(|layer| layer.zones.as_ref());
        Self {
            zones: zones.map(|zones| (name(zones.word), zones.or.map(name))),
            words: template.words.clone(),
            nothing: template.nothing.clone(),
        }
    }

    /// The element that people mean by a name.
    pub(super) fn element(&self, name: &str) -> Option<&Word> {
        let wanted = normal(name);
        let is_it = |known: &str| normal(known) == wanted;
        let by_name = self.words.iter().find(|word| is_it(&word.name));
        by_name.or_else(|| self.words.iter().find(|word| word.phrases.iter().any(|phrase| is_it(phrase))))
    }
}

/// The lists of what a diagram must show.
pub(super) fn observe(document: &Document, text: &str) -> Vec<Demand> {
    let mut demands = Vec::new();
    let vocabulary = Vocabulary::new();
    for section in &document.sections {
        let blocks: Vec<_> = section.blocks.iter().filter(|block| block.within == Within::Section).collect();
        for pair in blocks.windows(2) {
            let sentence = text[pair[0].span.range()].trim();
            let BlockKind::List(list) = &pair[1].kind else { continue };
            if matches!(pair[0].kind, BlockKind::Prose) && is_demand(sentence) {
                demands.extend(demand(sentence, list, text, &vocabulary));
            }
        }
    }
    demands
}

fn is_demand(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let speaks_of_it = ["diagram", "topology", "flowchart"].iter().any(|word| lower.contains(word));
    lower.contains("must show") || speaks_of_it && (lower.contains("must include") || lower.contains("must contain"))
}

fn demand(sentence: &str, list: &List, text: &str, vocabulary: &Vocabulary) -> Option<Demand> {
    let mut demand = Demand { sentence: sentence.to_owned(), layers: Vec::new(), flow: None, section: None };
    for item in &list.items {
        let said = plain(&text[item.text.range()]).into_owned();
        let words = normal(&said);
        if words.split(' ').any(|word| word == "flow" || word == "connections") {
            demand.flow = Some(Vec::new());
        } else if let Some(layer) = layer(&said, vocabulary)
            && demand.layers.iter().all(|known| known.name != layer.name)
        {
            demand.layers.push(layer);
        }
    }
    (!demand.layers.is_empty()).then_some(demand)
}

/// `DNS/Edge layer (CDN, WAF)`, `Compute layer with availability zones`.
fn layer(said: &str, vocabulary: &Vocabulary) -> Option<Layer> {
    let (head, inside) = match said.split_once('(') {
        Some((head, rest)) => (head, rest.split(')').next().unwrap_or_default()),
        None => (said, ""),
    };
    let zones = said.to_lowercase().contains("zone");
    let head = head.split(" with ").next().unwrap_or(head);
    let words: Vec<&str> = head.split_whitespace().filter(|word| !is_filler(word)).collect();
    let name = words.join(" ").trim_end_matches([':', '.', ',']).to_owned();
    if name.is_empty() {
        return None;
    }
    let listed: Vec<&str> = inside
        .split([',', ';'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let mut elements: Vec<String> = Vec::new();
    let mut add = |element: String| {
        if !elements.contains(&element) {
            elements.push(element);
        }
    };
    if listed.is_empty() {
        add(vocabulary.element(&name).map_or(name.clone(), |word| word.name.clone()));
    } else {
        // "DNS/Edge (CDN, WAF)": what the name itself names, then what is listed.
        for part in name.split('/').filter(|part| name.contains('/') && !part.is_empty()) {
            if let Some(word) = vocabulary.element(part).filter(|word| normal(&word.name) == normal(part)) {
                add(word.name.clone());
            }
        }
        for part in listed {
            add(vocabulary.element(part).map_or(part.to_owned(), |word| word.name.clone()));
        }
    }
    Some(Layer { name, elements, zones: zones && vocabulary.zones.is_some() })
}

fn is_filler(word: &str) -> bool {
    ["layer", "layers", "tier", "the", "a", "an", "all", "every"].iter().any(|filler| word.eq_ignore_ascii_case(filler))
}

/// Finds for each list the section whose diagram it speaks of.
pub(super) fn assign(shape: &mut Shape) {
    let diagrams: Vec<usize> = (0..shape.sections.len())
        .filter(|&index| {
            let is_chart = |kind: &Kind| matches!(kind, Kind::Diagram { kind, .. } if kind == "flowchart");
            shape.sections[index].contents.iter().any(|content| is_chart(&content.kind))
        })
        .collect();
    for demand in &mut shape.demands {
        let said = normal(&demand.sentence);
        let said: Vec<&str> = said.split(' ').collect();
        let named = |&index: &usize| {
            let words =
                shape.sections[index].normal.split(' ').filter(|word| *word != "diagram" && said.contains(word));
            words.count()
        };
        let best = diagrams.iter().copied().rev().max_by_key(named).filter(|index| named(index) > 0);
        let essential = || diagrams.iter().copied().find(|&index| shape.sections[index].essential);
        demand.section = best.or_else(essential).or_else(|| diagrams.first().copied());
    }
}

/// `Deployment topology diagram` of lines `**REQUIRED:** Deployment topology diagram`.
pub(super) fn required_lines(document: &Document, text: &str) -> Vec<String> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter(|block| matches!(block.kind, BlockKind::Prose))
        .flat_map(|block| text[block.span.range()].lines())
        .filter_map(|line| {
            let line = line.trim().trim_start_matches(['>', '-', '*', ' ']);
            let (word, rest) = line.split_once(':')?;
            word.trim_matches('*').eq_ignore_ascii_case("required").then(|| rest.trim_matches(['*', ' ']).to_owned())
        })
        .collect()
}

/// Marks what a line requires: the section that has all of its words.
pub(super) fn require(shape: &mut Shape, sentence: &str) {
    let wanted = normal(sentence);
    let has_all = |name: &str| wanted.split(' ').all(|word| name.split(' ').any(|own| own == word));
    if let Some(section) = shape.sections.iter_mut().find(|section| !wanted.is_empty() && has_all(&section.normal)) {
        section.essential = true;
    }
}
