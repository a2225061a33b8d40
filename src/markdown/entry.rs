//! `Key: value` lines, as the header of a spec writes them: in a quote, as bold lines, as a list.

use super::lines::lines;
use crate::span::Span;
use crate::text::is_symbol;

/// A key with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The line it stands in, without the prefixes of quotes and without the line break.
    pub line: Span,
    /// Without emoji, emphasis and colon.
    pub key: Span,
    /// Trimmed, without the marks of a hard break; an empty span where nothing is written.
    pub value: Span,
    /// How it is written.
    pub form: EntryForm,
}

/// How a key and its value are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryForm {
    /// `**Version:** 1.0.0`
    BoldColonInside,
    /// `**Version**: 1.0.0`
    BoldColonOutside,
    /// `**Version: 1.0.0**`
    BoldWhole,
    /// `*Version:* 1.0.0`, `_Version_: 1.0.0`, `*Version: 1.0.0*`
    Italic,
    /// `Version: 1.0.0`
    Plain,
    /// `**Version** 1.0.0`, `**Version: 1.0.0`: no entry to [`entries`]. Who knows the keys reads it as what it is meant
    /// to be.
    Broken,
}

/// The entries in the lines of a quote, a paragraph or a list. A line may hold several, separated by ` | ` or ` · `, or
/// by a blank alone where their keys are bold. Lines that hold none are passed over.
pub fn entries(text: &str, span: Span) -> Vec<Entry> {
    let mut found = Vec::new();
    // Most lines of most documents hold no colon.
    for line in lines(text, span).filter(|line| may_hold_colon(&text[line.range()])) {
        let line = without_prefix(text, line);
        let mut start = line.start();
        while start < line.end() {
            let end = segment_end(text, Span::new(start, line.end()));
            found.extend(read(text, line, Span::new(start, end)));
            let separator = text[end..line.end()].chars().next().filter(|&c| c != '*').map_or(0, char::len_utf8);
            start = end + separator;
        }
    }
    found
}

/// Whether a `:` is there, or the first byte of a `：`.
fn may_hold_colon(line: &str) -> bool {
    memchr::memchr2(b':', "：".as_bytes()[0], line.as_bytes()).is_some()
}

/// Without the markers of quotes and of a list item, and without blanks at the end.
fn without_prefix(text: &str, line: Span) -> Span {
    let slice = text[line.range()].trim_end();
    let end = line.start() + slice.len();
    let inside = slice.trim_start_matches([' ', '\t', '>']);
    let item = ["- ", "* ", "+ "].iter().find_map(|marker| inside.strip_prefix(marker)).unwrap_or(inside);
    Span::new(end - item.trim_start().len(), end)
}

/// Where the first entry of a line ends: at a separator that a further entry follows. In
/// `**Status:** Draft | Review | Approved` none does.
fn segment_end(text: &str, rest: Span) -> usize {
    let slice = &text[rest.range()];
    let mut before = ' ';
    for (at, c) in slice.char_indices() {
        if matches!(c, '|' | '·' | '•') && before.is_whitespace() {
            let behind = Span::new(rest.start() + at + c.len_utf8(), rest.end());
            let first = slice[at + c.len_utf8()..].starts_with(char::is_whitespace);
            if first && read(text, behind, behind).is_some() {
                return rest.start() + at;
            }
        }
        if c == '*' && before == ' ' && at > 0 && slice[at..].starts_with("**") {
            let behind = Span::new(rest.start() + at, rest.end());
            if read(text, behind, behind).is_some() {
                return behind.start();
            }
        }
        before = c;
    }
    rest.end()
}

