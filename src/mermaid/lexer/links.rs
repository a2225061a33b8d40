//! Blanks, and the links between them: a link takes the blanks and line breaks on both of its sides.

use memchr::memchr;

use crate::mermaid::lexer::lookahead::{begins_link, behind_line_breaks};
use crate::mermaid::lexer::token::Kind;
use crate::mermaid::lexer::{Lexer, State, Step};

impl Lexer<'_> {
    #[inline(never)]
    pub(super) fn link_or_word(&mut self, c: u8) -> Step {
        match self.link(self.at) {
            Some(link) => Step::Token(link),
            None if c == b'<' => self.take(1, Kind::Less),
            None => self.word(c),
        }
    }

    /// Blanks and line breaks, where the byte here is the first of some.
    #[inline(never)]
    pub(super) fn blank(&mut self, c: u8) -> Step {
        // Most are single blanks, and line breaks with an indent behind them.
        if c == b' ' {
            match BEHIND_BLANK[self.peek(1) as usize] {
                Behind::Word => return self.take(1, Kind::Space),
                Behind::Link => return self.link_or_space(),
                Behind::Other => {}
            }
        } else if c == b'\n' {
            let (line, end) = behind_line_breaks(self.bytes, self.at);
            let begins_word = |&c: &u8| BEHIND_BLANK[c as usize] == Behind::Word;
            if self.bytes.get(end).is_some_and(begins_word) && !self.ahead.may_be_marked(line) {
                self.at = end;
                return Step::Token(Kind::Newline);
            }
        }
        self.blanks(c)
    }

    /// A blank, before what a link may begin with.
    #[inline(never)]
    fn link_or_space(&mut self) -> Step {
        match self.link(self.at + 1) {
            Some(link) => Step::Token(link),
            None => self.take(1, Kind::Space),
        }
    }

    #[inline(never)]
    fn blanks(&mut self, c: u8) -> Step {
        let (line, end) = self.ahead.blanks(self.at);
        if end == self.at {
            return self.word(c);
        }
        // A link takes the blanks and line breaks before it, so a chain may go on in the next line.
        if self.bytes.get(end).is_some_and(|&c| begins_link(c))
            && let Some(link) = self.link(end)
        {
            return Step::Token(link);
        }
        if c == b'\n' {
            // The indent of a line that holds a `direction` belongs to that.
            self.at = if self.ahead.direction(line).is_some() { line } else { end };
            return Step::Token(Kind::Newline);
        }
        let line_end = if line > self.at { memchr(b'\n', &self.bytes[self.at..end]) } else { None };
        self.take(line_end.unwrap_or(end - self.at), Kind::Space)
    }

    /// A link that begins at byte `at`, which may stand behind blanks; it takes the blanks behind it.
    fn link(&mut self, at: usize) -> Option<Kind> {
        let (kind, end) = self.ahead.link(at)?;
        if kind == Kind::LinkStart {
            self.open(match self.bytes[end - 1] {
                b'=' => State::ThickEdgeText,
                b'.' => State::DottedEdgeText,
                _ => State::EdgeText,
            });
        }
        self.link = (at, end);
        self.at = self.ahead.blank_end(end);
        Some(kind)
    }
}

/// What may begin behind a blank.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// Neither a link nor another blank.
    Word,
    /// A link, or a word.
    Link,
    /// A blank, or a character beyond ASCII, which may be one.
    Other,
}

static BEHIND_BLANK: [Behind; 256] = {
    let mut behind = [Behind::Other; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        behind[byte as usize] = if begins_link(byte) { Behind::Link } else { Behind::Word };
        byte += 1;
    }
    behind
};
