//! What the tests share: fixtures, templates, and findings as plain text.
#![allow(dead_code, clippy::unwrap_used)]

#[cfg(feature = "cli")]
pub(crate) mod command;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use infralint::diagnostic::{Label, Report};
use infralint::lint;
use infralint::reading::{self, Reading};
use infralint::rules;
use infralint::settings::Settings;
use infralint::source::Source;
use infralint::span::Span;
use infralint::surroundings::Surroundings;
use infralint::template::model::Template;

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file; the test fails where there is none.
pub(crate) fn text_of(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
}

/// A template and the built-in one that it extends.
pub(crate) fn chain(source: Source) -> Vec<Source> {
    let extended = infralint::template::load::extended(&source);
    let base = extended.and_then(|name| infralint::template::builtin::builtin(&name));
    std::iter::once(source).chain(base).collect()
}

/// A file of the texts of others. They are not ours to give away: they lie in the folder that `INFRALINT_CORPORA` names,
/// else beside the project, or nowhere. Then nothing is compared with them, which is said even where a test passes.
pub(crate) fn corpora(file: &str) -> Option<String> {
    let folder = std::env::var_os("INFRALINT_CORPORA").map(PathBuf::from);
    let path = folder.unwrap_or_else(|| root().join("../shared/corpora")).join(file);
    let text = fs::read_to_string(&path);
    if text.is_err() {
        // Unlike `eprintln!`, this is not kept from who runs the tests.
        let _ = writeln!(std::io::stderr(), "    SKIPPED: {} is not there to compare with", path.display());
    }
    text.ok()
}

/// The values of a file of the texts of others, one a line.
pub(crate) fn corpora_lines(file: &str) -> Option<Vec<serde_json::Value>> {
    Some(corpora(file)?.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect())
}

/// The documents of others, where they are there: name and text.
pub(crate) fn corpus() -> Vec<(String, String)> {
    let documents = ["documents.jsonl", "ordinary.jsonl"].into_iter().filter_map(corpora_lines).flatten();
    let field = |document: &serde_json::Value, name: &str| document[name].as_str().unwrap_or_default().to_owned();
    documents.map(|document| (field(&document, "source"), field(&document, "text"))).collect()
}

/// Compiles a template.
pub(crate) fn template(name: &str, text: String) -> Template {
    let known: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    match infralint::template::load::load(chain(Source::new(name, text)), &known) {
        Ok(template) => template,
        Err(mistakes) => panic!("{name}: {mistakes:#?}"),
    }
}

/// The built-in template for infrastructure specs.
pub(crate) fn infrastructure() -> Template {
    template("rules/infrastructure.toml", text_of(&root().join("rules/infrastructure.toml")))
}

/// Reads a text.
pub(crate) fn read(name: &str, text: impl Into<String>) -> Reading {
    reading::read(Source::new(name, text))
}

/// Settings under which a rule that is off for everybody runs.
pub(crate) fn settings_for(rule: &str) -> Settings {
    let rule = rules::find(rule).unwrap_or_else(|| panic!("there is no rule `{rule}`"));
    let off = rule.default == infralint::severity::Severity::Off;
    let overrides = if off { vec![(rule.name.to_owned(), infralint::severity::Severity::Warning)] } else { Vec::new() };
    Settings { overrides, ..Settings::default() }
}

/// Checks a text against a template.
pub(crate) fn check(reading: &Reading, template: &Template, settings: &Settings, around: &Surroundings) -> Report {
    let report = lint::check(reading, template, settings, around);
    for diagnostic in &report.diagnostics {
        let finding = &diagnostic.finding;
        for label in std::iter::once(&finding.at).chain(&finding.also) {
            assert_in_text(reading, label.span, diagnostic.rule);
        }
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            assert_in_text(reading, edit.span, diagnostic.rule);
        }
    }
    report
}

fn assert_in_text(reading: &Reading, span: Span, rule: &str) {
    let text = reading.source.text();
    let good = span.end() <= text.len() && text.is_char_boundary(span.start()) && text.is_char_boundary(span.end());
    assert!(good, "{rule} points at {span:?}, outside the {} bytes of {}", text.len(), reading.source.name());
}

/// `surroundings.toml` of a folder.
pub(crate) fn surroundings(folder: &Path, reading: &Reading) -> Surroundings {
    let Ok(text) = fs::read_to_string(folder.join("surroundings.toml")) else { return Surroundings::default() };
    let table: toml::Table = text.parse().expect("surroundings.toml is TOML");
    let date = |key: &str| table.get(key).and_then(toml::Value::as_str).map(|day| day.parse().expect("a date"));
    let missing: Vec<&str> = table
        .get("missing")
        .and_then(toml::Value::as_array)
        .map(|list| list.iter().filter_map(toml::Value::as_str).collect())
        .unwrap_or_default();
    let dead = reading.document.links.iter().filter(|link| missing.contains(&link.target.as_str()));
    let earlier = table.get("earlier").and_then(toml::Value::as_str);
    Surroundings {
        today: date("today"),
        missing_targets: dead.map(|link| link.span).collect(),
        earlier: earlier.map(|name| Arc::new(read(name, text_of(&folder.join(name))))),
        last_change: date("last-change"),
        ..Surroundings::default()
    }
}

/// A report as plain text, one finding after another.
pub(crate) fn plain(reading: &Reading, report: &Report) -> String {
    let mut out = String::new();
    let source = &reading.source;
    let place = |label: &Label| {
        let at = source.position(label.span.start());
        let shown = source.slice(label.span).lines().next().unwrap_or_default();
        let more = if source.slice(label.span).lines().count() > 1 { " …" } else { "" };
        format!("{}:{} `{shown}{more}` {}", at.line, at.column, label.text)
    };
    for diagnostic in &report.diagnostics {
        let finding = &diagnostic.finding;
        let _ = writeln!(out, "{}[{}]: {}", diagnostic.severity, diagnostic.rule, finding.message);
        let _ = writeln!(out, "  at {}", place(&finding.at).trim_end());
        for label in &finding.also {
            let _ = writeln!(out, "  also {}", place(label).trim_end());
        }
        if let Some(requirement) = &finding.required_by {
            let _ = writeln!(out, "  required by {}", requirement.path);
        }
        if let Some(help) = &finding.help {
            let _ = writeln!(out, "  help: {}", help.replace('\n', "\n        "));
        }
        if let Some(fix) = &finding.fix {
            let _ = writeln!(out, "  fix ({:?}):", fix.safety);
            for edit in &fix.edits {
                let at = source.position(edit.span.start());
                let _ = writeln!(out, "    {}:{} {:?} -> {:?}", at.line, at.column, source.slice(edit.span), edit.text);
            }
        }
    }
    out
}