fn read(text: &str, line: Span, segment: Span) -> Option<Entry> {
    let slice = text[segment.range()].trim_end();
    let slice = slice.strip_suffix('\\').unwrap_or(slice).trim_end();
    let end = segment.start() + slice.len();
    let bare = slice.trim_start_matches(|c: char| c.is_whitespace() || is_symbol(c));
    let mark = ["**", "__", "*", "_"].into_iter().find(|mark| bare.starts_with(mark)).unwrap_or("");
    let named = bare[mark.len()..].trim_start_matches(|c: char| c.is_whitespace() || is_symbol(c));
    let key_start = end - named.len();
    let colon = named.char_indices().take(60).find(|&(_, c)| matches!(c, ':' | '：'))?;
    let (inside, behind) = (&named[..colon.0], &named[colon.0 + colon.1.len_utf8()..]);
    let outside = (!mark.is_empty()).then(|| inside.strip_suffix(mark)).flatten();
    let key = outside.unwrap_or(inside).trim_end();
    if !is_key(key) {
        return None;
    }
    let bold = mark.len() == 2;
    let (form, value) = if mark.is_empty() {
        (EntryForm::Plain, behind)
    } else if outside.is_some() {
        (if bold { EntryForm::BoldColonOutside } else { EntryForm::Italic }, behind)
    } else if let Some(value) = behind.strip_prefix(mark) {
        (if bold { EntryForm::BoldColonInside } else { EntryForm::Italic }, value)
    } else {
        let value = behind.strip_suffix(mark)?;
        (if bold { EntryForm::BoldWhole } else { EntryForm::Italic }, value)
    };
    // `10:30` and `http://` are no keys; behind emphasis and a full-width colon no blank is needed.
    let spaced = value.is_empty() || value.starts_with(char::is_whitespace);
    if !spaced && colon.1 == ':' && (form == EntryForm::Plain || value.starts_with('/')) {
        return None;
    }
    let value_end = match form {
        EntryForm::BoldWhole => end - mark.len(),
        EntryForm::Italic
            if slice.len() > value.len()
                && !value.is_empty()
                && behind.len() != value.len()
                && !behind.starts_with(mark) =>
        {
            end - mark.len()
        }
        _ => end,
    };
    let written = Span::new(value_end - value.len(), value_end);
    let trimmed = written.trim(text);
    let blank = usize::from(value.starts_with([' ', '\t']));
    let value = if trimmed.is_empty() { Span::at((written.start() + blank).min(written.end())) } else { trimmed };
    Some(Entry { line, key: Span::new(key_start, key_start + key.len()), value, form })
}

/// Few words, no punctuation of a sentence.
fn is_key(key: &str) -> bool {
    let further_words = || key.as_bytes().windows(2).filter(|pair| pair[0] == b' ' && pair[1] != b' ').count();
    key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '&' | '(' | ')' | '.' | '\''))
        && further_words() < 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<(&str, &str, EntryForm)> {
        let found = entries(text, Span::new(0, text.len()));
        found.iter().map(|entry| (&text[entry.key.range()], &text[entry.value.range()], entry.form)).collect()
    }

    #[test]
    fn a_quote_holds_bold_entries() {
        let text = "> **Version:** 1.0.0\n> **Status:** Draft | Review | Approved  \n> 📅 **Last Updated**: 251224\\\n> **Owner:**\n";
        assert_eq!(
            read_all(text),
            [
                ("Version", "1.0.0", EntryForm::BoldColonInside),
                ("Status", "Draft | Review | Approved", EntryForm::BoldColonInside),
                ("Last Updated", "251224", EntryForm::BoldColonOutside),
                ("Owner", "", EntryForm::BoldColonInside),
            ]
        );
        let entry = entries(text, Span::new(0, text.len()))[1];
        assert_eq!(&text[entry.line.range()], "**Status:** Draft | Review | Approved");
    }

    #[test]
    fn other_forms_are_known() {
        assert_eq!(
            read_all("Status: ✅ Ready\r\nVersion: 1"),
            [("Status", "✅ Ready", EntryForm::Plain), ("Version", "1", EntryForm::Plain)]
        );
        assert_eq!(read_all("- **Status**: Draft"), [("Status", "Draft", EntryForm::BoldColonOutside)]);
        assert_eq!(read_all("*Last updated: 2025-01-01*"), [("Last updated", "2025-01-01", EntryForm::Italic)]);
        assert_eq!(read_all("_Version:_ 2"), [("Version", "2", EntryForm::Italic)]);
        assert_eq!(read_all("_Version_: 2"), [("Version", "2", EntryForm::Italic)]);
        assert_eq!(read_all("**Version: 1.0**"), [("Version", "1.0", EntryForm::BoldWhole)]);
        assert_eq!(read_all("**📌 Version:** `1.0`"), [("Version", "`1.0`", EntryForm::BoldColonInside)]);
        assert_eq!(read_all("最終更新：2025年1月2日"), [("最終更新", "2025年1月2日", EntryForm::Plain)]);
    }

    #[test]
    fn one_line_may_hold_several() {
        assert_eq!(
            read_all("**Version:** 1.0 | **Status:** Draft · **Date**: 251224"),
            [
                ("Version", "1.0", EntryForm::BoldColonInside),
                ("Status", "Draft", EntryForm::BoldColonInside),
                ("Date", "251224", EntryForm::BoldColonOutside)
            ]
        );
        assert_eq!(read_all("Version: 1.0 | Status: Draft").len(), 2);
        assert_eq!(
            read_all("**Version:** 1.0 **Status**: Draft of **Ada**"),
            [
                ("Version", "1.0", EntryForm::BoldColonInside),
                ("Status", "Draft of **Ada**", EntryForm::BoldColonOutside)
            ]
        );
    }

    #[test]
    fn prose_holds_none() {
        for text in [
            "See https://a.example: it is there",
            "At 10:30 we met",
            "This is what we all should know: it works",
            "- [ ] todo",
            ":",
            "**bold** text",
            "> ",
            "",
        ] {
            assert!(read_all(text).is_empty(), "{text}");
        }
    }
}
