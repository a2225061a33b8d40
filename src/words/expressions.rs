//! The phrases of a vocabulary that are regular expressions (`/.../`).

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// What stands between the slashes of a phrase that is an expression.
pub(crate) fn expression(phrase: &str) -> Option<&str> {
    phrase.strip_prefix('/')?.strip_suffix('/').filter(|inner| !inner.is_empty())
}

/// Expressions, compiled when a text first needs them: most texts match none, and one look with all at once says so.
#[derive(Debug, Clone)]
pub(super) struct Expressions {
    list: Vec<Expression>,
    /// `None` where one of them is wrong, or they are too much together.
    all: Option<RegexSet>,
}

#[derive(Debug, Clone)]
struct Expression {
    source: String,
    phrase: usize,
    /// `None` where it is wrong: it finds nothing.
    compiled: OnceLock<Option<Regex>>,
}

impl Expressions {
    /// Expressions, each with the phrase that it stands for.
    pub(super) fn new(sources: impl IntoIterator<Item = (String, usize)>) -> Self {
        let list: Vec<Expression> = sources
            .into_iter()
            .map(|(source, phrase)| Expression { source, phrase, compiled: OnceLock::new() })
            .collect();
        let sources = list.iter().map(|expression| &expression.source);
        let all = RegexSetBuilder::new(sources).case_insensitive(true).build().ok();
        Self { list, all }
    }

    /// Those that may match somewhere in a text, each with its phrase.
    pub(super) fn in_text(&self, text: &str) -> impl Iterator<Item = (&Regex, usize)> {
        let here = self.all.as_ref().map(|all| all.matches(text));
        let may_match = move |index: usize| here.as_ref().is_none_or(|here| here.matched(index));
        let found = self.list.iter().enumerate().filter(move |(index, _)| may_match(*index));
        found.filter_map(|(_, expression)| Some((expression.regex()?, expression.phrase)))
    }
}

impl Expression {
    fn regex(&self) -> Option<&Regex> {
        let compile = || RegexBuilder::new(&self.source).case_insensitive(true).build().ok();
        self.compiled.get_or_init(compile).as_ref()
    }
}
