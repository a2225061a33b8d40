//! `orphan-node`

use std::collections::HashSet;

use crate::bind::topology::drawing::Drawing;
use crate::bind::topology::model::{Because, BoundFlow, End, FlowState, Topology};
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::text;

declare_rule! {
    /// A node of a required layer is connected to nothing.
    ///
    /// No arrow touches it or a group around it. Speaks only where all else of the topology is in order: what is
    /// missing leaves orphans behind, and is the better thing to say. What is declared not applicable leaves them, too:
    /// nodes of neighbouring layers are let be.
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
    ///     Worker[Background worker]
    ///     Users --> CDN --> WAF --> LB[Load balancer] --> App1[App server]
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
    ///     Worker[Background worker]
    ///     Users --> CDN --> WAF --> LB[Load balancer] --> App1[App server]
    ///     App1 --> Primary[(Database)]
    ///     App1 --> Jobs[Queue]
    ///     Worker --> Jobs
    /// ```
    /// ````
    ORPHAN_NODE = "orphan-node", Diagram, Warning, Document(check)
}

/// So many orphans are one finding: the diagram is an inventory rather than a flow.
const MANY: usize = 3;

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        let topology = drawing.topology;
        if topology.arrows.is_empty() || !topology.is_complete() {
            continue;
        }
        let orphans = orphans(drawing);
        let stems = orphans.iter().map(|&node| stem(drawing.id(End::Node(node))));
        let are_siblings = orphans.len() > 1 && stems.clone().all(|other| stems.clone().next() == Some(other));
        if orphans.len() >= MANY || are_siblings {
            findings.push(many(drawing, &orphans));
        } else {
            findings.list.extend(orphans.iter().map(|&node| one(drawing, node)));
        }
    }
}

fn orphans(drawing: Drawing) -> Vec<usize> {
    let topology = drawing.topology;
    let is_orphan = |&node: &usize| {
        let value = &topology.nodes[node];
        let is_own = value.because == Because::Words && value.meant.is_none() && !value.said.nothing;
        // Mostly every node is touched, and layers need not be judged.
        let is_judged = || !value.layers.is_empty() && value.layers.iter().all(|layer| is_judged(drawing, layer));
        !value.touched && is_own && is_judged()
    };
    let mut orphans: Vec<usize> = (0..topology.nodes.len()).filter(is_orphan).collect();
    if topology.charts.len() > 1 && !orphans.is_empty() {
        // What another diagram connects is no orphan.
        let touched = (0..topology.nodes.len()).filter(|&node| topology.nodes[node].touched).map(End::Node);
        let names: HashSet<String> =
            touched.flat_map(|end| [drawing.id(end).to_owned(), drawing.caption(end)]).collect();
        let is_known = |end: End| names.contains(drawing.id(end)) || names.contains(&drawing.caption(end));
        orphans.retain(|&node| !is_known(End::Node(node)));
    }
    orphans
}

/// Whether orphans of a layer are worth a word: it is required, and nothing of it or beside it is waived.
fn is_judged(drawing: Drawing, layer: usize) -> bool {
    let (topology, diagram) = (drawing.topology, drawing.diagram);
    let is_waived = |at: usize| topology.layers[at].elements.iter().any(|element| element.waiver.is_some());
    let beside = diagram.flow.iter().filter(|flow| flow.from == layer || flow.to == layer);
    let is_waived_flow =
        |flow: &BoundFlow| matches!(flow.state, FlowState::Waived(_)) && (flow.from == layer || flow.to == layer);
    diagram.layers[layer].required
        && !is_waived(layer)
        && beside.flat_map(|flow| [flow.from, flow.to]).all(|at| !is_waived(at))
        && !topology.flows.iter().any(is_waived_flow)
}

fn one(drawing: Drawing, node: usize) -> Finding {
    let end = End::Node(node);
    let name = drawing.name(end);
    let help = match arrow(drawing, node) {
        Some(arrow) => format!("draw an arrow, e.g. `{arrow}`, or remove the node"),
        None => "draw an arrow to it, or remove the node".to_owned(),
    };
    Finding::new(format!("`{name}` is connected to nothing"), drawing.topology.span(end), "no arrow touches it")
        .help(help)
}

fn many(drawing: Drawing, orphans: &[usize]) -> Finding {
    let names: Vec<_> = orphans.iter().map(|&node| drawing.name(End::Node(node))).collect();
    let span = |node: usize| drawing.topology.span(End::Node(node));
    let mut finding = Finding::new(
        format!("{} nodes are connected to nothing: {}", names.len(), text::list(&names, "and")),
        span(orphans[0]),
        "no arrow touches it",
    );
    for &node in &orphans[1..] {
        finding = finding.also(span(node), "nor this");
    }
    let help = match arrow(drawing, orphans[0]) {
        Some(arrow) => format!("draw arrows, e.g. `{arrow}`, or remove the nodes"),
        None => "draw arrows to them, or remove the nodes".to_owned(),
    };
    finding.help(help)
}

/// An arrow for an orphan: like that of a sibling (`Worker2` for `Worker1`), else from or to the next layer.
fn arrow(drawing: Drawing, node: usize) -> Option<String> {
    let topology = drawing.topology;
    let id = drawing.id(End::Node(node));
    let is_sibling =
        |end: End| end != End::Node(node) && matches!(end, End::Node(_)) && stem(drawing.id(end)) == stem(id);
    let like = topology.arrows.iter().find(|arrow| is_sibling(arrow.from) || is_sibling(arrow.to));
    if let Some(like) = like {
        return Some(if is_sibling(like.from) {
            format!("{id} --> {}", drawing.id(like.to))
        } else {
            format!("{} --> {id}", drawing.id(like.from))
        });
    }
    let layer = topology.nodes[node].layers.iter().next()?;
    let next = drawing.after(layer).and_then(|after| drawing.entry(after)).filter(|_| is_source(topology, layer));
    match (next, drawing.before(layer).and_then(|before| drawing.exit(before))) {
        (Some(next), _) => Some(format!("{id} --> {}", drawing.id(End::Node(next)))),
        (None, Some(before)) => Some(format!("{} --> {id}", drawing.id(End::Node(before)))),
        (None, None) => None,
    }
}

/// What the ids of siblings have in common: `Worker` of `Worker1`.
fn stem(id: &str) -> &str {
    id.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Whether no flow leads to a layer.
fn is_source(topology: &Topology, layer: usize) -> bool {
    !topology.flows.iter().any(|flow| flow.to == layer)
}
