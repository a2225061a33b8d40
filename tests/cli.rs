//! The command as users run it, on `fixtures/cli/<case>/`.
#![cfg(feature = "cli")]

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use insta::assert_snapshot;
use insta_cmd::{assert_cmd_snapshot, get_cargo_bin};

/// The command, run in the folder of a case, in an environment that says nothing.
fn infralint(case: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(get_cargo_bin("infralint"));
    command.current_dir(support::root().join("fixtures/cli").join(case)).args(arguments);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS", "TERM", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

fn run(case: &str, arguments: &[&str]) -> Output {
    infralint(case, arguments).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("it writes UTF-8")
}

/// The arguments of the run that every format is shown on.
const RUN: [&str; 5] = ["check", "--template", "runbook.toml", "--today=2026-01-31", "docs"];

fn in_format(format: &str) -> Vec<&str> {
    RUN.into_iter().chain(["--format", format]).collect()
}

#[test]
fn every_format_tells_the_same_run() {
    for format in
        ["pretty", "concise", "grouped", "json", "jsonl", "github", "gitlab", "junit", "rdjson", "checkstyle", "azure"]
    {
        assert_cmd_snapshot!(format!("format_{format}"), infralint("run", &in_format(format)));
    }
}

#[test]
fn sarif_tells_the_same_run() {
    let output = run("run", &in_format("sarif"));
    let mut log: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let driver = &mut log["runs"][0]["tool"]["driver"];
    let rules = driver["rules"].take();
    for rule in rules.as_array().expect("it lists rules") {
        let known = infralint::rules::find(rule["id"].as_str().expect("a rule has an id")).expect("it is one of ours");
        assert_eq!(rule["help"]["text"], known.markdown());
        assert_eq!(rule["help"]["markdown"], known.markdown());
    }
    for result in log["runs"][0]["results"].as_array_mut().expect("it lists results") {
        let index = result["ruleIndex"].take().as_u64().expect("a result names its rule");
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
    }
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(env!("CARGO_PKG_VERSION"), "[VERSION]");
    settings.bind(|| assert_snapshot!("format_sarif", format!("{log:#}")));
}

#[test]
fn json_keeps_to_its_schema() {
    let schema = run("run", &["schema", "output"]);
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let report: serde_json::Value =
        serde_json::from_slice(&run("run", &in_format("json")).stdout).expect("the report is JSON");
    let mistakes: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(mistakes, Vec::<String>::new());
    assert!(report.as_array().is_some_and(|findings| findings.len() > 2), "{report}");
    let mut broken = report;
    broken[0]["line"] = 1.into();
    assert!(!validator.is_valid(&broken), "the schema allows what we do not write");
}

#[test]
fn a_clean_run_is_an_empty_report() {
    for format in ["json", "gitlab"] {
        let output = run("run", &["check", "--template=runbook.toml", "docs/clean.md", "--format", format]);
        assert_eq!((text(&output.stdout), output.status.code()), ("[]\n", Some(0)), "{format}");
        assert_eq!(text(&output.stderr), "Checked 1 spec: all good.\n");
    }
}

#[test]
fn the_line_of_the_template_is_shown_on_request() {
    let arguments: Vec<&str> = RUN.into_iter().chain(["--show-required", "--only=missing-section"]).collect();
    assert_cmd_snapshot!(infralint("run", &arguments));
}

#[test]
fn levels_decide_what_is_shown_and_what_fails() {
    let code = |more: &[&str]| {
        let arguments: Vec<&str> = RUN.into_iter().chain(more.iter().copied()).collect();
        run("run", &arguments).status.code()
    };
    assert_eq!(code(&[]), Some(1));
    assert_eq!(code(&["--fail-on=never"]), Some(0));
    assert_eq!(code(&["--only=wrong-number"]), Some(0));
    assert_eq!(code(&["--only=wrong-number", "--fail-on=warning"]), Some(1));
    assert_eq!(code(&["--only=wrong-number", "--rule=wrong-number=error"]), Some(1));
    let arguments: Vec<&str> = RUN.into_iter().chain(["--severity=error", "--format=concise"]).collect();
    assert_cmd_snapshot!(infralint("run", &arguments));
}

#[test]
fn statistics_count_by_rule() {
    let arguments: Vec<&str> = RUN.into_iter().chain(["--statistics"]).collect();
    assert_cmd_snapshot!(infralint("run", &arguments));
}

#[test]
fn several_reports_are_written_in_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let (sarif, junit) = (folder.path().join("a.sarif"), folder.path().join("a.xml"));
    let mut command = infralint("run", &RUN);
    command.args(["--format=sarif", "--output"]).arg(&sarif).args(["--format=junit", "--output"]).arg(&junit);
    command.arg("--format=concise");
    let output = command.output().expect("the command runs");
    assert_eq!(output.stdout, run("run", &in_format("concise")).stdout);
    assert_eq!(fs::read(sarif).expect("it is written"), run("run", &in_format("sarif")).stdout);
    assert_eq!(fs::read(junit).expect("it is written"), run("run", &in_format("junit")).stdout);
    assert_cmd_snapshot!(infralint("run", &["check", "docs", "--format=json", "--format=sarif"]));
}

