//! `placeholder-text`

use std::collections::HashSet;

use crate::bind::contents::{asked, shape};
use crate::bind::header::fields::day_to_write;
use crate::bind::placeholders::{self, Open, Place};
use crate::bind::tables::standing::column_names;
use crate::diagnostic::Finding;
use crate::markdown::model::BlockKind;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::Kind;
use crate::text;

declare_rule! {
    /// A placeholder stands where somebody should have written something.
    ///
    /// Found are the placeholders of the template itself (`$[X]`, `YYMMDD`, `Draft | Review | Approved`), its examples
    /// in brackets, as fixes and `infralint new` write them (`[Live users]`, and `"[MinSize]"` or the title of a
    /// diagram in a block that the template asks for), cells and values that begin with TBD, TBC, TODO, FIXME, `to be
    /// decided` or ???, a TBA, `?` or `...` alone, and brackets or braces around words where a document has three or
    /// more. Links, task boxes, other code, comments and footnotes are never placeholders.
    ///
    /// A value that is a placeholder is judged by no other rule. The placeholders of one row, item or paragraph are
    /// one finding.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// | Name | Role | Phone |
    /// |------|------|-------|
    /// | Ada | On call | TBD |
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// | Name | Role | Phone |
    /// |------|------|-------|
    /// | Ada | On call | 555-0100 |
    /// ```
    PLACEHOLDER_TEXT = "placeholder-text", Content, Error, Document(check)
}

/// So many are named one by one.
const NAMED: usize = 4;

/// A long placeholder is cut after so many characters.
const SHOWN: usize = 40;

fn check(context: &Context, findings: &mut Findings) {
    let found =
        placeholders::find(context.template, context.document(), context.binding, context.tables, context.text());
    for group in found.certain.chunk_by(|a, b| a.unit == b.unit) {
        findings.push(say(context, group));
    }
    for (brackets, style) in found.brackets.iter().zip(["in brackets", "in braces"]) {
        if let Some((first, others)) = brackets.split_first() {
            findings.push(say_brackets(context, *first, others, style));
        }
    }
}

fn say(context: &Context, group: &[Open]) -> Finding {
    let first = &group[0];
    let names = names(context, group.iter().map(|open| open.span));
    let (count, names) = (names.len(), text::list_some(&names, NAMED));
    let message = match first.place {
        Place::Field(index) if group.len() == 1 => {
            let name = context.template.header.as_ref().map_or("", |header| header.fields[index].name.shown.as_str());
            format!("`{name}` is still the placeholder {names}")
        }
        _ => {
            format!("the {} {names} {} not filled in", text::plural(count, "placeholder"), text::are(count))
        }
    };
    let instead = instead_of_all(context, first).unwrap_or_else(|| help(context, first));
    let mut finding = Finding::new(message, first.span, label(context, first)).help(instead);
    for other in &group[1..] {
        finding = finding.also(other.span, label(context, other));
    }
    match first.place {
        Place::Field(index) => match &context.template.header {
            Some(header) => finding.required_by(&header.fields[index].requirement),
            None => finding,
        },
        Place::Cell(..) | Place::Entry | Place::Text | Place::Code | Place::Diagram => {
            let at = context.document().section_at(first.span.start());
            match context.binding.owners.get(at.index()).copied().flatten() {
                Some(owner) => finding.required_by(&context.template.section(owner).requirement),
                None => finding,
            }
        }
    }
}

fn label(context: &Context, open: &Open) -> String {
    let Place::Cell(block, column) = open.place else { return "here".to_owned() };
    match &context.document().block(block).kind {
        BlockKind::Table(table) => match column_names(table, context.text()).get(column) {
            Some(name) if !name.is_empty() => format!("under `{name}`"),
            _ => "here".to_owned(),
        },
        _ => "here".to_owned(),
    }
}

/// What to write where nothing else stands in a section that must hold more than text.
fn instead_of_all(context: &Context, open: &Open) -> Option<String> {
    let at = context.document().section_at(open.span.start());
    let spec = context.binding.answers[at.index()].filter(|_| open.place == Place::Text)?;
    let is_all = shape::is_unwritten(context.document().section(at), context.text());
    is_all.then(|| asked::whole(context.template, spec)).flatten()
}

fn help(context: &Context, open: &Open) -> String {
    match open.kind {
        Some(Kind::Choice { values, .. }) => format!("write {}", text::list(values, "or")),
        Some(Kind::Date(pattern)) if matches!(open.place, Place::Field(_)) => {
            day_to_write(pattern, context.around.today)
        }
        Some(Kind::Date(pattern)) => format!("write a date of the form {pattern}"),
        Some(Kind::Semver) => "write a version of the form X.Y.Z, e.g. `1.0.0`".to_owned(),
        Some(Kind::Count) => "write a number".to_owned(),
        Some(Kind::Money) => "write an amount, or `-` where there is none".to_owned(),
        _ if matches!(open.place, Place::Cell(..)) => {
            "write what belongs here, or `-` where there is nothing to say".to_owned()
        }
        _ if open.place == Place::Diagram => "draw what is there, and give it its own title, or none".to_owned(),
        _ if open.place == Place::Entry => "write the day and the version of the change".to_owned(),
        _ => "write what belongs here".to_owned(),
    }
}

fn say_brackets(context: &Context, first: Span, others: &[Span], style: &str) -> Finding {
    let all = || std::iter::once(first).chain(others.iter().copied());
    let names = text::list_some(&names(context, all()), NAMED);
    let mut finding = Finding::new(
        format!("{} placeholders {style} are not filled in: {names}", others.len() + 1),
        first,
        "the first one",
    )
    .help("write what belongs there; what shall stay as it is belongs in `code`");
    for &other in others.iter().take(NAMED - 1) {
        finding = finding.also(other, "here");
    }
    finding
}

/// The first placeholders, each once, long ones cut.
fn names(context: &Context, spans: impl Iterator<Item = Span>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    for span in spans {
        let written = context.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let cut = written.char_indices().nth(SHOWN).map_or(written.clone(), |(at, _)| format!("{}…", &written[..at]));
        if seen.insert(cut.clone()) {
            names.push(cut);
        }
    }
    names
}
