//! What happens to links inside a document when headings are written otherwise: their anchors change with them.

use std::collections::{HashMap, HashSet};

use crate::fix::Edit;
use crate::markdown::model::{BlockKind, Document};
use crate::markdown::plain::plain;
use crate::slug::Slugger;
use crate::span::Span;

/// What becomes of the links of a document.
#[derive(Debug)]
pub(crate) enum Links {
    /// None leads to a heading that changes.
    Untouched,
    /// These edits lead them to the new anchors.
    Follow(Vec<Edit>),
    /// Some would lead nowhere, and how to write them is not clear.
    Lost,
}

/// What the links need when these edits are made in headings. The edits are in the order of the text.
pub(crate) fn relink(document: &Document, text: &str, edits: &[Edit]) -> Links {
    let linked: HashSet<String> =
        document.links.iter().filter_map(|link| link.target.strip_prefix('#')).map(str::to_lowercase).collect();
    // Most documents have no such links: their anchors need not be known.
    if edits.is_empty() || linked.is_empty() {
        return Links::Untouched;
    }
    let mut changed = changed_anchors(document, text, edits);
    changed.retain(|old, _| linked.contains(old));
    if linked.iter().any(|fragment| fragment.contains('%')) {
        return Links::Lost;
    }
    if changed.is_empty() {
        return Links::Untouched;
    }
    let mut written: HashSet<&str> = HashSet::new();
    let mut follow = Vec::new();
    for fragment in fragments(document, text) {
        if let Some((old, new)) = changed.get_key_value(&text[fragment.range()].to_lowercase()) {
            written.insert(old);
            follow.push(Edit { span: fragment, text: new.clone() });
        }
    }
    if written.len() == changed.len() { Links::Follow(follow) } else { Links::Lost }
}

/// The anchors that change, old and new.
fn changed_anchors(document: &Document, text: &str, edits: &[Edit]) -> HashMap<String, String> {
    let (mut before, mut after) = (Slugger::default(), Slugger::default());
    let mut changed = HashMap::new();
    let mut edits = edits.iter().peekable();
    for (_, heading) in document.headings() {
        let mut written = String::new();
        let mut at = heading.text.start();
        while let Some(edit) = edits.next_if(|edit| edit.span.end() <= heading.text.end()) {
            if edit.span.start() >= at {
                written.push_str(&text[at..edit.span.start()]);
                written.push_str(&edit.text);
                at = edit.span.end();
            }
        }
        written.push_str(&text[at..heading.text.end()]);
        let old = before.next(&plain(&text[heading.text.range()]));
        let new = after.next(&plain(&written));
        if old != new {
            changed.insert(old, new);
        }
    }
    changed
}

/// What stands behind each `#` that may belong to a link, a definition (`[a]: #b`) or an attribute; code aside.
fn fragments<'a>(document: &'a Document, text: &'a str) -> impl Iterator<Item = Span> + 'a {
    let mut code = document
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter(|block| matches!(block.kind, BlockKind::Code(_)))
        .map(|block| block.span)
        .peekable();
    text.match_indices('#').filter_map(move |(at, _)| {
        while code.next_if(|code| code.end() <= at).is_some() {}
        let in_code = code.peek().is_some_and(|code| code.start() <= at);
        let before = &text[..at];
        let opens = before.ends_with(['(', '<', '"', '\'']) || before.trim_end_matches([' ', '\t']).ends_with("]:");
        let end = text[at + 1..].find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | '\'')).unwrap_or(0);
        (opens && !in_code && end > 0).then(|| Span::new(at + 1, at + 1 + end))
    })
}
