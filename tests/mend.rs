//! What the command writes: fixes, diffs, `allow` comments and fresh documents, and what it leaves alone.
#![cfg(feature = "cli")]

mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use support::command::infralint;
use tempfile::TempDir;

const TEMPLATE: &str = r###"
name      = "runbook"
numbering = "consecutive"

[[section]]
heading = "## Purpose"

[[section]]
heading = "## Steps"
"###;

const BROKEN: &str = "# Relay\n\n## 1. Purpos\n\nHow to restart the relay.\n\n## 3. Steps\n\nDrain it.\n";
const SAFE: &str = "# Relay\n\n## 1. Purpos\n\nHow to restart the relay.\n\n## 2. Steps\n\nDrain it.\n";
const MENDED: &str = "# Relay\n\n## 1. Purpose\n\nHow to restart the relay.\n\n## 2. Steps\n\nDrain it.\n";

/// A folder with a template and some files.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        folder.write("runbook.toml", TEMPLATE);
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("it can be written");
    }

    fn text(&self, name: &str) -> String {
        support::text_of(&self.path(name))
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_on(arguments, "")
    }

    /// Runs the command with something on standard input.
    fn run_on(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = infralint(self.0.path(), arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        // It may not read its input at all.
        let _ = child.stdin.take().expect("it has an input").write_all(input.as_bytes());
        Ran::from(child.wait_with_output().expect("it ends"))
    }

    fn check(&self, arguments: &[&str]) -> Ran {
        self.run(&[&["check", "--template", "runbook.toml"], arguments].concat())
    }

    fn names(&self) -> Vec<String> {
        let files = support::files(self.0.path());
        files.iter().filter_map(|path| path.file_name()?.to_str().map(str::to_owned)).collect()
    }
}

#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

#[test]
fn fixes_are_written_as_far_as_they_are_allowed() {
    let folder = Folder::new(&[("a.md", BROKEN), ("b.md", MENDED)]);
    let ran = folder.check(&["--fix", "."]);
    assert_eq!((ran.code, folder.text("a.md").as_str()), (Some(1), SAFE), "{ran:?}");
    assert!(ran.out.contains("Fixed 1 finding in 1 spec; 1 is left.\n"), "{}", ran.out);
    let ran = folder.check(&["--fix", "--unsafe-fixes", "."]);
    assert_eq!((ran.code, folder.text("a.md").as_str()), (Some(0), MENDED), "{ran:?}");
    assert!(ran.out.contains("Fixed 1 finding in 1 spec; none is left.\n"), "{}", ran.out);
    assert_eq!(folder.names(), ["a.md", "b.md", "runbook.toml"]);
    let ran = folder.check(&["--unsafe-fixes", "."]);
    assert_eq!(ran.code, Some(2), "--unsafe-fixes alone says nothing: {ran:?}");
}

#[test]
fn a_diff_shows_just_that_and_writes_nothing() {
    let folder = Folder::new(&[("a.md", BROKEN), ("b.md", MENDED)]);
    let before = fs::metadata(folder.path("a.md")).and_then(|file| file.modified()).expect("it has a time");
    let ran = folder.check(&["--diff", "--unsafe-fixes", "."]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(
        ran.out,
        "--- a.md\n+++ a.md\n@@ -1,9 +1,9 @@\n # Relay\n \n-## 1. Purpos\n+## 1. Purpose\n \n How to restart the relay.\n \n-## \
         3. Steps\n+## 2. Steps\n \n Drain it.\n"
    );
    assert!(ran.err.contains("Would fix 2 findings in 1 spec; none would be left.\n"), "{}", ran.err);
    assert_eq!(folder.text("a.md"), BROKEN);
    assert_eq!(fs::metadata(folder.path("a.md")).and_then(|file| file.modified()).expect("it has a time"), before);
    let ran = folder.check(&["--diff", "b.md"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
}

#[test]
fn a_document_on_standard_input_comes_out_mended() {
    let folder = Folder::new(&[]);
    let check = ["check", "--template", "runbook.toml", "--fix", "--unsafe-fixes", "-"];
    let ran = folder.run_on(&check, BROKEN);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), MENDED), "{ran:?}");
    let ran = folder.run_on(&check, MENDED);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), MENDED), "what is right comes out as it went in: {ran:?}");
    let ran = folder.run_on(&["check", "--fix", "--allow-no-specs", "-"], "# Shopping\n\n- Milk\n");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "# Shopping\n\n- Milk\n"), "so does what is no spec: {ran:?}");
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let folder = Folder::new(&[("a.md", &windows(BROKEN)), ("b.md", &windows("# Relay\n"))]);
    folder.check(&["--fix", "--unsafe-fixes", "."]);
    assert_eq!(folder.text("a.md"), windows(MENDED));
    let whole = folder.text("b.md");
    assert!(whole.starts_with("\u{feff}# Relay\r\n\r\n## Purpose\r\n"), "{whole:?}");
    assert_eq!(whole.matches('\n').count(), whole.matches("\r\n").count(), "{whole:?}");
}

