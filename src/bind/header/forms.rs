//! Where a version block may stand and how it may be written: quotes, lines, a table, front matter, a footer.

use crate::bind::header::{Candidate, Keys};
use crate::bind::model::FoundForm;
use crate::markdown::entry::{Entry, EntryForm, entries};
use crate::markdown::lines::is_gap;
use crate::markdown::model::{Block, BlockKind, Document, Section, SectionId, Table, Within};
use crate::span::Span;

/// In how many last lines a footer is sought.
const FOOTER_LINES: usize = 15;

/// So long is the value of a field of the author's own, in bytes.
const SHORT: usize = 60;

pub(in crate::bind) struct Finder<'a> {
    pub(in crate::bind) keys: Keys<'a>,
    pub(in crate::bind) document: &'a Document,
}

/// Blocks that may be a version block, in the order of the text: quotes, and paragraphs or lists.
#[derive(Default)]
struct Blocks {
    quotes: Vec<Span>,
    lines: Vec<Span>,
}

/// Whether a quote and lines that follow each other make one block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kinds {
    Apart,
    /// They do, and count as a quote.
    Mixed,
}

impl Finder<'_> {
    /// The block with most keys above the first section of the template. The template's form wins where it holds
    /// enough of them, and at a tie: front matter beside a right header is nobody's business.
    pub(in crate::bind) fn find(&self, first_bound: usize) -> Option<Candidate> {
        let above = first_bound.max(1).min(self.document.sections.len());
        let sections = &self.document.sections[..above];
        let Blocks { quotes, lines } = self.blocks(sections.iter(), Kinds::Apart);
        let quoted = self.keys.wanted.form.quoted;
        let (right, other) = if quoted { (quotes, lines) } else { (lines, quotes) };
        let other_form = if quoted { FoundForm::Lines } else { FoundForm::QuotedLines };
        let right = self.best(&right, None);
        let keys = right.as_ref().map_or(0, |right| right.keys);
        if keys == self.keys.wanted.fields.len() {
            return right;
        }
        let mut others = Vec::new();
        if keys < self.keys.enough() {
            others =
                vec![self.best(&other, Some(other_form)), self.table(sections), self.front_matter(), self.footer()];
        }
        // A line of it may have lost its `>`.
        others.push(self.best(&self.blocks(sections.iter(), Kinds::Mixed).quotes, None));
        let mut chosen = right;
        for other in others.into_iter().flatten() {
            if chosen.as_ref().is_none_or(|found| other.keys > found.keys) {
                chosen = Some(other);
            }
        }
        chosen
    }

    /// Quotes and lines. Paragraphs that follow each other and hold nothing but keys and values are one block, and so
    /// are quotes.
    fn blocks<'b>(&self, sections: impl Iterator<Item = &'b Section>, kinds: Kinds) -> Blocks {
        let mut found = Blocks::default();
        for section in sections {
            // The run that is open: whether it is a quote, and which fields it has.
            let mut run: Option<(bool, Vec<usize>)> = None;
            for block in section.blocks.iter().filter(|block| block.within == Within::Section) {
                let is_quote = match &block.kind {
                    BlockKind::Quote => true,
                    BlockKind::Prose | BlockKind::List(_) => kinds == Kinds::Mixed,
                    _ => {
                        run = None;
                        continue;
                    }
                };
                let list = if is_quote { &mut found.quotes } else { &mut found.lines };
                let fields = self.fields_of(block);
                match (&mut run, &fields, list.last_mut()) {
                    // A second block with the same fields is not the rest of the first.
                    (Some((kind, taken)), Some(fields), Some(last))
                        if *kind == is_quote && fields.iter().all(|field| !taken.contains(field)) =>
                    {
                        *last = last.cover(block.span);
                        taken.extend(fields);
                    }
                    _ => {
                        list.push(block.span);
                        run = fields.map(|fields| (is_quote, fields));
                    }
                }
            }
        }
        found
    }

    /// The fields in a block that holds nothing but keys and values.
    fn fields_of(&self, block: &Block) -> Option<Vec<usize>> {
        let entries = entries(self.keys.text, block.span);
        if entries.is_empty() {
            return is_gap(self.keys.text, block.span).then(Vec::new);
        }
        let written = self.keys.text[block.span.range()].lines();
        let written = written.filter(|line| !line.trim_matches(['>', ' ', '\t']).is_empty()).count();
        let mut lines: Vec<Span> = entries.iter().map(|entry| entry.line).collect();
        lines.dedup();
        let mut fields: Vec<usize> = entries.iter().filter_map(|entry| self.keys.field_of(entry)).collect();
        fields.sort_unstable();
        fields.dedup();
        // What says more than a few words is no line of a header, unless its key is one.
        let is_short = entries.iter().all(|entry| entry.value.len() <= SHORT);
        (lines.len() == written && (is_short || !fields.is_empty())).then_some(fields)
    }

    /// Of several blocks the one with most keys; the first, where they are equal.
    fn best(&self, blocks: &[Span], form: Option<FoundForm>) -> Option<Candidate> {
        let mut best: Option<Candidate> = None;
        for &span in blocks {
            let entries = entries(self.keys.text, span);
            let keys = self.keys.count(&entries);
            // One line alone must have the template's form to be more than a remark.
            let is_known = |entry: &&Entry| self.keys.field_of(entry).is_some();
            let in_form = form.is_none() && entries.iter().filter(is_known).any(|entry| self.keys.in_form(entry));
            let enough = if in_form { 1 } else { self.keys.enough() };
            if keys >= enough && best.as_ref().is_none_or(|best| keys > best.keys) {
                // Where no line of the block has the template's form, the block as a whole has another one.
                let form = form.or((!in_form).then_some(self.same_place()));
                best = Some(Candidate { span, form, entries, keys });
            }
        }
        best
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
                    let keys = self.keys.count(&entries);
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
        let mut at = front.body.start();
        for line in text[front.body.range()].split_inclusive(['\n', '\r']) {
            let start = at;
            at += line.len();
            let separator = line.find(':').or_else(|| line.find('='));
            if let Some(colon) = separator.filter(|_| !line.starts_with([' ', '\t', '#'])) {
                let span = Span::new(start, start + line.trim_end().len());
                let key = Span::new(start, start + colon).trim(text);
                let value = Span::new(start + colon + 1, span.end().max(start + colon + 1)).trim(text);
                found.push(Entry { line: span, key, value, form: EntryForm::Plain });
            }
        }
        let keys = self.keys.count(&found);
        (keys >= self.keys.enough()).then_some(Candidate {
            span: front.span,
            form: Some(FoundForm::FrontMatter),
            entries: found,
            keys,
        })
    }

    fn footer(&self) -> Option<Candidate> {
        let footer = self.footer_section()?;
        let Blocks { mut quotes, lines } = self.blocks(std::iter::once(&footer), Kinds::Apart);
        quotes.extend(lines);
        self.best(&quotes, Some(FoundForm::Footer)).filter(|found| found.keys >= self.keys.enough())
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
        let mut spans = Vec::new();
        for blocks in [
            self.blocks(top, Kinds::Apart),
            self.footer_section()
                .map_or_else(Blocks::default, |footer| self.blocks(std::iter::once(&footer), Kinds::Apart)),
        ] {
            spans.extend(blocks.quotes);
            spans.extend(blocks.lines);
        }
        if self.keys.wanted.form.quoted {
            let quotes = self.blocks(self.document.sections.iter(), Kinds::Apart).quotes;
            spans.extend(
                self.best(&quotes, None).filter(|found| found.keys >= self.keys.enough()).map(|found| found.span),
            );
        }
        spans.sort();
        spans.dedup();
        let lines = spans.into_iter().flat_map(|span| entries(self.keys.text, span));
        lines.chain(tables).collect()
    }
}
