//! Writes files whole or not at all: whoever reads one sees the old text or the new one, even when we are killed in
//! between. What a killed run leaves behind, a later one removes.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::{Builder, NamedTempFile};

use crate::cli::discover::slashed;
use crate::cli::stop::Stop;

/// What the names of our temporary files begin with; the number of the process and a random part follow.
const PREFIX: &str = ".infralint-";
const SUFFIX: &str = ".tmp";

/// A temporary file of this age belongs to nobody any more, where the system does not say whether its process lives.
const STALE: Duration = Duration::from_secs(60);

/// A file that we wrote, and when: whoever writes it later gives it another time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    real: PathBuf,
    modified: Option<SystemTime>,
}

impl Written {
    fn new(real: PathBuf, metadata: io::Result<Metadata>) -> Self {
        Self { real, modified: metadata.and_then(|metadata| metadata.modified()).ok() }
    }

    /// Whether this is the file, and nobody has written it since.
    pub(super) fn is_still(&self, path: &Path) -> bool {
        let now = fs::canonicalize(path).map(|real| Self::new(real, fs::metadata(path)));
        self.modified.is_some() && now.is_ok_and(|now| now == *self)
    }
}

/// Replaces the text of a file: `old` is what was read from it. Symbolic links stay, and so do permissions and, where
/// we may, the owner.
pub(super) fn replace(path: &Path, old: &str, new: &str) -> io::Result<Written> {
    let real = fs::canonicalize(path)?;
    let metadata = fs::metadata(&real)?;
    if metadata.permissions().readonly() {
        return Err(io::Error::other("it is read-only"));
    }
    let temporary = beside(&real, new)?;
    dress(temporary.as_file(), &metadata)?;
    // An editor may have saved it in the meantime, and another path of this run may lead to the same file.
    let now = fs::read(&real)?;
    if now == new.as_bytes() {
        return Ok(Written::new(real, Ok(metadata)));
    }
    if now != old.as_bytes() {
        return Err(io::Error::other("it changed while it was being fixed; run again"));
    }
    let file = temporary.persist(&real).map_err(|failed| failed.error)?;
    Ok(Written::new(real, file.metadata()))
}

/// Writes a file that is not there yet. Fails with [`io::ErrorKind::AlreadyExists`] where it is.
pub(super) fn create(path: &Path, text: &str) -> io::Result<()> {
    // A link that leads nowhere is there, too.
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let temporary = beside(path, text)?;
    temporary.persist_noclobber(path).map_err(|failed| failed.error)?;
    Ok(())
}

/// Writes what a command made into a file that is not there yet; `instead` is the help where it is.
pub(super) fn fresh(path: &Path, text: &str, instead: impl Into<String>) -> Result<(), Stop> {
    let place = slashed(path);
    create(path, text).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Stop::with_help(format!("{place} is there already, and is not written over"), instead)
        }
        _ => unwritten(&place, &error),
    })
}

/// That something cannot be written. `place` is the file as it is shown.
pub(super) fn unwritten(place: &str, error: &io::Error) -> Stop {
    Stop::new(format!("cannot write {place}: {}", why_unwritten(error)))
}

/// Why something cannot be written, in our words where it is usual.
pub(super) fn why_unwritten(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it or its folder may not be written (permission denied)".to_owned(),
        io::ErrorKind::AlreadyExists => "it is there already".to_owned(),
        _ => error.to_string(),
    }
}

/// A temporary file with this text, in the folder of `path`: a rename is atomic within one file system only.
fn beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    let prefix = format!("{PREFIX}{}-", std::process::id());
    builder.prefix(&prefix).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's mask leaves of it: a new document is no secret.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(text.as_bytes())?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

/// Gives a file the owner and the permissions of another. The owner is a wish: only root can fulfil it.
fn dress(file: &File, like: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (like.uid(), like.gid()) {
            let _ = fchown(file, Some(like.uid()), Some(like.gid())).or_else(|_| fchown(file, None, Some(like.gid())));
        }
    }
    file.set_permissions(like.permissions())
}

/// Removes the temporary files that killed runs have left in the folders of these files.
pub(super) fn sweep<'a>(paths: impl IntoIterator<Item = &'a Path>) {
    let real = paths.into_iter().filter_map(|path| fs::canonicalize(path).ok());
    let folders: BTreeSet<PathBuf> = real.filter_map(|path| path.parent().map(Path::to_owned)).collect();
    for folder in folders {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if let Some(process) = name.to_str().and_then(process_of)
                && is_stray(process, &entry.path())
            {
                // Another run may have removed it already.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The process that a temporary file of ours belongs to.
fn process_of(name: &str) -> Option<u32> {
    let (process, random) = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.split_once('-')?;
    let is_random = !random.is_empty() && random.bytes().all(|byte| byte.is_ascii_alphanumeric());
    process.parse().ok().filter(|_| is_random)
}

/// Whether its process is gone. Where the system does not tell, its age decides.
fn is_stray(process: u32, path: &Path) -> bool {
    if process == std::process::id() {
        return false;
    }
    if Path::new("/proc/self").exists() {
        return !Path::new("/proc").join(process.to_string()).exists();
    }
    let age =
        fs::metadata(path).and_then(|metadata| metadata.modified()).map(|time| SystemTime::now().duration_since(time));
    matches!(age, Ok(Ok(age)) if age > STALE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_temporary_files_are_known() {
        assert_eq!(process_of(".infralint-4711-aB3xY9.tmp"), Some(4711));
        for other in [
            ".infralint-notes.tmp",
            ".infralint-12-.tmp",
            ".infralint-12-a.md",
            "infralint-12-a.tmp",
            ".infralint-12-a b.tmp",
        ] {
            assert_eq!(process_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_file_that_changed_in_between_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "saved by the editor").expect("it can be written");
        assert!(replace(&path, "as it was read", "mended").is_err());
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "saved by the editor");
        assert!(create(&path, "new").is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no temporary file is left");
    }
}