#[test]
fn what_needs_no_fix_is_not_written() {
    let folder = Folder::new(&[("a.md", MENDED)]);
    let file = fs::File::options().write(true).open(folder.path("a.md")).expect("it opens");
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    file.set_modified(long_ago).expect("its time can be set");
    folder.check(&["--fix", "--unsafe-fixes", "."]);
    assert_eq!(file.metadata().and_then(|file| file.modified()).expect("it has a time"), long_ago);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    let folder = Folder::new(&[("real.txt", BROKEN), ("locked.md", BROKEN)]);
    let mode = |name: &str, bits: u32| {
        fs::set_permissions(folder.path(name), fs::Permissions::from_mode(bits)).expect("permissions can be set");
    };
    mode("real.txt", 0o640);
    mode("locked.md", 0o444);
    symlink("real.txt", folder.path("link.md")).expect("a link can be made");
    let owner = fs::metadata(folder.path("real.txt")).map(|file| (file.uid(), file.gid())).expect("it is there");
    let ran = folder.check(&["--fix", "--unsafe-fixes", "link.md", "locked.md"]);
    assert!(fs::symlink_metadata(folder.path("link.md")).expect("it is there").is_symlink());
    let real = fs::metadata(folder.path("real.txt")).expect("it is there");
    assert_eq!((folder.text("real.txt").as_str(), real.mode() & 0o777), (MENDED, 0o640));
    assert_eq!((real.uid(), real.gid()), owner);
    assert_eq!((ran.code, folder.text("locked.md").as_str()), (Some(2), BROKEN));
    assert!(ran.err.contains("locked.md: cannot write: it is read-only\n"), "{}", ran.err);
    // What it holds is reported all the same, as it is.
    assert!(ran.out.contains("locked.md:3:7"), "{}", ran.out);
    assert!(
        ran.out.contains("Fixed 2 findings in 1 spec; 2 are left.\nChecked 2 specs: 1 error, 1 warning"),
        "{}",
        ran.out
    );
}

#[test]
fn what_a_killed_run_left_behind_is_removed_and_nothing_else() {
    // No process has this number.
    let stray = ".infralint-4194999-aB3xY9.tmp";
    let folder = Folder::new(&[("a.md", MENDED), (stray, "half"), (".infralint-notes.tmp", "mine"), ("x.tmp", "")]);
    folder.check(&["."]);
    assert!(folder.names().contains(&stray.to_owned()), "a run that writes nothing removes nothing");
    folder.check(&["--fix", "."]);
    if Path::new("/proc/self").exists() {
        assert_eq!(folder.names(), [".infralint-notes.tmp", "a.md", "runbook.toml", "x.tmp"]);
    }
}

#[test]
fn every_finding_can_be_allowed() {
    let folder = Folder::new(&[("a.md", BROKEN)]);
    let ran = folder.check(&["--add-allow=agreed in May", "."]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("Allowed 2 findings in 1 spec; none is left.\n"), "{}", ran.out);
    assert_eq!(folder.text("a.md").matches(") agreed in May -->").count(), 2);
    for (reason, why) in
        [("--add-allow=a --> b", "ends"), ("--add-allow=", "says nothing"), ("--add-allow=a\nb", "lines")]
    {
        let ran = folder.check(&[reason, "."]);
        assert_eq!(ran.code, Some(2), "{why}: {ran:?}");
    }
}

#[test]
fn a_fresh_document_is_dated_today_and_holds_placeholders_only() {
    let folder = Folder::new(&[]);
    let fresh = folder.run(&["new", "infrastructure", "--today=2026-01-31"]);
    assert_eq!(fresh.code, Some(0));
    assert!(fresh.out.contains("> **Last Updated:** 260131\n"), "{}", fresh.out);
    assert!(fresh.out.contains("### 260131 - v1.0.0"), "{}", fresh.out);
    let report = folder.run_on(&["check", "--today=2026-01-31", "--format=concise", "-"], &fresh.out);
    let other: Vec<&str> =
        report.out.lines().filter(|line| line.contains('[') && !line.contains("[placeholder-text]")).collect();
    assert_eq!(other, Vec::<&str>::new(), "{report:?}");
    assert!(report.out.contains("[placeholder-text]"), "{report:?}");
    assert!(report.out.contains("Checked 1 spec"), "it is recognised without a word: {report:?}");
}

#[test]
fn a_fresh_document_is_never_written_over_another() {
    let folder = Folder::new(&[("a.md", "mine")]);
    let ran = folder.run(&["new", "runbook.toml", "-o", "a.md"]);
    assert_eq!((ran.code, folder.text("a.md").as_str()), (Some(2), "mine"));
    assert!(ran.err.starts_with("error: a.md is there already, and is not written over\n"), "{}", ran.err);
    let ran = folder.run(&["new", "runbook.toml", "-o", "b.md"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(folder.text("b.md").lines().next(), Some("# Runbook"));
    assert_eq!(folder.names(), ["a.md", "b.md", "runbook.toml"]);
}
