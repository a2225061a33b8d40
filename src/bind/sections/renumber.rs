//! Writes other numbers into headings, in front of sub-numbers too (`3.1` under `3.` becomes `4.1`), and leads links
//! to the new anchors.

use crate::bind::bound::Bound;
use crate::bind::sections::numbers::Counted;
use crate::bind::sections::relink::Links;
use crate::fix::{Edit, Safety};
use crate::markdown::model::Number;
use crate::span::Span;

/// The edits, and how sure they are: where a link follows, somebody may link from elsewhere, too. `None` where some
/// link would lead nowhere.
pub(crate) fn renumber(bound: Bound, changed: &[(Counted, u32)]) -> Option<(Safety, Vec<Edit>)> {
    let Bound { document, text, .. } = bound;
    let mut edits = Vec::new();
    for &(counted, new) in changed {
        edits.push(edit(text, counted.number.last_span, new));
        let below = document.sections[counted.id.index() + 1..].iter();
        let below = below.filter_map(|section| section.heading.as_ref());
        for heading in below.take_while(|heading| heading.level > counted.heading.level) {
            if let Some(first) = heading.number.filter(|number| number.depth > 1).map(|number| first_part(text, number))
                && text[first.range()].parse() == Ok(counted.number.last)
            {
                edits.push(edit(text, first, new));
            }
        }
    }
    edits.sort();
    match bound.relink(&edits) {
        Links::Untouched => Some((Safety::Safe, edits)),
        Links::Follow(links) => {
            edits.extend(links);
            Some((Safety::Unsafe, edits))
        }
        Links::Lost => None,
    }
}

fn first_part(text: &str, number: Number) -> Span {
    let written = &text[number.span.range()];
    let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    Span::new(number.span.start(), number.span.start() + digits)
}

/// `03` becomes `04`, not `4`.
fn edit(text: &str, span: Span, new: u32) -> Edit {
    let written = &text[span.range()];
    let width = if written.starts_with('0') { written.len() } else { 1 };
    Edit { span, text: format!("{new:0width$}") }
}
