//! Markdown: what a text holds.

pub mod model;
pub mod parse;
