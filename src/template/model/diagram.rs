//! Diagrams that a section must hold, and what they must show.

use crate::diagnostic::Requirement;
use crate::template::model::lexicon::Lexicon;

/// A diagram that a section must hold.
#[derive(Debug, Clone)]
pub struct Diagram {
    /// `Deployment Topology Diagram > diagram`.
    pub requirement: Requirement,
    /// `mermaid`.
    pub language: String,
    /// Accepted kinds (`flowchart`, `sequenceDiagram`); empty: any. `graph` is a flowchart.
    pub kinds: Vec<String>,
    /// Whether it cannot be declared not applicable.
    pub essential: bool,
    /// What it must show, in the order of the flow.
    pub layers: Vec<Layer>,
    /// Which layers lead to which: pairs of indices into [`Diagram::layers`].
    pub flow: Vec<Flow>,
    /// Which layers may never lead to which.
    pub never: Vec<Flow>,
    /// What `new` and fixes write, without fences, under a title that says that it is an example.
    pub example: String,
    /// Whether it must be there.
    pub required: bool,
    /// What words and arrows say of its layers.
    pub lexicon: Lexicon,
}

/// A layer of a topology.
#[derive(Debug, Clone)]
pub struct Layer {
    /// `Deployment Topology Diagram > DNS/Edge`.
    pub requirement: Requirement,
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub elements: Vec<Element>,
    /// Whether it must be there.
    pub required: bool,
    /// Availability zones inside it.
    pub zones: Option<Zones>,
}

/// An element of a layer.
#[derive(Debug, Clone)]
pub struct Element {
    /// `Deployment Topology Diagram > CDN`.
    pub requirement: Requirement,
    /// Its key in [`Template::words`](super::Template::words).
    pub word: usize,
}

/// Availability zones that a layer must show.
#[derive(Debug, Clone)]
pub struct Zones {
    /// `Deployment Topology Diagram > Zone`.
    pub requirement: Requirement,
    /// At least so many.
    pub min: usize,
    /// What the title of a zone looks like: index into [`Template::words`](super::Template::words).
    pub word: usize,
    /// A phrase on a node or group of the layer that answers all zones: index into
    /// [`Template::words`](super::Template::words).
    pub or: Option<usize>,
}

/// An arrow from one layer to the next.
#[derive(Debug, Clone)]
pub struct Flow {
    /// `Deployment Topology Diagram > Compute --> Storage`.
    pub requirement: Requirement,
    /// Index into [`Diagram::layers`].
    pub from: usize,
    /// Index into [`Diagram::layers`].
    pub to: usize,
}
