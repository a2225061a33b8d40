//! `undrawn-resource`

use crate::bind::topology::advice::Advice;
use crate::bind::topology::drawing::{Drawing, in_sentence};
use crate::bind::topology::model::Resource;
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A resource table names something that the topology does not draw.
    ///
    /// It speaks of what is optional, or declared not applicable: what must be drawn is `missing-layer` or
    /// `missing-element`, which point at the table themselves.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Service
    ///
    /// ## Topology
    ///
    /// Not applicable: Queue — no asynchronous work
    ///
    /// ```mermaid
    /// flowchart LR
    ///     Users --> CDN --> WAF --> LB[Load balancer] --> App1[App server]
    ///     App1 --> Primary[(Database)]
    /// ```
    ///
    /// ## Resources
    ///
    /// | Resource | Size |
    /// |----------|------|
    /// | Database | large |
    /// | Job queue | small |
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
    ///
    /// ## Resources
    ///
    /// | Resource | Size |
    /// |----------|------|
    /// | Database | large |
    /// | Job queue | small |
    /// ````
    UNDRAWN_RESOURCE = "undrawn-resource", Diagram, Warning, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        for resource in &drawing.topology.resources {
            if !drawing.topology.layers[resource.layer].elements[resource.element].missing {
                findings.list.extend(say(context, drawing, resource));
            }
        }
    }
}

fn say(context: &Context, drawing: Drawing, resource: &Resource) -> Option<Finding> {
    let table = context.template.table(resource.table)?;
    let bound = &drawing.topology.layers[resource.layer];
    let element = in_sentence(drawing.element(resource.layer, resource.element));
    let is_partial = bound.elements.iter().any(|element| element.drawn);
    let advice = if is_partial {
        Advice::for_element(drawing, resource.layer, resource.element)
    } else {
        Advice::for_layer(drawing, resource.layer)
    };
    let message = format!("the table `{}` names a {element} that the topology does not draw", table.title);
    let finding = Finding::new(message, resource.cell, "named here")
        .help(format!("draw it, e.g. {}, or remove the row", advice.shown()))
        .required_by(&table.requirement);
    let waiver = bound.elements[resource.element].waiver.map(|waiver| &context.binding.waivers[waiver]);
    Some(match waiver {
        Some(waiver) => finding.also(waiver.span, "declared not applicable here"),
        None => finding,
    })
}
