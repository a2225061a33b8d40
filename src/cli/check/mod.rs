//! `infralint check`: the main job.

mod fate;
mod finish;
mod guard;
pub(super) mod known;
mod mend;
mod plan;
mod progress;
mod run;
mod show_settings;
mod summary;
mod targets;
mod watch;

use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::cli::args::Check;
use crate::cli::check::fate::{Checked, Document, Fate};
use crate::cli::check::finish::Finished;
use crate::cli::check::guard::{guarded, quietly};
use crate::cli::check::known::{Keep, Known};
use crate::cli::check::mend::Mend;
use crate::cli::check::plan::{Asked, Plan, Records};
use crate::cli::check::progress::{Progress, Shown};
use crate::cli::check::targets::{Target, targets};
use crate::cli::discover::{self, Discovery, Named};
use crate::cli::document;
use crate::cli::gather;
use crate::cli::git;
use crate::cli::git::Past;
use crate::cli::project::{Project, Projects};
use crate::cli::stop::{Outcome, Stop};
use crate::cli::streams::Streams;
use crate::cli::write::{self, Written};
use crate::config::load::no_such_rule;
use crate::lint::scope::Skipped;
use crate::output::format::Format;
use crate::output::pretty::{Colour, Look, Renderer, Requirement};
use crate::rules;
use crate::severity::Severity;
use crate::source::Source;
use crate::text;

/// Runs `infralint check`.
pub(super) fn run(arguments: &Check, matches: Option<&ArgMatches>, streams: &mut Streams) -> Outcome {
    streams.terminal = streams.terminal.with(arguments.color);
    let targets = targets(arguments, matches)?;
    if arguments.watch {
        if arguments.paths.iter().any(|path| path == Path::new("-")) {
            return Err(Stop::new("standard input cannot be watched: name a file or a folder"));
        }
        return watch::watch(&paths(arguments), streams, |streams, written| {
            once(arguments, &targets, streams, written)
        });
    }
    once(arguments, &targets, streams, &mut Vec::new())
}

/// `written` gets the documents that are written.
fn once(arguments: &Check, targets: &[Target], streams: &mut Streams, written: &mut Vec<Written>) -> Outcome {
    let mut plan = plan(arguments, targets, streams)?;
    if let Some(file) = &arguments.show_settings {
        return show_settings::show(file, &mut plan, streams);
    }
    let mut finished = work(arguments, &mut plan, streams)?;
    written.append(&mut finished.written);
    finished.report(arguments, targets, &mut plan, streams)
}

/// Where is looked: in the current folder, where nothing is said.
fn paths(arguments: &Check) -> Vec<PathBuf> {
    if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() }
}

fn plan(arguments: &Check, targets: &[Target], streams: &Streams) -> Result<Plan, Stop> {
    let mut projects = Projects::default();
    let forced = match &arguments.template {
        Some(asked) => Some(projects.here()?.catalogue.find(asked)?),
        None => None,
    };
    let drawn = targets.iter().any(|target| target.format == Format::Pretty);
    let on_screen = targets.iter().any(|target| target.format == Format::Pretty && target.file.is_none());
    let look = Look {
        colour: if on_screen { streams.terminal.out } else { Colour::Off },
        width: streams.terminal.width,
        requirement: if arguments.show_required { Requirement::Shown } else { Requirement::Hidden },
    };
    let recorded = arguments.statistics || targets.iter().any(|target| target.format != Format::Pretty);
    Ok(Plan {
        projects,
        asked: Asked {
            forced,
            overrides: arguments.rules.iter().map(|setting| level(setting)).collect::<Result<_, _>>()?,
            only: arguments.only.iter().map(|name| rule_name(name)).collect::<Result<_, _>>()?,
            fail_on: arguments.fail_on,
        },
        today: gather::day(arguments.today.as_deref())?,
        newest: if arguments.today.is_none() { gather::newest_day() } else { None },
        shown: arguments.severity.severity(),
        pretty: drawn.then(|| Renderer::new(look)),
        records: if recorded { Records::Kept } else { Records::Dropped },
        line_hashes: targets.iter().any(|target| target.format == Format::Sarif),
        mend: Mend::asked(arguments, streams.terminal.out)?,
        known: Known::asked(arguments)?,
        past: Past::default(),
    })
}

/// `NAME=LEVEL`
fn level(setting: &str) -> Result<(String, Severity), Stop> {
    let help = "write --rule NAME=LEVEL, with a level of off, info, warning or error";
    let (name, level) =
        setting.split_once('=').ok_or_else(|| Stop::with_help(format!("--rule {setting} sets no level"), help))?;
    let level: Severity = level.trim().parse().map_err(|()| {
        let help = text::did_you_mean_or(level, Severity::NAMES, || help.to_owned());
        Stop::with_help(format!("`{level}` is no level"), help)
    })?;
    Ok((rule_name(name.trim())?, level))
}

