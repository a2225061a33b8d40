//! YAML as js-yaml reads it, the library inside of mermaid. It forgives two things that YAML itself does not: a comment
//! right behind a quote or a bracket, and lines of a quoted text that are indented less than it.

use crate::yaml::{self, Node, Problem};

/// So many mistakes are forgiven in one text: each costs another reading.
const MOST: usize = 8;

/// Reads all documents of a text.
pub fn parse(text: &str) -> Result<Vec<Node>, Problem> {
    let mut result = yaml::parse(text);
    let mut blanked = None;
    for _ in 0..MOST {
        let Err(problem) = &result else { break };
        let Some(next) = forgiven(blanked.as_deref().unwrap_or(text), problem) else { break };
        result = yaml::parse(&next);
        blanked = Some(next);
    }
    result
}

/// The text with what is forgiven made blank, so that everything else stays where it is.
fn forgiven(text: &str, problem: &Problem) -> Option<String> {
    let at = problem.offset;
    let (end, is_blanked): (usize, fn(char) -> bool) = match problem.message.as_str() {
        "comments must be separated from other tokens by whitespace" => {
            let follows = text.get(..at)?.ends_with(['"', '\'', ',', ':', '[', ']', '{', '}']);
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
            (end, if follows { |_| true } else { return None })
        }
        "invalid indentation in quoted scalar" => {
            let end = end_of_quoted(text, at)?;
            // The end of a document ends a text in quotes, too.
            let is_separator = |line: &str| line.starts_with("---") || line.starts_with("...");
            if text[at..end].lines().skip(1).any(is_separator) {
                return None;
            }
            (end, |c| c == '\n' || c == '\r')
        }
        _ => return None,
    };
    let mut blanked = String::with_capacity(text.len());
    blanked.push_str(&text[..at]);
    for c in text[at..end].chars() {
        if is_blanked(c) {
            blanked.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            blanked.push(c);
        }
    }
    blanked.push_str(&text[end..]);
    Some(blanked)
}

/// Where a text in quotes ends that begins at a byte.
fn end_of_quoted(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let &quote = bytes.get(start)?;
    let mut at = start + 1;
    while let Some(&c) = bytes.get(at) {
        let escapes = match c {
            b'\\' => quote == b'"',
            b'\'' => quote == c && bytes.get(at + 1) == Some(&c),
            _ => false,
        };
        if c == quote && !escapes {
            return Some(at);
        }
        at += if escapes { 2 } else { 1 };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_may_follow_a_quote_or_a_bracket_at_once() {
        for text in ["{ a: 'é'# x\n}", "{\na: \"x\"#, b: 1\n}", "{# x\n a: 1}", "a: \"x\"# y\nb: 'z'# y\n"] {
            assert!(parse(text).is_ok(), "{text}");
        }
        for text in ["a: |# x\n y\n", "a: >-# x\n y\n"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_lines_of_a_quoted_text_may_be_indented_less() {
        let documents = parse("  a: 'it''s\n'\n  b: \"\\\"x\ny\"\n").expect("it is read");
        let said: Vec<_> = documents[0].entries().iter().filter_map(|(_, value)| value.text()).collect();
        assert_eq!(said, ["it's ", "\"x y"]);
        assert!(parse("  a: 'x\n--- '\n").is_err());
    }
}
