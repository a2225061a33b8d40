//! Markdown: what a text holds, and the parser that finds it.

pub mod entry;
mod fence;
mod front;
mod heading;
mod html;
mod lines;
mod lost;
pub mod model;
pub mod parse;
mod place;
pub mod plain;
mod table;
mod wrapper;
