//! Known findings, as users meet them.
#![cfg(feature = "cli")]

mod support;

use support::command::{self, folder, infralint, text};
use tempfile::TempDir;

/// A folder with a template and one document.
struct Folder(TempDir);

impl Folder {
    fn new(template: &str, document: &str) -> Self {
        Self(folder(&[("runbook.toml", template), ("a.md", document)]))
    }

    fn write(&self, document: &str) {
        command::write(self.0.path(), "a.md", document);
    }

    /// What a check says: its exit code, its report, and the rest.
    fn check(&self, more: &[&str]) -> (Option<i32>, String, String) {
        let mut command = infralint(self.0.path(), &["check", "--template=runbook.toml", "--format=concise", "a.md"]);
        let output = command.args(more).output().expect("the command runs");
        (output.status.code(), text(&output.stdout).to_owned(), text(&output.stderr).to_owned())
    }
}

const KNOWN: [&str; 2] = ["--baseline", "known.json"];

#[test]
fn a_baseline_knows_findings_and_not_lines() {
    let template = support::text_of(&support::root().join("fixtures/cli/run/runbook.toml"));
    let document = "# Runbook\n\n## Purpose\n\n## Procedure\n\nDrain.\n\n## Contacts\n\nNobody.\n";
    let folder = Folder::new(&template, document);
    let good = "Checked 1 spec: all good (2 known).\n".to_owned();
    let before = folder.check(&[]).1;
    assert_eq!(before.lines().count(), 3, "{before}");

    // Without a file there is nothing to apply.
    let missing = folder.check(&KNOWN);
    assert_eq!(missing.0, Some(2));
    assert!(missing.2.contains("--write-baseline"), "{}", missing.2);
    let written = folder.check(&["--baseline=known.json", "--write-baseline"]);
    assert_eq!((written.0, written.2.as_str()), (Some(0), "Recorded 2 findings in known.json.\n"));
    assert_eq!(folder.check(&KNOWN), (Some(0), good.clone(), String::new()));

    // Lines above, another order, blanks: the same findings.
    let lines = "\n".repeat(20);
    folder.write(&format!("# Runbook\n{lines}\n## Contacts\n\nNobody.\n\n##  Procedure\n\nDrain.\n\n## Purpose\n"));
    assert_eq!(folder.check(&KNOWN), (Some(0), good.clone(), String::new()));

    // One more is new.
    folder.write("# Runbook\n\n## Purpose\n\n## Procedure\n\nDrain.\n\n## Contacts\n");
    let more = folder.check(&KNOWN);
    assert_eq!(more.0, Some(1));
    assert!(more.1.starts_with("a.md:9:4: error[empty-section]") && more.1.lines().count() == 2, "{}", more.1);

    // One less is stale, but not where its rule did not run.
    folder.write("# Runbook\n\n## Purpose\n\nMail.\n\n## Procedure\n\nDrain.\n\n## Contacts\n\nNobody.\n");
    let less = folder.check(&KNOWN);
    assert_eq!((less.0, less.1.as_str()), (Some(0), "Checked 1 spec: all good (1 known).\n"));
    assert_eq!(
        less.2,
        "note: a.md: `empty-section` in `Purpose` is fixed, but known.json still knows it (--prune-baseline removes it)\n"
    );
    assert_eq!(folder.check(&["--baseline=known.json", "--only=renamed-section"]).2, "");
    let pruned = folder.check(&["--baseline=known.json", "--prune-baseline"]);
    assert_eq!((pruned.0, pruned.2.as_str()), (Some(0), "Removed 1 stale finding from known.json.\n"));
    assert_eq!(folder.check(&KNOWN).2, "");

    command::write(folder.0.path(), "known.json", "<<<<<<< HEAD\n");
    assert_eq!(folder.check(&KNOWN).0, Some(2));
}

#[test]
fn a_table_may_be_moved_and_laid_out_anew() {
    let template = "name = \"runbook\"\n[[section]]\nheading = \"## Steps\"\n[[section]]\nheading = \"## Hosts\"\n\
                    [[section.table]]\nheader = \"| Host | Role |\"\nkey = \"Host\"\n";
    let table = "| Host | Role |\n|---|---|\n| Primary | |\n| Standby |\n";
    let folder = Folder::new(template, &format!("# Relay\n\n## Steps\n\n## Hosts\n\n{table}"));
    let written = folder.check(&["--baseline=known.json", "--write-baseline"]);
    assert_eq!(written.2, "Recorded 3 findings in known.json.\n");
    let good = (Some(0), "Checked 1 spec: all good (3 known).\n".to_owned(), String::new());
    assert_eq!(folder.check(&KNOWN), good);

    let lines = "Text above.\n\n".repeat(10);
    let wide = "| Host    | Role |\n|:--------|:----:|\n| Primary |      |\n| Standby |\n";
    folder.write(&format!("# Relay\n\n{lines}## Hosts\n\n{wide}\n## Steps\n"));
    assert_eq!(folder.check(&KNOWN), good);

    folder.write(&format!("# Relay\n\n## Hosts\n\n{wide}| Third |      |\n\n## Steps\n"));
    let more = folder.check(&KNOWN);
    assert!(more.1.starts_with("a.md:9:") && more.1.contains("[empty-cell]"), "{}", more.1);
    assert_eq!((more.1.lines().count(), more.2.as_str()), (2, ""), "{}", more.1);
}
