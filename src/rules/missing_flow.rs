//! `missing-flow`

use crate::bind::topology::advice::name_it;
use crate::bind::topology::chain::Gap;
use crate::bind::topology::drawing::{Drawing, in_sentence};
use crate::bind::topology::model::{Because, BoundFlow, End, FlowState, Way};
use crate::diagnostic::Finding;
use crate::directive::not_applicable;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::set::Set;
use crate::text::{are, list};

declare_rule! {
    /// No arrow leads from one layer of the topology to the next, in the order of the template.
    ///
    /// An arrow to or from a group stands for what is in the group, and nodes that belong to no layer (a firewall, a
    /// gateway) may stand between. Layers that are declared not applicable, and optional ones that are not drawn, are
    /// skipped over: their neighbours must connect. Of several gaps the first is reported, and the chain shows all.
    ///
    /// Where two layers are not meant to connect, the section says so:
    /// `Not applicable: Compute --> Data — the archive is filled by hand`.
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
    ///     Users --> CDN --> WAF
    ///     LB[Load balancer] --> App1[App server]
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
    ///     Users --> CDN --> WAF
    ///     WAF --> LB[Load balancer] --> App1[App server]
    ///     App1 --> Primary[(Database)]
    ///     App1 --> Jobs[Queue]
    /// ```
    /// ````
    MISSING_FLOW = "missing-flow", Diagram, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        let missing = drawing.topology.flows.iter().find(|flow| flow.state == FlowState::Missing);
        findings.list.extend(missing.and_then(|flow| say(drawing, flow)));
    }
}

fn say(drawing: Drawing, flow: &BoundFlow) -> Option<Finding> {
    let gap = Gap::of(drawing, flow)?;
    let layer = |index: usize| drawing.diagram.layers[index].name.as_str();
    let (from, to) = (End::Node(gap.from), End::Node(gap.to));
    let (first, second) = (drawing.name(from), drawing.name(to));
    let ends = if gap.ends { "leads nowhere" } else { "leads elsewhere" };
    let begins = if gap.begins { "is reached by nothing" } else { "is reached from elsewhere" };
    let arrow = format!("{} --> {}", drawing.id(from), drawing.id(to));
    let waive = if flow.is(flow.along) {
        let flow = format!("{} --> {}", layer(flow.from), layer(flow.to));
        format!("; or say in this section `{}`", not_applicable(&[&flow], "reason"))
    } else {
        // What skips over an absent layer is no arrow of the template.
        String::new()
    };
    let requirement = &drawing.diagram.flow[flow.along].requirement;
    let (gate, strangers) = strangers(drawing, flow);
    if let (Some(gate), Some(&stranger)) = (gate, strangers.first()) {
        let names: Vec<_> = strangers.iter().map(|&node| drawing.name(End::Node(node))).collect();
        let are = are(names.len());
        let what = in_sentence(layer(flow.to));
        let message = format!(
            "`{}` leads to {}, which {are} not known as {what}",
            drawing.name(End::Node(gate)),
            list(&names, "and")
        );
        let those = if names.len() == 1 { "that is" } else { "those are" };
        let ends: Vec<End> = strangers.iter().map(|&node| End::Node(node)).collect();
        let name_it = name_it(drawing, &format!("{those} {what}"), drawing.element(flow.to, 0), &ends);
        let mut finding = Finding::new(message, drawing.topology.span(End::Node(stranger)), "of no known layer");
        for &other in &strangers[1..] {
            finding = finding.also(drawing.topology.span(End::Node(other)), "of no known layer");
        }
        return Some(
            finding.help(format!("{name_it}; else add an arrow, e.g. `{arrow}`{waive}")).required_by(requirement),
        );
    }
    Some(
        Finding::new(
            format!("nothing leads from `{}` to `{}`", layer(flow.from), layer(flow.to)),
            drawing.topology.span(from),
            format!("`{first}` {ends}"),
        )
        .also(drawing.topology.span(to), format!("`{second}` {begins}"))
        .help(format!("add an arrow, e.g. `{arrow}` ({}){waive}", gap.chain))
        .required_by(requirement),
    )
}

/// Where a layer leads only to nodes that no word knows and that may well be what is missed: the first node that does,
/// and those. Only a layer of one element can say what they would be.
fn strangers(drawing: Drawing, flow: &BoundFlow) -> (Option<usize>, Vec<usize>) {
    let topology = drawing.topology;
    let (mut gate, mut found) = (None, Vec::new());
    let own = Set::of(flow.from);
    if drawing.diagram.layers[flow.to].elements.len() != 1 {
        return (None, found);
    }
    for arrow in topology.arrows.iter().filter(|arrow| !arrow.barred) {
        let ends = [(arrow.from, arrow.to), (arrow.to, arrow.from)];
        for (from, to) in ends.into_iter().take(1 + usize::from(arrow.way == Way::Both)) {
            let End::Node(from) = from else { continue };
            if !topology.nodes[from].layers.contains(flow.from) || topology.some_layers(to).contains(flow.from) {
                continue;
            }
            let End::Node(to) = to else { return (None, Vec::new()) };
            let node = &topology.nodes[to];
            if node.because != Because::Nothing || node.said.nothing || !node.said.denied.is_empty() {
                return (None, Vec::new());
            }
            gate.get_or_insert(from);
            if !found.contains(&to) {
                found.push(to);
            }
        }
    }
    // What leads nowhere is a log or a meter, and nothing that answers.
    let leads_on = |&node: &usize| {
        drawing.leads(|from, to| from == End::Node(node) && !topology.some_layers(to).without(own).is_empty())
    };
    if found.iter().any(leads_on) { (gate, found) } else { (None, Vec::new()) }
}
