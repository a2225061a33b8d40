//! `invalid-cell`

use std::borrow::Cow;
use std::mem;

use crate::bind::model::RowPlace;
use crate::bind::standing::Standing;
use crate::bind::value;
use crate::diagnostic::{Finding, Requirement};
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::Kind;
use crate::template::model::table::{Strictness, Table};
use crate::text::{did_you_mean, list};
use crate::values::{Reading, date};

declare_rule! {
    /// A cell does not hold a value of the type that its column or row asks for.
    ///
    /// There is no value at all (`fast` where a length of time is asked for), one that cannot be (109 %), or a bare
    /// number that needs a unit. A number with words that nobody taught infralint is let be, and compared with nothing.
    /// `-`, `n/a` and `none` are values of every type. A unit that the name of the column says (`RTO (hours)`) counts.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Targets
    ///
    /// | Metric | Target |
    /// |--------|--------|
    /// | Availability | 109% |
    /// | Answer time | 500 |
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Targets
    ///
    /// | Metric | Target |
    /// |--------|--------|
    /// | Availability | 99.9% |
    /// | Answer time | 500 ms |
    /// ```
    INVALID_CELL = "invalid-cell", Tables, Error, Document(check)
}

/// A cell that something of the template gives a kind.
struct Typed<'a> {
    cell: Span,
    /// The column of the document.
    column: usize,
    kind: &'a Kind,
    requirement: &'a Requirement,
    reading: Reading<()>,
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        if !asks_for_kinds(standing.wanted) {
            continue;
        }
        let names = standing.column_names(context.text());
        let cells: Vec<Typed> = (0..standing.table.rows.len())
            .flat_map(|row| (0..standing.table.columns()).map(move |column| (row, column)))
            .filter_map(|(row, column)| typed(context, standing, &names, row, column))
            .collect();
        let mut without_unit = vec![false; names.len()];
        for (index, cell) in cells.iter().enumerate() {
            let lacks_unit = |other: &&Typed| other.reading == Reading::NoUnit && other.column == cell.column;
            match cell.reading {
                // A column whose numbers all lack their unit is one mistake.
                Reading::NoUnit if without_unit[cell.column] => {}
                Reading::NoUnit => {
                    without_unit[cell.column] = true;
                    let others: Vec<&Typed> = cells[index + 1..].iter().filter(lacks_unit).collect();
                    findings.push(no_unit(context, cell, &others, &names));
                }
                Reading::Impossible => findings.push(impossible(context, cell)),
                Reading::NotOne => findings.push(not_one(context, cell, &names)),
                Reading::Value(()) | Reading::Nothing | Reading::Unknown => {}
            }
        }
    }
}

/// Whether any cell of a table is of a kind.
fn asks_for_kinds(wanted: &Table) -> bool {
    wanted.rows.iter().any(|row| row.kind.is_some())
        || wanted.columns.iter().any(|column| column.kind.is_some() && column.strictness == Strictness::Must)
}

/// The kind of a cell and what was read in it. The kind of the row goes before that of the column.
fn typed<'a>(
    context: &Context<'a>,
    standing: &Standing<'a>,
    names: &[Cow<str>],
    row: usize,
    column: usize,
) -> Option<Typed<'a>> {
    let (kind, requirement) = kind_of(standing, row, column)?;
    let text = context.text();
    let cell = standing.filled(row, column, Some(kind), text, context.template)?;
    let shown = if matches!(kind, Kind::Url) { text[cell.range()].into() } else { plain(&text[cell.range()]) };
    let key = standing.bound.key.and_then(|key| standing.table.cell(&standing.table.rows[row], key));
    let key = key.map_or("", |key| &text[key.range()]);
    let reading = value::read(kind, &shown, &[&names[column], key]).map(|_| ());
    Some(Typed { cell, column, kind, requirement, reading })
}

fn kind_of<'a>(standing: &Standing<'a>, row: usize, column: usize) -> Option<(&'a Kind, &'a Requirement)> {
    let wanted = standing.wanted;
    let at = |place: RowPlace| {
        let index = standing.bound.rows.iter().position(|found| found.at() == Some(place))?;
        wanted.rows.get(index)
    };
    let value = wanted.value.and_then(|value| wanted.columns.get(value));
    let of_value = || {
        let value = value.filter(|value| value.strictness == Strictness::Must)?;
        value.kind.as_ref().map(|kind| (kind, &value.requirement))
    };
    if standing.bound.transposed
        && let Some(row) = at(RowPlace::Column(column))
    {
        return row.kind.as_ref().map(|kind| (kind, &row.requirement)).or_else(of_value);
    }
    let index = standing.bound.columns.iter().position(|found| found.at() == Some(column))?;
    if wanted.value == Some(index)
        && let Some(row) = at(RowPlace::Row(row))
        && let Some(kind) = &row.kind
    {
        return Some((kind, &row.requirement));
    }
    let column = &wanted.columns[index];
    let kind = column.kind.as_ref().filter(|_| column.strictness == Strictness::Must)?;
    Some((kind, &column.requirement))
}

