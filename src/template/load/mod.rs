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
pub(in crate::template) mod placeholders;
mod references;
mod sections;
mod severity;
mod tables;
mod words;

use crate::described::reader::{Mistakes, Reader, accepted};
use crate::diagnostic::Mistake;
use crate::source::Source;
use crate::template::model::Template;
use crate::template::raw::RawTemplate;
use crate::template::{builtin, extend};

/// Loads a template. The chain holds its own text first, then that of the template it extends, and so on; the places of
/// mistakes are indices into it. `known_rules` are the names that `[severity]` may speak of; none given: any.
///
/// # Errors
///
/// Every mistake in the template, in the order of the text.
pub fn load(chain: Vec<Source>, known_rules: &[&str]) -> Result<Template, Vec<Mistake>> {
    let linked = link(&chain, 0, known_rules)?;
    Ok(Template { sources: chain, ..linked.template })
}

/// The name of the template that a text extends, for the chain; `None` also where it cannot be read.
pub fn extended(source: &Source) -> Option<String> {
    let raw = Reader::read::<RawTemplate>(0, source.text(), &mut Mistakes::default())?;
    raw.extends.map(|extends| extends.value)
}

/// A template compiled, and what it was compiled from.
struct Linked {
    raw: RawTemplate,
    template: Template,
}

/// Loads the end of the chain first. What is extended is sound before anything is changed in it: a relation of it that
/// leads nowhere afterwards has lost its other end, and goes along.
fn link(chain: &[Source], own: usize, known_rules: &[&str]) -> Result<Linked, Vec<Mistake>> {
    let mut mistakes = Mistakes::default();
    let Some(source) = chain.get(own) else { return Err(Vec::new()) };
    let Some(mut raw) = Reader::read::<RawTemplate>(own as u16, source.text(), &mut mistakes) else {
        return Err(mistakes.into_list());
    };
    match &raw.extends {
        Some(_) if own + 1 < chain.len() => match link(chain, own + 1, known_rules) {
            Ok(base) => raw = extend::extend(&base.template, base.raw, raw, &mut mistakes),
            Err(theirs) => return Err(mistakes.into_list().into_iter().chain(theirs).collect()),
        },
        Some(extends) => {
            let names: Vec<&str> = builtin::SOURCES.iter().map(|(name, _)| *name).collect();
            let message = format!("there is no template `{}` to extend", extends.value);
            mistakes.push_shaky(extends.origin, message, "here", accepted(&extends.value, &names));
        }
        None => extend::check_alone(&raw, &mut mistakes),
    }
    let template = compile::compile(&raw, chain, own as u16, known_rules, &mut mistakes);
    if mistakes.is_empty() { Ok(Linked { raw, template }) } else { Err(mistakes.into_list()) }
}
