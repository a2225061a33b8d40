//! Header values: what each is worth, and how a line of the header is written.

use jiff::civil::Date;

use crate::bind::lines::{line_start, next_line, removal};
use crate::bind::model::FieldLine;
use crate::bind::placeholders::blank::is_placeholder;
use crate::bind::value::{self, Value};
use crate::fix::Safety;
use crate::markdown::entry::entries;
use crate::source::line_end;
use crate::span::Span;
use crate::template::model::header::{Field, HeaderForm};
use crate::template::model::{Kind, Template};
use crate::template::skeleton::samples;
use crate::text::{did_you_mean, is_named, is_symbol, with_article};
use crate::values::choice::AsWritten;
use crate::values::{Parsed, date, version};

/// What a value of the header is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Worth<'a> {
    /// It is of its kind; what is of no kind always is.
    Good,
    /// Nothing is written.
    Empty,
    /// Nobody has filled it in yet.
    Placeholder,
    /// A date of the right form (given) that no calendar has.
    Unreal(&'a str),
    /// It is not of its kind; what it means, where that is known.
    Wrong(Option<Meant>),
}

/// What a value probably means, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meant {
    pub(crate) value: String,
    pub(crate) safety: Safety,
}

impl Meant {
    fn new(value: impl Into<String>, safety: Safety) -> Self {
        Self { value: value.into(), safety }
    }
}

/// Judges a value of a field.
pub(crate) fn worth<'a>(field: &'a Field, value: &str, template: &Template) -> Worth<'a> {
    let value = value.trim();
    if value.is_empty() {
        return Worth::Empty;
    }
    if is_placeholder(field.kind.as_ref(), value, template) {
        return Worth::Placeholder;
    }
    let inside = value.strip_prefix(['[', '<', '(']).and_then(|rest| rest.strip_suffix([']', '>', ')']));
    if let Some(inside) = inside.filter(|inside| field.kind.is_some() && !inside.contains(['[', '<', '(']))
        && worth(field, inside, template) == Worth::Good
    {
        return Worth::Wrong(Some(Meant::new(inside.trim(), Safety::Safe)));
    }
    let Some(kind) = &field.kind else { return Worth::Good };
    match (value::understand(kind, value, &[]), kind) {
        (Parsed::Value(Value::Choice(chosen)), Kind::Choice { values, .. })
            if chosen.as_written != AsWritten::Plain =>
        {
            let chosen = &values[chosen.index];
            let safety = if chosen.eq_ignore_ascii_case(undecorated(value)) { Safety::Safe } else { Safety::Unsafe };
            Worth::Wrong(Some(Meant::new(chosen, safety)))
        }
        // What is not understood is let be.
        (Parsed::Value(_) | Parsed::Nothing | Parsed::Unknown, _) => Worth::Good,
        (Parsed::Impossible, Kind::Date(pattern)) => Worth::Unreal(pattern),
        (Parsed::Impossible | Parsed::NoUnit | Parsed::NotOne, _) => Worth::Wrong(presumed(kind, value)),
    }
}

/// Whether a value says that its line is one of the header. Prose may begin with the name of a field, too; then no value
/// of the field follows.
pub(super) fn may_be_meant(field: &Field, value: &str, template: &Template) -> bool {
    worth(field, value, template) != Worth::Wrong(None)
}

/// Without emoji and marks around it: those are dropped. Words behind a value may mean something, and go only on request.
fn undecorated(value: &str) -> &str {
    value.trim_matches(|c: char| is_symbol(c) || matches!(c, ' ' | '*' | '_' | '.' | '!' | '[' | ']'))
}

/// What a value that is not of its kind probably means.
fn presumed(kind: &Kind, value: &str) -> Option<Meant> {
    match kind {
        Kind::Choice { .. } => {
            did_you_mean(undecorated(value), kind.words()).map(|meant| Meant::new(meant, Safety::Unsafe))
        }
        Kind::Semver => presumed_version(value),
        Kind::Date(pattern) => date::recognise(value).map(|day| Meant::new(date::write(day, pattern), Safety::Safe)),
        _ => None,
    }
}

fn presumed_version(value: &str) -> Option<Meant> {
    if let Some(meant) = version::recognise(value) {
        return Some(Meant::new(meant.to_string(), Safety::Safe));
    }
    // `1.0 - Production Ready`, `v1.0.0 (with optimizations)`, `2`
    let first = value.split([' ', ',', ';']).next().unwrap_or_default();
    let number = first.trim_start_matches(['v', 'V']);
    let major = number.parse::<u64>().ok().filter(|_| number.len() <= 3).map(|major| format!("{major}.0.0"));
    let meant = version::recognise(first).map(|meant| meant.to_string()).or(major);
    meant.map(|meant| Meant::new(meant, Safety::Unsafe))
}

