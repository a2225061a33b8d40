//! `invalid-entry`

use jiff::civil::Date;

use crate::bind::blank::is_placeholder;
use crate::bind::log::is_in_form;
use crate::bind::model::LogEntry;
use crate::bind::newest::pattern;
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::{Content, EntryToken, Kind, Log};
use crate::text::count;
use crate::values::date::{self, NotADate};
use crate::values::version;

declare_rule! {
    /// A changelog entry does not have the template's form, or says nothing.
    ///
    /// Programs and people look for the day and the version in one place. One finding for the first such entry says
    /// how many others there are; what can be read of them still counts for version and date. A day in another form
    /// that leaves no doubt is rewritten by the fix.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Changelog
    ///
    /// ### 2026-01-15 - v1.0.0 - First version
    /// - Written.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Changelog
    ///
    /// ### 260115 - v1.0.0 - First version
    /// - Written.
    /// ```
    INVALID_ENTRY = "invalid-entry", Consistency, Error, Document(check), fixes: Safe
}

/// What is wrong with an entry, and where.
enum Fault {
    Form(Span),
    /// The day, where it is clear which one is meant.
    Date(Span, Option<Date>),
    Unreal(Span),
    Version(Span),
    Bare(Span),
}

fn check(context: &Context, findings: &mut Findings) {
    for (id, content) in context.template.contents() {
        let Content::Log(log) = content else { continue };
        let Some(bound) = &context.binding.content(id).log else { continue };
        let faults: Vec<Fault> =
            bound.entries.iter().filter_map(|entry| fault(context, log, entry, bound.table.is_some())).collect();
        if let Some(first) = faults.first() {
            findings.push(finding(context, log, first, &faults, bound.table.is_some()));
        }
    }
}

fn fault(context: &Context, log: &Log, entry: &LogEntry, in_table: bool) -> Option<Fault> {
    if is_open(context, log, entry) {
        return None;
    }
    if !entry.in_form {
        return Some(day_in_words(context, log, entry.span).unwrap_or(Fault::Form(entry.span)));
    }
    if let (Some(place), Some(pattern)) = (entry.date, pattern(log)) {
        let written = context.slice(place);
        match date::parse(written, pattern) {
            Ok(_) => {}
            Err(NotADate::Unreal) => return Some(Fault::Unreal(place)),
            Err(NotADate::Form) => return Some(Fault::Date(place, date::recognise(written))),
        }
    }
    let is_version = |place: Span| version::parse(context.slice(place)).is_some();
    if let Some(place) = entry.version.filter(|&place| !is_version(place)) {
        return Some(Fault::Version(place));
    }
    // In a table an empty cell is somebody else's, and so is an empty group (`#### Added`).
    let is_bare = entry.items == 0 && !in_table && !has_groups(context, entry);
    is_bare.then_some(Fault::Bare(entry.span))
}

fn has_groups(context: &Context, entry: &LogEntry) -> bool {
    let Some(section) = entry.section else { return false };
    let level = |at: usize| Some(context.document().sections.get(at)?.heading.as_ref()?.level);
    level(section.index() + 1) > level(section.index())
}

/// `24 December 2025 - v1.0.0 - Title`: but for its day the entry has the form.
fn day_in_words(context: &Context, log: &Log, place: Span) -> Option<Fault> {
    let [EntryToken::Date(pattern), EntryToken::Literal(behind), ..] = log.entry.parts.as_slice() else { return None };
    let heading = context.slice(place);
    let end = heading.find(behind.as_str())?;
    let day = date::recognise(&heading[..end])?;
    let mended = format!("{}{}", date::write(day, pattern), &heading[end..]);
    let written = Span::new(place.start(), place.start() + end);
    is_in_form(&log.entry, &mended).then_some(Fault::Date(written, Some(day)))
}

/// Whether nobody has filled in the entry yet.
fn is_open(context: &Context, log: &Log, entry: &LogEntry) -> bool {
    let written = context.slice(entry.span);
    let kinds = [Kind::Date(pattern(log).unwrap_or_default().to_owned()), Kind::Semver];
    // Only what shouts like a template (`YYMMDD`) is one: "May" is a month.
    let shouts = |word: &str| word.len() > 3 && !word.contains(|c: char| c.is_lowercase() && c != 'v');
    let mut words = written.split_whitespace().filter(|word| shouts(word));
    is_placeholder(None, written, context.template)
        || words.any(|word| kinds.iter().any(|kind| is_placeholder(Some(kind), word, context.template)))
}

fn finding(context: &Context, log: &Log, first: &Fault, all: &[Fault], in_table: bool) -> Finding {
    let form = &log.entry.written;
    let pattern = pattern(log).unwrap_or_default();
    let (message, place, label, help) = match first {
        Fault::Form(place) => {
            (format!("this entry does not have the form `{form}`"), *place, "here", format!("write it as `{form}`"))
        }
        Fault::Date(place, meant) => {
            let help = match meant {
                Some(day) => format!("write `{}`", date::write(*day, pattern)),
                None => format!("write the day as {pattern}"),
            };
            (format!("the day of this entry is not of the form {pattern}"), *place, "here", help)
        }
        Fault::Unreal(place) => (
            format!("there is no day `{}`", context.slice(*place)),
            *place,
            "here",
            format!("write the day of the change as {pattern}"),
        ),
        Fault::Version(place) => (
            format!("`{}` is no version", context.slice(*place)),
            *place,
            "here",
            "write a version such as `1.2.0`".to_owned(),
        ),
        Fault::Bare(place) => (
            "this entry does not say what changed".to_owned(),
            *place,
            "nothing stands under this",
            "add at least one item: `- What changed`".to_owned(),
        ),
    };
    let others = all.len() - 1;
    let kind = if in_table { "row" } else { "entry" };
    let message =
        if others == 0 { message } else { format!("{message}, and {} more {} wrong", others, are(others, kind)) };
    let edits = all.iter().filter_map(|fault| match fault {
        Fault::Date(place, Some(day)) => Some(Edit { span: *place, text: date::write(*day, pattern) }),
        _ => None,
    });
    let finding = Finding::new(message, place, label).help(help).required_by(&log.requirement);
    let edits: Vec<Edit> = edits.collect();
    // A finding that its fix only makes smaller would look like one that was overlooked.
    if edits.len() == all.len() { finding.fix(Fix::new(Safety::Safe, edits)) } else { finding }
}

/// `entry is`, `entries are`.
fn are(number: usize, what: &str) -> String {
    let counted = count(number, what);
    let words = counted.split_once(' ').map_or("", |(_, words)| words);
    format!("{words} {}", if number == 1 { "is" } else { "are" })
}
