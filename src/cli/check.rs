//! `infralint check`: the main job.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use jiff::civil::Date;

use crate::cli::args::Check;
use crate::cli::catalogue::Catalogue;
use crate::cli::discover::{self, Discovery, Found};
use crate::cli::mend::Mend;
use crate::cli::run::{self, Checked, Claims, Fate, Input, Plan, Records};
use crate::cli::stop::{self, Outcome, Stop};
use crate::cli::streams::Streams;
use crate::cli::summary::{self, Summary};
use crate::cli::{BROKEN, CLEAN, FOUND, gather, write};
use crate::lint::scope::Skipped;
use crate::output::format::{Format, Reader};
use crate::output::pretty::{Colour, Look, Renderer, Requirement};
use crate::output::{Counts, Failure, Run};
use crate::output::{azure, checkstyle, concise, github, gitlab, grouped, json, junit, rdjson, sarif};
use crate::rules;
use crate::settings::Settings;
use crate::severity::Severity;
use crate::template::model::Template;
use crate::text;

/// Runs `infralint check`.
pub(super) fn run(arguments: &Check, matches: Option<&ArgMatches>, streams: &mut Streams) -> Outcome {
    streams.terminal = streams.terminal.with(arguments.color);
    let targets = targets(arguments, matches)?;
    let catalogue = Catalogue::built_in()?;
    let settings = settings(arguments, &catalogue)?;
    let today = match &arguments.today {
        Some(day) => Some(
            day.parse::<Date>()
                .map_err(|_| Stop::with_help(format!("`{day}` is no date"), "write it as 2026-01-31"))?,
        ),
        None => gather::today(),
    };
    let mend = Mend::asked(arguments, streams.terminal.out)?;
    let on_screen = targets.iter().any(|target| target.format == Format::Pretty && target.file.is_none());
    let plan = Plan {
        claims: Claims::new(&settings.templates),
        today,
        shown: arguments.severity.severity(),
        pretty: targets.iter().any(|target| target.format == Format::Pretty).then(|| {
            Renderer::new(Look {
                colour: if on_screen { streams.terminal.out } else { Colour::Off },
                width: streams.terminal.width,
                requirement: if arguments.show_required { Requirement::Shown } else { Requirement::Hidden },
            })
        }),
        line_hashes: targets.iter().any(|target| target.format == Format::Sarif),
        records: if arguments.statistics || targets.iter().any(|target| target.format != Format::Pretty) {
            Records::Kept
        } else {
            Records::Dropped
        },
        mend,
        settings,
    };
    let mut finished = work(arguments, &plan, streams)?;
    finished.report(arguments, &targets, &plan, streams)
}

/// A report to write.
struct Target {
    format: Format,
    /// `None` is standard output.
    file: Option<PathBuf>,
}

/// Each `--output` belongs to the `--format` before it.
fn targets(arguments: &Check, matches: Option<&ArgMatches>) -> Result<Vec<Target>, Stop> {
    let places = |id: &str| -> Vec<usize> {
        matches.and_then(|matches| matches.indices_of(id)).map(Iterator::collect).unwrap_or_default()
    };
    let (format_places, output_places) = (places("formats"), places("outputs"));
    let formats = if arguments.formats.is_empty() { vec![Format::Pretty] } else { arguments.formats.clone() };
    let mut targets: Vec<Target> = formats.into_iter().map(|format| Target { format, file: None }).collect();
    for (file, place) in arguments.outputs.iter().zip(output_places) {
        // An --output in front of every --format belongs to the first.
        let owner = format_places.iter().rposition(|&format| format < place).unwrap_or(0);
        if targets[owner].file.replace(file.clone()).is_some() {
            return Err(Stop::with_help(
                format!("`{}` has two --output files", targets[owner].format.name()),
                "write each --output behind its own --format",
            ));
        }
    }
    let on_output: Vec<&str> =
        targets.iter().filter(|target| target.file.is_none()).map(|target| target.format.name()).collect();
    if on_output.len() > 1 {
        return Err(Stop::with_help(
            format!("{} would be mixed on standard output", text::list(&on_output, "and")),
            "write an --output FILE behind all but one --format",
        ));
    }
    Ok(targets)
}

fn settings(arguments: &Check, catalogue: &Catalogue) -> Result<Settings, Stop> {
    let forced = arguments.template.as_deref().map(|asked| catalogue.find(asked)).transpose()?;
    let mut overrides = Vec::new();
    for setting in &arguments.rules {
        let help = "write --rule NAME=LEVEL, with a level of off, info, warning or error";
        let (name, level) =
            setting.split_once('=').ok_or_else(|| Stop::with_help(format!("--rule {setting} sets no level"), help))?;
        let level: Severity = level.trim().parse().map_err(|()| {
            let near = text::did_you_mean(level, Severity::NAMES);
            let near = near.map_or_else(|| help.to_owned(), |near| format!("did you mean `{near}`?"));
            Stop::with_help(format!("`{level}` is no level"), near)
        })?;
        overrides.push((rule_name(name.trim())?, level));
    }
    let only = arguments.only.iter().map(|name| rule_name(name)).collect::<Result<_, _>>()?;
    Ok(Settings { forced, templates: catalogue.templates.clone(), overrides, only, ..Settings::default() })
}

