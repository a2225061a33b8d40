//! What stands inside the brackets of a label, and between the two halves of a link.

use crate::mermaid::lexer::token::Kind;
use crate::mermaid::lexer::{Lexer, State, Step, char_length, table};

impl Lexer<'_> {
    /// An opening bracket: which shape it begins.
    pub(super) fn opening(&mut self) -> Step {
        let (kind, length, state) = match &self.bytes[self.at..] {
            [b'(', b'-', ..] => (Kind::Ellipse, 2, State::EllipseLabel),
            [b'(', b'[', ..] => (Kind::Stadium, 2, State::Label),
            [b'(', b'(', b'(', ..] => (Kind::DoubleCircle, 3, State::Label),
            [b'(', ..] => (Kind::Round, 1, State::Label),
            [b'[', b'[', ..] => (Kind::Subroutine, 2, State::Label),
            // Its two names are read as words of a statement, so no label begins yet.
            [b'[', b'|', ..] if self.state == State::Statement => return self.take(2, Kind::Properties),
            [b'[', b'(', ..] => (Kind::Cylinder, 2, State::Label),
            [b'[', b'/', ..] => (Kind::Slash, 2, State::TrapezoidLabel),
            [b'[', b'\\', ..] => (Kind::Backslash, 2, State::TrapezoidLabel),
            [b'[', ..] => (Kind::Square, 1, State::Label),
            _ => (Kind::Curly, 1, State::Label),
        };
        self.enter(length, state, Some(kind))
    }

    pub(super) fn label(&mut self) -> Step {
        match &self.bytes[self.at..] {
            [b'"', ..] => self.quote(),
            [b'(' | b'[' | b'{', ..] => self.opening(),
            [b']', b')', ..] => self.leave(2, Some(Kind::StadiumEnd)),
            [b']', b']', ..] => self.leave(2, Some(Kind::SubroutineEnd)),
            [b']', ..] => self.leave(1, Some(Kind::SquareEnd)),
            [b')', b']', ..] => self.leave(2, Some(Kind::CylinderEnd)),
            [b')', b')', b')', ..] => self.leave(3, Some(Kind::DoubleCircleEnd)),
            [b')', ..] => self.leave(1, Some(Kind::RoundEnd)),
            [b'}', ..] => self.leave(1, Some(Kind::CurlyEnd)),
            [b'|', ..] => self.leave(1, Some(Kind::Pipe)),
            _ => self.invisible_link().unwrap_or_else(|| self.until(|c| LABEL_ENDS[c as usize], Kind::Text)),
        }
    }

    pub(super) fn ellipse_label(&mut self) -> Step {
        if let Some(link) = self.invisible_link() {
            return link;
        }
        match &self.bytes[self.at..] {
            [b'"', ..] => self.quote(),
            [b'-' | b'/' | b')', b')', ..] => self.leave(2, Some(Kind::EllipseEnd)),
            [b'(' | b'[' | b'{', ..] => self.opening(),
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
            [b'(' | b'[' | b'{', ..] => self.opening(),
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
    fn invisible_link(&mut self) -> Option<Step> {
        if self.bytes[self.at].is_ascii_graphic() && self.bytes[self.at] != b'~' {
            return None;
        }
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
