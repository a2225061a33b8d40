//! `[words]`: what people write for each element.

use crate::described::Keyed;
use crate::described::phrases::Phrases;
use crate::template::load::compile::Compiler;
use crate::template::model::{NOTHING, Word};
use crate::template::quoted::key;
use crate::text::normal;

/// The elements with their phrases, and the phrases that mean nothing.
pub(super) fn compile(compiler: &mut Compiler<'_>, raw: Option<&Keyed<Phrases>>) -> (Vec<Word>, Vec<String>) {
    let (mut words, mut nothing): (Vec<Word>, Vec<String>) = (Vec::new(), Vec::new());
    for (name, phrases) in raw.into_iter().flat_map(|raw| &raw.entries) {
        for phrase in &phrases.list {
            compiler.mistakes.check_phrase(phrase);
        }
        let phrases: Vec<String> = phrases.list.iter().map(|phrase| phrase.value.clone()).collect();
        if name.value == NOTHING {
            nothing = phrases;
            continue;
        }
        if phrases.is_empty() {
            let help = format!("write what people call it: `{} = [\"...\"]`", key(&name.value));
            compiler.mistakes.push(name.origin, format!("`{}` has no words", name.value), "here", help);
        }
        if let Some(other) = words.iter().find(|word| normal(&word.name) == normal(&name.value)) {
            let message = format!("`{}` and `{}` are the same element", other.name, name.value);
            compiler.mistakes.push(name.origin, message, "again here", "put their words into one list");
        }
        words.push(Word { name: name.value.clone(), phrases });
    }
    (words, nothing)
}