/// The name of a rule that there is.
pub(super) fn rule_name(asked: &str) -> Result<String, Stop> {
    if let Some(rule) = rules::find(asked) {
        return Ok(rule.name.to_owned());
    }
    let renamed = rules::ALL.iter().find(|rule| rule.formerly.contains(&asked));
    let near = text::did_you_mean(asked, rules::ALL.iter().map(|rule| rule.name));
    let help = match (renamed, near) {
        (Some(rule), _) => format!("it is called `{}` now", rule.name),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => "`infralint rules` lists them all".to_owned(),
    };
    Err(Stop::with_help(format!("there is no rule `{asked}`"), help))
}

/// What a run has done, before anything is said.
struct Finished {
    paths: Vec<PathBuf>,
    checked: Vec<Checked>,
    skipped: Vec<(String, Skipped)>,
    failed: Vec<Failure>,
    /// The document of standard input, mended: it goes to standard output, and the report gives way.
    piped: Option<Vec<u8>>,
    /// How many findings were mended, and in how many documents.
    mended: (usize, usize),
}

fn work(arguments: &Check, plan: &Plan, streams: &mut Streams) -> Result<Finished, Stop> {
    let piped = arguments.paths.iter().any(|path| path == Path::new("-"));
    if piped || arguments.stdin_filename.is_some() {
        if arguments.paths.len() > usize::from(piped) {
            return Err(Stop::new("standard input (`-`) is one document: name no other path beside it"));
        }
        return standard_input(arguments, plan, streams);
    }
    let paths = if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() };
    let Discovery { files, unreadable } = discover::discover(Path::new("."), &paths);
    if plan.mend.writes() {
        write::sweep(files.iter().map(|found| found.path.as_path()));
    }
    let fates = run::run(&files, plan, arguments.jobs.map(Into::into));
    Ok(Finished::new(paths, files, fates, unreadable))
}

fn standard_input(arguments: &Check, plan: &Plan, streams: &mut Streams) -> Result<Finished, Stop> {
    let mut bytes = Vec::new();
    let read = streams.input.read_to_end(&mut bytes);
    read.map_err(|error| Stop::new(format!("cannot read standard input: {error}")))?;
    let path = arguments.stdin_filename.clone();
    let name = path.as_deref().map_or_else(|| "<stdin>".to_owned(), discover::slashed);
    let folder = path.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
    let input = Input { name: name.clone(), folder, bytes: bytes.clone() };
    let mut fate = run::quietly(|| run::guarded(|| run::check(input, plan)));
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
    let found = Found { path: PathBuf::from(&name), name, named: discover::Named::Yes };
    Ok(Finished { piped, ..Finished::new(Vec::new(), vec![found], vec![fate], Vec::new()) })
}

impl Finished {
    fn new(paths: Vec<PathBuf>, files: Vec<Found>, fates: Vec<Fate>, failed: Vec<Failure>) -> Self {
        let mut finished =
            Self { paths, checked: Vec::new(), skipped: Vec::new(), failed, piped: None, mended: (0, 0) };
        for (found, fate) in files.into_iter().zip(fates) {
            match fate {
                Fate::Checked(checked) => finished.checked.push(checked),
                Fate::Skipped(skipped) => finished.skipped.push((found.name, skipped)),
                Fate::Failed(reason) => finished.failed.push(Failure { path: found.name, reason }),
            }
        }
        finished
    }

