//! What stands out of order.

use crate::bind::model::Binding;
use crate::markdown::model::SectionId;
use crate::template::model::{Order, SpecId, Template};

/// In a strict template: the sections that do not belong to the longest run in the template's order.
pub(crate) fn out_of_order(template: &Template, binding: &Binding) -> Vec<SpecId> {
    if template.order == Order::Loose {
        return Vec::new();
    }
    let parents = std::iter::once(None).chain(template.sections().map(|(id, _)| Some(id)));
    let mut strays = Vec::new();
    for parent in parents {
        let placed: Vec<(SpecId, SectionId)> =
            template.parts(parent).filter_map(|(id, _)| binding.section(id).at().map(|at| (id, at))).collect();
        let positions: Vec<usize> = placed.iter().map(|(_, at)| at.index()).collect();
        let kept = longest_run(&positions);
        strays.extend(placed.iter().zip(kept).filter(|(_, kept)| !kept).map(|((id, _), _)| *id));
    }
    strays
}

/// Which elements belong to a longest strictly increasing run: what is left out is out of order.
pub(crate) fn longest_run(values: &[usize]) -> Vec<bool> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let place = tails.partition_point(|&tail| values[tail] < *value);
        before.push(place.checked_sub(1).map(|place| tails[place]));
        if place == tails.len() {
            tails.push(index);
        } else {
            tails[place] = index;
        }
    }
    let mut kept = vec![false; values.len()];
    let mut current = tails.last().copied();
    while let Some(index) = current {
        kept[index] = true;
        current = before[index];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_leaves_out_the_least() {
        assert_eq!(longest_run(&[0, 1, 5, 2, 3]), [true, true, false, true, true]);
        assert_eq!(longest_run(&[]), Vec::<bool>::new());
    }
}
