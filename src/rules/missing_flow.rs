//! `missing-flow`

use crate::bind::topology::chain::Gap;
use crate::bind::topology::drawing::Drawing;
use crate::bind::topology::model::{BoundFlow, End, FlowState};
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};

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
    let waive = match flow.along[..] {
        [_] => {
            format!("; or say in this section `Not applicable: {} --> {} — reason`", layer(flow.from), layer(flow.to))
        }
        // What skips over an absent layer is no arrow of the template.
        _ => String::new(),
    };
    Some(
        Finding::new(
            format!("nothing leads from `{}` to `{}`", layer(flow.from), layer(flow.to)),
            drawing.topology.span(from),
            format!("`{first}` {ends}"),
        )
        .also(drawing.topology.span(to), format!("`{second}` {begins}"))
        .help(format!("add an arrow, e.g. `{arrow}` ({}){waive}", gap.chain))
        .required_by(&drawing.diagram.flow[flow.along[0]].requirement),
    )
}
