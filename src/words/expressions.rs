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
    phrase: usize,
    needs: Needs,
    /// `None` where it is wrong: it finds nothing.
    compiled: OnceLock<Option<Regex>>,
}

impl Expressions {
    /// Expressions, each with the phrase that it stands for.
    pub(super) fn new(sources: impl IntoIterator<Item = (String, usize)>) -> Self {
        let new = |(source, phrase): (String, usize)| {
            let needs = Needs::of(&source);
            Expression { source, phrase, needs, compiled: OnceLock::new() }
        };
        Self { list: sources.into_iter().map(new).collect() }
    }

    /// Calls back with the phrase of each expression that matches in a text, and the first place where it does: more
    /// of them would say the same.
    pub(super) fn each_in(&self, text: &str, mut found: impl FnMut(usize, (u32, u32))) {
        if self.list.is_empty() {
            return;
        }
        let marks = Marks::of(text);
        for expression in self.list.iter().filter(|expression| expression.needs.are_in(marks)) {
            if let Some(hit) = expression.regex().and_then(|regex| regex.find(text)) {
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
