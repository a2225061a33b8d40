//! Diagrams: layers with their elements and zones, and which layer leads to which.

use crate::described::Text;
use crate::mermaid::kind;
use crate::template::load::compile::{Compiler, Contents};
use crate::template::load::contents::{RawContent, example};
use crate::template::load::names::Claims;
use crate::template::model::diagram::{Diagram, Element, Flow, Layer, Zones};
use crate::template::model::lexicon::Lexicon;
use crate::template::model::set::Set;
use crate::template::model::{Content, Section};
use crate::template::raw::diagram::{RawDiagram, RawLayer};
use crate::text::did_you_mean;

/// The arrow between layers.
pub(super) const ARROW: &str = "-->";

/// The one language that is read.
const MERMAID: &str = "mermaid";

/// A diagram.
pub(super) fn compile(compiler: &mut Compiler<'_>, raw: &RawDiagram) -> Diagram {
    if raw.language.is_none() {
        compiler.mistakes.needs(raw.origin, "a diagram", "language", "its language: `mermaid`");
    }
    let raw_layers: Vec<&RawLayer> = raw.layers.iter().flatten().collect();
    if let Some(language) = raw.language.as_ref().filter(|language| language.value != MERMAID)
        && let Some(first) = raw_layers.first()
    {
        let message = format!("layers are read from mermaid only, not from `{}`", language.value);
        compiler.mistakes.push(first.origin, message, "here", "write `language = \"mermaid\"`, or remove `layers`");
    }
    for kind in raw.kinds.iter().flatten() {
        check_kind(compiler, kind);
    }
    let names: Vec<_> = raw_layers
        .iter()
        .filter_map(|layer| layer.name.as_ref())
        .map(|name| (name.value.as_str(), name.origin, None, None))
        .collect();
    Claims::new("layer").all(compiler.mistakes, &names);
    let layers: Vec<Layer> = raw_layers.iter().filter_map(|raw| layer(compiler, raw)).collect();
    check_size(compiler, &raw_layers);
    let flow = arrows(compiler, raw.flow.as_ref(), &layers);
    let never = arrows(compiler, raw.never.as_ref(), &layers);
    let lexicon = Lexicon::new(compiler.words.len(), &layers, &flow);
    Diagram {
        requirement: Compiler::requirement(raw.origin),
        language: raw.language.as_ref().map(|language| language.value.clone()).unwrap_or_default(),
        kinds: raw.kinds.iter().flatten().map(|kind| kind.value.clone()).collect(),
        essential: raw.essential.unwrap_or(false),
        layers,
        flow,
        never,
        example: example(raw.example.as_ref()).unwrap_or_default(),
        required: raw.required.unwrap_or(true),
        lexicon,
    }
}

/// More elements than can be told apart, at the first layer that is too much.
fn check_size(compiler: &mut Compiler<'_>, layers: &[&RawLayer]) {
    let mut elements = 0;
    for layer in layers {
        elements += layer.elements.as_ref().map_or(0, Vec::len);
        if elements > Set::SIZE {
            let message = format!("the layers of this diagram have more than {} elements", Set::SIZE);
            let help = "ask for fewer: a word that several things share is one element";
            compiler.mistakes.push(layer.origin, message, "from here on", help);
            return;
        }
    }
}

/// A kind that is none, but near one. Mermaid brings new kinds, so what is far from all is let be.
fn check_kind(compiler: &mut Compiler<'_>, kind: &Text) {
    if kind::is_name(&kind.value) {
        return;
    }
    if let Some(near) = did_you_mean(&kind.value, kind::names()) {
        let message = format!("mermaid has no diagram `{}`", kind.value);
        compiler.mistakes.push(kind.origin, message, "here", format!("did you mean `{near}`?"));
    }
}

