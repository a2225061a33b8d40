//! `missing-element`

use crate::bind::topology::advice::{Advice, name_unknown, none_of};
use crate::bind::topology::drawing::Drawing;
use crate::bind::topology::model::LayerState;
use crate::diagnostic::Finding;
use crate::directive::not_applicable;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// The topology draws a layer, but not one of the elements that the template asks of it.
    ///
    /// Elements are found by the words of the template, in the ids and labels of nodes and in the titles of groups
    /// that hold something. One node may show several (`Cloudflare` is a CDN and a WAF). A comment draws nothing, nor
    /// does a node that says that there is none.
    ///
    /// A system that has no such element says so in the section: `Not applicable: Queue — no asynchronous work`.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Service
    ///
    /// ## Topology
    ///
    /// ```mermaid
    /// flowchart LR
    ///     Users --> CDN --> LB[Load balancer] --> App1[App server]
    ///     App1 --> Primary[(Database)]
    ///     App1 --> Jobs[Queue]
    /// ```
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Service
    ///
    /// ## Topology
    ///
    /// ```mermaid
    /// flowchart LR
    ///     Users --> CDN --> WAF --> LB[Load balancer] --> App1[App server]
    ///     App1 --> Primary[(Database)]
    ///     App1 --> Jobs[Queue]
    /// ```
    /// ````
    MISSING_ELEMENT = "missing-element", Diagram, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        for (layer, bound) in drawing.topology.layers.iter().enumerate() {
            if bound.state == LayerState::Partial {
                let missing = (0..bound.elements.len()).filter(|&element| bound.elements[element].missing);
                findings.list.extend(missing.map(|element| one(drawing, layer, element)));
            }
        }
    }
}

fn one(drawing: Drawing, layer: usize, element: usize) -> Finding {
    let name = drawing.element(layer, element);
    let advice = Advice::for_element(drawing, layer, element);
    let shown = advice.shown();
    let known = name_unknown(drawing, layer, element).map_or_else(String::new, |known| format!("; {known}"));
    let mut finding = Finding::new(format!("the topology draws {}", none_of(&[name])), advice.span, advice.label)
        .help(format!("draw it, e.g. {shown}{known}; or say in this section `{}`", not_applicable(&[name], "reason")))
        .required_by(&drawing.diagram.layers[layer].elements[element].requirement);
    for (span, label) in drawing.not_drawn(layer, element) {
        finding = finding.also(span, label);
    }
    let is_it = |layer_: usize, element_: usize| layer_ == layer && element_ == element;
    if let Some(named) = drawing.topology.resources.iter().find(|named| is_it(named.layer, named.element)) {
        finding = finding.also(named.cell, "the table names it");
    }
    finding
}
