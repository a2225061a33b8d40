//! The version block: the first quote that holds its keys, or what stands in its place in another form.

pub(crate) mod fields;
mod forms;
mod lax;
pub(crate) mod rewrite;
mod runs;

use crate::bind::header::forms::Finder;
use crate::bind::lines::line_start;
use crate::bind::model::{Anchor, BoundField, BoundHeader, FieldLine, FoundForm, HeaderState, Match, Named, Side};
use crate::bind::names::{WrittenName, nearness};
use crate::bind::sections::Sections;
use crate::markdown::entry::{Entry, EntryForm};
use crate::markdown::model::{Document, SectionId};
use crate::source::text_start;
use crate::span::Span;
use crate::template::model::Template;
use crate::template::model::header::Header;
use crate::text::{is_named, is_plain, normal, same_but_for_case};

/// Lines that may be a version block.
pub(super) struct Candidate {
    pub(super) span: Span,
    /// `None`: the template's.
    pub(super) form: Option<FoundForm>,
    pub(super) entries: Vec<Entry>,
    /// How many fields of the template it has.
    pub(super) keys: usize,
}

/// Finds the header of a document.
pub(super) fn bind(template: &Template, document: &Document, text: &str, sections: &Sections) -> BoundHeader {
    let Some(wanted) = &template.header else { return BoundHeader::default() };
    let keys = Keys { wanted, text };
    let finder = Finder { keys, document };
    let first_bound =
        sections.matches.iter().filter_map(Match::at).map(SectionId::index).min().unwrap_or(document.sections.len());
    let anchor = anchor(document, text, sections);
    let Some(mut candidate) = finder.find(first_bound) else {
        let fields = wanted.fields.iter().map(|_| BoundField::Silent).collect();
        let strays = keys.strays(&finder.single_lines(sections.title));
        return BoundHeader { state: HeaderState::Missing(anchor), fields, entries: Vec::new(), strays };
    };
    candidate.entries.extend(lax::entries(template, keys, &candidate));
    candidate.entries.sort_by_key(|entry| entry.line);
    let fields = keys.fields(&candidate);
    let is_missing = |field: &BoundField| matches!(field, BoundField::Missing { .. });
    let mut strays = Vec::new();
    if fields.iter().any(is_missing) {
        strays = keys.strays(&finder.single_lines(sections.title));
        strays.retain(|(index, line)| {
            is_missing(&fields[*index])
                && fields::may_be_meant(&wanted.fields[*index], &text[line.value.range()], template)
        });
    }
    let state = match candidate.form {
        None => HeaderState::Here(candidate.span),
        Some(form) => HeaderState::WrongForm { span: candidate.span, form, insert: anchor.insert },
    };
    BoundHeader { state, fields, entries: candidate.entries, strays }
}

/// Whether a document begins with a header in the template's form: two of its fields at least, for a lone `Status:`
/// says nothing.
pub(super) fn is_in_form(template: &Template, document: &Document, text: &str) -> bool {
    let Some(wanted) = &template.header else { return false };
    let keys = Keys { wanted, text };
    // Above the second heading: a version block stands under the title.
    let Some(found) = Finder { keys, document }.find(2) else { return false };
    let fields = found.entries.iter().filter(|entry| keys.field_of(entry).is_some() && keys.in_form(entry));
    found.form.is_none() && fields.count() >= 2.min(wanted.fields.len())
}

/// Below the title, else before everything.
fn anchor(document: &Document, text: &str, sections: &Sections) -> Anchor {
    if let Some(heading) = sections.title.and_then(|title| document.section(title).heading.as_ref()) {
        return Anchor { label: heading.text, side: Side::After, insert: heading.span.end() };
    }
    let front = document.front_matter.as_ref().map(|front| front.span.end());
    let start = front.unwrap_or_else(|| text_start(text));
    let first = document.sections.iter().find_map(|section| match &section.heading {
        Some(heading) => Some(heading.span),
        None => section.blocks.first().map(|block| block.span),
    });
    let label = first.map_or(Span::at(start), |span| span.first_line(text));
    Anchor { label, side: Side::After, insert: start }
}

/// What the template calls its fields, and what an entry of the document is among them.
#[derive(Clone, Copy)]
pub(super) struct Keys<'a> {
    pub(super) wanted: &'a Header,
    pub(super) text: &'a str,
}

