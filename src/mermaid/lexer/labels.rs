//! What stands inside the brackets of a label, and between the two halves of a link.

use memchr::memchr;

use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::lexer::{Lexer, State, Step, char_length, table};

impl Lexer<'_> {
    /// An opening bracket: which shape it begins.
    #[inline(never)]
    pub(super) fn opening(&mut self, c: u8) -> Step {
        let (kind, length, state) = match (c, self.peek(1)) {
            (b'[', b'[') => (Kind::Subroutine, 2, State::Label),
            (b'[', b'(') => (Kind::Cylinder, 2, State::Label),
            (b'[', b'/') => (Kind::Slash, 2, State::TrapezoidLabel),
            (b'[', b'\\') => (Kind::Backslash, 2, State::TrapezoidLabel),
            // Its two names are read as words of a statement, so no label begins yet.
            (b'[', b'|') if self.state == State::Statement => return self.take(2, Kind::Properties),
            (b'[', _) => (Kind::Square, 1, State::Label),
            (b'(', b'-') => (Kind::Ellipse, 2, State::EllipseLabel),
            (b'(', b'[') => (Kind::Stadium, 2, State::Label),
            (b'(', b'(') if self.peek(2) == b'(' => (Kind::DoubleCircle, 3, State::Label),
            (b'(', _) => (Kind::Round, 1, State::Label),
            _ => (Kind::Curly, 1, State::Label),
        };
        self.enter(length, state, Some(kind))
    }

    #[inline]
    pub(super) fn label(&mut self, c: u8) -> Step {
        if LABEL_ENDS[c as usize] { self.label_end(c) } else { self.label_text() }
    }

    #[inline(never)]
    fn label_text(&mut self) -> Step {
        self.invisible_link().unwrap_or_else(|| self.until(|c| LABEL_ENDS[c as usize], Kind::Text))
    }

    #[inline(never)]
    fn label_end(&mut self, c: u8) -> Step {
        match self.closing(self.at) {
            Some((kind, length)) => self.leave(length, Some(kind)),
            None if c == b'"' => self.quote(),
            None => self.opening(c),
        }
    }

    /// What closes a label at byte `at`, and its length.
    fn closing(&self, at: usize) -> Option<(Kind, usize)> {
        Some(match self.bytes[at..] {
            [b']', b')', ..] => (Kind::StadiumEnd, 2),
            [b']', b']', ..] => (Kind::SubroutineEnd, 2),
            [b']', ..] => (Kind::SquareEnd, 1),
            [b')', b']', ..] => (Kind::CylinderEnd, 2),
            [b')', b')', b')', ..] => (Kind::DoubleCircleEnd, 3),
            [b')', ..] => (Kind::RoundEnd, 1),
            [b'}', ..] => (Kind::CurlyEnd, 1),
            [b'|', ..] => (Kind::Pipe, 1),
            _ => return None,
        })
    }

    /// Takes the label that has just begun, with what closes it. `None` (and nothing is taken) where it is more than one
    /// piece of text or one string, or where something else than `close` ends it.
    pub(in crate::mermaid) fn simple_label(&mut self, close: Kind) -> Option<Token> {
        if self.state != State::Label {
            return None;
        }
        let first = *self.bytes.get(self.at)?;
        let (kind, start) = match first {
            b'"' if self.peek(1) != b'`' => (Kind::String, self.at + 1),
            // A blank, or what may be one, may begin a link.
            b'!'..=b'}' => (Kind::Text, self.at),
            _ => return None,
        };
        let (end, quote) = match kind {
            Kind::Text => (self.end_of(start, |c| !LABEL_ENDS[c as usize]), 0),
            _ => (start + memchr(b'"', &self.bytes[start..])?, 1),
        };
        let (found, width) = self.closing(end + quote)?;
        if end == start || found != close {
            return None;
        }
        self.leave(end + quote + width - self.at, None);
        Some(Token { kind, start: start as u32, end: end as u32 })
    }

    pub(super) fn ellipse_label(&mut self) -> Step {
        if let Some(link) = self.invisible_link() {
            return link;
        }
        match &self.bytes[self.at..] {
            [b'"', ..] => self.quote(),
            [b'-' | b'/' | b')', b')', ..] => self.leave(2, Some(Kind::EllipseEnd)),
            &[c @ (b'(' | b'[' | b'{'), ..] => self.opening(c),
            [b')' | b']' | b'}', ..] => Step::Token(Kind::Unreadable),
            _ => {
                let length = self.char_length();
                self.take(length, Kind::Text)
            }
        }
    }

    pub(super) fn trapezoid_label(&mut self) -> Step {
        match &self.bytes[self.at..] {
            [b'"', ..] => self.quote(),
            [b'\\' | b'(' | b'?' | b'=' | b']' | b')', b']', ..] => self.leave(2, Some(Kind::BackslashEnd)),
            [b'/', b']', ..] => self.leave(2, Some(Kind::SlashEnd)),
            [b'/' | b'\\', ..] => self.take(1, Kind::Text),
            &[c @ (b'(' | b'[' | b'{'), ..] => self.opening(c),
            [b')' | b']' | b'}', ..] => Step::Token(Kind::Unreadable),
            _ => self.invisible_link().unwrap_or_else(|| self.until(|c| TRAPEZOID_ENDS[c as usize], Kind::Text)),
        }
    }

    /// The text of `-- text -->` (`stroke` is `-`), `== text ==>` or `-. text .->`, up to what ends it.
    pub(super) fn edge_text(&mut self, c: u8, stroke: u8) -> Step {
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
            return Step::Token(Kind::Unreadable);
        }
        self.at = at;
        Step::Token(Kind::EdgeText)
    }

    /// `~~~` is a link in every kind of label, too, where a piece of text would begin.
    #[inline]
    fn invisible_link(&mut self) -> Option<Step> {
        let c = self.bytes[self.at];
        if c.is_ascii_graphic() && c != b'~' { None } else { self.tildes() }
    }

    #[inline(never)]
    fn tildes(&mut self) -> Option<Step> {
        let blank = self.ahead.blank_end(self.at);
        let tildes = self.bytes[blank..].iter().take_while(|&&c| c == b'~').count();
        if tildes < 3 {
            return None;
        }
        self.at = self.ahead.blank_end(blank + tildes);
        Some(Step::Token(Kind::Link))
    }
}

/// What ends a piece of the text of a label.
static LABEL_ENDS: [bool; 256] = table(b"[](){}|\"");
static TRAPEZOID_ENDS: [bool; 256] = table(b"\\/[](){}");
