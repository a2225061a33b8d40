//! Tables: the header as it looks, what is said of columns and rows, and what they refer to.

use crate::described::Text;
use crate::template::load::compile::{Compiler, Contents};
use crate::template::load::contents::{RawContent, example};
use crate::template::load::examples;
use crate::template::load::kinds::KindKeys;
use crate::template::load::names::{Claims, name};
use crate::template::load::references::{End, table_of};
use crate::template::model::name::Name;
use crate::template::model::table::{Column, Dependency, Row, Strictness, Table};
use crate::template::model::{Content, ContentId, Kind, Section};
use crate::template::quoted;
use crate::template::raw::table::{RawColumn, RawRow, RawTable};
use crate::template::row::cells;

/// A table; its relations come later. `None` where its header is missing or no row.
pub(super) fn compile(compiler: &mut Compiler<'_>, raw: &RawTable, title: &str) -> Option<Table> {
    let Some(header) = &raw.header else {
        let about = "its header row as it looks in the document: `| Component | Min | Max |`";
        compiler.mistakes.needs(raw.origin, "a table", "header", about);
        return None;
    };
    let Some(places) = cells(&header.value) else {
        let help = "write it as it looks in the document: `| Component | Min | Max |`";
        compiler.mistakes.push_shaky(header.origin, format!("`{}` is no row of a table", header.value), "here", help);
        return None;
    };
    let columns = columns(compiler, raw, header, &places);
    let rows = rows(compiler, raw);
    let names: Vec<&str> = columns.iter().map(|column| column.name.shown.as_str()).collect();
    let key = raw.key.as_ref().and_then(|key| column_named(compiler, key, &names));
    let value = match &raw.value {
        Some(value) => column_named(compiler, value, &names),
        None if names.len() == 2 => key.map(|key| 1 - key),
        None => None,
    };
    if key.is_none() && raw.key.is_none() {
        without_key(compiler, raw);
    }
    if value.is_none() && raw.value.is_none() {
        without_value(compiler, raw);
    }
    let total = total(compiler, raw, &rows, &columns);
    check_example(compiler, raw, names.len());
    let min_rows = raw.min_rows.unwrap_or(1) as usize;
    let example = example(raw.example.as_ref()).unwrap_or_else(|| examples::rows(&names, key, &rows, min_rows));
    Some(Table {
        requirement: Compiler::requirement(header.origin),
        title: title.to_owned(),
        header: header.value.trim().to_owned(),
        columns,
        rows,
        key,
        value,
        unique: raw.unique.unwrap_or(false),
        transposed: raw.transposed.unwrap_or(false),
        min_rows,
        total,
        draws: raw.draws.as_ref().map(|draws| draws.value.clone()),
        columns_refer_to: None,
        example,
        required: raw.required.unwrap_or(true),
    })
}

fn columns(
    compiler: &mut Compiler<'_>,
    raw: &RawTable,
    header: &Text,
    places: &[std::ops::Range<usize>],
) -> Vec<Column> {
    let shown: Vec<&str> = places.iter().map(|place| &header.value[place.clone()]).collect();
    for (key, _) in raw.columns.iter().flat_map(|columns| &columns.entries) {
        if !shown.contains(&key.value.as_str()) {
            compiler.not_here(key, format!("`header` has no column `{}`", key.value), &shown);
        }
    }
    let said = |name: &str| raw.columns.as_ref().and_then(|columns| columns.get(name));
    let claims: Vec<_> = places
        .iter()
        .zip(&shown)
        .map(|(place, &name)| {
            let origin = compiler.part(header, place.start, place.end);
            let more = said(name);
            (name, origin, more.and_then(|m| m.aliases.as_ref()), more.and_then(|m| m.lookalikes.as_ref()))
        })
        .collect();
    Claims::new("column").all(compiler.mistakes, &claims);
    claims
        .iter()
        .map(|&(shown, origin, aliases, lookalikes)| {
            let more = said(shown);
            let (kind, strictness) = more.map_or((None, Strictness::Reads), |more| column_kind(compiler, more));
            Column {
                requirement: Compiler::requirement(origin),
                name: name(shown, aliases, lookalikes),
                required: more.and_then(|more| more.required).unwrap_or(true),
                kind,
                strictness,
                at_least: None,
                refers_to: None,
            }
        })
        .collect()
}

