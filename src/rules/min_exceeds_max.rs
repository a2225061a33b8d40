//! `min-exceeds-max`

use crate::bind::tables::bounds::{are_swapped, bounds};
use crate::bind::tables::standing::Standing;
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::markdown::plain::plain;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// The smaller of two values of a row is greater than the greater one.
    ///
    /// Nothing can scale between 10 and 8. The template says which column may not be less than which; both may stand in
    /// one cell (`2 / 10`). What leaves a way (`4+`, `up to 10`) or is not understood is not compared.
    /// Where it is so in every row, and the columns stand in another order than in the template, their names were
    /// exchanged: that is said once, at the names.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Scaling
    ///
    /// | Component | Min | Max |
    /// |-----------|-----|-----|
    /// | Relay | 10 | 8 |
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Scaling
    ///
    /// | Component | Min | Max |
    /// |-----------|-----|-----|
    /// | Relay | 2 | 8 |
    /// ```
    MIN_EXCEEDS_MAX = "min-exceeds-max", Consistency, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for standing in context.tables {
        for (least, most) in standing.wanted.pairs() {
            if are_swapped(standing, least, most) {
                findings.list.extend(swapped(context, standing, least, most));
                continue;
            }
            for row in 0..standing.table.rows.len() {
                findings.list.extend(compare(context, standing, least, most, row));
            }
        }
    }
}

/// Two names of columns that each stand above the other's values.
fn swapped(context: &Context, standing: &Standing, least: usize, most: usize) -> Option<Finding> {
    let cell = |column: usize| standing.table.cell(&standing.table.header, standing.bound.columns[column].at()?);
    let (least_cell, most_cell) = (cell(least)?, cell(most)?);
    let names = [least, most].map(|column| &standing.wanted.columns[column]);
    let write = |span, other| Edit { span, text: context.slice(other).to_owned() };
    Some(
        Finding::new(
            format!("`{}` and `{}` stand above each other's values", names[0].name.shown, names[1].name.shown),
            most_cell,
            "all rows below fit the other name",
        )
        .also(least_cell, "and here")
        .help(format!("exchange the two names, and leave the rows: `{}` comes first", names[0].name.shown))
        .required_by(&names[1].requirement)
        .fix(Fix::new(Safety::Unsafe, vec![write(most_cell, least_cell), write(least_cell, most_cell)])),
    )
}

fn compare(context: &Context, standing: &Standing, least: usize, most: usize, row: usize) -> Option<Finding> {
    let min = bounds(standing, least, row)?;
    let max = bounds(standing, most, row)?;
    if min.low <= max.high {
        return None;
    }
    let names = [&standing.wanted.columns[least].name.shown, &standing.wanted.columns[most].name.shown];
    let row_name = standing.row_name(row);
    let requirement = &standing.wanted.columns[most].requirement;
    let (small, great) = (plain(context.slice(min.cell)), plain(context.slice(max.cell)));
    Some(if min.cell == max.cell {
        Finding::new(
            format!("{} of {row_name} is greater than {}", names[0], names[1]),
            min.cell,
            "the greater one stands first",
        )
        .help("write the smaller number first")
        .required_by(requirement)
    } else {
        Finding::new(
            format!("{} of {row_name} is {small}, more than its {} of {great}", names[0], names[1]),
            min.cell,
            format!("greater than {great}"),
        )
        .also(max.cell, format!("{}, less than {small}", names[1]))
        .help(format!("write {} of at most {great}, or {} of at least {small}", names[0], names[1]))
        .required_by(requirement)
    })
}
