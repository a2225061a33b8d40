//! The text of what is missing, made from the template: used by the fixes that insert it, and by `infralint new`.
//!
//! What only the author can know stands in brackets. Lines end in `\n`; who inserts them into a document with other
//! line ends adapts them.

mod diagram;
pub(crate) mod samples;
mod table;

use std::borrow::Cow;

use jiff::civil::Date;

use crate::template::model::blocks::Code;
use crate::template::model::diagram::Diagram;
use crate::template::model::header::{Field, Header};
use crate::template::model::log::Log;
use crate::template::model::table::Table;
use crate::template::model::{Content, ContentId, Kind, Numbering, Section, SpecId, Template};
use crate::template::skeleton::samples::Samples;
use crate::values::date;

/// How a document writes what a skeleton holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The number of the heading; none where the headings of the document carry none.
    pub number: Option<u32>,
    /// The level of the heading.
    pub level: u8,
    /// What stands in front of the items of bullet lists.
    pub bullet: char,
}

/// What a skeleton leaves out, though the template has it: what the document calls not applicable, or has no use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Omitted {
    /// A section with all below it.
    Section(SpecId),
    /// A table, block, diagram.
    Content(ContentId),
    /// A column of a table.
    Column(ContentId, usize),
    /// A row of a table.
    Row(ContentId, usize),
}

/// A missing section with all that must stand in it, its required sub-sections too; without a line break at its end.
pub fn section(template: &Template, id: SpecId, style: Style, today: Option<Date>, omitted: &[Omitted]) -> String {
    Writer::of_fix(template, style, today, omitted).section(id, style.level)
}

/// Something that a section must hold: a table, a diagram, a list, an entry; without a line break at its end.
pub fn content(template: &Template, id: ContentId, style: Style, today: Option<Date>, omitted: &[Omitted]) -> String {
    Writer::of_fix(template, style, today, omitted).content(id, template.content(id), style.level)
}

/// What stands in a section of which the template says nothing more: empty it would be another mistake.
pub(crate) fn placeholder(section: &Section) -> String {
    format!("[Text of {}]", section.name.shown)
}

/// The version block; without a line break at its end.
fn header(header: &Header, today: Option<Date>, examples: Examples) -> String {
    let fields = header.fields.iter().filter(|field| field.required);
    fields.map(|field| field_line(header, field, today, examples)).collect::<Vec<_>>().join("\n")
}

/// A line of the version block, with its quote mark where the form has one.
fn field_line(header: &Header, field: &Field, today: Option<Date>, examples: Examples) -> String {
    let form = &header.form;
    let quote = if form.quoted { "> " } else { "" };
    let value = match (&field.kind, today) {
        (Some(Kind::Date(pattern)), Some(today)) if field.example == *pattern => date::write(today, pattern),
        // A fresh document is the first version of itself, and a draft.
        (Some(Kind::Semver | Kind::Choice { .. } | Kind::Date(_)), _) => field.example.clone(),
        _ if examples == Examples::AsWritten => field.example.clone(),
        _ => samples::field(field),
    };
    format!("{quote}{}{}{}{value}", form.before_name, field.name.shown, form.between)
}

/// The example of something that a section must hold, in brackets: made once, for a document may lack much.
fn bracketed(template: &Template, id: ContentId) -> &str {
    let all = template.lazy.bracketed.get_or_init(|| {
        let of_section = |(section, _)| {
            template.contents_of(section).map(|(id, _)| example(template, id, Examples::Bracketed)).collect()
        };
        template.sections().map(of_section).collect()
    });
    &all[id.section.index()][id.content as usize]
}

/// The example of something that a section must hold, without fences.
fn example(template: &Template, id: ContentId, examples: Examples) -> String {
    let section = template.section(id.section);
    let mut samples = Samples::default();
    let is_open = examples == Examples::Bracketed;
    match template.content(id) {
        Content::Prose(prose) if is_open => samples.prose(&prose.example),
        Content::Prose(prose) => prose.example.clone(),
        Content::Diagram(wanted) if is_open && wanted.language == "mermaid" => {
            samples.diagram(section, &diagram(template, wanted))
        }
        Content::Diagram(wanted) => diagram(template, wanted),
        Content::Table(wanted) => {
            let rows = if is_open { samples.rows(wanted) } else { table::rows(wanted) };
            table::whole(&wanted.header, rows.into_iter(), &(0..wanted.columns.len()).collect::<Vec<_>>())
        }
        Content::Code(code) if is_open => samples.code(code),
        Content::Code(code) => code.example.clone(),
        Content::List(list) if is_open => samples.items(&list.example),
        Content::List(list) => list.example.clone(),
        Content::Log(log) if is_open => samples.items(&log.example),
        Content::Log(log) => log.example.clone(),
    }
}

/// The text of a diagram, without fences.
fn diagram(template: &Template, diagram: &Diagram) -> String {
    if diagram.example.is_empty() { diagram::draw(template, diagram) } else { diagram.example.clone() }
}

/// A new entry of a log, dated today.
fn entry(log: &Log, example: &str, today: Option<Date>) -> String {
    match (log.date_pattern(), today) {
        (Some(pattern), Some(today)) => example.replace(pattern, &date::write(today, pattern)),
        _ => example.to_owned(),
    }
}

/// A whole fresh document.
pub fn document(template: &Template, today: Option<Date>) -> String {
    whole(template, today, Examples::Bracketed)
}

/// A whole document of the examples as the template writes them, to be held to it.
pub(crate) fn examples(template: &Template, today: Option<Date>) -> String {
    whole(template, today, Examples::AsWritten)
}

