//! What mermaid does to a text before it reads it: line ends, quotes in HTML tags, front matter, `%%{...}%%`
//! directives and comments. Most diagrams come out as a slice of what they were; the rest keep a map back.
//!
//! The steps and their order are those of `preprocessDiagram`, `encodeEntities` and `flowParser.parse` in
//! mermaid 12.3.0. Two of them are left to the lexer: entity codes, and blanks behind a `}`.

mod front_matter;

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3};

use crate::excerpt::Excerpt;
use crate::mermaid::lexer::is_word_byte;
use crate::mermaid::lexer::lookahead::is_space;
use crate::span::Span;

/// The text that the lexer reads. It ends with a line break.
pub(super) struct Prepared<'a> {
    pub(super) text: Cow<'a, str>,
    excerpt: &'a Excerpt<'a>,
    map: Map,
    /// How many of its first bytes stand side by side in the Markdown, too, and where there.
    straight: usize,
    first: usize,
    /// Whether a `#` may be in it, as entity codes have one.
    pub(super) may_hold_codes: bool,
    /// The lines that begin with `%%`, without the line break.
    pub(super) comments: Vec<Span>,
    /// The YAML between the lines of `---`, where the text begins with it.
    pub(super) front_matter: Option<Front>,
}

/// The front matter of a diagram.
pub(super) struct Front {
    /// Its YAML, with the indent of its first line taken off.
    pub(super) yaml: String,
    /// Where each line of that begins, here and in the Markdown.
    lines: Vec<(usize, Span)>,
}

impl Front {
    /// The rest of the line from a byte of the YAML on.
    pub(super) fn place(&self, at: usize) -> Span {
        let after = self.lines.partition_point(|&(start, _)| start <= at);
        match after.checked_sub(1).map(|index| self.lines[index]) {
            Some((start, line)) => Span::new((line.start() + (at - start)).min(line.end()), line.end()),
            None => Span::default(),
        }
    }
}

/// Which byte of the original each byte of the text was: where each piece begins here and there, sorted by both. Empty
/// where nothing was moved.
struct Map(Vec<(u32, u32)>);

impl Map {
    /// Of a byte; at a seam, of the later piece.
    fn back(&self, at: usize) -> usize {
        match self.0.partition_point(|&(start, _)| start as usize <= at).checked_sub(1) {
            Some(index) => self.0[index].1 as usize + (at - self.0[index].0 as usize),
            None => at,
        }
    }

    /// Of the end of something; at a seam, of the earlier piece.
    fn back_end(&self, at: usize) -> usize {
        if at == 0 { self.back(0) } else { self.back(at - 1) + 1 }
    }

    /// The map of a text from which `gone` (sorted, disjoint) was removed.
    fn without(&self, gone: &[(usize, usize)]) -> Self {
        let mut pieces: Vec<(u32, u32)> = Vec::with_capacity(self.0.len() + gone.len());
        let mut next = 0;
        let mut removed = 0;
        let mut kept_from = 0;
        for &(start, end) in gone.iter().chain(std::iter::once(&(usize::MAX, usize::MAX))) {
            if start > kept_from {
                push(&mut pieces, kept_from - removed, self.back(kept_from));
                while self.0.get(next).is_some_and(|piece| (piece.0 as usize) < start) {
                    let piece = self.0[next];
                    if piece.0 as usize > kept_from {
                        push(&mut pieces, piece.0 as usize - removed, piece.1 as usize);
                    }
                    next += 1;
                }
            }
            removed += end - start;
            kept_from = end;
        }
        Self(pieces)
    }
}

fn push(pieces: &mut Vec<(u32, u32)>, here: usize, there: usize) {
    pieces.push((here as u32, there as u32));
}

impl<'a> Prepared<'a> {
    pub(super) fn new(excerpt: &'a Excerpt<'a>) -> Self {
        // One look tells whether any of the steps with a mark of their own has something to do.
        let is_marked = memchr3(b'\r', b'%', b'#', excerpt.text().as_bytes()).is_some();
        let mut prepared = Self {
            text: Cow::Borrowed(excerpt.text()),
            excerpt,
            map: Map(Vec::new()),
            straight: 0,
            first: 0,
            may_hold_codes: is_marked,
            comments: Vec::new(),
            front_matter: None,
        };
        if is_marked {
            prepared.normalize_line_ends();
        }
        prepared.requote_tags();
        prepared.take_front_matter();
        if is_marked && holds(&prepared.text, b'%') {
            prepared.remove(directives);
            prepared.take_comments();
        }
        let blank = prepared.text.len() - prepared.text.trim_start_matches(is_space).len();
        prepared.skip(blank);
        if is_marked {
            prepared.remove(style_semicolons);
        }
        if !prepared.text.ends_with('\n') {
            prepared.text.to_mut().push('\n');
        }
        if let Some(whole) = excerpt.whole() {
            let skipped = prepared.map.back(0);
            prepared.first = whole.start() + skipped;
            prepared.straight = prepared.map.0.get(1).map_or(whole.len() - skipped, |&(start, _)| start as usize);
        }
        prepared
    }

