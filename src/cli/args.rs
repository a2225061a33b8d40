//! The command line, as clap sees it.

use std::num::{NonZeroUsize, ParseIntError};
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};

use crate::config::model::FailOn;
use crate::output::format::Format;
use crate::severity::Severity;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_CODES: &str = "Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 could not work (bad usage, \
    template or configuration, a file that cannot be read, nothing to check)";

/// The linter for infrastructure specs written in Markdown.
#[derive(Debug, Parser)]
#[command(name = "infralint", version, styles = STYLES, max_term_width = 100, propagate_version = true)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lint specs
    ///
    /// Folders are walked for Markdown files (.gitignore is respected, hidden folders are skipped). Most Markdown is
    /// no spec: a file is checked when it says so, or when it has the header or the sections of a template.
    #[command(after_help = EXIT_CODES)]
    Check(Box<Check>),
    /// Write a fresh document from a template, dated today
    New(New),
    /// Make a template from documents: from a template document, or from documents that are filled in
    Derive(Derive),
    /// Say what a rule means, with examples
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// List the templates, show one, or check one of your own
    Templates(Templates),
    /// Show what is understood of the diagram: layers, elements, zones, flow, and what is missing
    Topology(Topology),
    /// Propose a configuration and a pre-commit hook, and write them when told to
    Init(Init),
    /// Print a JSON Schema
    Schema(Schema),
    /// Print the completions of a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("mends").args(["fix", "diff"]).multiple(true)))]
pub(super) struct Check {
    /// Files and folders; without any, the current folder; `-` is standard input
    pub(super) paths: Vec<PathBuf>,

    /// Hold every given file to this template: a name, or a TOML file
    #[arg(long, value_name = "NAME|FILE", help_heading = "What is checked")]
    pub(super) template: Option<String>,

    /// One document on standard input, with this path in the report
    #[arg(long, value_name = "PATH", help_heading = "What is checked")]
    pub(super) stdin_filename: Option<PathBuf>,

    /// Nothing to check is fine: exit with 0 when no file is a spec
    #[arg(long, help_heading = "What is checked")]
    pub(super) allow_no_specs: bool,

    /// Leave out what the configuration excludes, although it is named here (for pre-commit)
    #[arg(long, help_heading = "What is checked")]
    pub(super) force_exclude: bool,

    /// Set the level of a rule: off, info, warning or error (repeatable)
    #[arg(long = "rule", value_name = "NAME=LEVEL", help_heading = "Rules")]
    pub(super) rules: Vec<String>,

    /// Run this rule only (repeatable, or several with commas)
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Rules")]
    pub(super) only: Vec<String>,

    /// Show findings from this level up: info, warning or error
    #[arg(long, value_name = "LEVEL", default_value = "info", hide_possible_values = true, help_heading = "Rules")]
    pub(super) severity: Level,

    /// Exit with 1 when there are findings from this level up: info, warning, error (default) or never
    #[arg(long, value_name = "LEVEL", hide_possible_values = true, help_heading = "Rules")]
    pub(super) fail_on: Option<FailOn>,

    /// Check only files that changed since the branch left this revision, and compare them with what they were
    #[arg(long, value_name = "REV", help_heading = "History")]
    pub(super) since: Option<String>,

    /// Ask git when each document last changed
    #[arg(long, help_heading = "History")]
    pub(super) history: bool,

    /// The day on which the document is judged, as 2026-01-31 (default: today)
    #[arg(long, value_name = "DATE", help_heading = "Rules")]
    pub(super) today: Option<String>,

    /// Write the fixes that change the form only, and check again
    #[arg(long, help_heading = "Fixes")]
    pub(super) fix: bool,

    /// With --fix or --diff: those that may change what the document says, too
    #[arg(long, requires = "mends", help_heading = "Fixes")]
    pub(super) unsafe_fixes: bool,

    /// Show what --fix would write, and write nothing; exit with 1 when something would change
    #[arg(long, help_heading = "Fixes")]
    pub(super) diff: bool,

    /// Write an `allow` comment for each finding, with this reason
    #[arg(long, value_name = "REASON", conflicts_with = "mends", help_heading = "Fixes")]
    pub(super) add_allow: Option<String>,

