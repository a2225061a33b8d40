//! `--watch`, as users meet it: a save is noticed.
#![cfg(all(feature = "cli", unix))]

mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use support::command::infralint;

#[test]
fn a_save_is_checked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let spec = folder.path().join("a.md");
    fs::write(&spec, "# A\n\n[B](#b)\n").expect("it is written");
    let arguments = ["check", "--watch", "--template=any", "--only=broken-anchor", "--format=concise", "."];
    let mut child = infralint(folder.path(), &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut out = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut err = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    let mut line = || out.next().expect("it goes on").expect("it is text");
    let mut waiting = || err.next().expect("it goes on").expect("it is text");

    assert!(line().starts_with("a.md:3:1: warning[broken-anchor]"));
    assert_eq!(line(), "Checked 1 spec in ./: 1 warning.");
    assert_eq!(waiting(), "Waiting for changes (Ctrl-C ends it).");
    fs::write(&spec, "# A\n\n[B](#b)\n\n## B\n").expect("it is written");
    assert_eq!(line(), "Checked 1 spec in ./: all good.");
    assert_eq!(waiting(), "Waiting for changes (Ctrl-C ends it).");
    // A mistake in the configuration is said, and does not end it.
    fs::write(folder.path().join("infralint.toml"), "exlude = []\n").expect("it is written");
    assert_eq!(waiting(), "invalid-config");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}
