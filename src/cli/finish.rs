//! What a run says at its end: its reports, its failures, its last words and its exit code.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use crate::cli::args::Check;
use crate::cli::discover::slashed;
use crate::cli::mend::Mend;
use crate::cli::run::{Checked, Fate, Plan};
use crate::cli::stop::{self, Outcome};
use crate::cli::streams::Streams;
use crate::cli::summary::{self, Summary};
use crate::cli::targets::{Target, report_text};
use crate::cli::{BROKEN, CLEAN, FOUND, write};
use crate::lint::scope::Skipped;
use crate::output::format::Reader;
use crate::output::{Counts, Failure, Run};
use crate::template::model::Template;

/// What a run has done, before anything is said.
pub(super) struct Finished {
    paths: Vec<PathBuf>,
    checked: Vec<Checked>,
    skipped: Vec<(String, Skipped)>,
    failed: Vec<Failure>,
    /// The document of standard input, mended: it goes to standard output, and the report gives way.
    pub(super) piped: Option<Vec<u8>>,
    /// How many findings were mended, and in how many documents.
    mended: (usize, usize),
    /// Whether findings fail the run.
    fails: bool,
    /// How many findings were known.
    known: usize,
}

impl Finished {
    /// What became of each file. `names` and `fates` stand in one order.
    pub(super) fn new(paths: Vec<PathBuf>, names: Vec<String>, fates: Vec<Fate>, failed: Vec<Failure>) -> Self {
        let (checked, skipped) = (Vec::new(), Vec::new());
        let mended = (0, 0);
        let mut finished = Self { paths, checked, skipped, failed, piped: None, mended, fails: false, known: 0 };
        for (name, fate) in names.into_iter().zip(fates) {
            match fate {
                Fate::Checked(checked) => finished.checked.push(checked),
                Fate::Skipped(skipped) => finished.skipped.push((name, skipped)),
                Fate::Failed(reason) => finished.failed.push(Failure { path: name, reason }),
            }
        }
        finished.failed.sort_by(|a, b| a.path.cmp(&b.path));
        finished
    }

    /// Says everything. Returns the exit code.
    pub(super) fn report(
        &mut self,
        arguments: &Check,
        targets: &[Target],
        plan: &mut Plan,
        streams: &mut Streams,
    ) -> Outcome {
        let mut counts = Counts::default();
        let mut outlooks = Vec::new();
        let mut drawn = Vec::with_capacity(self.checked.len());
        let mut found = Run { files: Vec::with_capacity(self.checked.len()), failures: self.failed.clone() };
        for checked in self.checked.drain(..) {
            counts += checked.counts;
            self.fails |= checked.fails;
            if let Some(outlook) = checked.outlook {
                self.known += outlook.2.known;
                outlooks.push(*outlook);
            }
            if let Some(change) = checked.change {
                self.mended.0 += change.mended;
                self.mended.1 += 1;
                streams.out.write_all(change.shown.as_bytes())?;
            }
            drawn.push(checked.drawn);
            found.files.push(checked.file);
        }
        let piped = self.piped.take();
        if let Some(text) = &piped {
            streams.out.write_all(text)?;
        }
        let diff = matches!(plan.mend, Mend::Diff(..));
        let person =
            !diff && targets.iter().any(|target| target.file.is_none() && target.format.reader() == Reader::Person);
        let screen = if piped.is_some() { &mut *streams.err } else { &mut *streams.out };
        let mut notices: Vec<String> = plan.past.notes.iter().map(|note| format!("note: {note}")).collect();
        // A diff stands alone on standard output, so that `patch` can read it.
        for target in targets.iter().filter(|target| !(diff && target.file.is_none())) {
            if target.file.is_none() && person && arguments.statistics {
                statistics(&found, screen)?;
                continue;
            }
            let (text, notice) = report_text(target.format, &found, &drawn);
            match &target.file {
                None => screen.write_all(text.as_bytes())?,
                Some(path) => {
                    fs::write(path, text).map_err(|error| write::unwritten(&slashed(path), &error))?;
                }
            }
            notices.extend(notice.map(|notice| format!("note: {notice}")));
        }
        notices.extend(plan.known.settle(&outlooks)?);
        for notice in notices {
            writeln!(streams.err, "{notice}")?;
        }
        // What was said goes before what could not be.
        streams.out.flush()?;
        for failed in &self.failed {
            let message = format!("{}: {}", failed.path, failed.reason);
            streams.err.write_all(stop::error(&message, None, streams.terminal.err).as_bytes())?;
        }
        self.last_words(arguments, &found, counts, person && piped.is_none(), plan, streams)
    }

