//! The phrases of a vocabulary that are regular expressions (`/.../`).

use std::sync::OnceLock;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::needs::Needs;
use super::texts::Written;

/// What stands between the slashes of a phrase that is an expression.
pub(crate) fn expression(phrase: &str) -> Option<&str> {
    phrase.strip_prefix('/')?.strip_suffix('/').filter(|inner| !inner.is_empty())
}

/// Whether an expression is sound, and small enough that compiling it cannot fail either. To see that takes a small part
/// of the time that compiling takes, and most expressions are never asked for.
pub(crate) fn is_surely_sound(expression: &str) -> bool {
    regex_syntax::parse(expression).is_ok_and(|hir| size(&hir) <= SURELY_SMALL)
}

/// Far less than may be compiled.
const SURELY_SMALL: usize = 10_000;

/// About how many transitions an expression is compiled to.
fn size(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min).max(1);
            size(&repetition.sub).saturating_mul(times as usize)
        }
        HirKind::Capture(capture) => size(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().map(size).fold(1, usize::saturating_add),
    }
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
    pub(super) fn each_in(&self, written: &Written<'_>, mut found: impl FnMut(usize, (u32, u32))) {
        let mut known = None;
        for expression in self.list.iter().filter(|expression| expression.needs.are_in(written.marks)) {
            if known == Some(expression.word) {
                continue;
            }
            if let Some(hit) = expression.regex().and_then(|regex| regex.find(written.text)) {
                known = Some(expression.word);
                found(expression.phrase, (hit.start() as u32, hit.end() as u32));
            }
        }
    }
}

impl Expression {
    fn regex(&self) -> Option<&Regex> {
        // A search for a literal that stands in all matches is worth its while in long texts only.
        let compile = || {
            let (config, syntax) =
                (Regex::config().auto_prefilter(false), syntax::Config::new().case_insensitive(true));
            Regex::builder().configure(config).syntax(syntax).build(&self.source).ok()
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use regex::RegexBuilder;

    use super::*;

    #[test]
    fn what_is_surely_sound_can_be_compiled() {
        let many = r"\w".repeat(12);
        for expression in [r"\b[a-z]{2}(-[a-z]+)+-\d[a-f]\b", "(?m)^(web|web ?site)s?$", "ゾーン", &many] {
            assert!(is_surely_sound(expression), "{expression}");
            assert!(RegexBuilder::new(expression).case_insensitive(true).build().is_ok(), "{expression}");
        }
        for expression in ["(", r"\w{100}", "((a{1000}){1000}){1000}", "(?=a)"] {
            assert!(!is_surely_sound(expression), "{expression}");
        }
    }
}
