//! Header values: what each is worth, and how a line of the header is written.

use jiff::civil::Date;

use crate::bind::lines::{line_start, next_line};
use crate::bind::placeholders::blank::is_placeholder;
use crate::fix::Safety;
use crate::source::line_end;
use crate::template::model::header::{Field, HeaderForm};
use crate::template::model::{Kind, Template};
use crate::template::skeleton::samples;
use crate::text::{did_you_mean, is_named, is_symbol, with_article};
use crate::values::choice::{AsWritten, Chosen};
use crate::values::date::{self, NotADate};
use crate::values::percent::{self, HasUnit};
use crate::values::{Reading, count, duration, money, url, version};

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
    match &field.kind {
        Some(kind @ Kind::Choice { values, .. }) => choice(kind, values, value),
        Some(Kind::Semver) => semver(value),
        Some(Kind::Date(pattern)) => match date::parse(value, pattern) {
            Ok(_) => Worth::Good,
            Err(NotADate::Unreal) => Worth::Unreal(pattern),
            Err(NotADate::Form) => {
                let day = date::recognise(value);
                Worth::Wrong(day.map(|day| Meant::new(date::write(day, pattern), Safety::Safe)))
            }
        },
        Some(Kind::Pattern { regex, .. }) if !regex.is_match(value) => Worth::Wrong(None),
        Some(Kind::Url) if !url::is_in(value) => Worth::Wrong(None),
        Some(Kind::Count) => number(&count::read(value)),
        Some(Kind::Percent) => number(&percent::read(value, || HasUnit::No)),
        Some(Kind::Money) => number(&money::read(value, || None)),
        Some(Kind::Duration) => number(&duration::read(value, || None)),
        _ => Worth::Good,
    }
}

/// What is not understood is let be; what cannot be a value of this kind is wrong.
fn number<T>(reading: &Reading<T>) -> Worth<'static> {
    match reading {
        Reading::Impossible | Reading::NoUnit | Reading::NotOne => Worth::Wrong(None),
        Reading::Value(_) | Reading::Nothing | Reading::Unknown => Worth::Good,
    }
}

/// Case does not matter. Emoji around a value are dropped; words behind it may mean something, and go only on request.
fn choice(kind: &Kind, values: &[String], value: &str) -> Worth<'static> {
    let bare = value.trim_matches(|c: char| is_symbol(c) || matches!(c, ' ' | '*' | '_' | '.' | '!' | '[' | ']'));
    let meant = match kind.chosen(value) {
        Some(Chosen { as_written: AsWritten::Plain, .. }) => return Worth::Good,
        Some(Chosen { index, .. }) => {
            let safety = if values[index].eq_ignore_ascii_case(bare) { Safety::Safe } else { Safety::Unsafe };
            Some(Meant::new(&values[index], safety))
        }
        None => did_you_mean(bare, values.iter().map(String::as_str)).map(|meant| Meant::new(meant, Safety::Unsafe)),
    };
    Worth::Wrong(meant)
}

fn semver(value: &str) -> Worth<'static> {
    if version::parse(value).is_some() {
        return Worth::Good;
    }
    if let Some(meant) = version::recognise(value) {
        return Worth::Wrong(Some(Meant::new(meant.to_string(), Safety::Safe)));
    }
    // `1.0 - Production Ready`, `v1.0.0 (with optimizations)`, `2`
    let first = value.split([' ', ',', ';']).next().unwrap_or_default();
    let number = first.trim_start_matches(['v', 'V']);
    let major = number.parse::<u64>().ok().filter(|_| number.len() <= 3).map(|major| format!("{major}.0.0"));
    let meant = version::recognise(first).map(|meant| meant.to_string()).or(major);
    Worth::Wrong(meant.map(|meant| Meant::new(meant, Safety::Unsafe)))
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
