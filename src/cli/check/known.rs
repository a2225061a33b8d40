//! Files of known findings: read before a run, reported, written and pruned after it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::baseline::{self, Applied, Baseline, Entry, prune, record};
use crate::cli::args::Check;
use crate::cli::discover::{from_here, slashed, why_unread};
use crate::cli::stop::Stop;
use crate::cli::write;
use crate::diagnostic::Report;
use crate::text::count;

/// Where findings are recorded when nobody says.
pub(in crate::cli) const NAME: &str = "infralint-baseline.json";

/// What is done with known findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Keep {
    /// They are left out.
    #[default]
    Apply,
    /// They are recorded anew.
    Write,
    /// They are left out, and entries that match nothing are removed.
    Prune,
}

/// The files of known findings of a run.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What is done with them.
    pub(super) keep: Keep,
    /// By their path.
    files: BTreeMap<PathBuf, Baseline>,
    /// The one that holds for all documents.
    forced: Option<PathBuf>,
    /// Those that configurations name.
    pub(super) configured: BTreeSet<PathBuf>,
}

/// What was found out about the known findings of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outlook {
    /// The file that knows them.
    file: PathBuf,
    /// Where the document is, from the root of the file system.
    document: PathBuf,
    /// How many findings were left out.
    pub(super) known: usize,
    /// Entries that match nothing.
    stale: Vec<Entry>,
    /// What is to be recorded.
    recorded: Vec<Entry>,
}

impl Known {
    /// What the command line asks for.
    pub(super) fn asked(arguments: &Check) -> Result<Self, Stop> {
        let keep = match (arguments.write_baseline, arguments.prune_baseline) {
            (true, _) => Keep::Write,
            (false, true) => Keep::Prune,
            (false, false) => Keep::Apply,
        };
        let mut known = Self { keep, ..Self::default() };
        if let Some(file) = &arguments.baseline {
            let file = std::path::absolute(file).unwrap_or_else(|_| file.clone());
            known.load(&file)?;
            known.forced = Some(file);
        }
        Ok(known)
    }

    /// The file for the documents of a project: that of the command line, else that of its configuration.
    pub(super) fn file(&self, configured: Option<&Path>) -> Option<PathBuf> {
        let own = self.forced.as_deref().or(configured);
        match own {
            Some(file) => Some(file.to_owned()),
            None if self.keep == Keep::Write => std::path::absolute(NAME).ok(),
            None => None,
        }
    }

    /// Reads a file. One that is to be written need not be there.
    pub(super) fn load(&mut self, file: &Path) -> Result<(), Stop> {
        if self.files.contains_key(file) {
            return Ok(());
        }
        let shown = from_here(file);
        let baseline = match fs::read_to_string(file) {
            Ok(text) => Baseline::parse(&text).map_err(|wrong| {
                Stop::with_help(
                    format!("the baseline {shown} cannot be read: {wrong}"),
                    "write it anew with --write-baseline, or take it out of a merge conflict",
                )
            })?,
            Err(error) if self.keep == Keep::Write && error.kind() == std::io::ErrorKind::NotFound => {
                Baseline::default()
            }
            Err(error) => {
                return Err(Stop::with_help(
                    format!("cannot read the baseline {shown}: {}", why_unread(&error)),
                    "write it with --write-baseline",
                ));
            }
        };
        self.files.insert(file.to_owned(), baseline);
        Ok(())
    }

    /// What is known of a document.
    fn of(&self, file: &Path, document: &Path) -> &[Entry] {
        self.files.get(file).map_or(&[], |baseline| baseline.of(&path_in(file, document)))
    }

