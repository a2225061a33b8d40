//! `infralint derive`: a template made from documents.

use crate::cli::args::Derive;
use crate::cli::discover::slashed;
use crate::cli::stop::{Outcome, Stop};
use crate::cli::streams::Streams;
use crate::cli::{CLEAN, document, write};
use crate::derive::derive;
use crate::reading::{Reading, read};

/// Runs `infralint derive`.
pub(in crate::cli) fn run(arguments: &Derive, streams: &mut Streams) -> Outcome {
    let readings = arguments.files.iter().map(|path| document::named(path).map(read));
    let readings = readings.collect::<Result<Vec<Reading>, Stop>>()?;
    if let Some(bare) = readings.iter().find(|reading| reading.document.headings().next().is_none()) {
        let help = "a template asks for sections: name a document that has some";
        return Err(Stop::with_help(format!("{} has no headings", bare.source.name()), help));
    }
    let text = derive(&readings);
    let Some(path) = &arguments.output else {
        streams.out.write_all(text.as_bytes())?;
        return Ok(CLEAN);
    };
    let place = slashed(path);
    write::fresh(path, &text, "name another file, or move that one away")?;
    writeln!(
        streams.err,
        "Wrote {place}. Read it beside the documents, edit it, then: infralint templates check {place}"
    )?;
    Ok(CLEAN)
}
