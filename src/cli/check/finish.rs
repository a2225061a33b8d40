//! What a run says at its end: its reports, its failures, its last words and its exit code.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::cli::args::Check;
use crate::cli::check::fate::{Checked, Fate};
use crate::cli::check::known::Outlook;
use crate::cli::check::mend::Mended;
use crate::cli::check::plan::Plan;
use crate::cli::check::summary::{self, Summary};
use crate::cli::check::targets::Target;
use crate::cli::discover::slashed;
use crate::cli::stop::{self, Outcome, Stop};
use crate::cli::streams::Streams;
use crate::cli::write::{self, Written};
use crate::cli::{BROKEN, CLEAN, FOUND};
use crate::lint::scope::Skipped;
use crate::output::format::Reader;
use crate::output::{Counts, Failure, Run};
use crate::template::model::Template;

/// What a run has done, before anything is said.
#[derive(Default)]
pub(super) struct Finished {
    paths: Vec<PathBuf>,
    skipped: Vec<(String, Skipped)>,
    found: Run,
    /// The findings of each file, drawn.
    drawn: Vec<String>,
    counts: Counts,
    /// Whether findings fail the run.
    fails: bool,
    /// What was found out about known findings.
    outlooks: Vec<Outlook>,
    /// What `--diff` shows.
    diffs: Vec<String>,
    mended: Mended,
    /// The documents that were written.
    pub(super) written: Vec<Written>,
    /// The document of standard input, mended: it goes to standard output, and the report gives way.
    pub(super) piped: Option<Vec<u8>>,
}

impl Finished {
    /// What became of each file. `names` and `fates` stand in one order.
    pub(super) fn new(paths: Vec<PathBuf>, names: Vec<String>, fates: Vec<Fate>, failures: Vec<Failure>) -> Self {
        let found = Run { files: Vec::with_capacity(fates.len()), failures };
        let mut finished = Self { paths, found, ..Self::default() };
        for (name, fate) in names.into_iter().zip(fates) {
            match fate {
                Fate::Checked(checked) => finished.add(checked),
                Fate::Skipped(skipped) => finished.skipped.push((name, skipped)),
                Fate::Failed(reason) => finished.found.failures.push(Failure { path: name, reason }),
            }
        }
        finished.found.failures.sort_by(|a, b| a.path.cmp(&b.path));
        finished
    }

    fn add(&mut self, checked: Checked) {
        self.counts += checked.counts;
        self.fails |= checked.fails;
        self.outlooks.extend(checked.outlook.map(|outlook| *outlook));
        if let Some(change) = checked.change {
            self.mended.findings += change.mended;
            self.mended.documents += 1;
            self.diffs.push(change.shown);
            self.written.extend(change.written);
        }
        if let Some(reason) = checked.unwritten {
            self.found.failures.push(Failure { path: checked.file.path.clone(), reason });
        }
        self.drawn.push(checked.drawn);
        self.found.files.push(checked.file);
    }

    /// Says everything. Returns the exit code.
    pub(super) fn report(
        &self,
        arguments: &Check,
        targets: &[Target],
        plan: &mut Plan,
        streams: &mut Streams,
    ) -> Outcome {
        self.diffs.iter().try_for_each(|diff| streams.out.write_all(diff.as_bytes()))?;
        if let Some(text) = &self.piped {
            streams.out.write_all(text)?;
        }
        // A diff stands alone on standard output, so that `patch` can read it.
        let shown = |target: &&Target| target.file.is_some() || !plan.mend.only_shows();
        let targets: Vec<&Target> = targets.iter().filter(shown).collect();
        let notices = self.write_reports(arguments, &targets, streams)?;
        for notice in plan.projects.notes.iter().chain(&plan.past.notes).chain(&notices) {
            writeln!(streams.err, "note: {notice}")?;
        }
        for said in plan.known.settle(&self.outlooks)? {
            writeln!(streams.err, "{said}")?;
        }
        // What was said goes before what could not be.
        streams.out.flush()?;
        for failed in &self.found.failures {
            let message = format!("{}: {}", failed.path, failed.reason);
            streams.err.write_all(stop::error(&message, None, streams.terminal.err).as_bytes())?;
        }
        let read = |target: &&Target| target.file.is_none() && target.format.reader() == Reader::Person;
        let reader = if self.piped.is_none() && targets.iter().any(read) { Reader::Person } else { Reader::Machine };
        self.last_words(arguments, reader, plan, streams)
    }

