//! What clap refuses, or answers by itself: help, the version, and mistakes in the command line with a tip.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};

use crate::cli::args::Arguments;
use crate::cli::stop::Outcome;
use crate::cli::streams::Streams;
use crate::cli::{BROKEN, CLEAN};
use crate::output::pretty::Colour;
use crate::text::did_you_mean;

/// Options that users of ruff and others type, and what they are here: clap suggests by spelling, and would lead them
/// astray.
const OPTIONS: [(&str, &str, &str); 8] = [
    ("--select", "only", "NAME"),
    ("--ignore", "rule", "NAME=off"),
    ("--disable", "rule", "NAME=off"),
    ("--output-format", "format", "FORMAT"),
    ("--json", "format", "json"),
    ("-f", "format", "FORMAT"),
    ("-o", "output", "FILE"),
    ("--exit-zero", "fail-on", "never"),
];

/// What else they type, and what to do instead.
const ELSEWHERE: [(&str, &str); 7] = [
    ("--config", "the nearest `infralint.toml` above each document is found by itself"),
    ("--explain", "write `infralint explain RULE`"),
    ("--list-rules", "write `infralint rules`"),
    ("rule", "write `infralint explain RULE`"),
    ("lint", "write `infralint check`"),
    ("fix", "write `infralint check --fix`"),
    ("format", "write `infralint check --fix`"),
];

/// Says it where it belongs.
pub(super) fn say(mut refused: clap::Error, words: &[OsString], streams: &mut Streams) -> Outcome {
    if let Some(tip) = tip(&refused, words) {
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
fn tip(refused: &clap::Error, words: &[OsString]) -> Option<String> {
    let command = word(refused, ContextKind::InvalidSubcommand);
    if let Some(path) = command.filter(|path| Path::new(path).exists()) {
        return Some(format!("to check it, write `infralint check {path}`"));
    }
    let word = command.or_else(|| word(refused, ContextKind::InvalidArg))?;
    if let Some((_, tip)) = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == word) {
        return Some((*tip).to_owned());
    }
    let commands = Arguments::command();
    let given = given(&commands, words);
    if let Some((_, name, value)) = OPTIONS.iter().find(|(elsewhere, ..)| *elsewhere == word) {
        return match given {
            Some(given) => options(given).any(|own| own == *name).then(|| format!("write `--{name} {value}`")),
            None => Some(format!("write `infralint check --{name} {value}`")),
        };
    }
    // Clap's measure of likeness misses `--fxi`.
    let is_unknown = refused.kind() == ErrorKind::UnknownArgument && refused.get(ContextKind::SuggestedArg).is_none();
    let name = word.strip_prefix("--").filter(|_| is_unknown)?;
    if let Some(near) = did_you_mean(name, given.into_iter().flat_map(options)) {
        return Some(format!("did you mean `--{near}`?"));
    }
    // An option that several commands have does not tell which was meant; where none is named, most want to check.
    let check = commands.find_subcommand("check")?;
    let is_other = |command: &&Command| given.is_some() && command.get_name() != check.get_name();
    let others: Vec<&str> = commands.get_subcommands().filter(is_other).flat_map(options).collect();
    let checks = options(check).filter(|option| !others.contains(option));
    did_you_mean(name, checks).map(|near| format!("did you mean `infralint check --{near}`?"))
}

/// The command that the words name: `check`, or `show` of `templates show`.
fn given<'c>(commands: &'c Command, words: &[OsString]) -> Option<&'c Command> {
    let mut given = None;
    for word in words.iter().skip(1) {
        match given.unwrap_or(commands).find_subcommand(word) {
            Some(named) => given = Some(named),
            None => break,
        }
    }
    given
}

/// The long names of the options of a command.
fn options(command: &Command) -> impl Iterator<Item = &str> {
    command.get_arguments().filter_map(Arg::get_long)
}

fn word(refused: &clap::Error, kind: ContextKind) -> Option<&str> {
    match refused.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        _ => None,
    }
}
