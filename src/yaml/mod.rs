//! YAML as a tree that knows where each key and value stands. The one place that knows saphyr.
//!
//! Works on events rather than on the tree of a library: that is recursive, and a gate must not overflow its stack
//! on ten thousand `- - - -`.

pub mod explain;
pub mod lax;
mod plain;

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use crate::span::Span;

/// So deep nests nobody; it keeps everything that walks a tree from running out of stack.
const DEPTH: usize = 128;

/// A value and where it stands: bytes of the text that was read. Who reads an [`crate::excerpt::Excerpt`] maps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// A scalar with its quotes and its anchor; a collection from its first to its last entry.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number, a word, a text: quotes and escapes resolved.
    Scalar {
        /// What it says.
        text: String,
        /// Whether it stands in quotes (or is a block of text): `"2"` is no number.
        quoted: bool,
    },
    /// `- item`, `[a, b]`.
    Sequence(Vec<Node>),
    /// `key: value`, in the order of the text.
    Mapping(Vec<(Node, Node)>),
    /// `*name`, with the place of what it stands for.
    Alias(Span),
}

/// Why a text is no YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The byte at which the parser gives up; at most the length of the text.
    pub offset: usize,
    /// The parser's words.
    pub message: String,
}

/// Reads all documents of a text (`---` stands between two).
pub fn parse(text: &str) -> Result<Vec<Node>, Problem> {
    match plain::read(text) {
        Some(document) => Ok(vec![document]),
        None => parse_any(text),
    }
}

fn parse_any(text: &str) -> Result<Vec<Node>, Problem> {
    let places = Places::new(text);
    let mut tree = Tree::default();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, at)) => tree
                .add(event, places.span(at.start, at.end), text)
                .map_err(|message| Problem { offset: places.offset(at.start), message: message.to_owned() })?,
            Err(error) => {
                return Err(Problem { offset: places.offset(*error.marker()), message: error.info().to_owned() });
            }
        }
    }
    Ok(tree.documents)
}

impl Node {
    /// Walks all entries of all mappings in it, each with its key, whatever their depth, in the order of the text.
    pub fn entries(&self) -> Vec<(&Node, &Node)> {
        let mut found = Vec::new();
        self.each_entry(&mut |key, value| found.push((key, value)));
        found
    }

    /// Shows all of these to `see`.
    pub fn each_entry<'a>(&'a self, see: &mut impl FnMut(&'a Self, &'a Self)) {
        match &self.value {
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    see(key, value);
                    value.each_entry(see);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| item.each_entry(see)),
            Value::Scalar { .. } | Value::Alias(_) => {}
        }
    }

    /// The first key that stands in one mapping twice, as the only one: both places. Where several do, records are
    /// listed one below the other.
    pub fn repeated_key(&self) -> Option<(&Self, &Self)> {
        match &self.value {
            Value::Mapping(entries) if !may_repeat(entries) => {
                entries.iter().find_map(|(_, value)| value.repeated_key())
            }
            Value::Mapping(entries) => {
                let mut keys: Vec<&Self> = entries.iter().map(|(key, _)| key).filter(|key| key.is_name()).collect();
                keys.sort_by_key(|key| (key.text(), key.span));
                let mut twice = keys.windows(2).filter(|pair| pair[0].text() == pair[1].text());
                let own = twice.next().filter(|_| twice.next().is_none()).map(|pair| (pair[0], pair[1]));
                own.or_else(|| entries.iter().find_map(|(_, value)| value.repeated_key()))
            }
            Value::Sequence(items) => items.iter().find_map(Self::repeated_key),
            Value::Scalar { .. } | Value::Alias(_) => None,
        }
    }

    /// Whether it is a key that names something: several `<<` merge several mappings.
    fn is_name(&self) -> bool {
        self.text().is_some_and(|text| text.contains(char::is_alphanumeric))
    }

    /// What it says, where it is a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// Whether two keys may be the same: few are compared at once.
fn may_repeat(entries: &[(Node, Node)]) -> bool {
    const FEW: usize = 16;
    let mut keys = entries.iter().enumerate();
    entries.len() > FEW || keys.any(|(at, (key, _))| entries[..at].iter().any(|(other, _)| other.text() == key.text()))
}

/// The parser counts characters; a text without others than ASCII needs no table.
struct Places {
    length: usize,
    starts: Option<Vec<u32>>,
}

