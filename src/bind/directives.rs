//! All `infralint:` comments of a text: those of Markdown, and the `%%` lines inside diagrams.

use memchr::memchr;

use crate::directive;
use crate::markdown::model::{CodeBlock, Document, PlacedDirective, Reach};
use crate::span::Span;

/// The comments in the order of the text. One inside a diagram speaks of the diagram, whether or not that can be read.
pub(super) fn find(document: &Document, text: &str) -> Vec<PlacedDirective> {
    let mut found = document.directives.clone();
    let written = found.len();
    for (id, block, code) in document.code_blocks() {
        let (section, reach) = (id.section, Reach::Block(block.span));
        let inside = comments(text, code);
        found.extend(inside.map(|(span, directive)| PlacedDirective { span, section, reach, directive }));
    }
    if found.len() > written {
        found.sort_by_key(|placed| placed.span);
    }
    found
}

fn comments<'a>(text: &'a str, code: &'a CodeBlock) -> impl Iterator<Item = (Span, directive::Directive)> + 'a {
    let is_mermaid = text[code.language.range()].eq_ignore_ascii_case("mermaid");
    // Most diagrams hold no comment at all.
    let may_hold = |body: &str| memchr(b'%', body.as_bytes()).is_some() && body.contains("nfralint");
    let bodies = code.body.iter().filter(move |body| is_mermaid && may_hold(&text[body.range()]));
    bodies.flat_map(move |body| {
        let mut at = body.start();
        text[body.range()].split_inclusive(['\n', '\r']).filter_map(move |line| {
            let span = Span::new(at, at + line.len()).trim(text);
            at += line.len();
            let mark = text[span.range()].bytes().take_while(|&byte| byte == b'%').count();
            let inside = Span::new(span.start() + mark, span.end());
            (mark >= 2).then(|| directive::read(text, inside)).flatten().map(|directive| (span, directive))
        })
    })
}
