//! One run over many files: read, scope, gather, check and render, file by file, on all cores, in a fixed order.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::bind::history::body;
use crate::cli::check::known::{Known, Outlook};
use crate::cli::check::mend::{Change, Mend};
use crate::cli::check::progress::Progress;
use crate::cli::discover::Found;
use crate::cli::git::Past;
use crate::cli::project::{Project, Projects};
use crate::cli::{document, gather, write};
use crate::config::model::FailOn;
use crate::diagnostic::Diagnostic;
use crate::lint;
use crate::lint::scope::{Reason, Scope, Skipped};
use crate::output::line_hash::line_hashes;
use crate::output::pretty::Renderer;
use crate::output::record::Record;
use crate::output::{CheckedFile, Counts};
use crate::reading::{self, Reading};
use crate::repair::Standard;
use crate::settings::Settings;
use crate::severity::Severity;
use crate::source::Source;
use crate::surroundings::Surroundings;
use crate::template::model::Template;
use crate::text;

/// What a run does with each file.
pub(super) struct Plan {
    /// The configurations that its files lie below.
    pub(super) projects: Projects,
    /// What the command line says: it wins over every configuration.
    pub(super) asked: Asked,
    /// The day on which documents are judged.
    pub(super) today: Option<Date>,
    /// The newest day that has begun anywhere, unless the user names a day.
    pub(super) newest: Option<Date>,
    /// Findings below this level are counted, not shown.
    pub(super) shown: Severity,
    /// Draws findings while their source is at hand, where somebody wants them drawn.
    pub(super) pretty: Option<Renderer>,
    /// Whether records are kept.
    pub(super) records: Records,
    /// Whether GitHub's fingerprints of lines are wanted.
    pub(super) line_hashes: bool,
    /// What is written into documents.
    pub(super) mend: Mend,
    /// Findings that are known.
    pub(super) known: Known,
    /// What git knows.
    pub(super) past: Past,
}

/// What the command line says of templates and rules.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// `--template`
    pub(super) forced: Option<Arc<Template>>,
    /// `--rule`
    pub(super) overrides: Vec<(String, Severity)>,
    /// `--only`
    pub(super) only: Vec<String>,
    /// `--fail-on`
    pub(super) fail_on: Option<FailOn>,
}

impl Asked {
    /// The settings of a file.
    pub(super) fn settings(&self, project: &Project, file: &Path) -> Settings {
        Settings {
            forced: self.forced.clone(),
            overrides: self.overrides.clone(),
            only: self.only.clone(),
            ..project.settings(file)
        }
    }

    /// Whether a rule runs, as far as the command line says.
    pub(super) fn runs(&self, rule: &str) -> bool {
        let set = self.overrides.iter().rev().find(|(name, _)| name == rule);
        (self.only.is_empty() || self.only.iter().any(|name| name == rule))
            && set.is_none_or(|(_, level)| *level > Severity::Off)
    }

    /// The level from which the findings of a file fail the run; `None`: none does.
    pub(super) fn fail_on(&self, project: &Project) -> Option<Severity> {
        self.fail_on.or(project.fail_on()).unwrap_or(FailOn::Error).severity()
    }
}

/// Whether records are kept: they cost memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Records {
    /// A format or the statistics need them.
    Kept,
    /// Nobody reads them.
    Dropped,
}

/// What became of one file.
#[derive(Debug)]
pub(super) enum Fate {
    /// It was checked.
    Checked(Checked),
    /// It is no spec.
    Skipped(Skipped),
    /// It cannot be read, or asks for what there is none of, or we broke over it.
    Failed(String),
}

/// What was found in one file.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// Its findings drawn, where somebody wants them so.
    pub(super) drawn: String,
    /// Its findings, where somebody reads them.
    pub(super) file: CheckedFile,
    /// How many there are, those that are not shown too.
    pub(super) counts: Counts,
    /// Whether they fail the run.
    pub(super) fails: bool,
    /// What was found out about known findings.
    pub(super) outlook: Option<Box<Outlook>>,
    /// What is to be written, or shown.
    pub(super) change: Option<Change>,
    /// Why what was to be written was not.
    pub(super) unwritten: Option<String>,
}

/// A document to check.
pub(super) struct Input {
    /// As it is shown.
    pub(super) name: String,
    /// Where it is, from the root of the file system.
    pub(super) real: PathBuf,
    /// What it says.
    pub(super) text: String,
}

/// Checks all files, each with the index of its project. What comes back stands in their order.
pub(super) fn run(files: &[(Found, usize)], plan: &Plan, jobs: Option<usize>, progress: &Progress) -> Vec<Fate> {
    let one = |(found, project): &(Found, usize)| {
        let fate = one(found, &plan.projects.list[*project], plan);
        progress.file(if let Fate::Checked(checked) = &fate { checked.counts.total() } else { 0 });
        fate
    };
    let work = || files.par_iter().map(&one).collect();
    quietly(|| match (files, jobs) {
        // Starting threads takes longer than checking a file.
        ([only], _) => vec![one(only)],
        (_, Some(1)) => files.iter().map(&one).collect(),
        (_, Some(jobs)) => match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        },
        (_, None) => work(),
    })
}

