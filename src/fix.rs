//! Changes of a text that mend a finding.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::span::Span;

/// How sure a fix is. Ordered: what is allowed is compared with `fix.safety >= allowed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Shown, never written.
    Suggest,
    /// May change what the document says: written with `--unsafe-fixes`.
    Unsafe,
    /// Changes the form only: written with `--fix`.
    Safe,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What goes; empty where the text is only inserted.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// What mends a finding.
///
/// *Invariant:* edits are sorted and do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// How sure it is.
    pub safety: Safety,
    /// Sorted and disjoint.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix of several edits, in any order. `None` where two of them overlap.
    pub fn new(safety: Safety, mut edits: Vec<Edit>) -> Option<Self> {
        edits.sort();
        let apart = edits.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start());
        apart.then_some(Self { safety, edits })
    }

    /// A fix that replaces one span.
    pub fn replace(safety: Safety, span: Span, text: impl Into<String>) -> Self {
        Self { safety, edits: vec![Edit { span, text: text.into() }] }
    }

    /// The same fix for a text with other line ends, and with a byte order mark: nothing is written in front of that.
    ///
    /// Rules write `\n`, and the engine makes of it what the document has.
    #[must_use]
    pub(crate) fn adapted(mut self, line_end: &str, start: usize) -> Self {
        for edit in &mut self.edits {
            if line_end != "\n" && edit.text.contains('\n') {
                edit.text = edit.text.replace("\r\n", "\n").replace('\n', line_end);
            }
            if edit.span.start() < start {
                edit.span = Span::new(start, edit.span.end().max(start));
            }
        }
        self
    }

    /// A fix that inserts before byte `offset` of the document.
    pub(crate) fn insert(safety: Safety, offset: usize, text: impl Into<String>) -> Self {
        Self::replace(safety, Span::at(offset), text)
    }
}

/// Applies fixes to a text, in the order given. A fix that touches what an earlier one changes is left for the next
/// round. Returns the new text, and how many fixes went in.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> (String, usize) {
    let mut merged = Merged::default();
    let count = fixes.into_iter().filter(|fix| merged.take(fix)).count();
    (merged.write(text), count)
}

/// The edits of several fixes that do not touch each other.
///
/// *Invariant:* edits of different fixes have at least one byte between them; those of one fix are disjoint.
#[derive(Default)]
pub(crate) struct Merged<'a> {
    /// By place, and by arrival where two of one fix insert at the same place.
    edits: BTreeMap<(Span, usize), &'a Edit>,
}

impl<'a> Merged<'a> {
    /// Takes all edits of a fix, or none where one of them touches what is taken already.
    pub(crate) fn take(&mut self, fix: &'a Fix) -> bool {
        if fix.edits.is_empty() || !fix.edits.iter().all(|edit| self.is_free(edit.span)) {
            return false;
        }
        for edit in &fix.edits {
            self.edits.insert((edit.span, self.edits.len()), edit);
        }
        true
    }

    /// Whether nothing that is taken touches a span. The edits are disjoint, so the last one that begins at or before
    /// its end is also the one that reaches furthest.
    fn is_free(&self, span: Span) -> bool {
        let before = self.edits.range(..=(Span::new(span.end(), u32::MAX as usize), usize::MAX)).next_back();
        before.is_none_or(|((other, _), _)| other.end() < span.start())
    }

    /// The text with all edits made.
    pub(crate) fn write(&self, text: &str) -> String {
        let added: usize = self.edits.values().map(|edit| edit.text.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut at = 0;
        for edit in self.edits.values() {
            out.push_str(&text[at..edit.span.start()]);
            out.push_str(&edit.text);
            at = edit.span.end();
        }
        out.push_str(&text[at..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixes_that_touch_each_other_wait_for_the_next_round() {
        let first = Fix::replace(Safety::Safe, Span::new(2, 4), "XX");
        let touching = Fix::replace(Safety::Safe, Span::new(4, 5), "Y");
        let apart = Fix::insert(Safety::Unsafe, 0, "> ");
        assert_eq!(apply("abcdef", [&first, &touching, &apart]), ("> abXXef".to_owned(), 2));
    }

    #[test]
    fn edits_of_one_fix_may_touch_and_stand_at_one_place() {
        let insert = |text: &str| Edit { span: Span::at(1), text: text.to_owned() };
        let edits = vec![insert("x"), insert("x"), Edit { span: Span::new(1, 2), text: String::new() }];
        let fix = Fix::new(Safety::Safe, edits).expect("nothing overlaps");
        let inside = Fix::insert(Safety::Safe, 2, "y");
        assert_eq!(apply("abc", [&fix, &inside]), ("axxc".to_owned(), 1));
    }

    #[test]
    fn a_hundred_thousand_edits_come_in_any_order() {
        let text = "ab".repeat(100_000);
        let fixes: Vec<Fix> =
            (0..100_000).rev().map(|at| Fix::replace(Safety::Safe, Span::new(at * 2, at * 2 + 1), "x")).collect();
        let (mended, count) = apply(&text, &fixes);
        assert_eq!((count, mended), (100_000, "xb".repeat(100_000)));
    }

    #[test]
    fn a_fix_takes_the_line_ends_of_the_text_and_leaves_its_byte_order_mark() {
        let fix = Fix::insert(Safety::Safe, 0, "# T\n").adapted("\r\n", 3);
        assert_eq!(apply("\u{feff}a\r\n", [&fix]).0, "\u{feff}# T\r\na\r\n");
    }
}
