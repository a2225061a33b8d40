//! A text and everything that was read in it: the document, its diagrams, its yaml.

use crate::markdown;
use crate::markdown::model::{Document, Trouble};
use crate::source::Source;

/// What was read. Diagrams and yaml are read when somebody first asks: a file that is no spec never pays for them.
#[derive(Debug)]
pub struct Reading {
    /// The text.
    pub source: Source,
    /// The document; inside its wrapper, where it stands in a ```` ```markdown ```` fence.
    pub document: Document,
    /// The whole text as Markdown sees it, where the document stands in a wrapper.
    pub wrapped: Option<Document>,
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
            Reading { source, document: inside, wrapped: Some(document) }
        }
        None => Reading { source, document, wrapped: None },
    }
}
