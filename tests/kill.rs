//! Kills the process some hundred times while it fixes a folder: a file holds the old text or the new one, and what a
//! killed run leaves behind a later one removes.
#![cfg(feature = "cli")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::command::infralint;

const FILES: usize = 8;
/// So many kills go through a run from its first moment to its last.
const KILLS: u32 = 200;
/// A busy machine may be slow to kill: so often it is gone through, until a kill came amidst the work.
const ROUNDS: u32 = 10;

const TEMPLATE: &str = "name = \"runbook\"\nnumbering = \"consecutive\"\n\n[[section]]\nheading = \"## Purpose\"\n\n[[section]]\nheading = \"## Steps\"\n";

/// Long enough that writing it is no single step, and different in each file.
fn text(file: usize, number: u32) -> String {
    let filler = format!("Line of file {file}, long enough to fill some pages of the disk.\n").repeat(150);
    format!("# Runbook {file}\n\n## 1. Purpose\n\n{filler}\n## {number}. Steps\n\n{filler}")
}

fn path(folder: &Path, file: usize) -> std::path::PathBuf {
    folder.join(format!("runbook-{file}.md"))
}

/// Everything in the folder that is none of our documents.
fn strays(folder: &Path) -> Vec<String> {
    let names = support::files(folder).into_iter().filter_map(|path| path.file_name()?.to_str().map(str::to_owned));
    names.filter(|name| name != "template.toml" && !name.starts_with("runbook-")).collect()
}

fn fix(folder: &Path) -> Command {
    let mut command = infralint(folder, &["check", "--fix", "--quiet", "--template", "template.toml", "."]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_killed_run_leaves_the_old_text_or_the_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("template.toml"), TEMPLATE).expect("it can be written");
    let texts: Vec<(String, String)> = (0..FILES).map(|file| (text(file, 3), text(file, 2))).collect();
    let reset = || {
        for (file, (old, _)) in texts.iter().enumerate() {
            fs::write(path(folder, file), old).expect("it can be written");
        }
    };
    reset();
    let start = Instant::now();
    assert!(fix(folder).status().expect("it runs").success());
    let whole = start.elapsed().max(Duration::from_millis(5));
    let (mut between, mut stray_seen) = (0, 0);
    for kill in 0..KILLS * ROUNDS {
        if kill >= KILLS && between > 0 {
            break;
        }
        reset();
        let start = Instant::now();
        let mut child = fix(folder).spawn().expect("it starts");
        // From the first moment to the last, and finely: whatever it is doing, it is killed at it.
        let moment = whole * (kill % KILLS) / KILLS;
        std::thread::sleep(moment.saturating_sub(start.elapsed()));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let mut mended = 0;
        for (file, (old, new)) in texts.iter().enumerate() {
            let now = fs::read_to_string(path(folder, file)).expect("it is there, and it is text");
            assert!(now == *old || now == *new, "file {file} is broken after kill {kill}: {} bytes", now.len());
            mended += usize::from(now == *new);
        }
        between += usize::from(mended > 0 && mended < FILES);
        stray_seen += usize::from(!strays(folder).is_empty());
    }
    // Without a kill amidst the work nothing was tried.
    assert!(between > 0, "no kill came while files were written ({stray_seen} left something behind)");
    reset();
    assert!(fix(folder).status().expect("it runs").success());
    assert_eq!(strays(folder), Vec::<String>::new());
    for (file, (_, new)) in texts.iter().enumerate() {
        assert_eq!(fs::read_to_string(path(folder, file)).expect("it is there"), *new);
    }
}
