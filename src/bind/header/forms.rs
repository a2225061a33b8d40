//! Where a version block may stand and how it may be written: quotes, lines, a table, front matter, a footer.

use crate::bind::header::runs::{Kind, Run, runs};
use crate::bind::header::{Candidate, Keys};
use crate::bind::model::FoundForm;
use crate::markdown::entry::{Entry, EntryForm};
use crate::markdown::lines::lines;
use crate::markdown::model::{BlockKind, Document, Section, SectionId, Table};
use crate::span::Span;

/// In how many last lines a footer is sought.
const FOOTER_LINES: usize = 15;

pub(in crate::bind) struct Finder<'a> {
    pub(in crate::bind) keys: Keys<'a>,
    pub(in crate::bind) document: &'a Document,
}

impl Finder<'_> {
    /// The block with most keys above the first section of the template. The template's form wins where it holds
    /// enough of them, and at a tie: front matter beside a right header is nobody's business.
    pub(in crate::bind) fn find(&self, first_bound: usize) -> Option<Candidate> {
        let above = first_bound.max(1).min(self.document.sections.len());
        let sections = &self.document.sections[..above];
        let read = |kind| runs(self.keys, sections.iter(), kind);
        let quoted = self.keys.wanted.form.quoted;
        let (own, other) = if quoted { (Kind::Quotes, Kind::Lines) } else { (Kind::Lines, Kind::Quotes) };
        let other_form = if quoted { FoundForm::Lines } else { FoundForm::QuotedLines };
        let right = self.best(read(own), None);
        let keys = right.as_ref().map_or(0, |right| right.keys);
        if keys == self.keys.wanted.fields.len() {
            return right;
        }
        let mut others = Vec::new();
        if keys < self.keys.enough() {
            let in_other_form = self.best(read(other), Some(other_form));
            others = vec![in_other_form, self.table(sections), self.front_matter(), self.footer()];
        }
        // A line of it may have lost its `>`.
        others.push(self.best(read(Kind::Either), None));
        let mut chosen = right;
        for other in others.into_iter().flatten() {
            if chosen.as_ref().is_none_or(|found| other.keys > found.keys) {
                chosen = Some(other);
            }
        }
        chosen
    }

    /// Of several runs the one with most keys; the first, where they are equal.
    fn best(&self, runs: Vec<Run>, form: Option<FoundForm>) -> Option<Candidate> {
        let mut best: Option<(Run, bool)> = None;
        for run in runs.into_iter().filter(|run| !run.fields.is_empty()) {
            // One line alone must have the template's form to be more than a remark.
            let is_known = |entry: &Entry| self.keys.field_of(entry).is_some();
            let in_form = form.is_none() && run.entries.iter().any(|entry| self.keys.in_form(entry) && is_known(entry));
            let enough = if in_form { 1 } else { self.keys.enough() };
            let is_most = best.as_ref().is_none_or(|(best, _)| run.fields.len() > best.fields.len());
            if run.fields.len() >= enough && is_most {
                best = Some((run, in_form));
            }
        }
        let (Run { span, entries, fields, .. }, in_form) = best?;
        // Where no line of the block has the template's form, the block as a whole has another one.
        let form = form.or((!in_form).then_some(self.same_place()));
        Some(Candidate { span, form, entries, keys: fields.len() })
    }

    /// Lines where the template wants them, in another form.
    fn same_place(&self) -> FoundForm {
        if self.keys.wanted.form.quoted { FoundForm::QuotedLines } else { FoundForm::Lines }
    }

    fn table(&self, sections: &[Section]) -> Option<Candidate> {
        for (index, section) in sections.iter().enumerate() {
            // A change log has the same columns as a header laid down; it has a heading of its own.
            let is_top = section.heading.as_ref().is_none_or(|heading| index == 1 && heading.level == 1);
            for block in &section.blocks {
                if let Some(table) = block.table() {
                    let entries = self.table_entries(table, is_top);
                    let keys = self.keys.fields_of(&entries).len();
                    if keys >= self.keys.enough() {
                        return Some(Candidate { span: block.span, form: Some(FoundForm::Table), entries, keys });
                    }
                }
            }
        }
        None
    }

    /// `| Version | 1.0.0 |` row by row, the header row too; or names in the header row and values below.
    fn table_entries(&self, table: &Table, lying: bool) -> Vec<Entry> {
        let pair =
            |line: Span, key: Span, value: Span| Entry { line, key: self.bare(key), value, form: EntryForm::Plain };
        if table.columns() == 2 {
            let rows = std::iter::once(&table.header).chain(&table.rows);
            return rows.filter_map(|row| Some(pair(row.span, table.cell(row, 0)?, table.cell(row, 1)?))).collect();
        }
        let Some(values) = table.rows.first().filter(|_| lying && table.rows.len() == 1) else { return Vec::new() };
        table
            .cells(&table.header)
            .iter()
            .zip(table.cells(values))
            .map(|(&key, &value)| pair(values.span, key, value))
            .collect()
    }

    /// Without emphasis and a colon around it.
    fn bare(&self, span: Span) -> Span {
        let slice = &self.keys.text[span.range()];
        let kept = slice.trim_matches(['*', '_', '`', ':', ' ']);
        let offset = slice.find(kept).unwrap_or(0);
        Span::new(span.start() + offset, span.start() + offset + kept.len())
    }

    fn front_matter(&self) -> Option<Candidate> {
        let front = self.document.front_matter.as_ref()?;
        let text = self.keys.text;
        let mut found = Vec::new();
        for span in lines(text, front.body) {
            let (line, start) = (&text[span.range()], span.start());
            let separator = line.find(':').or_else(|| line.find('='));
            if let Some(colon) = separator.filter(|_| !line.starts_with([' ', '\t', '#'])) {
                let span = Span::new(start, start + line.trim_end().len());
                let key = Span::new(start, start + colon).trim(text);
                let value = Span::new(start + colon + 1, span.end().max(start + colon + 1)).trim(text);
                found.push(Entry { line: span, key, value, form: EntryForm::Plain });
            }
        }
        let keys = self.keys.fields_of(&found).len();
        (keys >= self.keys.enough()).then_some(Candidate {
            span: front.span,
            form: Some(FoundForm::FrontMatter),
            entries: found,
            keys,
        })
    }

    fn footer(&self) -> Option<Candidate> {
        let footer = self.footer_section()?;
        let mut all = runs(self.keys, std::iter::once(&footer), Kind::Quotes);
        all.extend(runs(self.keys, std::iter::once(&footer), Kind::Lines));
        self.best(all, Some(FoundForm::Footer)).filter(|found| found.keys >= self.keys.enough())
    }

    /// The last section, cut down to what stands in its last lines.
    fn footer_section(&self) -> Option<Section> {
        let mut lines = self.keys.text.bytes().enumerate().rev().filter(|&(_, byte)| byte == b'\n');
        let tail = lines.nth(FOOTER_LINES).map_or(0, |(at, _)| at + 1);
        let last = self.document.sections.last()?;
        let blocks = last.blocks.iter().filter(|block| block.span.start() >= tail).cloned().collect();
        Some(Section { heading: None, parent: None, body: last.body, blocks })
    }

    /// Keys and values under the title and in the footer, whatever stands around them; and a whole header that stands
    /// in some section.
    pub(super) fn single_lines(&self, title: Option<SectionId>) -> Vec<Entry> {
        let title = title.map(|title| self.document.section(title));
        let top = self.document.sections.first().into_iter().chain(title);
        let tables = top.clone().flat_map(|section| &section.blocks).filter_map(|block| match &block.kind {
            BlockKind::Table(table) if table.columns() == 2 => Some(self.table_entries(table, false)),
            _ => None,
        });
        let tables: Vec<Entry> = tables.flatten().collect();
        let footer = self.footer_section();
        let mut found: Vec<(Span, Vec<Entry>)> = Vec::new();
        for kind in [Kind::Quotes, Kind::Lines] {
            let all = [runs(self.keys, top.clone(), kind), runs(self.keys, footer.iter(), kind)];
            found.extend(all.into_iter().flatten().map(|run| (run.span, run.entries)));
        }
        if self.keys.wanted.form.quoted {
            let whole = self.best(runs(self.keys, self.document.sections.iter(), Kind::Quotes), None);
            let whole = whole.filter(|whole| whole.keys >= self.keys.enough());
            found.extend(whole.map(|whole| (whole.span, whole.entries)));
        }
        found.sort_by_key(|&(span, _)| span);
        found.dedup_by_key(|&mut (span, _)| span);
        let lines = found.into_iter().flat_map(|(_, entries)| entries);
        lines.chain(tables).collect()
    }
}
