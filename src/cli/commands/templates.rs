//! `infralint templates`: which there are, what one says, and whether one is sound.

use crate::cli::args::{Templates, TemplatesCommand};
use crate::cli::paint::Paint;
use crate::cli::project::Projects;
use crate::cli::project::catalogue::{self, INVALID_TEMPLATE};
use crate::cli::stop::{Outcome, Stop};
use crate::cli::streams::Streams;
use crate::cli::{CLEAN, gather};
use crate::lint::examples;
use crate::source::Source;
use crate::template::builtin::builtin;
use crate::text::count;

/// Runs `infralint templates`.
pub(in crate::cli) fn run(arguments: &Templates, streams: &mut Streams) -> Outcome {
    match &arguments.command {
        None | Some(TemplatesCommand::List) => list(streams),
        Some(TemplatesCommand::Show { template }) => {
            let template = Projects::default().here()?.catalogue.find(template)?;
            if let Some(own) = template.sources.first() {
                write!(streams.out, "{}", own.text())?;
            }
            Ok(CLEAN)
        }
        Some(TemplatesCommand::Check { file }) => {
            let template = catalogue::load_file(file)?;
            let mistakes = examples::mistakes(&template, gather::today().unwrap_or_default());
            if !mistakes.is_empty() {
                return Err(Stop::Mistakes { rule: INVALID_TEMPLATE, mistakes, sources: template.sources });
            }
            let fields = template.header.as_ref().map_or(0, |header| header.fields.len());
            let contents = template.contents().count();
            writeln!(
                streams.out,
                "The template {} is sound, and its examples keep to it: {}, {} and {} in them.",
                template.name,
                count(fields, "header field"),
                count(template.sections.len(), "section"),
                count(contents, "requirement"),
            )?;
            Ok(CLEAN)
        }
    }
}

fn list(streams: &mut Streams) -> Outcome {
    let paint = Paint(streams.terminal.out);
    let mut projects = Projects::default();
    let catalogue = &projects.here()?.catalogue;
    let width = catalogue.templates.iter().map(|template| template.name.len()).max().unwrap_or(0);
    for template in &catalogue.templates {
        let name = paint.cyan(&format!("{:width$}", template.name));
        let place = template.sources.first().map_or("", Source::name);
        let own = match builtin(&template.name) {
            Some(built_in) if built_in.name() == place => String::new(),
            Some(_) => format!(" ({place}, in the place of the built-in one)"),
            None => format!(" ({place})"),
        };
        writeln!(streams.out, "{name}  {}{own}", template.summary)?;
    }
    writeln!(streams.out, "\n`infralint templates show NAME` prints one to copy from.")?;
    Ok(CLEAN)
}