fn layer(compiler: &mut Compiler<'_>, raw: &RawLayer) -> Option<Layer> {
    let name = raw.name.as_ref()?;
    let raw_elements = raw.elements.as_ref()?;
    if raw_elements.is_empty() {
        let help = "name what it is made of: `elements = [\"Compute\"]`";
        compiler.mistakes.push(raw.origin, format!("the layer `{}` has no elements", name.value), "here", help);
    }
    let mut elements: Vec<Element> = Vec::new();
    for text in raw_elements {
        let Some(word) = compiler.word(text, "the element") else { continue };
        if elements.iter().any(|element| element.word == word) {
            let message = format!("`{}` stands twice in the layer `{}`", text.value, name.value);
            compiler.mistakes.push(text.origin, message, "again here", "remove one");
            continue;
        }
        elements.push(Element { requirement: Compiler::requirement(text.origin), word });
    }
    let zones = raw.zones.as_ref().and_then(|zones| {
        let word = compiler.word(zones.words.as_ref()?, "the zone");
        let or = zones.or.as_ref().and_then(|or| compiler.word(or, "the phrase"));
        Some(Zones {
            requirement: Compiler::requirement(zones.origin),
            min: zones.min.unwrap_or(2) as usize,
            word: word?,
            or,
        })
    });
    Some(Layer {
        requirement: Compiler::requirement(name.origin),
        name: name.value.clone(),
        elements,
        required: raw.required.unwrap_or(true),
        zones,
    })
}

/// Chains of arrows as pairs.
fn arrows(compiler: &mut Compiler<'_>, chains: Option<&Vec<Text>>, layers: &[Layer]) -> Vec<Flow> {
    let known: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    let mut flows: Vec<Flow> = Vec::new();
    for chain in chains.into_iter().flatten() {
        let parts = parts(compiler, chain);
        if parts.len() < 2 {
            let help = "write layers with arrows between them: `Users --> Compute`";
            compiler.mistakes.push(chain.origin, format!("`{}` holds no arrow", chain.value), "here", help);
            continue;
        }
        if layers.is_empty() {
            let help = "add `layers` to the diagram, or remove the arrow";
            compiler.mistakes.push_unresolved(chain.origin, "this diagram has no layers", "here", help);
            continue;
        }
        let resolved: Vec<Option<usize>> = parts
            .iter()
            .map(|part| {
                let found = known.iter().position(|name| *name == part.value);
                if found.is_none() {
                    compiler.unresolved(part, format!("the diagram has no layer `{}`", part.value), &known);
                }
                found
            })
            .collect();
        for (index, pair) in resolved.windows(2).enumerate() {
            let [Some(from), Some(to)] = *pair else { continue };
            if from == to {
                let message = format!("`{}` leads to itself", known[from]);
                compiler.mistakes.push(parts[index + 1].origin, message, "here", "remove one of the two");
                continue;
            }
            if flows.iter().all(|flow| (flow.from, flow.to) != (from, to)) {
                let origin = if parts.len() == 2 { chain.origin } else { cover(&parts[index], &parts[index + 1]) };
                flows.push(Flow { requirement: Compiler::requirement(origin), from, to });
            }
        }
    }
    flows
}

/// The layers that a chain names, each with its place.
fn parts(compiler: &Compiler<'_>, chain: &Text) -> Vec<Text> {
    let mut parts = Vec::new();
    let mut at = 0;
    for part in chain.value.split(ARROW) {
        let start = at + (part.len() - part.trim_start().len());
        let name = part.trim();
        parts.push(Text { value: name.to_owned(), origin: compiler.part(chain, start, start + name.len()) });
        at += part.len() + ARROW.len();
    }
    parts
}

fn cover(from: &Text, to: &Text) -> crate::diagnostic::Origin {
    crate::diagnostic::Origin { span: from.origin.span.cover(to.origin.span), ..from.origin }
}

/// `draws` names a layer that some diagram of the template has.
pub(super) fn check_draws(compiler: &mut Compiler<'_>, sections: &mut [Section], contents: &Contents<'_>) {
    let layers: Vec<String> = sections
        .iter()
        .flat_map(|section| &section.contents)
        .filter_map(|content| match content {
            Content::Diagram(diagram) => Some(&diagram.layers),
            _ => None,
        })
        .flatten()
        .map(|layer| layer.name.clone())
        .collect();
    let layers: Vec<&str> = layers.iter().map(String::as_str).collect();
    let both = sections.iter_mut().flat_map(|section| &mut section.contents).zip(contents.iter().flatten());
    for (content, raw) in both {
        let (Content::Table(table), RawContent::Table(raw)) = (content, raw) else { continue };
        let Some(draws) = raw.draws.as_ref().filter(|draws| !layers.contains(&draws.value.as_str())) else {
            continue;
        };
        table.draws = None;
        if layers.is_empty() && compiler.is_own(draws.origin) {
            let help = "give a diagram of the template `layers`, or remove `draws`";
            compiler.mistakes.push_unresolved(draws.origin, "no diagram of this template has layers", "here", help);
        } else {
            compiler.unresolved(draws, format!("no diagram has a layer `{}`", draws.value), &layers);
        }
    }
}
