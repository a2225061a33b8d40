//! Cuts the text of a flowchart into tokens as mermaid 12.3.0 does.
//!
//! The official lexer is a list of patterns: in each state the *first* that matches wins, not the longest. What is
//! tried before what is therefore part of the grammar, and this module keeps that order. It follows the patterns as
//! they are shipped, which differ from their source in three places (no `=` in ids and in thick edge texts, no `.` in
//! dotted ones).

mod labels;
mod letters;
mod links;
pub(super) mod lookahead;
mod steps;
pub(super) mod token;
mod words;

use crate::mermaid::lexer::lookahead::{Lookahead, begins_link};
use crate::mermaid::lexer::token::{Kind, Token};

/// What the lexer is inside of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Statement,
    /// In a statement, behind the beginning of an entity code: nothing can be read there.
    BrokenEntity,
    /// Behind the first `graph`, where a direction may follow.
    Header,
    String,
    Markdown,
    AccTitle,
    AccDescrBlock,
    Label,
    EllipseLabel,
    TrapezoidLabel,
    EdgeText,
    ThickEdgeText,
    DottedEdgeText,
    Click,
    CallbackName,
    CallbackArgs,
    ShapeData,
    ShapeString,
}

/// What one pattern of the official lexer yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Token(Kind),
    /// It takes some bytes, or changes what the lexer is inside of, and that is all.
    Nothing,
}

