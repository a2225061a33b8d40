//! The plain text of inline Markdown, as a reader sees it. A parser of its own, because it runs on every name and cell
//! that is compared: mostly there is nothing to change, and nothing is copied.

use std::borrow::Cow;

use super::{entity, html};

/// The text without emphasis and code ticks; links give their text, images their alternative text; escapes (`\|`) and
/// entities are resolved; `<br>` is a blank; other HTML of names we know, comments and footnote marks are dropped.
///
/// ```
/// use infralint::markdown::plain::plain;
///
/// assert_eq!(plain("**Production** ([`eu`](https://a.example))"), "Production (eu)");
/// ```
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(is_special) {
        return Cow::Borrowed(text);
    }
    if let Some(inside) = inside(text) {
        return Cow::Borrowed(inside);
    }
    let mut edits = Scan::new(text).edits();
    if edits.is_empty() {
        return Cow::Borrowed(text);
    }
    edits.sort_unstable_by_key(|edit| edit.start);
    apply(text, &edits)
}

/// `**Total**`, `` `web` ``: what stands in one pair of marks, where there are no others.
fn inside(text: &str) -> Option<&str> {
    let between = |mark: &str| text.strip_prefix(mark)?.strip_suffix(mark);
    let inside = ["**", "*", "`"].into_iter().find_map(between)?;
    let is_plain = !inside.bytes().any(is_special);
    (is_plain && !inside.is_empty() && inside.trim().len() == inside.len()).then_some(inside)
}

/// Replaces a part of the text.
#[derive(Debug, Clone, Copy)]
struct Edit {
    start: usize,
    end: usize,
    with: Option<char>,
}

fn is_special(byte: u8) -> bool {
    SPECIAL[usize::from(byte)]
}

/// By byte: this is asked of every byte of every name and cell.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut bytes: &[u8] = b"*_`~[]\\&<";
    while let [byte, rest @ ..] = bytes {
        special[*byte as usize] = true;
        bytes = rest;
    }
    special
};

fn apply<'a>(text: &'a str, edits: &[Edit]) -> Cow<'a, str> {
    let (mut start, mut end) = (0, text.len());
    let mut kept = edits;
    while let [first, rest @ ..] = kept
        && first.start == start
        && first.with.is_none()
    {
        start = first.end;
        kept = rest;
    }
    while let [rest @ .., last] = kept
        && last.end == end
        && last.with.is_none()
    {
        end = last.start;
        kept = rest;
    }
    if kept.is_empty() {
        return Cow::Borrowed(&text[start.min(end)..end]);
    }
    let mut out = String::with_capacity(end - start);
    let mut at = start;
    for edit in kept {
        // Edits may lie inside one another where the text is odd (`[a](b)` in a target): the outer one wins.
        if edit.start < at {
            continue;
        }
        out.push_str(&text[at..edit.start]);
        out.extend(edit.with);
        at = edit.end;
    }
    if at < end {
        out.push_str(&text[at..end]);
    }
    Cow::Owned(out)
}

/// A run of `*`, `_` or `~` that may open emphasis.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Where what is left of it ends: it is used up from the end.
    end: usize,
    left: usize,
}

