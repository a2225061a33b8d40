//! What no requirement can say although the documents do: something is not applicable that none of them asks for, and
//! columns stand in two orders. The rules that would complain of it are off.

use std::fmt::Write;

use crate::bind::bind;
use crate::bind::model::{Binding, Match};
use crate::derive::write::rule;
use crate::reading::Reading;
use crate::source::Source;
use crate::template::load::load;
use crate::template::model::Template;
use crate::text::list;

/// The levels with which the documents pass; empty where they do so anyway.
pub(super) fn levels(template: &str, readings: &[Reading]) -> String {
    let Ok(template) = load(vec![Source::new("derived.toml", template)], &[]) else { return String::new() };
    let (mut waived, mut tables): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for reading in readings {
        let binding = bind(reading, &template);
        let names = binding.waivers.iter().flat_map(|waiver| &waiver.names);
        let unknown = names.filter(|name| name.target.is_none()).map(|name| &reading.source.text()[name.span.range()]);
        // A name may go over two lines, a comment may not.
        waived.extend(unknown.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")));
        tables.extend(out_of_order(&template, &binding));
    }
    let mut levels = String::new();
    for (names, what, name) in [
        (&mut waived, "Called not applicable, though nothing asks for it", "invalid-waiver"),
        (&mut tables, "With columns in more than one order", "column-order"),
    ] {
        names.sort_unstable();
        names.dedup();
        if !names.is_empty() {
            // A String takes everything.
            let _ = writeln!(levels, "# {what}: {}.\n{name} = \"off\"", list(names, "and"));
        }
    }
    if levels.is_empty() {
        return levels;
    }
    let mut out = String::new();
    rule(&mut out, "severity");
    out + "[severity]\n" + &levels
}

/// The tables whose columns stand in another order here.
fn out_of_order<'t>(template: &'t Template, binding: &'t Binding) -> impl Iterator<Item = String> + 't {
    template.tables().filter_map(|(id, wanted)| {
        let bound = binding.content(id).table.as_ref()?;
        let places = bound.columns.iter().filter_map(Match::at);
        (!places.is_sorted()).then_some(wanted.title.clone())
    })
}
