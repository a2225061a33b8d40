//! Globs of configuration files: relative to the folder of the file that holds them.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::described::At;

/// Globs, each relative to its folder.
#[derive(Debug, Clone, Default)]
pub(super) struct Globs {
    sets: Vec<(PathBuf, GlobSet)>,
}

impl Globs {
    /// Compiles globs. `folders` are those of the sources that the globs stand in.
    ///
    /// # Errors
    ///
    /// The globs that are none, and why.
    pub(in crate::cli) fn new<'a>(
        globs: &'a [At<String>],
        folders: &[PathBuf],
    ) -> Result<Self, Vec<(&'a At<String>, String)>> {
        let mut sets = Vec::new();
        let mut wrong = Vec::new();
        for (index, folder) in folders.iter().enumerate() {
            let mut builder = GlobSetBuilder::new();
            let mut any = false;
            for glob in globs.iter().filter(|glob| usize::from(glob.origin.source) == index) {
                match GlobBuilder::new(&anchored(&glob.value)).literal_separator(true).build() {
                    Ok(built) => {
                        builder.add(built);
                        any = true;
                    }
                    Err(error) => wrong.push((glob, error.kind().to_string())),
                }
            }
            if let (true, Ok(set)) = (any, builder.build()) {
                sets.push((folder.clone(), set));
            }
        }
        if wrong.is_empty() { Ok(Self { sets }) } else { Err(wrong) }
    }

    /// Whether a path, or a folder that it lies in, matches.
    pub(in crate::cli) fn matches(&self, path: &Path) -> bool {
        self.sets.iter().any(|(folder, set)| {
            path.strip_prefix(folder).is_ok_and(|below| {
                below.ancestors().filter(|part| !part.as_os_str().is_empty()).any(|part| set.is_match(part))
            })
        })
    }
}

/// A glob without `/` matches at any depth; one that ends with `/` names a folder.
fn anchored(glob: &str) -> String {
    let bare = glob.strip_prefix("./").unwrap_or(glob).trim_end_matches('/');
    if bare.contains('/') { bare.to_owned() } else { format!("**/{bare}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Origin;
    use crate::span::Span;

    #[test]
    fn globs_name_files_and_folders() {
        let origin = Origin { source: 0, span: Span::default() };
        let at = |glob: &str| At { value: glob.to_owned(), origin };
        let matches = |glob: &str, path: &str| {
            let globs = [at(glob)];
            let globs = Globs::new(&globs, &[PathBuf::from("/repo")]).expect("a glob");
            globs.matches(&Path::new("/repo").join(path))
        };
        assert!(matches("*.draft.md", "docs/a.draft.md"));
        assert!(matches("docs/*.md", "docs/a.md"));
        assert!(!matches("docs/*.md", "docs/deep/a.md"));
        assert!(!matches("docs/*.md", "other/docs/a.md"));
        assert!(matches("docs/**/*.md", "docs/deep/a.md"));
        assert!(matches("vendor/", "a/vendor/b/c.md"));
        assert!(matches("./third/party", "third/party/c.md"));
        assert!(matches("{a,b}.md", "x/b.md"));
        assert!(!matches("a.md", "/elsewhere/a.md"));
        assert!(Globs::new(&[at("a[")], &[PathBuf::new()]).is_err());
    }
}
