//! `too-few-zones`

use crate::bind::topology::advice::{name_it, unknown_zones};
use crate::bind::topology::drawing::{Drawing, in_sentence, node_line};
use crate::bind::topology::model::{End, Zone, ZoneState};
use crate::bind::topology::series::next;
use crate::diagnostic::Finding;
use crate::directive::not_applicable;
use crate::rule::{Context, Findings, declare_rule};
use crate::text;

declare_rule! {
    /// A layer that must survive the loss of a zone is drawn in fewer zones than the template requires.
    ///
    /// A zone is a group whose title says so (`Availability Zone 1`, `us-east-1a`), or a node that names one, and it
    /// counts where something of the layer stands in it. A phrase such as `Multi-AZ` on a node or a group of the layer
    /// answers for all of them; on a database it does not.
    ///
    /// A system that runs in one place says so in the section: `Not applicable: availability zones — one host`.
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
    ///     end
    ///     LB --> App1
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
    TOO_FEW_ZONES = "too-few-zones", Diagram, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        for (layer, bound) in drawing.topology.layers.iter().enumerate() {
            if let ZoneState::TooFew(found) = bound.zones {
                findings.push(too_few(drawing, layer, found));
            }
        }
    }
}

fn too_few(drawing: Drawing, layer: usize, found: usize) -> Finding {
    let wanted = &drawing.diagram.layers[layer];
    let (min, word) = (wanted.zones.as_ref().map_or(1, |zones| zones.min), drawing.zone_word(layer));
    let name = in_sentence(&wanted.name);
    let (filled, bare) = drawing.topology.zones_of(layer);
    let many = if found == 0 { format!("no {word}") } else { text::count(found, word) };
    let need = if min == 1 { "1 is required".to_owned() } else { format!("{min} are required") };
    let first = drawing.topology.nodes_of(layer).next().map(End::Node);
    let (span, label) = match (bare.first(), filled.first(), first) {
        (Some(bare), ..) => (drawing.topology.span(bare.at), format!("no {name} stands in this one")),
        (None, Some(filled), _) => (drawing.topology.span(filled.at), "the only one".to_owned()),
        (None, None, Some(node)) => (drawing.topology.span(node), format!("{name} stands in none")),
        (None, None, None) => (drawing.opening(), "this diagram".to_owned()),
    };
    let mut finding = Finding::new(format!("{name} is drawn in {many}, {need}"), span, label);
    for other in bare.iter().skip(1) {
        finding = finding.also(drawing.topology.span(other.at), format!("no {name} stands in this one"));
    }
    if let (false, Some(filled)) = (bare.is_empty(), filled.first()) {
        finding = finding.also(drawing.topology.span(filled.at), "this one counts");
    }
    let same = filled.first().filter(|_| bare.is_empty()).and_then(|filled| namesake(drawing, filled));
    if let Some(same) = same {
        finding = finding.also(drawing.topology.span(same), "this has the same name");
    }
    let draw = match (bare.first(), filled.first(), same) {
        (Some(bare), ..) => match outside(drawing, layer) {
            Some(node) => format!("move `{}` into `{}`", drawing.name(node), drawing.name(bare.at)),
            None => format!("draw {name} in `{}`, e.g. `{}`", drawing.name(bare.at), another(drawing, layer)),
        },
        (None, Some(filled), Some(same)) => {
            let (title, id) = (drawing.caption(same), drawing.id(same));
            let id = if id == drawing.id(filled.at) { next(id) } else { id.to_owned() };
            let other = next(&title);
            format!("two groups are called `{title}`: name one after its own zone, e.g. `subgraph {id}[\"{other}\"]`")
        }
        (None, Some(filled), None) => {
            let (id, title) = (next(drawing.id(filled.at)), next(&drawing.caption(filled.at)));
            format!("draw another, e.g. `subgraph {id}[\"{title}\"]`, `{}` and `end`", another(drawing, layer))
        }
        (None, None, _) => around(drawing, layer),
    };
    let unknown = unknown_zones(drawing, layer).map(|zones| {
        let those = zones.map(|zone| drawing.caption(zone));
        let those = format!("{} are zones", text::list(&those, "and"));
        format!("; {}", name_it(drawing, &those, drawing.zone_key(layer), &zones))
    });
    let known = unknown.unwrap_or_default();
    finding
        .help(format!("{draw}{known}; or say in this section `{}`", not_applicable(&[&format!("{word}s")], "reason")))
        .required_by(wanted.zones.as_ref().map_or(&wanted.requirement, |zones| &zones.requirement))
}

/// Another group with something of the layer in it and the very name of this one.
fn namesake(drawing: Drawing, zone: &Zone) -> Option<End> {
    let is_same = |other: &&Zone| {
        let is_other = other.layer == zone.layer && other.filled && other.at != zone.at;
        is_other && matches!(other.at, End::Group(_)) && drawing.caption(other.at) == drawing.caption(zone.at)
    };
    drawing.topology.zones.iter().find(is_same).map(|other| other.at)
}

/// A node of the layer that stands in no zone, where some stand in one.
fn outside(drawing: Drawing, layer: usize) -> Option<End> {
    let stands_in_none = |&node: &usize| drawing.topology.nodes[node].zone.is_none();
    drawing.topology.nodes_of(layer).find(stands_in_none).map(End::Node)
}

/// One more node like those of the layer.
fn another(drawing: Drawing, layer: usize) -> String {
    let first = drawing.topology.nodes_of(layer).next().map(End::Node);
    let Some(first) = first else { return drawing.new_node(drawing.element(layer, 0)).1 };
    let (mut id, mut label) = (next(drawing.id(first)), next(&drawing.caption(first)));
    while drawing.is_taken(&id) {
        (id, label) = (next(&id), next(&label));
    }
    node_line(&id, &label)
}

/// A zone around what is there.
fn around(drawing: Drawing, layer: usize) -> String {
    let word = drawing.zone_word(layer);
    let first = drawing.topology.nodes_of(layer).next();
    let id = first.map_or("", |node| drawing.id(End::Node(node)));
    let mut letters = word.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    format!("draw it in zones, e.g. `subgraph Zone1[\"{title} 1\"]`, `{id}` and `end`")
}
