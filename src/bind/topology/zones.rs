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
    /// By group: the zone that it is, or stands in.
    pub(super) of_group: Vec<Option<usize>>,
}

impl Zones {
    /// Whether a group is a zone itself.
    pub(super) fn is_zone(&self, group: usize) -> bool {
        self.of_group[group].is_some_and(|zone| self.list[zone].at == End::Group(group))
    }
}

/// Finds the groups that are zones.
pub(super) fn groups(all: &Collected, names: &ZoneNames, title: impl Fn(usize) -> String) -> Zones {
    let mut zones = Zones { list: Vec::new(), of_group: vec![None; all.groups.len()] };
    let is_titled = |group: usize| !all.groups[group].said.zones.is_empty();
    if !(0..all.groups.len()).any(is_titled) {
        return zones;
    }
    let mut holds_zone = vec![false; all.groups.len()];
    for &group in all.outside_in.iter().rev() {
        if let Some(parent) = all.groups[group].parent {
            holds_zone[parent] |= is_titled(group) || holds_zone[group];
        }
    }
    for group in (0..all.groups.len()).filter(|&group| is_titled(group) && !holds_zone[group]) {
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
