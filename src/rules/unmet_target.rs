//! `unmet-target`

use crate::bind::model::RowPlace;
use crate::bind::tables::intervals::Intervals;
use crate::bind::tables::row_name;
use crate::bind::tables::standing::Standing;
use crate::bind::value::Value;
use crate::diagnostic::Finding;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::table::Row;
use crate::values::duration::Duration;
use crate::values::duration::units::{describe, describe_interval};

declare_rule! {
    /// A target is shorter than the interval that it depends on.
    ///
    /// Whoever saves once a day loses up to a day: an RPO of one hour is a promise that cannot be kept. Targets and
    /// intervals are compared by component where both tables name it, else with the shortest interval among the rows
    /// that speak of the template's element. A continuous backup that one of these rows names (point-in-time recovery,
    /// log shipping) keeps any target. Equal is not shorter.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Backups
    ///
    /// | Component | Frequency | Notes |
    /// |-----------|-----------|-------|
    /// | Database | Daily | pg_dump at night |
    ///
    /// ## Targets
    ///
    /// | Metric | Target |
    /// |--------|--------|
    /// | RPO | 1 hour |
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Backups
    ///
    /// | Component | Frequency | Notes |
    /// |-----------|-----------|-------|
    /// | Database | Daily | with point-in-time recovery |
    ///
    /// ## Targets
    ///
    /// | Metric | Target |
    /// |--------|--------|
    /// | RPO | 1 hour |
    /// ```
    UNMET_TARGET = "unmet-target", Consistency, Warning, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        for (index, row) in standing.wanted.rows.iter().enumerate() {
            let Some(dependency) = &row.depends_on else { continue };
            let Some(place) = standing.bound.rows[index].at() else { continue };
            let table = context.table(dependency.column.table);
            let Some(intervals) = table.and_then(|table| Intervals::new(table, dependency)) else { continue };
            match place {
                RowPlace::Row(at) => findings.list.extend(in_row(standing, row, at, &intervals)),
                RowPlace::Column(column) => {
                    for at in 0..standing.table.rows.len() {
                        findings.list.extend(in_column(standing, row, (at, column), &intervals));
                    }
                }
            }
        }
    }
}

/// The target of the whole system, against the rows that speak of the element.
fn in_row(standing: &Standing, row: &Row, at: usize, intervals: &Intervals) -> Option<Finding> {
    let column = standing.bound.columns[standing.wanted.value?].at()?;
    let target = target(standing, (at, column))?;
    let longer = intervals.longer_of_element(target.1, standing, at)?;
    Some(finding(row, target, intervals, longer))
}

/// The target of one component, against the rows of the same name.
fn in_column(standing: &Standing, row: &Row, (at, column): (usize, usize), intervals: &Intervals) -> Option<Finding> {
    let target = target(standing, (at, column))?;
    let key = standing.bound.key?;
    let component = row_name(standing.table, &standing.table.rows[at], key, standing.text);
    let same = intervals.of_component(&component);
    let rows = if same.is_empty() && intervals.speaks(&component) { intervals.of_element().to_vec() } else { same };
    let shorter = intervals.longer_than(target.1, standing, at, &rows)?;
    Some(finding(row, target, intervals, shorter))
}

/// A length of time in a cell: where it holds several, nobody knows which is meant.
fn target(standing: &Standing, (row, column): (usize, usize)) -> Option<(Span, Duration)> {
    let cell = standing.judged(row, column)?;
    match cell.value()? {
        Value::Duration(length) if length.count == 1 => Some((cell.span, *length)),
        _ => None,
    }
}

fn finding(
    row: &Row,
    (cell, target): (Span, Duration),
    intervals: &Intervals,
    (place, interval): (Span, f64),
) -> Finding {
    let (name, length) = (&row.name.shown, describe(target.longest));
    let unless = intervals.unless().map(str::to_lowercase);
    let title = intervals.title();
    let mend = match unless {
        Some(word) if target.longest <= 0.0 => {
            format!("{} {name} of zero needs {word}: name it in that row", article(name))
        }
        Some(word) => format!("shorten the interval in `{title}` to {length}, name the {word} in that row"),
        None => format!("shorten the interval in `{title}` to {length}"),
    };
    Finding::new(
        format!(
            "{} {name} of {length} cannot be kept with {} in `{title}`",
            article(name),
            describe_interval(interval)
        ),
        cell,
        "the target",
    )
    .also(place, format!("its {}", intervals.header()))
    .help(format!("{mend}, or relax the {name}"))
    .required_by(&row.requirement)
}

/// `an RPO`, `a target`: abbreviations are spelled.
fn article(name: &str) -> &'static str {
    let is_spelled = name.chars().all(|c| !c.is_lowercase());
    let vowels = if is_spelled { "AEFHILMNORSX" } else { "AEIOaeio" };
    if name.starts_with(|c| vowels.contains(c)) { "an" } else { "a" }
}
