//! The YAML of most configuration blocks: mappings, and lists of words, without quotes, marks or anything else that the
//! library is there for. It reads them at twenty times the cost.

use crate::span::Span;
use crate::yaml::{DEPTH, Node, Value};

/// A collection that more may belong to.
struct Open {
    indent: usize,
    holds: Holds,
}

enum Holds {
    Items(Vec<Node>),
    Entries {
        entries: Vec<(Node, Node)>,
        /// A key that is still without a value.
        waiting: Option<Node>,
    },
}

/// Reads the mapping that a text is; `None` where anything stands in it that is not plain, be it right or wrong.
pub(super) fn read(text: &str) -> Option<Node> {
    let mut open: Vec<Open> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        // Lines are short: a search that is prepared costs more than it saves.
        let rest = &text[start..];
        let line = &rest[..rest.bytes().position(|byte| byte == b'\n').unwrap_or(rest.len())];
        let indent = line.bytes().take_while(|&byte| byte == b' ').count();
        let content = line[indent..].trim_end_matches(' ');
        if !content.is_empty() && !content.starts_with('#') {
            let at = start + indent;
            if let Some(word) = content.strip_prefix("- ") {
                let Holds::Items(items) = level(&mut open, indent, true)? else { return None };
                items.push(scalar(word, at + "- ".len())?);
            } else {
                let Holds::Entries { entries, waiting } = level(&mut open, indent, false)? else { return None };
                let colon = content.bytes().position(|byte| byte == b':')?;
                let key = scalar(&content[..colon], at)?;
                match &content[colon + 1..] {
                    "" => *waiting = Some(key),
                    value => {
                        entries.push((key, scalar(value.strip_prefix(' ')?, at + colon + ": ".len())?));
                    }
                }
            }
        }
        start += line.len() + 1;
    }
    while open.len() > 1 {
        close(&mut open)?;
    }
    open.pop()?.node()
}

/// The collection that a line with this indent belongs to: one that is open, or a new one, where a key waits for it.
fn level(open: &mut Vec<Open>, indent: usize, is_list: bool) -> Option<&mut Holds> {
    while open.len() > 1 && open.last()?.indent > indent {
        close(open)?;
    }
    let is_new = match open.last() {
        None => !is_list && indent == 0,
        Some(last) => last.holds.waits() && last.indent < indent,
    };
    if is_new && open.len() < DEPTH {
        let entries = || Holds::Entries { entries: Vec::new(), waiting: None };
        open.push(Open { indent, holds: if is_list { Holds::Items(Vec::new()) } else { entries() } });
    }
    let last = open.last_mut()?;
    (last.indent == indent && !last.holds.waits()).then_some(&mut last.holds)
}

/// Gives the last collection to the key that waited for it.
fn close(open: &mut Vec<Open>) -> Option<()> {
    let node = open.pop()?.node()?;
    let Holds::Entries { entries, waiting } = &mut open.last_mut()?.holds else { return None };
    entries.push((waiting.take()?, node));
    Some(())
}

impl Holds {
    fn waits(&self) -> bool {
        matches!(self, Self::Entries { waiting: Some(_), .. })
    }
}

impl Open {
    fn node(self) -> Option<Node> {
        match self.holds {
            Holds::Items(items) => {
                let span = Span::new(items.first()?.span.start() - "- ".len(), items.last()?.span.end());
                Some(Node { span, value: Value::Sequence(items) })
            }
            Holds::Entries { entries, waiting: None } => {
                let span = Span::new(entries.first()?.0.span.start(), entries.last()?.1.span.end());
                Some(Node { span, value: Value::Mapping(entries) })
            }
            Holds::Entries { .. } => None,
        }
    }
}

/// A word, a number, or several: nothing that begins or ends like something else.
fn scalar(text: &str, start: usize) -> Option<Node> {
    let is_plain = |byte: u8| PLAIN[usize::from(byte)];
    let is_word = text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) && !text.ends_with(' ');
    let is_all = text.len() <= LONGEST && text.bytes().all(is_plain);
    let value = || Value::Scalar { text: text.to_owned(), quoted: false };
    (is_word && is_all).then(|| Node { span: Span::new(start, start + text.len()), value: value() })
}

/// By byte: whether it may stand in a word.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-' | b'.' | b'/' | b'%');
        byte += 1;
    }
    plain
};

/// The library takes no longer keys; so long a word is none.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::yaml::parse_any;

    #[test]
    fn plain_texts_are_read_as_the_library_reads_them() {
        for text in [
            "a: 1",
            "Web:\n  MinSize: 2\n  MaxSize: 8\n  Metrics:\n    - CPUUtilization\n    - two words\n",
            "# all of it\na:\n\n  b:\n    c: x/y-z_1.5 %   \n\n  # more\n  d: 2\ne: 3\n",
            "a:\n    b: 1\nc:\n - 1\n - 2\nd: 1\n",
        ] {
            assert_eq!(Ok(read(text).into_iter().collect()), parse_any(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_library() {
        for text in [
            "",
            "a",
            "- a",
            "a:",
            "a:\n- b\n",
            "a: b\n  c: d\n",
            "a:\n  b: 1\n c: 2\n",
            "a: 'x'",
            "a: [1]",
            "a: x: y",
            "a: 1 # one",
            "a:\tb",
            "a: 1\r\n",
            "---\na: 1\n",
            " a: 1\nb: 2\n",
            "a: |\n  b\n",
            "a: &x 1",
            "a:b",
            "a:\n  - b: 1\n",
            "a: é",
            "a : 1",
            "? a\n: b\n",
            "a: b\n  c\n",
            "a:\n  - b\n  c: 1\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_library_reads(
            lines in prop::collection::vec((0_usize..4, "(- |)[ab1]? ?(|: |:  |:)[ab1# -]{0,3}"), 0..8),
        ) {
            let indented: Vec<String> = lines.iter().map(|(indent, line)| "  ".repeat(*indent) + line).collect();
            let text = indented.join("\n");
            if let Some(node) = read(&text) {
                prop_assert_eq!(Ok(vec![node]), parse_any(&text));
            }
        }
    }
}
