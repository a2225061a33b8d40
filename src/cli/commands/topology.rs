//! `infralint topology`: what was understood of the diagram in a document.

use std::sync::Arc;

use crate::bind::bind;
use crate::bind::topology::drawing::Drawing;
use crate::bind::topology::likely;
use crate::bind::topology::model::Topology as Bound;
use crate::cli::args::{ListFormat, Topology};
use crate::cli::project::Projects;
use crate::cli::stop::{Outcome, Stop};
use crate::cli::streams::Streams;
use crate::cli::{CLEAN, discover, document};
use crate::lint::scope::Scope;
use crate::mermaid::kind::Kind;
use crate::output::topology::{Seen, json, text};
use crate::reading::{Reading, read};
use crate::template::model::Template;

/// Runs `infralint topology`.
pub(in crate::cli) fn run(arguments: &Topology, streams: &mut Streams) -> Outcome {
    let reading = read(document::named(&arguments.file)?);
    let template = template_for(arguments, &reading)?;
    let mut binding = bind(&reading, &template);
    let mut topologies = std::mem::take(&mut binding.topologies);
    if topologies.is_empty() {
        topologies.extend(likely(&template, &reading, &binding.waivers));
    }
    if topologies.is_empty() {
        return Err(nothing(&reading, &template));
    }
    show(arguments, &reading, &template, &binding.waivers, &topologies, streams)
}

fn show(
    arguments: &Topology,
    reading: &Reading,
    template: &Template,
    waivers: &[crate::bind::model::Waiver],
    topologies: &[Bound],
    streams: &mut Streams,
) -> Outcome {
    let drawings = topologies.iter().filter_map(|topology| Drawing::new(topology, template, reading));
    let seen: Vec<Seen> = drawings.map(|drawing| Seen { reading, waivers, drawing }).collect();
    match arguments.format {
        ListFormat::Text => {
            for (index, &one) in seen.iter().enumerate() {
                let gap = if index > 0 { "\n" } else { "" };
                write!(streams.out, "{gap}{}", text(one))?;
            }
        }
        ListFormat::Json => {
            let values = seen.iter().map(|&one| json::value(one)).collect();
            writeln!(streams.out, "{:#}", serde_json::Value::Array(values))?;
        }
    }
    Ok(CLEAN)
}

/// The template that holds the document; where none does, the first that asks for layers.
fn template_for(arguments: &Topology, reading: &Reading) -> Result<Arc<Template>, Stop> {
    let real = discover::real(&arguments.file);
    let mut projects = Projects::default();
    let project = projects.of_file(&real)?;
    let project = &projects.list[project];
    if let Some(asked) = &arguments.template {
        return project.catalogue.find(asked);
    }
    let has_layers = |template: &Template| template.diagrams().any(|(_, diagram)| !diagram.layers.is_empty());
    let held = match project.scope(reading, &real) {
        Scope::Held(template) if has_layers(&template) => Some(template),
        _ => None,
    };
    held.or_else(|| project.catalogue.templates.iter().find(|template| has_layers(template)).map(Arc::clone))
        .ok_or_else(|| Stop::new("no template asks for a topology"))
}

/// Why there is nothing to show.
fn nothing(reading: &Reading, template: &Template) -> Stop {
    let name = reading.source.name();
    let broken = reading.diagrams().iter().find(|read| read.diagram.flowchart.is_some() && !read.diagram.is_valid());
    if let Some(broken) = broken {
        let line = reading.source.line_of(reading.document.block(broken.block).span.start()) + 1;
        return Stop::with_help(
            format!("the diagram at line {line} of {name} cannot be read, so nothing of it is understood"),
            format!("`infralint check --template {} {name}` says what is wrong with it", template.name),
        );
    }
    let other = reading.diagrams().iter().find_map(|read| match read.diagram.kind {
        Kind::Other(kind) => Some((kind, read.block)),
        _ => None,
    });
    if let Some((kind, block)) = other {
        let line = reading.source.line_of(reading.document.block(block).span.start()) + 1;
        return Stop::with_help(
            format!("no flowchart in {name} shows a layer: the diagram at line {line} is a `{kind}`"),
            "draw the topology as a `flowchart`",
        );
    }
    let help = "draw the topology in a block fenced ```mermaid, beginning with `flowchart`";
    Stop::with_help(format!("no flowchart in {name} shows a layer of the template `{}`", template.name), help)
}
