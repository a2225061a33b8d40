//! A text and everything that was read in it: the document, its diagrams and its yaml.

use std::sync::OnceLock;

use crate::excerpt::Excerpt;
use crate::fix::Edit;
use crate::markdown;
use crate::markdown::model::trouble::Trouble;
use crate::markdown::model::{BlockId, CodeBlock, Document};
use crate::mermaid;
use crate::mermaid::problem::Problem;
use crate::source::Source;
use crate::span::Span;
use crate::yaml::{self, Node};

/// What was read. Diagrams and yaml are read when somebody first asks: a file that is no spec never pays for them.
#[derive(Debug)]
pub struct Reading {
    /// The text.
    pub source: Source,
    /// The document; inside its wrapper, where it stands in a ```` ```markdown ```` fence.
    pub document: Document,
    /// The whole text as Markdown sees it, where the document stands in a wrapper.
    pub wrapped: Option<Document>,
    diagrams: OnceLock<Vec<ReadDiagram>>,
    yaml: OnceLock<Vec<ReadYaml>>,
}

/// A mermaid block of a document, read.
#[derive(Debug)]
pub struct ReadDiagram {
    /// The code block.
    pub block: BlockId,
    /// What it says.
    pub diagram: mermaid::Diagram,
}

/// A yaml block of a document, read.
#[derive(Debug)]
pub struct ReadYaml {
    /// The code block.
    pub block: BlockId,
    /// The documents in it, or why it is no yaml: places are those of its [`Excerpt`].
    pub parsed: Result<Vec<Node>, yaml::Problem>,
}

/// Reads a text. Never fails: what is broken is a fact in the result.
pub fn read(source: Source) -> Reading {
    let document = markdown::parse::parse(&source);
    let inner = document.trouble.iter().find_map(|trouble| match trouble {
        Trouble::Wrapped(wrapper) => Some(wrapper.inner),
        _ => None,
    });
    let (document, wrapped) = match inner {
        Some(inner) => (markdown::parse::parse_within(&source, inner), Some(document)),
        None => (document, None),
    };
    Reading { source, document, wrapped, diagrams: OnceLock::new(), yaml: OnceLock::new() }
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

    /// The yaml blocks of the document, in its order.
    pub fn yaml(&self) -> &[ReadYaml] {
        self.yaml.get_or_init(|| {
            let read = |code: &CodeBlock| yaml::parse(Excerpt::new(self.source.text(), &code.body).text());
            let blocks = self.code_blocks(&["yaml", "yml"]);
            blocks.map(|(block, code)| ReadYaml { block, parsed: read(code) }).collect()
        })
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
        let Some(code) = self.document.block(block).code() else { return "" };
        let text = self.source.text();
        let line = text[..place.start()].rfind('\n').map_or(0, |newline| newline + 1);
        let piece = code.body.iter().rev().find(|piece| piece.start() <= place.start());
        piece.filter(|piece| piece.start() > line).map_or("", |piece| &text[line..piece.start()])
    }

    fn read_diagrams(&self) -> Vec<ReadDiagram> {
        let read = |code: &CodeBlock| mermaid::read(&Excerpt::new(self.source.text(), &code.body));
        let diagrams = self.code_blocks(&["mermaid"]);
        diagrams.map(|(block, code)| ReadDiagram { block, diagram: read(code) }).collect()
    }

    /// The code blocks in one of some languages. A fence that swallows headings is none.
    fn code_blocks<'a>(&'a self, languages: &'a [&str]) -> impl Iterator<Item = (BlockId, &'a CodeBlock)> {
        let blocks = self.document.code_blocks();
        blocks
            .filter(|(_, block, code)| self.is_in(code, languages) && !self.swallows(block.span))
            .map(|(id, _, code)| (id, code))
    }

    fn is_in(&self, code: &CodeBlock, languages: &[&str]) -> bool {
        let written = self.source.slice(code.language);
        languages.iter().any(|language| language.eq_ignore_ascii_case(written))
    }

    fn swallows(&self, block: Span) -> bool {
        let swallowing = |trouble: &Trouble| match trouble {
            Trouble::UnclosedFence { opening, .. } => block.contains(*opening),
            _ => false,
        };
        self.document.trouble.iter().any(swallowing)
    }
}
