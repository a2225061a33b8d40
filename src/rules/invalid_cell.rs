//! `invalid-cell`

use std::borrow::Cow;
use std::mem;

use crate::bind::tables::typed::Cell;
use crate::bind::value::example;
use crate::diagnostic::Finding;
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::Kind;
use crate::template::model::table::Strictness;
use crate::text::{did_you_mean, list};
use crate::values::{Parsed, date, version};

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

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        for typed in &standing.typed {
            let wrong: Vec<&Cell> = typed.cells.iter().flatten().filter(|cell| is_wrong(cell)).collect();
            if wrong.is_empty() {
                continue;
            }
            let name = standing.column_name(typed.at);
            // A column whose numbers all lack their unit is one mistake.
            let (bare, other): (Vec<&Cell>, Vec<&Cell>) =
                wrong.into_iter().partition(|cell| cell.said == Parsed::NoUnit);
            findings.list.extend(other.into_iter().map(|cell| match cell.said {
                Parsed::Impossible => impossible(context, cell),
                _ => not_one(context, cell, &name),
            }));
            findings.list.extend(bare.split_first().map(|(first, others)| no_unit(context, first, others, &name)));
        }
    }
}

fn is_wrong(cell: &Cell) -> bool {
    cell.is_judged
        && cell.asked.strictness == Strictness::Must
        && matches!(cell.said, Parsed::NoUnit | Parsed::Impossible | Parsed::NotOne)
}

fn no_unit(context: &Context, cell: &Cell, others: &[&Cell], name: &str) -> Finding {
    let shown = &plain(context.slice(cell.span));
    let lacks = if matches!(cell.asked.kind, Kind::Money) { "currency" } else { "unit" };
    let mut all: Vec<&Cell> = std::iter::once(cell).chain(others.iter().copied()).collect();
    all.sort_by_key(|other| !is_same_kind(other, cell));
    let kinds = all.chunk_by(|a, b| is_same_kind(a, b));
    let helps: Vec<String> = kinds.map(|cells| with_unit(context, cells, name)).collect();
    let message = match others {
        [] => format!("`{shown}` under `{name}` has no {lacks}"),
        _ => format!("{} numbers under `{name}` have no {lacks}", others.len() + 1),
    };
    let mut finding = Finding::new(message, cell.span, format!("no {lacks}"))
        .help(helps.join("; "))
        .required_by(cell.asked.requirement);
    for other in others {
        finding = finding.also(other.span, format!("no {lacks}"));
    }
    finding
}

fn is_same_kind(a: &Cell, b: &Cell) -> bool {
    mem::discriminant(a.asked.kind) == mem::discriminant(b.asked.kind)
}

/// What to write for numbers of one kind that lack their unit.
fn with_unit(context: &Context, cells: &[&Cell], column: &str) -> String {
    let written: Vec<Cow<str>> = cells.iter().map(|cell| plain(context.slice(cell.span))).collect();
    let first = &written[0];
    match cells[0].asked.kind {
        Kind::Money => format!("write the currency, e.g. `${first}`, or name it in the header: `{column} (USD)`"),
        Kind::Percent => {
            let percentages: Vec<String> = written.iter().map(|number| format!("{number}%")).collect();
            format!("write {}", list(&percentages, "and"))
        }
        _ => {
            let digits = first.trim_start_matches(|c: char| !c.is_ascii_digit());
            let is_great = digits.bytes().take_while(u8::is_ascii_digit).count() > 2;
            format!("write the unit, e.g. `{first} {}` or `{first} minutes`", if is_great { "ms" } else { "hours" })
        }
    }
}

fn impossible(context: &Context, cell: &Cell) -> Finding {
    let shown = &plain(context.slice(cell.span));
    let (message, help) = match cell.asked.kind {
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
    Finding::new(message, cell.span, "here").help(help).required_by(cell.asked.requirement)
}

fn not_one(context: &Context, cell: &Cell, column: &str) -> Finding {
    let shown = &plain(context.slice(cell.span));
    let example = example(cell.asked.kind);
    let (message, help) = match cell.asked.kind {
        Kind::Choice { .. } => {
            let near = did_you_mean(shown, cell.asked.kind.words());
            let near = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            (format!("`{shown}` is no `{column}`"), format!("write {example}{near}"))
        }
        Kind::Date(pattern) => {
            let meant = date::recognise(shown).map(|day| format!("`{}`", date::write(day, pattern)));
            (format!("`{shown}` under `{column}` is no date"), format!("write {}", meant.unwrap_or(example)))
        }
        Kind::Pattern { .. } => (format!("`{shown}` is no `{column}`"), format!("write {example}")),
        Kind::Semver => {
            let meant = version::recognise(shown).map(|meant| format!("`{meant}`"));
            let message = format!("`{shown}` under `{column}` is not a version of the form X.Y.Z");
            (message, format!("write {}", meant.unwrap_or(example)))
        }
        _ => (
            format!("`{shown}` under `{column}` is no {}", cell.asked.kind.noun()),
            format!("write a value such as {example}, or `-` where there is none"),
        ),
    };
    Finding::new(message, cell.span, "here").help(help).required_by(cell.asked.requirement)
}
