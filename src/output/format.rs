//! The formats there are.

/// A format of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "`summary` says it")]
pub enum Format {
    Pretty,
    Concise,
    Grouped,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Rdjson,
    Checkstyle,
    Azure,
}

/// Who reads a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// People: the summary belongs to it.
    Person,
    /// Programs: nothing may stand beside it.
    Machine,
}

impl Format {
    /// All formats, in the order of the help text.
    pub const ALL: &'static [Self] = &[
        Self::Pretty,
        Self::Concise,
        Self::Grouped,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Rdjson,
        Self::Checkstyle,
        Self::Azure,
    ];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pretty => "pretty",
            Self::Concise => "concise",
            Self::Grouped => "grouped",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Rdjson => "rdjson",
            Self::Checkstyle => "checkstyle",
            Self::Azure => "azure",
        }
    }

    /// One line for the help text.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Pretty => "source lines with labels and help, for people",
            Self::Concise => "one line a finding: path:line:column: level[rule] message; help: ...",
            Self::Grouped => "findings under the name of their file",
            Self::Json => "one array (`infralint schema output` describes it)",
            Self::Jsonl => "one JSON object a line",
            Self::Sarif => "SARIF 2.1.0, for GitHub code scanning and editors",
            Self::Github => "annotations of GitHub Actions, and the concise report",
            Self::Gitlab => "GitLab's code quality report",
            Self::Junit => "JUnit XML, a failed test for each finding",
            Self::Rdjson => "reviewdog, with suggested changes",
            Self::Checkstyle => "checkstyle XML, for Jenkins",
            Self::Azure => "logging commands of Azure Pipelines",
        }
    }

    /// Who reads it.
    pub fn reader(self) -> Reader {
        match self {
            Self::Pretty | Self::Concise | Self::Grouped => Reader::Person,
            _ => Reader::Machine,
        }
    }
}
