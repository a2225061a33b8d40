//! What git knows of the documents: which of them changed since a revision, what they said then, and when they last
//! said something else.
//!
//! Git is a subprocess, asked a fixed number of times for all files of a repository, never once a file. Where there is
//! no git, no repository, no commit or only the end of a history, that is a note: what cannot be known is not judged.

mod objects;

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::civil::Date;

use crate::cli::discover::slashed;
use crate::cli::git::objects::Objects;
use crate::cli::stop::Stop;
use crate::text::count;

/// What the command line asks of git.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// `--since REV`
    pub(super) since: Option<String>,
    /// `--history`
    pub(super) history: bool,
}

/// What git knows of the files of a run.
#[derive(Default)]
pub(super) struct Past {
    repositories: Vec<Repository>,
    /// What could not be known.
    pub(super) notes: Vec<String>,
}

/// What git knows of one repository.
struct Repository {
    /// Where it lies.
    root: PathBuf,
    /// With `--since`: what changed.
    since: Option<Since>,
    /// With `--history`: the commits that touched each path, newest first.
    commits: HashMap<String, Vec<Commit>>,
    objects: Objects,
}

/// What changed since a revision.
struct Since {
    /// The commit at which the branch left it.
    base: String,
    /// The paths that changed, with what they were called then; `None`: they are new.
    changed: HashMap<String, Option<String>>,
    /// The paths that git knows: all others are new.
    known: HashSet<String>,
}

/// A commit that touched a file.
#[derive(Debug, Clone)]
struct Commit {
    day: Date,
    /// `commit:path`, as git names a file of a commit.
    object: String,
}

impl Past {
    /// Asks git about files (by their paths from the root of the file system).
    pub(super) fn ask<'a>(asked: &Asked, files: impl Iterator<Item = &'a Path>) -> Result<Self, Stop> {
        let mut past = Self::default();
        if asked.since.is_none() && !asked.history {
            return Ok(past);
        }
        let mut roots: Vec<(&Path, Vec<&Path>)> = Vec::new();
        let mut outside = 0;
        let mut known: HashMap<&Path, Option<&Path>> = HashMap::new();
        for file in files {
            let folder = file.parent().unwrap_or(Path::new("/"));
            match known.entry(folder).or_insert_with(|| root_of(folder)) {
                None => outside += 1,
                Some(root) => match roots.iter_mut().find(|(other, _)| other == root) {
                    Some((_, inside)) => inside.push(file),
                    None => roots.push((root, vec![file])),
                },
            }
        }
        if outside > 0 {
            let (lie, their) = if outside == 1 { ("lies", "its") } else { ("lie", "their") };
            let files = count(outside, "file");
            past.notes.push(format!("{files} {lie} outside of any git repository: {their} history is not known"));
        }
        for (root, files) in roots {
            past.repositories.extend(Repository::ask(asked, root.to_owned(), &files, &mut past.notes)?);
        }
        Ok(past)
    }

    fn of<'a>(&'a self, file: &Path) -> Option<(&'a Repository, String)> {
        self.repositories.iter().find_map(|repository| {
            let inside = file.strip_prefix(&repository.root).ok()?;
            Some((repository, slashed(inside)))
        })
    }

    /// Whether files were left out because they did not change, or might have been.
    pub(super) fn compares(&self) -> bool {
        self.repositories.iter().any(|repository| repository.since.is_some())
    }

    /// Whether a file may have changed since the revision: yes, where nobody knows.
    pub(super) fn may_have_changed(&self, file: &Path) -> bool {
        let Some((repository, path)) = self.of(file) else { return true };
        let Some(since) = &repository.since else { return true };
        since.changed.contains_key(&path) || !since.known.contains(&path)
    }

    /// What a file said at the revision, under whatever name; `None` where it is new, or nobody knows.
    pub(super) fn earlier(&self, file: &Path) -> Option<String> {
        let (repository, path) = self.of(file)?;
        let since = repository.since.as_ref()?;
        let then = match since.changed.get(&path) {
            Some(then) => then.clone()?,
            None if since.known.contains(&path) => path,
            None => return None,
        };
        repository.objects.text(&format!("{}:{then}", since.base))
    }

    /// The day of the last commit after which a file said something else, where `is_same` tells whether two texts say
    /// the same.
    pub(super) fn last_change(&self, file: &Path, is_same: impl Fn(&str, &str) -> bool) -> Option<Date> {
        let (repository, path) = self.of(file)?;
        let commits = repository.commits.get(&path)?;
        let mut newer = repository.objects.text(&commits.first()?.object)?;
        for pair in commits.windows(2) {
            let older = repository.objects.text(&pair[1].object)?;
            if !is_same(&older, &newer) {
                return Some(pair[0].day);
            }
            newer = older;
        }
        commits.last().map(|commit| commit.day)
    }
}

