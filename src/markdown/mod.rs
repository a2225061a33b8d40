//! Markdown: what a text holds.

pub mod model;
