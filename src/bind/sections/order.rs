//! The order of sections, where a template asks for one.

use crate::bind::model::Binding;
use crate::markdown::model::SectionId;
use crate::template::model::{Order, SpecId, Template};
use crate::text::longest_run;

/// In a strict template: the sections that do not belong to the longest run in the template's order.
pub(crate) fn out_of_order(template: &Template, binding: &Binding) -> Vec<SpecId> {
    if template.order == Order::Loose {
        return Vec::new();
    }
    let mut parents: Vec<Option<SpecId>> = template.sections().map(|(_, section)| section.parent).collect();
    parents.sort_unstable();
    parents.dedup();
    let mut strays = Vec::new();
    for parent in parents {
        let placed: Vec<(SpecId, SectionId)> = template
            .sections()
            .filter(|(_, section)| section.parent == parent)
            .filter_map(|(id, _)| binding.section(id).at().map(|at| (id, at)))
            .collect();
        let positions: Vec<usize> = placed.iter().map(|(_, at)| at.index()).collect();
        let kept = longest_run(&positions);
        strays.extend(placed.iter().zip(kept).filter(|(_, kept)| !kept).map(|((id, _), _)| *id));
    }
    strays
}
