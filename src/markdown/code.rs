//! Code blocks: their language, their lines, their fences.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::builder::{Builder, Leaf};
use super::lines::{behind_break, end_of_line, inner};
use super::lost;
use super::model::{Block, BlockId, BlockKind, CodeBlock, Fence};
use crate::span::Span;

impl Builder<'_> {
    pub(super) fn code(&mut self, span: Span, kind: &CodeBlockKind<'_>) {
        let text = self.text;
        let mut block =
            CodeBlock { language: span.head(), info: span.head(), body: Vec::with_capacity(1), fence: None };
        let mut span = span;
        if matches!(kind, CodeBlockKind::Fenced(_)) {
            span = span.trim(text);
            let opening = Span::new(span.start(), end_of_line(text, span.start())).trim(text);
            let mark = text.as_bytes().get(opening.start()).copied().unwrap_or(b'`');
            let length = text[opening.range()].bytes().take_while(|&byte| byte == mark).count();
            block.info = Span::new(opening.start() + length, opening.end()).trim(text);
            let word = text[block.info.range()].split_whitespace().next().map_or(0, str::len);
            block.language = Span::new(block.info.start(), block.info.start() + word);
            block.fence = Some(Fence { opening, closing: None });
        }
        let block = self.push(span, BlockKind::Code(block)) as u32;
        self.document.code.push(BlockId { section: self.section_id(), block });
        self.leaf = Leaf::Code;
    }

    pub(super) fn code_line(&mut self, range: &Range<usize>) {
        let span = self.span(range);
        let text = self.text;
        let Some(Block { kind: BlockKind::Code(code), .. }) = self.blocks.last_mut() else { return };
        match code.body.last_mut() {
            // The parser leaves the `\r` of a line break out.
            Some(last) if last.end() == span.start() || &text[last.end()..span.start().max(last.end())] == "\r" => {
                *last = last.cover(span);
            }
            _ => code.body.push(span),
        }
    }

    /// Finds the closing fence: what stands in the block behind its last line.
    pub(super) fn close_code(&mut self) {
        let (text, quotes) = (self.text, self.quotes);
        let Some(Block { span, kind: BlockKind::Code(code), .. }) = self.blocks.last_mut() else { return };
        let Some(fence) = &mut code.fence else {
            if let (Some(first), Some(last)) = (code.body.first(), code.body.last()) {
                *span = first.cover(*last).trim(text);
                let lost = if self.frames.is_empty() { lost::in_code(text, *span) } else { None };
                self.document.trouble.extend(lost);
            }
            return;
        };
        let opening = text[fence.opening.range()].as_bytes();
        let mark = opening.first().copied().unwrap_or(b'`');
        let length = opening.iter().take_while(|&&byte| byte == mark).count();
        let behind = code.body.last().map_or_else(|| behind_break(text, fence.opening.end()), |last| last.end());
        let Some(rest) = (behind <= span.end()).then(|| Span::new(behind, span.end())) else { return };
        let line = inner(text, rest, quotes);
        let closes = line.len() >= length && text[line.range()].bytes().all(|byte| byte == mark);
        fence.closing = closes.then_some(line);
    }
}
