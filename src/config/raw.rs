//! The configuration language: every key that `infralint.toml` may hold, each described once. It is read by this
//! description, and `infralint schema config` is made from it.

use serde_json::Value;

use crate::config::model::FailOn;
use crate::described::phrases::Phrases;
use crate::described::schema;
use crate::described::{At, Keyed, Text, described};
use crate::severity::Severity;

described! {
    /// What infralint does in a repository. Paths and globs are relative to the folder of this file; a glob without
    /// `/` matches at any depth, and one that names a folder everything in it.
    struct RawConfig = "a configuration" {
        /// Another configuration that this one changes, relative to this file: tables merge by key, lists replace.
        may extends: Text = "extends",
        /// The versions of infralint that understand this file: `>=0.2`.
        may required_version: Text = "required-version",
        /// Which Markdown files are looked at when a folder is walked; all where nothing is said.
        may include: At<Vec<Text>> = "include",
        /// Which files are left out when a folder is walked.
        may exclude: At<Vec<Text>> = "exclude",
        /// The level from which findings fail the run: `info`, `warning`, `error` or `never`.
        may fail_on: At<FailOn> = "fail-on",
        /// Templates of your own.
        may templates: At<Vec<Text>> = "templates",
        /// A file of findings that are known and do not count (`infralint check --write-baseline` writes it).
        may baseline: Text = "baseline",
        /// How bad each rule is: `off`, `info`, `warning` or `error`.
        may rules: Keyed<At<Severity>> = "rules",
        /// Which files are specs; the first entry that matches a file counts.
        may specs: Vec<RawSpecs> = "specs",
        /// What people here write for the elements of a diagram, beside what the templates know.
        may words: Keyed<Phrases> = "words",
        /// Links to files.
        may links: RawLinks = "links",
        /// What git is asked.
        may git: RawGit = "git",
    }

    /// Files that are specs.
    struct RawSpecs = "`[[specs]]`" {
        /// Globs of paths.
        must files: At<Vec<Text>> = "files",
        /// The template that holds them: its name. Without one, title and shape decide as for every other file.
        may template: Text = "template",
        /// How bad each rule is in these files.
        may rules: Keyed<At<Severity>> = "rules",
        /// The same for documents of a status: `[specs.status.Draft]`.
        may status: Keyed<Keyed<At<Severity>>> = "status",
    }

    /// Links to files.
    struct RawLinks = "`[links]`" {
        /// The folder that a link like `/guide.md` starts from; without it such links are not looked for.
        may root: Text = "root",
    }

    /// What git is asked.
    struct RawGit = "`[git]`" {
        /// So many days may lie between Last Updated and the last change of the body.
        may stale_after: At<u32> = "stale-after",
    }
}

/// The JSON Schema of configurations.
pub fn schema() -> Value {
    schema::of::<RawConfig>("infralint.toml", "infralint.schema.json")
}
