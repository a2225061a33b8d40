//! What refers to something else in the template, and that it is there.

use std::mem::discriminant;

use crate::described::Text;
use crate::described::reader::accepted;
use crate::template::load::compile::Compiler;
use crate::template::model::log::Log;
use crate::template::model::table::{ColumnId, Table};
use crate::template::model::{Content, ContentId, Kind, Section};
use crate::template::quoted::key;
use crate::text::{did_you_mean, with_article};

/// What an `id` may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Table,
    Log,
}

impl End {
    fn noun(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Log => "log",
        }
    }
}

impl Compiler<'_> {
    /// Tells that a relation leads nowhere. In what is inherited that is no mistake: the template that was extended is
    /// sound, so its other end was dropped, and the relation goes along.
    pub(super) fn unresolved(&mut self, at: &Text, message: String, known: &[&str]) {
        if self.is_own(at.origin) {
            self.mistakes.push_unresolved(at.origin, message, "here", accepted(&at.value, known));
        }
    }

    /// The same where the other end would stand beside it, and was read: no other mistake explains it.
    pub(super) fn not_here(&mut self, at: &Text, message: String, known: &[&str]) {
        if self.is_own(at.origin) {
            self.mistakes.push(at.origin, message, "here", accepted(&at.value, known));
        }
    }

    /// The key of `[words]` that a text names.
    pub(super) fn word(&mut self, name: &Text, what: &str) -> Option<usize> {
        let found = self.words.iter().position(|word| word.name == name.value);
        if found.is_none() {
            let known = self.words.iter().map(|word| word.name.as_str());
            let help = match did_you_mean(&name.value, known) {
                Some(near) => format!("did you mean `{near}`? Else add what people write for it under `[words]`"),
                None => format!("add what people write for it under `[words]`: `{} = [...]`", key(&name.value)),
            };
            let message = format!("{what} `{}` has no words", name.value);
            self.mistakes.push_unresolved(name.origin, message, "here", help);
        }
        found
    }

    /// The table or log that a text names.
    pub(super) fn id(&mut self, name: &Text, wanted: End) -> Option<ContentId> {
        match self.ids.iter().find(|(id, ..)| *id == name.value) {
            Some(&(_, end, content)) if end == wanted => return Some(content),
            _ => {}
        }
        let ids = self.ids.clone();
        let known: Vec<&str> = ids.iter().filter(|(_, end, _)| *end == wanted).map(|(id, ..)| id.as_str()).collect();
        let noun = wanted.noun();
        let message = match ids.iter().find(|(id, ..)| *id == name.value) {
            Some((_, other, _)) => format!("`{}` is a {}, not a {noun}", name.value, other.noun()),
            None => format!("no {noun} has the id `{}`", name.value),
        };
        if known.is_empty() && self.is_own(name.origin) {
            let help = format!("give the {noun} that is meant `id = \"{}\"`", name.value);
            self.mistakes.push_unresolved(name.origin, message, "here", help);
        } else {
            self.unresolved(name, message, &known);
        }
        None
    }

    /// `backups.Frequency` in two, each part with its place.
    pub(super) fn dotted(&mut self, text: &Text, of: End) -> Option<(Text, Text)> {
        let Some(dot) = text.value.find('.') else {
            let (noun, value) = (of.noun(), text.value.trim());
            let message = format!("`{value}` names a {noun}, but not what of it");
            let help = match of {
                End::Table => format!("put a dot and the name of a column after it: `{value}.Frequency`"),
                End::Log => format!("write `{value}.version` or `{value}.date`"),
            };
            self.mistakes.push(text.origin, message, "here", help);
            return None;
        };
        let part = |start: usize, end: usize| Text {
            value: text.value[start..end].to_owned(),
            origin: self.part(text, start, end),
        };
        Some((part(0, dot), part(dot + 1, text.value.len())))
    }

    /// The column that `scaling.Min` names.
    pub(super) fn column(&mut self, sections: &[Section], text: &Text) -> Option<ColumnId> {
        let (id, name) = self.dotted(text, End::Table)?;
        let table = self.id(&id, End::Table)?;
        let target = table_of(sections, table)?;
        let found = target.columns.iter().position(|column| column.name.shown == name.value);
        if found.is_none() {
            let known: Vec<&str> = target.columns.iter().map(|column| column.name.shown.as_str()).collect();
            self.unresolved(&name, format!("the table `{}` has no column `{}`", id.value, name.value), &known);
        }
        found.map(|column| ColumnId { table, column })
    }

    /// Tells where two values are compared that are not of one kind.
    pub(super) fn comparable(&mut self, at: &Text, own: Option<&Kind>, other: Option<&Kind>) {
        if own.map(discriminant) == other.map(discriminant) && own.is_some() {
            return;
        }
        let said = |kind: &Kind| with_article(kind.noun());
        let message = match (own, other) {
            (None, _) => "a value without a type cannot be compared".to_owned(),
            (Some(own), None) => format!("{} cannot be compared with a value without a type", said(own)),
            (Some(own), Some(other)) => format!("{} cannot be compared with {}", said(own), said(other)),
        };
        let named = other.or(own).map_or("count", Kind::type_name);
        let help = format!("give both the same type, e.g. `type = \"{named}\"`");
        if self.is_own(at.origin) {
            self.mistakes.push_unresolved(at.origin, message, "compared here", help);
        }
    }
}

/// The table that an id leads to.
pub(super) fn table_of(sections: &[Section], id: ContentId) -> Option<&Table> {
    match sections.get(id.section.index())?.contents.get(id.content as usize)? {
        Content::Table(table) => Some(table),
        _ => None,
    }
}

/// The log that an id leads to.
pub(super) fn log_of(sections: &[Section], id: ContentId) -> Option<&Log> {
    match sections.get(id.section.index())?.contents.get(id.content as usize)? {
        Content::Log(log) => Some(log),
        _ => None,
    }
}
