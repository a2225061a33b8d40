//! `column-order`

use crate::bind::model::Match;
use crate::bind::sections::order::longest_run;
use crate::bind::tables::bounds::are_swapped;
use crate::bind::tables::standing::Standing;
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::edit::{TableEditor, plain_row};
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// The columns of a table stand in another order than the template's.
    ///
    /// Who reads many specs looks for a value in the same place of each. Columns of your own may stand anywhere.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// | Name | Phone | Role |
    /// |------|-------|------|
    /// | Ada | 555-0100 | On call |
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// | Name | Role | Phone |
    /// |------|------|-------|
    /// | Ada | On call | 555-0100 |
    /// ```
    COLUMN_ORDER = "column-order", Tables, Info, Document(check), fixes: Safe
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables.iter().filter(|standing| !standing.bound.in_order()) {
        let all = || standing.bound.columns.iter().filter_map(Match::at);
        if all().is_sorted() {
            continue;
        }
        // `min-exceeds-max` says so: the rows stand right.
        if standing.wanted.pairs().any(|(least, most)| are_swapped(standing, least, most)) {
            continue;
        }
        // `| Min / Max |` answers two columns: it stands for the first.
        let mut places: Vec<usize> = Vec::new();
        for place in all() {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let kept = longest_run(&places);
        let strays: Vec<usize> =
            places.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(&place, _)| place).collect();
        if let Some(&first) = strays.first() {
            findings.push(say(context, standing, &places, &strays, first));
        }
    }
}

fn say(context: &Context, standing: &Standing, places: &[usize], strays: &[usize], first: usize) -> Finding {
    let there = standing.column_names();
    let at = standing.table.cell(&standing.table.header, first).unwrap_or(standing.table.header.span);
    let mut sorted = places.to_vec();
    sorted.sort_unstable();
    let mut order: Vec<usize> = (0..there.len()).collect();
    for (&slot, &place) in sorted.iter().zip(places) {
        order[slot] = place;
    }
    let names: Vec<&str> = order.iter().map(|&index| there[index].as_ref()).collect();
    let message = if let [one] = strays {
        format!("column `{}` of the table `{}` is out of order", there[*one], standing.wanted.title)
    } else {
        format!("the columns of the table `{}` are out of order", standing.wanted.title)
    };
    let edits = TableEditor::new(context.text(), standing.table).reorder(&order);
    Finding::new(message, at, "here")
        .help(format!("put the columns in this order: `{}`", plain_row(&names)))
        .required_by(&standing.wanted.requirement)
        .fix(edits.and_then(|edits| Fix::new(Safety::Safe, edits)))
}
