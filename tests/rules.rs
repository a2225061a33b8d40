//! Every rule, on its fixtures and on the examples of its docs.
//!
//! `fixtures/rules/<rule>/bad*.md` yields this rule and nothing else, `good*.md` nothing at all; a fix that is
//! promised removes its finding and adds none. `RULE=missing-row cargo test --test rules` looks at one rule only.

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use infralint::diagnostic::Report;
use infralint::fix::{self, Safety};
use infralint::rule::Rule;
use infralint::rules;
use infralint::template::model::Template;

/// In so many rounds every fix must have gone in.
const ROUNDS: usize = 6;

/// All rules, or the one that the environment names.
fn chosen() -> impl Iterator<Item = &'static Rule> {
    let only = std::env::var("RULE").ok();
    rules::ALL.iter().copied().filter(move |rule| only.as_ref().is_none_or(|only| only == rule.name))
}

fn folder(rule: &str) -> PathBuf {
    support::root().join("fixtures/rules").join(rule)
}

/// The template of a fixture: its own, that of the folder, the built-in one.
fn template_for(folder: &Path, fixture: Option<&Path>) -> Template {
    let own = fixture.map(|path| path.with_extension("toml")).filter(|path| path.exists());
    let shared = Some(folder.join("template.toml")).filter(|path| path.exists());
    match own.or(shared) {
        Some(path) => support::template(&path.display().to_string(), support::text_of(&path)),
        None => support::infrastructure(),
    }
}

fn run(rule: &str, folder: &Path, template: &Template, name: &str, text: &str) -> (String, Report) {
    let reading = support::read(name, text);
    let around = support::surroundings(folder, &reading);
    let report = support::check(&reading, template, &support::settings_for(rule), &around);
    (support::plain(&reading, &report), report)
}

fn assert_only(rule: &str, shown: &str, report: &Report, name: &str) {
    assert!(!report.diagnostics.is_empty(), "{name}: `{rule}` says nothing");
    assert!(report.diagnostics.iter().all(|other| other.rule == rule), "{name}: not only `{rule}`:\n{shown}");
}

/// Applies the fixes until none is left, and returns the text.
fn mend(rule: &str, folder: &Path, template: &Template, name: &str, text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let (_, report) = run(rule, folder, template, name, &text);
        let fixes = report.diagnostics.iter().filter_map(|diagnostic| diagnostic.finding.fix.as_ref());
        let (mended, count) = fix::apply(&text, fixes.filter(|fix| fix.safety > Safety::Suggest));
        if count == 0 {
            return text;
        }
        assert_ne!(mended, text, "{name}: a fix changes nothing");
        text = mended;
    }
    panic!("{name}: the fixes of `{rule}` do not come to an end:\n{text}")
}

fn assert_fixes_hold(rule: &str, folder: &Path, template: &Template, name: &str, text: &str, report: &Report) {
    let fixable = report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.finding.fix.as_ref().is_some_and(|fix| fix.safety > Safety::Suggest));
    let fixable = fixable.count();
    if fixable == 0 {
        return;
    }
    let mended = mend(rule, folder, template, name, text);
    let (shown, after) = run(rule, folder, template, name, &mended);
    let left = report.diagnostics.len() - fixable;
    // A fix may write what the template's example holds, and that is placeholders for the author to fill in.
    let is_new = |name: &str| name != rule && name != "placeholder-text";
    let same = after.diagnostics.iter().filter(|diagnostic| diagnostic.rule == rule).count() <= left;
    let clean = !after.diagnostics.iter().any(|diagnostic| is_new(diagnostic.rule));
    assert!(same && clean, "{name}: after the fixes of `{rule}` this is left:\n{shown}\n--- text:\n{mended}");
}

#[test]
fn fixtures_yield_their_rule_and_nothing_else() {
    for rule in chosen() {
        let folder = folder(rule.name);
        let mut shown = String::new();
        let (mut bad, mut good) = (0, 0);
        for path in support::files(&folder) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if path.extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            let template = template_for(&folder, Some(&path));
            let text = support::text_of(&path);
            let (plain, report) = run(rule.name, &folder, &template, &name, &text);
            let full = format!("{}/{name}", rule.name);
            if name.starts_with("good") {
                good += 1;
                assert!(report.diagnostics.is_empty(), "{full} is not good:\n{plain}");
            } else {
                bad += 1;
                assert_only(rule.name, &plain, &report, &full);
                assert_fixes_hold(rule.name, &folder, &template, &full, &text, &report);
                let _ = write!(shown, "{name}\n{plain}\n");
            }
        }
        assert!(bad > 0 && good > 0, "fixtures/rules/{} lacks a bad or a good file", rule.name);
        insta::assert_snapshot!(rule.name, shown.trim_end());
    }
}

#[test]
fn examples_in_docs_are_true() {
    for rule in chosen() {
        let folder = folder(rule.name);
        let template = template_for(&folder, None);
        let bad = example(rule.docs, "## Bad").unwrap_or_else(|| panic!("`{}` has no bad example", rule.name));
        let good = example(rule.docs, "## Good").unwrap_or_else(|| panic!("`{}` has no good example", rule.name));
        let (shown, report) = run(rule.name, &folder, &template, "bad example", &bad);
        assert_only(rule.name, &shown, &report, &format!("the bad example of `{}`", rule.name));
        let (shown, report) = run(rule.name, &folder, &template, "good example", &good);
        assert!(report.diagnostics.is_empty(), "the good example of `{}`:\n{shown}", rule.name);
    }
}

/// The first fenced block under a heading of a rule's docs.
fn example(docs: &str, heading: &str) -> Option<String> {
    let docs: Vec<&str> = docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let start = docs.iter().position(|line| *line == heading)?;
    let open = start + docs[start..].iter().position(|line| line.starts_with("```"))?;
    let fence: String = docs[open].chars().take_while(|&c| c == '`').collect();
    let length = docs[open + 1..].iter().position(|line| *line == fence)?;
    Some(docs[open + 1..open + 1 + length].iter().fold(String::new(), |text, line| text + line + "\n"))
}

#[test]
fn every_rule_has_a_file_and_fixtures() {
    let root = support::root();
    let names = |folder: &str, suffix: &str| -> Vec<String> {
        let files = support::files(&root.join(folder));
        let stems = files.iter().filter_map(|path| path.file_name()?.to_str()?.strip_suffix(suffix).map(str::to_owned));
        stems.filter(|stem| stem != "mod").collect()
    };
    let mut table: Vec<String> = rules::ALL.iter().map(|rule| rule.name.to_owned()).collect();
    table.sort();
    let files: Vec<String> = names("src/rules", ".rs").iter().map(|stem| stem.replace('_', "-")).collect();
    assert_eq!(files, table, "one file in src/rules for each rule of the table, named like it");
    assert_eq!(names("fixtures/rules", ""), table, "one folder of fixtures for each rule");
    let groups: Vec<_> = rules::ALL.iter().map(|rule| rule.group).collect();
    assert!(groups.is_sorted(), "the table is in the order of the groups");
}

#[test]
fn docs_begin_with_a_sentence() {
    for rule in rules::ALL {
        assert!(rule.summary.ends_with('.'), "the summary of `{}` is a sentence", rule.name);
        assert!(rule.summary.len() <= 120, "the summary of `{}` is short", rule.name);
        let name = rule.name;
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "`{name}` is kebab-case");
    }
}
