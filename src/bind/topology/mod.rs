//! What the diagrams of a section draw, in terms of the template's layers: which node is what, what leads where.
//! Ten rules and the `topology` command read it. Linear in the diagrams.

pub mod advice;
pub mod chain;
pub mod drawing;
pub mod model;

mod collect;
mod direct;
mod exposed;
mod flows;
mod ghosts;
mod graph;
mod layers;
mod resources;
mod said;
pub(crate) mod series;
pub(super) mod waived;
mod zones;

use crate::bind::model::contents::Contents;
use crate::bind::model::{Answer, Match, Named, Place, Waiver};
use crate::bind::topology::direct::Direct;
use crate::bind::topology::model::{Chart, Group, LayerState, Topology};
use crate::markdown::model::BlockId;
use crate::mermaid::kind::Kind;
use crate::mermaid::model::Flowchart;
use crate::reading::{ReadDiagram, Reading};
use crate::template::model::diagram::Diagram;
use crate::template::model::{ContentId, Template};
use crate::text::normal;

/// Binds every diagram that the template asks layers of.
///
/// Where its section holds no diagram, the one elsewhere that shows most of the required layers, at least half of
/// them, answers: [`Place::WrongParent`].
pub(super) fn bind(
    template: &Template,
    reading: &Reading,
    contents: &mut Contents,
    waivers: &[Waiver],
) -> Vec<Topology> {
    let mut topologies = Vec::new();
    for (id, diagram) in template.diagrams().filter(|(_, diagram)| !diagram.layers.is_empty()) {
        let binder = Binder::new(template, reading, (id, diagram), waivers);
        if matches!(contents[id].found, Match::Missing(_)) {
            let taken: Vec<BlockId> = contents.all().iter().flat_map(|content| content.blocks.clone()).collect();
            if let Some((block, topology)) = binder.elsewhere(|block| taken.contains(&block)) {
                let bound = &mut contents[id];
                let answer = Answer { at: block, name: Named::Exact, place: Place::WrongParent };
                bound.found = Match::Found(answer);
                bound.blocks = vec![block];
                topologies.push(topology);
            }
        } else {
            topologies.extend(binder.of_blocks(&contents[id].blocks));
        }
    }
    for topology in &mut topologies {
        topology.resources = resources::find(topology, template, &reading.document, reading.source.text(), contents);
    }
    topologies
}

/// The topology that a document most likely means, whatever its section is called: for those who only want to see.
/// What shows one layer only is something else.
pub fn likely(template: &Template, reading: &Reading, waivers: &[Waiver]) -> Option<Topology> {
    let mut best: Option<(usize, Topology)> = None;
    for (id, diagram) in template.diagrams() {
        let binder = Binder::new(template, reading, (id, diagram), waivers);
        for (drawn, topology) in binder.candidates(|_| false) {
            if drawn > best.as_ref().map_or(1, |(most, _)| *most) {
                best = Some((drawn, topology));
            }
        }
    }
    best.map(|(_, topology)| topology)
}

struct Binder<'a> {
    template: &'a Template,
    reading: &'a Reading,
    diagram: &'a Diagram,
    content: ContentId,
    waivers: &'a [Waiver],
}

impl<'a> Binder<'a> {
    fn new(
        template: &'a Template,
        reading: &'a Reading,
        (content, diagram): (ContentId, &'a Diagram),
        waivers: &'a [Waiver],
    ) -> Self {
        Self { template, reading, diagram, content, waivers }
    }

    /// The flowcharts in these blocks as one topology. `None` where there is none, or one of them is not read in
    /// full: half a text would give false lacks.
    fn of_blocks(&self, blocks: &[BlockId]) -> Option<Topology> {
        let mut charts = Vec::new();
        for &block in blocks {
            let at = self.reading.diagrams().iter().position(|read| read.block == block)?;
            let diagram = &self.reading.diagrams()[at].diagram;
            match diagram.kind {
                Kind::Other(_) => {}
                Kind::Flowchart if diagram.is_whole() => {
                    charts.push((Chart { block, diagram: at }, diagram.flowchart.as_ref()?));
                }
                Kind::Flowchart | Kind::Misspelt(_) | Kind::Unknown | Kind::TooLong => return None,
            }
        }
        (!charts.is_empty()).then(|| self.understand(&charts))
    }

    fn elsewhere(&self, is_taken: impl Fn(BlockId) -> bool) -> Option<(BlockId, Topology)> {
        let required = self.diagram.layers.iter().filter(|layer| layer.required).count();
        let candidates = self.candidates(is_taken).filter(|&(drawn, _)| drawn * 2 >= required && drawn > 0);
        // Of equals the first counts.
        let best = candidates.reduce(|best, other| if other.0 > best.0 { other } else { best });
        best.map(|(_, topology)| (topology.charts[0].block, topology))
    }

    /// Every flowchart as a topology of its own, with the number of required layers that it shows.
    fn candidates(&self, is_taken: impl Fn(BlockId) -> bool) -> impl Iterator<Item = (usize, Topology)> {
        let flowcharts = |(at, read): (usize, &'a ReadDiagram)| {
            let chart = read.diagram.flowchart.as_ref().filter(|_| read.diagram.is_valid())?;
            Some((Chart { block: read.block, diagram: at }, chart))
        };
        let all = self.reading.diagrams().iter().enumerate().filter_map(flowcharts);
        all.filter(move |(chart, _)| !is_taken(chart.block)).map(|chart| {
            let topology = self.understand(&[chart]);
            let layers = self.diagram.layers.iter().zip(&topology.layers);
            let is_shown = |state| matches!(state, LayerState::Drawn | LayerState::Partial);
            let drawn = layers.filter(|(layer, bound)| layer.required && is_shown(bound.state)).count();
            (drawn, topology)
        })
    }

    fn understand(&self, charts: &[(Chart, &Flowchart)]) -> Topology {
        let text = self.reading.source.text();
        let mut all = collect::collect(charts, text);
        let written = said::collect(&all, charts, text);
        let names = said::read(&mut all, &written, self.template, &self.diagram.lexicon);
        let title = |group: &Group| normal(charts[group.chart].1.groups[group.index].title.of(text));
        let mut zones = zones::groups(&mut all, &names, title);
        layers::assign(&mut all, self.diagram, &zones);
        let mut layers = layers::bind(&mut all, self.diagram, self.content, self.waivers);
        let asked = zones::Asked { diagram: self.diagram, content: self.content, waivers: self.waivers };
        zones::bind(&all, &names, &mut zones, &mut layers, &asked);
        let direct = Direct::new(&all, layers.len());
        let flows = flows::bind(&all, &direct, self.diagram, self.content, self.waivers, &layers);
        let exposed = exposed::find(&all, &direct, self.diagram);
        Topology {
            content: self.content,
            charts: charts.iter().map(|(chart, _)| *chart).collect(),
            nodes: all.nodes,
            groups: all.groups,
            arrows: all.arrows,
            layers,
            zones,
            flows,
            exposed,
            ghosts: all.ghosts,
            resources: Vec::new(),
        }
    }
}
