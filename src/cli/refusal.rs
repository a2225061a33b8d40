//! What clap refuses, or answers by itself: help, the version, and mistakes in the command line with a tip.

use std::path::Path;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::args::Arguments;
use crate::cli::stop::Outcome;
use crate::cli::streams::Streams;
use crate::cli::{BROKEN, CLEAN};
use crate::output::pretty::Colour;
use crate::text::did_you_mean;

/// What users of ruff and others type, and what it is here: clap suggests by spelling, and would lead them astray.
const ELSEWHERE: [(&str, &str); 15] = [
    ("--select", "write `--only NAME`"),
    ("--ignore", "write `--rule NAME=off`"),
    ("--disable", "write `--rule NAME=off`"),
    ("--config", "the nearest `infralint.toml` above each document is found by itself"),
    ("--output-format", "write `--format FORMAT`"),
    ("--json", "write `--format json`"),
    ("-f", "write `--format FORMAT`"),
    ("-o", "write `--output FILE`"),
    ("--exit-zero", "write `--fail-on never`"),
    ("--explain", "write `infralint explain RULE`"),
    ("--list-rules", "write `infralint rules`"),
    ("rule", "write `infralint explain RULE`"),
    ("lint", "write `infralint check`"),
    ("fix", "write `infralint check --fix`"),
    ("format", "write `infralint check --fix`"),
];

/// Says it where it belongs.
pub(super) fn say(mut refused: clap::Error, streams: &mut Streams) -> Outcome {
    if let Some(tip) = tip(&refused) {
        for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::Usage] {
            refused.remove(kind);
        }
        refused.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    } else if refused.kind() == ErrorKind::UnknownArgument {
        // That it could be passed as a value, with `--` before it, is seldom what was meant.
        refused.remove(ContextKind::Suggested);
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
    if let Some((_, tip)) = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == word) {
        return Some((*tip).to_owned());
    }
    // Clap's measure of likeness misses `--fxi`.
    let is_unknown = refused.kind() == ErrorKind::UnknownArgument && refused.get(ContextKind::SuggestedArg).is_none();
    let name = word.strip_prefix("--").filter(|_| is_unknown)?;
    let commands = Arguments::command();
    let options = commands.get_subcommands().flat_map(clap::Command::get_arguments).filter_map(clap::Arg::get_long);
    did_you_mean(name, options).map(|near| format!("did you mean `--{near}`?"))
}

fn word(refused: &clap::Error, kind: ContextKind) -> Option<&str> {
    match refused.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        _ => None,
    }
}
