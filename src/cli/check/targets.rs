//! Which reports a run writes, and where: pairs of `--format` and `--output`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::cli::args::Check;
use crate::cli::discover::slashed;
use crate::cli::stop::Stop;
use crate::output::format::Format;
use crate::text;

/// A report to write.
pub(super) struct Target {
    /// Its form.
    pub(super) format: Format,
    /// `None` is standard output.
    pub(super) file: Option<PathBuf>,
}

/// Each `--output` belongs to the `--format` before it.
pub(super) fn targets(arguments: &Check, matches: Option<&ArgMatches>) -> Result<Vec<Target>, Stop> {
    let places = |id: &str| -> Vec<usize> {
        matches.and_then(|matches| matches.indices_of(id)).map(Iterator::collect).unwrap_or_default()
    };
    let (format_places, output_places) = (places("formats"), places("outputs"));
    let formats = match (arguments.formats.as_slice(), arguments.outputs.first()) {
        ([], None) => vec![Format::Pretty],
        ([], Some(file)) => vec![by_ending(file)?],
        (formats, _) => formats.to_vec(),
    };
    let mut targets: Vec<Target> = formats.into_iter().map(|format| Target { format, file: None }).collect();
    for (file, place) in arguments.outputs.iter().zip(output_places) {
        // An --output in front of every --format belongs to the first.
        let owner = format_places.iter().rposition(|&format| format < place).unwrap_or(0);
        if targets[owner].file.replace(file.clone()).is_some() {
            return Err(Stop::with_help(
                format!("`{}` has two --output files", targets[owner].format.name()),
                "write each --output after its own --format",
            ));
        }
    }
    let on_output: Vec<&str> =
        targets.iter().filter(|target| target.file.is_none()).map(|target| target.format.name()).collect();
    if on_output.len() > 1 {
        return Err(Stop::with_help(
            format!("{} would be mixed on standard output", text::list(&on_output, "and")),
            "write an --output FILE after all but one --format",
        ));
    }
    Ok(targets)
}

/// The format that a file is to have when nobody says: by its ending, and for people where that tells nothing.
fn by_ending(file: &Path) -> Result<Format, Stop> {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("json") => Ok(Format::Json),
        Some("jsonl") => Ok(Format::Jsonl),
        Some("sarif") => Ok(Format::Sarif),
        Some("xml") => {
            let name = slashed(file);
            let help = format!("write `--format junit --output {name}`, or `--format checkstyle`");
            Err(Stop::with_help(format!("the ending of {name} does not tell which format is meant"), help))
        }
        _ => Ok(Format::Pretty),
    }
}
