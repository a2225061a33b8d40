//! What becomes of one document: it is read, scoped, checked and rendered.

use std::path::Path;
use std::sync::Arc;

use crate::bind::history::body;
use crate::cli::check::known::Outlook;
use crate::cli::check::mend::{Change, Mend};
use crate::cli::check::plan::{Plan, Records};
use crate::cli::gather;
use crate::cli::project::Project;
use crate::diagnostic::Diagnostic;
use crate::lint::scope::{Reason, Scope, Skipped};
use crate::output::line_hash::line_hashes;
use crate::output::record::Record;
use crate::output::{CheckedFile, Counts};
use crate::reading::{self, Reading};
use crate::repair::Standard;
use crate::settings::Settings;
use crate::source::Source;
use crate::surroundings::Surroundings;
use crate::template::model::Template;
use crate::text;

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

/// A document on its way.
pub(super) struct Document<'a> {
    /// Where it is, from the root of the file system.
    real: &'a Path,
    project: &'a Project,
    plan: &'a Plan,
    settings: &'a Settings,
    reading: Reading,
    scope: Scope,
}

impl<'a> Document<'a> {
    /// Reads a text, and finds out which template holds it.
    pub(super) fn read(source: Source, real: &'a Path, project: &'a Project, plan: &'a Plan) -> Self {
        let reading = reading::read(source);
        let scope = project.scope(&reading, real);
        Self { real, project, plan, settings: project.settings(real), reading, scope }
    }

    /// Reads what stands in the code blocks of a spec.
    pub(super) fn read_code(&self) {
        if let Scope::Held(_) = self.scope {
            self.reading.diagrams();
            self.reading.yaml();
        }
    }

    /// Checks it, where it is a spec.
    pub(super) fn check(self, mend: &Mend) -> Fate {
        let Self { real, project, plan, settings, reading, scope } = self;
        let folder = real.parent().unwrap_or(Path::new("/"));
        match scope {
            Scope::Held(template) => {
                let earlier = plan.past.earlier(real);
                let earlier = earlier.map(|text| Arc::new(reading::read(Source::new(reading.source.name(), text))));
                let last_change = plan.past.last_change(real, |one, other| body::is_same(&template, one, other));
                let around = |reading: &Reading| Surroundings {
                    today: plan.today,
                    newest: plan.newest,
                    missing_targets: gather::missing_targets(reading, folder, project.links_root.as_deref()),
                    earlier: earlier.clone(),
                    last_change,
                    stale_after: project.stale_after(),
                };
                let standard = Standard { template: &template, settings, around: &around };
                let (reading, mut report, change) = mend.check(&standard, reading);
                let outlook = plan.known.file(project.baseline().as_deref()).map(|file| {
                    Box::new(plan.known.apply(file, real.to_owned(), &mut report, |rule| plan.asked.runs(rule)))
                });
                let checked = render(&reading, &template, &report.diagnostics, plan);
                let fails = plan.asked.fail_on(project).is_some_and(|level| checked.counts.at_least(level) > 0);
                Fate::Checked(Checked { fails, outlook, change, ..checked })
            }
            Scope::Skipped(Skipped { reason: Reason::UnknownTemplate(name), .. }) => {
                Fate::Failed(unknown_template(&name, reading.source.text(), settings))
            }
            Scope::Skipped(skipped) => Fate::Skipped(skipped),
        }
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
