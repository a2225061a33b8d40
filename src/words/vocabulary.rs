//! The phrases of a vocabulary by their letters, and what each means.

use std::collections::HashMap;

use super::expressions::expression;
use super::negation;
use super::texts::squeeze;

/// A phrase.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) means: Means,
    /// Where a blank or hyphen may stand, in bytes from its beginning.
    pub(super) breaks: Vec<u32>,
    /// Whether it is a plural already.
    pub(super) plural: bool,
    /// Whether its plural in capitals is another word with a letter before it: `CDNS` is a DNS, `CDNs` are CDNs.
    pub(super) is_other_in_capitals: bool,
    /// In letters; 0 for a regular expression.
    pub(super) length: usize,
}

/// What a phrase means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Means {
    /// These words of the vocabulary; none: the phrase means nothing, and what it holds is not looked at.
    Words(Vec<usize>),
    /// What follows is not there: "no", "without".
    Negates,
    /// What stands before is not there: "none".
    Denied,
}

/// All phrases of a vocabulary: two that differ only in blanks are one pattern.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// The letters of each pattern that is no regular expression.
    pub(super) keys: Vec<String>,
    pub(super) patterns: Vec<Pattern>,
    /// Regular expressions, each with its word and its pattern.
    pub(super) expressions: Vec<(String, usize, usize)>,
    known: HashMap<String, usize>,
}

impl Vocabulary {
    /// The phrases of each word, phrases that mean nothing, and those that deny.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = &'a [String]>, nothing: &[String]) -> Self {
        let mut all = Self::default();
        let mut expressions = Vec::new();
        for (word, phrases) in words.into_iter().enumerate() {
            for phrase in phrases {
                match expression(phrase) {
                    Some(expression) => expressions.push((expression, word)),
                    None => all.add(phrase, |means| match means {
                        Means::Words(words) if !words.contains(&word) => words.push(word),
                        _ => {}
                    }),
                }
            }
        }
        for phrase in nothing {
            all.add(phrase, |_| {});
        }
        for phrase in negation::BEFORE {
            all.add(phrase, |means| *means = Means::Negates);
        }
        for phrase in negation::BEHIND {
            all.add(phrase, |means| *means = Means::Denied);
        }
        for (key, pattern) in all.keys.iter().zip(&mut all.patterns) {
            pattern.is_other_in_capitals = is_other_in_capitals(key, &all.known);
        }
        // Behind all others: patterns and keys are parallel.
        for (expression, word) in expressions {
            all.expressions.push((expression.to_owned(), word, all.patterns.len()));
            all.patterns.push(Pattern {
                means: Means::Words(vec![word]),
                breaks: Vec::new(),
                plural: false,
                is_other_in_capitals: false,
                length: 0,
            });
        }
        all
    }

    fn add(&mut self, phrase: &str, mean: impl Fn(&mut Means)) {
        let (letters, breaks) = squeeze(phrase);
        if letters.is_empty() {
            return;
        }
        // "proxies", "registries"; a vowel before the `y` keeps it: "gateways".
        let stem = letters.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
        if let Some(stem) = stem.filter(|stem| stem.len() > 2) {
            self.insert(format!("{stem}ies"), &breaks, true, &mean);
        }
        self.insert(letters, &breaks, false, &mean);
    }

    fn insert(&mut self, letters: String, breaks: &[u32], plural: bool, mean: &impl Fn(&mut Means)) {
        let next = self.patterns.len();
        let index = *self.known.entry(letters.clone()).or_insert(next);
        if index == next {
            let length = letters.len();
            self.keys.push(letters);
            let means = Means::Words(Vec::new());
            self.patterns.push(Pattern { means, breaks: Vec::new(), plural, is_other_in_capitals: false, length });
        }
        let pattern = &mut self.patterns[index];
        pattern.breaks.extend(breaks);
        pattern.plural &= plural;
        mean(&mut pattern.means);
    }
}

/// Longest abbreviation whose plural may be another word, in letters.
const LONGEST_ABBREVIATION: usize = 4;

/// Whether an abbreviation and an `s` end with another phrase of the vocabulary.
fn is_other_in_capitals(letters: &str, known: &HashMap<String, usize>) -> bool {
    let is_short = letters.is_ascii() && letters.len() <= LONGEST_ABBREVIATION;
    is_short && (1..letters.len() - 1).any(|at| known.contains_key(&format!("{}s", &letters[at..])))
}
