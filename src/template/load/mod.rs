//! From the text of a template to what it asks for. All mistakes are told at once, and what has been loaded cannot fail
//! later.

mod code;
mod compile;
mod contents;
mod diagram;
mod examples;
mod forms;
mod header;
mod kinds;
mod log;
mod names;
mod paths;
mod placeholders;
mod sections;
mod severity;
mod tables;
mod words;

use crate::diagnostic::Mistake;
use crate::source::Source;
use crate::template::described::reader::{Mistakes, Reader};
use crate::template::model::Template;
use crate::template::raw::RawTemplate;

/// Loads a template. The chain holds its own text first, then that of the template it extends, and so on; the places of
/// mistakes are indices into it. `known_rules` are the names that `[severity]` may speak of; none given: any.
///
/// # Errors
///
/// Every mistake in the template, in the order of the text.
pub fn load(chain: Vec<Source>, known_rules: &[&str]) -> Result<Template, Vec<Mistake>> {
    let mut mistakes = Mistakes::default();
    let raw = chain.first().and_then(|own| Reader::read::<RawTemplate>(0, own.text(), &mut mistakes));
    let template = raw.map(|raw| compile::compile(&raw, chain, known_rules, &mut mistakes));
    match template {
        Some(template) if mistakes.is_empty() => Ok(template),
        _ => Err(mistakes.into_list()),
    }
}