/// The value as the template wants it: as it is where it is good, converted where there is no doubt; a placeholder for
/// none.
pub(crate) fn converted(field: &Field, value: &str, template: &Template) -> String {
    match worth(field, value, template) {
        Worth::Wrong(Some(meant)) if meant.safety == Safety::Safe => meant.value,
        Worth::Empty => samples::field(field),
        _ => value.trim().to_owned(),
    }
}

/// The value as the template wants it, where that can be told, even with a doubt.
pub(crate) fn meant(field: &Field, value: &str, template: &Template) -> String {
    match worth(field, value, template) {
        Worth::Wrong(Some(meant)) => meant.value,
        _ => converted(field, value, template),
    }
}

/// The value of a line that stands apart, where it is good or can be made good: the header may take it over.
pub(crate) fn usable(field: &Field, line: &FieldLine, text: &str, template: &Template) -> Option<String> {
    let value = converted(field, &text[line.value.range()], template);
    matches!(worth(field, &value, template), Worth::Good).then_some(value)
}

/// What to remove when the header takes over a line that stands apart: left behind, it would grow old. `None` where
/// something else stands on it.
pub(crate) fn taken(line: &FieldLine, text: &str) -> Option<Span> {
    let whole = Span::new(line_start(text, line.line.start()), line.line.end());
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+');
    let is_alone = text[whole.start()..line.line.start()].chars().all(is_mark) && entries(text, whole).len() == 1;
    is_alone.then(|| removal(text, whole))
}

/// What a field is called in a document: as its author wrote it, with the template's name where that is another one.
pub(crate) fn shown(field: &Field, written: &str) -> String {
    let name = &field.name.shown;
    let written = written.trim_matches(['*', '_', ':', '：', ' ']);
    if is_named(written, &field.name.normal) { format!("`{name}`") } else { format!("`{written}` (`{name}`)") }
}

/// A line of the header in the template's form.
pub(crate) fn line(form: &HeaderForm, name: &str, value: &str) -> String {
    let quote = if form.quoted { "> " } else { "" };
    format!("{quote}{}{name}{}{value}", form.before_name, form.between).trim_end().to_owned()
}

/// Lines as a block of their own, for a place behind the title, or at the start of the document.
pub(crate) fn insertion(text: &str, at: usize, lines: &[String]) -> String {
    let end = line_end(text);
    let block = lines.join(end);
    if line_start(text, at) == at {
        return format!("{block}{end}{end}");
    }
    // A line of text right below would run into a quote.
    let below = text[next_line(text, at)..].lines().next();
    let open = below.is_some_and(|line| !line.trim().is_empty());
    format!("{end}{end}{block}{}", if open { end } else { "" })
}

/// The day that six digits are when they are read as day, month and year or as month, day and year: a day of the last
/// years only, for any six digits can be read so.
pub(crate) fn swapped(written: &str, today: Option<Date>) -> Option<Date> {
    const YEARS: i16 = 5;
    let today = today?;
    let days = ["DDMMYY", "MMDDYY"].into_iter().filter_map(|pattern| date::parse(written, pattern).ok());
    let mut likely = days.filter(|&day| day <= today && today.year() - day.year() <= YEARS);
    likely.next().filter(|_| likely.next().is_none())
}

/// What to do where a day belongs.
pub(crate) fn day_to_write(pattern: &str, today: Option<Date>) -> String {
    match today {
        Some(today) => format!("write the day as {pattern}: today is `{}`", date::write(today, pattern)),
        None => format!("write the day as {pattern}"),
    }
}

/// What a value of a kind is called: `a date of the form YYMMDD`.
pub(crate) fn kind_name(field: &Field) -> String {
    match &field.kind {
        Some(Kind::Semver) => "a version of the form X.Y.Z".to_owned(),
        Some(Kind::Date(pattern)) => format!("a date of the form {pattern}"),
        Some(Kind::Choice { .. }) => with_article(&field.name.shown.to_lowercase()),
        Some(Kind::Pattern { written, .. }) => format!("of the form `{written}`"),
        Some(kind) => with_article(kind.noun()),
        None => "a value".to_owned(),
    }
}
