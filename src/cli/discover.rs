//! Which files a run looks at: walks folders for Markdown, and leaves out what git ignores and what is hidden.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use crate::cli::git::root_of;
use crate::output::Failure;

/// A file to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it is, as it is opened.
    pub(super) path: PathBuf,
    /// Where it is, from the root of the file system, its folders resolved.
    pub(super) real: PathBuf,
    /// As it is shown: relative to the current folder where it lies in it, with `/` between its parts.
    pub(super) name: String,
    /// Whether the user named it, or a walk found it.
    pub(super) named: Named,
}

/// How a file came in. What is said of it first wins where several of the given paths lead to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    /// The user named the file itself.
    Yes,
    /// It lies in a folder that the user named.
    No,
}

/// Everything a run looks at, sorted by name.
#[derive(Debug, Default)]
pub(super) struct Discovery {
    /// The files, each once however many of the given paths lead to it.
    pub(super) files: Vec<Found>,
    /// What cannot be read.
    pub(super) unreadable: Vec<Failure>,
}

/// Finds the files of the given paths, seen from the folder `here`.
pub(super) fn discover(here: &Path, paths: &[PathBuf]) -> Discovery {
    let here = fs::canonicalize(here).unwrap_or_else(|_| here.to_owned());
    let mut files = Vec::new();
    let mut unreadable = Vec::new();
    for given in paths {
        match fs::canonicalize(given) {
            Ok(real) if real.is_dir() => walk(&here, given, &real, &mut files, &mut unreadable),
            Ok(real) => {
                // A link that the user names keeps its own name.
                let real = beside(given).unwrap_or(real);
                let name = shown(&here, &real, given);
                files.push(Found { path: given.clone(), real, name, named: Named::Yes });
            }
            Err(error) => unreadable.push(Failure { path: slashed(given), reason: why_unread(&error) }),
        }
    }
    // A walk finds a file once.
    if paths.len() > 1 {
        files.sort_by(|a, b| (&a.real, a.named).cmp(&(&b.real, b.named)));
        files.dedup_by(|a, b| a.real == b.real);
    }
    files.sort_by(|a, b| (&a.name, &a.real).cmp(&(&b.name, &b.real)));
    unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    unreadable.dedup();
    Discovery { files, unreadable }
}

/// Whether a name ends like that of a Markdown file.
pub(super) fn is_markdown(path: &Path) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|extension| ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// A path with `/` between its parts and without `./` in front.
pub(super) fn slashed(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, Component::CurDir));
    let path: PathBuf = parts.collect();
    let text = path.to_string_lossy();
    match text.as_ref() {
        "" => ".".to_owned(),
        text if cfg!(windows) => text.replace('\\', "/"),
        text => text.to_owned(),
    }
}

/// A file as it is shown: from the current folder where it lies in it.
pub(super) fn from_here(file: &Path) -> String {
    let below = fs::canonicalize(".").ok().and_then(|here| real(file).strip_prefix(here).ok().map(slashed));
    below.unwrap_or_else(|| slashed(file))
}

/// Why something cannot be read, in our words where it is usual.
pub(super) fn why_unread(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read (permission denied)".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder: name one file".to_owned(),
        std::io::ErrorKind::InvalidData => "it is not UTF-8; save it as UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

fn walk(here: &Path, given: &Path, real: &Path, files: &mut Vec<Found>, unreadable: &mut Vec<Failure>) {
    let mut ignored = Ignored::above(real);
    let entries = WalkDir::new(real).into_iter().filter_entry(|entry| {
        // What the user named is walked, whatever it is called.
        entry.depth() == 0 && ignored.enter(entry) || !is_hidden(entry) && !ignored.is(entry) && ignored.enter(entry)
    });
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_markdown(entry.path()) => {
                let path = entry.into_path();
                let below = path.strip_prefix(real).map_or_else(|_| path.clone(), |below| given.join(below));
                let name = shown(here, &path, &below);
                files.push(Found { real: path.clone(), path, name, named: Named::No });
            }
            Ok(_) => {}
            Err(error) => {
                let name = error.path().map_or_else(|| slashed(given), |path| shown(here, path, path));
                let reason = error.io_error().map_or_else(|| error.to_string(), why_unread);
                unreadable.push(Failure { path: name, reason });
            }
        }
    }
}

/// Where a file is, or would be, from the root of the file system.
pub(super) fn real(file: &Path) -> PathBuf {
    beside(file).or_else(|| std::path::absolute(file).ok()).unwrap_or_else(|| file.to_owned())
}

/// The path of a file, its folders resolved but not the file itself.
fn beside(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(fs::canonicalize(folder).ok()?.join(file.file_name()?))
}

/// Relative to the current folder where the file lies in it, else as given.
fn shown(here: &Path, real: &Path, given: &Path) -> String {
    real.strip_prefix(here).map_or_else(|_| slashed(given), slashed)
}

/// Whether a file or folder is hidden.
pub(super) fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// What the ignore files say, from the root of the repository down to where the walk is.
struct Ignored {
    /// Outermost first. Those of a folder stand there while the walk is in it.
    layers: Vec<Layer>,
}

struct Layer {
    /// The depth of the folder in the walk; `None` for those above it.
    depth: Option<usize>,
    /// The stronger one last.
    matchers: Vec<Gitignore>,
}

impl Ignored {
    /// The ignore files above a folder, up to the root of its repository.
    fn above(folder: &Path) -> Self {
        let mut layers = Vec::new();
        if let Some(root) = root_of(folder) {
            let exclude = root.join(".git/info/exclude");
            layers.push(Layer { depth: None, matchers: matcher(root, &exclude).into_iter().collect() });
            let mut between: Vec<&Path> =
                folder.ancestors().skip(1).take_while(|folder| folder.starts_with(root)).collect();
            between.reverse();
            layers.extend(between.into_iter().map(|folder| Layer { depth: None, matchers: matchers(folder) }));
        }
        Self { layers }
    }

    /// Notes the ignore files of a folder that the walk enters. Always true: a file needs no note.
    fn enter(&mut self, entry: &DirEntry) -> bool {
        self.leave(entry.depth());
        if entry.file_type().is_dir() {
            let matchers = matchers(entry.path());
            if !matchers.is_empty() {
                self.layers.push(Layer { depth: Some(entry.depth()), matchers });
            }
        }
        true
    }

    /// Forgets the ignore files of folders that the walk has left.
    fn leave(&mut self, depth: usize) {
        while self.layers.last().is_some_and(|layer| layer.depth.is_some_and(|own| own >= depth)) {
            self.layers.pop();
        }
    }

    /// Whether an entry is ignored. The innermost file that speaks of it decides.
    fn is(&mut self, entry: &DirEntry) -> bool {
        self.leave(entry.depth());
        let folder = entry.file_type().is_dir();
        let matchers = self.layers.iter().rev().flat_map(|layer| layer.matchers.iter().rev());
        for matcher in matchers {
            match matcher.matched(entry.path(), folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }
}

fn matchers(folder: &Path) -> Vec<Gitignore> {
    [".gitignore", ".ignore"].iter().filter_map(|name| matcher(folder, &folder.join(name))).collect()
}

fn matcher(folder: &Path, file: &Path) -> Option<Gitignore> {
    if !file.is_file() {
        return None;
    }
    let mut builder = GitignoreBuilder::new(folder);
    // A line that is no glob is left out, as git does.
    builder.add(file);
    builder.build().ok()
}
