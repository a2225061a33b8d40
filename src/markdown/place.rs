//! Finds the `infralint:` comments in HTML and what they speak of.

use super::html::{comments, is_comment};
use super::model::{Block, BlockKind, Document, PlacedDirective, Reach, SectionId};
use crate::directive;
use crate::span::Span;

/// Adds the directives in a piece of HTML to the document. One that stands alone (`reach` is `None`) and is not the
/// first thing under a heading is put on the list of those that wait for the block behind them.
pub(super) fn directives(
    text: &str,
    span: Span,
    reach: Option<Reach>,
    depth: usize,
    document: &mut Document,
    waiting: &mut Vec<(usize, usize)>,
) {
    if !text[span.range()].contains("nfralint") {
        return;
    }
    for comment in comments(text, span) {
        let Some(directive) = directive::read(text, comment.inside) else { continue };
        let section = SectionId(document.sections.len() as u32 - 1);
        let placed = reach.or_else(|| first_in_section(text, document, depth));
        if placed.is_none() {
            waiting.push((document.directives.len(), depth));
        }
        let reach = placed.unwrap_or(Reach::Block(comment.span.tail()));
        document.directives.push(PlacedDirective { span: comment.span, section, reach, directive });
    }
}

/// What a comment speaks of that stands above everything else in its section.
fn first_in_section(text: &str, document: &Document, depth: usize) -> Option<Reach> {
    let index = document.sections.len() - 1;
    let section = &document.sections[index];
    let Some(heading) = &section.heading else { return Some(Reach::Document) };
    let is_remark = |block: &Block| matches!(block.kind, BlockKind::Html) && is_comment(text, block.span);
    if depth > 0 || !section.blocks.iter().all(is_remark) {
        return None;
    }
    let is_title = index == 1 && heading.level == 1 && heading.number.is_none();
    Some(if is_title { Reach::Document } else { Reach::Section })
}
