//! Which files a run reads, which of them are specs, and what it says of the others.
#![cfg(feature = "cli")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use insta_cmd::assert_cmd_snapshot;
use support::command::{case, folder, infralint, repository, run, text};

#[test]
fn most_markdown_is_no_spec() {
    assert_cmd_snapshot!("mixed", infralint(&case("mixed"), &["check", "docs", "--only=wrapped-document"]));
    let verbose = run(&case("mixed"), &["check", "docs", "--only=wrapped-document", "--verbose"]);
    assert_eq!(text(&verbose.stderr).lines().count(), 20, "{}", text(&verbose.stderr));
}

#[test]
fn a_gate_that_checks_nothing_is_not_green() {
    assert_cmd_snapshot!("no_spec", infralint(&case("no-spec"), &["check"]));
    assert_cmd_snapshot!("no_spec_one_file", infralint(&case("no-spec"), &["check", "README.md"]));
    assert_cmd_snapshot!("no_spec_allowed", infralint(&case("no-spec"), &["check", "--allow-no-specs"]));
    let machine = run(&case("no-spec"), &["check", "--format=json"]);
    assert_eq!((text(&machine.stdout), machine.status.code()), ("[]\n", Some(2)));
}

#[test]
fn files_that_are_only_named_like_specs_do_not_bury_the_summary() {
    let names: Vec<String> = (0..5).map(|team| format!("teams/{team}/infrastructure.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "# Infrastructure\n")).collect();
    let folder = folder(&files);
    assert_cmd_snapshot!("named_like_specs", infralint(folder.path(), &["check", "--allow-no-specs"]));
    let verbose = run(folder.path(), &["check", "--allow-no-specs", "--verbose"]);
    assert!(
        names.iter().all(|name| text(&verbose.stderr).contains(&format!("{name}: no spec, though named like one")))
    );
}

#[test]
fn a_document_that_asks_for_an_unknown_template_is_not_passed_over() {
    assert_cmd_snapshot!("asks", infralint(&case("asks"), &["check"]));
}

#[test]
fn one_missing_path_does_not_stop_the_others() {
    let arguments = ["check", "--template=runbook.toml", "gone.md", "docs/clean.md", "gone.md"];
    assert_cmd_snapshot!(infralint(&case("run"), &arguments));
}

#[test]
fn one_unreadable_file_does_not_stop_the_others() {
    let folder = folder(&[("sound.md", "# A\n")]);
    fs::write(folder.path().join("latin.md"), b"# A\n\xe4\n").expect("it is written");
    assert_cmd_snapshot!(infralint(folder.path(), &["check", "--template=any", "."]));
}

#[test]
fn every_command_says_the_same_of_a_document_that_is_no_text() {
    let folder = folder(&[]);
    fs::write(folder.path().join("a.md"), b"\xff\xfe#\0").expect("it is written");
    for command in [&["check"][..], &["check", "--show-settings"], &["derive"], &["topology"]] {
        let output = run(folder.path(), &[command, &["a.md"]].concat());
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        assert!(text(&output.stderr).contains("a.md: it is UTF-16; save it as UTF-8"), "{command:?}: {output:?}");
    }
}

#[test]
fn a_document_comes_in_on_standard_input() {
    let bad = fs::read_to_string(support::root().join("fixtures/cli/run/docs/relay.md")).expect("it is there");
    let mut command = infralint(&case("run"), &["check", "--template=runbook.toml", "-", "--format=concise"]);
    assert_cmd_snapshot!("stdin", command.pass_stdin(bad.as_str()));
    let arguments = ["check", "--template=runbook.toml", "--stdin-filename=docs/x.md", "-", "--format=concise"];
    assert_cmd_snapshot!("stdin_filename", infralint(&case("run"), &arguments).pass_stdin(bad.as_str()));
}

#[test]
fn the_report_does_not_depend_on_threads_or_order() {
    let check = |paths: &[&str], more: &[&str]| {
        let mut command = infralint(&case(".."), &["check", "--template=any"]);
        let output = command.args(paths).args(more).output().expect("the command runs");
        (output.stdout, output.stderr)
    };
    for format in ["--format=pretty", "--format=json"] {
        let reference = check(&["rules", "cli"], &[format]);
        for jobs in ["--jobs=1", "--jobs=7"] {
            for paths in [["rules", "cli"], ["cli", "rules"]] {
                assert!(check(&paths, &[format, jobs]) == reference, "{format} {jobs} {paths:?}");
            }
        }
    }
    let json = |paths: &[&str]| check(paths, &["--format=json"]).0;
    assert!(json(&["./rules/", "cli/../cli"]) == json(&["rules", "cli"]), "nor on how the folders are written");
}

/// The files that a run over a folder looks at.
fn walked(folder: &Path, paths: &[&str]) -> Vec<String> {
    let mut command = infralint(folder, &["check", "--template=any", "--format=junit"]);
    let output = command.args(paths).output().expect("the command runs");
    let suites = text(&output.stdout).lines().filter_map(|line| line.trim().strip_prefix("<testsuite name=\""));
    suites.filter_map(|suite| suite.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn the_walk_leaves_out_what_git_does() {
    let folder = repository(&[
        (".gitignore", "build/\n*.tmp.md\n/top.md\n!kept.tmp.md\ndocs/deep/*.md\n"),
        (".ignore", "only-ignored-by-us.md\n"),
        (".git/info/exclude", "excluded.md\n"),
        ("docs/.gitignore", "!b.tmp.md\nlocal.md\n"),
        ("a.md", ""),
        ("B.MARKDOWN", ""),
        ("a.txt", ""),
        ("top.md", ""),
        ("excluded.md", ""),
        ("only-ignored-by-us.md", ""),
        ("kept.tmp.md", ""),
        ("a.tmp.md", ""),
        ("build/a.md", ""),
        (".hidden/a.md", ""),
        ("docs/top.md", ""),
        ("docs/local.md", ""),
        ("docs/b.tmp.md", ""),
        ("docs/build/x.md", ""),
        ("docs/deep/x.md", ""),
        ("docs/deep/deeper/x.md", ""),
        ("other/local.md", ""),
    ]);
    let expected = [
        "B.MARKDOWN",
        "a.md",
        "docs/b.tmp.md",
        "docs/deep/deeper/x.md",
        "docs/top.md",
        "kept.tmp.md",
        "other/local.md",
    ];
    assert_eq!(walked(folder.path(), &["."]), expected);
    // git agrees, but for the file that only our own ignore file names.
    let listed = Command::new("git")
        .current_dir(folder.path())
        .args(["ls-files", "--others", "--exclude-standard", "--", "*.md", "*.MARKDOWN"])
        .output()
        .expect("git is there");
    let ours = ["only-ignored-by-us.md", ".hidden/a.md"];
    let mut listed: Vec<&str> = text(&listed.stdout).lines().filter(|path| !ours.contains(path)).collect();
    listed.sort_unstable();
    assert_eq!(listed, expected);
    // What is named is read, and what is named twice is read once.
    assert_eq!(
        walked(folder.path(), &["docs/local.md", "docs", "./docs/top.md", "build"]),
        ["build/a.md", "docs/b.tmp.md", "docs/deep/deeper/x.md", "docs/local.md", "docs/top.md"]
    );
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let folder = repository(&[("docs/a.md", "")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("docs/loop")).expect("a link");
    assert_eq!(walked(folder.path(), &["."]), ["docs/a.md"]);
    assert_eq!(walked(folder.path(), &["docs/loop/docs"]), ["docs/a.md"]);
}

#[test]
fn links_are_looked_for_from_the_folder_of_the_document() {
    let folder = repository(&[
        ("docs/a b.md", "# A\n"),
        ("docs/sub/page.md", "# P\n"),
        ("main.tf", ""),
        (
            "docs/links.md",
            "# L\n\n[a](./a%20b.md#a) [b](../main.tf:12) [c](../main.tf#L3) [d](https://e.org/x.md) [e](/x.md)\n\n\
             [f](gone.md)\n\n[g](sub/page) [h](sub/page.html) [i](../../issues/4) [j](sub/../../main.tf)\n",
        ),
    ]);
    let arguments = ["check", "--template=any", "--only=broken-link", "--format=concise", "docs/links.md"];
    let output = run(folder.path(), &arguments);
    let found = text(&output.stdout);
    assert!(found.starts_with("docs/links.md:5:") && found.lines().count() == 2, "{found}");
}