impl Places {
    fn new(text: &str) -> Self {
        let starts = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at as u32).collect());
        Self { length: text.len(), starts }
    }

    fn offset(&self, mark: Marker) -> usize {
        match &self.starts {
            None => mark.index().min(self.length),
            Some(starts) => starts.get(mark.index()).map_or(self.length, |&at| at as usize),
        }
    }

    fn span(&self, start: Marker, end: Marker) -> Span {
        let start = self.offset(start);
        Span::new(start, self.offset(end).max(start))
    }
}

/// Builds nodes from events: what is open stands on a stack.
#[derive(Default)]
struct Tree {
    documents: Vec<Node>,
    open: Vec<Open>,
    anchors: HashMap<usize, Span>,
}

struct Open {
    start: Span,
    anchor: usize,
    /// Of a mapping keys and values in turn.
    nodes: Vec<Node>,
}

impl Tree {
    fn add(&mut self, event: Event, at: Span, source: &str) -> Result<(), &'static str> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let quoted = style != ScalarStyle::Plain;
                self.close(anchor, Node { span: at, value: Value::Scalar { text: text.into_owned(), quoted } });
            }
            Event::Alias(anchor) => {
                let target = self.anchors.get(&anchor).copied().unwrap_or(at);
                self.close(0, Node { span: at, value: Value::Alias(target) });
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                if self.open.len() == DEPTH {
                    return Err("nested too deep");
                }
                self.open.push(Open { start: at, anchor, nodes: Vec::new() });
            }
            Event::SequenceEnd => {
                if let Some(open) = self.open.pop() {
                    let span = extent(open.start, &open.nodes, at, source);
                    self.close(open.anchor, Node { span, value: Value::Sequence(open.nodes) });
                }
            }
            Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    let span = extent(open.start, &open.nodes, at, source);
                    let mut nodes = open.nodes.into_iter();
                    let mut entries = Vec::with_capacity(nodes.len() / 2);
                    while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
                        entries.push((key, value));
                    }
                    self.close(open.anchor, Node { span, value: Value::Mapping(entries) });
                }
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn close(&mut self, anchor: usize, node: Node) {
        if anchor > 0 {
            self.anchors.insert(anchor, node.span);
        }
        match self.open.last_mut() {
            Some(open) => open.nodes.push(node),
            None => self.documents.push(node),
        }
    }
}

/// From where a collection begins to its bracket, or to its last entry where it has none: the parser ends it at the
/// line behind it.
fn extent(start: Span, nodes: &[Node], end: Span, source: &str) -> Span {
    let bracketed = source[end.range()].starts_with([']', '}']);
    let end = if bracketed { end.end() } else { nodes.last().map_or(start.end(), |last| last.span.end()) };
    Span::new(start.start(), end.max(start.start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, span: Span) -> &str {
        &text[span.range()]
    }

    #[test]
    fn keys_and_values_know_their_bytes() {
        let text = "Größe:\n  MinSize: 2 # zwei\n  \"Max\": '10'\n";
        let documents = parse(text).expect("it parses");
        let entries = documents[0].entries();
        let seen: Vec<(&str, &str)> =
            entries[1..].iter().map(|(key, value)| (at(text, key.span), at(text, value.span))).collect();
        assert_eq!(seen, [("MinSize", "2"), ("\"Max\"", "'10'")]);
        assert_eq!(entries[2].1.value, Value::Scalar { text: "10".to_owned(), quoted: true });
        assert_eq!(at(text, documents[0].span), text.trim_end());
    }

    #[test]
    fn a_block_may_hold_several_documents() {
        let documents = parse("---\na: 1\n---\nb: [x, {c: 2}]\n").expect("it parses");
        assert_eq!(documents.len(), 2);
        let keys: Vec<_> = documents[1].entries().iter().map(|(key, _)| key.text().expect("a scalar")).collect();
        assert_eq!(keys, ["b", "c"]);
        assert_eq!(parse("").expect("nothing is fine"), []);
    }

    #[test]
    fn an_error_points_at_a_byte() {
        let text = "ключ: [1, 2\nb: 1\n";
        let problem = parse(text).expect_err("the bracket is open");
        assert!(text.is_char_boundary(problem.offset) && problem.offset > 10, "{problem:?}");
    }

    #[test]
    fn an_alias_leads_to_its_anchor() {
        let text = "a: &x 1\nb: *x\n";
        let documents = parse(text).expect("it parses");
        let Value::Alias(target) = documents[0].entries()[1].1.value else { panic!("an alias") };
        assert_eq!(at(text, target), "&x 1");
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert_eq!(parse(&"- ".repeat(100_000)).expect_err("too deep").message, "nested too deep");
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}
