//! The version block: the first quote that holds its keys, or what stands in its place in another form.

use crate::bind::model::{Anchor, BoundField, BoundHeader, FieldLine, FoundForm, HeaderState, Match, Named, Side};
use crate::bind::names::nearness;
use crate::bind::sections::Sections;
use crate::markdown::entry::{Entry, EntryForm, entries};
use crate::markdown::model::{BlockKind, Document, SectionId, Table, Within};
use crate::span::Span;
use crate::template::model::{self, Name, Template};
use crate::text::normal;

/// In how many last lines a footer is sought.
const FOOTER_LINES: usize = 15;

/// Finds the header of a document.
pub(super) fn bind(template: &Template, document: &Document, text: &str, sections: &Sections) -> BoundHeader {
    let Some(wanted) = &template.header else { return BoundHeader::default() };
    let finder = Finder { wanted, document, text };
    let first_bound =
        sections.matches.iter().filter_map(Match::at).map(SectionId::index).min().unwrap_or(document.sections.len());
    let anchor = anchor(document, text, sections);
    let Some(candidate) = finder.find(first_bound) else {
        let silent = wanted.fields.iter().map(|_| BoundField::Silent).collect();
        return BoundHeader { state: HeaderState::Missing(anchor), fields: silent };
    };
    let fields = finder.fields(&candidate);
    let state = match candidate.form {
        None => HeaderState::Here(candidate.span),
        Some(form) => HeaderState::WrongForm { span: candidate.span, form, insert: anchor.insert },
    };
    BoundHeader { state, fields }
}

/// Whether a document begins with a header in the template's form: two of its fields at least, for a lone `Status:`
/// says nothing.
pub(super) fn is_in_form(template: &Template, document: &Document, text: &str) -> bool {
    let Some(wanted) = &template.header else { return false };
    let finder = Finder { wanted, document, text };
    // Above the second heading: a version block stands under the title.
    let Some(found) = finder.find(2) else { return false };
    let fields = found.entries.iter().filter(|entry| finder.field_of(entry).is_some() && finder.in_form(entry));
    found.form.is_none() && fields.count() >= 2.min(wanted.fields.len())
}

/// Below the title, else before everything.
fn anchor(document: &Document, text: &str, sections: &Sections) -> Anchor {
    if let Some(heading) = sections.title.and_then(|title| document.section(title).heading.as_ref()) {
        return Anchor { label: heading.text, side: Side::After, insert: heading.span.end() };
    }
    let start = document.front_matter.as_ref().map_or(0, |front| front.span.end());
    let start = if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start };
    let first = document.sections.iter().find_map(|section| match &section.heading {
        Some(heading) => Some(heading.span),
        None => section.blocks.first().map(|block| block.span),
    });
    let label = first.map_or(Span::at(start), |span| {
        let slice = &text[span.range()];
        Span::new(span.start(), span.start() + slice.find(['\n', '\r']).unwrap_or(slice.len()))
    });
    Anchor { label, side: Side::After, insert: start }
}

struct Candidate {
    span: Span,
    /// `None`: the template's.
    form: Option<FoundForm>,
    entries: Vec<Entry>,
}

struct Finder<'a> {
    wanted: &'a model::Header,
    document: &'a Document,
    text: &'a str,
}

