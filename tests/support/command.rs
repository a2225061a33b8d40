//! The command as users run it, and folders for it to run in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The command in a folder, in an environment that says nothing.
pub(crate) fn infralint(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_infralint"));
    command.current_dir(folder).args(arguments);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS", "TERM", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// Runs the command in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    infralint(folder, arguments).output().expect("the command runs")
}

/// What the command wrote.
pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("it writes UTF-8")
}

/// The folder of a case.
pub(crate) fn case(name: &str) -> PathBuf {
    super::root().join("fixtures/cli").join(name)
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// A folder with these files that git looks after.
pub(crate) fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let status = Command::new("git").current_dir(folder.path()).args(["init", "--quiet"]).status();
    assert!(status.expect("git is there").success());
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// Writes a file, and the folders that it lies in.
pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder");
    fs::write(path, text).expect("it is written");
}
