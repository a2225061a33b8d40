//! Which layer leads to which: where a document asks for the flow, the arrows that its own diagram has.

use crate::bind::bind;
use crate::bind::topology::model::FlowState;
use crate::derive::shape::Shape;
use crate::derive::write;
use crate::reading::Reading;
use crate::source::Source;
use crate::template::load::load;

/// Leads each layer from the nearest one before it, as far as all documents draw it.
pub(super) fn settle(shape: &mut Shape, readings: &[Reading]) {
    for index in 0..shape.demands.len() {
        if shape.demands[index].flow.is_none() || shape.demands[index].section.is_none() {
            continue;
        }
        let layers = shape.demands[index].layers.len();
        let all: Vec<(usize, usize)> = (1..layers).flat_map(|to| (0..to).map(move |from| (from, to))).collect();
        let mut trial = shape.clone();
        trial.demands = vec![shape.demands[index].clone()];
        trial.demands[0].flow = Some(all);
        let Ok(template) = load(vec![Source::new("derived.toml", write::template(&trial))], &[]) else {
            shape.demands[index].flow = None;
            continue;
        };
        let drawn: Vec<Vec<(usize, usize)>> = readings
            .iter()
            .map(|reading| {
                let binding = bind(reading, &template);
                let flows = binding.topologies.iter().flat_map(|topology| &topology.flows);
                let is_drawn =
                    |state: &FlowState| matches!(state, FlowState::Drawn(_) | FlowState::Silent { drawn: true });
                flows.filter(|flow| is_drawn(&flow.state)).map(|flow| (flow.from, flow.to)).collect()
            })
            .collect();
        let in_all = |pair: &(usize, usize)| drawn.iter().all(|pairs| pairs.contains(pair));
        let nearest = (1..layers).filter_map(|to| (0..to).rev().map(|from| (from, to)).find(in_all));
        shape.demands[index].flow = Some(nearest.collect());
    }
}