#[test]
fn most_markdown_is_no_spec() {
    assert_cmd_snapshot!("mixed", infralint("mixed", &["check", "docs", "--only=wrapped-document"]));
    let verbose = run("mixed", &["check", "docs", "--only=wrapped-document", "--verbose"]);
    assert_eq!(text(&verbose.stderr).lines().count(), 20, "{}", text(&verbose.stderr));
}

#[test]
fn a_gate_that_checks_nothing_is_not_green() {
    assert_cmd_snapshot!("no_spec", infralint("no-spec", &["check"]));
    assert_cmd_snapshot!("no_spec_one_file", infralint("no-spec", &["check", "README.md"]));
    assert_cmd_snapshot!("no_spec_allowed", infralint("no-spec", &["check", "--allow-no-specs"]));
    let machine = run("no-spec", &["check", "--format=json"]);
    assert_eq!((text(&machine.stdout), machine.status.code()), ("[]\n", Some(2)));
}

#[test]
fn a_document_that_asks_for_an_unknown_template_is_not_passed_over() {
    assert_cmd_snapshot!("asks", infralint("asks", &["check"]));
}

#[test]
fn one_missing_path_does_not_stop_the_others() {
    let arguments = ["check", "--template=runbook.toml", "gone.md", "docs/clean.md", "gone.md"];
    assert_cmd_snapshot!(infralint("run", &arguments));
}

#[test]
fn one_unreadable_file_does_not_stop_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("latin.md"), b"# A\n\xe4\n").expect("it is written");
    fs::write(folder.path().join("sound.md"), "# A\n").expect("it is written");
    let mut command = infralint("run", &["check", "--template=any", "."]);
    assert_cmd_snapshot!(command.current_dir(folder.path()));
}

#[test]
fn a_document_comes_in_on_standard_input() {
    let bad = fs::read_to_string(support::root().join("fixtures/cli/run/docs/relay.md")).expect("it is there");
    let mut command = infralint("run", &["check", "--template=runbook.toml", "-", "--format=concise"]);
    assert_cmd_snapshot!("stdin", command.pass_stdin(bad.as_str()));
    let arguments = ["check", "--template=runbook.toml", "--stdin-filename=docs/x.md", "-", "--format=concise"];
    assert_cmd_snapshot!("stdin_filename", infralint("run", &arguments).pass_stdin(bad.as_str()));
}

