//! What a run does with each file.

use std::sync::Arc;

use jiff::civil::Date;

use crate::cli::check::known::Known;
use crate::cli::check::mend::Mend;
use crate::cli::git::Past;
use crate::cli::project::{Project, Projects};
use crate::config::model::FailOn;
use crate::output::pretty::Renderer;
use crate::severity::Severity;
use crate::template::model::Template;

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

impl Plan {
    /// Overrules what the configurations say, once all of them are met.
    pub(super) fn overrule(&mut self) {
        for project in &mut self.projects.list {
            project.overrule(|settings| {
                settings.forced.clone_from(&self.asked.forced);
                settings.overrides.clone_from(&self.asked.overrides);
                settings.only.clone_from(&self.asked.only);
            });
        }
    }
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
