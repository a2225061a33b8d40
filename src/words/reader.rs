//! Reads a text letter by letter, and keeps what stood between them.

use super::texts::{Boundary, Script, Texts};
use crate::text::is_symbol;

/// Longest HTML tag in a label, in bytes.
const LONGEST_TAG: usize = 256;

/// What was seen since the last letter.
#[derive(Clone, Copy)]
struct Gap {
    /// Never less than this.
    least: Boundary,
    blank: bool,
    marks: u32,
    mark: char,
}

impl Gap {
    const EMPTY: Self = Self { least: Boundary::None, blank: false, marks: 0, mark: ' ' };

    fn of_text() -> Self {
        Self { least: Boundary::Text, ..Self::EMPTY }
    }

    fn break_line(&mut self) {
        self.least = self.least.max(Boundary::Line);
    }

    fn mark(&mut self, mark: char) {
        if !(mark == '_' && self.mark == '_') {
            self.marks += 1;
        }
        self.mark = mark;
    }

    fn boundary(self) -> Boundary {
        let own = match (self.marks, self.blank || self.least >= Boundary::Line) {
            (0, _) if self.blank => Boundary::Blank,
            (0, _) => Boundary::None,
            (1, false) => match self.mark {
                '-' | '_' | '\u{2010}' | '\u{2011}' => Boundary::Joint,
                '/' | '\'' | '’' => Boundary::Blank,
                '.' => Boundary::Dot,
                _ => Boundary::Clause,
            },
            _ => Boundary::Clause,
        };
        own.max(self.least)
    }
}

/// Reads one text.
pub(super) struct Reader<'r, 't> {
    texts: &'r mut Texts<'t>,
    gap: Gap,
    previous: char,
    /// Where what stands between blanks began.
    token: usize,
    /// Whether it has a dot in it.
    is_dotted: bool,
}

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn new(texts: &'r mut Texts<'t>) -> Self {
        Self { texts, gap: Gap::of_text(), previous: ' ', token: 0, is_dotted: false }
    }

    pub(super) fn read(mut self, text: &str) {
        let mut rest = text;
        while let Some(&first) = rest.as_bytes().first() {
            if first.is_ascii_alphanumeric() {
                let is_next = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
                let run = 1 + rest.bytes().skip(1).take_while(is_next).count();
                self.run(&rest[..run], &rest[1..]);
                rest = &rest[run..];
            } else if first == b' ' {
                self.gap.blank = true;
                rest = &rest[1..];
            } else {
                rest = self.other(rest);
            }
        }
        self.end_token();
    }

    /// An ASCII letter or digit, and those in lower case behind it, as most are: no boundary can stand before them.
    fn run(&mut self, run: &str, behind: &str) {
        self.letter(char::from(run.as_bytes()[0]), behind);
        let texts = &mut *self.texts;
        texts.letters.push_str(&run[1..]);
        texts.before.resize(texts.letters.len(), Boundary::None);
        self.previous = run.chars().next_back().unwrap_or(self.previous);
    }

    /// Any other character; returns what is behind it, and behind what it begins.
    fn other<'s>(&mut self, text: &'s str) -> &'s str {
        let mut behind = text.chars();
        let Some(written) = behind.next() else { return "" };
        let behind = behind.as_str();
        let c = plain(written);
        if c.is_alphanumeric() || is_combining(c) {
            self.letter(c, behind);
            return behind;
        }
        match c {
            ' ' | '\t' | '\u{a0}' | '\u{200b}' | '*' | '`' | '"' | '~' => self.gap.blank = true,
            '\n' | '\r' => self.gap.break_line(),
            '\\' if behind.starts_with('n') => {
                self.gap.break_line();
                return &behind[1..];
            }
            '<' if behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                let window = &behind.as_bytes()[..behind.len().min(LONGEST_TAG)];
                if let Some(end) = window.iter().position(|&byte| byte == b'>') {
                    self.gap.break_line();
                    return &behind[end + 1..];
                }
            }
            // An icon: `fa:fa-database` says nothing.
            ':' if behind.starts_with("fa-") => {
                self.gap.break_line();
                return behind.find(char::is_whitespace).map_or("", |end| &behind[end..]);
            }
            c if is_symbol(c) => self.gap.blank = true,
            c => self.gap.mark(c),
        }
        behind
    }

    fn letter(&mut self, c: char, behind: &str) {
        let boundary = match self.gap.boundary() {
            Boundary::None if self.changes_case(c, behind) => Boundary::Case,
            boundary => boundary,
        };
        let at = self.texts.letters.len();
        match boundary {
            Boundary::None | Boundary::Case => {}
            Boundary::Dot => self.is_dotted = true,
            _ => {
                self.end_token();
                self.token = at;
            }
        }
        self.texts.before.push(boundary);
        if boundary != Boundary::None || self.changes_script(c) {
            self.texts.words.push(at as u32);
        }
        if c == 'S' && self.previous.is_uppercase() && boundary == Boundary::None {
            self.texts.capital_s.push(at as u32);
        }
        if c.is_ascii() {
            self.texts.letters.push(c.to_ascii_lowercase());
        } else {
            self.texts.letters.extend(c.to_lowercase());
            self.texts.before.resize(self.texts.letters.len(), Boundary::None);
        }
        self.gap = Gap::EMPTY;
        self.previous = c;
    }

    /// Whether a word begins although nothing stands between: `用户|API`, and any letter of a language without blanks.
    fn changes_script(&self, c: char) -> bool {
        if c.is_ascii() && self.previous.is_ascii() {
            return false;
        }
        let here = Script::of(c);
        here == Script::Unspaced || here != Script::of(self.previous)
    }

    /// `App|Server`, `API|Gateway`, `S3|Bucket`, but `APIs` and `DB1`.
    fn changes_case(&self, c: char, behind: &str) -> bool {
        if !c.is_uppercase() {
            return false;
        }
        if !self.previous.is_uppercase() {
            return self.previous.is_alphanumeric();
        }
        let mut next = behind.chars();
        let (first, second) = (next.next(), next.next());
        let is_lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
        is_lower(first) && (first != Some('s') || is_lower(second))
    }

    /// Remembers a name with dots in it, unless its last part is a number (`15.3`).
    fn end_token(&mut self) {
        if !self.is_dotted {
            return;
        }
        self.is_dotted = false;
        let (start, end) = (self.token, self.texts.letters.len());
        let last = (start..end).rev().find(|&at| self.texts.before[at] == Boundary::Dot).unwrap_or(start);
        if !self.texts.letters.as_bytes()[last].is_ascii_digit() {
            self.texts.dotted.push((start as u32, end as u32));
        }
    }
}

/// Full-width letters and blanks as their plain ones.
fn plain(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}')
}