fn column_kind(compiler: &mut Compiler<'_>, raw: &RawColumn) -> (Option<Kind>, Strictness) {
    if let (Some(_), Some(reads)) = (&raw.kind, &raw.reads) {
        let help = "keep `type` where every cell must hold such a value, `reads` where other text is fine";
        compiler.mistakes.push(reads.origin, "a column has either `type` or `reads`", "here", help);
    }
    let strictness = if raw.kind.is_some() { Strictness::Must } else { Strictness::Reads };
    let kind = compiler.kind(KindKeys {
        kind: raw.kind.as_ref().or(raw.reads.as_ref()),
        values: raw.values.as_ref(),
        value_aliases: raw.value_aliases.as_ref(),
        open: raw.open.as_ref(),
        format: raw.format.as_ref(),
        pattern: raw.pattern.as_ref(),
    });
    (kind, strictness)
}

fn rows(compiler: &mut Compiler<'_>, raw: &RawTable) -> Vec<Row> {
    let entries = || raw.rows.iter().flat_map(|rows| &rows.entries);
    let claims: Vec<_> = entries()
        .map(|(key, row)| (key.value.as_str(), key.origin, row.aliases.as_ref(), row.lookalikes.as_ref()))
        .collect();
    Claims::new("row").all(compiler.mistakes, &claims);
    entries()
        .map(|(key, row)| Row {
            requirement: Compiler::requirement(key.origin),
            name: name(&key.value, row.aliases.as_ref(), row.lookalikes.as_ref()),
            required: row.required.unwrap_or(true),
            kind: compiler.kind(KindKeys {
                kind: row.kind.as_ref(),
                values: row.values.as_ref(),
                value_aliases: None,
                open: None,
                format: row.format.as_ref(),
                pattern: row.pattern.as_ref(),
            }),
            depends_on: None,
        })
        .collect()
}

fn column_named(compiler: &mut Compiler<'_>, text: &Text, names: &[&str]) -> Option<usize> {
    let found = names.iter().position(|name| *name == text.value);
    if found.is_none() {
        compiler.not_here(text, format!("`header` has no column `{}`", text.value), names);
    }
    found
}

/// The row that sums the others.
fn total(compiler: &mut Compiler<'_>, raw: &RawTable, rows: &[Row], columns: &[Column]) -> Option<usize> {
    let total = raw.total.as_ref()?;
    let found = rows.iter().position(|row| row.name.shown == total.value);
    if found.is_none() {
        let known: Vec<&str> = rows.iter().map(|row| row.name.shown.as_str()).collect();
        let message = format!("the row `{}` that sums the others is not among `rows`", total.value);
        if known.is_empty() {
            let help = format!("add it: `rows.{} = {{}}`", quoted::key(&total.value));
            compiler.mistakes.push(total.origin, message, "here", help);
        } else {
            compiler.not_here(total, message, &known);
        }
    }
    if !columns.iter().any(|column| matches!(column.kind, Some(Kind::Money))) {
        let help = "give the column of amounts `type = \"money\"`";
        compiler.mistakes.push(total.origin, "no column holds money that could be summed", "here", help);
    }
    found
}

/// Rows are named by the key column, so there must be one.
fn without_key(compiler: &mut Compiler<'_>, raw: &RawTable) {
    let row = raw.rows.as_ref().and_then(|rows| rows.entries.first()).map(|(key, _)| key.origin);
    let wants = [
        row.map(|origin| (origin, "`rows` are named by the key column, and the table has none")),
        raw.total.as_ref().map(|total| (total.origin, "`total` needs a key column")),
        raw.columns_refer_to.as_ref().map(|text| (text.origin, "`columns-refer-to` needs a key column")),
    ];
    if let Some((origin, message)) = wants.into_iter().flatten().next()
        && compiler.is_own(origin)
    {
        compiler.mistakes.push_shaky(origin, message, "here", "add `key = ...` with the name of that column");
    }
}

