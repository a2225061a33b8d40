//! Changelogs.

use crate::described::Text;
use crate::template::load::compile::Compiler;
use crate::template::load::contents::example;
use crate::template::load::examples;
use crate::template::load::forms::entry;
use crate::template::load::names::{Claims, name};
use crate::template::model::log::{Log, LogTable};
use crate::template::model::name::Name;
use crate::template::raw::log::{RawLog, RawLogOrder};
use crate::template::row::cells;

/// A changelog; `None` where the form of its entries cannot be read.
pub(super) fn compile(compiler: &mut Compiler<'_>, raw: &RawLog) -> Option<Log> {
    let table = raw.table.as_ref().and_then(|header| table(compiler, raw, header));
    let Some(form) = &raw.entry else {
        let about = "the heading of an entry as it looks: `### YYMMDD - vX.Y.Z - Title`";
        compiler.mistakes.needs(raw.origin, "a log", "entry", about);
        return None;
    };
    let entry = entry(compiler.mistakes, form)?;
    let example = example(raw.example.as_ref()).unwrap_or_else(|| examples::entry(&entry.written));
    Some(Log {
        requirement: Compiler::requirement(raw.origin),
        entry,
        table,
        newest_first: raw.order == Some(RawLogOrder::NewestFirst),
        not_after_today: raw.not_after.is_some(),
        min: raw.min.unwrap_or(1) as usize,
        example,
        required: raw.required.unwrap_or(true),
    })
}

fn table(compiler: &mut Compiler<'_>, raw: &RawLog, header: &Text) -> Option<LogTable> {
    let Some(places) = cells(&header.value) else {
        let help = "write it as it looks in the document: `| Date | Version | Changes |`";
        compiler.mistakes.push(header.origin, format!("`{}` is no row of a table", header.value), "here", help);
        return None;
    };
    let shown: Vec<&str> = places.iter().map(|place| &header.value[place.clone()]).collect();
    for (key, _) in raw.columns.iter().flat_map(|columns| &columns.entries) {
        if !shown.contains(&key.value.as_str()) {
            compiler.not_here(key, format!("`table` has no column `{}`", key.value), &shown);
        }
    }
    let claims: Vec<_> = shown
        .iter()
        .zip(&places)
        .map(|(&shown, place)| {
            let more = raw.columns.as_ref().and_then(|columns| columns.get(shown));
            let origin = compiler.part(header, place.start, place.end);
            (shown, origin, more.and_then(|more| more.aliases.as_ref()), None)
        })
        .collect();
    Claims::new("column").all(compiler.mistakes, &claims);
    let mut names: Vec<Name> = claims.iter().map(|&(shown, _, aliases, _)| name(shown, aliases, None)).collect();
    let mut take = |wanted: &str| {
        let found = names.iter().position(|name| name.normal.split(' ').any(|word| word == wanted));
        found.map(|index| names.remove(index))
    };
    let (date, version) = (take("date"), take("version"));
    let (Some(date), Some(version)) = (date, version) else {
        let help = "name one `Date` and one `Version`: `| Date | Version | Changes |`";
        let message = "a log that is a table needs a column of dates and one of versions";
        compiler.mistakes.push(header.origin, message, "here", help);
        return None;
    };
    Some(LogTable { date, version, others: names })
}
