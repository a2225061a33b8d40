//! The words of a flowchart: those of the grammar, and those that make ids.

use crate::mermaid::lexer::letters::is_letter;
use crate::mermaid::lexer::token::Kind;
use crate::mermaid::lexer::{Lexer, State, Step, is_word_byte, table};

impl Lexer<'_> {
    #[inline(never)]
    pub(super) fn keyword_or_word(&mut self, c: u8) -> Step {
        match self.keyword(c) {
            Some(found) => found,
            None => self.word(c),
        }
    }

    /// The words of the grammar. `None`: none of them stands here.
    pub(super) fn keyword(&mut self, c: u8) -> Option<Step> {
        match c {
            b'a' => {
                let (length, is_title) = match &self.bytes[self.at..] {
                    rest if rest.starts_with(b"accTitle") => (8, true),
                    rest if rest.starts_with(b"accDescr") => (8, false),
                    _ => return None,
                };
                let mark = self.ahead.blank_end(self.at + length);
                let (state, kind) = match self.bytes.get(mark)? {
                    b':' if is_title => (State::AccTitle, Some(Kind::AccTitle)),
                    b':' => (State::AccTitle, Some(Kind::AccDescr)),
                    b'{' if !is_title => (State::AccDescrBlock, None),
                    _ => return None,
                };
                let end = self.ahead.blank_end(mark + 1);
                Some(self.enter(end - self.at, state, kind))
            }
            b'c' => {
                if let Some(end) = self.word_and_blanks("call") {
                    return Some(self.enter(end - self.at, State::CallbackName, None));
                }
                if let Some(end) = self.word_and_blanks("click") {
                    return Some(self.enter(end - self.at, State::Click, None));
                }
                self.reserved("classDef", Kind::ClassDef).or_else(|| self.reserved("class", Kind::Class))
            }
            b'd' => self.reserved("default", Kind::Default),
            b'e' => {
                let found = self.reserved("end", Kind::EndWord);
                if found.is_some() {
                    self.at = self.ahead.blank_end(self.at);
                }
                found
            }
            b'f' => self.graph("flowchart-elk").or_else(|| self.graph("flowchart")),
            b'g' => self.graph("graph"),
            b'h' => {
                self.word_and_blanks("href")?;
                self.at += 4;
                let length = self.char_length();
                Some(self.take(length, Kind::Href))
            }
            b'i' => self.reserved("interpolate", Kind::Interpolate),
            b'l' => self.reserved("linkStyle", Kind::LinkStyle),
            b's' => self
                .reserved("style", Kind::Style)
                .or_else(|| self.reserved("subgraph", Kind::Subgraph))
                .or_else(|| self.graph("swimlane-beta")),
            b'_' => {
                ["_self", "_blank", "_parent", "_top"].iter().find_map(|target| self.reserved(target, Kind::LinkTarget))
            }
            _ => None,
        }
    }

    /// The end of the blanks behind `word`, where both stand here.
    #[inline]
    fn word_and_blanks(&mut self, word: &str) -> Option<usize> {
        let end = self.at + word.len();
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return None;
        }
        let blank = self.ahead.blank_end(end);
        (blank > end).then_some(blank)
    }

    #[inline]
    fn reserved(&mut self, word: &str, kind: Kind) -> Option<Step> {
        let here = self.bytes[self.at..].starts_with(word.as_bytes()) && !is_word_byte(self.peek(word.len()));
        here.then(|| self.take(word.len(), kind))
    }

    #[inline]
    fn graph(&mut self, word: &str) -> Option<Step> {
        let found = self.reserved(word, Kind::Graph)?;
        if !self.seen_header {
            self.seen_header = true;
            self.open(State::Header);
        }
        Some(found)
    }

    #[inline(never)]
    pub(super) fn word(&mut self, c: u8) -> Step {
        let end = self.id_bytes(self.at);
        if end == self.at || matches!(self.bytes.get(end), Some(b'#' | b'-')) {
            return self.other_word(c, end);
        }
        self.at = end;
        Step::Token(Kind::Word)
    }

    /// The end of the bytes from `at` on that belong to an id wherever they stand.
    #[inline]
    fn id_bytes(&self, at: usize) -> usize {
        self.end_of(at, |c| ID_BYTES[c as usize])
    }

    /// A word that goes on at byte `at`, or has not begun yet.
    #[inline(never)]
    fn other_word(&mut self, c: u8, mut at: usize) -> Step {
        let start = self.at;
        loop {
            let belongs = match self.bytes.get(at) {
                Some(b'#') => !self.is_entity(at),
                Some(b'-') => self.bytes.get(at + 1).is_some_and(|next| !matches!(next, b'>' | b'-' | b'.')),
                _ => false,
            };
            if !belongs {
                break;
            }
            at = self.id_bytes(at + 1);
        }
        if at > start {
            self.at = at;
            return Step::Token(Kind::Word);
        }
        if c == b'-' {
            return self.take(1, Kind::Minus);
        }
        let letter = if c < 0x80 { None } else { self.text[start..].chars().next().filter(|&c| is_letter(c)) };
        match letter {
            Some(letter) => self.take(letter.len_utf8(), Kind::Letter),
            None => Step::Token(Kind::Unreadable),
        }
    }
}

/// Whether a byte belongs to an id wherever it stands. `#` and `-` do where no entity code or link begins.
static ID_BYTES: [bool; 256] = {
    let mut bytes = table(b"!\"$%&'*+.`?\\_/");
    let mut byte = 0;
    while byte < 0x80 {
        bytes[byte] |= (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    bytes
};
