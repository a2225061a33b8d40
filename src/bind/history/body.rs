//! What a document says apart from its header and its changelog: the texts of its blocks. Two versions of a document
//! with the same texts differ in their formatting only.

use std::borrow::Cow;

use crate::bind::bind;
use crate::bind::model::{Binding, HeaderState};
use crate::markdown::model::{Block, BlockKind, Document, SectionId, Within};
use crate::markdown::plain::plain;
use crate::reading;
use crate::source::Source;
use crate::span::Span;
use crate::template::model::{Content, Template};

/// The texts of all headings and blocks in order, without blanks, the padding of tables and the number of dashes in
/// them, without the header and without what stands in a changelog.
pub(crate) fn texts<'a>(
    template: &Template,
    document: &Document,
    binding: &Binding,
    text: &'a str,
) -> Vec<Cow<'a, str>> {
    let header = header(binding);
    let mut found = Vec::new();
    for (id, section) in document.sections() {
        if is_log(template, binding, id) {
            continue;
        }
        found.extend(section.heading.as_ref().map(|heading| collapsed(&text[heading.text.range()])));
        let blocks = section.blocks.iter().filter(|block| block.within == Within::Section);
        for block in blocks.filter(|block| header.is_none_or(|header| !header.overlaps(block.span))) {
            push(block, text, &mut found);
        }
    }
    found
}

/// Whether two texts of one document say the same, but for header and changelog.
pub fn is_same(template: &Template, one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let [one, other] = [one, other].map(|text| reading::read(Source::new("", text)));
    let [one_bound, other_bound] = [&one, &other].map(|reading| bind(reading, template));
    texts(template, &one.document, &one_bound, one.source.text())
        == texts(template, &other.document, &other_bound, other.source.text())
}

/// The version block in whatever form.
fn header(binding: &Binding) -> Option<Span> {
    match binding.header.state {
        HeaderState::Here(span) | HeaderState::WrongForm { span, .. } => Some(span),
        HeaderState::NotAsked | HeaderState::Missing(_) => None,
    }
}

/// Whether a section of the document belongs to a changelog.
fn is_log(template: &Template, binding: &Binding, id: SectionId) -> bool {
    binding.owners[id.index()]
        .is_some_and(|owner| template.section(owner).contents.iter().any(|content| matches!(content, Content::Log(_))))
}

fn push<'a>(block: &Block, text: &'a str, found: &mut Vec<Cow<'a, str>>) {
    match &block.kind {
        BlockKind::Rule => {}
        BlockKind::Table(table) => {
            for row in std::iter::once(&table.header).chain(&table.rows) {
                found.extend(table.cells(row).iter().map(|cell| plain(&text[cell.range()])));
            }
        }
        // What a comment says, readers do not see.
        BlockKind::Html if text[block.span.range()].starts_with("<!--") => {}
        _ => found.push(collapsed(&text[block.span.range()])),
    }
}

/// Runs of blanks and line breaks as one blank; other marks of the same list or emphasis as one mark.
pub(crate) fn collapsed(text: &str) -> Cow<'_, str> {
    let is_plain = !text.contains("  ") && !text.contains(['\n', '\r', '\t', '*', '_', '+']);
    if is_plain {
        return Cow::Borrowed(text.trim());
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        match word {
            "*" | "+" => out.push('-'),
            _ => out.push_str(word.trim_matches(['*', '_'])),
        }
    }
    Cow::Owned(out)
}