/// One pass over the text. Searches that failed once are not repeated, so that the work stays linear.
struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    edits: Vec<Edit>,
    /// Open runs of `*`, `_`, `~`.
    open: [Vec<Run>; 3],
    /// Open brackets: where they stand, with the `!` of an image.
    brackets: Vec<(usize, usize)>,
    /// No closing run of so many ticks is left.
    ticks_missing: u64,
    parenthesis_missing: bool,
    comment_missing: bool,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            edits: Vec::new(),
            open: [Vec::new(), Vec::new(), Vec::new()],
            brackets: Vec::new(),
            ticks_missing: 0,
            parenthesis_missing: false,
            comment_missing: false,
        }
    }

    fn edits(mut self) -> Vec<Edit> {
        let mut at = 0;
        while let Some(&byte) = self.bytes.get(at) {
            at = match byte {
                b'\\' => self.escape(at),
                b'`' => self.code(at),
                b'*' | b'_' | b'~' => self.emphasis(at, byte),
                b'[' => self.bracket(at),
                b']' => self.link(at),
                b'<' => self.html(at),
                b'&' => self.entity(at),
                _ => at + 1,
            };
        }
        self.edits
    }

    fn drop(&mut self, start: usize, end: usize) {
        self.edits.push(Edit { start, end, with: None });
    }

    fn escape(&mut self, at: usize) -> usize {
        match self.bytes.get(at + 1) {
            Some(next) if next.is_ascii_punctuation() => {
                self.drop(at, at + 1);
                at + 2
            }
            Some(b'\n' | b'\r') => {
                self.drop(at, at + 1);
                at + 1
            }
            _ => at + 1,
        }
    }

    fn run(&self, at: usize, byte: u8) -> usize {
        self.bytes[at..].iter().take_while(|&&next| next == byte).count()
    }

    fn code(&mut self, at: usize) -> usize {
        let ticks = self.run(at, b'`');
        let inside = at + ticks;
        let memo = 1_u64 << ticks.min(63);
        if self.ticks_missing & memo != 0 {
            return inside;
        }
        let mut end = inside;
        while let Some(found) = self.text[end..].find('`') {
            let close = end + found;
            let run = self.run(close, b'`');
            if run == ticks {
                self.code_span(at, inside, close);
                return close + ticks;
            }
            end = close + run;
        }
        self.ticks_missing |= memo;
        inside
    }

    fn code_span(&mut self, at: usize, inside: usize, close: usize) {
        let slice = &self.text[inside..close];
        let padded = slice.len() > 2 && slice.starts_with(' ') && slice.ends_with(' ') && !slice.trim().is_empty();
        let pad = usize::from(padded);
        self.drop(at, inside + pad);
        for (escaped, _) in slice.match_indices("\\|") {
            self.drop(inside + escaped, inside + escaped + 1);
        }
        self.drop(close - pad, close + (inside - at));
    }

    /// Matches runs without the finer rules of CommonMark (the rule of three, precedence of crossing pairs).
    fn emphasis(&mut self, at: usize, byte: u8) -> usize {
        let length = self.run(at, byte);
        let end = at + length;
        let before = self.text[..at].chars().next_back().unwrap_or(' ');
        let after = self.text[end..].chars().next().unwrap_or(' ');
        let left =
            !after.is_whitespace() && (!is_punctuation(after) || before.is_whitespace() || is_punctuation(before));
        let right =
            !before.is_whitespace() && (!is_punctuation(before) || after.is_whitespace() || is_punctuation(after));
        let (opens, closes) = match byte {
            b'_' => (left && (!right || is_punctuation(before)), right && (!left || is_punctuation(after))),
            b'~' if length > 2 => (false, false),
            _ => (left, right),
        };
        let kind = match byte {
            b'*' => 0,
            b'_' => 1,
            _ => 2,
        };
        let mut start = at;
        if closes {
            while start < end
                && let Some(mut run) = self.open[kind].pop()
            {
                if kind == 2 && run.left != length {
                    continue;
                }
                let used = run.left.min(end - start);
                self.drop(run.end - used, run.end);
                self.drop(start, start + used);
                start += used;
                run.left -= used;
                run.end -= used;
                if run.left > 0 {
                    self.open[kind].push(run);
                }
            }
        }
        if opens && start < end {
            self.open[kind].push(Run { end, left: end - start });
        }
        end
    }

    fn bracket(&mut self, at: usize) -> usize {
        if self.bytes.get(at + 1) == Some(&b'^') {
            let name = self.bytes[at + 2..].iter().take(64).take_while(|byte| !b"[] \n".contains(byte)).count();
            if name > 0 && self.bytes.get(at + 2 + name) == Some(&b']') {
                self.drop(at, at + name + 3);
                return at + name + 3;
            }
        }
        let image = at > 0 && self.bytes[at - 1] == b'!';
        self.brackets.push((at - usize::from(image), at + 1));
        at + 1
    }

    fn link(&mut self, at: usize) -> usize {
        let Some((start, inside)) = self.brackets.pop() else { return at + 1 };
        let end = match self.bytes.get(at + 1) {
            Some(b'(') => self.target(at + 1),
            Some(b'[') => self.bytes[at + 2..]
                .iter()
                .take(200)
                .position(|&byte| matches!(byte, b'[' | b']' | b'\n'))
                .map(|length| at + 2 + length)
                .filter(|&close| self.bytes[close] == b']')
                .map(|close| close + 1),
            _ => None,
        };
        let Some(end) = end else { return at + 1 };
        self.drop(start, inside);
        self.drop(at, end);
        end
    }

    /// Behind the parenthesis that closes the target which opens at `at`.
    fn target(&mut self, at: usize) -> Option<usize> {
        if self.parenthesis_missing {
            return None;
        }
        let mut depth = 0;
        let mut escaped = false;
        for (offset, &byte) in self.bytes[at..].iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'(' => depth += 1,
                b')' if depth == 1 => return Some(at + offset + 1),
                b')' => depth -= 1,
                _ => {}
            }
        }
        self.parenthesis_missing = true;
        None
    }

    fn html(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("<!--") {
            if !self.comment_missing {
                if let Some(close) = rest.find("-->") {
                    self.drop(at, at + close + 3);
                    return at + close + 3;
                }
                self.comment_missing = true;
            }
            return at + 4;
        }
        let Some(length) = rest.bytes().skip(1).position(|byte| matches!(byte, b'<' | b'>')) else { return at + 1 };
        let end = at + length + 1;
        if self.bytes[end] != b'>' {
            return end;
        }
        let inside = &self.text[at + 1..end];
        if is_address(inside) {
            self.drop(at, at + 1);
            self.drop(end, end + 1);
        } else if let Some(name) = html::tag_name(inside).filter(|name| html::is_known(name)) {
            let with = name.eq_ignore_ascii_case("br").then_some(' ');
            self.edits.push(Edit { start: at, end: end + 1, with });
        } else {
            return at + 1;
        }
        end + 1
    }

    fn entity(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at + 1..];
        let Some(length) = rest.iter().take(10).position(|&byte| byte == b';') else { return at + 1 };
        let Some(with) = entity::character(&self.text[at + 1..at + 1 + length]) else { return at + 1 };
        self.edits.push(Edit { start: at, end: at + length + 2, with: Some(with) });
        at + length + 2
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace())
}

