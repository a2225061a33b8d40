//! `infralint init`: looks at the repository, proposes a configuration and a hook, and writes only what it is told to.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::CLEAN;
use crate::cli::args::{Init, Part};
use crate::cli::check::known;
use crate::cli::discover::{self, Discovery, from_here, why_unread};
use crate::cli::git::root_of;
use crate::cli::paint::Paint;
use crate::cli::project::{NAMES, Projects};
use crate::cli::stop::{Outcome, Stop};
use crate::cli::streams::Streams;
use crate::cli::{document, write};
use crate::lint::scope::{Scope, Skipped};
use crate::reading;
use crate::source::Source;
use crate::text::count;

/// A document that is no spec, but has so many sections of one, may be meant as one.
const NEAR: usize = 3;
/// So many near ones are proposed.
const MOST: usize = 3;

const CONFIG: &str = "infralint.toml";
const HOOKS: &str = ".pre-commit-config.yaml";

/// What was found in the repository.
struct Seen {
    root: PathBuf,
    /// How many Markdown files there are.
    documents: usize,
    /// Path and template of those that are specs.
    specs: Vec<(String, String)>,
    /// Those that are near to one.
    near: Vec<(String, Skipped)>,
}

/// A file to write, or why not.
enum Proposal {
    /// It does not exist yet.
    Create(String),
    /// It exists, and becomes this.
    Change { old: String, new: String, added: String },
    /// Nothing is to be done.
    Done(String),
    /// A person has to do it.
    ByHand { why: String, added: String },
}

/// Runs `infralint init`.
pub(in crate::cli) fn run(arguments: &Init, streams: &mut Streams) -> Outcome {
    let paint = Paint(streams.terminal.out);
    let seen = look()?;
    let found = match (seen.specs.len(), seen.near.len()) {
        (0, 0) => "no spec among them".to_owned(),
        (0, near) => format!("no spec among them, {near} that may be meant as one"),
        (specs, _) => format!("{} among them", count(specs, "spec")),
    };
    writeln!(streams.out, "{}: {}, {found}.", shown(&seen.root), count(seen.documents, "Markdown file"))?;
    for (part, name, proposal) in
        [(Part::Config, CONFIG, config(&seen)), (Part::PreCommit, HOOKS, pre_commit(&seen.root)?)]
    {
        let wanted = arguments.write.contains(&part);
        let place = from_here(&seen.root.join(name));
        writeln!(streams.out)?;
        match proposal {
            Proposal::Done(why) => writeln!(streams.out, "{}: {why}", paint.bold(&place))?,
            Proposal::ByHand { why, added } => {
                writeln!(streams.out, "{}: {why}; add this by hand:\n\n{added}", paint.bold(&place))?;
            }
            Proposal::Create(text) | Proposal::Change { added: text, .. } if !wanted => {
                let word = part.word();
                writeln!(streams.out, "{} (write it with --write {word}):\n\n{text}", paint.bold(&place))?;
            }
            Proposal::Create(text) => {
                write::create(&seen.root.join(name), &text).map_err(|error| write::unwritten(&place, &error))?;
                writeln!(streams.out, "{} written:\n\n{text}", paint.bold(&place))?;
            }
            Proposal::Change { old, new, added } => {
                write::replace(&seen.root.join(name), &old, &new).map_err(|error| write::unwritten(&place, &error))?;
                writeln!(streams.out, "{} changed, with this at its end:\n\n{added}", paint.bold(&place))?;
            }
        }
    }
    writeln!(streams.out, "\nNext: `infralint check`{}.", next(&seen))?;
    Ok(CLEAN)
}

fn shown(root: &Path) -> String {
    let name = from_here(root);
    if name == "." { "This folder".to_owned() } else { name }
}

fn next(seen: &Seen) -> &'static str {
    if seen.specs.is_empty() {
        ", or `infralint new infrastructure -o docs/infrastructure.md` for a first spec"
    } else {
        "; where it finds more than can be fixed today, `infralint check --write-baseline` records it"
    }
}

/// Reads the Markdown of the repository.
fn look() -> Result<Seen, Stop> {
    let here = fs::canonicalize(".").map_err(|error| Stop::new(format!("cannot read this folder: {error}")))?;
    let root = root_of(&here).unwrap_or(&here).to_owned();
    let mut projects = Projects::default();
    let Discovery { files, .. } = discover::discover(&root, std::slice::from_ref(&root));
    let mut seen = Seen { documents: files.len(), root, specs: Vec::new(), near: Vec::new() };
    for found in files {
        let Ok(text) = document::read(&found.path) else { continue };
        let project = projects.of_file(&found.real)?;
        let reading = reading::read(Source::new(found.name.as_str(), text));
        match projects.list[project].scope(&reading, &found.real) {
            Scope::Held(template) => seen.specs.push((found.name, template.name.clone())),
            Scope::Skipped(skipped) if skipped.sections >= NEAR || skipped.header => {
                seen.near.push((found.name, skipped));
            }
            Scope::Skipped(_) => {}
        }
    }
    seen.near.sort_by_key(|(name, skipped)| (std::cmp::Reverse((skipped.header, skipped.sections)), name.clone()));
    seen.near.truncate(MOST);
    Ok(seen)
}

