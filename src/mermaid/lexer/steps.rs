//! How the lexer moves: over bytes, and into and out of what may be open.

use crate::mermaid::lexer::token::Kind;
use crate::mermaid::lexer::{Lexer, State, Step, char_length};

impl Lexer<'_> {
    pub(super) fn peek(&self, distance: usize) -> u8 {
        self.bytes.get(self.at + distance).copied().unwrap_or(0)
    }

    pub(super) fn char_length(&self) -> usize {
        char_length(self.bytes[self.at])
    }

    /// Takes everything up to a byte that `ends`; at least one byte is there.
    pub(super) fn until(&mut self, ends: impl Fn(u8) -> bool, kind: Kind) -> Step {
        self.at = self.end_of(self.at, |c| !ends(c));
        Step::Token(kind)
    }

    /// The end of the bytes from `at` on that belong together.
    #[inline]
    pub(super) fn end_of(&self, at: usize, belongs: impl Fn(u8) -> bool) -> usize {
        let mut end = at;
        while self.bytes.get(end).is_some_and(|&c| belongs(c)) {
            end += 1;
        }
        end
    }

    pub(super) fn take(&mut self, length: usize, kind: Kind) -> Step {
        self.at += length;
        Step::Token(kind)
    }

    /// Takes some bytes, and is inside of something behind them.
    pub(super) fn enter(&mut self, length: usize, state: State, kind: Option<Kind>) -> Step {
        self.at = (self.at + length).min(self.bytes.len());
        self.open(state);
        kind.map_or(Step::Nothing, Step::Token)
    }

    /// Takes some bytes, and is out of what it was inside of behind them.
    pub(super) fn leave(&mut self, length: usize, kind: Option<Kind>) -> Step {
        self.at += length;
        self.close();
        kind.map_or(Step::Nothing, Step::Token)
    }

    /// Goes into something.
    pub(super) fn open(&mut self, state: State) {
        if self.state != State::Statement {
            self.keep_state();
        }
        self.state = state;
    }

    #[inline(never)]
    fn keep_state(&mut self) {
        self.outer.push(self.state);
    }

    pub(super) fn close(&mut self) {
        self.state = self.outer.pop().unwrap_or(State::Statement);
    }
}
