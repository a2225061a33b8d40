//! `wrong-total`

use crate::bind::tables::totals::{Column, Sum, write, wrong};
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// The total of a table is not the sum of its rows.
    ///
    /// Only where every cell of the column is one plain amount, or one range, of one currency: with unit prices,
    /// remarks or several totals nobody can tell what is summed. Two percent are let be, ten where amounts are about so
    /// much (`~$50`); where it is not clear what a comma means, the total is wrong only if it is wrong either way.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Cost
    ///
    /// | Resource | Monthly cost |
    /// |----------|--------------|
    /// | Compute | $310 |
    /// | Database | $540 |
    /// | **Total** | **$950** |
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Cost
    ///
    /// | Resource | Monthly cost |
    /// |----------|--------------|
    /// | Compute | $310 |
    /// | Database | $540 |
    /// | **Total** | **$850** |
    /// ```
    WRONG_TOTAL = "wrong-total", Consistency, Warning, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        let Some(total) = standing.wanted.total.and_then(|total| standing.wanted.rows.get(total)) else { continue };
        for (column, sum) in wrong(standing) {
            findings.push(finding(context, &column, &sum, &total.name.shown).required_by(&total.requirement));
        }
    }
}

fn finding(context: &Context, column: &Column, sum: &Sum, total: &str) -> Finding {
    let written = context.slice(column.total_cell);
    let header = plain(context.slice(column.header));
    let corrected = write(written, sum);
    let rows = corrected.as_deref().map_or_else(|| sum.describe(), |text| plain(text).into_owned());
    let finding = Finding::new(
        format!("{total} under `{}` is {}, but the rows sum to {rows}", header.trim(), plain(written)),
        column.total_cell,
        "the total",
    )
    .also(column.header, format!("the {} rows below sum to {rows}", column.amounts.len()));
    match corrected {
        Some(text) => finding.help(format!("write {rows}, or correct the rows")).fix(Fix::replace(
            Safety::Unsafe,
            column.total_cell,
            text,
        )),
        None => finding.help("correct the total, or the rows"),
    }
}
