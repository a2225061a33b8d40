//! A template made from documents: from a template document (brackets, `A | B | C`, `YYMMDD`, "MUST show" lists, a
//! fence around all of it) or from documents that are filled in. What several of them share is required.
//!
//! The result is TOML to be edited: it asks for what the documents show, in their order, with a comment wherever it had
//! to leave something out.

mod contents;
mod demands;
mod flows;
mod guess;
mod header;
mod leeway;
mod log;
mod merge;
mod observe;
mod shape;
mod table;
mod toml;
mod write;

use crate::reading::Reading;

/// A template that accepts the documents it is made from, as TOML. Without documents: one that asks for nothing.
pub fn derive(readings: &[Reading]) -> String {
    let mut shapes = readings.iter().map(observe::observe);
    let Some(first) = shapes.next() else { return "name = \"empty\"\n".to_owned() };
    let mut shape = shapes.fold(first, merge::merge);
    flows::settle(&mut shape, readings);
    let template = write::template(&shape);
    let levels = leeway::levels(&template, readings);
    template + &levels
}
