//! `infralint schema`: the JSON Schemas of what infralint reads and writes.

use crate::cli::CLEAN;
use crate::cli::args::{Schema, SchemaOf};
use crate::cli::stop::Outcome;
use crate::cli::streams::Streams;
use crate::config;
use crate::output::json;
use crate::template;

/// Runs `infralint schema`.
pub(in crate::cli) fn run(arguments: &Schema, streams: &mut Streams) -> Outcome {
    let schema = match arguments.of {
        SchemaOf::Config => config::raw::schema(),
        SchemaOf::Template => template::raw::schema(),
        SchemaOf::Output => json::schema(),
    };
    writeln!(streams.out, "{schema:#}")?;
    Ok(CLEAN)
}
