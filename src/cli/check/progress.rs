//! How far a run is, on a terminal, when it lasts.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::text::count;

/// Nobody needs to be told how far a run is that is over by then.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far a run is.
#[derive(Debug)]
pub(super) struct Progress {
    files: usize,
    done: AtomicUsize,
    findings: AtomicUsize,
    start: Instant,
    /// Drawn once the run lasts.
    bar: OnceLock<ProgressBar>,
    shown: Shown,
}

/// Whether somebody sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Standard error is a terminal, and the user does not want quiet.
    Yes,
    /// Nobody looks.
    No,
}

impl Progress {
    /// A run over so many files begins.
    pub(super) fn new(files: usize, shown: Shown) -> Self {
        let (done, findings) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self { files, done, findings, start: Instant::now(), bar: OnceLock::new(), shown }
    }

    /// A file is done.
    pub(super) fn file(&self, findings: usize) {
        if self.shown == Shown::No {
            return;
        }
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let findings = self.findings.fetch_add(findings, Ordering::Relaxed) + findings;
        if self.start.elapsed() >= PATIENCE {
            let bar = self.bar.get_or_init(|| bar(self.files));
            bar.set_message(said(findings));
            bar.set_position(done as u64);
        }
    }

    /// The run is over: nothing of it stays on the screen.
    pub(super) fn clear(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(files: usize) -> ProgressBar {
    // At most ten times a second.
    let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(10));
    match ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} files, {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn said(findings: usize) -> String {
    format!("{} so far", count(findings, "finding"))
}
