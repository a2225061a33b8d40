//! The last words of a run: how many files were checked, what was found, and what was left out.

use std::path::PathBuf;

use crate::cli::discover::slashed;
use crate::lint::scope::{Reason, Skipped};
use crate::output::{Counts, harmless};
use crate::severity::Severity;
use crate::template::model::Template;
use crate::text::{count, plural};

/// What a run has to say at its end.
pub(super) struct Summary<'a> {
    /// Where was looked, as the user wrote it.
    pub(super) paths: &'a [PathBuf],
    /// How many documents were checked.
    pub(super) checked: usize,
    /// What was found, that which is not shown too.
    pub(super) counts: Counts,
    /// The files that are no specs.
    pub(super) skipped: &'a [(String, Skipped)],
    /// Findings below this level were not shown.
    pub(super) shown: Severity,
    /// How many findings were known, and left out.
    pub(super) known: usize,
}

impl Summary<'_> {
    /// `Checked 3 specs in docs/: 2 errors, 1 warning (2 fixable with --fix).`
    pub(super) fn line(&self) -> String {
        if self.checked == 0 {
            let place = self.place();
            return match self.skipped.len() {
                0 => format!("Checked nothing: there are no Markdown files{}.", or_given(&place)),
                1 => format!("Checked nothing{place}: 1 Markdown file is no spec (--verbose lists it)."),
                many => format!("Checked nothing{place}: {many} Markdown files are no specs (--verbose lists them)."),
            };
        }
        let Counts { errors, warnings, infos, .. } = self.counts;
        let found: Vec<String> = [(errors, "error"), (warnings, "warning"), (infos, "suggestion")]
            .into_iter()
            .filter(|&(number, _)| number > 0)
            .map(|(number, word)| count(number, word))
            .collect();
        let verdict = if found.is_empty() { "all good".to_owned() } else { found.join(", ") };
        let place = self.place();
        let line = format!("Checked {}{place}: {verdict}{}.", count(self.checked, "spec"), self.notes());
        match self.skipped.len() {
            0 => line,
            1 => format!("{line} 1 Markdown file is no spec (--verbose lists it)."),
            many => format!("{line} {many} Markdown files are no specs (--verbose lists them)."),
        }
    }

    fn notes(&self) -> String {
        let Counts { safe, risky, .. } = self.counts;
        let mut notes = Vec::new();
        match (safe, risky) {
            (0, 0) => {}
            (safe, 0) => notes.push(format!("{safe} fixable with --fix")),
            (0, risky) => notes.push(format!("{risky} fixable with --fix --unsafe-fixes")),
            (safe, risky) => notes.push(format!("{safe} fixable with --fix, {risky} more with --unsafe-fixes")),
        }
        let hidden = self.counts.total() - self.counts.at_least(self.shown);
        if hidden > 0 {
            notes.push(format!("{hidden} below {} not shown", self.shown));
        }
        if self.known > 0 {
            notes.push(format!("{} known", self.known));
        }
        if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) }
    }

    /// ` in docs/`, or nothing where only files were named.
    fn place(&self) -> String {
        let there = self.paths.iter().filter(|path| path.exists()).count();
        let mut folders: Vec<String> =
            self.paths.iter().filter(|path| path.is_dir()).map(|path| folder(path)).collect();
        // The report is the same in whatever order they are given.
        folders.sort();
        match folders.as_slice() {
            [] => String::new(),
            _ if folders.len() < there => format!(" in {there} places"),
            [one] => format!(" in {one}"),
            [first, second] => format!(" in {first} and {second}"),
            more => format!(" in {} folders", more.len()),
        }
    }

    /// That nothing was a spec: what to say, and what to do.
    pub(super) fn nothing(&self, templates: &[&Template]) -> (String, Option<String>) {
        let place = self.place();
        let kind = match templates {
            [only] => format!("{} {} spec", article(&only.name), only.name),
            _ => "a spec".to_owned(),
        };
        match self.skipped {
            [] => (format!("there are no Markdown files{}", or_given(&place)), None),
            [(name, skipped)] => {
                let message = format!("{name} is not {kind}");
                let near = shape(skipped).map(|shape| format!("\n  closest: {name} ({shape})")).unwrap_or_default();
                (format!("{message}{near}"), Some(help(name, skipped)))
            }
            many => {
                let message = format!("none of the {} Markdown files{place} is {kind}", many.len());
                let closest = many
                    .iter()
                    .filter(|(_, skipped)| shape(skipped).is_some())
                    .max_by_key(|(name, skipped)| (skipped.header, skipped.sections, std::cmp::Reverse(name)));
                match closest {
                    Some((name, skipped)) => {
                        let shape = shape(skipped).unwrap_or_default();
                        (format!("{message}\n  closest: {name} ({shape})"), Some(help(name, skipped)))
                    }
                    None => (message, Some("say so with --allow-no-specs where that is meant".to_owned())),
                }
            }
        }
    }
}

/// Where was looked.
fn or_given(place: &str) -> &str {
    if place.is_empty() { " among the given files" } else { place }
}

fn folder(path: &std::path::Path) -> String {
    let name = slashed(path);
    if name.ends_with('/') { name } else { format!("{name}/") }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// `2 of 12 sections, no header in its form`; nothing where a file has neither.
fn shape(skipped: &Skipped) -> Option<String> {
    let header = if skipped.header { "the header" } else { "no header in its form" };
    (skipped.sections > 0 || skipped.header)
        .then(|| format!("{} of {} {}, {header}", skipped.sections, skipped.of, plural(skipped.of, "section")))
}

fn help(name: &str, skipped: &Skipped) -> String {
    let template = if skipped.template.is_empty() { "any" } else { &skipped.template };
    let name = harmless::line(name);
    if name.starts_with('<') {
        return format!("check it with --template {template}, or give its path with --stdin-filename");
    }
    format!(
        "check it with --template {template}, or name your specs in infralint.toml:\n\
         [[specs]]\nfiles = [\"{name}\"]\ntemplate = \"{template}\""
    )
}

/// Why a file was skipped, for `--verbose`.
pub(super) fn why(skipped: &Skipped) -> String {
    let shape = shape(skipped).map(|shape| format!(" ({shape})")).unwrap_or_default();
    let named = if skipped.reason == Reason::NamedLikeOne { ", though named like one" } else { "" };
    format!("no spec{named}{shape}")
}

/// So many files are named; more of them would bury the summary.
const NAMED: usize = 3;

/// What to say of the files that are named like specs and are none.
pub(super) fn named_like_specs(skipped: &[(String, Skipped)]) -> Vec<String> {
    let named: Vec<_> = skipped.iter().filter(|(_, skipped)| skipped.reason == Reason::NamedLikeOne).collect();
    let mut notes: Vec<String> = named
        .iter()
        .take(NAMED)
        .map(|(name, Skipped { template, .. })| {
            format!(
                "{name} is named like a spec but has neither the header nor four of its sections; \
                 --template {template} checks it"
            )
        })
        .collect();
    let more = named.len().saturating_sub(NAMED);
    if more > 0 {
        notes.push(format!("the same holds of {} (--verbose lists them)", count(more, "more file")));
    }
    notes
}
