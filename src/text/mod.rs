//! Words: normal names, similarity, "did you mean", plurals and lists.

pub mod letters;

use std::borrow::{Borrow, Cow};

use crate::text::letters::Letters;

/// The form in which names are compared: lower case, no number in front, no emoji, no emphasis, no `{#id}`, no
/// trailing parentheses; `&` is `and`; blanks, hyphens, underscores and slashes are one blank.
///
/// ```
/// assert_eq!(infralint::text::normal("**Rules & Constraints** (REQUIRED)"), "rules and constraints");
/// assert_eq!(infralint::text::normal("Pre-deployment  Checklist {#check}"), "pre deployment checklist");
/// ```
pub fn normal(name: &str) -> String {
    folded(strip_notes(name))
}

/// [`normal`] of a name without notes.
fn folded(name: &str) -> String {
    if is_plain(name) {
        return name.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    let mut rest = name;
    loop {
        let word = rest.bytes().position(|byte| !IN_WORD[usize::from(byte)]).unwrap_or(rest.len());
        if word > 0 {
            close_gap(&mut gap, &mut out);
            out.push_str(&rest[..word]);
        }
        let mut behind = rest[word..].chars();
        let Some(c) = behind.next() else { break };
        rest = behind.as_str();
        match c {
            ' ' | '\t' | '\n' | '\r' | '-' | '/' | '_' | '\u{a0}' | '–' | '‑' => gap = true,
            '*' | '`' | '~' | '"' => {}
            '&' => {
                gap = true;
                close_gap(&mut gap, &mut out);
                out.push_str("and");
                gap = true;
            }
            c if is_symbol(c) => gap = true,
            c => {
                close_gap(&mut gap, &mut out);
                out.extend(c.to_lowercase());
            }
        }
    }
    out.make_ascii_lowercase();
    let kept = out.trim_end_matches([':', '.', ' ']).len();
    out.truncate(kept);
    out
}

/// One blank before what comes next, unless it is the first.
fn close_gap(gap: &mut bool, out: &mut String) {
    if std::mem::take(gap) && !out.is_empty() {
        out.push(' ');
    }
}

/// By byte: ASCII that stands for itself in a name, but for its case.
const IN_WORD: [bool; 256] = {
    let mut in_word = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        in_word[byte as usize] =
            !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'-' | b'/' | b'_' | b'*' | b'`' | b'~' | b'"' | b'&');
        byte += 1;
    }
    in_word
};

/// Whether a name is all ASCII letters, digits and single blanks, as most are: then only its case is not [`normal`].
pub fn is_plain(name: &str) -> bool {
    let mut before = b' ';
    for &byte in name.as_bytes() {
        if !byte.is_ascii_alphanumeric() && (byte != b' ' || before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' ' || name.is_empty()
}

/// Whether a name has this [`normal`] form. Most names are plain, and nothing is copied.
pub fn is_named(name: &str, normal: &str) -> bool {
    if differ_at_once(name, normal) {
        return false;
    }
    if same_but_for_case(name, normal) {
        return true;
    }
    let bare = strip_notes(name);
    if is_plain(bare) { same_but_for_case(bare, normal) } else { folded(bare) == normal }
}

/// Whether a name is another one but for its case, at most. Most letters are the same, and cost no look at it.
pub(crate) fn same_but_for_case(name: &str, other: &str) -> bool {
    let mut letters = name.bytes().zip(other.bytes());
    name.len() == other.len() && letters.all(|(one, other)| one == other || one.eq_ignore_ascii_case(&other))
}

/// Whether a name surely has another [`normal`] form: one look at the first letters, which keep their place.
pub fn differ_at_once(name: &str, normal: &str) -> bool {
    let first = name.as_bytes().first().filter(|first| first.is_ascii_alphanumeric());
    first.is_some_and(|first| normal.as_bytes().first() != Some(&first.to_ascii_lowercase()))
}

/// Without a trailing `{#id}` and trailing parentheses, unless nothing else is left.
fn strip_notes(name: &str) -> &str {
    let mut rest = name.trim();
    if rest.ends_with('}')
        && let Some(open) = rest.rfind("{#")
    {
        rest = rest[..open].trim_end();
    }
    loop {
        // Mostly nothing stands behind the last word.
        if rest.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric) {
            return rest;
        }
        let bare = rest.trim_end_matches(['*', '_', ' ', ':']);
        let open = match bare.chars().next_back() {
            Some(')') => bare.rfind('('),
            Some('）') => bare.rfind('（'),
            _ => None,
        };
        match open.map(|open| bare[..open].trim_end()) {
            Some(shorter) if shorter.contains(|c| !matches!(c, '*' | '_' | ' ')) => rest = shorter,
            _ => return rest,
        }
    }
}

/// Emoji and the like: symbols that decorate a name without being part of it.
pub fn is_symbol(c: char) -> bool {
    matches!(c,
        '\u{200d}' | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{e0020}'..='\u{e007f}')
}

/// The text in lower case: nothing is copied where it is so already.
pub fn lower(text: &str) -> Cow<'_, str> {
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// How alike two normal names are: 1.0 is equal. Counts edits (a swap of two neighbours is one).
pub fn similarity(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}

/// The candidate nearest to `word`, where one is near enough to be meant: at most one edit in three characters.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let letters = Letters::of(&word);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let others = Letters::of(&lower);
            let begins = letters.length >= 3 && (lower.starts_with(&word) || word.starts_with(&lower));
            // Edits are dear to count, and most candidates have too many other letters.
            if !begins && !letters.may_be_alike(others, 66) {
                return None;
            }
            let edits = strsim::damerau_levenshtein(&word, &lower);
            let near = begins || edits * 3 <= letters.length.max(others.length) as usize;
            near.then_some((edits, candidate))
        })
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, candidate)| candidate)
}