/// What a value of a kind looks like.
fn example(kind: &Kind) -> String {
    match kind {
        Kind::Choice { values, .. } => list(values, "or"),
        Kind::Semver => "`1.2.0`".to_owned(),
        Kind::Date(pattern) => format!("a day as `{pattern}`"),
        Kind::Count => "`2`".to_owned(),
        Kind::Money => "`$120`".to_owned(),
        Kind::Percent => "`99.9%`".to_owned(),
        Kind::Duration => "`4 hours` or `500 ms`".to_owned(),
        Kind::Url => "`https://example.com`".to_owned(),
        Kind::Pattern { written, .. } => format!("a value that matches `{written}`"),
    }
}

fn no_unit(context: &Context, cell: &Typed, others: &[&Typed], names: &[Cow<str>]) -> Finding {
    let shown = &plain(context.slice(cell.cell));
    let lacks = if matches!(cell.kind, Kind::Money) { "currency" } else { "unit" };
    let mut all: Vec<&Typed> = std::iter::once(cell).chain(others.iter().copied()).collect();
    all.sort_by_key(|other| !is_same_kind(other, cell));
    let helps: Vec<String> = all
        .chunk_by(|a, b| is_same_kind(a, b))
        .map(|cells| with_unit(context, cells[0].kind, cells, &names[cell.column]))
        .collect();
    let help = helps.join("; ");
    let message = match others {
        [] => format!("`{shown}` under `{}` has no {lacks}", names[cell.column]),
        _ => format!("{} numbers under `{}` have no {lacks}", others.len() + 1, names[cell.column]),
    };
    let mut finding = Finding::new(message, cell.cell, format!("no {lacks}")).help(help).required_by(cell.requirement);
    for other in others {
        finding = finding.also(other.cell, format!("no {lacks}"));
    }
    finding
}

fn is_same_kind(a: &Typed, b: &Typed) -> bool {
    mem::discriminant(a.kind) == mem::discriminant(b.kind)
}

/// What to write for numbers of one kind that lack their unit.
fn with_unit(context: &Context, kind: &Kind, cells: &[&Typed], column: &str) -> String {
    let written: Vec<Cow<str>> = cells.iter().map(|cell| plain(context.slice(cell.cell))).collect();
    let first = &written[0];
    match kind {
        Kind::Money => format!("write the currency, e.g. `${first}`, or name it in the header: `{column} (USD)`"),
        Kind::Percent => {
            let percentages: Vec<String> = written.iter().map(|number| format!("{number}%")).collect();
            format!("write {}", list(&percentages, "and"))
        }
        _ => format!("write the unit, e.g. `{first} hours` or `{first} ms`"),
    }
}

fn impossible(context: &Context, cell: &Typed) -> Finding {
    let shown = &plain(context.slice(cell.cell));
    let (message, help) = match cell.kind {
        Kind::Percent => {
            (format!("`{shown}` is no percentage between 0 and 100"), "write a value from `0%` to `100%`".to_owned())
        }
        Kind::Count => (format!("`{shown}` is no whole number"), "write a whole number, e.g. `2`".to_owned()),
        Kind::Date(pattern) => (format!("there is no day `{shown}`"), format!("write a real day as `{pattern}`")),
        _ => (format!("`{shown}` cannot be"), "write a value that can be".to_owned()),
    };
    Finding::new(message, cell.cell, "here").help(help).required_by(cell.requirement)
}

fn not_one(context: &Context, cell: &Typed, names: &[Cow<str>]) -> Finding {
    let shown = &plain(context.slice(cell.cell));
    let example = example(cell.kind);
    let column = &names[cell.column];
    let (message, help) = match cell.kind {
        Kind::Choice { values, .. } => {
            let near = did_you_mean(shown, values.iter().map(String::as_str));
            let near = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            (format!("`{shown}` is no `{column}`"), format!("write {example}{near}"))
        }
        Kind::Date(pattern) => {
            let meant = date::recognise(shown).map(|day| format!("`{}`", date::write(day, pattern)));
            (format!("`{shown}` under `{column}` is no date"), format!("write {}", meant.unwrap_or(example)))
        }
        Kind::Pattern { .. } => (format!("`{shown}` is no `{column}`"), format!("write {example}")),
        _ => (
            format!("`{shown}` under `{column}` is no {}", cell.kind.noun()),
            format!("write a value such as {example}, or `-` where there is none"),
        ),
    };
    Finding::new(message, cell.cell, "here").help(help).required_by(cell.requirement)
}
