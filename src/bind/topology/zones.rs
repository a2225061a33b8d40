//! Availability zones: what looks like one, what stands in it, and whether there are enough.

use crate::bind::model::{Target, Waiver};
use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{BoundLayer, End, LayerState, Zone, ZoneState};
use crate::bind::topology::said::ZoneNames;
use crate::template::model::ContentId;
use crate::template::model::diagram::Diagram;

/// Zones that are groups: the innermost that are titled so, for what holds others ("Availability Zones") is none.
pub(super) struct Zones {
    pub(super) list: Vec<Zone>,
    /// By group.
    pub(super) is_zone: Vec<bool>,
    /// By group: the zone that it is, or stands in.
    pub(super) of_group: Vec<Option<usize>>,
}

/// Finds the groups that are zones.
pub(super) fn groups(all: &Collected, names: &ZoneNames, title: impl Fn(usize) -> String) -> Zones {
    let mut holds_zone = vec![false; all.groups.len()];
    let mut zones =
        Zones { list: Vec::new(), is_zone: vec![false; all.groups.len()], of_group: vec![None; all.groups.len()] };
    for &group in all.outside_in.iter().rev() {
        let value = &all.groups[group];
        let is_titled = !value.said.zones.is_empty();
        let holds = value.groups.iter().any(|&inner| holds_zone[inner]);
        zones.is_zone[group] = is_titled && !holds;
        holds_zone[group] = is_titled || holds;
    }
    for group in (0..all.groups.len()).filter(|&group| zones.is_zone[group]) {
        zones.of_group[group] = Some(zones.list.len());
        let layer = all.groups[group].said.zones.iter().next().unwrap_or(0);
        let empty = all.groups[group].size == 0;
        let name = names.of(End::Group(group)).map_or_else(|| title(group), str::to_owned);
        zones.list.push(Zone { layer, at: End::Group(group), name, filled: false, empty });
    }
    for &group in &all.outside_in {
        let around = all.groups[group].parent.and_then(|parent| zones.of_group[parent]);
        zones.of_group[group] = zones.of_group[group].or(around);
    }
    zones
}

/// Fills the zones, adds those that nodes name, and says of each layer whether they are enough.
pub(super) fn bind(
    all: &Collected,
    names: &ZoneNames,
    zones: &mut Vec<Zone>,
    layers: &mut [BoundLayer],
    asked: &Asked,
) {
    for node in &all.nodes {
        if let Some(zone) = node.zone
            && node.layers.contains(zones[zone].layer)
        {
            zones[zone].filled = true;
        }
    }
    for (index, layer) in asked.diagram.layers.iter().enumerate() {
        let Some(wanted) = &layer.zones else { continue };
        for (node, value) in all.nodes.iter().enumerate() {
            let counts = value.said.zones.contains(index) && value.layers.contains(index) && value.zone.is_none();
            if let Some(name) = names.of(End::Node(node)).filter(|_| counts) {
                let name = name.to_owned();
                zones.push(Zone { layer: index, at: End::Node(node), name, filled: true, empty: false });
            }
        }
        let waiver = asked.waivers.iter().position(|waiver| waiver.waives(Target::Zones(asked.content, index)));
        let filled = zones.iter().filter(|zone| zone.layer == index && zone.filled);
        let mut names: Vec<&str> = filled.map(|zone| zone.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let found = names.len();
        layers[index].zones = match (layers[index].state, waiver, answered(all, index)) {
            (_, Some(waiver), _) => ZoneState::Waived(waiver),
            (LayerState::Missing | LayerState::Absent, ..) => ZoneState::NotAsked,
            _ if found >= wanted.min => ZoneState::Enough(found),
            (_, _, Some(end)) => ZoneState::Answered(end),
            _ => ZoneState::TooFew(found),
        };
    }
}

/// What zones are judged by.
pub(super) struct Asked<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) content: ContentId,
    pub(super) waivers: &'a [Waiver],
}

/// The node or group of a layer that says that all zones are used.
fn answered(all: &Collected, layer: usize) -> Option<End> {
    let node = all.nodes.iter().position(|node| node.said.all_zones.contains(layer) && node.layers.contains(layer));
    let of_layer = |group: usize| {
        let group = &all.groups[group];
        group.said.all_zones.contains(layer) && group.some.contains(layer)
    };
    node.map(End::Node).or_else(|| (0..all.groups.len()).find(|&group| of_layer(group)).map(End::Group))
}