/// Yields tokens one by one. The text ends with a line break.
pub(super) struct Lexer<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    /// What is open innermost; a statement where nothing is.
    pub(super) state: State,
    /// What is open around that, outermost first: but for the statement around all.
    outer: Vec<State>,
    pub(super) seen_header: bool,
    finished: bool,
    /// The bytes of the last link, without the blanks around it.
    pub(super) link: (usize, usize),
    pub(super) ahead: Lookahead<'t>,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            state: State::Statement,
            outer: Vec::new(),
            seen_header: false,
            finished: false,
            link: (0, 0),
            ahead: Lookahead::new(text),
        }
    }

    /// Goes on reading at byte `at` as if a statement began there.
    pub(super) fn restart(&mut self, at: usize) {
        self.at = at;
        self.state = State::Statement;
        self.outer.clear();
        self.seen_header = true;
        self.finished = false;
        self.ahead.restart();
    }

    /// Where mermaid 11 would have read another token than mermaid 12.
    pub(super) fn only_newer(&self) -> Option<(usize, usize)> {
        self.ahead.only_newer()
    }

    /// The next token. Behind the end of the text it is [`Kind::Cut`] for ever.
    #[inline]
    pub(super) fn next(&mut self) -> Token {
        loop {
            let start = self.at;
            if let Step::Token(kind) = self.step() {
                return Token { kind, start: start as u32, end: self.at as u32 };
            }
        }
    }

    /// One pattern of the current state.
    fn step(&mut self) -> Step {
        let Some(&c) = self.bytes.get(self.at) else { return self.finish() };
        match self.state {
            State::Statement => self.statement(c),
            State::Label => self.label(c),
            _ => self.seldom(c),
        }
    }

    /// At the end of the text. Some states have a pattern that matches even there.
    #[inline(never)]
    fn finish(&mut self) -> Step {
        let is_first = !std::mem::replace(&mut self.finished, true);
        Step::Token(match self.state {
            State::Statement if is_first => Kind::End,
            State::AccTitle if is_first => Kind::AccValue,
            State::AccDescrBlock if is_first => Kind::AccDescrBlock,
            State::Click if is_first => Kind::Click,
            State::CallbackName if is_first => Kind::CallbackName,
            State::CallbackArgs if is_first => Kind::CallbackArgs,
            _ => Kind::Cut,
        })
    }

    /// One pattern of a state that a lexer is seldom in: the others are quicker for it.
    #[inline(never)]
    fn seldom(&mut self, c: u8) -> Step {
        match self.state {
            State::String => match c {
                b'"' => self.closing_or_markdown(),
                _ => self.until(|c| c == b'"', Kind::String),
            },
            State::Header => self.header(c),
            State::Markdown => match c {
                b'`' if self.peek(1) == b'"' => self.leave(2, None),
                b'`' => Step::Token(Kind::Unreadable),
                b'"' => self.quote(),
                _ => self.until(|c| matches!(c, b'"' | b'`'), Kind::MarkdownString),
            },
            State::AccTitle => {
                self.close();
                self.until(|c| c == b'\n', Kind::AccValue)
            }
            State::AccDescrBlock => match c {
                b'}' => self.leave(1, None),
                _ => self.until(|c| c == b'}', Kind::AccDescrBlock),
            },
            State::EllipseLabel => self.ellipse_label(),
            State::TrapezoidLabel => self.trapezoid_label(),
            State::EdgeText => self.edge_text(c, b'-'),
            State::ThickEdgeText => self.edge_text(c, b'='),
            State::DottedEdgeText => self.edge_text(c, b'.'),
            State::Click if c == b'"' => self.quote(),
            State::Click => {
                if self.ahead.blank_end(self.at) > self.at {
                    // One blank only: a second one would be a token of its own.
                    let length = self.char_length();
                    return self.leave(length, None);
                }
                self.at = self.ahead.word_end(self.at);
                Step::Token(Kind::Click)
            }
            State::CallbackName => match c {
                b'(' => {
                    let close = self.ahead.blank_end(self.at + 1);
                    if self.bytes.get(close) == Some(&b')') {
                        return self.leave(close + 1 - self.at, None);
                    }
                    self.close();
                    self.enter(1, State::CallbackArgs, None)
                }
                _ => self.until(|c| c == b'(', Kind::CallbackName),
            },
            State::CallbackArgs => match c {
                b')' => self.leave(1, None),
                _ => self.until(|c| c == b')', Kind::CallbackArgs),
            },
            State::ShapeData => match c {
                b'"' => self.enter(1, State::ShapeString, Some(Kind::ShapeData)),
                b'}' => self.leave(1, None),
                b'^' => Step::Token(Kind::Unreadable),
                _ => self.until(|c| matches!(c, b'"' | b'}' | b'^'), Kind::ShapeData),
            },
            State::ShapeString => match c {
                b'"' => self.leave(1, Some(Kind::ShapeData)),
                _ => self.until(|c| c == b'"', Kind::ShapeData),
            },
            State::BrokenEntity | State::Statement | State::Label => Step::Token(Kind::Unreadable),
        }
    }

    fn statement(&mut self, c: u8) -> Step {
        if self.ahead.may_be_marked(self.at) { self.marked(c) } else { self.plain(c) }
    }

    /// What a statement may hold, in a line that holds neither a `direction` nor an `@` from here on.
    #[inline]
    fn plain(&mut self, c: u8) -> Step {
        match BEGINS[c as usize] {
            Begins::Word => self.word(c),
            Begins::Blank => self.blank(c),
            Begins::Keyword => self.keyword_or_word(c),
            Begins::Label => self.opening(c),
            Begins::Link => self.link_or_word(c),
            Begins::Sign => self.sign(c),
        }
    }

    /// The same where the line may hold one: all but keywords and strings is behind these.
    #[inline(never)]
    fn marked(&mut self, c: u8) -> Step {
        if c == b'"' || !self.ahead.is_marked(self.at) {
            return self.plain(c);
        }
        if c == b'@' && self.peek(1) == b'{' {
            return self.enter(2, State::ShapeData, Some(Kind::ShapeData));
        }
        if let Some(found) = self.keyword(c) {
            return found;
        }
        if let Some(end) = self.ahead.direction(self.at) {
            self.at = end;
            return Step::Token(Kind::Direction);
        }
        if let Some(end) = self.ahead.link_id(self.at) {
            self.at = end;
            return Step::Token(Kind::LinkId);
        }
        self.plain(c)
    }

    /// Numbers, and what begins with one of the other signs.
    #[inline(never)]
    fn sign(&mut self, c: u8) -> Step {
        match c {
            b'"' => self.quote(),
            b'0'..=b'9' => self.until(|c| !c.is_ascii_digit(), Kind::Number),
            b'#' if self.is_entity(self.at) => {
                // Entity codes are replaced by marks before the official lexer runs: a letter, and then a character
                // that it cannot read.
                self.enter(1, State::BrokenEntity, Some(Kind::Letter))
            }
            b'#' => self.take(1, Kind::Hash),
            b':' if self.peek(1) == b':' && self.peek(2) == b':' => self.take(3, Kind::ClassSeparator),
            b':' => self.take(1, Kind::Colon),
            b'&' => self.take(1, Kind::Ampersand),
            b';' => self.take(1, Kind::Semicolon),
            b',' => self.take(1, Kind::Comma),
            b'*' => self.take(1, Kind::Star),
            b'>' => self.enter(1, State::Label, Some(Kind::Greater)),
            b'|' => self.enter(1, State::Label, Some(Kind::Pipe)),
            b'^' => self.take(1, Kind::Up),
            b'\\' if self.peek(1) == b'|' => self.take(2, Kind::Separator),
            b'v' if !is_word_byte(self.peek(1)) => self.take(1, Kind::Down),
            _ => self.word(c),
        }
    }

    fn header(&mut self, c: u8) -> Step {
        if c == b'"' {
            return self.quote();
        }
        let blank = self.ahead.blank_end(self.at);
        if let Some(newline) = self.bytes[self.at..blank].iter().rposition(|&c| c == b'\n') {
            return self.leave(newline + 1, Some(Kind::NoDirection));
        }
        let rest = &self.bytes[blank..];
        let length = match rest {
            [b'L', b'R', ..] | [b'R', b'L', ..] | [b'T', b'B' | b'D', ..] | [b'B', b'T' | b'R', ..]
                if !is_word_byte(rest.get(2).copied().unwrap_or(0)) =>
            {
                2
            }
            [b'<' | b'>' | b'^', ..] => 1,
            [b'v', ..] if !is_word_byte(rest.get(1).copied().unwrap_or(0)) => 1,
            _ => return Step::Token(Kind::Unreadable),
        };
        self.leave(blank + length - self.at, Some(Kind::HeaderDirection))
    }

    /// A quote: it begins a string, or with a backtick behind it a markdown string.
    pub(super) fn quote(&mut self) -> Step {
        if self.peek(1) == b'`' {
            return self.enter(2, State::Markdown, None);
        }
        self.enter(1, State::String, None)
    }

    /// A quote inside a string: it ends it, unless a backtick follows.
    pub(super) fn closing_or_markdown(&mut self) -> Step {
        if self.peek(1) == b'`' {
            return self.enter(2, State::Markdown, None);
        }
        self.leave(1, None)
    }

    /// Whether an entity code (`#quot;`, `#35;`) begins at byte `at`.
    pub(super) fn is_entity(&self, at: usize) -> bool {
        let name = self.bytes[at + 1..].iter().take_while(|&&c| is_word_byte(c)).count();
        name > 0 && self.bytes.get(at + 1 + name) == Some(&b';')
    }
}