#[test]
fn no_escape_sequence_reaches_the_terminal() {
    for format in ["pretty", "concise", "grouped", "github", "azure"] {
        let output = run("escape", &["check", "--template=runbook.toml", "runbook.md", "--format", format]);
        let shown = text(&output.stdout);
        assert!(shown.contains("runbook.md"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{format}: {shown}");
    }
    let coloured = run("escape", &["check", "--template=runbook.toml", "runbook.md", "--color=always"]);
    let shown = text(&coloured.stdout);
    assert!(shown.contains("\u{1b}[") && shown.contains("Runbook ?[31mred?[0m"), "{shown}");
}

#[test]
fn a_closed_pipe_is_success() {
    let mut child = infralint("run", &["rules", "--format=json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

#[test]
fn mistakes_in_a_template_are_shown_in_it() {
    assert_cmd_snapshot!("broken_template", infralint("broken-template", &["templates", "check", "spec.toml"]));
    let check = run("broken-template", &["check", "--template=spec.toml", "."]);
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
    ];
    let mut all = Vec::new();
    for arguments in arguments {
        let output = run("no-spec", arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
        all.push(format!("$ infralint {}\n{}", arguments.join(" "), text(&output.stderr)));
    }
    assert_snapshot!(all.join("\n"));
}

#[test]
fn every_rule_is_listed_and_explained() {
    let list = run("run", &["rules"]);
    let json: serde_json::Value =
        serde_json::from_slice(&run("run", &["rules", "--format=json"]).stdout).expect("it is JSON");
    for (rule, described) in infralint::rules::ALL.iter().zip(json.as_array().expect("it is a list")) {
        assert!(text(&list.stdout).contains(&format!("  {} ", rule.name)), "{}", rule.name);
        assert_eq!(described["name"], rule.name);
        let explained = run("run", &["explain", rule.name]);
        let (head, docs) = text(&explained.stdout).split_once("\n\n").expect("the name stands above the docs");
        assert!(head.starts_with(rule.name), "{head}");
        assert_eq!(docs, rule.markdown());
        assert!(docs.len() > 100, "{docs}");
    }
    assert_cmd_snapshot!("explain", infralint("run", &["explain", "wrong-number"]));
}

#[test]
fn templates_are_listed_shown_and_checked() {
    assert_cmd_snapshot!("templates", infralint("run", &["templates"]));
    let shown = run("run", &["templates", "show", "infrastructure"]);
    assert_eq!(text(&shown.stdout), support::text_of(&support::root().join("rules/infrastructure.toml")));
    assert_cmd_snapshot!("templates_check", infralint("run", &["templates", "check", "runbook.toml"]));
}

#[test]
fn shells_and_manuals_are_served() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run("run", &["completions", shell]);
        assert!(text(&output.stdout).contains("stdin-filename") && output.status.success(), "{shell}");
    }
    assert!(text(&run("run", &["man"]).stdout).starts_with(".ie"));
    assert_cmd_snapshot!("help", infralint("run", &["--help"]));
    assert_cmd_snapshot!("help_check", infralint("run", &["check", "-h"]));
}

#[test]
fn schemas_are_schemas() {
    for of in ["output", "template"] {
        let schema = run("run", &["schema", of]);
        let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("it is JSON");
        assert!(jsonschema::meta::is_valid(&schema), "{of}");
    }
}

#[test]
fn the_report_does_not_depend_on_threads_or_order() {
    let reference = run("..", &["check", "--template=any", "rules", "cli", "--format=json"]).stdout;
    for more in [&["--jobs=1"][..], &["--jobs=7"]] {
        for paths in [["cli", "rules"], ["./rules/", "cli/../cli"]] {
            let arguments: Vec<&str> = ["check", "--template=any", "--format=json"]
                .into_iter()
                .chain(paths)
                .chain(more.iter().copied())
                .collect();
            assert!(run("..", &arguments).stdout == reference, "{arguments:?}");
        }
    }
}

/// Writes files into a folder that git looks after.
fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let git = |arguments: &[&str]| {
        let status = Command::new("git").current_dir(folder.path()).args(arguments).stdout(Stdio::null()).status();
        assert!(status.expect("git is there").success());
    };
    git(&["init", "--quiet"]);
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder");
        let mut file = fs::File::create(path).expect("a file");
        file.write_all(text.as_bytes()).expect("it is written");
    }
    folder
}

/// The files that a run over a folder looks at.
fn walked(folder: &Path, paths: &[&str]) -> Vec<String> {
    let mut command = infralint("run", &["check", "--template=any", "--format=junit"]);
    let output = command.args(paths).current_dir(folder).output().expect("the command runs");
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
        ("main.tf", ""),
        (
            "docs/links.md",
            "# L\n\n[a](./a%20b.md#a) [b](../main.tf:12) [c](../main.tf#L3) [d](https://e.org/x.md) [e](/x.md)\n\n[f](gone.md)\n",
        ),
    ]);
    let mut command =
        infralint("run", &["check", "--template=any", "--only=broken-link", "--format=concise", "docs/links.md"]);
    let output = command.current_dir(folder.path()).output().expect("the command runs");
    let found = text(&output.stdout);
    assert!(found.starts_with("docs/links.md:5:") && found.lines().count() == 2, "{found}");
}

#[test]
fn the_topology_is_shown_as_it_is_understood() {
    assert_cmd_snapshot!("topology", infralint("topology", &["topology", "shop.md"]));
    assert_cmd_snapshot!("topology_json", infralint("topology", &["topology", "shop.md", "--format", "json"]));
    assert_cmd_snapshot!("topology_broken", infralint("topology", &["topology", "broken.md"]));
    assert_cmd_snapshot!("topology_none", infralint("mixed", &["topology", "docs/blog.md"]));
}

#[test]
fn a_template_is_derived_from_documents() {
    let document = "../../derive/decisions/template.md";
    let derived = run("run", &["derive", document]);
    assert!(derived.status.success(), "{}", text(&derived.stderr));
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("decisions.toml");
    let place = place.to_str().expect("a path in UTF-8");
    assert!(run("run", &["derive", document, "-o", place]).status.success());
    assert_eq!(fs::read_to_string(place).expect("it was written"), text(&derived.stdout));
    assert!(run("run", &["templates", "check", place]).status.success());
    let filled = run("run", &["check", "--template", place, "--today=2026-01-31", "../../derive/decisions/filled.md"]);
    assert!(filled.status.success(), "{}", text(&filled.stdout));
    let again = run("run", &["derive", document, "-o", place]);
    assert_eq!(again.status.code(), Some(2), "it is not written over");
    assert_cmd_snapshot!("derive_nothing", infralint("run", &["derive", "gone.md"]));
}
