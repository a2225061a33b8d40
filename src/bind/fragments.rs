//! What links within a document may lead to: the anchors of its headings, and what goes for one.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::bind::bound::Bound;
use crate::bind::model::Named;
use crate::bind::sections::relink::renaming;
use crate::markdown::model::trouble::Trouble;
use crate::markdown::model::{BlockKind, Document, Heading};
use crate::markdown::plain::plain;
use crate::slug::{Slugger, slug};
use crate::text::did_you_mean;
use crate::values::url;

/// What a link inside the document may lead to.
pub(crate) struct Anchors {
    /// Those of the headings, in order.
    headings: Vec<String>,
    /// In the form in which they are compared.
    known: HashSet<String>,
    /// By their letters alone: indices of headings. Only a link that leads nowhere asks.
    letters: OnceCell<HashMap<String, usize>>,
}

/// So many headings are compared with a link.
const HEADINGS: usize = 500;
/// Bytes of an anchor that is compared.
const LONGEST: usize = 100;

impl Anchors {
    pub(crate) fn new(bound: Bound) -> Self {
        let Bound { document, text, .. } = bound;
        let mut slugger = Slugger::default();
        let headings: Vec<String> =
            document.headings().map(|(_, heading)| slugger.next(&plain(&text[heading.text.range()]))).collect();
        let mut known: HashSet<String> = headings.iter().map(|anchor| comparable(anchor)).collect();
        for (_, heading) in document.headings() {
            let shown = &text[heading.text.range()];
            // With an id of its own (`{#id}`) GitHub makes the anchor of all of it, others of what stands before it.
            if let Some((before, _)) = shown.split_once("{#") {
                known.insert(comparable(&slug(plain(before).trim())));
            }
            // `## <a name="x"></a> Name`: a blank is left, or not.
            let named = plain(shown);
            if named.trim().len() < named.len() {
                known.insert(comparable(&slug(named.trim())));
            }
        }
        known.extend(document.anchors.iter().map(|anchor| comparable(&text[anchor.range()])));
        // What `renamed-section` asks for is right as soon as the heading has its name.
        known.extend(bound.renamed().map(|(heading, name)| {
            let shown = bound.shown(heading, &renaming(&[], heading, name));
            comparable(&slug(shown.trim()))
        }));
        for lost in lost_headings(document, text) {
            known.insert(comparable(&slug(plain(lost.trim_start_matches(['#', ' '])).trim())));
        }
        Self { headings, known, letters: OnceCell::new() }
    }

    fn letters(&self) -> &HashMap<String, usize> {
        self.letters.get_or_init(|| {
            let mut letters = HashMap::new();
            for (index, anchor) in self.headings.iter().enumerate() {
                letters.entry(letters_of(anchor)).or_insert(index);
            }
            letters
        })
    }

    pub(crate) fn has(&self, fragment: &str) -> bool {
        let decoded = url::decoded(fragment);
        let fragment = decoded.strip_prefix("user-content-").unwrap_or(&decoded);
        // `#` and `#top` lead to the top, `#:~:text=` to a text, `#L10` to a line, `#fnref-1` to a footnote.
        fragment.is_empty()
            || fragment.eq_ignore_ascii_case("top")
            || fragment.starts_with(":~:")
            || is_line(fragment)
            || is_footnote(fragment)
            || fragment.contains(['{', '$', '/', '='])
            || self.known.contains(&comparable(fragment))
    }

    /// The anchor that differs only in its hyphens.
    pub(crate) fn same_letters(&self, fragment: &str) -> Option<&str> {
        self.letters().get(&letters_of(&url::decoded(fragment))).map(|&index| self.headings[index].as_str())
    }

    pub(crate) fn nearest(&self, fragment: &str) -> Option<&str> {
        let is_short = |anchor: &&str| anchor.len() <= LONGEST;
        let near = self.headings.iter().map(String::as_str).filter(is_short).take(HEADINGS);
        did_you_mean(Some(&*url::decoded(fragment)).filter(is_short)?, near)
    }
}

impl<'a> Bound<'a> {
    /// The headings that go by a name that is near to that of the template, with the template's.
    pub(crate) fn renamed(self) -> impl Iterator<Item = (&'a Heading, &'a str)> {
        self.template.sections().filter_map(move |(id, section)| {
            let answer = self.binding.section(id).answer().filter(|answer| answer.name == Named::Near)?;
            let heading = self.document.section(answer.at).heading.as_ref()?;
            Some((heading, section.name.shown.as_str()))
        })
    }
}

/// Headings that Markdown does not show as such have findings of their own: links to them are right.
fn lost_headings<'a>(document: &'a Document, text: &'a str) -> impl Iterator<Item = &'a str> {
    let lost = document.trouble.iter().flat_map(|trouble| match trouble {
        Trouble::UnclosedFence { swallowed, .. } | Trouble::UnclosedComment { swallowed, .. } => swallowed.clone(),
        Trouble::LostHeading { span, name, .. } => vec![*span, *name],
        Trouble::Wrapped(_) | Trouble::Conflict { .. } => Vec::new(),
    });
    let lines = lost.map(|span| text[span.range()].lines().next().unwrap_or_default());
    let html = document.sections.iter().flat_map(|section| &section.blocks);
    let html = html.filter(|block| matches!(block.kind, BlockKind::Html)).map(|block| &text[block.span.range()]);
    lines.chain(html.flat_map(html_headings))
}

/// `<h2 align="center">Name</h2>`: what stands in it.
fn html_headings(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices("<h").filter_map(|(at, _)| {
        let behind = &html[at + 2..];
        behind.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
        let inside = &behind[behind.find('>')? + 1..];
        inside.find("</h").map(|end| inside[..end].trim())
    })
}

/// Without case and hyphens.
fn letters_of(anchor: &str) -> String {
    let mut letters = comparable(anchor);
    letters.retain(|c| c != '-');
    letters
}

/// Letter case makes no difference to a reader, and nobody sees variation selectors and joiners.
fn comparable(anchor: &str) -> String {
    if anchor.is_ascii() {
        return anchor.to_ascii_lowercase();
    }
    anchor
        .chars()
        .filter(|c| !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{200b}'..='\u{200d}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// `L10`, `L10-L20`: lines of a file.
fn is_line(fragment: &str) -> bool {
    let number = |part: &str| {
        part.strip_prefix('L').is_some_and(|line| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()))
    };
    fragment.split('-').all(number)
}

/// `fn1`, `fn:note`, `fnref-1`.
fn is_footnote(fragment: &str) -> bool {
    let behind = fragment.strip_prefix("fnref").or_else(|| fragment.strip_prefix("fn"));
    behind.is_some_and(|behind| !behind.starts_with(char::is_alphabetic))
}
