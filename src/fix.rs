//! Changes of a text that mend a finding.

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

    /// A fix that inserts before byte `offset` of the document.
    pub(crate) fn insert(safety: Safety, offset: usize, text: impl Into<String>) -> Self {
        Self::replace(safety, Span::at(offset), text)
    }
}

/// Applies fixes to a text, in the order given. A fix that touches what an earlier one changes is left for the next
/// round. Returns the new text, and how many fixes went in.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> (String, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for fix in fixes {
        let fits = |edit: &Edit| {
            let after = taken.partition_point(|other| other.span.end() < edit.span.start());
            taken[after..].iter().take_while(|other| other.span.start() <= edit.span.end()).next().is_none()
        };
        if !fix.edits.is_empty() && fix.edits.iter().all(fits) {
            count += 1;
            for edit in &fix.edits {
                let at = taken.partition_point(|other| other.span < edit.span);
                taken.insert(at, edit);
            }
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken {
        out.push_str(&text[at..edit.span.start()]);
        out.push_str(&edit.text);
        at = edit.span.end();
    }
    out.push_str(&text[at..]);
    (out, count)
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
}
