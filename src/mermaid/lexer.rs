//! Cuts the text of a flowchart into tokens as mermaid 12.3.0 does.
//!
//! The official lexer is a list of patterns: in each state the *first* that matches wins, not the longest. What is
//! tried before what is therefore part of the grammar, and this module keeps that order. It follows the patterns as
//! they are shipped, which differ from their source in three places (no `=` in ids and in thick edge texts, no `.` in
//! dotted ones).

use super::letters::is_letter;
use super::lookahead::Lookahead;
use super::token::{Kind, Token};

/// What the lexer is inside of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Statement,
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

/// Yields tokens one by one. The text ends with a line break.
pub(super) struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// What is open, outermost first; empty in a statement.
    states: Vec<State>,
    seen_header: bool,
    finished: bool,
    broken_entity: bool,
    ahead: Lookahead<'t>,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            states: Vec::new(),
            seen_header: false,
            finished: false,
            broken_entity: false,
            ahead: Lookahead::new(text),
        }
    }

    /// Goes on reading at byte `at` as if a statement began there.
    pub(super) fn restart(&mut self, at: usize) {
        self.at = at;
        self.states.clear();
        self.seen_header = true;
        self.finished = false;
        self.broken_entity = false;
        self.ahead.restart();
    }

    /// Where mermaid 11 would have read another token than mermaid 12.
    pub(super) fn only_newer(&self) -> Option<(usize, usize)> {
        self.ahead.only_newer()
    }

    /// The next token. Behind the end of the text it is [`Kind::Cut`] for ever.
    pub(super) fn next(&mut self) -> Token {
        loop {
            let start = self.at;
            let kind = if start >= self.bytes.len() { Some(self.finish()) } else { self.step(self.bytes[start]) };
            if let Some(kind) = kind {
                return Token { kind, start: start as u32, end: self.at as u32 };
            }
        }
    }

    fn state(&self) -> State {
        self.states.last().copied().unwrap_or(State::Statement)
    }

    /// At the end of the text. Some states have a pattern that matches even there.
    fn finish(&mut self) -> Kind {
        if self.finished {
            return Kind::Cut;
        }
        self.finished = true;
        match self.state() {
            State::Statement => Kind::End,
            State::AccTitle => Kind::AccValue,
            State::AccDescrBlock => Kind::AccDescrBlock,
            State::Click => Kind::Click,
            State::CallbackName => Kind::CallbackName,
            State::CallbackArgs => Kind::CallbackArgs,
            _ => Kind::Cut,
        }
    }

    /// One pattern of the current state. `None` where it yields no token.
    fn step(&mut self, c: u8) -> Option<Kind> {
        match self.state() {
            State::Statement => self.statement(c),
            State::Header => self.header(c),
            State::String => match c {
                b'"' => self.closing_or_markdown(),
                _ => self.until(|c| c == b'"', Kind::String),
            },
            State::Markdown => match c {
                b'`' if self.peek(1) == b'"' => self.leave(2, None),
                b'`' => Some(Kind::Unreadable),
                b'"' => self.quote(),
                _ => self.until(|c| matches!(c, b'"' | b'`'), Kind::MarkdownString),
            },
            State::AccTitle => {
                self.states.pop();
                self.until(|c| c == b'\n', Kind::AccValue)
            }
            State::AccDescrBlock => match c {
                b'}' => self.leave(1, None),
                _ => self.until(|c| c == b'}', Kind::AccDescrBlock),
            },
            State::Label => self.label(c),
            State::EllipseLabel => self.ellipse_label(c),
            State::TrapezoidLabel => self.trapezoid_label(c),
            State::EdgeText => self.edge_text(c, b'-'),
            State::ThickEdgeText => self.edge_text(c, b'='),
            State::DottedEdgeText => self.edge_text(c, b'.'),
            State::Click => match c {
                b'"' => self.quote(),
                _ => {
                    let blank = self.ahead.blank_end(self.at);
                    if blank > self.at {
                        // One blank only: a second one would be a token of its own.
                        let length = self.char_length();
                        return self.leave(length, None);
                    }
                    self.at = self.ahead.word_end(self.at);
                    Some(Kind::Click)
                }
            },
            State::CallbackName => match c {
                b'(' => {
                    let close = self.ahead.blank_end(self.at + 1);
                    if self.bytes.get(close) == Some(&b')') {
                        return self.leave(close + 1 - self.at, None);
                    }
                    self.states.pop();
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
                b'^' => Some(Kind::Unreadable),
                _ => self.until(|c| matches!(c, b'"' | b'}' | b'^'), Kind::ShapeData),
            },
            State::ShapeString => match c {
                b'"' => self.leave(1, Some(Kind::ShapeData)),
                _ => self.until(|c| c == b'"', Kind::ShapeData),
            },
        }
    }

    fn statement(&mut self, c: u8) -> Option<Kind> {
        if self.broken_entity {
            return Some(Kind::Unreadable);
        }
        if c.is_ascii_lowercase() || c == b'_' {
            if let Some(found) = self.keyword(c) {
                return found;
            }
        } else if c == b'"' {
            return self.quote();
        } else if c == b'@' && self.peek(1) == b'{' {
            return self.enter(2, State::ShapeData, Some(Kind::ShapeData));
        }
        if let Some(end) = self.ahead.direction(self.at) {
            self.at = end;
            return Some(Kind::Direction);
        }
        if let Some(end) = self.ahead.link_id(self.at) {
            self.at = end;
            return Some(Kind::LinkId);
        }
        match c {
            b'0'..=b'9' => self.until(|c| !c.is_ascii_digit(), Kind::Number),
            b'#' if self.is_entity(self.at) => {
                // Entity codes are replaced by marks before the official lexer runs: a letter, and then a character
                // that it cannot read.
                self.broken_entity = true;
                self.take(1, Kind::Letter)
            }
            b'#' => self.take(1, Kind::Hash),
            b':' if self.peek(1) == b':' && self.peek(2) == b':' => self.take(3, Kind::ClassSeparator),
            b':' => self.take(1, Kind::Colon),
            b'&' => self.take(1, Kind::Ampersand),
            b';' => self.take(1, Kind::Semicolon),
            b',' => self.take(1, Kind::Comma),
            b'*' => self.take(1, Kind::Star),
            b'-' | b'=' | b'.' | b'~' | b'<' | b'x' | b'o' => match self.link(self.at) {
                Some(link) => Some(link),
                None if c == b'<' => self.take(1, Kind::Less),
                None => self.word(c),
            },
            b'(' | b'[' | b'{' => self.opening(c),
            b'>' => self.enter(1, State::Label, Some(Kind::Greater)),
            b'|' => self.enter(1, State::Label, Some(Kind::Pipe)),
            b'^' => self.take(1, Kind::Up),
            b'\\' if self.peek(1) == b'|' => self.take(2, Kind::Separator),
            b'v' if !is_word_byte(self.peek(1)) => self.take(1, Kind::Down),
            _ => {
                let blank = self.ahead.blank_end(self.at);
                if blank == self.at {
                    return self.word(c);
                }
                // A link takes the blanks and line breaks before it, so a chain may go on in the next line.
                if self.ahead.link_behind_blank(self.at)
                    && let Some(link) = self.link(blank)
                {
                    return Some(link);
                }
                if c == b'\n' {
                    return self.until(|c| c != b'\n', Kind::Newline);
                }
                self.at = self.ahead.blank_line_end(self.at);
                Some(Kind::Space)
            }
        }
    }

    /// The words of the grammar. The outer `None`: none of them stands here.
    fn keyword(&mut self, c: u8) -> Option<Option<Kind>> {
        match c {
            b'a' => {
                let (length, is_title) = match &self.bytes[self.at..] {
                    rest if rest.starts_with(b"accTitle") => (8, true),
                    rest if rest.starts_with(b"accDescr") => (8, false),
                    _ => return None,
                };
                let mark = self.ahead.blank_end(self.at + length);
                let end = self.ahead.blank_end(mark + 1);
                match self.bytes.get(mark) {
                    Some(b':') if is_title => Some(self.enter(end - self.at, State::AccTitle, Some(Kind::AccTitle))),
                    Some(b':') => Some(self.enter(end - self.at, State::AccTitle, Some(Kind::AccDescr))),
                    Some(b'{') if !is_title => Some(self.enter(end - self.at, State::AccDescrBlock, None)),
                    _ => None,
                }
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
    fn word_and_blanks(&mut self, word: &str) -> Option<usize> {
        let end = self.at + word.len();
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return None;
        }
        let blank = self.ahead.blank_end(end);
        (blank > end).then_some(blank)
    }

    fn reserved(&mut self, word: &str, kind: Kind) -> Option<Option<Kind>> {
        let here = self.bytes[self.at..].starts_with(word.as_bytes()) && !is_word_byte(self.peek(word.len()));
        here.then(|| self.take(word.len(), kind))
    }

    fn graph(&mut self, word: &str) -> Option<Option<Kind>> {
        let found = self.reserved(word, Kind::Graph)?;
        if !self.seen_header {
            self.seen_header = true;
            self.states.push(State::Header);
        }
        Some(found)
    }

    fn header(&mut self, c: u8) -> Option<Kind> {
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
            _ => return Some(Kind::Unreadable),
        };
        self.leave(blank + length - self.at, Some(Kind::HeaderDirection))
    }

    /// An opening bracket: which shape it begins.
    fn opening(&mut self, c: u8) -> Option<Kind> {
        let (kind, length, state) = match (c, self.peek(1), self.peek(2)) {
            (b'(', b'-', _) => (Kind::Ellipse, 2, State::EllipseLabel),
            (b'(', b'[', _) => (Kind::Stadium, 2, State::Label),
            (b'(', b'(', b'(') => (Kind::DoubleCircle, 3, State::Label),
            (b'(', ..) => (Kind::Round, 1, State::Label),
            (b'[', b'[', _) => (Kind::Subroutine, 2, State::Label),
            // Its two names are read as words of a statement, so no label begins yet.
            (b'[', b'|', _) if self.states.is_empty() => return self.take(2, Kind::Properties),
            (b'[', b'(', _) => (Kind::Cylinder, 2, State::Label),
            (b'[', b'/', _) => (Kind::Slash, 2, State::TrapezoidLabel),
            (b'[', b'\\', _) => (Kind::Backslash, 2, State::TrapezoidLabel),
            (b'[', ..) => (Kind::Square, 1, State::Label),
            _ => (Kind::Curly, 1, State::Label),
        };
        self.enter(length, state, Some(kind))
    }

    fn label(&mut self, c: u8) -> Option<Kind> {
        match (c, self.peek(1), self.peek(2)) {
            (b'"', ..) => self.quote(),
            (b'(' | b'[' | b'{', ..) => self.opening(c),
            (b']', b')', _) => self.leave(2, Some(Kind::StadiumEnd)),
            (b']', b']', _) => self.leave(2, Some(Kind::SubroutineEnd)),
            (b']', ..) => self.leave(1, Some(Kind::SquareEnd)),
            (b')', b']', _) => self.leave(2, Some(Kind::CylinderEnd)),
            (b')', b')', b')') => self.leave(3, Some(Kind::DoubleCircleEnd)),
            (b')', ..) => self.leave(1, Some(Kind::RoundEnd)),
            (b'}', ..) => self.leave(1, Some(Kind::CurlyEnd)),
            (b'|', ..) => self.leave(1, Some(Kind::Pipe)),
            _ => self.invisible_link().or_else(|| {
                self.until(|c| matches!(c, b'[' | b']' | b'(' | b')' | b'{' | b'}' | b'|' | b'"'), Kind::Text)
            }),
        }
    }

    fn ellipse_label(&mut self, c: u8) -> Option<Kind> {
        if let Some(link) = self.invisible_link() {
            return Some(link);
        }
        match (c, self.peek(1)) {
            (b'"', _) => self.quote(),
            (b'-' | b'/' | b')', b')') => self.leave(2, Some(Kind::EllipseEnd)),
            (b'(' | b'[' | b'{', _) => self.opening(c),
            (b')' | b']' | b'}', _) => Some(Kind::Unreadable),
            _ => {
                let length = self.char_length();
                self.take(length, Kind::Text)
            }
        }
    }

    fn trapezoid_label(&mut self, c: u8) -> Option<Kind> {
        match (c, self.peek(1), self.peek(2)) {
            (b'"', ..) => self.quote(),
            (b'(', b'-' | b'[', _) | (b'(', b'(', b'(') => self.opening(c),
            (b'\\' | b'(' | b'?' | b'=' | b']' | b')', b']', _) => self.leave(2, Some(Kind::BackslashEnd)),
            (b'/', b']', _) => self.leave(2, Some(Kind::SlashEnd)),
            (b'/' | b'\\', ..) => self.take(1, Kind::Text),
            (b'(' | b'[' | b'{', ..) => self.opening(c),
            (b')' | b']' | b'}', ..) => Some(Kind::Unreadable),
            _ => self.invisible_link().or_else(|| {
                self.until(|c| matches!(c, b'\\' | b'/' | b'[' | b']' | b'(' | b')' | b'{' | b'}'), Kind::Text)
            }),
        }
    }

    /// The text of `-- text -->` (`stroke` is `-`), `== text ==>` or `-. text .->`, up to what ends it.
    fn edge_text(&mut self, c: u8, stroke: u8) -> Option<Kind> {
        if c == b'"' {
            return self.quote();
        }
        let start = self.at;
        let mut at = start;
        while let Some(&c) = self.bytes.get(at) {
            let blank = self.ahead.blank_end(at);
            if let Some(end) = self.ahead.closing_link(blank, stroke) {
                if at > start {
                    break;
                }
                let end = self.ahead.blank_end(end);
                return self.leave(end - start, Some(Kind::Link));
            }
            if blank > at {
                at = blank;
                continue;
            }
            let stuck = match c {
                b'"' => true,
                b'-' => stroke == b'-' && self.bytes.get(at + 1) == Some(&b'-'),
                _ => c == stroke,
            };
            if stuck {
                break;
            }
            at += char_length(c);
        }
        if at == start {
            return Some(Kind::Unreadable);
        }
        self.at = at;
        Some(Kind::EdgeText)
    }

    /// A link that begins at byte `at`, which may stand behind blanks; it takes the blanks behind it.
    fn link(&mut self, at: usize) -> Option<Kind> {
        let (kind, end) = self.ahead.link(at)?;
        if kind == Kind::LinkStart {
            self.states.push(match self.bytes[end - 1] {
                b'=' => State::ThickEdgeText,
                b'.' => State::DottedEdgeText,
                _ => State::EdgeText,
            });
        }
        self.at = self.ahead.blank_end(end);
        Some(kind)
    }

    /// `~~~` is a link in every kind of label, too, where a piece of text would begin.
    fn invisible_link(&mut self) -> Option<Kind> {
        let blank = self.ahead.blank_end(self.at);
        let tildes = self.bytes[blank..].iter().take_while(|&&c| c == b'~').count();
        if tildes < 3 {
            return None;
        }
        self.at = self.ahead.blank_end(blank + tildes);
        Some(Kind::Link)
    }

    fn word(&mut self, c: u8) -> Option<Kind> {
        let start = self.at;
        let mut at = start;
        while let Some(&c) = self.bytes.get(at) {
            let belongs = match c {
                b'#' => !self.is_entity(at),
                b'-' => self.bytes.get(at + 1).is_some_and(|next| !matches!(next, b'>' | b'-' | b'.')),
                _ => is_id_byte(c),
            };
            if !belongs {
                break;
            }
            at += 1;
        }
        if at > start {
            self.at = at;
            return Some(Kind::Word);
        }
        if c == b'-' {
            return self.take(1, Kind::Minus);
        }
        let letter = if c < 0x80 { None } else { self.text[start..].chars().next().filter(|&c| is_letter(c)) };
        match letter {
            Some(letter) => self.take(letter.len_utf8(), Kind::Letter),
            None => Some(Kind::Unreadable),
        }
    }

    /// A quote: it begins a string, or with a backtick behind it a markdown string.
    fn quote(&mut self) -> Option<Kind> {
        if self.peek(1) == b'`' {
            return self.enter(2, State::Markdown, None);
        }
        self.enter(1, State::String, None)
    }

    /// A quote inside a string: it ends it, unless a backtick follows.
    fn closing_or_markdown(&mut self) -> Option<Kind> {
        if self.peek(1) == b'`' {
            return self.enter(2, State::Markdown, None);
        }
        self.leave(1, None)
    }

    /// Whether an entity code (`#quot;`, `#35;`) begins at byte `at`.
    fn is_entity(&self, at: usize) -> bool {
        let name = self.bytes[at + 1..].iter().take_while(|&&c| is_word_byte(c)).count();
        name > 0 && self.bytes.get(at + 1 + name) == Some(&b';')
    }

    fn peek(&self, distance: usize) -> u8 {
        self.bytes.get(self.at + distance).copied().unwrap_or(0)
    }

    fn char_length(&self) -> usize {
        char_length(self.bytes[self.at])
    }

    /// Takes everything up to a byte that `ends`; at least one byte is there.
    fn until(&mut self, ends: impl Fn(u8) -> bool, kind: Kind) -> Option<Kind> {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&c| ends(c)).unwrap_or(rest.len());
        Some(kind)
    }

    // These three return an option because that is what every pattern yields: a token, or nothing.
    #[allow(clippy::unnecessary_wraps)]
    fn take(&mut self, length: usize, kind: Kind) -> Option<Kind> {
        self.at += length;
        Some(kind)
    }

    fn enter(&mut self, length: usize, state: State, kind: Option<Kind>) -> Option<Kind> {
        self.at = (self.at + length).min(self.bytes.len());
        self.states.push(state);
        kind
    }

    fn leave(&mut self, length: usize, kind: Option<Kind>) -> Option<Kind> {
        self.at += length;
        self.states.pop();
        kind
    }
}

/// `\w` of a JavaScript pattern.
pub(super) fn is_word_byte(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'_'
}

fn is_id_byte(c: u8) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            b'!' | b'"' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'.' | b'`' | b'?' | b'\\' | b'_' | b'/'
        )
}

/// Length in bytes of the character that begins with `first`.
fn char_length(first: u8) -> usize {
    match first {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}