impl Keys<'_> {
    /// The fields of the template that stand among the entries, each once.
    pub(super) fn fields_of(&self, entries: &[Entry]) -> Vec<usize> {
        let mut fields: Vec<usize> = entries.iter().filter_map(|entry| self.field_of(entry)).collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// So many fields make lines a version block whatever their form: a lone `Status:` among prose is none.
    pub(super) fn enough(&self) -> usize {
        2.min(self.wanted.fields.len())
    }

    pub(super) fn field_of(&self, entry: &Entry) -> Option<usize> {
        let key = &self.text[entry.key.range()];
        let mut fields = self.wanted.fields.iter();
        // Mostly nothing need be copied.
        if is_plain(key) {
            return fields.position(|field| field.name.accepted().any(|(known, _)| same_but_for_case(key, known)));
        }
        let key = normal(key);
        fields.position(|field| field.name.is(&key))
    }

    pub(super) fn in_form(&self, entry: &Entry) -> bool {
        let form = &self.wanted.form;
        if is_quoted(self.text, entry.line) != form.quoted {
            return false;
        }
        let bold = form.before_name.contains("**");
        let inside = form.between.trim_start().starts_with(':');
        match entry.form {
            EntryForm::BoldColonInside => bold && inside,
            EntryForm::BoldColonOutside => bold && !inside,
            EntryForm::Plain => !bold,
            _ => false,
        }
    }

    /// By field of the template: its line, or where it is missing.
    fn fields(&self, candidate: &Candidate) -> Vec<BoundField> {
        let taken: Vec<Option<usize>> = candidate.entries.iter().map(|entry| self.field_of(entry)).collect();
        let line_of = |index: usize| {
            let first = taken.iter().position(|&field| field == Some(index))?;
            let again = (first + 1..taken.len()).filter(|&at| taken[at] == Some(index));
            let again = again.map(|at| candidate.entries[at].line).collect();
            let in_form = candidate.form.is_some() || self.in_form(&candidate.entries[first]);
            Some(self.line(index, &candidate.entries[first], in_form, again))
        };
        let lines: Vec<Option<FieldLine>> = (0..self.wanted.fields.len()).map(line_of).collect();
        lines
            .iter()
            .enumerate()
            .map(|(index, line)| match line {
                Some(line) => BoundField::Found(line.clone()),
                None if !self.wanted.fields[index].required => BoundField::Silent,
                None => {
                    let near = self.near(index, &candidate.entries, &taken);
                    BoundField::Missing { anchor: self.place(index, &lines, candidate), near }
                }
            })
            .collect()
    }

    fn line(&self, field: usize, entry: &Entry, in_form: bool, again: Vec<Span>) -> FieldLine {
        let own = is_named(&self.text[entry.key.range()], &self.wanted.fields[field].name.normal);
        let name = if own { Named::Exact } else { Named::Alias };
        FieldLine { line: entry.line, key: entry.key, value: bare(self.text, entry.value), name, in_form, again }
    }

    /// Behind the nearest field that stands above it in the template, else before the first one.
    fn place(&self, index: usize, lines: &[Option<FieldLine>], candidate: &Candidate) -> Anchor {
        let above = lines[..index].iter().rev().flatten().next();
        if let Some(line) = above {
            return Anchor { label: line.line, side: Side::After, insert: line.line.end() };
        }
        let first = lines[index..].iter().flatten().map(|line| line.line).min();
        let first = first.or_else(|| candidate.entries.first().map(|entry| entry.line)).unwrap_or(candidate.span);
        Anchor { label: first, side: Side::After, insert: line_start(self.text, first.start()) }
    }

    /// A key that is no field, and may be meant as this one.
    fn near(&self, index: usize, entries: &[Entry], taken: &[Option<usize>]) -> Option<Span> {
        let name = &self.wanted.fields[index].name;
        let free = entries.iter().zip(taken).filter(|(_, taken)| taken.is_none());
        let is_near = |key: &Span| nearness(name, WrittenName::new(&normal(&self.text[key.range()])), false).is_some();
        free.map(|(entry, _)| entry.key).find(is_near)
    }

    /// The first line of each field among entries that make no header.
    fn strays(&self, entries: &[Entry]) -> Vec<(usize, FieldLine)> {
        let mut found: Vec<(usize, FieldLine)> = Vec::new();
        for entry in entries {
            if let Some(field) = self.field_of(entry)
                && found.iter().all(|(other, _)| *other != field)
            {
                found.push((field, self.line(field, entry, false, Vec::new())));
            }
        }
        found
    }
}

/// Whether a `>` stands before what is written on a line. A line without one may still be a quote's to Markdown.
pub(crate) fn is_quoted(text: &str, line: Span) -> bool {
    text[line_start(text, line.start())..line.start()].contains('>')
}

/// A value without emphasis, code marks or quotes that stand around all of it.
pub(super) fn bare(text: &str, value: Span) -> Span {
    let mut span = value;
    loop {
        let slice = &text[span.range()];
        // Mostly none does.
        if !slice.starts_with(['*', '_', '`', '"', '\'']) {
            return span;
        }
        let mark = ["**", "__", "*", "_", "`", "\"", "'"].into_iter().find(|mark| {
            slice.len() > 2 * mark.len()
                && slice.starts_with(mark)
                && slice.ends_with(mark)
                && !slice[mark.len()..slice.len() - mark.len()].contains(mark)
        });
        let Some(mark) = mark else { return span };
        span = Span::new(span.start() + mark.len(), span.end() - mark.len()).trim(text);
    }
}