    /// Leaves the known findings of a document out of its report, or records them. `runs` says whether a rule ran:
    /// of a rule that did not, nothing is stale and nothing is forgotten.
    pub(super) fn apply(
        &self,
        file: PathBuf,
        document: PathBuf,
        report: &mut Report,
        runs: impl Fn(&str) -> bool,
    ) -> Outlook {
        let known = self.of(&file, &document);
        if self.keep == Keep::Write {
            let mut recorded = record(report);
            recorded.extend(known.iter().filter(|entry| !runs(&entry.rule)).cloned());
            let known = std::mem::take(&mut report.diagnostics).len();
            return Outlook { file, document, known, stale: Vec::new(), recorded };
        }
        let Applied { known, mut stale } = baseline::apply(known, report);
        stale.retain(|entry| runs(&entry.rule));
        Outlook { file, document, known, stale, recorded: Vec::new() }
    }

    /// Settles what was found out: writes what is to be written, and says what a person wants to know.
    pub(super) fn settle(&mut self, outlooks: &[Outlook]) -> Result<Vec<String>, Stop> {
        let mut said = Vec::new();
        for (file, baseline) in &mut self.files {
            let shown = from_here(file);
            let own = outlooks.iter().filter(|outlook| outlook.file == *file);
            let mut stale: Vec<(String, Entry)> = Vec::new();
            let mut after = baseline.clone();
            for outlook in own {
                let path = path_in(file, &outlook.document);
                match self.keep {
                    Keep::Write => after.set(&path, outlook.recorded.clone()),
                    Keep::Prune | Keep::Apply => after.set(&path, prune(baseline.of(&path), &outlook.stale)),
                }
                stale.extend(outlook.stale.iter().map(|entry| (path.clone(), entry.clone())));
            }
            // A document that is gone has no findings.
            let folder = file.parent().unwrap_or(Path::new(""));
            for gone in baseline.paths().filter(|path| !folder.join(path).exists()) {
                stale.extend(baseline.of(gone).iter().map(|entry| (gone.to_owned(), entry.clone())));
                after.set(gone, Vec::new());
            }
            match self.keep {
                Keep::Write => {
                    write_file(file, &after)?;
                    let way = if self.forced.is_some() || self.configured.contains(file) {
                        String::new()
                    } else {
                        format!(
                            " Write `baseline = \"{shown}\"` at the top of infralint.toml, and later runs leave them out."
                        )
                    };
                    said.push(format!("Recorded {} in {shown}.{way}", count(after.count(), "finding")));
                }
                Keep::Prune if stale.is_empty() => said.push(format!("Nothing in {shown} is stale.")),
                Keep::Prune => {
                    write_file(file, &after)?;
                    let removed: usize = stale.iter().map(|(_, entry)| entry.count).sum();
                    said.push(format!("Removed {} from {shown}.", count(removed, "stale finding")));
                }
                Keep::Apply => said.extend(stale.iter().map(|(path, entry)| stale_entry(&shown, path, entry))),
            }
            *baseline = after;
        }
        Ok(said)
    }
}

/// `note: docs/a.md: missing-row in `Cost Estimate` is mended, but infralint-baseline.json still knows it`
fn stale_entry(file: &str, path: &str, entry: &Entry) -> String {
    let place = if entry.section.is_empty() { String::new() } else { format!(" in `{}`", entry.section) };
    let times = if entry.count > 1 { format!(" ({} times)", entry.count) } else { String::new() };
    format!(
        "note: {path}: `{}`{place} is fixed{times}, but {file} still knows it (--prune-baseline removes it)",
        entry.rule
    )
}

fn write_file(file: &Path, baseline: &Baseline) -> Result<(), Stop> {
    let old = fs::read_to_string(file).unwrap_or_default();
    let new = baseline.render();
    let written = if file.exists() { write::replace(file, &old, &new).map(drop) } else { fs::write(file, new) };
    written.map_err(|error| write::unwritten(&from_here(file), &error))
}

/// The path of a document as its baseline writes it: from the folder of the baseline.
fn path_in(file: &Path, document: &Path) -> String {
    let folder = file.parent().and_then(|folder| fs::canonicalize(folder).ok()).unwrap_or_default();
    document.strip_prefix(&folder).map_or_else(|_| slashed(document), slashed)
}
