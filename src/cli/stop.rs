//! Why a command cannot go on, and how that is said.

use std::fmt::Write as _;
use std::io;

use crate::cli::paint::Paint;
use crate::cli::streams::Streams;
use crate::cli::{BROKEN, CLEAN};
use crate::diagnostic::Mistake;
use crate::output::harmless;
use crate::output::pretty::{Colour, Look, Renderer, Requirement};
use crate::source::Source;

/// An exit code, or why there is none.
pub(super) type Outcome = Result<u8, Stop>;

/// Why a command cannot go on.
#[derive(Debug)]
pub(super) enum Stop {
    /// What was asked for cannot be done.
    Refused {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// Mistakes in a template or a configuration file.
    Mistakes {
        /// `invalid-template` or `invalid-config`.
        rule: &'static str,
        /// What is wrong.
        mistakes: Vec<Mistake>,
        /// The files that the mistakes point into.
        sources: Vec<Source>,
    },
    /// Whoever reads our output went away: there is nobody left to tell.
    Closed,
}

impl Stop {
    /// A reason without a help.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), help: None }
    }

    /// A reason, and what to do.
    pub(super) fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), help: Some(help.into()) }
    }

    /// Says it on standard error. Returns the exit code.
    pub(super) fn say(self, streams: &mut Streams) -> u8 {
        match self {
            Self::Refused { message, help } => {
                let text = error(&message, help.as_deref(), streams.terminal.err);
                // Nobody can be told that standard error is closed.
                let _ = streams.err.write_all(text.as_bytes());
                BROKEN
            }
            Self::Mistakes { rule, mistakes, sources } => {
                let terminal = streams.terminal;
                let look = Look { colour: terminal.err, width: terminal.width, requirement: Requirement::Hidden };
                let renderer = Renderer::new(look);
                let mut text = String::new();
                for mistake in &mistakes {
                    if let Some(source) = sources.get(usize::from(mistake.origin.source)) {
                        renderer.mistake(rule, mistake, source, &mut text);
                    }
                }
                let _ = streams.err.write_all(text.as_bytes());
                BROKEN
            }
            Self::Closed => CLEAN,
        }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::new(format!("cannot write: {error}"))
        }
    }
}

/// `error: message` and, indented, its help.
pub(super) fn error(message: &str, help: Option<&str>, colour: Colour) -> String {
    let paint = Paint(colour);
    let mut text = format!("{} {}\n", paint.bold_red("error:"), harmless::text(message));
    if let Some(help) = help {
        for (index, line) in harmless::text(help).lines().enumerate() {
            // A String takes everything.
            let _ = match index {
                0 => writeln!(text, "  {} {line}", paint.cyan("help:")),
                _ => writeln!(text, "        {line}"),
            };
        }
    }
    text
}