impl Repository {
    /// `None` where nothing is to be known; a note says why.
    fn ask(asked: &Asked, root: PathBuf, files: &[&Path], notes: &mut Vec<String>) -> Result<Option<Self>, Stop> {
        let shown = slashed(&root);
        let mut note = |text: String| notes.push(format!("{shown}: {text}"));
        let shallow = match git(&root, ["rev-parse", "--is-shallow-repository"]) {
            Ok(answer) => answer.trim() == "true",
            Err(error) => {
                note(format!("{error}; the history of its files is not known"));
                return Ok(None);
            }
        };
        if git(&root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).is_err() {
            note("there are no commits yet; there is no history to compare with".to_owned());
            return Ok(None);
        }
        let since = match &asked.since {
            Some(revision) => match Since::ask(&root, revision) {
                Ok(since) => Some(since),
                Err(why) if shallow => {
                    note(format!(
                        "{why}; the clone is shallow, fetch more of it (in GitHub Actions: `fetch-depth: 0`)"
                    ));
                    None
                }
                Err(why) => {
                    return Err(Stop::with_help(why, "name a branch, a tag or a commit: --since origin/main"));
                }
            },
            None => None,
        };
        let commits = match (asked.history, shallow) {
            (true, true) => {
                note(
                    "the clone is shallow: when its files last changed is not known (`git fetch --unshallow`)"
                        .to_owned(),
                );
                HashMap::new()
            }
            (true, false) => commits(&root, files).unwrap_or_else(|why| {
                note(format!("{why}; when its files last changed is not known"));
                HashMap::new()
            }),
            (false, _) => HashMap::new(),
        };
        let objects = Objects::new(root.clone());
        Ok(Some(Self { root, since, commits, objects }))
    }
}

impl Since {
    /// Compares with the commit at which the branch left a revision: what others did there since is not this branch's.
    fn ask(root: &Path, revision: &str) -> Result<Self, String> {
        let commit = format!("{revision}^{{commit}}");
        if revision.starts_with('-') {
            return Err(format!("`{revision}` is no revision"));
        }
        git(root, ["rev-parse", "--verify", "--quiet", &commit])
            .map_err(|_| format!("git knows no revision `{revision}`"))?;
        let base = git(root, ["merge-base", "HEAD", &commit])
            .map_err(|_| format!("HEAD and `{revision}` have no commit in common"))?;
        let base = base.trim().to_owned();
        let differences =
            git(root, ["diff", "--name-status", "-z", "-M", "--no-ext-diff", "--ignore-submodules", &base, "--"])?;
        let known = git(root, ["ls-files", "-z"])?;
        let mut changed = HashMap::new();
        let mut fields = differences.split('\0').filter(|field| !field.is_empty());
        while let Some(status) = fields.next() {
            let Some(path) = fields.next() else { break };
            match status.as_bytes().first() {
                Some(b'R' | b'C') => {
                    let Some(now) = fields.next() else { break };
                    changed.insert(now.to_owned(), Some(path.to_owned()));
                }
                Some(b'A') => {
                    changed.insert(path.to_owned(), None);
                }
                _ => {
                    changed.insert(path.to_owned(), Some(path.to_owned()));
                }
            }
        }
        let known = known.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        Ok(Self { base, changed, known })
    }
}