/// What an autolink holds: `https://a.example`, `mailto:x@y.z`, `x@y.z`.
fn is_address(inside: &str) -> bool {
    !inside.contains(char::is_whitespace)
        && (inside.split_once(':').is_some_and(|(scheme, rest)| {
            scheme.len() > 1 && !rest.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }) || inside.contains('@') && inside.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_markdown_becomes_text() {
        for (written, expected) in [
            ("Production", "Production"),
            ("**Production**", "Production"),
            ("***Production***", "Production"),
            ("**RTO** (Recovery *Time*)", "RTO (Recovery Time)"),
            ("`prod`", "prod"),
            ("`` a`b ``", "a`b"),
            ("`p\\|q` \\| r", "p|q | r"),
            ("[Overview](#overview \"title\") now", "Overview now"),
            ("[a (b)](x(y)z)", "a (b)"),
            ("[**S3**][s3]", "S3"),
            ("![logo](a.png) x", "logo x"),
            ("[![b](c)](d)", "b"),
            ("[Question]", "[Question]"),
            ("$[X]", "$[X]"),
            ("a<br>b<br/>c", "a b c"),
            ("x <!-- note --> y", "x  y"),
            ("<https://a.example>", "https://a.example"),
            ("<b>x</b> <domain>", "x <domain>"),
            ("< 4 hours", "< 4 hours"),
            ("a &amp; b &lt; c &#65; &nope; &", "a & b < c A &nope; &"),
            ("snake_case_name", "snake_case_name"),
            ("_x_ __y__", "x y"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("~~old~~ new ~5", "old new ~5"),
            ("~4 to ~5", "~4 to ~5"),
            ("*open", "*open"),
            ("99.9%[^1]", "99.9%"),
            ("\\*x\\*", "*x*"),
            ("日本**語**", "日本語"),
            ("", ""),
        ] {
            assert_eq!(plain(written), expected, "{written}");
        }
    }

    #[test]
    fn nothing_is_copied_where_nothing_changes_inside() {
        for text in ["Plain", "snake_case", "**Bold**", "`code`", "< 4 [h]"] {
            assert!(matches!(plain(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn what_is_opened_and_never_closed_is_text() {
        for part in ["[", "](", "[](", "`", "*a _b ", "<a", "<!--", "&#", "![", "[^"] {
            let text = part.repeat(1_000);
            assert!(plain(&text) == text, "{part}");
        }
    }
}
