//! Writes what documents show as a template.

use std::fmt::Write;

use crate::derive::demands::Vocabulary;
use crate::derive::guess::{self, Guess};
use crate::derive::log::is_history;
use crate::derive::shape::{Field, Header, Kind, Section, Shape};
use crate::derive::toml::{aligned, list, raw};
use crate::template::quoted::{key, text};
use crate::text::{self as words, normal};

/// The name under which a log is referred to.
pub(super) const LOG: &str = "changelog";

/// So wide are the lines between sections.
const RULE: usize = 96;

/// Keys and values.
pub(super) type Lines = Vec<(String, String)>;

/// Adds a key with its value.
pub(super) fn line(lines: &mut Lines, key: &str, value: impl Into<String>) {
    lines.push((key.to_owned(), value.into()));
}

/// The template.
pub(super) fn template(shape: &Shape) -> String {
    let mut out = String::new();
    let pen = Pen { shape, vocabulary: Vocabulary::new() };
    pen.top(&mut out);
    if let Some(header) = &shape.header {
        rule(&mut out, "header");
        pen.header(&mut out, header);
    }
    for (index, section) in shape.sections.iter().enumerate() {
        if section.parent.is_none() {
            rule(&mut out, &section.name.to_lowercase());
        }
        pen.section(&mut out, index, section);
    }
    pen.words(&mut out);
    format!("{}\n", out.trim_end())
}

/// A line that sets a part apart.
pub(super) fn rule(out: &mut String, name: &str) {
    let dashes = "-".repeat(RULE.saturating_sub(name.chars().count() + 3));
    let _ = writeln!(out, "\n# {dashes} {name}\n");
}

/// Writes one template.
pub(super) struct Pen<'s> {
    pub(super) shape: &'s Shape,
    pub(super) vocabulary: Vocabulary,
}

impl Pen<'_> {
    fn top(&self, out: &mut String) {
        let shape = self.shape;
        let from = words::list(&shape.files, "and");
        let _ = writeln!(out, "# Derived from {from}. It asks for what stands there; edit it as you like.");
        if shape.documents > 1 {
            out.push_str("# What all of them have is required, what only some have may be absent.\n");
        }
        out.push_str("# `infralint templates check FILE` says whether it is sound.\n\n");
        let mut lines = Lines::new();
        line(&mut lines, "name", text(&shape.name));
        if let Some(title) = &shape.title {
            line(&mut lines, "title", text(&format!("# {title}")));
        }
        line(&mut lines, "numbering", text(if shape.numbered { "consecutive" } else { "any" }));
        aligned(out, &lines);
        let _ = writeln!(out, "\n[applies-to]\nfiles = {}", list(&globs(shape)));
    }

    fn header(&self, out: &mut String, header: &Header) {
        let mut lines = Lines::new();
        line(&mut lines, "form", text(&header.form));
        out.push_str("[header]\n");
        aligned(out, &lines);
        for field in &header.fields {
            out.push_str("\n[[header.field]]\n");
            let lines = self.field(field, header.seen);
            let is_seen =
                lines.iter().any(|(key, _)| key == "values") && guess::of_field(&field.name, &field.values).is_none();
            aligned(out, &lines);
            if is_seen {
                out.push_str("# These are the values that were seen: add what else is allowed.\n");
            }
        }
    }

    fn field(&self, field: &Field, seen: usize) -> Lines {
        let mut lines = Lines::new();
        let name = normal(&field.name);
        let has = |word: &str| name.split(' ').any(|own| own == word);
        let mut guess = guess::of_field(&field.name, &field.values);
        if guess.is_none() && field.seen > 1 && has("status") && field.values.iter().all(|value| is_word(value)) {
            guess = Some(Guess::Choice(field.values.clone()));
        }
        line(&mut lines, "name", text(&field.name));
        let role = match &guess {
            Some(Guess::Semver) if has("version") => Some("version"),
            Some(Guess::Choice(_)) if has("status") => Some("status"),
            Some(Guess::Date(_)) if has("updated") || has("date") || has("modified") => Some("updated"),
            _ => None,
        };
        let first = |role: &str| {
            let others = self.shape.header.iter().flat_map(|header| &header.fields);
            others.take_while(|other| other.name != field.name).all(|other| !has_role(other, role))
        };
        let role = role.filter(|role| first(role));
        if let Some(role) = role {
            line(&mut lines, "role", text(role));
        }
        if let Some(guess) = &guess {
            kind(&mut lines, guess);
        } else if let Some(example) = field.values.iter().find(|value| guess::is_bracket(value)) {
            line(&mut lines, "example", text(example));
        }
        match (role, self.log()) {
            (Some("version"), Some((entry, versions))) if entry.contains("X.Y.Z") && agrees(field, versions) => {
                line(&mut lines, "equals", text(&format!("{LOG}.version")));
            }
            (Some("updated"), log) => {
                line(&mut lines, "not-after", text("today"));
                if log.is_some_and(|(entry, _)| entry.contains("YY")) {
                    line(&mut lines, "at-least", text(&format!("{LOG}.date")));
                }
            }
            _ => {}
        }
        if field.seen < seen || seen < self.shape.documents {
            line(&mut lines, "required", "false");
        }
        lines
    }

    /// The form of the entries of the first log, and the versions in it.
    fn log(&self) -> Option<(&str, &[String])> {
        let contents = self.shape.sections.iter().flat_map(|section| &section.contents);
        contents.into_iter().find_map(|content| match &content.kind {
            Kind::Log { entry, versions, .. } => Some((entry.as_str(), versions.as_slice())),
            _ => None,
        })
    }

    fn section(&self, out: &mut String, index: usize, section: &Section) {
        let whole = section.parent.map_or(self.shape.documents, |parent| self.shape.sections[parent].seen);
        let mut lines = Lines::new();
        line(&mut lines, "heading", text(&format!("{} {}", "#".repeat(usize::from(section.level)), section.name)));
        if section.optional || section.seen < whole {
            line(&mut lines, "required", "false");
        }
        if section.essential {
            line(&mut lines, "essential", "true");
        }
        if section.repeats {
            line(&mut lines, "repeatable", "true");
        }
        let is_last = self.shape.sections[index + 1..].iter().all(|other| other.parent.is_some());
        let is_log = section.contents.iter().any(|content| matches!(content.kind, Kind::Log { .. }));
        if is_last && is_log && is_history(&section.normal) && section.parent.is_none() {
            line(&mut lines, "last", "true");
        }
        out.push_str("[[section]]\n");
        aligned(out, &lines);
        if let Some(first) = section.varying.first() {
            let _ =
                writeln!(out, "# Headings such as `{first}` differ from document to document: they are not asked for.");
        }
        for content in &section.contents {
            self.content(out, index, section, content);
        }
        out.push('\n');
    }

    /// The words of all elements that are asked for.
    fn words(&self, out: &mut String) {
        let layers =
            || self.shape.demands.iter().filter(|demand| demand.section.is_some()).flat_map(|demand| &demand.layers);
        let mut names: Vec<&str> = layers().flat_map(|layer| &layer.elements).map(String::as_str).collect();
        if let Some((word, or)) = self.vocabulary.zones.as_ref().filter(|_| layers().any(|layer| layer.zones)) {
            names.push(word);
            names.extend(or.as_deref());
        }
        let mut written: Vec<&str> = Vec::new();
        names.retain(|name| {
            !written.contains(name) && {
                written.push(name);
                true
            }
        });
        if names.is_empty() {
            return;
        }
        rule(out, "words");
        out.push_str("# What people write for each element.\n[words]\n");
        for name in names {
            let known = self.vocabulary.words.iter().find(|word| word.name == name);
            let phrases = known.map_or_else(|| vec![name.to_lowercase()], |word| word.phrases.clone());
            let _ = writeln!(out, "{} = {}", key(name), list(&phrases));
        }
        if !self.vocabulary.nothing.is_empty() {
            let _ = writeln!(out, "nothing = {}", list(&self.vocabulary.nothing));
        }
    }
}

