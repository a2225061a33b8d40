//! A document beside what it was at an earlier revision: what it says otherwise, and what was not brought up to date.

pub mod body;

use semver::Version;

use crate::bind::log::newest::{self, ReadEntry};
use crate::bind::model::Binding;
use crate::diagnostic::Requirement;
use crate::markdown::model::BlockKind;
use crate::reading::Reading;
use crate::span::Span;
use crate::template::model::header::{Field, Role};
use crate::template::model::{Content, ContentId, Template};
use crate::values::{date, version};

/// One state of a document.
#[derive(Clone, Copy)]
pub(crate) struct State<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) binding: &'a Binding,
}

/// A document as it is and as it was.
pub(crate) struct History<'a> {
    pub(crate) template: &'a Template,
    pub(crate) now: State<'a>,
    pub(crate) then: State<'a>,
}

/// A changelog, read.
pub(crate) struct ReadLog<'a> {
    /// What messages call it.
    pub(crate) name: &'a str,
    pub(crate) requirement: &'a Requirement,
    /// Its heading.
    pub(crate) place: Option<Span>,
    pub(crate) entries: Vec<ReadEntry<'a>>,
}

impl<'a> State<'a> {
    /// The text of a span.
    pub(crate) fn slice(self, span: Span) -> &'a str {
        self.reading.source.slice(span)
    }

    /// The value of the field with this role, and what the template asks of it.
    pub(crate) fn field(self, template: &'a Template, role: Role) -> Option<(&'a Field, Span)> {
        let fields = &template.header.as_ref()?.fields;
        let index = fields.iter().position(|field| field.role == Some(role))?;
        Some((&fields[index], self.binding.field(index)?.value))
    }

    /// The version in the header, where it is one.
    pub(crate) fn version(self, template: &'a Template) -> Option<(&'a Field, Span, Version)> {
        let (field, place) = self.field(template, Role::Version)?;
        Some((field, place, version::parse(self.slice(place))?))
    }

    /// The day in the header, where it is one.
    pub(crate) fn day(self, template: &'a Template) -> Option<(&'a Field, Span, jiff::civil::Date)> {
        let (field, place) = self.field(template, Role::Updated)?;
        let pattern = field.date_pattern()?;
        Some((field, place, date::parse(self.slice(place), pattern).ok()?))
    }

    /// The first changelog of the template, where the document has it.
    pub(crate) fn log(self, template: &'a Template) -> Option<ReadLog<'a>> {
        let (id, _) = log_of(template)?;
        let (log, entries) = newest::read(template, self.binding, self.reading.source.text(), id)?;
        let heading = self.binding.section(id.section).at();
        let heading = heading.and_then(|at| self.reading.document.section(at).heading.as_ref());
        Some(ReadLog {
            name: &template.section(id.section).name.shown,
            requirement: &log.requirement,
            place: heading.map(|heading| heading.text),
            entries,
        })
    }

    /// What an entry says beside its day and its version.
    pub(crate) fn entry_text(self, entry: &ReadEntry) -> String {
        let (document, text) = (&self.reading.document, self.reading.source.text());
        let mut out = String::new();
        let mut at = entry.entry.span.start();
        for place in entry.entry.date.into_iter().chain(entry.entry.version) {
            out.push_str(text.get(at..place.start()).unwrap_or_default());
            at = at.max(place.end());
        }
        out.push_str(text.get(at..entry.entry.span.end()).unwrap_or_default());
        let mut out: String = out.split(['|', ' ', '-', '–', '—', '\t']).filter(|word| !word.is_empty()).collect();
        let Some(first) = entry.entry.section else { return out };
        let level = |at: usize| document.sections[at].heading.as_ref().map_or(0, |heading| heading.level);
        let end = (first.index() + 1..document.sections.len()).find(|&next| level(next) <= level(first.index()));
        for section in &document.sections[first.index()..end.unwrap_or(document.sections.len())] {
            let deeper = section.heading.as_ref().filter(|heading| heading.text != entry.entry.span);
            out.extend(deeper.map(|heading| body::collapsed(&text[heading.text.range()]).into_owned()));
            for block in section.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Rule)) {
                out.push_str(&body::collapsed(&text[block.span.range()]));
            }
        }
        out
    }
}

impl<'a> History<'a> {
    /// Whether the document says something else than before.
    pub(crate) fn body_changed(&self) -> bool {
        let texts = |state: State<'a>| {
            body::texts(self.template, &state.reading.document, state.binding, state.reading.source.text())
        };
        texts(self.now) != texts(self.then)
    }

    /// The version in the header, now and then.
    pub(crate) fn versions(&self) -> Option<(&'a Field, Span, Version, Version)> {
        let (field, place, now) = self.now.version(self.template)?;
        let (_, _, then) = self.then.version(self.template)?;
        Some((field, place, now, then))
    }

    /// The version in the header, now and then, where it went down together with the changelog.
    pub(crate) fn went_down(&self) -> Option<(&'a Field, Span, Version, Version)> {
        let (field, place, now, then) = self.versions()?;
        let log = self.now.log(self.template);
        let newest = log.as_ref().and_then(|log| newest::newest(&log.entries));
        let newest = newest.and_then(|entry| entry.version.as_ref());
        // Where the changelog still has the greater one, the two contradict each other: that is said already.
        let contradicts =
            field.equals.is_some() && newest.is_some_and(|(newest, _)| version::compare(newest, &now).is_ne());
        (version::compare(&now, &then).is_lt() && !contradicts).then_some((field, place, now, then))
    }

    /// Whether the newest entry of the changelog is the same as before; `None` where there is none now or then.
    pub(crate) fn log_is_the_same(&self) -> Option<bool> {
        let (now, then) = (self.now.log(self.template)?, self.then.log(self.template)?);
        let (now, then) = (newest::newest(&now.entries)?, newest::newest(&then.entries)?);
        Some(is_same(now, then))
    }
}

/// Whether two entries are of the same version, or of the same day where one names none.
pub(crate) fn is_same(one: &ReadEntry, other: &ReadEntry) -> bool {
    match (&one.version, &other.version) {
        (Some((one, _)), Some((other, _))) => version::compare(one, other).is_eq(),
        _ => one.day.map(|(day, _)| day) == other.day.map(|(day, _)| day),
    }
}

/// The first changelog that a template asks for.
fn log_of(template: &Template) -> Option<(ContentId, &Content)> {
    template.contents().find(|(_, content)| matches!(content, Content::Log(_)))
}
