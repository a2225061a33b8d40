//! What happens to links inside a document when headings are written otherwise: their anchors change with them.

use std::collections::{HashMap, HashSet};

use crate::bind::bound::Bound;
use crate::fix::Edit;
use crate::markdown::model::{Document, Heading};
use crate::markdown::plain::plain;
use crate::slug::{Slugger, slug};
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

impl Bound<'_> {
    /// What the links need when these edits are made in headings. The edits are in the order of the text.
    pub(crate) fn relink(self, edits: &[Edit]) -> Links {
        let targets = self.document.links.iter().filter_map(|link| link.target.strip_prefix('#'));
        let linked: HashSet<String> = targets.map(str::to_lowercase).collect();
        // Most documents have no such links: their anchors need not be known.
        if edits.is_empty() || linked.is_empty() {
            return Links::Untouched;
        }
        let mut changed = self.changed_anchors(edits);
        changed.retain(|old, _| linked.contains(old));
        if linked.iter().any(|fragment| fragment.contains('%')) {
            return Links::Lost;
        }
        if changed.is_empty() {
            return Links::Untouched;
        }
        let mut written: HashSet<&str> = HashSet::new();
        let mut follow = Vec::new();
        for fragment in fragments(self.document, self.text) {
            if let Some((old, new)) = changed.get_key_value(&self.text[fragment.range()].to_lowercase()) {
                written.insert(old);
                follow.push(Edit { span: fragment, text: new.clone() });
            }
        }
        if written.len() == changed.len() { Links::Follow(follow) } else { Links::Lost }
    }

    /// The anchors that change, old and new. What leads to a misspelt heading by its right name is to follow it, too:
    /// it leads there as soon as the heading has that name.
    fn changed_anchors(self, edits: &[Edit]) -> HashMap<String, String> {
        let (mut before, mut after) = (Slugger::default(), Slugger::default());
        let right: HashMap<Span, &str> = self.renamed().map(|(heading, name)| (heading.name, name)).collect();
        let mut changed = HashMap::new();
        let mut edits = edits;
        for (_, heading) in self.document.headings() {
            let count = edits.iter().take_while(|edit| edit.span.end() <= heading.text.end()).count();
            let here;
            (here, edits) = edits.split_at(count);
            let old = before.next(&self.shown(heading, &[]));
            let new = after.next(&self.shown(heading, here));
            if let Some(&name) = right.get(&heading.name) {
                let old = slug(&self.shown(heading, &renaming(&[], heading, name)));
                let new = slug(&self.shown(heading, &renaming(here, heading, name)));
                changed.insert(old, new);
            }
            changed.insert(old, new);
        }
        changed.retain(|old, new| old != new);
        changed
    }

    /// A heading as it is shown with some edits, in the order of the text.
    pub(crate) fn shown(self, heading: &Heading, edits: &[Edit]) -> String {
        let mut written = String::new();
        let mut at = heading.text.start();
        for edit in edits {
            if edit.span.start() >= at {
                written.push_str(&self.text[at..edit.span.start()]);
                written.push_str(&edit.text);
                at = edit.span.end();
            }
        }
        written.push_str(&self.text[at..heading.text.end()]);
        plain(&written).into_owned()
    }
}

/// The edits of a heading that give it another name besides.
pub(crate) fn renaming(edits: &[Edit], heading: &Heading, name: &str) -> Vec<Edit> {
    let others = edits.iter().filter(|edit| edit.span.end() <= heading.name.start());
    let behind = edits.iter().filter(|edit| edit.span.start() >= heading.name.end());
    let rename = Edit { span: heading.name, text: name.to_owned() };
    others.cloned().chain(std::iter::once(rename)).chain(behind.cloned()).collect()
}

/// What stands behind each `#` that may belong to a link, a definition (`[a]: #b`) or an attribute; code aside.
fn fragments<'a>(document: &'a Document, text: &'a str) -> impl Iterator<Item = Span> + 'a {
    let mut code = document.code_blocks().map(|(_, block, _)| block.span).peekable();
    text.match_indices('#').filter_map(move |(at, _)| {
        while code.next_if(|code| code.end() <= at).is_some() {}
        let in_code = code.peek().is_some_and(|code| code.start() <= at);
        let before = &text[..at];
        let opens = before.ends_with(['(', '<', '"', '\'']) || before.trim_end_matches([' ', '\t']).ends_with("]:");
        let end = text[at + 1..].find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | '\'')).unwrap_or(0);
        (opens && !in_code && end > 0).then(|| Span::new(at + 1, at + 1 + end))
    })
}