/// What may begin with a byte, in a statement.
#[derive(Clone, Copy)]
enum Begins {
    /// An id that no word of the grammar begins like.
    Word,
    /// A blank, or a letter beyond ASCII.
    Blank,
    /// A word of the grammar, or an id.
    Keyword,
    /// The opening bracket of a label.
    Label,
    /// A link, or an id.
    Link,
    /// A number or one of the other signs, or an id.
    Sign,
}

static BEGINS: [Begins; 256] = {
    let mut begins = [Begins::Blank; 256];
    let mut byte = 0;
    while byte < 0x80 {
        begins[byte as usize] = match byte {
            b' ' | b'\t'..=b'\r' => Begins::Blank,
            b'a' | b'c'..=b'i' | b'l' | b's' | b'_' => Begins::Keyword,
            b'(' | b'[' | b'{' => Begins::Label,
            _ if begins_link(byte) => Begins::Link,
            b'v' => Begins::Sign,
            b'A'..=b'Z' | b'a'..=b'z' => Begins::Word,
            _ => Begins::Sign,
        };
        byte += 1;
    }
    begins
};

/// Which bytes are among some.
pub(super) const fn table(some: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut index = 0;
    while index < some.len() {
        table[some[index] as usize] = true;
        index += 1;
    }
    table
}

/// `\w` of a JavaScript pattern.
pub(super) fn is_word_byte(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'_'
}

/// Length in bytes of the character that begins with `first`.
pub(super) fn char_length(first: u8) -> usize {
    match first {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}
