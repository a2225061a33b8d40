//! `wrong-diagram-kind`

use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
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
    for wrong in context.wrong_diagrams() {
        let Some(code) = context.document().block(wrong.block).code() else { continue };
        let names = wrong.kind.names();
        let place = code.body.iter().find_map(|&piece| {
            let text = context.slice(piece);
            let (at, length) = names.iter().filter_map(|name| Some((text.find(name)?, name.len()))).min()?;
            Some(Span::new(piece.start() + at, piece.start() + at + length))
        });
        let name = place.map_or_else(|| names.join(" "), |place| context.slice(place).to_owned());
        let accepted = text::list(&wrong.wanted.kinds, "or");
        findings.push(
            Finding::new(
                format!("`{name}` is not the kind of diagram that is asked for"),
                place.unwrap_or(code.info),
                "here",
            )
            .help(format!("draw it as {accepted}; this one may stay beside it"))
            .required_by(&wrong.wanted.requirement),
        );
    }
}