/// The commits that touched each file, newest first, through renames. Merges bring nothing of their own.
fn commits(root: &Path, files: &[&Path]) -> Result<HashMap<String, Vec<Commit>>, String> {
    let paths: Vec<String> = files.iter().filter_map(|file| file.strip_prefix(root).ok()).map(slashed).collect();
    // Renames are found among the files of these endings: naming the files themselves would hide what they were called.
    let endings: HashSet<String> = paths
        .iter()
        .map(|path| path.rsplit_once('.').map_or_else(|| path.clone(), |(_, ending)| format!("*.{ending}")))
        .collect();
    let mut arguments: Vec<String> =
        ["log", "--format=%x1e%H %as", "--name-status", "-z", "-M", "--no-ext-diff", "HEAD", "--"]
            .into_iter()
            .map(str::to_owned)
            .collect();
    arguments.extend(endings.into_iter().map(|ending| format!(":(top,icase){ending}")));
    let log = git(root, &arguments)?;
    // What each file is called at the commit that is read: going back, a rename changes it.
    let mut called: HashMap<String, Vec<String>> = HashMap::new();
    for path in paths {
        called.entry(path.clone()).or_default().push(path);
    }
    let mut found: HashMap<String, Vec<Commit>> = HashMap::new();
    for commit in log.split('\u{1e}').skip(1) {
        let (head, changes) = commit.split_once(['\0', '\n']).unwrap_or((commit, ""));
        let Some((id, day)) = head.split_once(' ') else { continue };
        let Ok(day) = day.trim().parse::<Date>() else { continue };
        let mut renamed = Vec::new();
        let mut fields =
            changes.split('\0').map(|field| field.trim_start_matches('\n')).filter(|field| !field.is_empty());
        while let Some(status) = fields.next() {
            let Some(path) = fields.next() else { break };
            let (then, now) = match status.as_bytes().first() {
                Some(b'R' | b'C') => match fields.next() {
                    Some(now) => (path, now),
                    None => break,
                },
                Some(b'D') => continue,
                _ => (path, path),
            };
            let Some(names) = called.get(now) else { continue };
            for name in names {
                found.entry(name.clone()).or_default().push(Commit { day, object: format!("{id}:{now}") });
            }
            // A copy is a new file: its own history begins here.
            if then != now && status.starts_with('R') {
                renamed.push((then.to_owned(), now.to_owned()));
            }
        }
        for (then, now) in renamed {
            if let Some(names) = called.remove(&now) {
                called.entry(then).or_default().extend(names);
            }
        }
    }
    Ok(found)
}

/// The folder of the repository that a folder lies in.
pub(super) fn root_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| is_root(above))
}

/// Whether a folder is that of a repository: it holds a `.git` (a file in a worktree).
pub(super) fn is_root(folder: &Path) -> bool {
    folder.join(".git").exists()
}

/// Runs git without pager, locks and monitors. What it writes, or why it failed.
fn git<S: AsRef<OsStr>>(root: &Path, arguments: impl IntoIterator<Item = S>) -> Result<String, String> {
    let output = command(root).args(arguments).stdin(Stdio::null()).output().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "git is not installed".to_owned(),
        _ => format!("git cannot be run: {error}"),
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("git failed").trim();
        return Err(first.strip_prefix("fatal: ").unwrap_or(first).to_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Git in a repository.
pub(super) fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(root)
        .args([
            "--no-pager",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.quotePath=false",
            "-c",
            "log.showSignature=false",
        ])
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE");
    command
}