/// A typed row judges one column, so it must be clear which.
fn without_value(compiler: &mut Compiler<'_>, raw: &RawTable) {
    let judged = |row: &RawRow| row.kind.is_some() || row.at_least.is_some();
    let mut entries = raw.rows.iter().flat_map(|rows| &rows.entries);
    if let Some((key, _)) = entries.find(|(_, row)| judged(row))
        && compiler.is_own(key.origin)
    {
        let message = format!("which column does the row `{}` speak of?", key.value);
        compiler.mistakes.push_shaky(key.origin, message, "here", "add `value = ...` with the name of that column");
    }
}

/// Rows that a fix would insert must fit under the header.
fn check_example(compiler: &mut Compiler<'_>, raw: &RawTable, columns: usize) {
    let Some(text) = &raw.example else { return };
    let mut at = 0;
    for line in text.value.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let found = cells(line.trim_end()).map_or(0, |cells| cells.len());
        if line.trim().is_empty() || found == columns {
            continue;
        }
        if !compiler.is_own(text.origin) {
            if let Some(header) = raw.header.as_ref().filter(|header| compiler.is_own(header.origin)) {
                let help = "give the table an `example` with one cell for each column";
                let message = "the example of the extended template does not fit under this header";
                compiler.mistakes.push(header.origin, message, "here", help);
            }
            return;
        }
        let origin = compiler.part(text, start, start + line.trim_end().len());
        let message = match found {
            0 => format!("`{}` is no row of a table", line.trim()),
            found => format!(
                "this row of the example has {}, the table has {}",
                crate::text::count(found, "cell"),
                crate::text::count(columns, "column")
            ),
        };
        compiler.mistakes.push(origin, message, "here", "write one cell for each column");
    }
}

/// The names of the rows of a table.
fn row_names(sections: &[Section], id: ContentId) -> Vec<Name> {
    match &sections[id.section.index()].contents[id.content as usize] {
        Content::Table(table) => table.rows.iter().map(|row| row.name.clone()).collect(),
        _ => Vec::new(),
    }
}

/// The rows of the table that the column refers to which names the rows of a table.
fn listed_rows(
    sections: &[Section],
    raw: &RawTable,
    refers: &[Option<ContentId>],
    (section, content): (usize, usize),
) -> Vec<Name> {
    let Content::Table(own) = &sections[section].contents[content] else { return Vec::new() };
    let key = own.key.map(|key| &own.columns[key].name.shown);
    let columns = raw.columns.iter().flat_map(|columns| &columns.entries).zip(refers);
    let mut of_key = columns.filter(|((name, _), _)| key == Some(&name.value)).filter_map(|(_, refers)| *refers);
    of_key.next().map(|id| row_names(sections, id)).unwrap_or_default()
}

/// What is named after a row of another table, a column or a row, goes by all names of that row: `Prod` is `Production`.
fn adopt(own: &mut Name, rows: &[Name]) {
    let Some(row) = rows.iter().find(|row| row.is(&own.normal)) else { return };
    for name in std::iter::once(&row.normal).chain(&row.aliases) {
        if !own.is(name) {
            own.aliases.push(name.clone());
        }
    }
}