/// ``did you mean `near`?``, where a candidate is near enough to be meant, else what `otherwise` says.
pub fn did_you_mean_or<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    did_you_mean(word, candidates).map_or_else(otherwise, |near| format!("did you mean `{near}`?"))
}

/// `1 cell`, `2 cells`. `one` is the singular; its plural adds an `s` (or `ies` for a `y` behind a consonant).
pub fn count(number: usize, one: &str) -> String {
    format!("{} {}", number, plural(number, one))
}

/// The singular or the plural of a word.
pub fn plural(number: usize, one: &str) -> Cow<'_, str> {
    if number == 1 {
        return Cow::Borrowed(one);
    }
    match one.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => Cow::Owned(format!("{stem}ies")),
        _ if one.ends_with(['s', 'x']) => Cow::Owned(format!("{one}es")),
        _ => Cow::Owned(format!("{one}s")),
    }
}

/// `a version`, `an address`.
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// `is` of one, `are` of any other number.
pub fn are(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

/// `` `a`, `b` or `c` ``: names in backticks, the last one joined with `word`.
pub fn list<S: AsRef<str>>(names: &[S], word: &str) -> String {
    joined(&quoted(names), word)
}

/// `` `a`, `b` and 3 more ``: the same of so many names at most.
pub fn list_some<S: AsRef<str>>(names: &[S], most: usize) -> String {
    match names.get(..most) {
        Some(first) if names.len() > most => format!("{} and {} more", quoted(first).join(", "), names.len() - most),
        _ => list(names, "and"),
    }
}

/// `a, b and c`: parts of a sentence, the last one joined with `word`.
pub fn joined<S: Borrow<str>>(parts: &[S], word: &str) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => format!("{} {word} {}", first.join(", "), last.borrow()),
        _ => parts.concat(),
    }
}

fn quoted<S: AsRef<str>>(names: &[S]) -> Vec<String> {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_decoration() {
        for (written, expected) in [
            ("Overview", "overview"),
            ("📊 SLA Targets", "sla targets"),
            ("CI/CD Pipeline", "ci cd pipeline"),
            ("Backup & Recovery", "backup and recovery"),
            ("**Staging** Environment", "staging environment"),
            ("Response Time (p95)", "response time"),
            ("(REQUIRED)", "(required)"),
            ("RPO（目標復旧時点）", "rpo"),
            ("Auto-scaling", "auto scaling"),
            ("Vue d'ensemble", "vue d'ensemble"),
            ("Total:", "total"),
            ("", ""),
        ] {
            assert_eq!(normal(written), expected, "{written}");
        }
    }

    #[test]
    fn only_what_is_near_is_meant() {
        let names = ["missing-section", "renamed-section", "wrong-number"];
        assert_eq!(did_you_mean("mising-section", names), Some("missing-section"));
        assert_eq!(did_you_mean("wrong", names), Some("wrong-number"));
        assert_eq!(did_you_mean("banana", names), None);
    }

    #[test]
    fn plurals_and_lists_read_as_english() {
        assert_eq!(count(1, "entry"), "1 entry");
        assert_eq!(count(0, "entry"), "0 entries");
        assert_eq!(count(2, "day"), "2 days");
        assert_eq!(list(&["Draft", "Review", "Approved"], "or"), "`Draft`, `Review` or `Approved`");
        assert_eq!(list_some(&["a", "b", "c"], 3), "`a`, `b` and `c`");
        assert_eq!(list_some(&["a", "b", "c", "d"], 2), "`a`, `b` and 2 more");
        assert_eq!([joined(&["a"], "and"), joined::<&str>(&[], "and")], ["a", ""]);
    }
}
