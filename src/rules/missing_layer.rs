//! `missing-layer`

use crate::bind::topology::advice::{Advice, name_unknown_of, none_of};
use crate::bind::topology::drawing::Drawing;
use crate::bind::topology::model::LayerState;
use crate::diagnostic::Finding;
use crate::directive::not_applicable;
use crate::rule::{Context, Findings, declare_rule};
use crate::text;

declare_rule! {
    /// The topology draws nothing of a layer that the template requires.
    ///
    /// A layer is found by the words of the template, in the ids and labels of nodes and in the titles of groups that
    /// hold something, wherever they stand. A comment draws nothing, nor does an empty group, nor a node that says
    /// that there is none. What stands after the layer is not reported again.
    ///
    /// A system that has no such layer says so in the section: `Not applicable: Load balancer — one host`.
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
    ///     Users --> CDN --> WAF --> App1[App server]
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
    MISSING_LAYER = "missing-layer", Diagram, Error, Document(check)
}

/// So many missing layers are one finding: a list reads better than a wall.
const MANY: usize = 3;

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        let layers = &drawing.topology.layers;
        let missing: Vec<usize> =
            (0..layers.len()).filter(|&layer| layers[layer].state == LayerState::Missing).collect();
        if missing.len() >= MANY {
            findings.push(many(drawing, &missing));
        } else {
            findings.list.extend(missing.iter().map(|&layer| one(drawing, layer)));
        }
    }
}

fn one(drawing: Drawing, layer: usize) -> Finding {
    let wanted = &drawing.diagram.layers[layer];
    let elements = &drawing.topology.layers[layer].elements;
    let missing: Vec<usize> = (0..elements.len()).filter(|&element| elements[element].missing).collect();
    let names: Vec<&str> = missing.iter().map(|&element| drawing.element(layer, element)).collect();
    let message = if wanted.elements.len() == 1 && names == [wanted.name.as_str()] {
        format!("the topology draws {}", none_of(&names))
    } else {
        format!("the topology draws nothing of the layer `{}`: {}", wanted.name, none_of(&names))
    };
    let advice = Advice::for_layer(drawing, layer);
    let (shown, name) = (advice.shown(), &wanted.name);
    let known = name_unknown_of(drawing, &[layer]).map_or_else(String::new, |known| format!("; {known}"));
    let mut finding = Finding::new(message, advice.span, advice.label)
        .help(format!("draw it, e.g. {shown}{known}; or say in this section `{}`", not_applicable(&[name], "reason")))
        .required_by(&wanted.requirement);
    for (span, label) in missing.iter().flat_map(|&element| drawing.not_drawn(layer, element)) {
        finding = finding.also(span, label);
    }
    if let Some(named) = drawing.topology.resources.iter().find(|resource| resource.layer == layer) {
        finding = finding.also(named.cell, "the table names it");
    }
    finding
}

fn many(drawing: Drawing, missing: &[usize]) -> Finding {
    let names: Vec<&str> = missing.iter().map(|&layer| drawing.diagram.layers[layer].name.as_str()).collect();
    let first = Advice::for_layer(drawing, missing[0]);
    let known = name_unknown_of(drawing, missing).map_or_else(String::new, |known| format!("; {known}"));
    Finding::new(
        format!("the topology draws nothing of {} layers: {}", names.len(), text::list(&names, "and")),
        first.span,
        first.label.clone(),
    )
    .help(format!(
        "draw them, beginning with {}{known}; or say in this section which of them you do not have: `{}`",
        first.shown(),
        not_applicable(&names, "reason")
    ))
    .required_by(&drawing.diagram.layers[missing[0]].requirement)
}
