//! What the lexer must see beyond the token it reads: blanks, links, link ids, and `direction` later in the line.
//!
//! The official patterns try these at every token (`\s*` before a link, `.*direction` before almost anything). Done
//! so, a run of blank lines or a long line costs its square; here each run is measured once and remembered.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr, memrchr};

use crate::mermaid::lexer::token::Kind;

/// Remembers what was measured last.
pub(in crate::mermaid) struct Lookahead<'t> {
    text: &'t str,
    bytes: &'t [u8],
    blank: Blank,
    /// Start of each `direction TB` and the like, its rank among the patterns, and where the line behind it ends.
    directions: Vec<(usize, u8, usize)>,
    next_direction: usize,
    line: (usize, usize),
    /// The next `@`.
    next_at: usize,
    /// The next `direction` or `@`, and from which byte on the line is its own.
    mark: usize,
    marked_from: usize,
    run: Run,
    run_before_12: Run,
    only_newer: Option<(usize, usize)>,
}

/// A run of blanks and line breaks.
#[derive(Clone, Copy, Default)]
struct Blank {
    start: usize,
    /// Behind its last line break; its start where it has none.
    line: usize,
    end: usize,
}

/// A run of characters that may hold a link id, and where its last id ends.
#[derive(Clone, Copy, Default)]
struct Run {
    start: usize,
    end: usize,
    id_end: Option<usize>,
}

