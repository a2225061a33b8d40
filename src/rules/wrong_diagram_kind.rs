//! `wrong-diagram-kind`

use crate::diagnostic::Finding;
use crate::markdown::model::BlockKind;
use crate::mermaid::kind::Kind;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::{Content, Diagram};
use crate::text;

declare_rule! {
    /// A diagram of another kind stands where the template asks for a certain one.
    ///
    /// A sequence diagram tells who calls whom, but not what runs where: the layers, zones and flows that the template
    /// asks for can only be read off a flowchart. Further diagrams beside the right one are welcome.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Route of a mail
    ///
    /// ```mermaid
    /// sequenceDiagram
    ///     User ->> Relay: mail
    /// ```
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Route of a mail
    ///
    /// ```mermaid
    /// flowchart LR
    ///     User --> Relay
    /// ```
    /// ````
    WRONG_DIAGRAM_KIND = "wrong-diagram-kind", Diagram, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for (id, content) in context.template.contents() {
        let Content::Diagram(wanted) = content else { continue };
        let blocks = &context.binding.content(id).blocks;
        let kinds: Vec<Kind> =
            blocks.iter().filter_map(|&block| context.reading.diagram(block)).map(|diagram| diagram.kind).collect();
        let all_known = !kinds.is_empty() && kinds.iter().all(|kind| matches!(kind, Kind::Flowchart | Kind::Other(_)));
        if !all_known || kinds.iter().any(|&kind| is_accepted(wanted, kind)) {
            continue;
        }
        let block = context.document().block(blocks[0]);
        let BlockKind::Code(code) = &block.kind else { continue };
        let name = name(kinds[0]);
        let place = code.body.iter().find_map(|&piece| {
            let at = context.slice(piece).find(name)?;
            Some(crate::span::Span::new(piece.start() + at, piece.start() + at + name.len()))
        });
        let accepted = text::list(&wanted.kinds, "or");
        findings.push(
            Finding::new(
                format!("`{name}` is not the kind of diagram that is asked for"),
                place.unwrap_or(code.info),
                "here",
            )
            .help(format!("draw it as {accepted}; this one may stay beside it"))
            .required_by(&wanted.requirement),
        );
    }
}

fn is_accepted(wanted: &Diagram, kind: Kind) -> bool {
    wanted.kinds.is_empty()
        || wanted.kinds.iter().any(|accepted| match kind {
            Kind::Flowchart => matches!(accepted.as_str(), "flowchart" | "graph"),
            // `stateDiagram` for `stateDiagram-v2`.
            Kind::Other(name) => accepted.starts_with(name),
            _ => false,
        })
}

/// The word that a diagram begins with.
fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Other(name) => name,
        _ => "flowchart",
    }
}
