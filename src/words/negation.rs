//! How a label says that something is not there, in the languages that labels are written in. Grammar, not vocabulary:
//! templates need not repeat it.

use super::Place;
use super::texts::{Boundary, Texts};
use super::vocabulary::{Means, Pattern};

/// What follows is not there.
pub(super) const BEFORE: &[&str] = &[
    "no",
    "is no",
    "are no",
    "has no",
    "have no",
    "with no",
    "there is no",
    "not",
    "not yet",
    "without",
    "w/o",
    "lacks",
    "lacking",
    "missing",
    "instead of",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keines",
    "ohne",
    "fehlt",
    "sans",
    "pas de",
    "aucun",
    "aucune",
    "sin",
    "sem",
    "não há",
    "senza",
    "niente",
    "geen",
    "zonder",
    "без",
    "нет",
    "没有",
    "無",
    "无",
    "暂无",
    "不使用",
    "없는",
];

/// What stands before is not there.
pub(super) const BEHIND: &[&str] = &[
    "none",
    "n/a",
    "nope",
    "absent",
    "disabled",
    "not used",
    "unused",
    "not needed",
    "not required",
    "not applicable",
    "not available",
    "not deployed",
    "not deployed yet",
    "not yet",
    "not yet deployed",
    "not present",
    "not configured",
    "not enabled",
    "not implemented",
    "not in use",
    "not planned",
    "nicht vorhanden",
    "entfällt",
    "ninguno",
    "ninguna",
    "nenhum",
    "nenhuma",
    "nessuno",
    "なし",
    "無し",
    "無効",
    "未導入",
    "未使用",
    "不要",
    "未部署",
    "未启用",
    "없음",
    "미사용",
];

/// Words between a negation and the last phrase that it can still reach: "no dedicated managed cache".
const REACH: usize = 3;

/// Marks the phrases that a text denies.
pub(super) fn mark(patterns: &[Pattern], texts: &Texts, places: &mut [Place]) {
    for index in 0..places.len() {
        let looks_back = match patterns[places[index].pattern].means {
            Means::Words(_) => continue,
            // "Cache: no"
            Means::Negates => !deny_what_follows(texts, index, places),
            Means::Denied => true,
        };
        if looks_back
            && let Some(before) = index.checked_sub(1)
            && denies(texts, &places[before], &places[index])
        {
            places[before].negated = true;
        }
    }
}

/// Marks what a word of negation says no to; whether there is anything.
fn deny_what_follows(texts: &Texts, index: usize, places: &mut [Place]) -> bool {
    let place = places[index];
    let mut next = place.next;
    let mut words = 0;
    let mut reaches = false;
    for other in &mut places[index + 1..] {
        let Some(between) = words_between(texts, next, other.word) else { break };
        words += between;
        if words > REACH || !opens(texts, &place) {
            break;
        }
        other.negated = true;
        next = other.next;
        reaches = true;
    }
    reaches
}

/// Whether a word of negation says no to what follows: a bare "no" only where a clause begins, for in other languages it
/// is a preposition.
fn opens(texts: &Texts, place: &Place) -> bool {
    let word = texts.slice(place.start, place.end);
    let is_short = word == "no" || word.chars().nth(1).is_none();
    !is_short || texts.word(place.word).before >= Boundary::Line
}

/// How many words stand before the last of these; `None` where a clause ends.
fn words_between(texts: &Texts, first: usize, last: usize) -> Option<usize> {
    let mut words = 0;
    for word in &texts.words[first..=last] {
        match word.before {
            Boundary::None => {}
            Boundary::Clause | Boundary::Text => return None,
            _ => words += 1,
        }
    }
    Some(words)
}

/// Whether words follow at once what stands before them, and end their clause.
fn denies(texts: &Texts, before: &Place, place: &Place) -> bool {
    let next = texts.word(place.next);
    texts.letters[before.end..place.start].iter().all(u8::is_ascii_digit)
        && texts.words[before.next..=place.word].iter().all(|word| word.before != Boundary::Text)
        && next.start as usize == place.end
        && next.before >= Boundary::Line
}

/// How a paragraph begins that says that there is nothing to list.
const NONE: &[&str] = &[
    "none",
    "n/a",
    "nothing",
    "no open",
    "no questions",
    "no outstanding",
    "no unresolved",
    "no pending",
    "there are none",
    "there are no",
    "there are currently no",
    "currently none",
    "currently no",
    "keine",
    "derzeit keine",
    "zurzeit keine",
    "es gibt keine",
    "ninguna",
    "ninguno",
    "no hay",
    "aucune",
    "aucun",
    "nessuna",
    "nenhuma",
    "geen",
    "нет",
    "なし",
    "特になし",
    "無し",
    "无",
    "暂无",
    "没有",
    "없음",
];

/// The longest such paragraph, in words.
const SHORT: usize = 8;

/// Whether a paragraph says that there is nothing to list: "None.", "No open questions at this time."
pub fn says_none(paragraph: &str) -> bool {
    let text = paragraph.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let begins =
        |phrase: &&str| text.strip_prefix(*phrase).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    text.split_whitespace().count() <= SHORT && !text.contains('?') && NONE.iter().any(begins)
}

/// Words on an arrow that say that nothing goes along it.
const FORBIDS: &[&str] =
    &["no", "not", "never", "blocked", "blocks", "denied", "deny", "forbidden", "✗", "✘", "❌", "⛔", "🚫"];

/// Whether the label of an arrow says that nothing goes along it.
pub fn forbids(label: &str) -> bool {
    label
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '"'))
        .any(|word| FORBIDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_may_say_that_there_is_nothing() {
        for text in ["None.", "*None*", "No open questions.", "Keine.", "Keine offenen Fragen.", "なし", "（なし）"]
        {
            assert!(says_none(text), "{text}");
        }
        for text in ["", "No one knows how to scale the database.", "Nonetheless", "None? Ask Ada.", "Who pays?"] {
            assert!(!says_none(text), "{text}");
        }
    }
}
