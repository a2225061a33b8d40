//! The streams of the process, passed in so that a test can read them, and what is known of the terminal.

use std::io::{self, IsTerminal, Read, Write};

use crate::cli::args::When;
use crate::output::pretty::Colour;

/// Widest text where nothing is known of the terminal.
const WIDTH: usize = 100;
/// Text wider than this is hard to read, however wide the terminal.
const WIDEST: usize = 120;

/// Standard input, output and error, and what stands behind them.
pub struct Streams<'a> {
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Standard output: the report, nothing else.
    pub out: &'a mut dyn Write,
    /// Standard error: everything else.
    pub err: &'a mut dyn Write,
    /// What reads the output.
    pub terminal: Terminal,
}

/// What reads the output.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Whether standard output is coloured, unless a flag says otherwise.
    pub out: Colour,
    /// Whether standard error is.
    pub err: Colour,
    /// Width of a line.
    pub width: usize,
    /// Whether somebody looks at standard error while we work.
    pub watched: bool,
}

impl Terminal {
    /// Asks the environment and the terminal.
    pub fn detect() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colour = |terminal: bool| {
            let on = !set("NO_COLOR") && (set("CLICOLOR_FORCE") || set("FORCE_COLOR") || terminal && !dumb);
            if on { Colour::On } else { Colour::Off }
        };
        let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Self {
            out: colour(io::stdout().is_terminal()),
            err: colour(io::stderr().is_terminal()),
            watched: io::stderr().is_terminal() && !dumb,
            width: asked.or_else(measured).unwrap_or(WIDTH).clamp(40, WIDEST),
        }
    }

    /// With what a flag says: it wins over the environment.
    #[must_use]
    pub(super) fn with(self, when: When) -> Self {
        match when {
            When::Auto => self,
            When::Always => Self { out: Colour::On, err: Colour::On, ..self },
            When::Never => Self { out: Colour::Off, err: Colour::Off, ..self },
        }
    }
}
