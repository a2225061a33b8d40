//! Diagrams that stand where one of another kind is asked for.

use crate::bind::model::Binding;
use crate::markdown::model::BlockId;
use crate::mermaid::kind::{self, Kind};
use crate::reading::Reading;
use crate::template::model::Template;
use crate::template::model::diagram::Diagram;

/// A diagram of another kind than the one that is asked for. What else is wrong with it says nothing then.
pub(crate) struct WrongDiagram<'a> {
    pub(crate) wanted: &'a Diagram,
    pub(crate) block: BlockId,
    pub(crate) kind: Kind,
}

/// For each diagram of the template: the first one that stands in its place, where none there is of its kind. Where
/// the kind of one of them is unknown, that may be the right one.
pub(crate) fn find<'a>(
    template: &'a Template,
    binding: &'a Binding,
    reading: &'a Reading,
) -> impl Iterator<Item = WrongDiagram<'a>> {
    template.diagrams().filter_map(|(id, wanted)| {
        let blocks = binding.content(id).blocks.iter();
        let mut kinds = blocks.filter_map(|&block| Some((block, reading.diagram(block)?.kind)));
        let (block, kind) = kinds.next()?;
        let may_answer = |kind: Kind| !matches!(kind, Kind::Flowchart | Kind::Other(_)) || is_accepted(wanted, kind);
        let answers = may_answer(kind) || kinds.any(|(_, kind)| may_answer(kind));
        (!answers).then_some(WrongDiagram { wanted, block, kind })
    })
}

fn is_accepted(wanted: &Diagram, kind: Kind) -> bool {
    wanted.kinds.is_empty() || wanted.kinds.iter().any(|name| kind::detect(name) == kind)
}