/// Resolves what tables, columns and rows refer to.
pub(super) fn relate(compiler: &mut Compiler<'_>, sections: &mut [Section], contents: &Contents<'_>) {
    for (section, raws) in contents.iter().enumerate() {
        for (content, raw) in raws.iter().enumerate() {
            let RawContent::Table(raw) = raw else { continue };
            let columns_refer_to =
                raw.columns_refer_to.as_ref().and_then(|text| table_with_key(compiler, sections, text));
            let refers: Vec<Option<ContentId>> = raw
                .columns
                .iter()
                .flat_map(|columns| &columns.entries)
                .map(|(_, column)| column.refers_to.as_ref().and_then(|text| table_with_key(compiler, sections, text)))
                .collect();
            let dependencies: Vec<Option<Dependency>> = raw
                .rows
                .iter()
                .flat_map(|rows| &rows.entries)
                .map(|(_, row)| dependency(compiler, sections, row))
                .collect();
            check_dependencies(compiler, sections, raw, (section, content), &dependencies);
            let referred = columns_refer_to.map(|id| row_names(sections, id)).unwrap_or_default();
            let listed = listed_rows(sections, raw, &refers, (section, content));
            let Content::Table(table) = &mut sections[section].contents[content] else { continue };
            table.columns_refer_to = columns_refer_to;
            for column in &mut table.columns {
                adopt(&mut column.name, &referred);
            }
            for row in &mut table.rows {
                adopt(&mut row.name, &listed);
            }
            for (row, dependency) in table.rows.iter_mut().zip(dependencies) {
                row.depends_on = dependency;
            }
            let names: Vec<String> = table.columns.iter().map(|column| column.name.shown.clone()).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            for ((key, raw), refers_to) in raw.columns.iter().flat_map(|columns| &columns.entries).zip(refers) {
                let at_least = raw.at_least.as_ref().and_then(|text| column_named(compiler, text, &names));
                let own = table.columns.iter().find(|column| column.name.shown == key.value);
                if let (Some(text), Some(other), Some(own)) = (&raw.at_least, at_least, own) {
                    compiler.comparable(text, own.kind.as_ref(), table.columns[other].kind.as_ref());
                }
                let Some(column) = table.columns.iter_mut().find(|column| column.name.shown == key.value) else {
                    continue;
                };
                (column.at_least, column.refers_to) = (at_least, refers_to);
            }
        }
    }
}

/// What a row says is compared with what stands in a column elsewhere: both must be of one kind.
fn check_dependencies(
    compiler: &mut Compiler<'_>,
    sections: &[Section],
    raw: &RawTable,
    (section, content): (usize, usize),
    dependencies: &[Option<Dependency>],
) {
    let Content::Table(own) = &sections[section].contents[content] else { return };
    let raws = raw.rows.iter().flat_map(|rows| &rows.entries);
    for ((row, (_, raw)), dependency) in own.rows.iter().zip(raws).zip(dependencies) {
        let (Some(text), Some(dependency)) = (&raw.at_least, dependency) else { continue };
        let Some(other) = table_of(sections, dependency.column.table) else { continue };
        let judged = own.value.and_then(|value| own.columns[value].kind.as_ref());
        let theirs = other.columns[dependency.column.column].kind.as_ref();
        compiler.comparable(text, row.kind.as_ref().or(judged), theirs);
    }
}

fn dependency(compiler: &mut Compiler<'_>, sections: &[Section], row: &RawRow) -> Option<Dependency> {
    let Some(at_least) = &row.at_least else {
        if let Some(text) = row.of.as_ref().or(row.unless.as_ref()) {
            let help = "add `at-least = \"backups.Frequency\"`, or remove it";
            compiler.mistakes.push(text.origin, "`of` and `unless` say nothing without `at-least`", "here", help);
        }
        return None;
    };
    let column = compiler.column(sections, at_least);
    let mut word = |text: &Option<Text>, what: &str| {
        text.as_ref().and_then(|text| compiler.word(text, what).map(|_| text.value.clone()))
    };
    let (of, unless) = (word(&row.of, "the element"), word(&row.unless, "the phrase"));
    column.map(|column| Dependency { column, of, unless })
}

/// The table that an id names; its rows must have names.
fn table_with_key(compiler: &mut Compiler<'_>, sections: &[Section], text: &Text) -> Option<ContentId> {
    let id = compiler.id(text, End::Table)?;
    let keyed = table_of(sections, id).is_some_and(|table| table.key.is_some());
    if !keyed {
        let message = format!("`{}` has no key column that could be referred to", text.value);
        compiler.unresolved(text, message, &[]);
    }
    keyed.then_some(id)
}