    /// Leave out the findings that this file knows
    #[arg(long, value_name = "FILE", help_heading = "Known findings")]
    pub(super) baseline: Option<PathBuf>,

    /// Record today's findings in the --baseline file (default: infralint-baseline.json)
    #[arg(long, conflicts_with_all = ["prune_baseline", "mends"], help_heading = "Known findings")]
    pub(super) write_baseline: bool,

    /// Remove from the --baseline file what has been fixed
    #[arg(long, help_heading = "Known findings")]
    pub(super) prune_baseline: bool,

    /// Form of the report (repeatable, each but one with its --output)
    #[arg(long = "format", value_name = "FORMAT", help_heading = "Report")]
    pub(super) formats: Vec<Format>,

    /// Write the report of the --format before it into this file (without any, its ending tells the format)
    #[arg(long = "output", value_name = "FILE", help_heading = "Report")]
    pub(super) outputs: Vec<PathBuf>,

    /// Show the line of the template that asks for it, too
    #[arg(long, help_heading = "Report")]
    pub(super) show_required: bool,

    /// Show what applies to a file and where each value comes from, and check nothing
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    pub(super) show_settings: Option<PathBuf>,

    /// Show how many findings each rule has, instead of the findings
    #[arg(long, help_heading = "Report")]
    pub(super) statistics: bool,

    /// Colours: auto (asks the terminal, NO_COLOR and CLICOLOR_FORCE), always or never
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_possible_values = true, help_heading = "Report")]
    pub(super) color: When,

    /// Say nothing but the findings
    #[arg(long, short, conflicts_with = "verbose", help_heading = "Report")]
    pub(super) quiet: bool,

    /// List the files that are no specs, and why
    #[arg(long, short, help_heading = "Report")]
    pub(super) verbose: bool,

    /// Check again after every save
    #[arg(long, conflicts_with_all = ["stdin_filename", "write_baseline"], help_heading = "Report")]
    pub(super) watch: bool,

    /// Number of threads (default: one per core)
    #[arg(long, value_name = "N", value_parser = threads, help_heading = "Report")]
    pub(super) jobs: Option<NonZeroUsize>,
}

/// A number of threads.
fn threads(written: &str) -> Result<NonZeroUsize, String> {
    let number: usize = written.parse().map_err(|error: ParseIntError| error.to_string())?;
    NonZeroUsize::new(number).ok_or_else(|| "at least one is needed".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Name of the rule; without one, all are listed
    pub(super) rule: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Rules {
    /// Form of the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: ListFormat,
}

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Templates {
    #[command(subcommand)]
    pub(super) command: Option<TemplatesCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum TemplatesCommand {
    /// List the templates
    List,
    /// Print a template, to read or to copy from
    Show {
        /// Its name, or its file
        template: String,
    },
    /// Say whether a template is sound
    Check {
        /// The TOML file
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(super) struct Topology {
    /// The document
    pub(super) file: PathBuf,

    /// Read it by this template: a name, or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) template: Option<String>,

    /// Form of the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: ListFormat,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Write this part (repeatable); nothing is written without it
    #[arg(long, value_name = "PART")]
    pub(super) write: Vec<Part>,
}

/// A part of what `init` proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Part {
    /// infralint.toml
    Config,
    /// The hook in .pre-commit-config.yaml
    PreCommit,
}

impl Part {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::PreCommit => "pre-commit",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// What the schema describes
    pub(super) of: SchemaOf,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// `infralint.toml`
    Config,
    /// A template of your own
    Template,
    /// What `check --format json` writes
    Output,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Derive {
    /// The documents: what all of them have is required, what only some have may be absent
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// Write it into this file, which must not be there yet
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The template: a name, or a TOML file [default: infrastructure]
    pub(super) template: Option<String>,

    /// Write it into this file, which must not be there yet
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// The day that the document is dated, as 2026-01-31 (default: today)
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
}

/// The level from which findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    /// Everything
    Info,
    /// Warnings and errors
    Warning,
    /// Errors only
    Error,
}

/// When something is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Level {
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Info => Severity::Info,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Info, Self::Warning, Self::Error, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.summary()))
    }
}