fn config(seen: &Seen) -> Proposal {
    if let Some(name) = NAMES.iter().find(|name| seen.root.join(name).exists()) {
        return Proposal::Done(format!("there is {name} already; `infralint check --show-settings FILE` explains it"));
    }
    let mut text = String::from("# What infralint does here: `infralint schema config` describes every key.\n");
    // A String takes everything. In front of all tables, where a key is one of the whole file.
    let _ = writeln!(
        text,
        "\n# Findings that are known, once `infralint check --write-baseline` has recorded them.\n# baseline = \"{}\"",
        known::NAME
    );
    let _ = match seen.specs.as_slice() {
        [] => writeln!(
            text,
            "\n# No file here is a spec yet. A new one is recognised by its header and sections; others are named here."
        ),
        _ => writeln!(
            text,
            "\n# These are recognised by themselves; named here, they stay specs whatever happens to them."
        ),
    };
    for template in templates(&seen.specs) {
        let of: Vec<&str> =
            seen.specs.iter().filter(|(_, used)| *used == template).map(|(path, _)| path.as_str()).collect();
        let _ = write!(text, "{}", entry(&of, &template, ""));
    }
    for (path, skipped) in &seen.near {
        let header = if skipped.header { ", and the header" } else { "" };
        let _ = writeln!(
            text,
            "\n# {path} has {} of {} sections{header}: is it meant as one?",
            skipped.sections, skipped.of
        );
        let _ = write!(text, "{}", entry(&[path], &skipped.template, "# "));
    }
    if seen.specs.is_empty() && seen.near.is_empty() {
        let _ = write!(text, "{}", entry(&["docs/infrastructure.md"], "infrastructure", "# "));
    }
    text.push_str("\n# How bad each rule is; `infralint rules` lists them.\n[rules]\n# prose-length = \"off\"\n");
    Proposal::Create(text)
}

fn templates(specs: &[(String, String)]) -> Vec<String> {
    let mut names: Vec<String> = specs.iter().map(|(_, template)| template.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// An entry of `[[specs]]`.
fn entry(files: &[&str], template: &str, before: &str) -> String {
    let quoted = |path: &str| toml::Value::String(path.to_owned()).to_string();
    let list = match files {
        [one] => format!("[{}]", quoted(one)),
        many => {
            let lines = many.iter().map(|path| format!("{before}    {},\n", quoted(path)));
            format!("[\n{}{before}]", lines.collect::<String>())
        }
    };
    format!("{before}[[specs]]\n{before}files = {list}\n{before}template = {}\n", quoted(template))
}

fn pre_commit(root: &Path) -> Result<Proposal, Stop> {
    let file = root.join(HOOKS);
    let old = match fs::read_to_string(&file) {
        Ok(old) => old,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Proposal::Create(format!("repos:\n{}", hook("  "))));
        }
        Err(error) => return Err(Stop::new(format!("cannot read {HOOKS}: {}", why_unread(&error)))),
    };
    if old.contains("infralint") {
        return Ok(Proposal::Done("infralint is there already".to_owned()));
    }
    let top_level = |line: &&str| line.ends_with(':') && line.starts_with(|c: char| c.is_ascii_alphabetic());
    let items = old.lines().find(|line| line.trim_start().starts_with("- repo:"));
    match (old.lines().rfind(|line| top_level(line) || is_key(line)), items) {
        (Some("repos:"), Some(item)) => {
            let indent = &item[..item.len() - item.trim_start().len()];
            let added = hook(indent);
            let end = if old.ends_with('\n') { "" } else { "\n" };
            Ok(Proposal::Change { new: format!("{old}{end}{added}"), old, added })
        }
        _ => Ok(Proposal::ByHand { why: "`repos:` is not its last key".to_owned(), added: hook("  ") }),
    }
}

/// `key: value` at the very start of a line.
fn is_key(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    name.len() < line.len() && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn hook(indent: &str) -> String {
    [
        "- repo: local",
        "  hooks:",
        "    - id: infralint",
        "      name: infralint",
        "      entry: infralint check --force-exclude --allow-no-specs",
        "      language: system",
        "      types: [markdown]",
        "      require_serial: true",
    ]
    .iter()
    .fold(String::new(), |text, line| text + indent + line + "\n")
}
