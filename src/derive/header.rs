//! The version block: the lines above the first section that most look like one.

use crate::derive::shape::{Field, Header};
use crate::markdown::entry::{Entry, EntryForm, entries};
use crate::markdown::model::{BlockKind, Document, SectionId, Within};
use crate::markdown::plain::plain;

/// Fewer lines are no block: "Status: draft" alone says nothing.
const ENOUGH: usize = 2;

/// A longer key is a sentence with a colon.
const LONGEST: usize = 40;

/// The block with most lines `Name: value` above the first section.
pub(super) fn observe(document: &Document, text: &str, first: SectionId) -> Option<Header> {
    let above = document.sections.get(..first.index())?;
    let mut best: Option<(bool, Vec<Entry>)> = None;
    for block in above.iter().flat_map(|section| &section.blocks).filter(|block| block.within == Within::Section) {
        let quoted = match block.kind {
            BlockKind::Quote => true,
            BlockKind::Prose | BlockKind::List(_) => false,
            _ => continue,
        };
        let mut found = entries(text, block.span);
        found.retain(|entry| entry.key.len() <= LONGEST && !entry.key.is_empty());
        if found.len() >= ENOUGH && best.as_ref().is_none_or(|(_, most)| found.len() > most.len()) {
            best = Some((quoted, found));
        }
    }
    let (quoted, found) = best?;
    let mut fields: Vec<Field> = Vec::new();
    for entry in &found {
        let name = plain(&text[entry.key.range()]).trim().to_owned();
        let value = text[entry.value.range()].trim().to_owned();
        if fields.iter().all(|field| field.name != name) {
            fields.push(Field {
                name,
                values: Some(value).filter(|value| !value.is_empty()).into_iter().collect(),
                seen: 1,
            });
        }
    }
    Some(Header { form: form(quoted, &found), fields, seen: 1 })
}

/// How most of the lines look.
fn form(quoted: bool, entries: &[Entry]) -> String {
    let count = |forms: &[EntryForm]| entries.iter().filter(|entry| forms.contains(&entry.form)).count();
    let inside = count(&[EntryForm::BoldColonInside, EntryForm::BoldWhole]);
    let outside = count(&[EntryForm::BoldColonOutside]);
    let line = match () {
        () if inside >= outside && inside * 2 > entries.len() => "**Name:** value",
        () if outside > inside && outside * 2 > entries.len() => "**Name**: value",
        () => "Name: value",
    };
    format!("{}{line}", if quoted { "> " } else { "" })
}
