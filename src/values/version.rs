//! Versions, by the letter of <https://semver.org>.

use std::cmp::Ordering;

use semver::Version;

/// The version that a text is, exactly: `1.2.3`, `1.2.3-rc.1`.
pub fn parse(text: &str) -> Option<Version> {
    Version::parse(text.trim()).ok()
}

/// The version that a text means, though it is not written as one: `v1.2.0`, `1.2`, `Version 1.2.0`, `**1.2.0**`.
/// `None` where words follow it, for nobody knows what they say about it.
pub fn recognise(text: &str) -> Option<Version> {
    // Mostly it is one to the letter.
    if let Some(version) = parse(text) {
        return Some(version);
    }
    let bare = text.trim().trim_matches(['*', '_', '`', '"', '\'', '(', ')', '[', ']', ' ']);
    let bare = ["version", "ver.", "v.", "v"]
        .into_iter()
        .find_map(|word| strip_prefix_ignoring_case(bare, word))
        .unwrap_or(bare)
        .trim_start();
    if let Some(version) = parse(bare) {
        return Some(version);
    }
    let parts: Vec<u64> = bare.split('.').map(number).collect::<Option<_>>()?;
    match parts[..] {
        [major, minor] => Some(Version::new(major, minor, 0)),
        [major, minor, patch] => Some(Version::new(major, minor, patch)),
        _ => None,
    }
}

/// Which of two versions is the greater one; what stands behind a `+` says nothing.
pub fn compare(one: &Version, other: &Version) -> Ordering {
    one.cmp_precedence(other)
}

fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_letter_of_semver_is_a_version() {
        assert_eq!(parse(" 1.2.3 "), Some(Version::new(1, 2, 3)));
        assert!(parse("1.2.3-rc.1+build.7").is_some());
        for text in ["1.2", "v1.2.3", "1.02.3", "1.2.3.4", "", "1.2.3 (draft)"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_means_a_version_is_recognised() {
        for text in ["v1.2.0", "1.2", "V 1.2", "Version 1.2.0", "`1.2.0`", "1.02.00"] {
            assert_eq!(recognise(text), Some(Version::new(1, 2, 0)), "{text}");
        }
        for text in ["2", "one", "1.2.3.4", "1.0 - Production Ready", "v", "1..2", "1.2 (Rewritten)", "２.0"] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    #[test]
    fn versions_are_compared_by_number_and_release() {
        let less = |one: &str, other: &str| {
            let (one, other) = (recognise(one).expect("a version"), recognise(other).expect("a version"));
            assert_eq!(compare(&one, &other), Ordering::Less);
            assert_eq!(compare(&other, &one), Ordering::Greater);
        };
        less("1.9.0", "1.10.0");
        less("1.0.0-rc.1", "1.0.0");
        assert_eq!(
            compare(&parse("1.0.0+a").expect("a version"), &parse("1.0.0+b").expect("a version")),
            Ordering::Equal
        );
    }
}
