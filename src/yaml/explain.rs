//! What a mistake in YAML is in a user's terms: a parser says what it expected, a person wants to know what to write.

use crate::span::Span;
use crate::yaml::Problem;

/// A mistake, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// From the character that breaks to the end of its line.
    pub place: Span,
    /// The bracket that nothing closes, where that is the cause.
    pub opener: Option<Span>,
    /// What is wrong, in the middle of a sentence.
    pub reason: String,
    /// What to write instead, where that can be told.
    pub help: Option<String>,
}

/// Explains why a text does not parse.
pub fn explain(text: &str, problem: &Problem) -> Mistake {
    let place = Place::new(text, problem.offset, problem.message.starts_with("simple key"));
    let bracket = open_bracket(&text[..place.start]).filter(|_| is_about_brackets(&problem.message));
    let (reason, help) = match bracket {
        Some((_, bracket)) => (format!("`{bracket}` is not closed"), None),
        None => words(&problem.message, &place),
    };
    let opener = bracket.map(|(start, bracket)| Span::new(start, start + bracket.len_utf8()));
    Mistake { place: Span::new(place.start, place.end), opener, reason, help }
}

/// Where the parser gives up, and the line it stands in.
struct Place<'a> {
    /// What to point at: from the character that breaks to the end of the line; the last line where nothing is left.
    start: usize,
    end: usize,
    line: &'a str,
    /// What of the line stands before the character.
    before: &'a str,
    /// The line above, blank ones aside.
    above: &'a str,
}

impl<'a> Place<'a> {
    fn new(text: &'a str, offset: usize, is_whole_line: bool) -> Self {
        let text = text.trim_end();
        let offset = offset.min(text.len());
        let begin = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let end = text[offset..].find(['\n', '\r']).map_or(text.len(), |at| offset + at);
        let line = &text[begin..end];
        let is_whole_line = is_whole_line || offset == end;
        let start = if is_whole_line { end - line.trim_start().len() } else { offset };
        let above = text[..begin].lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        Self { start, end, line, before: &text[begin..start], above }
    }
}

fn is_about_brackets(message: &str) -> bool {
    message.contains("flow") || message.starts_with("illegal placement") || message == "unexpected eof"
}

/// The last bracket of a text that nothing closes: quotes and comments aside, brackets inside of words, too.
fn open_bracket(text: &str) -> Option<(usize, char)> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut before = '\n';
    let mut in_comment = false;
    for (at, c) in text.char_indices() {
        let begins = before.is_whitespace() || matches!(before, '[' | '{' | ',');
        match (c, quote) {
            ('\n' | '\r', None) => in_comment = false,
            _ if in_comment => {}
            (c, Some(mark)) if c == mark => quote = None,
            ('#', None) if before.is_whitespace() => in_comment = true,
            ('"' | '\'', None) if begins => quote = Some(c),
            ('[' | '{', None) if begins => open.push((at, c)),
            (']' | '}', None) => drop(open.pop()),
            _ => {}
        }
        before = c;
    }
    open.pop()
}

/// What is wrong in a user's terms, and what to write instead. The parser's own words where we know no better ones.
fn words(message: &str, place: &Place) -> (String, Option<String>) {
    let line = place.line.trim();
    if place.before.trim().is_empty() && place.line[place.before.len()..].starts_with('\t') || message.contains("tab") {
        return ("a tab cannot indent".into(), Some("indent with blanks".into()));
    }
    if message.starts_with("mapping values are not allowed") {
        return match entry(line) {
            Some((key, value)) if value.contains(": ") => (
                "a value holds a colon and a space".into(),
                Some(format!("put it in quotes: `{key}: \"{}\"`", value.replace('"', "\\\""))),
            ),
            // Nobody indents by one blank on purpose.
            _ if indent(place.line) == indent(place.above) + 1 && entry(place.above).is_some() => (
                "this line is indented deeper than the one above, which has a value already".into(),
                Some("indent it like the line above".into()),
            ),
            _ => (
                "the key above has a value already, and this belongs to it, too".into(),
                Some("give these lines a key of their own, or remove the value above".into()),
            ),
        };
    }
    let reason = match message {
        _ if message.contains("expected '-' indicator") => {
            return match line.strip_prefix("- [") {
                Some(_) => {
                    ("an item begins with a bracket".into(), Some(format!("put it in quotes: `- \"{}\"`", &line[2..])))
                }
                None => ("an item of the list ends before its line does".into(), None),
            };
        }
        _ if message.starts_with("simple key") => "this line is neither `key: value` nor an item of a list",
        "did not find expected <document start>" => "this line is indented less than the first one",
        "invalid trailing content after double-quoted scalar" => "something stands after a text in quotes",
        "comment intercepting the multiline text" => "a comment stands in the middle of a text",
        _ if message.contains("unexpected end of stream") => "a text in quotes is not closed",
        _ if message.contains("did not find expected key") => "this line is indented unlike those above it",
        _ => message,
    };
    (reason.to_owned(), None)
}

/// With how many blanks a line begins.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Key and value of a line, the mark of an item in front of the key.
fn entry(line: &str) -> Option<(&str, &str)> {
    line.split_once(": ").map(|(key, value)| (key, value.trim()))
}