fn whole(template: &Template, today: Option<Date>, examples: Examples) -> String {
    let style = Style { number: None, level: 2, bullet: '-' };
    let writer = Writer { template, style, today, optional: Optional::Written, examples, omitted: &[] };
    let mut parts = vec![format!("# {}\n", title(template))];
    if let Some(wanted) = &template.header {
        parts.push(format!("{}\n", header(wanted, today, examples)));
    }
    for (number, &id) in (1..).zip(&template.tops) {
        let number = (template.numbering == Numbering::Consecutive).then_some(number);
        let style = Style { number, ..style };
        if parts.len() > 1 {
            parts.push("---\n".to_owned());
        }
        parts.push(format!("{}\n", Writer { style, ..writer }.section(id, style.level)));
    }
    parts.join("\n")
}

/// The title of documents of this kind, else the name of the template.
fn title(template: &Template) -> String {
    if let Some(title) = &template.title {
        return title.shown.clone();
    }
    let mut letters = template.name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// What becomes of what may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Optional {
    /// A fix inserts only what must be there.
    Left,
    /// A fresh document shows what there can be.
    Written,
}

/// How examples are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Examples {
    /// As what is yet to be written.
    Bracketed,
    /// As what somebody wrote.
    AsWritten,
}

#[derive(Clone, Copy)]
struct Writer<'t> {
    template: &'t Template,
    style: Style,
    today: Option<Date>,
    optional: Optional,
    examples: Examples,
    omitted: &'t [Omitted],
}

impl<'t> Writer<'t> {
    fn of_fix(template: &'t Template, style: Style, today: Option<Date>, omitted: &'t [Omitted]) -> Self {
        Self { template, style, today, optional: Optional::Left, examples: Examples::Bracketed, omitted }
    }

    fn section(self, id: SpecId, level: u8) -> String {
        let section = self.template.section(id);
        let marks = "#".repeat(usize::from(level.min(6)));
        let number = self.style.number.map(|number| format!("{number}. ")).unwrap_or_default();
        let mut parts = vec![format!("{marks} {number}{}", section.name.shown)];
        let wanted = self.template.contents_of(id).filter(|&(id, content)| {
            (self.optional == Optional::Written || content.is_required()) && !self.omits(Omitted::Content(id))
        });
        parts.extend(wanted.map(|(id, content)| self.content(id, content, level)));
        let children = self.template.parts(Some(id)).filter(|&(child, _)| !self.omits(Omitted::Section(child)));
        let inside = Self { style: Style { number: None, ..self.style }, ..self };
        for (child, spec) in children.filter(|(_, child)| self.optional == Optional::Written || child.required) {
            parts.push(inside.section(child, level + (spec.level - section.level)));
        }
        if parts.len() == 1 {
            parts.push(placeholder(section));
        }
        parts.join("\n\n")
    }

    fn omits(self, part: Omitted) -> bool {
        self.omitted.contains(&part)
    }

    fn omits_of(self, id: ContentId) -> bool {
        self.omitted.iter().any(|part| matches!(part, Omitted::Column(of, _) | Omitted::Row(of, _) if *of == id))
    }

    /// A table without the columns and rows that are omitted.
    fn cut(self, id: ContentId, wanted: &Table) -> String {
        let rows = Samples::default().rows(wanted).into_iter().filter(|row| {
            let name = wanted.key.and_then(|key| row.get(key));
            let named = name.and_then(|cell| wanted.rows.iter().position(|row| table::is_called(&row.name, cell)));
            named.is_none_or(|named| !self.omits(Omitted::Row(id, named)))
        });
        let kept: Vec<usize> =
            (0..wanted.columns.len()).filter(|&column| !self.omits(Omitted::Column(id, column))).collect();
        table::whole(&wanted.header, rows, &kept)
    }

    /// `level` is that of the section in the document.
    fn content(self, id: ContentId, content: &Content, level: u8) -> String {
        let text = match content {
            Content::Table(table) if self.omits_of(id) => Cow::Owned(self.cut(id, table)),
            _ if self.examples == Examples::Bracketed => Cow::Borrowed(bracketed(self.template, id)),
            _ => Cow::Owned(example(self.template, id, Examples::AsWritten)),
        };
        match content {
            Content::Prose(_) | Content::Table(_) => text.into_owned(),
            Content::Diagram(wanted) => fenced(&wanted.language, &text),
            Content::Code(code) => fenced(language(code), &text),
            Content::List(_) => self.bulleted(&text),
            Content::Log(log) => {
                let section = self.template.section(id.section);
                leveled(&self.bulleted(&entry(log, &text, self.today)), (section.level, level))
            }
        }
    }

    /// With the document's own marker in front of items.
    fn bulleted(self, text: &str) -> String {
        let lines = text.lines().map(|line| match line.trim_start().strip_prefix("- ") {
            Some(item) => format!("{}{} {item}", &line[..line.len() - item.len() - 2], self.style.bullet),
            None => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Entries that stand as far below their section as the template has them.
fn leveled(text: &str, (template, document): (u8, u8)) -> String {
    if template == document {
        return text.to_owned();
    }
    let lines = text.lines().map(|line| {
        let marks = line.bytes().take_while(|&byte| byte == b'#').count();
        if marks == 0 {
            return line.to_owned();
        }
        let level = (marks + usize::from(document)).saturating_sub(usize::from(template)).clamp(1, 6);
        format!("{}{}", "#".repeat(level), &line[marks..])
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn language(code: &Code) -> &str {
    code.languages.first().map_or("", String::as_str)
}

fn fenced(language: &str, text: &str) -> String {
    // A fence is longer than every fence inside.
    let longest = text.lines().map(|line| line.trim_start().bytes().take_while(|&byte| byte == b'`').count()).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let text = if text.is_empty() { String::new() } else { format!("{text}\n") };
    format!("{fence}{language}\n{text}{fence}")
}
