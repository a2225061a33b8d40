//! A configuration that has been read: every value knows which line of which file says it.

use crate::described::{At, words};
use crate::severity::Severity;
use crate::source::Source;

/// What a chain of configuration files says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The files: the nearest first, then what it extends.
    pub sources: Vec<Source>,
    /// Globs of the files that a walk looks at; none given: all.
    pub include: Option<At<Vec<At<String>>>>,
    /// Globs of the files that a walk leaves out.
    pub exclude: Option<At<Vec<At<String>>>>,
    /// The level from which a run fails.
    pub fail_on: Option<At<FailOn>>,
    /// Globs of the templates.
    pub templates: Option<At<Vec<At<String>>>>,
    /// The file of known findings.
    pub baseline: Option<At<String>>,
    /// How bad each rule is.
    pub rules: Vec<Level>,
    /// Which files are specs.
    pub specs: Vec<Specs>,
    /// Additions to the vocabulary: element, phrases.
    pub words: Vec<(At<String>, Vec<At<String>>)>,
    /// The folder that rooted links start from.
    pub links_root: Option<At<String>>,
    /// Days until a document is stale.
    pub stale_after: Option<At<u32>>,
}

/// The level of a rule, and where that is said.
#[derive(Debug, Clone)]
pub struct Level {
    /// The rule.
    pub rule: String,
    /// Its level.
    pub level: At<Severity>,
}

/// Files that are specs.
#[derive(Debug, Clone)]
pub struct Specs {
    /// Globs of paths.
    pub files: At<Vec<At<String>>>,
    /// The template that holds them.
    pub template: Option<At<String>>,
    /// How bad each rule is in them.
    pub rules: Vec<Level>,
    /// The same by status.
    pub by_status: Vec<(At<String>, Vec<Level>)>,
}

words! {
    /// The level from which a run fails.
    pub enum FailOn {
        /// on any finding;
        Info = "info",
        /// on warnings and errors;
        Warning = "warning",
        /// on errors;
        Error = "error",
        /// not at all.
        Never = "never",
    }
}

impl FailOn {
    /// The level, or `None` for never.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        self.severity().map_or("never", Severity::name)
    }
}
