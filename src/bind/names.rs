//! What is near to a name without being it.

use crate::bind::model::Named;
use crate::markdown::plain::plain;
use crate::template::model::Name;
use crate::text;

/// Whether Markdown text has this normal name.
pub(crate) fn reads(written: &str, normal: &str) -> bool {
    if text::differ_at_once(written, normal) {
        return false;
    }
    if text::is_plain(written) { written.eq_ignore_ascii_case(normal) } else { text::normal(&plain(written)) == normal }
}

/// By which name, if any, Markdown text calls what the template calls so.
pub(crate) fn called(written: &str, name: &Name) -> Option<Named> {
    if reads(written, &name.normal) {
        return Some(Named::Exact);
    }
    name.aliases.iter().any(|alias| reads(written, alias)).then_some(Named::Alias)
}

/// How near a normal name is to one of the names that a template accepts; `None` where it is not meant.
///
/// `shares` says whether both have something else in common (their number), for which half the likeness is enough.
pub(crate) fn nearness(name: &Name, normal: &str, shares: bool) -> Option<f64> {
    if name.lookalikes.iter().any(|lookalike| lookalike == normal) {
        return Some(0.95);
    }
    std::iter::once(&name.normal)
        .chain(&name.aliases)
        .filter_map(|known| likeness(known, normal, shares))
        .max_by(f64::total_cmp)
}

fn likeness(known: &str, written: &str, shares: bool) -> Option<f64> {
    let (a, b) = (known.chars().count(), written.chars().count());
    if a.min(b) < 4 || differ_in_digits_only(known, written) {
        return None;
    }
    if holds_all_words(known, written) {
        return Some(0.8);
    }
    // A likeness needs at least the length they have in common: most pairs end here, without a matrix.
    if (a.min(b) as f64) < 0.5 * (a.max(b) as f64) {
        return None;
    }
    let enough = if shares { 0.5 } else { 0.8 };
    if likeness_at_most(known, written) < enough || !(shares || words_are_alike(known, written)) {
        return None;
    }
    Some(text::similarity(known, written)).filter(|&likeness| likeness >= enough)
}

/// A bound of the likeness that costs one look at each letter: what one name has too many of must be edited away.
fn likeness_at_most(known: &str, written: &str) -> f64 {
    let mut surplus = [0i32; 64];
    let bin = |c: char| c as usize % 64;
    known.chars().for_each(|c| surplus[bin(c)] += 1);
    written.chars().for_each(|c| surplus[bin(c)] -= 1);
    let edits = |sign: i32| surplus.iter().map(|count| (count * sign).max(0)).sum::<i32>();
    let longer = known.chars().count().max(written.chars().count()).max(1);
    1.0 - f64::from(edits(1).max(edits(-1))) / longer as f64
}

/// "Infrastructure Model" shares most letters with "Infrastructure Costs" and means something else: a slip leaves
/// each word alike.
fn words_are_alike(known: &str, written: &str) -> bool {
    let (known, written): (Vec<&str>, Vec<&str>) = (known.split(' ').collect(), written.split(' ').collect());
    known.len() != written.len() || known.iter().zip(&written).all(|(a, b)| text::similarity(a, b) >= 0.45)
}

/// Whether all words of the shorter name stand in the longer one. A name of one word stands in too many headings
/// to mean them ("Overview" in "Security Overview"); a heading of one word may be a name cut short.
pub(crate) fn holds_all_words(known: &str, written: &str) -> bool {
    let words = |name: &str| 1 + name.bytes().filter(|&byte| byte == b' ').count();
    let stand_in = |few: &str, many: &str| few.split(' ').all(|word| many.split(' ').any(|other| other == word));
    match (words(known), words(written)) {
        (1, 2..) => false,
        (shorter, longer) if shorter < longer => stand_in(known, written),
        (2, 1) => written.chars().nth(3).is_some() && stand_in(written, known),
        (longer, shorter) => longer > shorter && shorter > 1 && stand_in(written, known),
    }
}

fn differ_in_digits_only(a: &str, b: &str) -> bool {
    let is_kept = |byte: &u8| !byte.is_ascii_digit();
    a != b && a.bytes().filter(is_kept).eq(b.bytes().filter(is_kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(name: &str, heading: &str, shares: bool) -> bool {
        let name = Name { shown: name.into(), normal: text::normal(name), aliases: vec![], lookalikes: vec![] };
        nearness(&name, &text::normal(heading), shares).is_some()
    }

    #[test]
    fn the_bound_is_never_below_the_likeness() {
        for (known, written) in [("disaster recovery", "disaster recovry"), ("overview", "wevrevoi"), ("a", "ユーザー")]
        {
            let (bound, likeness) = (likeness_at_most(known, written), text::similarity(known, written));
            assert!(bound >= likeness, "{known}, {written}: {bound} < {likeness}");
        }
    }

    #[test]
    fn a_slip_is_near_and_another_name_is_not() {
        assert!(near("Disaster Recovery", "Disaster Recovry", false));
        assert!(near("Scaling Strategy", "Our Scaling Strategy", false));
        assert!(near("Environments", "Environment", false));
        assert!(near("Cost Estimate", "Cost Expectation", true), "the same number");
        assert!(!near("Cost Estimate", "Cost Expectation", false));
        assert!(!near("Phase 1", "Phase 2", false), "only digits differ");
        assert!(!near("SLA", "SLO", false), "too short to be sure");
        assert!(near("Backup Strategy", "Backup", false), "a name cut short");
        assert!(!near("Database", "Database Migration", false));
        assert!(!near("Infrastructure Costs", "Infrastructure Model", false));
        assert!(!near("Environments", "Environment Variables", false));
    }
}
