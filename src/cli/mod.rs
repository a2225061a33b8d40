//! The command line: the only door through which infralint touches the world. Reads files, asks the clock, and writes
//! to the streams that it is given.

mod args;
mod check;
mod commands;
mod discover;
mod document;
mod gather;
mod git;
mod paint;
mod project;
mod refusal;
mod stop;
pub mod streams;
mod write;

use std::ffi::OsString;
use std::io;

use clap::{CommandFactory, FromArgMatches};

use crate::cli::args::{Arguments, Command};
use crate::cli::commands::{derive, explain, init, new, rules, schema, shell, templates, topology};
use crate::cli::stop::{Outcome, Stop};
use crate::cli::streams::{Streams, Terminal};

/// Nothing found.
const CLEAN: u8 = 0;
/// Findings.
const FOUND: u8 = 1;
/// Could not work.
const BROKEN: u8 = 2;

/// Runs the command line of this process. Returns the exit code.
pub fn main() -> u8 {
    let mut streams = Streams {
        input: &mut io::stdin().lock(),
        out: &mut io::BufWriter::new(io::stdout().lock()),
        // Not locked: the progress of a run is drawn on it from other threads.
        err: &mut io::stderr(),
        terminal: Terminal::detect(),
    };
    run(std::env::args_os(), &mut streams)
}

/// Runs a command line, its first word the name of the program. Returns the exit code.
pub fn run(words: impl IntoIterator<Item = OsString>, streams: &mut Streams) -> u8 {
    let words: Vec<OsString> = words.into_iter().collect();
    let code = match parse(&words) {
        Ok(command) => run_command(command, streams),
        Err(refused) => refusal::say(refused, &words, streams),
    };
    match code.and_then(|code| streams.out.flush().map_err(Stop::from).map(|()| code)) {
        Ok(code) => code,
        Err(stop) => stop.say(streams),
    }
}

fn parse(words: &[OsString]) -> Result<(Command, clap::ArgMatches), clap::Error> {
    let matches = Arguments::command().try_get_matches_from(words)?;
    let arguments = Arguments::from_arg_matches(&matches)?;
    Ok((arguments.command, matches))
}

fn run_command((command, matches): (Command, clap::ArgMatches), streams: &mut Streams) -> Outcome {
    match command {
        Command::Check(arguments) => {
            let matches = matches.subcommand_matches("check");
            check::run(&arguments, matches, streams)
        }
        Command::New(arguments) => new::run(&arguments, streams),
        Command::Derive(arguments) => derive::run(&arguments, streams),
        Command::Explain(arguments) => explain::run(&arguments, streams),
        Command::Rules(arguments) => rules::run(&arguments, streams),
        Command::Templates(arguments) => templates::run(&arguments, streams),
        Command::Topology(arguments) => topology::run(&arguments, streams),
        Command::Init(arguments) => init::run(&arguments, streams),
        Command::Schema(arguments) => schema::run(&arguments, streams),
        Command::Completions(arguments) => shell::completions(&arguments, streams),
        Command::Man => shell::man(streams),
    }
}
