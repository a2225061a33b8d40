//! `infralint.toml`, as users meet it.
#![cfg(feature = "cli")]

mod support;

use insta::assert_snapshot;
use support::command::{repository, run, text};

#[test]
fn every_mistake_is_shown_where_it_is() {
    let mut all = Vec::new();
    for path in support::files(&support::root().join("fixtures/config/mistakes")) {
        let config = support::text_of(&path);
        let folder = repository(&[("infralint.toml", &config), ("a.md", "# A\n")]);
        let output = run(folder.path(), &["check"]);
        let stem = path.file_stem().expect("a file").to_string_lossy().into_owned();
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{stem}");
        assert!(text(&output.stderr).starts_with("invalid-config\n"), "{stem}: {}", text(&output.stderr));
        all.push(format!("# {stem}\n{}", text(&output.stderr)));
    }
    assert!(all.len() >= 20, "{}", all.len());
    assert_snapshot!(all.join("\n"));
}

/// A project with a configuration that extends another, and a template of its own.
fn project() -> tempfile::TempDir {
    let paths = [
        "infralint.toml",
        "shared/base.toml",
        "templates/runbook.toml",
        "ops/relay.md",
        "ops/relay.draft.md",
        "drafts/relay.md",
        "site/guide.md",
    ];
    let texts = paths.map(|path| support::text_of(&support::root().join("fixtures/config/project").join(path)));
    let files: Vec<(&str, &str)> = paths.into_iter().zip(texts.iter().map(String::as_str)).collect();
    repository(&files)
}

#[test]
fn every_value_says_where_it_comes_from() {
    let project = project();
    let shown = run(project.path(), &["check", "--show-settings", "ops/relay.md", "--rule=empty-cell=error"]);
    let rules = "wrong-number missing-section empty-section empty-cell duplicate-section unexpected-section";
    let kept = |line: &&str| {
        let rule = line.strip_prefix("  ").and_then(|line| line.split(' ').next());
        rule.is_none_or(|rule| rules.split(' ').any(|kept| kept == rule))
    };
    let lines: Vec<&str> = text(&shown.stdout).lines().filter(kept).collect();
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn files_are_held_as_the_configuration_says() {
    let project = project();
    let output = run(project.path(), &["check", "--format=concise", "--quiet"]);
    assert_eq!(
        text(&output.stdout),
        "ops/relay.md:5:4: info[missing-section] section `Steps` is missing; help: add `## Steps`, or say why there is \
         none: `Not applicable: Steps — reason`\n"
    );
    assert_eq!(output.status.code(), Some(0));
    // From another folder it is the same.
    let output = run(&project.path().join("ops"), &["check", "--format=concise", "--fail-on=info"]);
    assert!(text(&output.stdout).starts_with("relay.md:5:4: info[missing-section]"), "{}", text(&output.stdout));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn every_command_knows_the_templates_and_words_of_the_project() {
    let project = project();
    let new = run(project.path(), &["new", "runbook"]);
    assert!(text(&new.stdout).contains("\n## Steps\n"), "{new:?}");

    let spec = support::text_of(&support::root().join("fixtures/specs/infrastructure.md"));
    let spec = spec.replace("ElastiCache Redis", "Blitzstore");
    let words = "[words]\nCache = [\"blitzstore\"]\n";
    let project = repository(&[("infralint.toml", words), ("docs/infrastructure.md", &spec), ("a.md", "# A\n")]);
    let check = run(project.path(), &["check", "--only=missing-element"]);
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stdout));
    let topology = run(&project.path().join("docs"), &["topology", "infrastructure.md"]);
    assert!(text(&topology.stdout).contains("Cache: Blitzstore"), "{}", text(&topology.stdout));
}

#[test]
fn what_is_left_out_is_read_when_named_unless_forced() {
    let project = project();
    let named = ["check", "--format=concise", "ops/relay.draft.md"];
    assert!(text(&run(project.path(), &named).stdout).starts_with("ops/relay.draft.md:5:4"));
    let forced: Vec<&str> = named.into_iter().chain(["--force-exclude", "--allow-no-specs"]).collect();
    let output = run(project.path(), &forced);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    assert_eq!(text(&output.stdout), "Checked nothing: there are no Markdown files among the given files.\n");
}

#[test]
fn the_nearest_configuration_counts_and_none_above_the_repository() {
    let outer = repository(&[
        ("infralint.toml", "[rules]\nmissing-section = \"off\"\n"),
        ("a/.config/infralint.toml", "[[specs]]\nfiles = [\"b/*.md\"]\ntemplate = \"any\"\n"),
        ("a/b/c.md", "# C\n"),
        ("repo/.git/HEAD", ""),
        ("repo/d.md", "# D\n"),
    ]);
    let shown = |file: &str| {
        let output = run(outer.path(), &["check", "--show-settings", file]);
        text(&output.stdout).to_owned()
    };
    assert!(shown("a/b/c.md").contains("a/.config/infralint.toml:3"), "{}", shown("a/b/c.md"));
    assert!(shown("a/b/c.md").lines().any(|line| line.starts_with("  missing-section ") && line.ends_with("default")));
    assert!(!shown("repo/d.md").contains("infralint.toml"), "{}", shown("repo/d.md"));
}

#[test]
fn what_a_configuration_says_in_vain_is_noted() {
    let config = "[[specs]]\nfiles = [\"docs/*.md\"]\ntemplate = \"any\"\n\n[[specs]]\nfiles = [\"doc/*.md\"]\n\
        template = \"any\"\n";
    let folder = repository(&[("infralint.toml", config), (".infralint.toml", ""), ("docs/a.md", "# A\n")]);
    let notes = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        text(&output.stderr).lines().filter(|line| line.starts_with("note: ")).collect::<Vec<_>>().join("\n")
    };
    let beside = "note: infralint.toml counts, .infralint.toml beside it is not read";
    let idle = "note: infralint.toml:6: no file that is looked at matches `doc/*.md`";
    assert_eq!(notes(&["check"]), format!("{beside}\n{idle}"));
    // Whoever looks at one folder does not expect the others.
    assert_eq!(notes(&["check", "docs"]), beside);
}

#[test]
fn the_schema_knows_what_the_reader_knows() {
    let schema = run(support::root(), &["schema", "config"]);
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    for sound in ["infralint.toml", "shared/base.toml"] {
        let sound = support::text_of(&support::root().join("fixtures/config/project").join(sound));
        let value: serde_json::Value = toml::from_str(&sound).expect("it is TOML");
        let mistakes: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(mistakes, Vec::<String>::new());
    }
    for broken in ["exlude = []", "fail-on = \"eror\"", "[[specs]]\ntemplate = \"any\"", "[rules]\na = \"loud\""] {
        let value: serde_json::Value = toml::from_str(broken).expect("it is TOML");
        assert!(!validator.is_valid(&value), "{broken}");
    }
}
