//! Finds the `infralint:` comments in HTML and what they speak of.

use super::builder::Builder;
use super::html::{comments, is_comment};
use super::model::{Block, BlockKind, PlacedDirective, Reach};
use crate::directive;
use crate::span::Span;

impl Builder<'_> {
    /// Adds the directives in a piece of HTML to the document. One that stands alone (`reach` is `None`) and is not the
    /// first thing under a heading is put on the list of those that wait for the block behind them.
    pub(super) fn directives(&mut self, span: Span, reach: Option<Reach>) {
        let text = self.text;
        if !text[span.range()].contains("nfralint") {
            return;
        }
        for comment in comments(text, span) {
            let Some(directive) = directive::read(text, comment.inside) else { continue };
            let section = self.section_id();
            let placed = reach.or_else(|| self.first_in_section());
            if placed.is_none() {
                self.waiting.push((self.document.directives.len(), self.frames.len()));
            }
            let reach = placed.unwrap_or(Reach::Block(comment.span.tail()));
            self.document.directives.push(PlacedDirective { span: comment.span, section, reach, directive });
        }
    }

    /// What a comment speaks of that stands above everything else in its section.
    fn first_in_section(&self) -> Option<Reach> {
        let index = self.section_id().index();
        let Some(heading) = &self.document.sections[index].heading else { return Some(Reach::Document) };
        let is_remark = |block: &Block| matches!(block.kind, BlockKind::Html) && is_comment(self.text, block.span);
        if !self.frames.is_empty() || !self.blocks.iter().all(is_remark) {
            return None;
        }
        let is_title = index == 1 && heading.level == 1 && heading.number.is_none();
        Some(if is_title { Reach::Document } else { Reach::Section })
    }
}
