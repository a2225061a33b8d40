//! What words and arrows say of the layers of a diagram.

use crate::template::model::diagram::{Flow, Layer};
use crate::template::model::set::Set;

/// The words of a template as one of its diagrams sees them, and the places of its layers.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// By word of the template.
    words: Vec<Means>,
    /// By layer: its elements.
    layers: Vec<Set>,
    /// By element: its layer.
    layer_of: Vec<usize>,
    /// By layer: its first element.
    first_of: Vec<usize>,
    /// Layers with zones: what stands in a zone belongs to them unless its words say otherwise.
    pub zoned: Set,
    /// Layers that lead on.
    pub leading: Set,
    /// Layers that lead on and that nothing leads to, but for those with zones: the users.
    pub sources: Set,
}

/// What a word means.
#[derive(Debug, Clone, Copy, Default)]
pub struct Means {
    /// The elements that it names.
    pub elements: Set,
    /// The layers of these.
    pub layers: Set,
    /// The layers of whose zones it speaks.
    pub zones: Set,
    /// The layers for which it says that all zones are used.
    pub all_zones: Set,
}

impl Lexicon {
    /// That of a diagram of these layers and arrows, of a template of so many words.
    pub(in crate::template) fn new(words: usize, layers: &[Layer], flow: &[Flow]) -> Self {
        let mut lexicon = Self { words: vec![Means::default(); words], ..Self::default() };
        for (index, layer) in layers.iter().enumerate() {
            lexicon.first_of.push(lexicon.layer_of.len());
            let mut own = Set::default();
            for wanted in &layer.elements {
                let element = lexicon.layer_of.len();
                let means = &mut lexicon.words[wanted.word];
                means.elements.insert(element);
                means.layers.insert(index);
                own.insert(element);
                lexicon.layer_of.push(index);
            }
            lexicon.layers.push(own);
            if let Some(zones) = &layer.zones {
                lexicon.zoned.insert(index);
                lexicon.words[zones.word].zones.insert(index);
                if let Some(or) = zones.or {
                    lexicon.words[or].all_zones.insert(index);
                }
            }
        }
        let mut led_to = Set::default();
        for flow in flow {
            lexicon.leading.insert(flow.from);
            led_to.insert(flow.to);
        }
        lexicon.sources = lexicon.leading.without(led_to).without(lexicon.zoned);
        lexicon
    }

    /// The elements of a layer.
    pub fn elements_of(&self, layer: usize) -> Set {
        self.layers[layer]
    }

    /// The layers that elements belong to.
    pub fn layers_of(&self, elements: Set) -> Set {
        elements.iter().map(|element| Set::of(self.layer_of[element])).fold(Set::default(), Set::with)
    }

    /// The layer of an element.
    pub fn layer_of(&self, element: usize) -> usize {
        self.layer_of[element]
    }

    /// The first element of a layer.
    pub fn first_of(&self, layer: usize) -> usize {
        self.first_of[layer]
    }

    /// What words mean together.
    pub fn means(&self, words: &[usize]) -> Means {
        words.iter().map(|&word| self.words[word]).reduce(Means::with).unwrap_or_default()
    }
}

impl Means {
    fn with(self, other: Self) -> Self {
        Self {
            elements: self.elements.with(other.elements),
            layers: self.layers.with(other.layers),
            zones: self.zones.with(other.zones),
            all_zones: self.all_zones.with(other.all_zones),
        }
    }
}
