//! How bad a finding is.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// How bad a finding is. Ordered: `Off < Info < Warning < Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The rule does not run.
    Off,
    /// A suggestion.
    Info,
    /// Deserves a look.
    Warning,
    /// Blocks a merge.
    Error,
}

impl Severity {
    /// The words that configuration, templates and the command line accept, mildest first.
    pub const NAMES: [&'static str; 4] = ["off", "info", "warning", "error"];

    /// The word for it.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Severity {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::Off, Self::Info, Self::Warning, Self::Error]
            .into_iter()
            .find(|severity| severity.name() == word)
            .ok_or(())
    }
}
