//! What a run writes into the documents that it checks: fixes, `allow` comments, or nothing but a diff on the screen.

use std::io;
use std::path::Path;

use similar::TextDiff;

use crate::cli::args::Check;
use crate::cli::paint::Paint;
use crate::cli::stop::Stop;
use crate::cli::write::{self, Written};
use crate::diagnostic::Report;
use crate::fix::Safety;
use crate::output::harmless;
use crate::output::pretty::Colour;
use crate::reading::Reading;
use crate::repair::allow::{BadReason, allow, check_reason};
use crate::repair::{Repaired, Standard, repair};
use crate::source::Source;
use crate::text::count;

/// What a run does to documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Mend {
    /// Nothing.
    #[default]
    Nothing,
    /// Writes the fixes that are at least so sure.
    Fix(Safety),
    /// Shows them.
    Diff(Safety, Colour),
    /// Writes an `allow` for each finding, with this reason.
    Allow(String),
}

/// What became of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// As it was; empty when it is written.
    pub(super) old: String,
    /// As it is to be; empty when it is written.
    pub(super) new: String,
    /// How many findings that mends.
    pub(super) mended: usize,
    /// The difference, where it is to be shown.
    pub(super) shown: String,
    /// The file, once it is written.
    pub(super) written: Option<Written>,
}

/// What became of all documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mended {
    /// How many findings were mended.
    pub(super) findings: usize,
    /// In how many documents.
    pub(super) documents: usize,
}

impl Mend {
    /// What the command line asks for.
    pub(super) fn asked(arguments: &Check, colour: Colour) -> Result<Self, Stop> {
        let allowed = if arguments.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        if arguments.diff {
            return Ok(Self::Diff(allowed, colour));
        }
        if arguments.fix {
            return Ok(Self::Fix(allowed));
        }
        let Some(reason) = &arguments.add_allow else { return Ok(Self::Nothing) };
        let help = "write --add-allow=\"why it is fine as it is\"";
        check_reason(reason).map_err(|bad| {
            let what = match bad {
                BadReason::Empty => "the reason of --add-allow says nothing",
                BadReason::Lines => "the reason of --add-allow has several lines",
                BadReason::EndsComment => "the reason of --add-allow holds `-->`, which would end the comment",
            };
            Stop::with_help(what, help)
        })?;
        Ok(Self::Allow(reason.clone()))
    }

    /// Whether files are written.
    pub(super) fn writes(&self) -> bool {
        matches!(self, Self::Fix(_) | Self::Allow(_))
    }

    /// Whether changes are shown, and nothing else is.
    pub(super) fn only_shows(&self) -> bool {
        matches!(self, Self::Diff(..))
    }

    /// Checks a document and mends it. What is read and reported is the document as it is afterwards.
    pub(super) fn check(&self, standard: &Standard, reading: Reading) -> (Reading, Report, Option<Change>) {
        let source = |reading: &Reading| Source::new(reading.source.name(), reading.source.text());
        let repaired = match self {
            Self::Nothing => {
                let report = standard.check(&reading);
                return (reading, report, None);
            }
            Self::Fix(allowed) | Self::Diff(allowed, _) => repair(standard, source(&reading), *allowed),
            Self::Allow(reason) => allow(standard, source(&reading), reason),
        };
        let mended = repaired.count();
        let Repaired { reading: new, report, .. } = repaired;
        let changed = new.source.text() != reading.source.text();
        let change = changed.then(|| Change {
            old: reading.source.text().to_owned(),
            new: new.source.text().to_owned(),
            mended,
            shown: String::new(),
            written: None,
        });
        (new, report, change)
    }

    /// Writes or draws a change, and lets go of its texts: a run over many files keeps none.
    pub(super) fn settle(&self, name: &str, path: &Path, change: &mut Change) -> io::Result<()> {
        match self {
            Self::Nothing => {}
            Self::Fix(_) | Self::Allow(_) => change.written = Some(write::replace(path, &change.old, &change.new)?),
            Self::Diff(_, colour) => change.shown = diff(name, change, *colour),
        }
        (change.old, change.new) = (String::new(), String::new());
        Ok(())
    }

    /// `Fixed 3 findings in 1 spec; 2 are left.` Nothing where nothing was to be done.
    pub(super) fn summary(&self, mended: Mended, left: usize) -> Option<String> {
        let Mended { findings, documents } = mended;
        let (did, would) = match self {
            Self::Diff(..) if documents == 0 => return Some("Nothing would change.".to_owned()),
            _ if documents == 0 => return None,
            Self::Nothing => return None,
            Self::Fix(_) => ("Fixed", ""),
            Self::Diff(..) => ("Would fix", "would be "),
            Self::Allow(_) => ("Allowed", ""),
        };
        let left = match (left, would) {
            (0, _) => format!("none {}left", if would.is_empty() { "is " } else { would }),
            (1, "") => "1 is left".to_owned(),
            (left, "") => format!("{left} are left"),
            (left, would) => format!("{left} {would}left"),
        };
        Some(format!("{did} {} in {}; {left}.", count(findings, "finding"), count(documents, "spec")))
    }
}

/// The difference as `patch` and `git apply -p0` read it.
fn diff(name: &str, change: &Change, colour: Colour) -> String {
    let difference = TextDiff::from_lines(change.old.as_str(), change.new.as_str());
    let plain = difference.unified_diff().context_radius(3).header(name, name).to_string();
    if colour == Colour::Off {
        return plain;
    }
    let paint = Paint(colour);
    plain.lines().fold(String::with_capacity(plain.len()), |all, line| {
        let line = harmless::line(line);
        let painted = match line.as_bytes().first() {
            Some(b'+') => paint.green(&line),
            Some(b'-') => paint.red(&line),
            Some(b'@') => paint.cyan(&line),
            _ => line.into_owned(),
        };
        all + &painted + "\n"
    })
}
