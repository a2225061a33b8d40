//! Known findings, as users meet them.
#![cfg(feature = "cli")]

mod support;

use std::fs;

use support::command::{infralint, text};

#[test]
fn a_baseline_knows_findings_and_not_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let template = support::text_of(&support::root().join("fixtures/cli/run/runbook.toml"));
    fs::write(folder.path().join("runbook.toml"), template).expect("it is written");
    let write = |text: &str| fs::write(folder.path().join("a.md"), text).expect("it is written");
    let check = |more: &[&str]| {
        let mut command = infralint(folder.path(), &["check", "--template=runbook.toml", "--format=concise", "a.md"]);
        let output = command.args(more).output().expect("the command runs");
        (output.status.code(), text(&output.stdout).to_owned(), text(&output.stderr).to_owned())
    };
    let known = ["--baseline", "known.json"];
    let good = "Checked 1 spec: all good (2 known).\n".to_owned();
    write("# Runbook\n\n## Purpose\n\n## Procedure\n\nDrain.\n\n## Contacts\n\nNobody.\n");
    let before = check(&[]).1;
    assert_eq!(before.lines().count(), 3, "{before}");

    // Without a file there is nothing to apply.
    let missing = check(&known);
    assert_eq!(missing.0, Some(2));
    assert!(missing.2.contains("--write-baseline"), "{}", missing.2);
    let written = check(&["--baseline=known.json", "--write-baseline"]);
    assert_eq!((written.0, written.2.as_str()), (Some(0), "Recorded 2 findings in known.json.\n"));
    assert_eq!(check(&known), (Some(0), good.clone(), String::new()));

    // Lines above, another order, blanks: the same findings.
    let lines = "\n".repeat(20);
    write(&format!("# Runbook\n{lines}\n## Contacts\n\nNobody.\n\n##  Procedure\n\nDrain.\n\n## Purpose\n"));
    assert_eq!(check(&known), (Some(0), good.clone(), String::new()));

    // One more is new.
    write("# Runbook\n\n## Purpose\n\n## Procedure\n\nDrain.\n\n## Contacts\n");
    let more = check(&known);
    assert_eq!(more.0, Some(1));
    assert!(more.1.starts_with("a.md:9:4: error[empty-section]") && more.1.lines().count() == 2, "{}", more.1);

    // One less is stale, but not where its rule did not run.
    write("# Runbook\n\n## Purpose\n\nMail.\n\n## Procedure\n\nDrain.\n\n## Contacts\n\nNobody.\n");
    let less = check(&known);
    assert_eq!((less.0, less.1.as_str()), (Some(0), "Checked 1 spec: all good (1 known).\n"));
    assert_eq!(
        less.2,
        "note: a.md: `empty-section` in `Purpose` is mended, but known.json still knows it (--prune-baseline removes it)\n"
    );
    assert_eq!(check(&["--baseline=known.json", "--only=renamed-section"]).2, "");
    let pruned = check(&["--baseline=known.json", "--prune-baseline"]);
    assert_eq!((pruned.0, pruned.2.as_str()), (Some(0), "Removed 1 stale finding from known.json.\n"));
    assert_eq!(check(&known).2, "");

    fs::write(folder.path().join("known.json"), "<<<<<<< HEAD\n").expect("it is written");
    assert_eq!(check(&known).0, Some(2));
}
