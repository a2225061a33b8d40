//! `infralint init` in four kinds of repository.
#![cfg(feature = "cli")]

mod support;

use std::path::Path;

use insta::assert_snapshot;
use support::command::{repository, run, text};

fn init(folder: &Path, arguments: &[&str]) -> String {
    let arguments: Vec<&str> = std::iter::once("init").chain(arguments.iter().copied()).collect();
    let output = run(folder, &arguments);
    assert!(output.status.success(), "{output:?}");
    text(&output.stdout).to_owned()
}

fn spec() -> String {
    support::text_of(&support::root().join("fixtures/specs/infrastructure.md"))
}

#[test]
fn a_repository_with_specs() {
    let spec = spec();
    let hooks = "repos:\n- repo: local\n  hooks:\n  - id: x\n";
    let folder = repository(&[
        ("docs/infrastructure.md", &spec),
        ("teams/shop/spec.md", &spec),
        ("README.md", "# Shop\n"),
        (".pre-commit-config.yaml", hooks),
    ]);
    assert_snapshot!("init_specs", init(folder.path(), &[]));
    assert!(!folder.path().join("infralint.toml").exists());

    // From a folder in it, and written.
    init(&folder.path().join("docs"), &["--write=config", "--write=pre-commit"]);
    let written = support::text_of(&folder.path().join(".pre-commit-config.yaml"));
    assert!(
        written.starts_with(hooks) && written.contains("\n- repo: local\n  hooks:\n    - id: infralint\n"),
        "{written}"
    );
    let output = run(folder.path(), &["check", "--only=empty-section"]);
    assert_eq!(
        text(&output.stdout),
        "Checked 2 specs in ./: all good. 1 Markdown file is no spec (--verbose lists it).\n"
    );

    // A second time there is nothing to do.
    assert_snapshot!("init_again", init(folder.path(), &["--write=config", "--write=pre-commit"]));
}

#[test]
fn a_repository_with_templates_of_its_own() {
    let template = support::text_of(&support::root().join("fixtures/config/project/templates/runbook.toml"));
    let config = "templates = [\"runbook.toml\"]\n\n[[specs]]\nfiles = [\"ops/*.md\"]\ntemplate = \"runbook\"\n";
    let folder = repository(&[("infralint.toml", config), ("runbook.toml", &template), ("ops/relay.md", "# Relay\n")]);
    let said = init(folder.path(), &[]);
    assert!(said.starts_with("This folder: 1 Markdown file, 1 spec among them."), "{said}");
}

#[test]
fn the_hook_is_that_of_the_installed_command() {
    let hooks = support::text_of(&support::root().join(".pre-commit-hooks.yaml"));
    let (_, system) = hooks.split_once("- id: infralint-system\n").expect("there is such a hook");
    let folder = repository(&[]);
    let proposed = init(folder.path(), &[]);
    let is_for_people = |line: &&str| line.starts_with("name:") || line.starts_with("description:");
    for line in system.lines().map(str::trim).filter(|line| !is_for_people(line)) {
        assert!(proposed.lines().any(|proposed| proposed.trim() == line), "{line} is not in\n{proposed}");
    }
}

#[test]
fn a_repository_with_something_near_a_spec() {
    let near = "# Platform\n\n## Overview\n\nTwo machines.\n\n## Environments\n\nOne.\n\n## Cost Estimate\n\nLittle.\n";
    let folder = repository(&[("docs/platform.md", near), ("README.md", "# Shop\n")]);
    assert_snapshot!("init_near", init(folder.path(), &[]));
    let toml = init(folder.path(), &["--write=config"]);
    assert!(toml.contains("infralint.toml written"), "{toml}");
}

#[test]
fn a_repository_without_markdown() {
    let folder = repository(&[("src/main.rs", "")]);
    assert_snapshot!("init_nothing", init(folder.path(), &[]));
}

#[test]
fn a_repository_with_a_hook_file_of_another_order() {
    let folder = repository(&[
        ("a.md", "# A\n"),
        (".infralint.toml", ""),
        (".pre-commit-config.yaml", "repos:\n  - repo: local\n    hooks: []\nci:\n  skip: []\n"),
    ]);
    assert_snapshot!("init_by_hand", init(folder.path(), &["--write=pre-commit"]));
}