    /// Writes the reports, each where it belongs. Returns what is to be said beside them.
    fn write_reports(
        &self,
        arguments: &Check,
        targets: &[&Target],
        streams: &mut Streams,
    ) -> Result<Vec<String>, Stop> {
        let screen = if self.piped.is_some() { &mut *streams.err } else { &mut *streams.out };
        let mut notices = Vec::new();
        for Target { format, file } in targets {
            if arguments.statistics && file.is_none() && format.reader() == Reader::Person {
                statistics(&self.found, screen)?;
                continue;
            }
            let (text, notice) = format.render(&self.found, &self.drawn);
            match file {
                None => screen.write_all(text.as_bytes())?,
                Some(path) => fs::write(path, text).map_err(|error| write::unwritten(&slashed(path), &error))?,
            }
            notices.extend(notice);
        }
        Ok(notices)
    }

    /// Says what was checked and what was not. Returns the exit code. `reader` is who reads standard output.
    fn last_words(&self, arguments: &Check, reader: Reader, plan: &Plan, streams: &mut Streams) -> Outcome {
        if arguments.verbose {
            for (name, skipped) in &self.skipped {
                writeln!(streams.err, "{name}: {}", summary::why(skipped))?;
            }
        }
        let is_empty = self.found.files.is_empty();
        // A branch that changes no spec is fine; a gate that finds none at all is not.
        let unchanged = arguments.since.as_deref().filter(|_| is_empty && plan.past.compares());
        let nothing = is_empty && !arguments.allow_no_specs && unchanged.is_none();
        let has_failed = !self.found.failures.is_empty();
        if nothing && !has_failed {
            self.say_nothing_was_checked(plan, streams)?;
        } else if !nothing && !arguments.quiet {
            let stream = if reader == Reader::Person { &mut *streams.out } else { &mut *streams.err };
            self.sum_up(unchanged, plan, stream)?;
        }
        let fails = if plan.mend.only_shows() { self.mended.documents > 0 } else { self.fails };
        Ok(match () {
            () if nothing || has_failed => BROKEN,
            () if fails => FOUND,
            () => CLEAN,
        })
    }

    fn say_nothing_was_checked(&self, plan: &Plan, streams: &mut Streams) -> io::Result<()> {
        let templates = plan.projects.list.iter().flat_map(|project| &project.catalogue.templates);
        let mut shaped: Vec<&Template> =
            templates.map(AsRef::as_ref).filter(|template| !template.sections.is_empty()).collect();
        shaped.dedup_by_key(|template| &template.name);
        self.named_like_specs(streams.err)?;
        let (message, help) = self.summary(plan).nothing(&shaped);
        streams.err.write_all(stop::error(&message, help.as_deref(), streams.terminal.err).as_bytes())
    }

    /// `unchanged` is the revision since which no spec changed.
    fn sum_up(&self, unchanged: Option<&str>, plan: &Plan, stream: &mut dyn Write) -> io::Result<()> {
        self.named_like_specs(stream)?;
        if let Some(line) = plan.mend.summary(self.mended, self.counts.total()) {
            writeln!(stream, "{line}")?;
        }
        match unchanged {
            _ if plan.mend.only_shows() => Ok(()),
            Some(revision) => writeln!(stream, "No spec changed since {revision}."),
            None => writeln!(stream, "{}", self.summary(plan).line()),
        }
    }

    fn summary(&self, plan: &Plan) -> Summary<'_> {
        Summary {
            paths: &self.paths,
            checked: self.found.files.len(),
            counts: self.counts,
            skipped: &self.skipped,
            shown: plan.shown,
            known: self.outlooks.iter().map(|outlook| outlook.known).sum(),
        }
    }

    /// Names the files that are named like a spec and are none.
    fn named_like_specs(&self, stream: &mut dyn Write) -> io::Result<()> {
        summary::named_like_specs(&self.skipped).iter().try_for_each(|note| writeln!(stream, "note: {note}"))
    }
}

/// How many findings each rule has, most first.
fn statistics(run: &Run, out: &mut dyn Write) -> io::Result<()> {
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
