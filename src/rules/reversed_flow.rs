//! `reversed-flow`

use crate::bind::topology::drawing::Drawing;
use crate::bind::topology::model::{BoundFlow, FlowState};
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::text;

declare_rule! {
    /// The only arrows between two layers of the topology run backwards.
    ///
    /// An arrow shows who calls whom: traffic flows from the users to the data. Where other arrows lead the right way,
    /// those that lead back are nobody's business.
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
    ///     Users --> CDN --> WAF --> LB[Load balancer]
    ///     App1[App server] --> LB
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
    ///     Users --> CDN --> WAF --> LB[Load balancer]
    ///     LB --> App1[App server]
    ///     App1 --> Primary[(Database)]
    ///     App1 --> Jobs[Queue]
    /// ```
    /// ````
    REVERSED_FLOW = "reversed-flow", Diagram, Warning, Document(check)
}

/// So many arrows are labelled, and turned round in the help.
const SHOWN: usize = 4;

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        let reversed: Vec<(&BoundFlow, &[usize])> = drawing
            .topology
            .flows
            .iter()
            .filter_map(|flow| match &flow.state {
                FlowState::Reversed(arrows) => Some((flow, arrows.as_slice())),
                _ => None,
            })
            .collect();
        // Who draws arrows the other way round does so throughout: that is one habit.
        findings.list.extend(say(drawing, &reversed));
    }
}

fn say(drawing: Drawing, reversed: &[(&BoundFlow, &[usize])]) -> Option<Finding> {
    let (flow, _) = reversed.first()?;
    let layer = |index: usize| drawing.diagram.layers[index].name.as_str();
    let arrows: Vec<usize> = reversed.iter().flat_map(|(_, arrows)| arrows.iter().copied()).collect();
    let pairs: Vec<String> =
        reversed.iter().map(|(flow, _)| format!("`{}` and `{}`", layer(flow.from), layer(flow.to))).collect();
    let runs = if arrows.len() == 1 { "runs" } else { "run" };
    let pairs = match &pairs[..] {
        [first, _, _, ..] => format!("{first} and {} further pairs of layers", pairs.len() - 1),
        _ => pairs.join(", and between "),
    };
    let message = format!("the {} between {pairs} {runs} backwards", text::plural(arrows.len(), "arrow"));
    let shown: Vec<_> = arrows.iter().take(SHOWN).map(|&arrow| &drawing.topology.arrows[arrow]).collect();
    let says = |at: usize| format!("`{}` leads to `{}`", drawing.name(shown[at].from), drawing.name(shown[at].to));
    let mut finding = Finding::new(message, shown.first()?.span, says(0));
    for (at, arrow) in shown.iter().enumerate().skip(1) {
        finding = finding.also(arrow.span, says(at));
    }
    let lines: Vec<String> =
        shown.iter().map(|arrow| format!("{} --> {}", drawing.id(arrow.to), drawing.id(arrow.from))).collect();
    let help = if arrows.len() > SHOWN {
        format!("turn them round: `{}` and so on", lines[0])
    } else {
        format!("write {}", text::list(&lines, "and"))
    };
    Some(finding.help(help).required_by(&drawing.diagram.flow[flow.along].requirement))
}
