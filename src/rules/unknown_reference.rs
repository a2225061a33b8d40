//! `unknown-reference`

use crate::bind::shape::is_row_name;
use crate::bind::standing::{self, Standing};
use crate::diagnostic::{Finding, Requirement};
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::ContentId;
use crate::text::{did_you_mean, list, normal};

declare_rule! {
    /// A table speaks of something that the table it refers to does not list.
    ///
    /// Somebody added an environment in one place and forgot the other, or two places call it by two names. The names
    /// that the template knows for one thing (`Prod`, `Production`) are one name.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Environments
    ///
    /// | Environment | Purpose |
    /// |-------------|---------|
    /// | Production | Live mail |
    ///
    /// ## Rollout
    ///
    /// | Environment | Strategy |
    /// |-------------|----------|
    /// | QA | Rolling |
    /// | Prod | Blue/Green |
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Environments
    ///
    /// | Environment | Purpose |
    /// |-------------|---------|
    /// | QA | Acceptance |
    /// | Production | Live mail |
    ///
    /// ## Rollout
    ///
    /// | Environment | Strategy |
    /// |-------------|----------|
    /// | QA | Rolling |
    /// | Prod | Blue/Green |
    /// ```
    UNKNOWN_REFERENCE = "unknown-reference", Consistency, Warning, Document(check)
}

/// Words that stand for all that is listed, or for what is not named elsewhere.
const ALL: [&str; 12] =
    ["all", "any", "every", "each", "both", "other", "others", "rest", "default", "global", "shared", "common"];

/// What is not listed, by its normal name and the table that should list it: however often it is spoken of, it was
/// forgotten once.
type Unknown = Vec<((String, ContentId), Finding)>;

fn check(context: &Context, findings: &mut Findings) {
    let mut unknown: Unknown = Vec::new();
    for standing in standing::tables(context.template, context.document(), context.binding) {
        for (index, column) in standing.wanted.columns.iter().enumerate() {
            let Some(id) = column.refers_to else { continue };
            let Some(listed) = Listed::new(context, id) else { continue };
            let Some(at) = standing.bound.columns[index].at() else { continue };
            for row in 0..standing.table.rows.len() {
                let cell = standing.filled(row, at, None, context.text(), context.template);
                for (name, span) in cell.into_iter().flat_map(|cell| parts(context, cell)) {
                    if !listed.has(&name) {
                        let finding = finding(context, &standing, &listed, span, &column.requirement);
                        add(&mut unknown, (listed.known_name(name), id), finding);
                    }
                }
            }
        }
        columns(context, &standing, &mut unknown);
    }
    findings.list.extend(unknown.into_iter().map(|(_, finding)| finding));
}

fn add(unknown: &mut Unknown, name: (String, ContentId), finding: Finding) {
    match unknown.iter_mut().find(|(known, _)| *known == name) {
        Some((_, first)) => *first = first.clone().also(finding.at.span, "here, too"),
        None => unknown.push((name, finding)),
    }
}

/// A column that is named like a row of the other table is that row; other columns are nobody's business.
fn columns(context: &Context, standing: &Standing, unknown: &mut Unknown) {
    let Some(id) = standing.wanted.columns_refer_to else { return };
    let Some(listed) = Listed::new(context, id) else { return };
    let header = standing.table.cells(&standing.table.header);
    for (at, &cell) in header.iter().enumerate() {
        let name = normal(&plain(context.slice(cell)));
        if standing.bound.key != Some(at) && listed.row_of(&name).is_some() && !listed.has(&name) {
            let finding = finding(context, standing, &listed, cell, &standing.wanted.requirement);
            add(unknown, (listed.known_name(name), id), finding);
        }
    }
}

/// The rows of a table that another refers to.
struct Listed<'a> {
    standing: Standing<'a>,
    /// Their normal names, and as they are written.
    names: Vec<(String, String)>,
}

impl<'a> Listed<'a> {
    fn new(context: &Context<'a>, id: ContentId) -> Option<Self> {
        let standing = standing::table(context.template, context.document(), context.binding, id)?;
        let key = standing.bound.key?;
        // A row without a name may be any of those that others speak of.
        if standing.table.rows.iter().any(|row| standing.is_open(row, context.text(), context.template)) {
            return None;
        }
        let cells = standing.table.rows.iter().filter_map(|row| standing.table.cell(row, key));
        let names =
            cells.flat_map(|cell| parts(context, cell)).map(|(name, span)| (name, context.slice(span).to_owned()));
        let names: Vec<(String, String)> = names.collect();
        (!names.is_empty()).then_some(Self { standing, names })
    }

    /// The row of the template that a name stands for.
    fn row_of(&self, name: &str) -> Option<usize> {
        let rows = &self.standing.wanted.rows;
        rows.iter()
            .position(|row| row.name.is(name))
            .or_else(|| rows.iter().position(|row| is_row_name(&row.name, name)))
    }

    /// The name by which the template knows it, where it does.
    fn known_name(&self, name: String) -> String {
        self.row_of(&name).map_or(name, |row| self.standing.wanted.rows[row].name.normal.clone())
    }

    fn has(&self, name: &str) -> bool {
        let row = self.row_of(name);
        // `missing-row` speaks of it.
        if row.is_some_and(|row| self.standing.bound.rows[row].missing().is_some()) {
            return true;
        }
        let is_same = |other: &str| other == name || row.is_some() && self.row_of(other) == row;
        name.split(' ').any(|word| ALL.contains(&word)) || self.names.iter().any(|(other, _)| is_same(other))
    }
}

/// The names in a cell: `Staging, Production`, `Dev / Test`.
fn parts(context: &Context, cell: Span) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let mut start = cell.start();
    let text = context.slice(cell);
    let divides = |c: char| matches!(c, ',' | '/' | '&' | '+' | ';');
    for part in text.split_inclusive(divides) {
        let end = start + part.trim_end_matches(divides).len();
        let span = Span::new(start, end).trim(context.text());
        let name = normal(&plain(context.slice(span)));
        if !name.is_empty() {
            found.push((name, span));
        }
        start += part.len();
    }
    found
}

fn finding(context: &Context, standing: &Standing, listed: &Listed, span: Span, requirement: &Requirement) -> Finding {
    let shown = plain(context.slice(span)).trim().to_owned();
    let (here, there) = (&standing.wanted.title, &listed.standing.wanted.title);
    let written: Vec<&str> = listed.names.iter().map(|(_, written)| written.as_str()).collect();
    let near = did_you_mean(&shown, written.iter().copied());
    let help = match near {
        Some(near) => format!("write `{near}`, or add `{shown}` to `{there}`"),
        None => format!("add `{shown}` to `{there}`, which lists {}, or remove it here", list(&written, "and")),
    };
    Finding::new(format!("`{here}` speaks of `{shown}`, which `{there}` does not list"), span, "here")
        .also(listed.standing.table.header.span, "the table that lists them")
        .help(help)
        .required_by(requirement)
}