    fn report(&mut self, arguments: &Check, targets: &[Target], plan: &Plan, streams: &mut Streams) -> Outcome {
        let mut counts = Counts::default();
        let mut drawn = Vec::with_capacity(self.checked.len());
        let mut found = Run { files: Vec::with_capacity(self.checked.len()), failures: self.failed.clone() };
        for checked in self.checked.drain(..) {
            counts += checked.counts;
            if let Some(change) = checked.change {
                self.mended.0 += change.mended;
                self.mended.1 += 1;
                streams.out.write_all(change.shown.as_bytes())?;
            }
            drawn.push(checked.drawn);
            found.files.push(checked.file);
        }
        let piped = self.piped.take();
        if let Some(text) = &piped {
            streams.out.write_all(text)?;
        }
        let diff = matches!(plan.mend, Mend::Diff(..));
        let person =
            !diff && targets.iter().any(|target| target.file.is_none() && target.format.reader() == Reader::Person);
        let screen = if piped.is_some() { &mut *streams.err } else { &mut *streams.out };
        let mut notices = Vec::new();
        // A diff stands alone on standard output, so that `patch` can read it.
        for target in targets.iter().filter(|target| !(diff && target.file.is_none())) {
            if target.file.is_none() && person && arguments.statistics {
                statistics(&found, screen)?;
                continue;
            }
            let (text, notice) = report_text(target.format, &found, &drawn);
            match &target.file {
                None => screen.write_all(text.as_bytes())?,
                Some(path) => {
                    let place = discover::slashed(path);
                    fs::write(path, text)
                        .map_err(|error| Stop::new(format!("cannot write {place}: {}", discover::reason(&error))))?;
                }
            }
            notices.extend(notice);
        }
        for notice in notices {
            writeln!(streams.err, "note: {notice}")?;
        }
        // What was said goes before what could not be.
        streams.out.flush()?;
        for failed in &self.failed {
            let message = format!("{}: {}", failed.path, failed.reason);
            streams.err.write_all(stop::error(&message, None, streams.terminal.err).as_bytes())?;
        }
        self.last_words(arguments, &found, counts, person && piped.is_none(), plan, streams)
    }

    /// Names the files that are named like a spec and are none.
    fn named_like_specs(&self, stream: &mut dyn Write) -> std::io::Result<()> {
        let notes = self.skipped.iter().filter_map(|(name, skipped)| summary::named_like_one(name, skipped));
        notes.into_iter().try_for_each(|note| writeln!(stream, "note: {note}"))
    }

    fn last_words(
        &self,
        arguments: &Check,
        found: &Run,
        counts: Counts,
        person: bool,
        plan: &Plan,
        streams: &mut Streams,
    ) -> Outcome {
        if arguments.verbose {
            for (name, skipped) in &self.skipped {
                writeln!(streams.err, "{name}: {}", summary::why(skipped))?;
            }
        }
        let skipped: Vec<(&str, &Skipped)> =
            self.skipped.iter().map(|(name, skipped)| (name.as_str(), skipped)).collect();
        let summary =
            Summary { paths: &self.paths, checked: found.files.len(), counts, skipped: &skipped, shown: plan.shown };
        let diff = matches!(plan.mend, Mend::Diff(..));
        let nothing = found.files.is_empty() && !arguments.allow_no_specs;
        if nothing && self.failed.is_empty() {
            let shaped: Vec<&Template> =
                plan.settings.templates.iter().map(AsRef::as_ref).filter(|it| !it.sections.is_empty()).collect();
            self.named_like_specs(streams.err)?;
            let (message, help) = summary.nothing(&shaped);
            streams.err.write_all(stop::error(&message, help.as_deref(), streams.terminal.err).as_bytes())?;
        } else if !arguments.quiet && !nothing {
            let stream = if person { &mut *streams.out } else { &mut *streams.err };
            self.named_like_specs(stream)?;
            if let Some(line) = plan.mend.summary(self.mended.0, self.mended.1, counts.total()) {
                writeln!(stream, "{line}")?;
            }
            if !diff {
                writeln!(stream, "{}", summary.line())?;
            }
        }
        let fails = if diff {
            self.mended.1 > 0
        } else {
            arguments.fail_on.severity().is_some_and(|level| counts.at_least(level) > 0)
        };
        Ok(if !self.failed.is_empty() || nothing {
            BROKEN
        } else if fails {
            FOUND
        } else {
            CLEAN
        })
    }
}

/// The report, and what to say beside it.
fn report_text(format: Format, run: &Run, drawn: &[String]) -> (String, Option<String>) {
    let text = match format {
        Format::Pretty => drawn.concat(),
        Format::Concise => concise::render(run),
        Format::Grouped => grouped::render(run),
        Format::Json => json::render(run),
        Format::Jsonl => json::render_lines(run),
        Format::Sarif => return sarif::render(run),
        Format::Github => github::render(run),
        Format::Gitlab => gitlab::render(run),
        Format::Junit => junit::render(run),
        Format::Rdjson => rdjson::render(run),
        Format::Checkstyle => checkstyle::render(run),
        Format::Azure => azure::render(run),
    };
    (text, None)
}

/// How many findings each rule has, most first.
fn statistics(run: &Run, out: &mut dyn Write) -> std::io::Result<()> {
    let mut rows: Vec<(&str, usize)> = Vec::new();
    for record in run.records() {
        match rows.iter_mut().find(|(rule, _)| *rule == record.rule) {
            Some((_, count)) => *count += 1,
            None => rows.push((record.rule, 1)),
        }
    }
    rows.sort_by_key(|&(rule, count)| (std::cmp::Reverse(count), rule));
    let width = rows.first().map_or(1, |(_, count)| count.to_string().len());
    rows.iter().try_for_each(|(rule, count)| writeln!(out, "{count:>width$}  {rule}"))
}
