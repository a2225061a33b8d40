//! `unknown-reference`

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;

use crate::bind::tables::listed::{Listed, SHOWN, names_in};
use crate::bind::tables::standing::Standing;
use crate::diagnostic::{Finding, Label, Requirement};
use crate::fix::{Fix, Safety};
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::ContentId;
use crate::text::{did_you_mean, normal};

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

/// What is not listed, by its normal name and the table that should list it: however often it is spoken of, it was
/// forgotten once.
#[derive(Default)]
struct Unknown {
    by_name: HashMap<(String, ContentId), usize, RandomState>,
    findings: Vec<Finding>,
}

impl Unknown {
    fn add(&mut self, listed: &Listed, name: String, span: Span, finding: impl FnOnce() -> Finding) {
        match self.by_name.entry((listed.known_name(name), listed.standing.id)) {
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
            for row in &standing.table.rows {
                let Some(cell) = standing.table.cell(row, at) else { continue };
                for span in names_in(context.text(), cell) {
                    let Some(name) = listed.lacks(context.slice(span)) else { continue };
                    if standing.filled(row, at).is_some() {
                        let say = || finding(context, standing, listed, span, &column.requirement);
                        unknown.add(listed, name, span, say);
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
        lists.push((id, context.table(id).and_then(Listed::new)));
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

fn finding(context: &Context, standing: &Standing, listed: &Listed, span: Span, requirement: &Requirement) -> Finding {
    let shown = plain(context.slice(span)).trim().to_owned();
    let (here, there) = (&standing.wanted.title, &listed.standing.wanted.title);
    if let Some((cell, name)) = listed.misspelt(&normal(&shown)) {
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
