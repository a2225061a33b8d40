//! `missing-diagram`

use crate::bind::contents::asked;
use crate::bind::contents::shape;
use crate::bind::model::{Anchor, Place};
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::model::{BlockKind, CodeBlock};
use crate::mermaid::kind;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::ContentId;
use crate::template::model::diagram::Diagram;
use crate::text::did_you_mean;

declare_rule! {
    /// A diagram that a section must hold is not there, or not in a language that can be read.
    ///
    /// Drawings of characters, images and other languages are shown to people only: nothing can tell whether they
    /// agree with the rest. The finding points at the one that stands in its place.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Overview
    ///
    /// ```text
    /// +-------+     +-------+
    /// | Relay | --> | Queue |
    /// +-------+     +-------+
    /// ```
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Overview
    ///
    /// ```mermaid
    /// flowchart LR
    ///     Relay --> Queue
    /// ```
    /// ````
    MISSING_DIAGRAM = "missing-diagram", Diagram, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for (id, diagram) in context.template.diagrams() {
        let found = &context.binding.content(id).found;
        if let Some(anchor) = found.missing() {
            findings.push(say(context, id, diagram, anchor).required_by(&diagram.requirement));
        }
        // It draws most of the layers that are asked for: what it draws is judged where it stands.
        if let Some(answer) = found.answer().filter(|answer| answer.place == Place::WrongParent) {
            let called = format!("the diagram of `{}`", context.template.section(id.section).name.shown);
            let finding = context.elsewhere(id, answer.at, &called, "this diagram");
            findings.push(finding.required_by(&diagram.requirement));
        }
    }
}

/// What stands in the place of a diagram.
struct Instead {
    at: Span,
    /// How it is called, in the middle of a sentence.
    called: String,
    /// Where the language belongs that would make it one: in place of this.
    relabel: Option<Span>,
}

fn say(context: &Context, id: ContentId, diagram: &Diagram, anchor: Anchor) -> Finding {
    let section = context.template.section(id.section);
    let language = &diagram.language;
    let waive = asked::or_waive(section, context.template.content(id));
    let name = &section.name.shown;
    let first = diagram.kinds.first().map_or(String::new(), |kind| format!(", beginning with `{kind}`"));
    match instead(context, id, diagram) {
        Some(Instead { at, called, relabel: Some(place) }) => {
            let message = match context.slice(place) {
                "" => format!("section `{name}` has no `{language}` diagram: {called} stands there"),
                written => format!("`{written}` is probably `{language}`"),
            };
            Finding::new(message, at, "here").help(format!("write ```` ```{language} ````")).fix(Fix::replace(
                Safety::Unsafe,
                place,
                language.as_str(),
            ))
        }
        Some(Instead { at, called, .. }) => {
            Finding::new(format!("section `{name}` has no `{language}` diagram: {called} stands there"), at, "here")
                .help(format!("draw it in a block fenced ```` ```{language} ````{first}{waive}"))
        }
        None => Finding::new(
            format!("section `{name}` has no `{language}` diagram"),
            anchor.label,
            "it belongs in this section",
        )
        .help(format!("draw it in a block fenced ```` ```{language} ````{first}{waive}"))
        .fix(context.inserter().block(id, anchor)),
    }
}

/// The drawing of the section that says most: a diagram in another language, one of characters, an image.
fn instead(context: &Context, id: ContentId, diagram: &Diagram) -> Option<Instead> {
    let blocks = context.binding.content(id).instead.iter().map(|&id| context.document().block(id));
    let mut code = blocks.filter_map(|block| match &block.kind {
        BlockKind::Code(code) => drawing(context, code, diagram, block.span),
        _ => None,
    });
    code.next().or_else(|| {
        let owner = |span: Span| context.binding.owners[context.document().section_at(span.start()).index()];
        let mut links = context.document().links.iter().filter(|link| owner(link.span) == Some(id.section));
        let link = links.find(|link| shape::is_picture(context.slice(link.span), &link.target))?;
        let called = if context.slice(link.span).starts_with('!') { "an image" } else { "a link to a drawing" };
        Some(Instead { at: link.span, called: called.to_owned(), relabel: None })
    })
}

fn drawing(context: &Context, code: &CodeBlock, diagram: &Diagram, span: Span) -> Option<Instead> {
    let language = context.slice(code.language);
    let body: String = code.body.iter().map(|line| context.slice(*line)).collect();
    let opening = code.fence.map_or_else(|| context.first_line(span), |fence| fence.opening);
    let says = |called: &str| Some(Instead { at: opening, called: called.to_owned(), relabel: None });
    if language.is_empty() && diagram.language == "mermaid" && kind::opens_diagram(&body) {
        let called = "a diagram in a fence without a language".to_owned();
        return Some(Instead { at: opening, called, relabel: code.fence.map(|fence| fence.opening.tail()) });
    }
    let is_near = did_you_mean(language, [diagram.language.as_str()]).is_some();
    if is_near && !diagram.language.eq_ignore_ascii_case(language) && kind::opens_diagram(&body) {
        return Some(Instead { at: code.language, called: String::new(), relabel: Some(code.language) });
    }
    match language.to_ascii_lowercase().as_str() {
        "plantuml" | "puml" => says("PlantUML"),
        "dot" | "graphviz" | "d2" | "ditaa" | "structurizr" | "nomnoml" | "mermaid" => {
            says(&format!("a `{language}` drawing"))
        }
        _ if body.trim_start().starts_with("@startuml") => says("PlantUML"),
        "" | "text" | "txt" | "ascii" | "plaintext" | "plain" if shape::is_drawn(&body) => {
            says("a drawing of characters")
        }
        _ => None,
    }
}
