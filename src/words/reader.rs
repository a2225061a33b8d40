//! Reads a text letter by letter, and keeps what stood between them.

use super::needs::Marks;
use super::texts::{Boundary, Script, Texts, Word};
use crate::text::is_symbol;

/// Longest HTML tag in a label, in bytes.
const LONGEST_TAG: usize = 256;

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A small letter or a digit of ASCII.
    Small,
    Capital,
    Blank,
    Other,
}

/// By byte.
static KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => Kind::Small,
            b'A'..=b'Z' => Kind::Capital,
            b' ' => Kind::Blank,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

/// What was seen since the last letter.
#[derive(Clone, Copy)]
struct Gap {
    boundary: Boundary,
    /// The last mark; a blank where there was none.
    mark: char,
}

impl Gap {
    const NONE: Self = Self { boundary: Boundary::None, mark: ' ' };
    const TEXT: Self = Self { boundary: Boundary::Text, mark: ' ' };

    /// A blank or a line break: words beside a mark and a blank are no phrase.
    fn widen(&mut self, own: Boundary) {
        let own = if self.mark == ' ' { own } else { Boundary::Clause };
        self.boundary = self.boundary.max(own);
    }

    fn mark(&mut self, mark: char) {
        let own = match mark {
            // With anything else it is two.
            _ if self.boundary != Boundary::None => Boundary::Clause,
            '-' | '_' | '\u{2010}' | '\u{2011}' => Boundary::Joint,
            '/' | '\'' | '’' => Boundary::Blank,
            '.' => Boundary::Dot,
            _ => Boundary::Clause,
        };
        if !(mark == '_' && self.mark == '_') {
            self.boundary = self.boundary.max(own);
        }
        self.mark = mark;
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
        Self { texts, gap: Gap::TEXT, previous: ' ', token: 0, is_dotted: false }
    }

