//! Diagrams that a section must hold, and what they must show.

use crate::described::{Text, described};

described! {
    /// A diagram that a section must hold.
    struct RawDiagram = "a diagram" {
        /// Its language: `mermaid`.
        whole language: Text = "language",
        /// Accepted kinds: `flowchart`, `sequenceDiagram`; none given: any.
        may kinds: Vec<Text> = "kinds",
        /// It cannot be declared not applicable.
        may essential: bool = "essential",
        /// What it must show.
        may layers: Vec<RawLayer> = "layers",
        /// Which layers lead to which, as arrows: `Users --> Load balancer --> Compute`.
        may flow: Vec<Text> = "flow",
        /// Which layers may never lead to which: `Users --> Data`.
        may never: Vec<Text> = "never",
        /// What `infralint new` writes, without fences.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A layer of a topology.
    struct RawLayer = "a layer" {
        /// Its name.
        must name: Text = "name",
        /// What it is made of: keys of `[words]`.
        must elements: Vec<Text> = "elements",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// Availability zones inside it.
        may zones: RawZones = "zones",
    }

    /// Availability zones inside a layer.
    struct RawZones = "`zones`" {
        /// At least so many.
        may min: u32 = "min",
        /// What the title of a zone looks like: a key of `[words]`.
        must words: Text = "words",
        /// A phrase that answers all zones: a key of `[words]`.
        may or: Text = "or",
    }
}