    /// Where bytes `start..end` of the text stand in the Markdown.
    #[inline]
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.straight_span(start, end).unwrap_or_else(|| self.span_of_pieces(start, end))
    }

    /// The same where they stand side by side there, too, as far as one look tells.
    #[inline]
    pub(super) fn straight_span(&self, start: usize, end: usize) -> Option<Span> {
        (end < self.straight).then(|| Span::new(self.first + start, self.first + end))
    }

    /// The bytes that stand at a place of the Markdown, where they stand side by side here, too.
    pub(super) fn slice(&self, place: Span) -> Option<&str> {
        let (mut start, mut end) = (0, self.text.len());
        while start < end {
            let middle = usize::midpoint(start, end);
            if self.span(middle, middle).start() < place.start() {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        self.text.get(start..start + place.len())
    }

    #[inline(never)]
    fn span_of_pieces(&self, start: usize, end: usize) -> Span {
        let from = self.original(start);
        let to = if end > start { self.original_end(end) } else { from };
        self.excerpt.span(from, to.max(from))
    }

    /// Whether bytes `start..end` stand in the Markdown just as they do here.
    pub(super) fn is_verbatim(&self, start: usize, end: usize) -> bool {
        self.span(start, end).len() == end - start
    }

    fn original(&self, at: usize) -> usize {
        self.map.back(at).min(self.excerpt.text().len())
    }

    fn original_end(&self, at: usize) -> usize {
        self.map.back_end(at).min(self.excerpt.text().len())
    }

    /// `\r\n` and `\r` are `\n`.
    fn normalize_line_ends(&mut self) {
        if !holds(&self.text, b'\r') {
            return;
        }
        let gone: Vec<_> = self.text.match_indices("\r\n").map(|(at, _)| (at, at + 1)).collect();
        self.cut(&gone);
        if holds(&self.text, b'\r') {
            self.text = Cow::Owned(self.text.replace('\r', "\n"));
        }
    }

    /// `="..."` inside a tag is `='...'`.
    fn requote_tags(&mut self) {
        let bytes = self.text.as_bytes();
        if !memchr_iter(b'=', bytes).any(|at| bytes.get(at + 1) == Some(&b'"')) {
            return;
        }
        let mut quotes = Vec::new();
        let mut rest = 0;
        while let Some(open) = self.text[rest..].find('<').map(|at| rest + at) {
            rest = open + 1;
            if !self.text.as_bytes().get(rest).is_some_and(|&c| is_word_byte(c)) {
                continue;
            }
            let Some(close) = self.text[rest..].find('>').map(|at| rest + at) else { break };
            let mut at = rest;
            while let Some(start) = self.text[at..close].find("=\"").map(|found| at + found + 1) {
                let Some(end) = self.text[start + 1..close].find('"').map(|found| start + 1 + found) else { break };
                quotes.extend([start, end]);
                at = end + 1;
            }
            rest = close + 1;
        }
        if quotes.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for at in quotes {
            text.push_str(&self.text[done..at]);
            text.push('\'');
            done = at + 1;
        }
        text.push_str(&self.text[done..]);
        self.text = Cow::Owned(text);
    }

    fn take_front_matter(&mut self) {
        let Some(found) = front_matter::find(&self.text) else { return };
        let (start, end) = found.body;
        let mut front = Front { yaml: String::with_capacity(end - start), lines: Vec::new() };
        let mut at = start;
        for line in self.text[start..end].split_inclusive('\n') {
            let bare = line.strip_prefix(found.indent.as_str()).unwrap_or(line);
            let from = at + line.len() - bare.len();
            front.lines.push((front.yaml.len(), self.span(from, from + bare.trim_end_matches('\n').len())));
            front.yaml.push_str(bare);
            at += line.len();
        }
        self.front_matter = Some(front);
        self.skip(found.length);
    }

    /// Lines that begin with `%%` and hold something more, together with the blank lines before them.
    fn take_comments(&mut self) {
        let bytes = self.text.as_bytes();
        let mut gone = Vec::new();
        let mut comments = Vec::new();
        let mut done = 0;
        let mut rest = 0;
        while let Some(mark) = self.text[rest..].find("%%").map(|at| rest + at) {
            rest = mark + 2;
            if matches!(bytes.get(rest), None | Some(b'{' | b'\n')) {
                continue;
            }
            let blank = self.text[done..mark].trim_end_matches(is_space).len() + done;
            let begins_line = blank == 0 || bytes[blank - 1] == b'\n' || is_line_separator(&self.text[..blank]);
            let start = if begins_line {
                blank
            } else {
                match self.text[blank..mark].find(['\n', '\u{2028}', '\u{2029}']) {
                    Some(at) => blank + at + self.text[blank + at..].chars().next().map_or(0, char::len_utf8),
                    None => continue,
                }
            };
            let line = self.text[mark..].find('\n').map_or(bytes.len(), |at| mark + at);
            comments.push(self.span(mark, line));
            done = (line + 1).min(bytes.len());
            rest = done;
            gone.push((start, done));
        }
        self.comments = comments;
        self.cut(&gone);
    }

    fn remove(&mut self, what: impl Fn(&str) -> Vec<(usize, usize)>) {
        let gone = what(&self.text);
        self.cut(&gone);
    }

    /// Removes what is before byte `length`.
    fn skip(&mut self, length: usize) {
        if length > 0 {
            self.map = self.map.without(&[(0, length)]);
            self.text = match std::mem::take(&mut self.text) {
                Cow::Borrowed(text) => Cow::Borrowed(&text[length..]),
                Cow::Owned(text) => Cow::Owned(text[length..].to_owned()),
            };
        }
    }

    fn cut(&mut self, gone: &[(usize, usize)]) {
        if gone.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for &(start, end) in gone {
            text.push_str(&self.text[done..start]);
            done = end;
        }
        text.push_str(&self.text[done..]);
        self.map = self.map.without(gone);
        self.text = Cow::Owned(text);
    }
}

fn holds(text: &str, byte: u8) -> bool {
    memchr(byte, text.as_bytes()).is_some()
}

fn is_line_separator(before: &str) -> bool {
    before.ends_with(['\u{2028}', '\u{2029}'])
}

/// `%%{ word: ... }%%`, which may stand anywhere, run over several lines, and lack its end.
fn directives(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let blank = |at: usize| text[at..].find(|c| !is_space(c)).map_or(text.len(), |found| at + found);
    let word = |at: usize| at + bytes[at..].iter().take_while(|&&c| is_word_byte(c)).count();
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find("%%{").map(|at| rest + at) {
        rest = start + 3;
        let name = blank(rest);
        let name_end = word(name);
        if name_end == name {
            continue;
        }
        let colon = blank(name_end);
        let value = if bytes.get(colon) == Some(&b':') { blank(colon + 1) } else { colon };
        let value_end = match word(value) {
            // No single word: everything up to the end of the directive, or of the text.
            end if end == value => text[value..]
                .find("}%%")
                .into_iter()
                .chain(text[value..].find(['\u{2028}', '\u{2029}']))
                .min()
                .map_or(text.len(), |at| value + at),
            end => end,
        };
        let end = blank(value_end);
        rest = if text[end..].starts_with("}%%") { end + 3 } else { end };
        found.push((start, rest));
    }
    found
}

/// The last `;` of a `style` or `classDef` line that holds a colour: it is no entity code.
fn style_semicolons(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if !holds(text, b'#') {
        return found;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut end = line.len();
        for word in ["style", "classDef"] {
            let Some(at) = line.find(word) else { continue };
            if let Some(last) = line[..end].rfind(';')
                && last > at
                && holds_colour(&line[at + word.len()..last])
            {
                found.push((start + last, start + last + 1));
                end = last;
            }
        }
        start += line.len();
    }
    found.sort_unstable();
    found
}

/// `:`, anything but a blank, `#`.
fn holds_colour(text: &str) -> bool {
    let mut behind_colon = false;
    for c in text.chars() {
        match c {
            ':' => behind_colon = true,
            '#' if behind_colon => return true,
            c if is_space(c) => behind_colon = false,
            _ => {}
        }
    }
    false
}