fn one(found: &Found, project: &Project, plan: &Plan) -> Fate {
    let checked = |mend: &Mend| match document::read(&found.path) {
        Ok(text) => {
            let input = Input { name: found.name.clone(), real: found.real.clone(), text };
            guarded(|| check(input, project, plan, mend))
        }
        Err(reason) => Fate::Failed(reason),
    };
    let mut fate = checked(&plan.mend);
    if let Fate::Checked(Checked { change: Some(change), .. }) = &mut fate
        && let Err(error) = plan.mend.settle(&found.name, &found.path, change)
    {
        // It stays as it is, and that is what is reported; it may have changed since it was read.
        fate = checked(&Mend::Nothing);
        if let Fate::Checked(checked) = &mut fate {
            checked.unwritten = Some(format!("cannot write: {}", write::why_unwritten(&error)));
        }
    }
    fate
}

/// Checks one document.
pub(super) fn check(input: Input, project: &Project, plan: &Plan, mend: &Mend) -> Fate {
    let settings = plan.asked.settings(project, &input.real);
    let folder = input.real.parent().unwrap_or(Path::new("/"));
    let reading = reading::read(Source::new(input.name, input.text));
    match lint::scope::scope(&reading, &settings) {
        Scope::Held(template) => {
            let earlier = plan.past.earlier(&input.real);
            let earlier = earlier.map(|text| Arc::new(reading::read(Source::new(reading.source.name(), text))));
            let last_change = plan.past.last_change(&input.real, |one, other| body::is_same(&template, one, other));
            let around = |reading: &Reading| Surroundings {
                today: plan.today,
                newest: plan.newest,
                missing_targets: gather::missing_targets(reading, folder, project.links_root.as_deref()),
                earlier: earlier.clone(),
                last_change,
                stale_after: project.stale_after(),
            };
            let standard = Standard { template: &template, settings: &settings, around: &around };
            let (reading, mut report, change) = mend.check(&standard, reading);
            let outlook = plan.known.file(project.baseline().as_deref()).map(|file| {
                Box::new(plan.known.apply(file, input.real.clone(), &mut report, |rule| plan.asked.runs(rule)))
            });
            let checked = render(&reading, &template, &report.diagnostics, plan);
            let fails = plan.asked.fail_on(project).is_some_and(|level| checked.counts.at_least(level) > 0);
            Fate::Checked(Checked { fails, outlook, change, ..checked })
        }
        Scope::Skipped(Skipped { reason: Reason::UnknownTemplate(name), .. }) => {
            Fate::Failed(unknown_template(&name, reading.source.text(), &settings))
        }
        Scope::Skipped(skipped) => Fate::Skipped(skipped),
    }
}

fn render(reading: &Reading, template: &Template, diagnostics: &[Diagnostic], plan: &Plan) -> Checked {
    let source = &reading.source;
    let file = CheckedFile { path: source.name().to_owned(), records: Vec::new() };
    let mut checked = Checked { file, ..Checked::default() };
    let hashes = if plan.line_hashes && !diagnostics.is_empty() { line_hashes(source.text()) } else { Vec::new() };
    for diagnostic in diagnostics {
        checked.counts.add(diagnostic.severity, diagnostic.finding.fix.as_ref().map(|fix| fix.safety));
        if diagnostic.severity < plan.shown {
            continue;
        }
        if let Some(renderer) = &plan.pretty {
            renderer.finding(diagnostic, source, template, &mut checked.drawn);
        }
        if plan.records == Records::Kept {
            let mut record = Record::new(diagnostic, source, template);
            record.line_hash = hashes.get(record.at.place.start.line - 1).cloned();
            checked.file.records.push(record);
        }
    }
    checked
}

fn unknown_template(name: &str, text: &str, settings: &Settings) -> String {
    let known: Vec<&str> = settings.templates.iter().map(|template| template.name.as_str()).collect();
    let at = text.lines().position(|line| line.contains("template") && line.contains(name));
    let who = at.map_or_else(|| "it".to_owned(), |line| format!("line {}", line + 1));
    let what = format!("{who} asks for the template `{name}`, which does not exist");
    let help = text::did_you_mean_or(name, known.iter().copied(), || format!("write {}", text::list(&known, "or")));
    format!("{what}: {help}")
}

thread_local! {
    /// What the last panic of this thread said, and where.
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs something during which panics are noted instead of printed.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
        let payload = panic.payload();
        let text = payload.downcast_ref::<&str>().copied();
        let said = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
        LAST_PANIC.set(format!("{said}{place}"));
    }));
    let done = work();
    std::panic::set_hook(before);
    done
}

/// A panic over one document is a failure of that document, not of the run.
pub(super) fn guarded(work: impl FnOnce() -> Fate) -> Fate {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let said = LAST_PANIC.take();
        Fate::Failed(format!(
            "internal-error: {said} (infralint {}): this is our mistake; please report it with the document",
            env!("CARGO_PKG_VERSION")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_over_one_document_is_its_own_failure() {
        let fate = quietly(|| guarded(|| panic!("the cat sat on the keyboard")));
        let Fate::Failed(reason) = fate else { panic!("a panic is a failure") };
        assert!(reason.starts_with("internal-error: the cat sat on the keyboard at src/cli/check/run.rs:"), "{reason}");
    }
}
