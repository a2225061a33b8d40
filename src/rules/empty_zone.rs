//! `empty-zone`

use crate::bind::topology::drawing::Drawing;
use crate::bind::topology::model::ZoneState;
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// A zone is drawn with nothing in it, while enough others hold something.
    ///
    /// Where the others are too few, `too-few-zones` says so and points at the empty one.
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
    ///     Users --> LB[Load balancer]
    ///     subgraph AZ1[Availability Zone 1]
    ///         App1[App server 1]
    ///     end
    ///     subgraph AZ2[Availability Zone 2]
    ///         App2[App server 2]
    ///     end
    ///     subgraph AZ3[Availability Zone 3]
    ///     end
    ///     LB --> App1 & App2
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
    ///     Users --> LB[Load balancer]
    ///     subgraph AZ1[Availability Zone 1]
    ///         App1[App server 1]
    ///     end
    ///     subgraph AZ2[Availability Zone 2]
    ///         App2[App server 2]
    ///     end
    ///     LB --> App1 & App2
    /// ```
    /// ````
    EMPTY_ZONE = "empty-zone", Diagram, Warning, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        let topology = drawing.topology;
        for zone in topology.zones.iter().filter(|zone| zone.empty) {
            let bound = &topology.layers[zone.layer];
            let enough = matches!(bound.zones, ZoneState::Enough(_) | ZoneState::Answered(_));
            // Another group of the same zone may show what stands in it.
            let elsewhere = || topology.zones.iter().any(|other| !other.empty && other.name == zone.name);
            if enough && !elsewhere() {
                let name = drawing.caption(zone.at);
                findings.push(
                    Finding::new(format!("the zone `{name}` is empty"), topology.span(zone.at), "nothing stands in it")
                        .help(format!("draw what stands in `{name}`, or remove its `subgraph` and `end`"))
                        .required_by(&drawing.diagram.layers[zone.layer].requirement),
                );
            }
        }
    }
}
