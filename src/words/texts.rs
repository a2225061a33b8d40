//! Texts made ready for a search: letters and digits alone, in lower case, and what stood between them.

use super::needs::Marks;
use super::reader::Reader;

/// Texts to look through in one go.
#[derive(Debug, Default)]
pub struct Texts<'t> {
    pub(super) written: Vec<Written<'t>>,
    /// Letters and digits of all texts, one after another.
    pub(super) letters: Vec<u8>,
    /// Where words begin.
    pub(super) words: Vec<Word>,
    /// Dotted names (`db.example.com`, `Node.js`) in `letters`.
    pub(super) dotted: Vec<(u32, u32)>,
    /// Where an `S` stands right behind another capital, in `letters`.
    pub(super) capital_s: Vec<u32>,
}

/// A text as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'t> {
    pub(super) text: &'t str,
    /// What it holds.
    pub(super) marks: Marks,
    /// Where it ends in the letters of all.
    pub(super) end: usize,
}

/// Where a word begins: something stands before it, or it is of another script than what stands there, or of one
/// without blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// In the letters of all texts.
    pub(super) start: u32,
    /// What stands before it.
    pub(super) before: Boundary,
}

/// What stands between two letters, the stronger the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Boundary {
    /// Nothing.
    None,
    /// A change of case: `App|Server`, `API|Gateway`.
    Case,
    /// A single hyphen or underscore without blanks: `api-cache` is one thing.
    Joint,
    /// A blank, or a single slash or apostrophe without blanks.
    Blank,
    /// A single dot.
    Dot,
    /// A line break, in any of mermaid's ways to write one.
    Line,
    /// Other punctuation: words on either side are no phrase.
    Clause,
    /// The end of a text.
    Text,
}

impl<'t> Texts<'t> {
    /// None yet, with room for so many texts of so many bytes together.
    pub fn with_capacity(texts: usize, bytes: usize) -> Self {
        Self {
            written: Vec::with_capacity(texts),
            letters: Vec::with_capacity(bytes),
            words: Vec::with_capacity(bytes / 4),
            dotted: Vec::new(),
            capital_s: Vec::new(),
        }
    }

    /// Adds a text: a label, an id, a cell.
    pub fn push(&mut self, text: &'t str) {
        let marks = Reader::new(self).read(text);
        self.written.push(Written { text, marks, end: self.letters.len() });
    }

    /// A word by its number; behind the last the end of all.
    pub(super) fn word(&self, number: usize) -> Word {
        let end = || Word { start: self.letters.len() as u32, before: Boundary::Text };
        self.words.get(number).copied().unwrap_or_else(end)
    }

    /// Letters of whole characters.
    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        str::from_utf8(&self.letters[start..end]).unwrap_or_default()
    }

    /// Letters up to the end of the next word, where it is no other clause. Of a compound that ends with a number or a
    /// letter (`europe-west3-a`) that is part of it; a word at its end (`1-public`) is not.
    pub(super) fn with_next_word(&self, start: usize, end: usize) -> &str {
        let next = self.words.partition_point(|word| (word.start as usize) < end);
        let next_word = self.word(next);
        let is_there = next_word.start as usize == end;
        if is_there && next_word.before >= Boundary::Clause {
            return self.slice(start, end);
        }
        let mut from = end;
        let mut last = None;
        for word in (next + usize::from(is_there)..=self.words.len()).map(|number| self.word(number)) {
            if word.before < Boundary::Joint {
                continue;
            }
            let at = word.start as usize;
            let part = &self.letters[from..at];
            let is_word = part.len() > 2 && !part.iter().any(u8::is_ascii_digit);
            if last.is_none() || !is_word {
                last = Some(at);
            }
            if word.before > Boundary::Joint {
                break;
            }
            from = at;
        }
        self.slice(start, last.unwrap_or(end))
    }

    /// Where a phrase of `start..end` ends: there, or with `may_count` behind its number, unless it is only a part of a
    /// longer word. `next` is the first word that does not begin before `end`.
    pub(super) fn stop(&self, start: usize, end: usize, next: Word, may_count: bool) -> Option<usize> {
        if next.start as usize == end || self.takes_particles(start, end) {
            return Some(end);
        }
        if may_count { self.number(end, next) } else { None }
    }

    /// Whether particles may follow without a blank, as in Korean; a single syllable is too little to tell.
    fn takes_particles(&self, start: usize, end: usize) -> bool {
        if self.letters[end - 1].is_ascii() {
            return false;
        }
        let mut letters = self.slice(start, end).chars();
        letters.next_back().is_some_and(|last| Script::of(last) == Script::Hangul) && letters.next().is_some()
    }

    /// The end of a number right behind a word, with one letter (`AZ1a`).
    fn number(&self, start: usize, next: Word) -> Option<usize> {
        let next_start = next.start as usize;
        let behind = &self.letters[start..next_start];
        let digits = behind.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let ends = match behind[digits..] {
            [] => true,
            [letter] => letter.is_ascii_alphabetic() && next.before != Boundary::None,
            _ => false,
        };
        (digits > 0 && ends).then_some(next_start)
    }

    /// Whether an `S` stands there, right behind another capital: `CDNS`, not `CDNs`.
    pub(super) fn is_capital_s(&self, at: usize) -> bool {
        self.capital_s.binary_search(&(at as u32)).is_ok()
    }

    /// Whether letters are a part of a dotted name, and not the last one.
    pub(super) fn is_inside_dotted(&self, start: usize, end: usize) -> bool {
        let after = self.dotted.partition_point(|&(first, _)| first as usize <= start);
        after.checked_sub(1).is_some_and(|index| end < self.dotted[index].1 as usize)
    }
}

/// A phrase in letters, and where its words begin behind the first, in bytes.
pub(super) fn squeeze(phrase: &str) -> (String, Vec<u32>) {
    let mut texts = Texts::default();
    texts.push(phrase);
    let breaks = texts.words.iter().skip(1).filter(|word| word.before >= Boundary::Joint);
    let breaks = breaks.map(|word| word.start).collect();
    (texts.slice(0, texts.letters.len()).to_owned(), breaks)
}

/// How words are told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// By blanks.
    Spaced,
    /// By blanks, but particles follow at once.
    Hangul,
    /// Not at all: Chinese, Japanese, Thai.
    Unspaced,
}

impl Script {
    pub(super) fn of(c: char) -> Self {
        match c {
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' => Self::Hangul,
            '\u{e00}'..='\u{eff}'
            | '\u{3005}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}' => Self::Unspaced,
            _ => Self::Spaced,
        }
    }
}
