//! Texts made ready for a search: letters and digits alone, in lower case, and what stood between them.

use super::reader::Reader;

/// Texts to look through in one go.
#[derive(Debug, Default)]
pub struct Texts<'t> {
    /// The texts as written, and where each ends in `letters`.
    written: Vec<(&'t str, u32)>,
    /// Letters and digits of all texts, one after another.
    pub(super) letters: String,
    /// What stands before each byte of `letters`.
    pub(super) before: Vec<Boundary>,
    /// Where each word begins in `letters`.
    pub(super) words: Vec<u32>,
    /// Dotted names (`db.example.com`, `Node.js`) in `letters`.
    pub(super) dotted: Vec<(u32, u32)>,
    /// Where an `S` stands right behind another capital, in `letters`.
    pub(super) capital_s: Vec<u32>,
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
            letters: String::with_capacity(bytes),
            before: Vec::with_capacity(bytes),
            words: Vec::with_capacity(bytes / 4),
            dotted: Vec::new(),
            capital_s: Vec::new(),
        }
    }

    /// Adds a text: a label, an id, a cell.
    pub fn push(&mut self, text: &'t str) {
        Reader::new(self).read(text);
        self.written.push((text, self.letters.len() as u32));
    }

    /// The texts as written, and where each ends in the letters of all.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, &'t str, usize)> {
        self.written.iter().enumerate().map(|(index, &(written, end))| (index, written, end as usize))
    }

    /// A text as written.
    pub(super) fn written(&self, text: usize) -> &'t str {
        self.written[text].0
    }

    pub(super) fn letters(&self) -> &[u8] {
        self.letters.as_bytes()
    }

    /// What stands before a letter.
    pub(super) fn boundary(&self, at: usize) -> Boundary {
        self.before.get(at).copied().unwrap_or(Boundary::Text)
    }

    /// What stands before each letter of a phrase but the first, and how far in.
    pub(super) fn inside(&self, start: usize, end: usize) -> impl Iterator<Item = (u32, Boundary)> {
        (1..).zip(self.before[start + 1..end].iter().copied())
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        &self.letters[start..end]
    }

    /// Letters up to the end of the next word, where it is no other clause. Of a compound that ends with a number or a
    /// letter (`europe-west3-a`) that is part of it; a word at its end (`1-public`) is not.
    pub(super) fn with_next_word(&self, start: usize, end: usize) -> &str {
        if matches!(self.boundary(end), Boundary::Clause | Boundary::Text) {
            return &self.letters[start..end];
        }
        let mut from = end;
        let mut last = None;
        for at in (end + 1..=self.letters.len()).filter(|&at| self.boundary(at) >= Boundary::Joint) {
            let part = &self.letters[from..at];
            let is_word = part.len() > 2 && !part.contains(|c: char| c.is_ascii_digit());
            if last.is_none() || !is_word {
                last = Some(at);
            }
            if self.boundary(at) > Boundary::Joint {
                break;
            }
            from = at;
        }
        &self.letters[start..last.unwrap_or(end)]
    }

    fn char_at(&self, at: usize) -> char {
        self.letters[at..].chars().next().unwrap_or(' ')
    }

    fn char_before(&self, at: usize) -> char {
        self.letters[..at].chars().next_back().unwrap_or(' ')
    }

    /// Whether a word that begins at `start` may end before `at`.
    pub(super) fn ends_word(&self, start: usize, at: usize) -> bool {
        if self.boundary(at) != Boundary::None {
            return true;
        }
        let (last, next) = (Script::of(self.char_before(at)), Script::of(self.char_at(at)));
        match last {
            Script::Unspaced => true,
            // Particles follow without a blank; a single syllable is too little to tell.
            Script::Hangul => last != next || self.letters[start..at].chars().count() > 1,
            Script::Spaced => last != next,
        }
    }

    /// The end of `letters` where they stand at `at` without a gap.
    pub(super) fn follows(&self, at: usize, letters: &str) -> Option<usize> {
        let end = at + letters.len();
        let close = |at: usize| self.boundary(at) == Boundary::None;
        (self.letters.as_bytes().get(at..end) == Some(letters.as_bytes()) && (at..end).all(close)).then_some(end)
    }

    /// Whether an `S` stands there, right behind another capital: `CDNS`, not `CDNs`.
    pub(super) fn is_capital_s(&self, at: usize) -> bool {
        self.capital_s.binary_search(&(at as u32)).is_ok()
    }

    /// The end of a number right behind a word, with one letter (`AZ1a`).
    pub(super) fn number(&self, start: usize) -> Option<usize> {
        let bytes = self.letters.as_bytes();
        let mut at = start;
        while self.boundary(at) == Boundary::None && bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        if at == start {
            return None;
        }
        if self.ends_word(start, at) {
            return Some(at);
        }
        let letter = bytes[at].is_ascii_alphabetic() && self.boundary(at + 1) != Boundary::None;
        letter.then_some(at + 1)
    }

    /// Whether letters are a part of a dotted name, and not the last one.
    pub(super) fn is_inside_dotted(&self, start: usize, end: usize) -> bool {
        let after = self.dotted.partition_point(|&(first, _)| first as usize <= start);
        after.checked_sub(1).is_some_and(|index| end < self.dotted[index].1 as usize)
    }

    /// Whether the word in `start..end` says no to what follows: a bare "no" only where a clause begins, for in other
    /// languages it is a preposition.
    pub(super) fn opens_negation(&self, start: usize, end: usize) -> bool {
        let word = &self.letters[start..end];
        let is_short = word == "no" || word.chars().nth(1).is_none();
        !is_short || self.boundary(start) >= Boundary::Line
    }

    /// How many words stand in between; `None` where a clause ends.
    pub(super) fn words_between(&self, end: usize, start: usize) -> Option<usize> {
        let mut words = 0;
        for at in end..=start {
            match self.boundary(at) {
                Boundary::None => {}
                Boundary::Clause | Boundary::Text => return None,
                _ => words += 1,
            }
        }
        Some(words)
    }

    /// Whether what stands in between belongs to one compound: `api-cache`, `AppDB`.
    pub(super) fn is_joined(&self, end: usize, start: usize) -> bool {
        (end..=start).all(|at| self.boundary(at) <= Boundary::Joint)
    }

    /// Whether the words in `start..end` follow at once what ends at `before`, and end their clause.
    pub(super) fn denies(&self, before: usize, start: usize, end: usize) -> bool {
        let digits = self.letters.as_bytes()[before..start].iter().all(u8::is_ascii_digit);
        digits && (before..=start).all(|at| self.boundary(at) != Boundary::Text) && self.boundary(end) >= Boundary::Line
    }
}

/// A phrase in letters, and where its words begin behind the first, in bytes.
pub(super) fn squeeze(phrase: &str) -> (String, Vec<u32>) {
    let mut texts = Texts::default();
    texts.push(phrase);
    let breaks = (1..texts.letters.len()).filter(|&at| texts.boundary(at) >= Boundary::Joint);
    let breaks = breaks.map(|at| at as u32).collect();
    (texts.letters, breaks)
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
