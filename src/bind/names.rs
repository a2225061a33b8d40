//! What is near to a name without being it.

use crate::bind::model::Named;
use crate::markdown::plain::plain;
use crate::template::model::name::Name;
use crate::text;
use crate::text::letters::{Letters, similarity_at_most};

/// Whether Markdown text calls something by its own name: mostly it stands there letter for letter.
pub(crate) fn is_own(written: &str, name: &Name) -> bool {
    written == name.shown || reads(written, &name.normal)
}

/// Whether Markdown text has this normal name.
fn reads(written: &str, normal: &str) -> bool {
    // Mostly it is another one from its first letter on, or the same to its last; of a plain one nothing else is left.
    !text::differ_at_once(written, normal)
        && (text::same_but_for_case(written, normal)
            || !text::is_plain(written) && text::is_named(&plain(written), normal))
}

/// By which name, if any, Markdown text calls what the template calls so.
pub(crate) fn called(written: &str, name: &Name) -> Option<Named> {
    if is_own(written, name) {
        return Some(Named::Exact);
    }
    name.aliases.iter().any(|alias| reads(written, alias)).then_some(Named::Alias)
}

/// A name as a document writes it, in its normal form.
#[derive(Clone, Copy)]
pub(crate) struct WrittenName<'a> {
    normal: &'a str,
    letters: Letters,
}

impl<'a> WrittenName<'a> {
    pub(crate) fn new(normal: &'a str) -> Self {
        Self { normal, letters: Letters::of(normal) }
    }
}

/// How near a name is to one of those that a template accepts; `None` where it is not meant.
///
/// `shares` says whether both have something else in common (their number), for which half the likeness is enough.
pub(crate) fn nearness(name: &Name, written: WrittenName<'_>, shares: bool) -> Option<f64> {
    if name.lookalikes.iter().any(|lookalike| lookalike == written.normal) {
        return Some(0.95);
    }
    name.accepted()
        .filter_map(|(normal, letters)| likeness(WrittenName { normal, letters }, written, shares))
        .max_by(f64::total_cmp)
}

/// Most pairs end at their letters, without a look at the names.
fn likeness(known: WrittenName<'_>, written: WrittenName<'_>, shares: bool) -> Option<f64> {
    let enough = if shares { 50 } else { 80 };
    let may_be_alike = known.letters.may_be_alike(written.letters, enough);
    let may_be_part = may_be_part(known.letters, written.letters);
    if !may_be_alike && !may_be_part {
        return None;
    }
    let is_short = known.letters.length.min(written.letters.length) < 4;
    let (known, written) = (known.normal, written.normal);
    if is_short || differ_in_digits_only(known, written) {
        return None;
    }
    if may_be_part && holds_all_words(known, written) {
        return Some(0.8);
    }
    let enough = f64::from(enough) / 100.0;
    let may_be_alike = may_be_alike && similarity_at_most(known, written) >= enough;
    if !may_be_alike || !(shares || words_are_alike(known, written)) {
        return None;
    }
    Some(text::similarity(known, written)).filter(|&likeness| likeness >= enough)
}

/// "Infrastructure Model" shares most letters with "Infrastructure Costs" and means something else: a slip leaves
/// each word alike.
fn words_are_alike(known: &str, written: &str) -> bool {
    let words = |name: &str| name.split(' ').count();
    let mut pairs = known.split(' ').zip(written.split(' '));
    let are_alike = |(a, b)| Letters::of(a).may_be_alike(Letters::of(b), 45) && text::similarity(a, b) >= 0.45;
    words(known) != words(written) || pairs.all(are_alike)
}

/// Whether [`holds_all_words`] may hold.
fn may_be_part(known: Letters, written: Letters) -> bool {
    match (known.words, written.words) {
        (1, _) => false,
        (shorter, longer) if shorter < longer => known.may_stand_in(written),
        (longer, shorter) => longer > shorter && written.may_stand_in(known),
    }
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
        nearness(&Name::new(name, &[], &[]), WrittenName::new(&text::normal(heading)), shares).is_some()
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
