//! What is wrong with the entries of a changelog: one fault an entry. What only the author can mend comes before a day
//! of another form, so that writing that day otherwise leaves a good entry.

use jiff::civil::Date;

use crate::bind::log::by_form;
use crate::bind::log::newest::{LogEntries, ReadEntry};
use crate::bind::log::rewritten::{Rewritten, rewritten};
use crate::bind::model::LogEntry;
use crate::bind::placeholders::blank::is_placeholder;
use crate::markdown::model::{BlockId, Document};
use crate::span::Span;
use crate::template::model::log::{EntryToken, Log};
use crate::template::model::{Kind, Template};
use crate::values::date::{self, NotADate};
use crate::values::version;

/// What is wrong with an entry, and where.
pub(crate) enum Fault {
    /// It does not have the template's form; how it would be written, where its day or its version can be read.
    Form(Span, Option<Rewritten>),
    /// Such a day does not exist.
    Unreal(Span),
    /// What stands for a version is none.
    Version(Span),
    /// Nothing stands under it.
    Bare(Span),
    /// The day has another form; which one is meant, where that is clear.
    Date(Span, Option<Date>),
}

/// The faults of a log, which may stand in a table, in the order of its entries.
pub(crate) fn faults(
    template: &Template,
    document: &Document,
    text: &str,
    LogEntries { log, entries, .. }: &LogEntries,
    table: Option<BlockId>,
) -> Vec<Fault> {
    let judge = Judge { template, document, text, log, in_table: table.is_some() };
    let copied = |at: usize| {
        let written = |read: &ReadEntry| &text[read.entry.span.range()];
        entries.get(at + 1).is_some_and(|next| written(next) == written(&entries[at]))
    };
    let all = entries.iter().enumerate();
    all.filter_map(|(at, read)| {
        let fault = judge.fault(read).filter(|_| !judge.is_open(read.entry))?;
        // A heading that stands twice is another finding.
        (!matches!(fault, Fault::Bare(_)) || !copied(at)).then_some(fault)
    })
    .collect()
}

struct Judge<'a> {
    template: &'a Template,
    document: &'a Document,
    text: &'a str,
    log: &'a Log,
    in_table: bool,
}

impl Judge<'_> {
    fn fault(&self, read: &ReadEntry) -> Option<Fault> {
        let entry = read.entry;
        // In a table an empty cell is somebody else's, and so is an empty group (`#### Added`).
        let is_bare = entry.items == 0 && !self.in_table && !self.has_groups(entry);
        let bare = is_bare.then_some(Fault::Bare(entry.span));
        let is_raised = self.is_raised(entry);
        if !entry.in_form || is_raised {
            let day = if is_raised { None } else { self.day_in_words(entry.span) };
            return match day {
                Some(day) => Some(bare.unwrap_or(day)),
                None => match rewritten(self.log, self.text, entry) {
                    Some(new) => {
                        // Its groups would have to go down with it.
                        let safety = new.safety.filter(|_| !is_raised);
                        Some(bare.unwrap_or(Fault::Form(entry.span, Some(Rewritten { safety, ..new }))))
                    }
                    None => Some(Fault::Form(entry.span, None)),
                },
            };
        }
        if read.is_exact {
            return bare;
        }
        let day = self.day(entry);
        if let Some(Fault::Unreal(place)) = day {
            return Some(Fault::Unreal(place));
        }
        let wrong = entry.version.filter(|place| version::parse(&self.text[place.range()]).is_none());
        wrong.map(Fault::Version).or(bare).or(day)
    }

    fn day(&self, entry: &LogEntry) -> Option<Fault> {
        let (place, pattern) = (entry.date?, self.log.date_pattern()?);
        let written = &self.text[place.range()];
        match date::parse(written, pattern) {
            Ok(_) => None,
            Err(NotADate::Unreal) => Some(Fault::Unreal(place)),
            Err(NotADate::Form) => Some(Fault::Date(place, date::recognise(written))),
        }
    }

    fn has_groups(&self, entry: &LogEntry) -> bool {
        let Some(section) = entry.section else { return false };
        let level = |at: usize| Some(self.document.sections.get(at)?.heading.as_ref()?.level);
        level(section.index() + 1) > level(section.index())
    }

    /// Whether it stands on the level of its section.
    fn is_raised(&self, entry: &LogEntry) -> bool {
        let heading = entry.section.and_then(|id| self.document.section(id).heading.as_ref());
        heading.is_some_and(|heading| heading.level < self.log.entry.level)
    }

    /// `24 December 2025 - v1.0.0 - Title`: but for its day the entry has the form, and a version.
    fn day_in_words(&self, place: Span) -> Option<Fault> {
        let form = &self.log.entry;
        let [EntryToken::Date(pattern), EntryToken::Literal(behind), ..] = form.parts.as_slice() else { return None };
        let heading = &self.text[place.range()];
        let end = heading.find(behind.as_str())?;
        let day = date::recognise(&heading[..end])?;
        let mended = format!("{}{}", date::write(day, pattern), &heading[end..]);
        let (_, found) = by_form(form, &mended, Span::new(0, mended.len()))?;
        let is_good = found.is_none_or(|place| version::parse(&mended[place.range()]).is_some());
        is_good.then_some(Fault::Date(Span::new(place.start(), place.start() + end), Some(day)))
    }

    /// Whether nobody has filled in the entry yet.
    fn is_open(&self, entry: &LogEntry) -> bool {
        let written = &self.text[entry.span.range()];
        let kinds = [Kind::Date(self.log.date_pattern().unwrap_or_default().to_owned()), Kind::Semver];
        // Only what shouts like a template (`YYMMDD`) is one: "May" is a month.
        let shouts = |word: &str| word.len() > 3 && !word.contains(|c: char| c.is_lowercase() && c != 'v');
        let mut words = written.split_whitespace().filter(|word| shouts(word));
        is_placeholder(None, written, self.template)
            || words.any(|word| kinds.iter().any(|kind| is_placeholder(Some(kind), word, self.template)))
    }
}
