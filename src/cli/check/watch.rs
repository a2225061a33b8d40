//! `--watch`: checks again after every save.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::{EventKind, RecursiveMode, Watcher};

use crate::cli::stop::{Outcome, Stop};
use crate::cli::streams::Streams;
use crate::cli::write::Written;

/// Editors save in several steps: so long nothing may happen before it is checked again.
const CALM: Duration = Duration::from_millis(80);

/// Runs `once` now, and after every change below the paths that is not its own; it names the documents that it writes.
/// Ends when the output is closed, or never.
pub(super) fn watch(
    paths: &[PathBuf],
    streams: &mut Streams,
    mut once: impl FnMut(&mut Streams, &mut Vec<Written>) -> Outcome,
) -> Outcome {
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if !matches!(event.kind, EventKind::Access(_)) {
            for path in event.paths.into_iter().filter(|path| matters(path)) {
                // Nobody listens any more once the run has ended.
                let _ = sender.send(path);
            }
        }
    })
    .map_err(|error| Stop::new(format!("cannot watch files: {error}")))?;
    for path in paths {
        // An editor replaces a file: what is watched is its folder.
        let (place, mode) = if path.is_dir() {
            (path.as_path(), RecursiveMode::Recursive)
        } else {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            (folder.unwrap_or(Path::new(".")), RecursiveMode::NonRecursive)
        };
        watcher.watch(place, mode).map_err(|error| Stop::new(format!("cannot watch {}: {error}", place.display())))?;
    }
    loop {
        let mut written = Vec::new();
        match once(streams, &mut written) {
            Ok(_) => {}
            Err(Stop::Closed) => return Err(Stop::Closed),
            Err(stop) => {
                stop.say(streams);
            }
        }
        streams.out.flush()?;
        writeln!(streams.err, "Waiting for changes (Ctrl-C ends it).")?;
        streams.err.flush()?;
        if !wait(&changes, &written) {
            return Ok(crate::cli::CLEAN);
        }
    }
}

/// Waits for a change that is not what we wrote ourselves, and until it is calm again.
fn wait(changes: &Receiver<PathBuf>, written: &[Written]) -> bool {
    let is_ours = |path: &Path| written.iter().any(|written| written.is_still(path));
    while let Ok(path) = changes.recv() {
        if is_ours(&path) {
            continue;
        }
        while changes.recv_timeout(CALM).is_ok() {}
        return true;
    }
    false
}

/// Documents, templates and configurations; our own temporary files are none.
fn matters(path: &Path) -> bool {
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
    ["md", "markdown", "toml"].iter().any(|known| end.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::write;

    #[test]
    fn what_we_wrote_ourselves_is_no_change() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "broken").expect("it can be written");
        let written = [write::replace(&path, "broken", "mended").expect("it can be replaced")];
        let waited = |path: &Path| {
            let (sender, changes) = mpsc::channel();
            sender.send(path.to_owned()).expect("somebody listens");
            drop(sender);
            wait(&changes, &written)
        };
        assert!(!waited(&path), "our own write");
        assert!(waited(&folder.path().join("b.md")), "another file");
        let saved = fs::File::options().write(true).open(&path).expect("it is there");
        saved.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("it has a time");
        assert!(waited(&path), "somebody wrote it after us");
        fs::remove_file(&path).expect("it is there");
        assert!(waited(&path), "it is gone");
    }
}
