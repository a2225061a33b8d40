//! A text and everything that was read in it: the document, and its diagrams.

use std::sync::OnceLock;

use crate::excerpt::Excerpt;
use crate::fix::Edit;
use crate::markdown;
use crate::markdown::model::{BlockId, BlockKind, Document, Trouble};
use crate::mermaid;
use crate::mermaid::problem::Problem;
use crate::source::Source;
use crate::span::Span;

/// What was read. Diagrams are read when somebody first asks: a file that is no spec never pays for them.
#[derive(Debug)]
pub struct Reading {
    /// The text.
    pub source: Source,
    /// The document; inside its wrapper, where it stands in a ```` ```markdown ```` fence.
    pub document: Document,
    /// The whole text as Markdown sees it, where the document stands in a wrapper.
    pub wrapped: Option<Document>,
    diagrams: OnceLock<Vec<ReadDiagram>>,
}

/// A mermaid block of a document, read.
#[derive(Debug)]
pub struct ReadDiagram {
    /// The code block.
    pub block: BlockId,
    /// What it says.
    pub diagram: mermaid::Diagram,
}

/// Reads a text. Never fails: what is broken is a fact in the result.
pub fn read(source: Source) -> Reading {
    let document = markdown::parse::parse(&source);
    let inner = document.trouble.iter().find_map(|trouble| match trouble {
        Trouble::Wrapped(wrapper) => Some(wrapper.inner),
        _ => None,
    });
    match inner {
        Some(inner) => {
            let inside = markdown::parse::parse_within(&source, inner);
            Reading { source, document: inside, wrapped: Some(document), diagrams: OnceLock::new() }
        }
        None => Reading { source, document, wrapped: None, diagrams: OnceLock::new() },
    }
}

impl Reading {
    /// The mermaid diagrams of the document, in its order. A fence that swallows headings is no diagram.
    pub fn diagrams(&self) -> &[ReadDiagram] {
        self.diagrams.get_or_init(|| self.read_diagrams())
    }

    /// The diagram in a block.
    pub fn diagram(&self, block: BlockId) -> Option<&mermaid::Diagram> {
        self.diagrams().iter().find(|read| read.block == block).map(|read| &read.diagram)
    }

    /// What mends a problem of a diagram. A line that is added begins as the others do inside a quote: with `> `.
    pub fn mend(&self, read: &ReadDiagram, problem: &Problem) -> Vec<Edit> {
        let edit = |(span, new): &(Span, String)| {
            let prefix = if new.contains('\n') { self.line_prefix(read.block, *span) } else { "" };
            Edit { span: *span, text: new.replace('\n', &format!("\n{prefix}")) }
        };
        problem.fix.iter().map(edit).collect()
    }

    /// What a container puts before the line of a code block in which a place stands.
    fn line_prefix(&self, block: BlockId, place: Span) -> &str {
        let BlockKind::Code(code) = &self.document.block(block).kind else { return "" };
        let text = self.source.text();
        let line = text[..place.start()].rfind('\n').map_or(0, |newline| newline + 1);
        let piece = code.body.iter().rev().find(|piece| piece.start() <= place.start());
        piece.filter(|piece| piece.start() > line).map_or("", |piece| &text[line..piece.start()])
    }

    fn read_diagrams(&self) -> Vec<ReadDiagram> {
        let text = self.source.text();
        let blocks = self.document.sections().flat_map(|(section, _)| self.document.blocks(section));
        blocks
            .filter_map(|(id, block)| match &block.kind {
                BlockKind::Code(code) if text[code.language.range()].eq_ignore_ascii_case("mermaid") => {
                    let swallows = self.document.trouble.iter().any(|trouble| {
                        matches!(trouble, Trouble::UnclosedFence { opening, .. } if block.span.contains(*opening))
                    });
                    let diagram = || mermaid::read(&Excerpt::new(text, &code.body));
                    (!swallows).then(|| ReadDiagram { block: id, diagram: diagram() })
                }
                _ => None,
            })
            .collect()
    }
}
