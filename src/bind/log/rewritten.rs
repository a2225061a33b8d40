//! What a changelog says in another form, in the template's: a heading such as `[1.2.0] - 2026-09-15`, and items and lines
//! that stand for headings.

use crate::bind::log::{is_led, read_entry};
use crate::bind::model::LogEntry;
use crate::fix::{Edit, Fix, Safety};
use crate::markdown::model::{Block, BlockKind};
use crate::span::Span;
use crate::template::model::log::{EntryToken, Log};
use crate::values::{date, version};

/// So long is a title at most that is taken from an item, in bytes.
const TITLE: usize = 60;

/// The heading of an entry in the template's form.
pub(crate) struct Rewritten {
    /// Without the marks of its level.
    pub(crate) heading: String,
    /// How sure that is; `None` where something is left to write.
    pub(crate) safety: Option<Safety>,
}

/// `[1.2.0] - 2026-09-15 - Title`, `v1.2.0 (260915)`, `260915 – v1.2.0 – Title`: the same in the template's form, where
/// a day or a version can be read.
pub(super) fn rewritten(log: &Log, text: &str, entry: &LogEntry) -> Option<Rewritten> {
    let heading = &text[entry.span.range()];
    let pattern = log.date_pattern()?;
    let day = entry.date.map(|place| &text[place.range()]);
    let day = day.and_then(|day| date::parse(day, pattern).ok().or_else(|| date::recognise(day)));
    let number = entry.version.and_then(|place| version::recognise(&text[place.range()]));
    if day.is_none() && number.is_none() {
        return None;
    }
    // An item may say all that changed.
    let title = title(text, entry)?;
    let title = if entry.section.is_none() && title.len() > TITLE { String::new() } else { title };
    let parts = log.entry.parts.iter().map(|part| match part {
        EntryToken::Literal(text) => text.clone(),
        EntryToken::Date(pattern) => day.map_or_else(|| pattern.clone(), |day| date::write(day, pattern)),
        EntryToken::Version => number.as_ref().map_or_else(|| "X.Y.Z".to_owned(), ToString::to_string),
        EntryToken::Title if title.is_empty() => "Title".to_owned(),
        EntryToken::Title => title.clone(),
    });
    let rewritten: String = parts.collect();
    let only_dashes = heading.replace(['–', '—'], "-") == rewritten;
    let safety = if only_dashes { Safety::Safe } else { Safety::Unsafe };
    // The target of a link would be lost.
    let is_whole = day.is_some() && number.is_some() && !title.is_empty() && !heading.contains("](");
    Some(Rewritten { heading: rewritten, safety: is_whole.then_some(safety) })
}

/// What an entry says beside its day and its version; `None` where it says something in several places.
fn title(text: &str, entry: &LogEntry) -> Option<String> {
    let mut places: Vec<Span> = entry.date.into_iter().chain(entry.version).collect();
    places.sort_unstable();
    let starts = std::iter::once(entry.span.start()).chain(places.iter().map(|place| place.end()));
    let ends = places.iter().map(|place| place.start()).chain(std::iter::once(entry.span.end()));
    let mut titles = starts.zip(ends).filter_map(|(start, end)| {
        let is_mark =
            |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '|' | ',' | '·' | '*' | '_' | '`');
        let text = &text[start..end];
        let target = text.strip_prefix("](").and_then(|rest| rest.split_once(')'));
        let text = target.map_or(text, |(_, behind)| behind);
        let before = text.strip_suffix(['v', 'V']).filter(|before| !before.ends_with(char::is_alphanumeric));
        let text = before.unwrap_or(text).trim_start_matches(|c| is_mark(c) || matches!(c, ')' | ']'));
        let text = text.trim_end_matches(|c| is_mark(c) || matches!(c, '(' | '['));
        let is_name = ["version", "release"].iter().any(|name| text.eq_ignore_ascii_case(name));
        (!text.is_empty() && !is_name).then(|| text.to_owned())
    });
    let title = titles.next().unwrap_or_default();
    titles.next().is_none().then_some(title)
}

/// The heading, with the marks of its level, that a block stands for: a line that begins with a day or a version, or the
/// first item of a list that names one; and how sure that is.
pub(crate) fn loose(log: &Log, text: &str, block: &Block) -> Option<Rewritten> {
    let read = |line: Span| read_entry(&log.entry, text, line.first_line(text));
    let entry = match &block.kind {
        BlockKind::Prose => Some(read(block.span)).filter(|entry| is_led(text, entry) && is_set_off(text, entry))?,
        BlockKind::List(list) => read(list.items.first()?.text),
        _ => return None,
    };
    let new = rewritten(log, text, &entry)?;
    let marks = "#".repeat(usize::from(log.entry.level));
    Some(Rewritten { heading: format!("{marks} {}", new.heading), ..new })
}

/// Whether a mark, or nothing at all, stands behind the day and the version of an entry: `10.0.0 is the range of ...` is
/// a sentence.
fn is_set_off(text: &str, entry: &LogEntry) -> bool {
    let places = [entry.date, entry.version];
    places.iter().flatten().all(|place| {
        let behind = &text[place.end()..entry.span.end()];
        let rest = behind.trim_start_matches([' ', ',', '(', '[', 'v', 'V']);
        let next = entry.span.end() - rest.len();
        rest.is_empty()
            || rest.starts_with(['-', '–', '—', ':', '|', '·', '*', '_', '`', ')', ']'])
            || places.iter().flatten().any(|other| other.start() == next)
    })
}

/// Lines with a list below each, as headings: where nothing else stands there, and each says what a heading must.
pub(crate) fn lines_to_headings(log: &Log, text: &str, blocks: &[&Block]) -> Option<Fix> {
    let edits = blocks.chunks(2).map(|pair| match pair {
        [line, list] if matches!(line.kind, BlockKind::Prose) && matches!(list.kind, BlockKind::List(_)) => {
            let new =
                loose(log, text, line).filter(|new| new.safety.is_some() && !text[line.span.range()].contains('\n'))?;
            Some(Edit { span: line.span, text: new.heading })
        }
        _ => None,
    });
    Fix::new(Safety::Unsafe, edits.collect::<Option<_>>()?)
}
