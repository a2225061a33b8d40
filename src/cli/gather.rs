//! What a rule must know of the outside: today, and which link targets are there. Asked between reading and checking.

use std::path::Path;
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};

use crate::cli::git::root_of;
use crate::cli::stop::Stop;
use crate::reading::Reading;
use crate::span::Span;
use crate::values::url;

/// The day on which documents are judged or dated: the one that `--today` names, else today.
pub(super) fn day(asked: Option<&str>) -> Result<Option<Date>, Stop> {
    let Some(day) = asked else { return Ok(today()) };
    day.parse().map(Some).map_err(|_| Stop::with_help(format!("`{day}` is no date"), "write it as 2026-01-31"))
}

/// Today, where the user is.
pub(super) fn today() -> Option<Date> {
    Some(now()?.to_zoned(TimeZone::system()).date())
}

/// Today at UTC+14, where each day begins first: no date that is right somewhere on earth lies in the future.
pub(super) fn newest_day() -> Option<Date> {
    Some(offset(14).to_datetime(now()?).date())
}

fn now() -> Option<Timestamp> {
    SystemTime::now().try_into().ok()
}

/// The links of a document that lead to files that are not there. `folder` is the one that the document lies in,
/// `root` the one that links like `/guide.md` start from, where it is known.
pub(super) fn missing_targets(reading: &Reading, folder: &Path, root: Option<&Path>) -> Vec<Span> {
    let missing = |target: &str| match path_of(target)? {
        path if path.starts_with('/') => Some(!exists(root?, path.trim_start_matches('/'))),
        path => Some(!exists(folder, &path) && !leaves_repository(folder, &path)),
    };
    let links = reading.document.links.iter();
    links.filter(|link| missing(&link.target) == Some(true)).map(|link| link.span).collect()
}

/// The path in a link target, where it is one that can be looked for; one that starts with `/` is rooted at the site.
fn path_of(target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let scheme = target.find([':', '/']).is_some_and(|at| target.as_bytes()[at] == b':' && is_scheme(&target[..at]));
    let made_later = target.contains(['{', '<']) || target == "...";
    // A host is no folder.
    let rooted = target.starts_with("//") || target.starts_with(['\\', '~']);
    if target.is_empty() || scheme || rooted || made_later {
        return None;
    }
    Some(url::decoded(target).into_owned())
}

/// `mailto`, `https`, `c`: but not `main.tf`, for `main.tf:12` is a line of a file.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'))
}

fn exists(folder: &Path, path: &str) -> bool {
    let there = |path: &str| folder.join(path).exists();
    there(path) || without_line(path).is_some_and(there) || page(path).is_some_and(|page| there(&page))
}

/// The document behind the page that a site generator makes of it: `guide.md` behind `guide` and `guide.html`.
fn page(path: &str) -> Option<String> {
    let stem = path.strip_suffix(".html").unwrap_or(path);
    let name = stem.rsplit('/').next().unwrap_or(stem);
    (!name.is_empty() && !name.contains('.')).then(|| format!("{stem}.md"))
}

/// Whether a path climbs out of the repository: `../../issues/4` leads to a page of the host, not to a file.
fn leaves_repository(folder: &Path, path: &str) -> bool {
    let Some(below) = root_of(folder).and_then(|root| folder.strip_prefix(root).ok()) else { return false };
    let mut left = below.components().count();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match (part, left) {
            ("..", 0) => return true,
            ("..", _) => left -= 1,
            _ => left += 1,
        }
    }
    false
}

/// `main.tf` of `main.tf:12` and `main.tf:12:3`.
fn without_line(path: &str) -> Option<&str> {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let (before, _) = path.rsplit_once(':').filter(|(_, last)| number(last))?;
    Some(before.rsplit_once(':').filter(|(_, line)| number(line)).map_or(before, |(file, _)| file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_paths_are_looked_for() {
        for (target, expected) in [
            ("./a%20b.md#top", Some("./a b.md")),
            ("../x.md?plain=1#L10", Some("../x.md")),
            ("main.tf:12", Some("main.tf:12")),
            ("100%.md", Some("100%.md")),
            ("https://example.com/a.md", None),
            ("mailto:ops@example.com", None),
            ("//host/a.md", None),
            ("/guide/a.md", Some("/guide/a.md")),
            ("#anchor", None),
            ("{{ site.url }}/a.md", None),
            ("{url}", None),
            ("...", None),
            ("..", Some("..")),
            ("", None),
        ] {
            assert_eq!(path_of(target).as_deref(), expected, "{target}");
        }
        assert_eq!(without_line("main.tf:12:3"), Some("main.tf"));
        assert_eq!(without_line("main.tf:12"), Some("main.tf"));
        assert_eq!(without_line("main.tf"), None);
    }

    #[test]
    fn a_page_has_a_document_behind_it() {
        for (path, expected) in [
            ("./guide", Some("./guide.md")),
            ("a/guide.html", Some("a/guide.md")),
            ("../guide.md", None),
            ("v1.2", None),
            ("guides/", None),
        ] {
            assert_eq!(page(path).as_deref(), expected, "{path}");
        }
    }
}
