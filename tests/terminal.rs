//! What is said to somebody who watches a terminal while a run lasts.
#![cfg(all(feature = "cli", target_os = "linux"))]

mod support;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use support::command::{folder, infralint, text};

/// A run that has not ended by then hangs.
const LIMIT: Duration = Duration::from_secs(30);

/// Both ends of a terminal: what we read, and what the command writes to.
fn terminal() -> (File, File) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&ours).expect("it is ours");
    unlockpt(&ours).expect("it may be opened");
    tcsetwinsize(&ours, Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).expect("it has a size");
    let name = ptsname(&ours, Vec::new()).expect("it has a name");
    let theirs = File::options().read(true).write(true).open(OsStr::from_bytes(name.as_bytes())).expect("it opens");
    (File::from(ours), theirs)
}

/// Runs a check over three documents of which one comes late. Gives what the terminal shows, and the report.
fn lasting_run(arguments: &[&str]) -> (String, Output) {
    let folder = folder(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    let late = folder.path().join("late.md");
    mknodat(CWD, &late, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe with a name");
    let (mut ours, theirs) = terminal();
    let child = infralint(folder.path(), &["check", "--template=any", "--jobs=2"])
        .args(arguments)
        .args(["a.md", "b.md", "late.md"])
        .env("TERM", "xterm")
        .stdout(Stdio::piped())
        .stderr(theirs)
        .spawn()
        .expect("the command runs");
    let shown = thread::spawn(move || {
        let mut shown = Vec::new();
        // Linux ends a terminal that nobody writes to any more with an error.
        let _ = ours.read_to_end(&mut shown);
        String::from_utf8(shown).expect("it writes UTF-8")
    });
    // Progress is for runs that last longer than a second.
    thread::sleep(Duration::from_millis(1200));
    fs::write(&late, "# Late\n").expect("the command reads it");
    let (ended, end) = mpsc::channel();
    let process = child.id();
    thread::spawn(move || ended.send(child.wait_with_output()));
    let Ok(output) = end.recv_timeout(LIMIT) else {
        let _ = Command::new("kill").arg(process.to_string()).status();
        panic!("it hangs");
    };
    (shown.join().expect("it is read"), output.expect("it ends"))
}

#[test]
fn a_run_that_lasts_shows_how_far_it_is() {
    let (shown, output) = lasting_run(&[]);
    assert!(shown.contains("3 of 3 files, 0 findings so far"), "{shown:?}");
    assert!(shown.ends_with("\u{1b}[2K"), "nothing of it stays: {shown:?}");
    assert_eq!((text(&output.stdout), output.status.code()), ("Checked 3 specs: all good.\n", Some(0)));
}

#[test]
fn quiet_is_quiet() {
    let (shown, output) = lasting_run(&["--quiet"]);
    assert_eq!((shown.as_str(), text(&output.stdout), output.status.code()), ("", "", Some(0)));
}
