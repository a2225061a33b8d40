//! Values that a fix writes into a new header or a new changelog: what the other of the two says, so that mending one
//! mistake does not make another.

use jiff::civil::Date;

use crate::bind::log::newest::{newest, read};
use crate::bind::model::Binding;
use crate::template::model::header::Field;
use crate::template::model::log::{EntryPart, LogPart};
use crate::template::model::{ContentId, Kind, SpecId, Template};
use crate::template::skeleton::samples;
use crate::values::{date, version};

/// What a field of the header begins with: the version of the newest entry, the day of today, else a placeholder.
pub(crate) fn field_value(
    template: &Template,
    binding: &Binding,
    text: &str,
    field: &Field,
    today: Option<Date>,
) -> String {
    let newest_day = |part: LogPart| {
        let (_, entries) = read(template, binding, text, part.log)?;
        newest(&entries)?.day.map(|(day, _)| day)
    };
    let value = match (&field.kind, field.equals, field.at_least) {
        (Some(Kind::Date(pattern)), equals, at_least) if field.example == *pattern => {
            let same = equals.filter(|part| part.part == EntryPart::Date).and_then(newest_day);
            // Not before the newest entry, though our clock be slow.
            let day = same.or(at_least.and_then(newest_day).max(today));
            day.filter(|_| same.is_some() || today.is_some()).map(|day| date::write(day, pattern))
        }
        (Some(Kind::Semver), Some(LogPart { log, part: EntryPart::Version }), _) => read(template, binding, text, log)
            .and_then(|(_, entries)| {
                let (version, _) = newest(&entries)?.version.as_ref()?;
                Some(version.to_string())
            }),
        _ => None,
    };
    value.unwrap_or_else(|| samples::field(field))
}

/// What the header says of the newest entry of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) day: Option<Date>,
    pub(crate) version: Option<String>,
}

/// What the header says of the newest entry of the logs in a section, or in its sub-sections.
pub(crate) fn entry(template: &Template, binding: &Binding, text: &str, spec: SpecId) -> Entry {
    let mut found = Entry::default();
    for (index, field) in template.header.iter().flat_map(|header| header.fields.iter().enumerate()) {
        let Some(line) = binding.field(index) else { continue };
        let value = text[line.value.range()].trim();
        for part in [field.equals, field.at_least].into_iter().flatten().filter(|part| is_in(template, part.log, spec))
        {
            match (part.part, &field.kind) {
                (EntryPart::Version, _) => found.version = version::recognise(value).map(|version| version.to_string()),
                (EntryPart::Date, Some(Kind::Date(pattern))) => {
                    found.day = date::parse(value, pattern).ok().or_else(|| date::recognise(value));
                }
                (EntryPart::Date, _) => {}
            }
        }
    }
    found
}

/// Whether a log stands in a section, or in one of its sub-sections.
fn is_in(template: &Template, log: ContentId, spec: SpecId) -> bool {
    log.section == spec || template.section(log.section).parent == Some(spec)
}

/// A skeleton with this version in the place of that of the template's example.
pub(crate) fn with_version(template: &Template, spec: SpecId, skeleton: String, version: &str) -> String {
    let logs = template.logs().filter(|&(id, _)| is_in(template, id, spec));
    logs.fold(skeleton, |skeleton, (_, log)| {
        let last_of = |line: &str| {
            let mut words = line.split(' ').rev().map(|word| word.trim_start_matches(['v', 'V']));
            words.find(|word| *word == "X.Y.Z" || version::parse(word).is_some()).map(str::to_owned)
        };
        // The version stands in the entry's heading, or in the first row of a table.
        match log.example.lines().find_map(last_of) {
            Some(example) => skeleton.replacen(&example, version, 1),
            None => skeleton,
        }
    })
}
