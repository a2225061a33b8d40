//! Markdown: what a text holds, and the parser that finds it.

mod builder;
mod code;
mod comment;
mod conflict;
pub(crate) mod edit;
mod entity;
pub mod entry;
mod fence;
mod front;
mod heading;
pub(crate) mod html;
pub(crate) mod lines;
mod lost;
pub mod model;
mod paragraph;
pub mod parse;
mod place;
pub mod plain;
mod rows;
mod table;
mod wrapper;
