//! The command as users run it: its sub-commands, and what it says to mistakes in their arguments.
#![cfg(feature = "cli")]

mod support;

use std::fs;

use insta::assert_snapshot;
use insta_cmd::assert_cmd_snapshot;
use support::command::{case, infralint, run, text};

#[test]
fn mistakes_in_a_template_are_shown_in_it() {
    assert_cmd_snapshot!("broken_template", infralint(&case("broken-template"), &["templates", "check", "spec.toml"]));
    let check = run(&case("broken-template"), &["check", "--template=spec.toml", "."]);
    assert_eq!(check.status.code(), Some(2));
}

#[test]
fn what_is_misspelt_is_guessed() {
    let arguments: &[&[&str]] = &[
        &["check", "--template=infrastucture"],
        &["check", "--template=gone.toml"],
        &["check", "--rule=mising-section=off"],
        &["check", "--rule=missing-section=fatal"],
        &["check", "--rule=missing-section"],
        &["check", "--only=banana"],
        &["check", "--format=sarf"],
        &["check", "--today=yesterday"],
        &["check", "-", "README.md"],
        &["explain", "wrong-numbers"],
        &["templates", "show", "infra"],
        &["chekc"],
        &["check", "--jobs=0"],
        &["check", "--select=missing-row"],
        &["check", "--ignore", "missing-row"],
        &["check", "--output-format=json"],
        &["check", "--exit-zero"],
        &["check", "--config=lint.toml"],
        &["check", "--fxi"],
        &["check", "--banana"],
        &["fix", "docs"],
        &["lint", "docs"],
        &["rule", "missing-row"],
        &["--explain", "missing-row"],
        &["rules", "--fix"],
        &["rules", "--formt=json"],
        &["rules", "--json"],
        &["rules", "--disable=missing-row"],
        &["explain", "--fixx", "missing-row"],
        &["explain", "--format=json"],
        &["new", "-f", "json"],
        &["templates", "show", "--unsafe-fixes"],
        &["--json"],
        &["--format=json"],
        &["--fxi", "docs"],
    ];
    let mut all = Vec::new();
    for arguments in arguments {
        let output = run(&case("no-spec"), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
        all.push(format!("$ infralint {}\n{}", arguments.join(" "), text(&output.stderr)));
    }
    assert_snapshot!(all.join("\n"));
}

#[test]
fn a_document_is_dated_where_its_writer_lives() {
    // 25 hours apart: it is never the same day.
    let [first, last] = ["<+14>-14", "<-11>11"];
    let new = |zone: &str| infralint(&case("run"), &["new"]).env("TZ", zone).output().expect("the command runs");
    let ahead = new(first);
    assert_ne!(text(&ahead.stdout), text(&new(last).stdout));
    // Who lives behind may read it.
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("infrastructure.md"), &ahead.stdout).expect("it is written");
    let check = infralint(folder.path(), &["check", "--only=future-date,changelog-order"]).env("TZ", last).output();
    assert_eq!(text(&check.expect("the command runs").stdout), "Checked 1 spec in ./: all good.\n");
}

#[test]
fn every_rule_is_listed_and_explained() {
    let list = run(&case("run"), &["rules"]);
    let json: serde_json::Value =
        serde_json::from_slice(&run(&case("run"), &["rules", "--format=json"]).stdout).expect("it is JSON");
    for (rule, described) in infralint::rules::ALL.iter().zip(json.as_array().expect("it is a list")) {
        assert!(text(&list.stdout).contains(&format!("  {} ", rule.name)), "{}", rule.name);
        assert_eq!(described["name"], rule.name);
        let explained = run(&case("run"), &["explain", rule.name]);
        let (head, docs) = text(&explained.stdout).split_once("\n\n").expect("the name stands above the docs");
        assert!(head.starts_with(rule.name), "{head}");
        assert_eq!(docs, rule.markdown());
        assert!(docs.len() > 100, "{docs}");
    }
    assert_cmd_snapshot!("explain", infralint(&case("run"), &["explain", "wrong-number"]));
}

#[test]
fn templates_are_listed_shown_and_checked() {
    assert_cmd_snapshot!("templates", infralint(&case("run"), &["templates"]));
    let shown = run(&case("run"), &["templates", "show", "infrastructure"]);
    assert_eq!(text(&shown.stdout), support::text_of(&support::root().join("rules/infrastructure.toml")));
    assert_cmd_snapshot!("templates_check", infralint(&case("run"), &["templates", "check", "runbook.toml"]));
}

#[test]
fn shells_and_manuals_are_served() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&case("run"), &["completions", shell]);
        assert!(text(&output.stdout).contains("stdin-filename") && output.status.success(), "{shell}");
    }
    assert!(text(&run(&case("run"), &["man"]).stdout).starts_with(".ie"));
    assert_cmd_snapshot!("help", infralint(&case("run"), &["--help"]));
    assert_cmd_snapshot!("help_check", infralint(&case("run"), &["check", "-h"]));
}

#[test]
fn schemas_are_schemas() {
    for of in ["output", "template"] {
        let schema = run(&case("run"), &["schema", of]);
        let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("it is JSON");
        assert!(jsonschema::meta::is_valid(&schema), "{of}");
    }
}

#[test]
fn the_topology_is_shown_as_it_is_understood() {
    assert_cmd_snapshot!("topology", infralint(&case("topology"), &["topology", "shop.md"]));
    assert_cmd_snapshot!("topology_json", infralint(&case("topology"), &["topology", "shop.md", "--format", "json"]));
    assert_cmd_snapshot!("topology_broken", infralint(&case("topology"), &["topology", "broken.md"]));
    assert_cmd_snapshot!("topology_none", infralint(&case("mixed"), &["topology", "docs/blog.md"]));
}

#[test]
fn a_template_is_derived_from_documents() {
    let document = "../../derive/decisions/template.md";
    let derived = run(&case("run"), &["derive", document]);
    assert!(derived.status.success(), "{}", text(&derived.stderr));
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("decisions.toml");
    let place = place.to_str().expect("a path in UTF-8");
    assert!(run(&case("run"), &["derive", document, "-o", place]).status.success());
    assert_eq!(fs::read_to_string(place).expect("it was written"), text(&derived.stdout));
    assert!(run(&case("run"), &["templates", "check", place]).status.success());
    let filled =
        run(&case("run"), &["check", "--template", place, "--today=2026-01-31", "../../derive/decisions/filled.md"]);
    assert!(filled.status.success(), "{}", text(&filled.stdout));
    let again = run(&case("run"), &["derive", document, "-o", place]);
    assert_eq!(again.status.code(), Some(2), "it is not written over");
    assert_cmd_snapshot!("derive_nothing", infralint(&case("run"), &["derive", "gone.md"]));
}
