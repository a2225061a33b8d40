//! The version block, rewritten to the template's form: nothing of it is lost, and what stands between its lines stays.

use crate::bind::bound::Bound;
use crate::bind::header::bare;
use crate::bind::header::fields::{converted, insertion, line};
use crate::bind::lines::{line_start, next_line, removal};
use crate::bind::model::{FoundForm, HeaderState};
use crate::fix::{Edit, Fix, Safety};
use crate::markdown::entry::Entry;
use crate::markdown::model::{Block, BlockKind, Document};
use crate::source::line_end;
use crate::span::Span;
use crate::template::model::Template;
use crate::template::model::header::Header;
use crate::text::normal;

/// The fix; `None` where the lines are too entangled with others to be moved.
pub(crate) fn rewritten(Bound { template, binding, document, text }: Bound) -> Option<Fix> {
    let header = template.header.as_ref()?;
    let from_front = matches!(binding.header.state, HeaderState::WrongForm { form: FoundForm::FrontMatter, .. });
    let keys = if from_front { KeyNames::OfTemplate } else { KeyNames::AsWritten };
    let rewriter = Rewriter { template, header, entries: &binding.header.entries, text, keys };
    let edits = match binding.header.state {
        HeaderState::Here(_) => rewriter.each_line(),
        HeaderState::WrongForm { form, span, insert } => match form {
            FoundForm::QuotedLines if header.form.quoted => rewriter.each_line(),
            FoundForm::QuotedLines | FoundForm::Lines => rewriter.block(span)?,
            FoundForm::Table => vec![rewriter.replace(span, &rewriter.lines())],
            FoundForm::FrontMatter => vec![rewriter.insert(insert)],
            FoundForm::Footer if is_all_of_section(document, span) => return None,
            FoundForm::Footer => rewriter.moved(span, insert),
        },
        _ => return None,
    };
    Fix::new(Safety::Safe, edits)
}

/// Whether nothing else stands under its heading: moved away, it would leave that behind, empty.
fn is_all_of_section(document: &Document, span: Span) -> bool {
    let section = document.section(document.section_at(span.start()));
    let is_filling = |block: &Block| matches!(block.kind, BlockKind::Rule | BlockKind::Html);
    section.heading.is_some() && section.blocks.iter().all(|block| is_filling(block) || span.contains(block.span))
}

/// What keys are called that the template knows under another name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyNames {
    AsWritten,
    /// `date` is a key of front matter, not a name to show.
    OfTemplate,
}

struct Rewriter<'a> {
    template: &'a Template,
    header: &'a Header,
    entries: &'a [Entry],
    text: &'a str,
    keys: KeyNames,
}

impl Rewriter<'_> {
    /// An entry in the template's form, its value converted.
    fn line(&self, entry: &Entry) -> String {
        let key = &self.text[entry.key.range()];
        let value = &self.text[entry.value.range()];
        let field = self.field(entry);
        let value = match field {
            Some(index) => {
                let value = &self.text[bare(self.text, entry.value).range()];
                converted(&self.header.fields[index], value, self.template)
            }
            None => value.to_owned(),
        };
        let name = match field.map(|index| &self.header.fields[index].name) {
            Some(name) if name.normal == normal(key) || self.keys == KeyNames::OfTemplate => name.shown.as_str(),
            _ => key,
        };
        line(&self.header.form, name, &value)
    }

    fn field(&self, entry: &Entry) -> Option<usize> {
        let key = normal(&self.text[entry.key.range()]);
        self.header.fields.iter().position(|field| field.name.is(&key))
    }

    /// All entries; of those that are no field, only what has a key and a value.
    fn lines(&self) -> Vec<String> {
        let is_kept =
            |entry: &&Entry| self.field(entry).is_some() || !entry.key.is_empty() && !is_caption(self.text, entry);
        self.entries.iter().filter(is_kept).map(|entry| self.line(entry)).collect()
    }

    /// The entries by the line they stand in.
    fn by_line(&self) -> Vec<(Span, Vec<String>)> {
        let mut lines: Vec<(Span, Vec<String>)> = Vec::new();
        for entry in self.entries {
            match lines.last_mut() {
                Some((line, written)) if *line == entry.line => written.push(self.line(entry)),
                _ => lines.push((entry.line, vec![self.line(entry)])),
            }
        }
        lines
    }

    fn replace(&self, span: Span, lines: &[String]) -> Edit {
        Edit { span: Span::new(line_start(self.text, span.start()), span.end()), text: lines.join(line_end(self.text)) }
    }

    /// Line by line, in place; lines that are right stay as they are.
    fn each_line(&self) -> Vec<Edit> {
        let lines = self.by_line();
        let edits = lines.iter().map(|(line, written)| self.replace(*line, written));
        edits.filter(|edit| self.text[edit.span.range()] != edit.text).collect()
    }

    /// The entries of a paragraph or a list as one block, and its other lines above or below that.
    fn block(&self, span: Span) -> Option<Vec<Edit>> {
        let end = line_end(self.text);
        let (mut above, mut below) = (Vec::new(), Vec::new());
        let mut seen = false;
        let mut at = line_start(self.text, span.start());
        while at < span.end() {
            let next = next_line(self.text, at);
            let written = self.text[at..next.min(span.end())].trim_end();
            if self.entries.iter().any(|entry| (at..next).contains(&entry.line.start())) {
                seen = true;
            } else if !written.trim().is_empty() {
                // What is indented belongs to an item, and cannot stand without it.
                let is_loose = !written.starts_with([' ', '\t', '>']);
                if !is_loose {
                    return None;
                }
                if seen { &mut below } else { &mut above }.push(written);
            }
            at = next;
        }
        let header = self.lines().join(end);
        let parts = [above.join(end), header, below.join(end)];
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let whole = Span::new(line_start(self.text, span.start()), span.end());
        Some(vec![Edit { span: whole, text: parts.join(&format!("{end}{end}")) }])
    }

    fn insert(&self, at: usize) -> Edit {
        let known: Vec<String> =
            self.entries.iter().filter(|entry| self.field(entry).is_some()).map(|entry| self.line(entry)).collect();
        Edit { span: Span::at(at), text: insertion(self.text, at, &known) }
    }

    /// From the end of the document to the place below the title.
    fn moved(&self, span: Span, at: usize) -> Vec<Edit> {
        let lines = self.by_line();
        let written = self.text[span.range()].lines().filter(|line| !line.trim_matches(['>', ' ', '\t']).is_empty());
        let mut edits = vec![Edit { span: Span::at(at), text: insertion(self.text, at, &self.lines()) }];
        if written.count() == lines.len() {
            edits.push(Edit { span: removal(self.text, span), text: String::new() });
        } else {
            edits.extend(lines.iter().map(|(line, _)| {
                let whole = Span::new(line_start(self.text, line.start()), next_line(self.text, line.end()));
                Edit { span: whole, text: String::new() }
            }));
        }
        edits
    }
}

/// The first row of a table of two columns: `| Field | Value |`.
fn is_caption(text: &str, entry: &Entry) -> bool {
    const CAPTIONS: [&str; 8] = ["field", "key", "property", "attribute", "name", "item", "metadata", "info"];
    let value = normal(&text[entry.value.range()]);
    CAPTIONS.contains(&normal(&text[entry.key.range()]).as_str())
        && ["value", "values", "details", "detail", "description", "content", ""].contains(&value.as_str())
}
