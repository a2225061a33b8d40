//! Availability zones: what looks like one, what stands in it, and whether there are enough.

use crate::bind::model::{Target, Waiver};
use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{BoundLayer, End, Group, LayerState, Zone, ZoneState};
use crate::bind::topology::said::ZoneNames;
use crate::template::model::ContentId;
use crate::template::model::diagram::Diagram;

/// Finds the groups that are zones: the innermost that are titled so, for what holds others ("Availability Zones") is
/// none.
pub(super) fn groups(all: &mut Collected, names: &ZoneNames, title: impl Fn(&Group) -> String) -> Vec<Zone> {
    let groups = &mut all.groups;
    let mut zones = Vec::new();
    if groups.iter().all(|group| group.said.zones.is_empty()) {
        return zones;
    }
    let mut holds_zone = vec![false; groups.len()];
    for &group in all.outside_in.iter().rev() {
        if let Some(parent) = groups[group].parent {
            holds_zone[parent] |= holds_zone[group] || !groups[group].said.zones.is_empty();
        }
    }
    for (index, group) in groups.iter_mut().enumerate().filter(|&(group, _)| !holds_zone[group]) {
        let Some(layer) = group.said.zones.iter().next() else { continue };
        group.zone = Some(zones.len());
        let at = End::Group(index);
        let name = names.of(at).map_or_else(|| title(group), str::to_owned);
        zones.push(Zone { layer, at, name, filled: false, empty: group.size == 0 });
    }
    for &group in &all.outside_in {
        groups[group].zone = groups[group].zone.or_else(|| groups[groups[group].parent?].zone);
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
            if counts && let Some(name) = names.of(End::Node(node)).map(str::to_owned) {
                zones.push(Zone { layer: index, at: End::Node(node), name, filled: true, empty: false });
            }
        }
        let waiver = asked.waivers.iter().position(|waiver| waiver.waives(Target::Zones(asked.content, index)));
        let filled = zones.iter().filter(|zone| zone.layer == index && zone.filled);
        let mut names: Vec<&str> = filled.map(|zone| zone.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let found = names.len();
        layers[index].zones = match (layers[index].state, waiver) {
            (_, Some(waiver)) => ZoneState::Waived(waiver),
            (LayerState::Missing | LayerState::Absent, _) => ZoneState::NotAsked,
            _ if found >= wanted.min => ZoneState::Enough(found),
            _ => answered(all, index).map_or(ZoneState::TooFew(found), ZoneState::Answered),
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
