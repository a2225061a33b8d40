//! What clap refuses, or answers by itself: help, the version, and mistakes in the command line with a tip.

use std::path::Path;

use clap::error::{ContextKind, ContextValue};

use crate::cli::stop::Outcome;
use crate::cli::streams::Streams;
use crate::cli::{BROKEN, CLEAN};
use crate::output::pretty::Colour;

/// What users of ruff and others type, and what it is here: clap suggests by spelling, and would lead them astray.
const ELSEWHERE: [(&str, &str); 7] = [
    ("--select", "--only NAME"),
    ("--ignore", "--rule NAME=off"),
    ("--output-format", "--format FORMAT"),
    ("--exit-zero", "--fail-on never"),
    ("--explain", "infralint explain RULE"),
    ("rule", "infralint explain RULE"),
    ("lint", "infralint check"),
];

/// Says it where it belongs.
pub(super) fn say(mut refused: clap::Error, streams: &mut Streams) -> Outcome {
    if let Some(tip) = tip(&refused) {
        for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::Usage] {
            refused.remove(kind);
        }
        refused.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    let text = refused.render();
    let (stream, colour, code) = if refused.use_stderr() {
        (&mut streams.err, streams.terminal.err, BROKEN)
    } else {
        (&mut streams.out, streams.terminal.out, CLEAN)
    };
    let text = match colour {
        Colour::On => text.ansi().to_string(),
        Colour::Off => text.to_string(),
    };
    writeln!(stream, "{}", text.trim_end())?;
    Ok(code)
}

/// What was meant, where it is not a matter of spelling: a path in the place of a command, a word of another linter.
fn tip(refused: &clap::Error) -> Option<String> {
    let command = word(refused, ContextKind::InvalidSubcommand);
    if let Some(path) = command.filter(|path| Path::new(path).exists()) {
        return Some(format!("to check it, write `infralint check {path}`"));
    }
    let word = command.or_else(|| word(refused, ContextKind::InvalidArg))?;
    let (_, here) = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == word)?;
    Some(format!("write `{here}`"))
}

fn word(refused: &clap::Error, kind: ContextKind) -> Option<&str> {
    match refused.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        _ => None,
    }
}