/// The name of a rule that there is.
pub(super) fn rule_name(asked: &str) -> Result<String, Stop> {
    if let Some(rule) = rules::find(asked) {
        return Ok(rule.name.to_owned());
    }
    let (message, help) = no_such_rule(asked, &rules::names());
    Err(Stop::with_help(message, help))
}

impl Plan {
    /// All projects are met: the command line overrules what they say, and their files of known findings are read.
    fn prepare(&mut self) -> Result<(), Stop> {
        self.overrule();
        self.known.configured = self.projects.list.iter().filter_map(Project::baseline).collect();
        let used = self.projects.list.iter().map(|project| self.known.file(project.baseline().as_deref()));
        let files: Vec<PathBuf> = used.flatten().collect();
        if files.is_empty() && self.known.keep == Keep::Prune {
            let help = "name the file with --baseline FILE, or under `baseline` in infralint.toml";
            return Err(Stop::with_help("there is no baseline to prune", help));
        }
        files.iter().try_for_each(|file| self.known.load(file))
    }
}

/// What is asked of git.
fn history(arguments: &Check) -> git::Asked {
    git::Asked { since: arguments.since.clone(), history: arguments.history }
}

fn work(arguments: &Check, plan: &mut Plan, streams: &mut Streams) -> Result<Finished, Stop> {
    let piped = arguments.paths.iter().any(|path| path == Path::new("-"));
    if piped || arguments.stdin_filename.is_some() {
        if arguments.paths.len() > usize::from(piped) {
            return Err(Stop::new("standard input (`-`) is one document: name no other path beside it"));
        }
        return standard_input(arguments, plan, streams);
    }
    let paths = paths(arguments);
    let Discovery { files, unreadable } = discover::discover(Path::new("."), &paths);
    let mut wanted = Vec::with_capacity(files.len());
    for found in files {
        let project = plan.projects.of_file(&found.real)?;
        let asked = found.named == Named::Yes && !arguments.force_exclude;
        if asked || !plan.projects.list[project].leaves_out(&found.real) {
            wanted.push((found, project));
        }
    }
    let seen: Vec<&Path> = wanted.iter().map(|(found, _)| found.real.as_path()).collect();
    let looked_in: Vec<PathBuf> = paths.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let whole = plan.projects.list.iter().filter(|project| looked_in.iter().any(|folder| project.lies_in(folder)));
    let idle: Vec<String> = whole.flat_map(|project| project.idle(&seen)).collect();
    plan.projects.notes.extend(idle);
    plan.past = Past::ask(&history(arguments), seen.into_iter())?;
    wanted.retain(|(found, _)| plan.past.may_have_changed(&found.real));
    plan.prepare()?;
    if plan.mend.writes() {
        write::sweep(wanted.iter().map(|(found, _)| found.path.as_path()));
    }
    let shown = if streams.terminal.watched && !arguments.quiet { Shown::Yes } else { Shown::No };
    let progress = Progress::new(wanted.len(), shown);
    let fates = run::run(&wanted, plan, arguments.jobs.map(Into::into), &progress);
    progress.clear();
    let names = wanted.into_iter().map(|(found, _)| found.name).collect();
    Ok(Finished::new(paths, names, fates, unreadable))
}

fn standard_input(arguments: &Check, plan: &mut Plan, streams: &mut Streams) -> Result<Finished, Stop> {
    let mut bytes = Vec::new();
    let read = streams.input.read_to_end(&mut bytes);
    read.map_err(|error| Stop::new(format!("cannot read standard input: {error}")))?;
    let name = arguments.stdin_filename.as_deref().map_or_else(|| "<stdin>".to_owned(), discover::slashed);
    let real = discover::real(arguments.stdin_filename.as_deref().unwrap_or(Path::new("<stdin>")));
    let project = plan.projects.of_file(&real)?;
    plan.prepare()?;
    plan.past = Past::ask(&history(arguments), std::iter::once(real.as_path()))?;
    let project = &plan.projects.list[project];
    let mut fate = match document::decoded(bytes.clone()) {
        _ if arguments.force_exclude && project.leaves_out(&real) => Fate::Skipped(Skipped::default()),
        Ok(text) => {
            let source = Source::new(name.as_str(), text);
            let check = || Document::read(source, &real, project, plan).check(&plan.mend);
            quietly(|| guarded(check)).unwrap_or_else(Fate::Failed)
        }
        Err(reason) => Fate::Failed(reason),
    };
    let mut piped = None;
    if plan.mend.writes() {
        piped = match &mut fate {
            Fate::Checked(Checked { change: Some(change), .. }) => Some(std::mem::take(&mut change.new).into_bytes()),
            Fate::Checked(_) | Fate::Skipped(_) => Some(bytes),
            Fate::Failed(_) => None,
        };
    } else if let Fate::Checked(Checked { change: Some(change), .. }) = &mut fate {
        plan.mend.settle(&name, Path::new(""), change)?;
    }
    let mut finished = Finished::new(Vec::new(), vec![name], vec![fate], Vec::new());
    finished.piped = piped;
    Ok(finished)
}
