//! What is near to a name without being it.

use crate::template::model::Name;
use crate::text;

/// How near a normal name is to one of the names that a template accepts; `None` where it is not meant.
///
/// `shares` says whether both have something else in common (their number), for which half the likeness is enough.
pub(crate) fn nearness(name: &Name, normal: &str, shares: bool) -> Option<f64> {
    if name.lookalikes.iter().any(|lookalike| lookalike == normal) {
        return Some(0.95);
    }
    let threshold = if shares { 0.5 } else { 0.8 };
    std::iter::once(&name.normal)
        .chain(&name.aliases)
        .filter_map(|known| likeness(known, normal, threshold))
        .max_by(f64::total_cmp)
}

fn likeness(known: &str, normal: &str, threshold: f64) -> Option<f64> {
    let (a, b) = (known.chars().count(), normal.chars().count());
    if a.min(b) < 4 || differ_in_digits_only(known, normal) {
        return None;
    }
    if holds_all_words(known, normal) {
        return Some(0.8);
    }
    // A likeness needs at least the length they have in common: most pairs end here, without a matrix.
    if (a.min(b) as f64) < threshold * (a.max(b) as f64) {
        return None;
    }
    Some(text::similarity(known, normal)).filter(|&likeness| likeness >= threshold)
}

/// Whether all words of the shorter name stand in the longer one; a single word must be most of it.
pub(crate) fn holds_all_words(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == long.len() || (short.len() == 1 && (long.len() > 2 || short[0].chars().count() < 4)) {
        return false;
    }
    short.iter().all(|word| long.contains(word))
}

fn differ_in_digits_only(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    a != b && a.chars().chain(b.chars()).any(|c| c.is_ascii_digit()) && bare(a) == bare(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(name: &str, heading: &str, shares: bool) -> bool {
        let name = Name { shown: name.into(), normal: text::normal(name), aliases: vec![], lookalikes: vec![] };
        nearness(&name, &text::normal(heading), shares).is_some()
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
        assert!(!near("Database", "Database Migration Runbook", false));
        assert!(!near("Environments", "Environment Variables", false));
    }
}
