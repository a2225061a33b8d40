//! What js-yaml makes of the values that a YAML tree holds, by its JSON schema, and what it refuses although the
//! tree is sound.

use std::collections::HashSet;

use crate::yaml::{Node, Value};

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scalar {
    /// `~`, `null`, nothing.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number, and whether JavaScript takes it for true: neither 0 nor none.
    Number(bool),
    /// Everything else.
    Text,
    /// A list or a mapping.
    Collection,
}

/// The type of a node. An alias is taken for what it mostly stands for, a text.
pub(in crate::mermaid) fn of(node: &Node) -> Scalar {
    match &node.value {
        Value::Scalar { quoted: true, .. } | Value::Alias(_) => Scalar::Text,
        Value::Scalar { text, .. } => plain(text),
        Value::Sequence(_) | Value::Mapping(_) => Scalar::Collection,
    }
}

fn plain(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Bool(true),
        "false" | "False" | "FALSE" => Scalar::Bool(false),
        ".nan" | ".NaN" | ".NAN" => Scalar::Number(false),
        _ => numeral(text).map_or(Scalar::Text, |number| Scalar::Number(number != 0.0)),
    }
}

/// The number that a node is, where it is one.
pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Scalar { text, quoted: false } => numeral(text),
        _ => None,
    }
}

fn numeral(text: &str) -> Option<f64> {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    for (prefix, radix) in [("0b", 2), ("0o", 8), ("0x", 16)] {
        if let Some(digits) = bare.strip_prefix(prefix) {
            let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
            let add = |value: f64, c: char| value * f64::from(radix) + f64::from(c.to_digit(radix).unwrap_or(0));
            let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
            return is_number.then(|| sign * digits.chars().fold(0.0, add));
        }
    }
    if matches!(bare, ".inf" | ".Inf" | ".INF") {
        return Some(f64::INFINITY);
    }
    let first = bare.chars().next()?;
    let signed_dot = bare.len() < text.len() && first == '.';
    let is_number = (first.is_ascii_digit() || first == '.') && !signed_dot;
    let whole = bare.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b'e' | b'E' | b'+' | b'-'));
    text.parse().ok().filter(|number: &f64| is_number && whole && number.is_finite())
}

/// Whether JavaScript takes a value for true.
pub(super) fn is_true(node: &Node) -> bool {
    match of(node) {
        Scalar::Null => false,
        Scalar::Bool(value) | Scalar::Number(value) => value,
        Scalar::Text => node.text() != Some(""),
        Scalar::Collection => true,
    }
}

/// A key as a property of an object.
pub(super) fn key(node: &Node) -> &str {
    match of(node) {
        Scalar::Null => "null",
        _ => node.text().unwrap_or("[object Object]"),
    }
}

/// A place in the YAML, and what is wrong there.
pub(super) type Refusal = (usize, String);

/// Refuses what js-yaml does although the tree is sound. `text` is what the tree was read from.
pub(super) fn check(root: &Node, text: &str) -> Result<(), Refusal> {
    if let Value::Scalar { quoted: false, .. } = root.value {
        // Further lines of a text must not be indented less than its first one.
        let start = root.span.start();
        let own = start - text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let mut at = start;
        for line in text[root.span.range()].split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches(' ').len();
            if at > start && indent < own && !line.trim().is_empty() {
                return Err((at + indent, "this line is indented less than the first one".to_owned()));
            }
            at += line.len();
        }
    }
    check_node(root, text, false)
}

fn check_node(node: &Node, text: &str, in_flow: bool) -> Result<(), Refusal> {
    let start = node.span.start();
    let is_flow = text[start..].starts_with(['{', '[']);
    match &node.value {
        Value::Mapping(entries) => {
            let mut seen = HashSet::with_capacity(entries.len());
            for (name, value) in entries {
                check_node(name, text, is_flow)?;
                check_node(value, text, is_flow)?;
                if !is_flow && name.span.is_empty() {
                    return Err((name.span.start(), "a key is missing before the colon".to_owned()));
                }
                if !seen.insert(key(name)) {
                    return Err((name.span.start(), format!("the key `{}` stands here twice", key(name))));
                }
            }
            Ok(())
        }
        Value::Sequence(items) => items.iter().try_for_each(|item| check_node(item, text, is_flow)),
        Value::Scalar { quoted, .. } => {
            let source = &text[node.span.range()];
            if source.starts_with('!') {
                check_tag(node, source)?;
            }
            if in_flow && !quoted && source.starts_with(['>', '|']) {
                return Err((start, "a text cannot begin so: put it in quotes".to_owned()));
            }
            Ok(())
        }
        Value::Alias(_) => Ok(()),
    }
}

/// Of the tags, only those of the schema are known, and what they stand before must be of that type.
fn check_tag(node: &Node, source: &str) -> Result<(), Refusal> {
    let tag = source.split([' ', '\t', '\n', ',', '[', ']', '{', '}']).next().unwrap_or(source);
    let fits = match tag {
        "!" | "!!str" => true,
        "!!null" => of(node) == Scalar::Null,
        "!!bool" => matches!(of(node), Scalar::Bool(_)),
        "!!int" | "!!float" => matches!(of(node), Scalar::Number(_)),
        _ => false,
    };
    if fits { Ok(()) } else { Err((node.span.start(), format!("the tag `{tag}` means nothing here"))) }
}

/// The first character that YAML cannot hold.
pub(super) fn unprintable(text: &str) -> Option<usize> {
    let is_bad = |c: char| {
        matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f'..='\u{84}' | '\u{86}'..='\u{9f}'
            | '\u{fffe}' | '\u{ffff}')
    };
    text.find(is_bad)
}
