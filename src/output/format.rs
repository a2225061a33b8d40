//! The formats there are.

use crate::output::{Run, azure, checkstyle, concise, github, gitlab, grouped, json, junit, rdjson, sarif};

/// Who reads a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// People: the summary belongs to it.
    Person,
    /// Programs: nothing may stand beside it.
    Machine,
}

/// The enum and what is said of its variants, in one table.
macro_rules! formats {
    ($($format:ident: $name:literal, $reader:ident, $summary:literal;)*) => {
        /// A format of the report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Format {
            $(#[doc = concat!("`", $name, "`")] $format,)*
        }

        impl Format {
            /// All formats, in the order of the help text.
            pub const ALL: &'static [Self] = &[$(Self::$format),*];

            /// The word for it on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Self::$format => $name,)* }
            }

            /// Who reads it.
            pub fn reader(self) -> Reader {
                match self { $(Self::$format => Reader::$reader,)* }
            }

            /// One line for the help text.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$format => $summary,)* }
            }
        }
    };
}

formats! {
    Pretty: "pretty", Person, "source lines with labels and help, for people";
    Concise: "concise", Person, "one line a finding: path:line:column: level[rule] message; help: ...";
    Grouped: "grouped", Person, "findings under the name of their file";
    Json: "json", Machine, "one array (`infralint schema output` describes it)";
    Jsonl: "jsonl", Machine, "one JSON object a line";
    Sarif: "sarif", Machine, "SARIF 2.1.0, for GitHub code scanning and editors";
    Github: "github", Machine, "annotations of GitHub Actions, and the concise report";
    Gitlab: "gitlab", Machine, "GitLab's code quality report";
    Junit: "junit", Machine, "JUnit XML, a failed test for each finding";
    Rdjson: "rdjson", Machine, "reviewdog, with suggested changes";
    Checkstyle: "checkstyle", Machine, "checkstyle XML, for Jenkins";
    Azure: "azure", Machine, "logging commands of Azure Pipelines";
}

impl Format {
    /// The report of a run, and what to say beside it. `drawn` are the findings of each file as [`Format::Pretty`] draws
    /// them, which it does while their source is at hand.
    pub fn render(self, run: &Run, drawn: &[String]) -> (String, Option<String>) {
        let text = match self {
            Self::Pretty => drawn.concat(),
            Self::Concise => concise::render(run),
            Self::Grouped => grouped::render(run),
            Self::Json => json::render(run),
            Self::Jsonl => json::render_lines(run),
            Self::Sarif => return sarif::render(run),
            Self::Github => github::render(run),
            Self::Gitlab => gitlab::render(run),
            Self::Junit => junit::render(run),
            Self::Rdjson => rdjson::render(run),
            Self::Checkstyle => checkstyle::render(run),
            Self::Azure => azure::render(run),
        };
        (text, None)
    }
}