    /// Reads it; returns what it holds.
    pub(super) fn read(mut self, text: &str) -> Marks {
        let bytes = text.as_bytes();
        let mut marks = Marks::NONE;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let from = at;
            at += 1;
            marks.add(byte);
            let kind = KINDS[usize::from(byte)];
            let letter = match kind {
                Kind::Small | Kind::Capital => Some(char::from(byte)),
                Kind::Blank => {
                    self.gap.widen(Boundary::Blank);
                    None
                }
                Kind::Other => {
                    let (letter, behind) = self.other(&text[from..]);
                    at = text.len() - behind.len();
                    bytes[from + 1..at].iter().for_each(|&byte| marks.add(byte));
                    letter
                }
            };
            let Some(c) = letter else { continue };
            if kind != Kind::Small || self.gap.boundary != Boundary::None || !self.previous.is_ascii() {
                self.begin(c, text, at);
            }
            if kind == Kind::Other {
                self.add(c);
                continue;
            }
            // Among small ones side by side, as most are, nothing begins.
            while let Some(&byte) = bytes.get(at).filter(|&&byte| KINDS[usize::from(byte)] == Kind::Small) {
                marks.add(byte);
                at += 1;
            }
            self.texts.letters.push(byte.to_ascii_lowercase());
            self.texts.letters.extend_from_slice(&bytes[from + 1..at]);
            self.previous = char::from(bytes[at - 1]);
        }
        self.end_token();
        marks
    }

    /// Any other character: the letter that it is, and what is behind it or behind what it begins.
    #[inline(never)]
    fn other<'s>(&mut self, text: &'s str) -> (Option<char>, &'s str) {
        let mut behind = text.chars();
        let Some(written) = behind.next() else { return (None, "") };
        let behind = behind.as_str();
        let c = plain(written);
        if c.is_alphanumeric() || is_combining(c) {
            return (Some(c), behind);
        }
        (None, self.mark(c, behind))
    }

    /// A character that is no letter; returns what is behind it, and behind what it begins.
    fn mark<'s>(&mut self, c: char, behind: &'s str) -> &'s str {
        match c {
            ' ' | '\t' | '\u{a0}' | '\u{200b}' | '*' | '`' | '"' | '~' => self.gap.widen(Boundary::Blank),
            '\n' | '\r' => self.gap.widen(Boundary::Line),
            '\\' if behind.starts_with('n') => {
                self.gap.widen(Boundary::Line);
                return &behind[1..];
            }
            '<' if behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                let window = &behind.as_bytes()[..behind.len().min(LONGEST_TAG)];
                if let Some(end) = window.iter().position(|&byte| byte == b'>') {
                    self.gap.widen(Boundary::Line);
                    return &behind[end + 1..];
                }
            }
            // An icon: `fa:fa-database` says nothing.
            ':' if behind.starts_with("fa-") => {
                self.gap.widen(Boundary::Line);
                return behind.find(char::is_whitespace).map_or("", |end| &behind[end..]);
            }
            c if !c.is_ascii() && is_symbol(c) => self.gap.widen(Boundary::Blank),
            c => self.gap.mark(c),
        }
        behind
    }

    /// Adds a letter beyond ASCII.
    #[inline(never)]
    fn add(&mut self, c: char) {
        for c in c.to_lowercase() {
            self.texts.letters.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.previous = c;
    }

    /// What a letter begins, before it is added. It ends at byte `end` of the text.
    #[inline]
    fn begin(&mut self, c: char, text: &str, end: usize) {
        let before = match self.gap.boundary {
            Boundary::None if self.changes_case(c, text, end) => Boundary::Case,
            before => before,
        };
        let at = self.texts.letters.len();
        match before {
            Boundary::None | Boundary::Case => {}
            Boundary::Dot => self.is_dotted = true,
            _ => {
                self.end_token();
                self.token = at;
            }
        }
        let start = at as u32;
        if before != Boundary::None || self.changes_script(c) {
            self.texts.words.push(Word { start, before });
        } else if c == 'S' && self.previous.is_uppercase() {
            self.texts.capital_s.push(start);
        }
        self.gap = Gap::NONE;
    }

    /// Whether a word begins although nothing stands between: `用户|API`, and any letter of a language without blanks.
    fn changes_script(&self, c: char) -> bool {
        !(c.is_ascii() && self.previous.is_ascii()) && is_other_script(c, self.previous)
    }

    /// `App|Server`, `API|Gateway`, `S3|Bucket`, but `APIs` and `DB1`.
    fn changes_case(&self, c: char, text: &str, end: usize) -> bool {
        if !c.is_uppercase() {
            return false;
        }
        if self.previous.is_uppercase() { is_first_capital(&text[end..]) } else { self.previous.is_alphanumeric() }
    }

    /// The end of what stands between blanks.
    fn end_token(&mut self) {
        if self.is_dotted {
            self.end_dotted();
        }
    }

    /// Remembers a name with dots in it, unless its last part is a number (`15.3`).
    #[inline(never)]
    fn end_dotted(&mut self) {
        self.is_dotted = false;
        let (start, end) = (self.token as u32, self.texts.letters.len() as u32);
        let mut words = self.texts.words.iter().rev().take_while(|word| word.start >= start);
        let last = words.find(|word| word.before == Boundary::Dot).map_or(start, |word| word.start);
        if !self.texts.letters[last as usize].is_ascii_digit() {
            self.texts.dotted.push((start, end));
        }
    }
}

/// Whether a letter is not of the script of the one before it, or of one where every letter may begin a word.
#[inline(never)]
fn is_other_script(c: char, previous: char) -> bool {
    let here = Script::of(c);
    here == Script::Unspaced || here != Script::of(previous)
}

/// Whether a capital behind others is the first of another word, by what is behind it: the `G` of `APIGateway`, but not
/// the `I` of `APIs`.
#[inline(never)]
fn is_first_capital(behind: &str) -> bool {
    let mut next = behind.chars();
    let (first, second) = (next.next(), next.next());
    let is_lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    is_lower(first) && (first != Some('s') || is_lower(second))
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
