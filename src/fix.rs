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
