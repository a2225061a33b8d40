//! `unknown-reference`

use std::cell::OnceCell;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::bind::contents::shape::is_row_name;
use crate::bind::model::{Named, RowPlace};
use crate::bind::tables::standing::{self, Standing};
use crate::diagnostic::{Finding, Label, Requirement};
use crate::fix::{Fix, Safety};
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::ContentId;
use crate::template::model::table::Row;
use crate::text::{did_you_mean, is_plain, list_some, normal, similarity};

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
#[derive(Default)]
struct Unknown {
    by_name: HashMap<(String, usize), usize, RandomState>,
    findings: Vec<Finding>,
}

impl Unknown {
    fn add(&mut self, listed: &Listed, name: String, span: Span, finding: impl FnOnce() -> Finding) {
        match self.by_name.entry((listed.known_name(name), listed.id)) {
            Entry::Occupied(known) => self.findings[*known.get()].also.push(Label::new(span, "here, too")),
            Entry::Vacant(new) => {
                new.insert(self.findings.len());
                self.findings.push(finding());
            }
        }
    }
}

fn check(context: &Context, findings: &mut Findings) {
    let mut unknown = Unknown::default();
    let mut lists: Vec<(ContentId, Option<Listed>)> = Vec::new();
    for standing in context.tables {
        for (index, column) in standing.wanted.columns.iter().enumerate() {
            let Some(listed) = column.refers_to.and_then(|id| listed(context, &mut lists, id)) else { continue };
            let Some(at) = standing.bound.columns[index].at() else { continue };
            for row in 0..standing.table.rows.len() {
                let cell = standing.filled(row, at, None, context.text(), context.template);
                for span in cell.into_iter().flat_map(|cell| parts(context, cell)) {
                    if let Some(name) = listed.lacks(context.slice(span)) {
                        unknown
                            .add(listed, name, span, || finding(context, standing, listed, span, &column.requirement));
                    }
                }
            }
        }
        if let Some(listed) = standing.wanted.columns_refer_to.and_then(|id| listed(context, &mut lists, id)) {
            columns(context, standing, listed, &mut unknown);
        }
    }
    findings.list.extend(unknown.findings);
}

/// The list that a table of the template is, read once.
fn listed<'b, 'a>(
    context: &Context<'a>,
    lists: &'b mut Vec<(ContentId, Option<Listed<'a>>)>,
    id: ContentId,
) -> Option<&'b Listed<'a>> {
    let known = lists.iter().position(|(known, _)| *known == id);
    let index = known.unwrap_or_else(|| {
        lists.push((id, Listed::new(context, id, lists.len())));
        lists.len() - 1
    });
    lists[index].1.as_ref()
}

/// A column that is named like a row of the other table is that row; other columns are nobody's business.
fn columns(context: &Context, standing: &Standing, listed: &Listed, unknown: &mut Unknown) {
    let header = standing.table.cells(&standing.table.header);
    for (at, &cell) in header.iter().enumerate() {
        if standing.bound.key != Some(at)
            && let Some(name) = listed.lacks(context.slice(cell))
            && listed.row_of(&name).is_some()
        {
            unknown.add(listed, name, cell, || finding(context, standing, listed, cell, &standing.wanted.requirement));
        }
    }
}

/// The rows of a table that another refers to.
struct Listed<'a> {
    /// Tells lists apart.
    id: usize,
    standing: Standing<'a>,
    /// As they are written, and as they are known: mostly nobody asks for these.
    written: Vec<&'a str>,
    names: OnceCell<HashSet<String, RandomState>>,
}

/// So many names are compared, or said, in a help.
const SHOWN: usize = 6;

impl<'a> Listed<'a> {
    fn new(context: &Context<'a>, table: ContentId, id: usize) -> Option<Self> {
        let standing = standing::table(context.template, context.document(), context.binding, table)?;
        let key = standing.bound.key?;
        // A list with names that are yet to be written is not whole: what it lacks may be what it will say.
        let is_open = |row| standing.is_open(row, context.text(), context.template);
        if standing.table.rows.iter().any(is_open) || standing.repeats_a_name(context.text()) {
            return None;
        }
        let cells = standing.table.rows.iter().filter_map(|row| standing.table.cell(row, key));
        let written: Vec<&str> = cells.flat_map(|cell| parts(context, cell)).map(|span| context.slice(span)).collect();
        let list = Self { id, standing, written, names: OnceCell::new() };
        (!list.written.is_empty() || list.missing().next().is_some()).then_some(list)
    }

