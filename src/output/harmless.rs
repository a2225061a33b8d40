//! Texts of a document, made harmless for a terminal: no control character reaches it, and nothing that turns the
//! direction of writing around.

use std::borrow::Cow;

/// The text with every dangerous character replaced by a harmless one of the same length in bytes, so that spans
/// into the text stay right. Tabs and line breaks stay, but for `\r`: alone it has a terminal write over the line.
pub fn text(text: &str) -> Cow<'_, str> {
    replaced(text, |c| is_control(c) && !matches!(c, '\t' | '\n'))
}

/// The same on one line: line breaks and tabs become blanks.
pub fn line(line: &str) -> Cow<'_, str> {
    replaced(line, is_control)
}

fn replaced(text: &str, bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    let Some(first) = text.find(&bad) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    for c in text[first..].chars() {
        match c {
            c if !bad(c) => out.push(c),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.len_utf8() == 1 => out.push('?'),
            c if c.len_utf8() == 2 => out.push('¿'),
            _ => out.push('\u{fffd}'),
        }
    }
    Cow::Owned(out)
}

/// Control characters, line and paragraph separators, and the marks that override the direction of writing.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_dangerous_is_left_and_offsets_stay() {
        let bad = "a\u{1b}[31mb\u{9b}c\u{202e}d\te\u{7f}\u{2066}\u{61c}\n日本\u{200d}\r";
        let good = text(bad);
        assert_eq!(good, "a?[31mb¿c\u{fffd}d\te?\u{fffd}¿\n日本\u{200d} ");
        assert_eq!(good.len(), bad.len());
        assert_eq!(line("one\r\ntwo\tthree"), "one  two three");
        assert!(matches!(text("plain"), Cow::Borrowed(_)));
    }
}
