//! Words out: one file and one function per format. Nothing here touches the world: a renderer gets a [`Run`] and
//! writes into what it is given.

pub mod azure;
pub mod checkstyle;
pub mod concise;
pub mod format;
pub mod github;
pub mod gitlab;
pub mod grouped;
pub mod harmless;
pub mod json;
pub mod junit;
pub mod line_hash;
pub mod pretty;
pub mod rdjson;
pub mod record;
pub mod sarif;
mod text;
pub mod topology;
mod xml;

use crate::output::record::Record;
use crate::severity::Severity;

/// What one run found: everything that a renderer may say.
#[derive(Debug, Default)]
pub struct Run {
    /// The documents that were held to a template, sorted by path; those without findings, too.
    pub files: Vec<CheckedFile>,
    /// What could not be checked.
    pub failures: Vec<Failure>,
}

/// A file that could not be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The path as it is shown.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// One document and what was found in it.
#[derive(Debug, Default)]
pub struct CheckedFile {
    /// The path as it is shown, with `/` between its parts.
    pub path: String,
    /// What was found, sorted by place.
    pub records: Vec<Record>,
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings at level error.
    pub errors: usize,
    /// Findings at level warning.
    pub warnings: usize,
    /// Findings at level info.
    pub infos: usize,
    /// Findings that `--fix` mends.
    pub safe: usize,
    /// Findings that `--fix --unsafe-fixes` mends beside those.
    pub risky: usize,
}

impl Run {
    /// All findings, sorted by path and place.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.files.iter().flat_map(|file| &file.records)
    }
}

impl Counts {
    /// Counts one finding more.
    pub fn add(&mut self, severity: Severity, fix: Option<crate::fix::Safety>) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
            Severity::Off => {}
        }
        match fix {
            Some(crate::fix::Safety::Safe) => self.safe += 1,
            Some(crate::fix::Safety::Unsafe) => self.risky += 1,
            Some(crate::fix::Safety::Suggest) | None => {}
        }
    }

    /// All findings, whatever their level.
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// How many findings are at this level or above it.
    pub fn at_least(self, level: Severity) -> usize {
        [(Severity::Error, self.errors), (Severity::Warning, self.warnings), (Severity::Info, self.infos)]
            .into_iter()
            .filter(|&(severity, _)| severity >= level)
            .map(|(_, count)| count)
            .sum()
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.safe += other.safe;
        self.risky += other.risky;
    }
}
