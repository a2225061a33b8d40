//! Documents and their history: small repositories are built with git, and each rule of the history fires and stays
//! silent.
#![cfg(feature = "cli")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use support::command::infralint;
use tempfile::TempDir;

const TEMPLATE: &str = r####"
name = "runbook"
title = "# Runbook"
summary = "How to run one thing"

[header]
form = "> **Name:** value"

[[header.field]]
name = "Version"
role = "version"
type = "semver"
equals = "changelog.version"

[[header.field]]
name = "Last Updated"
role = "updated"
type = "date"
format = "YYMMDD"
at-least = "changelog.date"

[[section]]
heading = "## Steps"

[[section]]
heading = "## Changelog"
last = true

[section.log]
id = "changelog"
entry = "### YYMMDD - vX.Y.Z - Title"
order = "newest-first"
"####;

/// A repository in a folder of its own.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self::folder();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    /// A folder that is no repository.
    fn folder() -> Self {
        let repository = Self(TempDir::new().expect("a folder"));
        repository.write("runbook.toml", TEMPLATE);
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).expect("a file");
    }

    fn git(&self, arguments: &[&str]) {
        let output = git(self.path(), "2026-01-10", arguments);
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Commits everything on a day.
    fn commit(&self, day: &str) {
        self.git(&["add", "--all"]);
        let output = git(self.path(), day, &["commit", "--quiet", "--message", "A change"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// What a check says: its exit code, the findings (`rule path:line`) and its last words.
    fn check(&self, arguments: &[&str]) -> (Option<i32>, Vec<String>, String) {
        self.run(arguments, |_| {})
    }

    fn run(&self, arguments: &[&str], change: impl Fn(&mut Command)) -> (Option<i32>, Vec<String>, String) {
        let always = ["check", "--template", "runbook.toml", "--today", "2026-06-30", "--format", "concise"];
        let mut command = infralint(self.path(), &always);
        change(&mut command);
        let output = command.args(arguments).output().expect("infralint runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let out = text(&output.stdout);
        let findings = out.lines().filter_map(finding).collect();
        (output.status.code(), findings, out + &text(&output.stderr))
    }
}

/// `runbook.md:3:16: error[version-mismatch] ...` as `version-mismatch runbook.md:3`.
fn finding(line: &str) -> Option<String> {
    let (place, rest) = line.split_once(": ")?;
    let rule = rest.split(['[', ']']).nth(1)?;
    let mut place = place.split(':');
    Some(format!("{rule} {}:{}", place.next()?, place.next()?))
}

fn git(folder: &Path, day: &str, arguments: &[&str]) -> Output {
    Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_AUTHOR_DATE", format!("{day}T12:00:00Z"))
        .env("GIT_COMMITTER_DATE", format!("{day}T12:00:00Z"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git runs")
}

fn document(version: &str, day: &str, steps: &str, entries: &[&str]) -> String {
    let entries = entries.join("\n\n");
    format!(
        "# Runbook\n\n> **Version:** {version}\n> **Last Updated:** {day}\n\n## Steps\n\n{steps}\n\n## Changelog\n\n{entries}\n"
    )
}

const FIRST: &str = "### 260110 - v1.0.0 - First version\n- Written.";
const SECOND: &str = "### 260201 - v1.1.0 - Drain first\n- The queue is drained.";
const RESTART: &str = "Restart the relay, then watch the queue for a minute and tell the people on call.";
const DRAIN: &str = "Drain the queue, restart the relay, then watch the queue and tell the people on call.";

fn first() -> String {
    document("1.0.0", "260110", RESTART, &[FIRST])
}

fn second() -> String {
    document("1.1.0", "260201", DRAIN, &[SECOND, FIRST])
}

/// A repository with the first version on `main`, standing on a branch that left it there.
fn branched() -> Repository {
    let repository = Repository::new();
    repository.write("runbook.md", &first());
    repository.write("other.md", &first());
    repository.commit("2026-01-10");
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository
}

#[track_caller]
fn assert_finds(repository: &Repository, arguments: &[&str], expected: &[&str]) {
    let (_, findings, said) = repository.check(arguments);
    assert_eq!(findings, expected, "{said}");
}

#[test]
fn a_branch_that_changes_the_text_raises_the_version() {
    let repository = branched();
    repository.write("runbook.md", &document("1.0.0", "260110", DRAIN, &[FIRST]));
    repository.commit("2026-02-01");
    assert_finds(&repository, &["--since", "main", "."], &["unbumped-version runbook.md:3"]);
    // What is not committed yet counts, too.
    repository.write("runbook.md", &second());
    assert_finds(&repository, &["--since", "main", "."], &[]);
    repository.commit("2026-02-02");
    assert_finds(&repository, &["--since", "main", "."], &[]);
    assert_finds(&repository, &["."], &[]);
}

#[test]
fn formatting_is_no_change() {
    let repository = branched();
    let wrapped = RESTART.replace(", then", ",\n  then");
    repository.write("runbook.md", &document("1.0.0", "260110", &wrapped, &[FIRST]));
    repository.commit("2026-06-01");
    assert_finds(&repository, &["--since", "main", "."], &[]);
    assert_finds(&repository, &["--history", "."], &[]);
}

#[test]
fn versions_do_not_go_down_and_old_entries_stay() {
    let repository = Repository::new();
    repository.write("runbook.md", &second());
    repository.commit("2026-02-01");
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.write("runbook.md", &first());
    assert_finds(&repository, &["--since", "main", "."], &["version-regression runbook.md:3"]);
    let altered = FIRST.replace("Written", "Written by Ada");
    let third = "### 260301 - v1.2.0 - Thanks\n- The author is named.";
    repository.write("runbook.md", &document("1.2.0", "260301", DRAIN, &[third, SECOND, &altered]));
    assert_finds(&repository, &["--since", "main", "."], &["rewritten-changelog runbook.md:18"]);
    repository.write("runbook.md", &document("1.2.0", "260301", DRAIN, &[third, SECOND, FIRST]));
    assert_finds(&repository, &["--since", "main", "."], &[]);
}

#[test]
fn only_what_the_branch_did_is_judged() {
    let repository = branched();
    repository.write("runbook.md", &document("1.0.0", "260110", DRAIN, &[FIRST]));
    repository.commit("2026-02-01");
    // Others went on without raising the version of another document, and mended this one.
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("other.md", &document("1.0.0", "260110", DRAIN, &[FIRST]));
    repository.write("runbook.md", &second());
    repository.commit("2026-02-02");
    repository.git(&["checkout", "--quiet", "work"]);
    assert_finds(&repository, &["--since", "main", "."], &["unbumped-version runbook.md:3"]);
    let (code, _, said) = repository.check(&["--since", "work", "other.md"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("No spec changed since work."), "{said}");
    // The pull request as a server checks it out: merged, with a remote branch to compare with.
    repository.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    repository.git(&["checkout", "--quiet", "--detach"]);
    repository.git(&["merge", "--quiet", "--strategy-option=ours", "--no-edit", "main"]);
    let (_, findings, said) = repository.check(&["--since", "origin/main", "."]);
    assert!(findings.iter().all(|finding| finding.contains(" runbook.md:")), "{said}");
}

#[test]
fn renames_are_followed() {
    let repository = branched();
    repository.git(&["mv", "runbook.md", "relay.md"]);
    repository.commit("2026-03-01");
    assert_finds(&repository, &["--since", "main", "."], &[]);
    // The text is as old as under its old name: a rename is no change of it.
    assert_finds(&repository, &["--history", "relay.md"], &[]);
    repository.write("relay.md", &document("1.0.0", "260110", DRAIN, &[FIRST]));
    assert_finds(&repository, &["--since", "main", "."], &["unbumped-version relay.md:3"]);
    repository.commit("2026-03-02");
    assert_finds(&repository, &["--history", "relay.md"], &["stale-date relay.md:4"]);
}

#[test]
fn new_files_have_nothing_to_compare_with() {
    let repository = branched();
    repository.write("new.md", &first());
    assert_finds(&repository, &["--since", "main", "."], &[]);
    let (_, _, said) = repository.check(&["--since", "main", "."]);
    assert!(said.contains("Checked 1 spec"), "{said}");
    repository.commit("2026-01-11");
    assert_finds(&repository, &["--since", "main", "--history", "."], &[]);
}

#[test]
fn dates_lag_behind_what_was_committed() {
    let repository = branched();
    repository.write("runbook.md", &document("1.0.0", "260110", DRAIN, &[FIRST]));
    repository.commit("2026-02-01");
    assert_finds(&repository, &["--history", "."], &[]);
    repository.write("runbook.md", &document("1.0.0", "260110", &DRAIN.replace("Drain", "Empty"), &[FIRST]));
    repository.commit("2026-05-01");
    // Header and changelog are no text, and neither is a merge.
    repository.write(
        "runbook.md",
        &document(
            "1.0.1",
            "260110",
            &DRAIN.replace("Drain", "Empty"),
            &["### 260110 - v1.0.1 - Wording\n- Shorter.", FIRST],
        ),
    );
    repository.commit("2026-06-01");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("other.md", &document("1.0.0", "260110", DRAIN, &[FIRST]));
    repository.commit("2026-01-12");
    let merged = git(repository.path(), "2026-06-20", &["merge", "--quiet", "--no-edit", "--no-ff", "work"]);
    assert!(merged.status.success(), "{}", String::from_utf8_lossy(&merged.stderr));
    let (_, findings, said) = repository.check(&["--history", "."]);
    assert_eq!(findings, ["stale-date runbook.md:4"], "{said}");
    assert!(said.contains("111 days"), "counted to the 1st of May: {said}");
    repository.write("infralint.toml", "[git]\nstale-after = 120\n");
    assert_finds(&repository, &["--history", "."], &[]);
}

#[test]
fn what_git_cannot_tell_is_a_note() {
    let outside = Repository::folder();
    outside.write("runbook.md", &first());
    let (code, findings, said) = outside.check(&["--since", "main", "--history", "."]);
    assert_eq!((code, findings.len()), (Some(0), 0), "{said}");
    assert!(said.contains("note: 1 file lies outside of any git repository"), "{said}");

    let empty = Repository::new();
    empty.write("runbook.md", &first());
    let (code, findings, said) = empty.check(&["--since", "main", "--history", "."]);
    assert_eq!((code, findings.len()), (Some(0), 0), "{said}");
    assert!(said.contains("there are no commits yet"), "{said}");

    let (code, _, said) = branched().run(&["--since", "main", "--history", "."], |command| {
        command.env("PATH", "");
    });
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("git is not installed"), "{said}");

    let origin = branched();
    origin.write("runbook.md", &document("1.0.0", "260110", DRAIN, &[FIRST]));
    origin.commit("2026-05-01");
    let clone = Repository::folder();
    let url = format!("file://{}", origin.path().display());
    clone.git(&["clone", "--quiet", "--depth=1", "--branch=work", &url, "clone"]);
    let (code, findings, said) = clone.check(&["--history", "clone"]);
    assert_eq!((code, findings.len()), (Some(0), 0), "{said}");
    assert!(said.contains("the clone is shallow"), "{said}");
    let (code, _, said) = clone.check(&["--since", "origin/main", "clone"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("fetch-depth: 0"), "{said}");
}

#[test]
fn a_revision_that_is_not_there_is_a_mistake() {
    let repository = branched();
    let (code, _, said) = repository.check(&["--since", "mian", "."]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("git knows no revision `mian`"), "{said}");
}
