//! What a run reports, in every format, on `fixtures/cli/run/`.
#![cfg(feature = "cli")]

mod support;

use std::fs;
use std::process::Stdio;

use insta::assert_snapshot;
use insta_cmd::assert_cmd_snapshot;
use support::command::{case, infralint, run, text};

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
        assert_cmd_snapshot!(format!("format_{format}"), infralint(&case("run"), &in_format(format)));
    }
}

#[test]
fn the_ending_of_a_file_tells_its_format() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, format) in [("a.json", "json"), ("a.jsonl", "jsonl"), ("a.sarif", "sarif")] {
        let file = folder.path().join(name);
        run(&case("run"), &[&RUN[..], &["--output", file.to_str().expect("a path in UTF-8")]].concat());
        let asked = run(&case("run"), &in_format(format));
        assert_eq!(support::text_of(&file), text(&asked.stdout), "{name}");
    }
    let unclear = run(&case("run"), &[&RUN[..], &["--output=a.xml"]].concat());
    assert_eq!(unclear.status.code(), Some(2));
    assert!(text(&unclear.stderr).contains("write `--format junit --output a.xml`"), "{}", text(&unclear.stderr));
}

#[test]
fn a_report_that_cannot_be_written_says_why() {
    let output = run(&case("run"), &[&RUN[..], &["--format=json", "--output=gone/report.json"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "error: cannot write gone/report.json: there is no such folder\n");
}

#[test]
fn sarif_tells_the_same_run() {
    let output = run(&case("run"), &in_format("sarif"));
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
    let schema = run(&case("run"), &["schema", "output"]);
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let report: serde_json::Value =
        serde_json::from_slice(&run(&case("run"), &in_format("json")).stdout).expect("the report is JSON");
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
        let output = run(&case("run"), &["check", "--template=runbook.toml", "docs/clean.md", "--format", format]);
        assert_eq!((text(&output.stdout), output.status.code()), ("[]\n", Some(0)), "{format}");
        assert_eq!(text(&output.stderr), "Checked 1 spec: all good.\n");
    }
}

#[test]
fn the_line_of_the_template_is_shown_on_request() {
    let arguments: Vec<&str> = RUN.into_iter().chain(["--show-required", "--only=missing-section"]).collect();
    assert_cmd_snapshot!(infralint(&case("run"), &arguments));
}

#[test]
fn levels_decide_what_is_shown_and_what_fails() {
    let code = |more: &[&str]| {
        let arguments: Vec<&str> = RUN.into_iter().chain(more.iter().copied()).collect();
        run(&case("run"), &arguments).status.code()
    };
    assert_eq!(code(&[]), Some(1));
    assert_eq!(code(&["--fail-on=never"]), Some(0));
    assert_eq!(code(&["--only=wrong-number"]), Some(0));
    assert_eq!(code(&["--only=wrong-number", "--fail-on=warning"]), Some(1));
    assert_eq!(code(&["--only=wrong-number", "--rule=wrong-number=error"]), Some(1));
    let arguments: Vec<&str> = RUN.into_iter().chain(["--severity=error", "--format=concise"]).collect();
    assert_cmd_snapshot!(infralint(&case("run"), &arguments));
}

#[test]
fn statistics_count_by_rule() {
    let arguments: Vec<&str> = RUN.into_iter().chain(["--statistics"]).collect();
    assert_cmd_snapshot!(infralint(&case("run"), &arguments));
}

#[test]
fn several_reports_are_written_in_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let (sarif, junit) = (folder.path().join("a.sarif"), folder.path().join("a.xml"));
    let mut command = infralint(&case("run"), &RUN);
    command.args(["--format=sarif", "--output"]).arg(&sarif).args(["--format=junit", "--output"]).arg(&junit);
    command.arg("--format=concise");
    let output = command.output().expect("the command runs");
    assert_eq!(output.stdout, run(&case("run"), &in_format("concise")).stdout);
    assert_eq!(fs::read(sarif).expect("it is written"), run(&case("run"), &in_format("sarif")).stdout);
    assert_eq!(fs::read(junit).expect("it is written"), run(&case("run"), &in_format("junit")).stdout);
    assert_cmd_snapshot!(infralint(&case("run"), &["check", "docs", "--format=json", "--format=sarif"]));
}

#[test]
fn no_escape_sequence_reaches_the_terminal() {
    for format in ["pretty", "concise", "grouped", "github", "azure"] {
        let output = run(&case("escape"), &["check", "--template=runbook.toml", "runbook.md", "--format", format]);
        let shown = text(&output.stdout);
        assert!(shown.contains("runbook.md"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{format}: {shown}");
    }
    let coloured = run(&case("escape"), &["check", "--template=runbook.toml", "runbook.md", "--color=always"]);
    let shown = text(&coloured.stdout);
    assert!(shown.contains("\u{1b}[") && shown.contains("Runbook ?[31mred?[0m"), "{shown}");
}

#[test]
fn a_closed_pipe_is_success() {
    let mut child = infralint(&case("run"), &["rules", "--format=json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}
