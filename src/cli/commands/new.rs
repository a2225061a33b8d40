//! `infralint new`: a fresh document, made from a template.

use crate::cli::args::New;
use crate::cli::discover::slashed;
use crate::cli::project::Projects;
use crate::cli::stop::{Outcome, Stop};
use crate::cli::streams::Streams;
use crate::cli::{CLEAN, gather, write};
use crate::template::builtin;
use crate::template::skeleton;

/// Runs `infralint new`.
pub(in crate::cli) fn run(arguments: &New, streams: &mut Streams) -> Outcome {
    let first = builtin::SOURCES.first().map_or("", |(name, _)| *name);
    let asked = arguments.template.as_deref().unwrap_or(first);
    let template = Projects::default().here()?.catalogue.find(asked)?;
    if template.sections.is_empty() {
        let help = format!("name one that asks for something, such as `infralint new {first}`");
        return Err(Stop::with_help(format!("the template `{}` asks for no sections", template.name), help));
    }
    let text = skeleton::document(&template, gather::day(arguments.today.as_deref())?);
    let Some(path) = &arguments.output else {
        streams.out.write_all(text.as_bytes())?;
        return Ok(CLEAN);
    };
    let place = slashed(path);
    write::fresh(
        path,
        &text,
        format!("name another file, or see what `{asked}` asks of it: infralint check --template {asked} {place}"),
    )?;
    writeln!(streams.err, "Wrote {place}. Fill in what stands in brackets, then: infralint check {place}")?;
    Ok(CLEAN)
}
