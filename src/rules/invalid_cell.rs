//! `invalid-cell`

use std::borrow::Cow;
use std::mem;

use crate::bind::tables::cell_kinds::{Asked, CellKinds};
use crate::bind::tables::standing::Standing;
use crate::bind::tables::value;
use crate::diagnostic::{Finding, Requirement};
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::Kind;
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

/// A cell that does not hold a value of the kind that something of the template gives it.
struct Wrong<'a> {
    cell: Span,
    kind: &'a Kind,
    requirement: &'a Requirement,
    reading: Reading<()>,
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        for kinds in CellKinds::of_table(standing) {
            let column = kinds.at;
            let name = standing.column_name(column, context.text());
            let rows = 0..standing.table.rows.len();
            let wrong: Vec<Wrong> =
                rows.filter_map(|row| wrong(context, standing, (row, column), &name, kinds.of(row)?)).collect();
            // A column whose numbers all lack their unit is one mistake.
            let (bare, other): (Vec<&Wrong>, Vec<&Wrong>) =
                wrong.iter().partition(|cell| cell.reading == Reading::NoUnit);
            findings.list.extend(other.into_iter().map(|cell| match cell.reading {
                Reading::Impossible => impossible(context, cell),
                _ => not_one(context, cell, &name),
            }));
            findings.list.extend(bare.split_first().map(|(first, others)| no_unit(context, first, others, &name)));
        }
    }
}

fn wrong<'a>(
    context: &Context<'a>,
    standing: &Standing<'a>,
    (row, column): (usize, usize),
    name: &str,
    (kind, requirement): Asked<'a>,
) -> Option<Wrong<'a>> {
    let text = context.text();
    let cell = standing.filled(row, column, Some(kind), text, context.template)?;
    let shown = if matches!(kind, Kind::Url) { text[cell.range()].into() } else { plain(&text[cell.range()]) };
    let key = standing.bound.key.and_then(|key| standing.table.cell(&standing.table.rows[row], key));
    let reading = value::read(kind, &shown, &[name, key.map_or("", |key| &text[key.range()])]).map(|_| ());
    let is_wrong = matches!(reading, Reading::NoUnit | Reading::Impossible | Reading::NotOne);
    is_wrong.then_some(Wrong { cell, kind, requirement, reading })
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

fn no_unit(context: &Context, cell: &Wrong, others: &[&Wrong], name: &str) -> Finding {
    let shown = &plain(context.slice(cell.cell));
    let lacks = if matches!(cell.kind, Kind::Money) { "currency" } else { "unit" };
    let mut all: Vec<&Wrong> = std::iter::once(cell).chain(others.iter().copied()).collect();
    all.sort_by_key(|other| !is_same_kind(other, cell));
    let helps: Vec<String> =
        all.chunk_by(|a, b| is_same_kind(a, b)).map(|cells| with_unit(context, cells[0].kind, cells, name)).collect();
    let help = helps.join("; ");
    let message = match others {
        [] => format!("`{shown}` under `{name}` has no {lacks}"),
        _ => format!("{} numbers under `{name}` have no {lacks}", others.len() + 1),
    };
    let mut finding = Finding::new(message, cell.cell, format!("no {lacks}")).help(help).required_by(cell.requirement);
    for other in others {
        finding = finding.also(other.cell, format!("no {lacks}"));
    }
    finding
}

fn is_same_kind(a: &Wrong, b: &Wrong) -> bool {
    mem::discriminant(a.kind) == mem::discriminant(b.kind)
}

/// What to write for numbers of one kind that lack their unit.
fn with_unit(context: &Context, kind: &Kind, cells: &[&Wrong], column: &str) -> String {
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

fn impossible(context: &Context, cell: &Wrong) -> Finding {
    let shown = &plain(context.slice(cell.cell));
    let (message, help) = match cell.kind {
        Kind::Percent => {
            (format!("`{shown}` is no percentage between 0 and 100"), "write a value from `0%` to `100%`".to_owned())
        }
        Kind::Count => (format!("`{shown}` is no whole number"), "write a whole number, e.g. `2`".to_owned()),
        Kind::Duration => {
            (format!("`{shown}` is less than nothing"), "write a length of time, e.g. `4 hours`".to_owned())
        }
        Kind::Date(pattern) => (format!("there is no day `{shown}`"), format!("write a real day as `{pattern}`")),
        _ => (format!("`{shown}` cannot be"), "write a value that can be".to_owned()),
    };
    Finding::new(message, cell.cell, "here").help(help).required_by(cell.requirement)
}

fn not_one(context: &Context, cell: &Wrong, column: &str) -> Finding {
    let shown = &plain(context.slice(cell.cell));
    let example = example(cell.kind);
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
