//! The phrases of a vocabulary that are regular expressions (`/.../`).

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::needs::{Marks, Needs};

/// What stands between the slashes of a phrase that is an expression.
pub(crate) fn expression(phrase: &str) -> Option<&str> {
    phrase.strip_prefix('/')?.strip_suffix('/').filter(|inner| !inner.is_empty())
}

/// Expressions, each compiled when a text first holds what it needs: most texts match none.
#[derive(Debug, Clone)]
pub(super) struct Expressions {
    list: Vec<Expression>,
}

#[derive(Debug, Clone)]
struct Expression {
    source: String,
    /// What it means.
    word: usize,
    phrase: usize,
    needs: Needs,
    /// `None` where it is wrong: it finds nothing.
    compiled: OnceLock<Option<Regex>>,
}

impl Expressions {
    /// Expressions, each with the word that it stands under and its phrase, word by word.
    pub(super) fn new(sources: impl IntoIterator<Item = (String, usize, usize)>) -> Self {
        let new = |(source, word, phrase): (String, usize, usize)| {
            let needs = Needs::of(&source);
            Expression { source, word, phrase, needs, compiled: OnceLock::new() }
        };
        Self { list: sources.into_iter().map(new).collect() }
    }

    /// Calls back with the phrases of expressions that match in a text, and the first place where each does. What a
    /// text says once it need not say again: of each word the first expression that matches is enough.
    pub(super) fn each_in(&self, text: &str, mut found: impl FnMut(usize, (u32, u32))) {
        if self.list.is_empty() {
            return;
        }
        let marks = Marks::of(text);
        let mut known = None;
        for expression in self.list.iter().filter(|expression| expression.needs.are_in(marks)) {
            if known == Some(expression.word) {
                continue;
            }
            if let Some(hit) = expression.regex().and_then(|regex| regex.find(text)) {
                known = Some(expression.word);
                found(expression.phrase, (hit.start() as u32, hit.end() as u32));
            }
        }
    }
}

impl Expression {
    fn regex(&self) -> Option<&Regex> {
        let compile = || RegexBuilder::new(&self.source).case_insensitive(true).build().ok();
        self.compiled.get_or_init(compile).as_ref()
    }
}