impl<'t> Lookahead<'t> {
    pub(in crate::mermaid) fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            blank: Blank::default(),
            directions: directions(text),
            next_direction: 0,
            line: (0, 0),
            next_at: 0,
            mark: 0,
            marked_from: 0,
            run: Run::default(),
            run_before_12: Run::default(),
            only_newer: None,
        }
    }

    /// Allows reading at an earlier place than before.
    pub(super) fn restart(&mut self) {
        self.next_direction = 0;
        (self.next_at, self.mark, self.marked_from) = (0, 0, 0);
    }

    pub(super) fn only_newer(&self) -> Option<(usize, usize)> {
        self.only_newer
    }

    /// The end of the blanks and line breaks that begin at byte `at`; `at` where there are none.
    #[inline]
    pub(super) fn blank_end(&mut self, at: usize) -> usize {
        self.blanks(at).1
    }

    /// Behind the last line break among the blanks that begin at byte `at` (no further than `at` where there is none),
    /// and their end.
    #[inline]
    pub(super) fn blanks(&mut self, at: usize) -> (usize, usize) {
        match self.bytes.get(at) {
            Some(b' ') if self.bytes.get(at + 1).is_some_and(u8::is_ascii_graphic) => return (at, at + 1),
            Some(b' ' | b'\t'..=b'\r' | 0x80..) => {}
            _ => return (at, at.min(self.bytes.len())),
        }
        if at < self.blank.start || self.blank.end <= at {
            self.measure_blank(at);
        }
        (self.blank.line, self.blank.end)
    }

    #[inline(never)]
    fn measure_blank(&mut self, start: usize) {
        let (mut line, mut end) = (start, start);
        loop {
            match self.bytes.get(end) {
                Some(b'\n') => (line, end) = behind_line_breaks(self.bytes, end),
                Some(b' ' | b'\t'..=b'\r') => end += 1,
                Some(0x80..) => match self.text[end..].chars().next().filter(|&c| is_space(c)) {
                    Some(c) => end += c.len_utf8(),
                    None => break,
                },
                _ => break,
            }
        }
        self.blank = Blank { start, line, end };
    }

    /// The end of the characters that are no blank.
    pub(super) fn word_end(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.find(is_space).unwrap_or(rest.len())
    }

    /// A link, or the start of one that has its text inside, without the blanks around it.
    pub(in crate::mermaid) fn link(&self, at: usize) -> Option<(Kind, usize)> {
        let line = self.line_start(at);
        let stroke = *self.bytes.get(line)?;
        let (count, end, head) = self.run_of(line, stroke);
        match stroke {
            b'-' | b'=' if count >= 2 => Some(match (head, count) {
                (true, _) => (Kind::Link, end + 1),
                (false, 2) => (Kind::LinkStart, end),
                _ => (Kind::Link, end),
            }),
            b'-' | b'.' => match self.dotted(line) {
                Some(end) => Some((Kind::Link, end)),
                None => (stroke == b'-' && self.bytes.get(end) == Some(&b'.')).then_some((Kind::LinkStart, end + 1)),
            },
            b'~' if line == at && count >= 3 => Some((Kind::Link, end)),
            _ => None,
        }
    }

    /// The link that ends an edge text of the given stroke, without the blanks around it.
    pub(in crate::mermaid) fn closing_link(&self, at: usize, stroke: u8) -> Option<usize> {
        let line = self.line_start(at);
        if stroke == b'.' {
            return self.dotted(line);
        }
        if self.bytes.get(line) != Some(&stroke) {
            return None;
        }
        let (count, end, head) = self.run_of(line, stroke);
        match (head, count) {
            (true, 2..) => Some(end + 1),
            (false, 3..) => Some(end),
            _ => None,
        }
    }

    /// Behind the head that a link may begin with.
    fn line_start(&self, at: usize) -> usize {
        at + usize::from(matches!(self.bytes.get(at), Some(b'x' | b'o' | b'<')))
    }

    /// How often `byte` stands from `at` on, the end of that, and whether an arrow head follows.
    fn run_of(&self, at: usize, byte: u8) -> (usize, usize, bool) {
        let count = self.bytes[at..].iter().take_while(|&&c| c == byte).count();
        (count, at + count, self.is_head(at + count))
    }

    /// `-.-`, `..->` and the like.
    fn dotted(&self, at: usize) -> Option<usize> {
        let dots = at + usize::from(self.bytes.get(at) == Some(&b'-'));
        if self.bytes.get(dots) != Some(&b'.') {
            return None;
        }
        let (_, dash, _) = self.run_of(dots, b'.');
        (self.bytes.get(dash) == Some(&b'-')).then(|| dash + 1 + usize::from(self.is_head(dash + 1)))
    }

    fn is_head(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), Some(b'>' | b'x' | b'o'))
    }

    /// Whether the rest of the line from byte `at` on may hold a `direction` or an `@`, as far as one look tells.
    #[inline]
    pub(super) fn may_be_marked(&self, at: usize) -> bool {
        self.marked_from <= at
    }

    /// Whether it may hold one: those count wherever in the line they stand.
    pub(super) fn is_marked(&mut self, at: usize) -> bool {
        if self.mark < at {
            self.pass_directions(at);
            if self.next_at < at {
                self.next_at = memchr(b'@', &self.bytes[at..]).map_or(self.bytes.len(), |found| at + found);
            }
            let direction = self.directions.get(self.next_direction);
            self.mark = direction.map_or(self.next_at, |found| found.0.min(self.next_at));
            self.marked_from = memrchr(b'\n', &self.bytes[at..self.mark]).map_or(at, |newline| at + newline + 1);
        }
        self.marked_from <= at
    }

    fn pass_directions(&mut self, at: usize) {
        while self.directions.get(self.next_direction).is_some_and(|found| found.0 < at) {
            self.next_direction += 1;
        }
    }

    /// The end of the `direction` statement that takes the rest of the line from byte `at` on. Whatever stands before
    /// the word `direction` in that line is lost with it.
    #[inline]
    pub(super) fn direction(&mut self, at: usize) -> Option<usize> {
        if self.next_direction == self.directions.len() { None } else { self.direction_from(at) }
    }

    #[inline(never)]
    fn direction_from(&mut self, at: usize) -> Option<usize> {
        self.pass_directions(at);
        let first = self.directions.get(self.next_direction)?;
        if at < self.line.0 || self.line.1 < at {
            let end = self.text[at..].find(['\n', '\u{2028}', '\u{2029}']).map_or(self.text.len(), |found| at + found);
            self.line = (at, end);
        }
        if first.0 >= self.line.1 {
            return None;
        }
        // The pattern with the lowest rank is tried first, and it finds its last place in the line.
        let here = self.directions[self.next_direction..].iter().take_while(|found| found.0 < self.line.1);
        here.min_by_key(|found| (found.1, std::cmp::Reverse(found.0))).map(|found| found.2)
    }

    /// The end of a link id (`e1@` before a link) that begins at byte `at`.
    pub(in crate::mermaid) fn link_id(&mut self, at: usize) -> Option<usize> {
        let here = self.run.at(self.text, at, |c| is_space(c) || "\"[](){}|".contains(c));
        let before_12 = self.run_before_12.at(self.text, at, |c| is_space(c) || c == '"');
        if here != before_12 && self.only_newer.is_none() {
            self.only_newer = before_12.map(|end| (at, end));
        }
        here
    }
}