    /// Names the files that are named like a spec and are none.
    fn named_like_specs(&self, stream: &mut dyn Write) -> std::io::Result<()> {
        summary::named_like_specs(&self.skipped).iter().try_for_each(|note| writeln!(stream, "note: {note}"))
    }

    fn last_words(
        &self,
        arguments: &Check,
        found: &Run,
        counts: Counts,
        person: bool,
        plan: &Plan,
        streams: &mut Streams,
    ) -> Outcome {
        if arguments.verbose {
            for (name, skipped) in &self.skipped {
                writeln!(streams.err, "{name}: {}", summary::why(skipped))?;
            }
        }
        let skipped: Vec<(&str, &Skipped)> =
            self.skipped.iter().map(|(name, skipped)| (name.as_str(), skipped)).collect();
        let summary = Summary {
            paths: &self.paths,
            checked: found.files.len(),
            counts,
            skipped: &skipped,
            shown: plan.shown,
            known: self.known,
        };
        let diff = matches!(plan.mend, Mend::Diff(..));
        // A branch that changes no spec is fine; a gate that finds none at all is not.
        let unchanged = arguments.since.as_deref().filter(|_| found.files.is_empty() && plan.past.compares());
        let nothing = found.files.is_empty() && !arguments.allow_no_specs && unchanged.is_none();
        if nothing && self.failed.is_empty() {
            let projects = plan.projects.list.iter();
            let mut shaped: Vec<&Template> = projects
                .flat_map(|project| project.catalogue.templates.iter().map(AsRef::as_ref))
                .filter(|template| !template.sections.is_empty())
                .collect();
            shaped.dedup_by_key(|template| &template.name);
            self.named_like_specs(streams.err)?;
            let (message, help) = summary.nothing(&shaped);
            streams.err.write_all(stop::error(&message, help.as_deref(), streams.terminal.err).as_bytes())?;
        } else if !arguments.quiet && !nothing {
            let stream = if person { &mut *streams.out } else { &mut *streams.err };
            self.named_like_specs(stream)?;
            if let Some(line) = plan.mend.summary(self.mended.0, self.mended.1, counts.total()) {
                writeln!(stream, "{line}")?;
            }
            match unchanged {
                Some(revision) if !diff => writeln!(stream, "No spec changed since {revision}.")?,
                None if !diff => writeln!(stream, "{}", summary.line())?,
                _ => {}
            }
        }
        let fails = if diff { self.mended.1 > 0 } else { self.fails };
        Ok(if !self.failed.is_empty() || nothing {
            BROKEN
        } else if fails {
            FOUND
        } else {
            CLEAN
        })
    }
}

/// How many findings each rule has, most first.
fn statistics(run: &Run, out: &mut dyn Write) -> std::io::Result<()> {
    let mut rows: Vec<(&str, usize)> = Vec::new();
    for record in run.records() {
        match rows.iter_mut().find(|(rule, _)| *rule == record.rule) {
            Some((_, count)) => *count += 1,
            None => rows.push((record.rule, 1)),
        }
    }
    rows.sort_by_key(|&(rule, count)| (std::cmp::Reverse(count), rule));
    let width = rows.first().map_or(1, |(_, count)| count.to_string().len());
    rows.iter().try_for_each(|(rule, count)| writeln!(out, "{count:>width$}  {rule}"))
}
