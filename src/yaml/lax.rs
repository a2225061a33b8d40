//! YAML as js-yaml reads it, the library inside of mermaid. It forgives two things that YAML itself does not: a comment
//! right behind a quote or a bracket, and lines of a quoted text that are indented less than it.

use crate::yaml::{self, Node, Problem, Value};

/// So many mistakes are forgiven in one text: each costs another reading.
const MOST: usize = 8;

/// Stand where a fold takes several bytes for one, so that all else stays in its place: nothing, and a line break. YAML
/// allows neither character in a text.
const NOTHING: char = '\u{1}';
const BREAK: char = '\u{2}';

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
    if let (Ok(documents), Some(_)) = (&mut result, blanked) {
        documents.iter_mut().for_each(restore);
    }
    result
}

/// Gives texts that were folded what the fold means. A tree is never deep.
fn restore(node: &mut Node) {
    match &mut node.value {
        Value::Scalar { text, .. } if text.contains([NOTHING, BREAK]) => {
            *text = text.replace(NOTHING, "").replace(BREAK, "\n");
        }
        Value::Scalar { .. } | Value::Alias(_) => {}
        Value::Sequence(items) => items.iter_mut().for_each(restore),
        Value::Mapping(entries) => entries.iter_mut().for_each(|(key, value)| {
            restore(key);
            restore(value);
        }),
    }
}

/// The text with what is forgiven written otherwise, so that everything else stays where it is.
fn forgiven(text: &str, problem: &Problem) -> Option<String> {
    let at = problem.offset;
    let (end, mended) = match problem.message.as_str() {
        "comments must be separated from other tokens by whitespace" => {
            let follows = text.get(..at)?.ends_with(['"', '\'', ',', ':', '[', ']', '{', '}']);
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
            (end, " ".repeat(follows.then_some(end - at)?))
        }
        "invalid indentation in quoted scalar" => {
            let end = end_of_quoted(text, at)?;
            // The end of a document ends a text in quotes, too.
            let is_separator = |line: &str| line.starts_with("---") || line.starts_with("...");
            if text[at..end].lines().skip(1).any(is_separator) {
                return None;
            }
            (end, folded(&text[at..end]))
        }
        _ => return None,
    };
    Some(format!("{}{mended}{}", &text[..at], &text[end..]))
}

/// Lines of a text in quotes as one: a line break with the blanks around it is a blank, of several all but the first
/// stay.
fn folded(quoted: &str) -> String {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let mut out = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some(start) = rest.find(is_blank) {
        let behind = rest[start..].trim_start_matches(is_blank);
        let blanks = &rest[start..rest.len() - behind.len()];
        out.push_str(&rest[..start]);
        rest = behind;
        match blanks.lines().count().max(1) + usize::from(blanks.ends_with('\n')) - 1 {
            0 => out.push_str(blanks),
            1 => {
                out.push(' ');
                out.extend(std::iter::repeat_n(NOTHING, blanks.len() - 1));
            }
            breaks => {
                out.extend(std::iter::repeat_n(BREAK, breaks - 1));
                out.extend(std::iter::repeat_n(NOTHING, blanks.len() + 1 - breaks));
            }
        }
    }
    out.push_str(rest);
    out
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
        let documents = parse("{\n  a: 'b \n *', c: \"d  e\n\n f\"\n}").expect("it is read");
        let said: Vec<_> = documents[0].entries().iter().filter_map(|(_, value)| value.text()).collect();
        assert_eq!(said, ["b *", "d  e\nf"]);
        let shorter = parse("   a: 'b \n  *'\n   c: \"d  e\n\n f\"\n").expect("it is read");
        let said: Vec<_> = shorter[0].entries().iter().filter_map(|(_, value)| value.text()).collect();
        assert_eq!(said, ["b *", "d  e\nf"]);
        assert!(parse("  a: 'x\n--- '\n").is_err());
    }
}