impl Run {
    /// The end of the last `@` from byte `at` on in the run that `at` lies in.
    fn at(&mut self, text: &str, at: usize, ends: impl Fn(char) -> bool) -> Option<usize> {
        if at < self.start || self.end <= at {
            let rest = &text[at..];
            let end = at + rest.find(ends).unwrap_or(rest.len());
            let id_end = text[at..end]
                .rmatch_indices('@')
                .map(|(found, _)| at + found + 1)
                .find(|&behind| text[behind..].chars().next().is_some_and(|c| c != '{' && c != '"'));
            *self = Self { start: at, end, id_end };
        }
        self.id_end.filter(|&end| end > at + 1)
    }
}

/// Behind the last of the line breaks that begin at byte `at`, and behind the blanks that indent the line there.
pub(super) fn behind_line_breaks(text: &[u8], at: usize) -> (usize, usize) {
    let (mut line, mut end) = (at, at);
    while text.get(end) == Some(&b'\n') {
        line = end + 1;
        end = line;
        while text[end..].starts_with(b"    ") {
            end += 4;
        }
        end += text[end..].iter().take_while(|&&c| c == b' ').count();
    }
    (line, end)
}

/// Whether a link may begin with a byte.
pub(super) const fn begins_link(c: u8) -> bool {
    matches!(c, b'-' | b'=' | b'.' | b'~' | b'<' | b'x' | b'o')
}

/// Every `direction TB` and the like. Also inside labels: the official pattern does not look where it is.
fn directions(text: &str) -> Vec<(usize, u8, usize)> {
    static WORD: LazyLock<Finder> = LazyLock::new(|| Finder::new(DIRECTION));
    let mut found = Vec::new();
    for start in WORD.find_iter(text.as_bytes()) {
        let behind = start + DIRECTION.len();
        let name = behind + text[behind..].find(|c| !is_space(c)).unwrap_or(text.len() - behind);
        let Some(rank) = DIRECTIONS.iter().position(|&direction| text[name..].starts_with(direction)) else { continue };
        if name > behind {
            let end = text[name..].find('\n').map_or(text.len(), |newline| name + newline);
            found.push((start, rank as u8, end));
        }
    }
    found
}

const DIRECTION: &str = "direction";

/// In the order in which the official lexer tries them.
pub(in crate::mermaid) const DIRECTIONS: [&str; 5] = ["TB", "BT", "RL", "LR", "TD"];

/// A text without the blanks around it.
pub(in crate::mermaid) fn trimmed(text: &str) -> &str {
    let (start, end) = bare(text, (0, text.len()));
    &text[start..end]
}

/// Bytes `start..end` of a text without the blanks around them.
pub(in crate::mermaid) fn bare(text: &str, (mut start, mut end): (usize, usize)) -> (usize, usize) {
    let bytes = text.as_bytes();
    while start < end && matches!(bytes[start], b' ' | b'\t'..=b'\r') {
        start += 1;
    }
    while start < end && matches!(bytes[end - 1], b' ' | b'\t'..=b'\r') {
        end -= 1;
    }
    if start < end && (bytes[start] | bytes[end - 1]) >= 0x80 { bare_of_any(text, start, end) } else { (start, end) }
}

/// The same where blanks may be beyond ASCII.
#[cold]
fn bare_of_any(text: &str, start: usize, end: usize) -> (usize, usize) {
    let rest = text[start..end].trim_start_matches(is_space);
    let start = end - rest.len();
    (start, start + rest.trim_end_matches(is_space).len())
}

/// `\s` of a JavaScript pattern.
pub(in crate::mermaid) fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
        | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}
