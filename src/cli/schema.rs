//! `infralint schema`: the JSON Schemas of what infralint reads and writes.

use crate::cli::CLEAN;
use crate::cli::args::{Schema, SchemaOf};
use crate::cli::stop::Outcome;
use crate::cli::streams::Streams;
use crate::config::raw::RawConfig;
use crate::output::json;
use crate::template::described::schema;
use crate::template::raw::RawTemplate;

/// How the schemas call themselves.
const CONFIG_ID: &str = "infralint.schema.json";
const TEMPLATE_ID: &str = "infralint-template.schema.json";

/// Runs `infralint schema`.
pub(super) fn run(arguments: &Schema, streams: &mut Streams) -> Outcome {
    let schema = match arguments.of {
        SchemaOf::Config => schema::of::<RawConfig>("infralint.toml", CONFIG_ID),
        SchemaOf::Template => schema::of::<RawTemplate>("A template of infralint", TEMPLATE_ID),
        SchemaOf::Output => json::schema(),
    };
    writeln!(streams.out, "{schema:#}")?;
    Ok(CLEAN)
}