impl Finder<'_> {
    /// The quote with most keys above the first section of the template; else lines, a table, front matter, a footer.
    fn find(&self, first_bound: usize) -> Option<Candidate> {
        let above = first_bound.max(1).min(self.document.sections.len());
        let mut quotes = Vec::new();
        let mut lines = Vec::new();
        for section in &self.document.sections[..above] {
            for block in &section.blocks {
                match &block.kind {
                    BlockKind::Quote if block.within == Within::Section => quotes.push(block.span),
                    BlockKind::Prose if block.within == Within::Section => lines.push(block.span),
                    BlockKind::List(_) => lines.push(block.span),
                    _ => {}
                }
            }
        }
        let (right, other) = if self.wanted.form.quoted { (quotes, lines) } else { (lines, quotes) };
        let other_form = if self.wanted.form.quoted { FoundForm::Lines } else { FoundForm::QuotedLines };
        self.best(&right, None)
            .or_else(|| self.best(&other, Some(other_form)))
            .or_else(|| self.table(above))
            .or_else(|| self.front_matter())
            .or_else(|| self.footer())
    }

    /// Of several blocks the one with most keys; the first, where they are equal.
    fn best(&self, blocks: &[Span], form: Option<FoundForm>) -> Option<Candidate> {
        let mut best: Option<(usize, Candidate)> = None;
        for &span in blocks {
            let entries = entries(self.text, span);
            let keys = self.keys(&entries);
            // A lone "Status:" line among prose is no version block.
            let enough = if form.is_some() { 2.min(self.wanted.fields.len()) } else { 1 };
            if keys >= enough && best.as_ref().is_none_or(|(most, _)| keys > *most) {
                let form = form.or_else(|| self.form_of(&entries));
                best = Some((keys, Candidate { span, form, entries }));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    /// Where no line of the block has the template's form, the block as a whole has another one.
    fn form_of(&self, entries: &[Entry]) -> Option<FoundForm> {
        let mut known = entries.iter().filter(|entry| self.field_of(entry).is_some());
        let wrong = known.clone().count() > 1 && known.all(|entry| !self.in_form(entry));
        wrong.then_some(FoundForm::QuotedLines)
    }

    fn in_form(&self, entry: &Entry) -> bool {
        let form = &self.wanted.form;
        let bold = form.before_name.contains("**");
        let inside = form.between.trim_start().starts_with(':');
        match entry.form {
            EntryForm::BoldColonInside => bold && inside,
            EntryForm::BoldColonOutside => bold && !inside,
            EntryForm::Plain => !bold,
            _ => false,
        }
    }

    fn keys(&self, entries: &[Entry]) -> usize {
        self.wanted.fields.iter().filter(|field| entries.iter().any(|entry| field.name.is(&self.key(entry)))).count()
    }

    fn key(&self, entry: &Entry) -> String {
        normal(&self.text[entry.key.range()])
    }

    fn field_of(&self, entry: &Entry) -> Option<usize> {
        let key = self.key(entry);
        self.wanted.fields.iter().position(|field| field.name.is(&key))
    }

    fn table(&self, above: usize) -> Option<Candidate> {
        for section in &self.document.sections[..above] {
            for block in &section.blocks {
                if let BlockKind::Table(table) = &block.kind {
                    let entries = self.table_entries(table);
                    if self.keys(&entries) > 1 {
                        return Some(Candidate { span: block.span, form: Some(FoundForm::Table), entries });
                    }
                }
            }
        }
        None
    }

    /// `| Version | 1.0.0 |` row by row, the header row too; or names in the header row and values below.
    fn table_entries(&self, table: &Table) -> Vec<Entry> {
        let pair =
            |line: Span, key: Span, value: Span| Entry { line, key: self.bare(key), value, form: EntryForm::Plain };
        if table.columns() == 2 {
            let rows = std::iter::once(&table.header).chain(&table.rows);
            return rows.filter_map(|row| Some(pair(row.span, table.cell(row, 0)?, table.cell(row, 1)?))).collect();
        }
        let Some(values) = table.rows.first().filter(|_| table.rows.len() == 1) else { return Vec::new() };
        table
            .cells(&table.header)
            .iter()
            .zip(table.cells(values))
            .map(|(&key, &value)| pair(values.span, key, value))
            .collect()
    }

    /// Without emphasis and a colon around it.
    fn bare(&self, span: Span) -> Span {
        let slice = &self.text[span.range()];
        let kept = slice.trim_matches(['*', '_', '`', ':', ' ']);
        let offset = slice.find(kept).unwrap_or(0);
        Span::new(span.start() + offset, span.start() + offset + kept.len())
    }

    fn front_matter(&self) -> Option<Candidate> {
        let front = self.document.front_matter.as_ref()?;
        let mut found = Vec::new();
        let mut at = front.body.start();
        for line in self.text[front.body.range()].split_inclusive(['\n', '\r']) {
            let start = at;
            at += line.len();
            let separator = line.find(':').or_else(|| line.find('='));
            if let Some(colon) = separator.filter(|_| !line.starts_with([' ', '\t', '#'])) {
                let span = Span::new(start, start + line.trim_end().len());
                let key = Span::new(start, start + colon).trim(self.text);
                let value = Span::new(start + colon + 1, span.end().max(start + colon + 1)).trim(self.text);
                found.push(Entry { line: span, key, value: self.unquoted(value), form: EntryForm::Plain });
            }
        }
        let enough = 2.min(self.wanted.fields.len());
        (self.keys(&found) >= enough).then_some(Candidate {
            span: front.span,
            form: Some(FoundForm::FrontMatter),
            entries: found,
        })
    }

    fn unquoted(&self, span: Span) -> Span {
        let slice = &self.text[span.range()];
        let is_quoted =
            slice.len() > 1 && ['"', '\''].iter().any(|&quote| slice.starts_with(quote) && slice.ends_with(quote));
        if is_quoted { Span::new(span.start() + 1, span.end() - 1) } else { span }
    }

    fn footer(&self) -> Option<Candidate> {
        let tail = self
            .text
            .bytes()
            .enumerate()
            .rev()
            .filter(|&(_, byte)| byte == b'\n')
            .nth(FOOTER_LINES)
            .map_or(0, |(at, _)| at + 1);
        let last = self.document.sections.last()?;
        let blocks: Vec<Span> = last
            .blocks
            .iter()
            .filter(|block| block.span.start() >= tail && matches!(block.kind, BlockKind::Quote | BlockKind::Prose))
            .map(|block| block.span)
            .collect();
        self.best(&blocks, Some(FoundForm::Footer))
    }

    fn fields(&self, candidate: &Candidate) -> Vec<BoundField> {
        let last = candidate.entries.last().map_or(candidate.span, |entry| entry.line);
        let anchor = Anchor { label: last, side: Side::After, insert: last.end() };
        let taken: Vec<Option<usize>> = candidate.entries.iter().map(|entry| self.field_of(entry)).collect();
        self.wanted
            .fields
            .iter()
            .enumerate()
            .map(|(index, field)| {
                let mut lines = (0..candidate.entries.len()).filter(|&at| taken[at] == Some(index));
                let Some(first) = lines.next() else {
                    return self.absent(field.required, &field.name, candidate, &taken, anchor);
                };
                let entry = &candidate.entries[first];
                let name = if self.key(entry) == field.name.normal { Named::Exact } else { Named::Alias };
                BoundField::Found(FieldLine {
                    line: entry.line,
                    key: entry.key,
                    value: entry.value,
                    name,
                    in_form: candidate.form.is_some() || self.in_form(entry),
                    again: lines.map(|at| candidate.entries[at].line).collect(),
                })
            })
            .collect()
    }

    fn absent(
        &self,
        required: bool,
        name: &Name,
        from: &Candidate,
        taken: &[Option<usize>],
        anchor: Anchor,
    ) -> BoundField {
        if !required {
            return BoundField::Silent;
        }
        let near = from
            .entries
            .iter()
            .zip(taken)
            .filter(|(_, taken)| taken.is_none())
            .find(|(entry, _)| nearness(name, &self.key(entry), false).is_some())
            .map(|(entry, _)| entry.key);
        BoundField::Missing { anchor, near }
    }
}
