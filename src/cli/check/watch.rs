//! `--watch`: checks again after every save.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::{EventKind, RecursiveMode, Watcher};

use crate::cli::stop::{Outcome, Stop};
use crate::cli::streams::Streams;

/// Editors save in several steps: so long nothing may happen before it is checked again.
const CALM: Duration = Duration::from_millis(80);

/// Runs `once` now, and after every change below the paths. Ends when the output is closed, or never.
pub(super) fn watch(
    paths: &[PathBuf],
    streams: &mut Streams,
    mut once: impl FnMut(&mut Streams) -> Outcome,
) -> Outcome {
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let touches = |event: &notify::Event| {
            !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| matters(path))
        };
        if event.as_ref().is_ok_and(touches) {
            // Nobody listens any more once the run has ended.
            let _ = sender.send(());
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
        match once(streams) {
            Ok(_) => {}
            Err(Stop::Closed) => return Err(Stop::Closed),
            Err(stop) => {
                stop.say(streams);
            }
        }
        streams.out.flush()?;
        writeln!(streams.err, "Waiting for changes (Ctrl-C ends it).")?;
        streams.err.flush()?;
        if !wait(&changes) {
            return Ok(crate::cli::CLEAN);
        }
    }
}

/// Waits for a change, and until it is calm again.
fn wait(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    while changes.recv_timeout(CALM).is_ok() {}
    true
}

/// Documents, templates and configurations; our own temporary files are none.
fn matters(path: &Path) -> bool {
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
    ["md", "markdown", "toml"].iter().any(|known| end.eq_ignore_ascii_case(known))
}