    /// A row that must be there is missing once: who speaks of it is right to.
    fn missing(&self) -> impl Iterator<Item = &'a Row> {
        let rows = self.standing.wanted.rows.iter().zip(&self.standing.bound.rows);
        rows.filter(|(_, found)| found.missing().is_some()).map(|(row, _)| row)
    }

    fn names(&self) -> &HashSet<String, RandomState> {
        self.names.get_or_init(|| {
            let written = self.written.iter().map(|written| name_of(written));
            let names = written.flat_map(|name| [self.known_name(name.clone()), name]);
            names.chain(self.missing().map(|row| row.name.normal.clone())).collect()
        })
    }

    /// The row of the template that a name stands for.
    fn row_of(&self, name: &str) -> Option<usize> {
        let rows = &self.standing.wanted.rows;
        let exact = rows.iter().position(|row| row.name.is(name));
        exact.or_else(|| rows.iter().position(|row| is_row_name(&row.name, name)))
    }

    /// The name by which the template knows it, where it does.
    fn known_name(&self, name: String) -> String {
        self.row_of(&name).map_or(name, |row| self.standing.wanted.rows[row].name.normal.clone())
    }

    /// The normal name of what is none of these. Mostly it stands among the first ones, just as it is written.
    fn lacks(&self, written: &str) -> Option<String> {
        let mut first = self.written.iter().take(SHOWN);
        let is_known = first.any(|known| known.eq_ignore_ascii_case(written));
        (!is_known).then(|| name_of(written)).filter(|name| !self.has(name))
    }

    /// Whether the row of the template that a name stands for is here under a name of its own: then no set of names is
    /// made.
    fn stands(&self, name: &str) -> bool {
        let Some(row) = self.row_of(name) else { return false };
        let Some(RowPlace::Row(at)) = self.standing.bound.rows[row].at() else { return false };
        self.written.get(at).is_some_and(|written| self.row_of(&name_of(written)) == Some(row))
    }

    fn has(&self, name: &str) -> bool {
        self.stands(name)
            || self.names().contains(name)
            || name.split(' ').any(|word| ALL.contains(&word))
            || self.names().contains(&self.known_name(name.to_owned()))
    }

    /// The row that answers a row of the template by a name that is only near to it, and the right name.
    fn misspelt(&self, context: &Context, name: &str) -> Option<(Span, &'a str)> {
        let row = self.row_of(name)?;
        let answer = self.standing.bound.rows[row].answer().filter(|answer| answer.name == Named::Near)?;
        let RowPlace::Row(at) = answer.at else { return None };
        let cell = self.standing.table.cell(&self.standing.table.rows[at], self.standing.bound.key?)?;
        // One letter is a slip; `Preproduction` is something else.
        let is_slip =
            similarity(&normal(&plain(context.slice(cell))), &self.standing.wanted.rows[row].name.normal) > 0.8;
        is_slip.then(|| (cell, self.standing.wanted.rows[row].name.shown.as_str()))
    }

    /// The names in a sentence; of many the first ones.
    fn sentence(&self) -> String {
        list_some(&self.written, SHOWN)
    }
}

/// The names in a cell: `Staging, Production`, `Dev / Test`.
fn parts(context: &Context<'_>, cell: Span) -> impl Iterator<Item = Span> {
    let divides = |c: char| matches!(c, ',' | '/' | '&' | '+' | ';');
    let mut start = cell.start();
    let text = context.text();
    let parts = context.slice(cell).split_inclusive(divides).map(move |part| {
        let from = start;
        start += part.len();
        Span::new(from, from + part.trim_end_matches(divides).len()).trim(text)
    });
    parts.filter(|span| !span.is_empty() && (is_plain(&text[span.range()]) || !name_of(&text[span.range()]).is_empty()))
}

fn name_of(written: &str) -> String {
    normal(&plain(written))
}

fn finding(context: &Context, standing: &Standing, listed: &Listed, span: Span, requirement: &Requirement) -> Finding {
    let shown = plain(context.slice(span)).trim().to_owned();
    let (here, there) = (&standing.wanted.title, &listed.standing.wanted.title);
    if let Some((cell, name)) = listed.misspelt(context, &normal(&shown)) {
        let written = context.slice(cell);
        return Finding::new(
            format!("`{written}` in `{there}` is probably `{name}`, of which `{here}` speaks"),
            cell,
            "here",
        )
        .also(span, "it stands here")
        .help(format!("write `{name}`"))
        .required_by(requirement)
        .fix(Fix::replace(Safety::Unsafe, cell, name));
    }
    let near = listed.written.get(..SHOWN * SHOWN).unwrap_or(&listed.written);
    let near = did_you_mean(&shown, near.iter().copied());
    let help = match near {
        Some(near) => format!("write `{near}`, or add `{shown}` to `{there}`"),
        None => format!("add `{shown}` to `{there}`, which lists {}, or remove it here", listed.sentence()),
    };
    Finding::new(format!("`{here}` speaks of `{shown}`, which `{there}` does not list"), span, "here")
        .also(listed.standing.table.header.span, "the table that lists them")
        .help(help)
        .required_by(requirement)
}
