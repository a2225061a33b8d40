//! The formats there are.

/// A format of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Source lines with labels, for people.
    Pretty,
    /// One line a finding, for people and for editors.
    Concise,
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
    pub const ALL: &'static [Self] = &[Self::Pretty, Self::Concise];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pretty => "pretty",
            Self::Concise => "concise",
        }
    }

    /// One line for the help text.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Pretty => "source lines with labels and help, for people",
            Self::Concise => "one line a finding: path:line:column: level[rule] message; help: ...",
        }
    }

    /// Who reads it.
    pub fn reader(self) -> Reader {
        match self {
            Self::Pretty | Self::Concise => Reader::Person,
        }
    }
}
