//! `exposed-data`

use crate::bind::topology::drawing::{Drawing, in_sentence};
use crate::bind::topology::model::{End, Exposed, LayerState};
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// An arrow leads straight from one layer to another that it must never reach: from users to a database.
    ///
    /// Which layers must not meet the template says. A node counts as a source only where all its words are of that
    /// layer ("User Service" is no user), or where its place makes it a user; a group only where none in it may lead
    /// there (`Internet --> Database`, where users and DNS stand in `Internet`), and as a target only where all in it
    /// are of the layer (`Internet --> VPC` exposes nothing). An arrow that is barred (`--x`, or a label such as
    /// "blocked") leads nowhere.
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
    ///     Users --> CDN --> WAF --> LB[Load balancer] --> App1[App server]
    ///     App1 --> Primary[(Database)]
    ///     App1 --> Jobs[Queue]
    ///     Users --> Primary
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
    EXPOSED_DATA = "exposed-data", Diagram, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        let mut last = None;
        for exposed in &drawing.topology.exposed {
            // `Users --> Primary & Replica` is one arrow to its author.
            let link = drawing.topology.arrows[exposed.arrow].link;
            if last.replace(link) != Some(link) {
                findings.push(say(drawing, exposed));
            }
        }
    }
}

fn say(drawing: Drawing, exposed: &Exposed) -> Finding {
    let topology = drawing.topology;
    let (arrow, never) = (&topology.arrows[exposed.arrow], &drawing.diagram.never[exposed.never]);
    let (from, to) = if exposed.backwards { (arrow.to, arrow.from) } else { (arrow.from, arrow.to) };
    let (from, what) = (drawing.name(from), what(drawing, never.to, to));
    let between = between(drawing, never.from, never.to);
    let through = match between[..] {
        [] => "remove this arrow".to_owned(),
        _ => format!("lead it through the {}, or remove it", between.join(" and ")),
    };
    let finding = Finding::new(format!("`{from}` reaches {what} directly"), arrow.span, "this arrow")
        .help(through)
        .required_by(&never.requirement);
    let there = topology.span(to);
    if arrow.span.overlaps(there) { finding } else { finding.also(there, "declared here") }
}

/// ``the database `Primary` ``, or all that is in a group.
fn what(drawing: Drawing, layer: usize, end: End) -> String {
    let name = drawing.name(end);
    let elements = &drawing.topology.layers[layer].elements;
    let End::Node(node) = end else { return format!("everything in `{name}`") };
    let shows = drawing.topology.nodes[node].shows;
    match elements.iter().position(|element| shows.contains(element.index)) {
        Some(element) => format!("the {} `{name}`", in_sentence(drawing.element(layer, element))),
        None => format!("`{name}`"),
    }
}

/// The last two layers on the right way that are drawn.
fn between(drawing: Drawing, from: usize, to: usize) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = to;
    for _ in &drawing.diagram.layers {
        let Some(flow) = drawing.diagram.flow.iter().find(|flow| flow.to == at) else { break };
        at = flow.from;
        if at == from || names.len() == 2 {
            break;
        }
        if !matches!(drawing.topology.layers[at].state, LayerState::Absent | LayerState::Missing) {
            names.insert(0, in_sentence(&drawing.diagram.layers[at].name));
        }
    }
    names
}