/// Which files are of this kind: those of that name, or all of the folder that gave it.
fn globs(shape: &Shape) -> Vec<String> {
    let name = &shape.name;
    let folder =
        shape.folder.as_ref().filter(|folder| shape.documents > 1 && normal(folder).replace(' ', "-") == *name);
    match folder {
        Some(folder) => vec![format!("**/{folder}/*.md")],
        None => vec![format!("**/{name}.md"), format!("**/*-{name}.md")],
    }
}

/// Whether a field would have a role.
fn has_role(field: &Field, role: &str) -> bool {
    let guess = guess::of_field(&field.name, &field.values);
    matches!(
        (role, guess),
        ("version", Some(Guess::Semver)) | ("status", Some(Guess::Choice(_))) | ("updated", Some(Guess::Date(_)))
    )
}

/// Whether the version that the header gives is among the entries; placeholders agree with everything.
fn agrees(field: &Field, versions: &[String]) -> bool {
    let is_open = |value: &str| value.contains(['X', '[', 'Y']);
    field
        .values
        .iter()
        .all(|value| is_open(value) || versions.iter().any(|version| version == value || is_open(version)))
}

/// The lines that say a kind.
pub(super) fn kind(lines: &mut Lines, guess: &Guess) {
    let name = match guess {
        Guess::Choice(_) => "choice",
        Guess::Semver => "semver",
        Guess::Date(_) => "date",
        Guess::Count => "count",
        Guess::Money => "money",
        Guess::Percent => "percent",
        Guess::Duration => "duration",
        Guess::Pattern(_) => "pattern",
    };
    line(lines, "type", text(name));
    match guess {
        Guess::Choice(values) => line(lines, "values", list(values)),
        Guess::Date(format) => line(lines, "format", text(format)),
        Guess::Pattern(pattern) => line(lines, "pattern", raw(pattern)),
        _ => {}
    }
}

/// `Draft`, `In Review`: no sentence, no number.
fn is_word(value: &str) -> bool {
    value.len() <= 24
        && value.starts_with(char::is_alphabetic)
        && value.chars().all(|c| c.is_alphabetic() || " -".contains(c))
}
