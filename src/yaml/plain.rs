//! The YAML of most configuration blocks: mappings, and lists of words, without quotes, marks or anything else that the
//! library is there for. It reads them at twenty times the cost.

use crate::span::Span;
use crate::yaml::{DEPTH, Node, Value};

/// A collection that more may belong to.
struct Open {
    is_list: bool,
    indent: usize,
    /// Of a mapping keys and values in turn.
    nodes: Vec<Node>,
}

/// Reads the mapping that a text is; `None` where anything stands in it that is not plain, be it right or wrong.
pub(super) fn read(text: &str) -> Option<Node> {
    let mut open: Vec<Open> = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let content = line.trim_matches(' ');
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !content.is_empty() && !content.starts_with('#') {
            let item = content.strip_prefix("- ");
            let nodes = level(&mut open, indent, item.is_some())?;
            if let Some(word) = item {
                nodes.push(scalar(word, start + indent + "- ".len())?);
            } else {
                let (key, value) = content.split_once(':')?;
                nodes.push(scalar(key, start + indent)?);
                match value.strip_prefix(' ') {
                    Some(value) => nodes.push(scalar(value, start + indent + key.len() + ": ".len())?),
                    None if value.is_empty() => {}
                    None => return None,
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
fn level(open: &mut Vec<Open>, indent: usize, is_list: bool) -> Option<&mut Vec<Node>> {
    while open.len() > 1 && open.last()?.indent > indent {
        close(open)?;
    }
    let is_new = match open.last() {
        None => !is_list && indent == 0,
        Some(last) => last.waits() && last.indent < indent,
    };
    if is_new && open.len() < DEPTH {
        open.push(Open { is_list, indent, nodes: Vec::new() });
    }
    let last = open.last_mut()?;
    let belongs = last.indent == indent && last.is_list == is_list && !last.waits();
    belongs.then_some(&mut last.nodes)
}

/// Gives the last collection to the key that waited for it.
fn close(open: &mut Vec<Open>) -> Option<()> {
    let node = open.pop()?.node()?;
    open.last_mut()?.nodes.push(node);
    Some(())
}

impl Open {
    /// Whether a key is still without a value.
    fn waits(&self) -> bool {
        !self.is_list && self.nodes.len() % 2 == 1
    }

    fn node(self) -> Option<Node> {
        let (first, last) = (self.nodes.first()?.span, self.nodes.last()?.span);
        if self.waits() {
            return None;
        }
        if self.is_list {
            let span = Span::new(first.start() - "- ".len(), last.end());
            return Some(Node { span, value: Value::Sequence(self.nodes) });
        }
        let mut entries = Vec::with_capacity(self.nodes.len() / 2);
        let mut nodes = self.nodes.into_iter();
        while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
            entries.push((key, value));
        }
        Some(Node { span: Span::new(first.start(), last.end()), value: Value::Mapping(entries) })
    }
}

/// A word, a number, or several: nothing that begins or ends like something else.
fn scalar(text: &str, start: usize) -> Option<Node> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-' | b'.' | b'/' | b'%');
    let is_word = text.starts_with(|c: char| c.is_ascii_alphanumeric()) && !text.ends_with(' ');
    let is_all = text.len() <= LONGEST && text.bytes().all(is_plain);
    let value = || Value::Scalar { text: text.to_owned(), quoted: false };
    (is_word && is_all).then(|| Node { span: Span::new(start, start + text.len()), value: value() })
}

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
