//! The YAML inside a diagram: `@{ shape: ..., label: ... }` and the front matter.

use super::prepare::Front;

/// What is wrong with the front matter, if anything.
pub(super) fn front_matter_error(front: &Front) -> Option<String> {
    let _ = &front.yaml;
    None
}

use super::builder::Mention;
use super::parser::{Parser, Place};
use super::token::Kind;

impl Parser<'_> {
    /// `@{ ... }` behind a node.
    pub(super) fn shape_data(&mut self, _mention: Mention) -> Result<(), Place> {
        while self.token.kind == Kind::ShapeData {
            self.advance();
        }
        Ok(())
    }
}
