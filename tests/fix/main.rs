//! Fixes, on any mixture of defects that is made from a good spec: they come to an end, a second run changes nothing,
//! each alone removes its finding and adds none, and nothing else changes.

mod defects;
mod dress;
mod promise;
#[path = "../support/mod.rs"]
mod support;

use defects::{DEFECTS, Defect, MIXTURES};
use dress::{DRESSES, Dress};
use infralint::diagnostic::Report;
use infralint::fix::Safety;
use infralint::reading::Reading;
use infralint::repair::{Repaired, Standard, fixes, repair};
use infralint::settings::Settings;
use infralint::source::Source;
use infralint::surroundings::Surroundings;
use infralint::template::model::Template;
use promise::{Without, assert_nothing_else_changes, assert_promise};
use proptest::bool::weighted;
use proptest::prelude::{ProptestConfig, proptest};
use proptest::sample::{select, subsequence};
use proptest::test_runner::RngSeed;

/// A template, and a spec that keeps to it, in some dress.
pub(crate) struct Bench {
    template: Template,
    good: String,
    dress: Dress,
}

impl Bench {
    fn new() -> Self {
        let good = support::text_of(&support::root().join("fixtures/specs/infrastructure.md"));
        Self { template: support::infrastructure(), good, dress: Dress::AsItIs }
    }

    fn dressed(dress: Dress) -> Self {
        Self { dress, ..Self::new() }
    }

    /// Held to the template that requires nothing.
    fn held_to_any(self) -> Self {
        let template = support::text_of(&support::root().join("rules/any.toml"));
        Self { template: support::template("rules/any.toml", template), ..self }
    }

    /// The good spec with these defects, and those of them that changed something.
    pub(crate) fn broken(&self, defects: &[Defect]) -> (String, Vec<Defect>) {
        let mut defects = defects.to_vec();
        defects.sort_by_key(|defect| defect.rank());
        let (parts, whole) = defects.split_at(defects.partition_point(|defect| defect.rank() == 0));
        let (text, mut made) = made_of(self.good.clone(), parts);
        let (text, more) = made_of(self.dress.put_on(&text), whole);
        made.extend(more);
        (text, made)
    }

    pub(crate) fn check(&self, text: &str) -> (Reading, Report) {
        let reading = support::read("spec.md", text);
        let report = support::check(&reading, &self.template, &Settings::default(), &around());
        (reading, report)
    }

    fn repair(&self, text: &str, allowed: Safety) -> Repaired {
        let around = |_: &Reading| around();
        let standard = Standard { template: &self.template, settings: &Settings::default(), around: &around };
        repair(&standard, Source::new("spec.md", text), allowed)
    }

    pub(crate) fn findings(&self, text: &str) -> String {
        let (reading, report) = self.check(text);
        support::plain(&reading, &report)
    }
}

/// The text with these defects, and those of them that changed something.
fn made_of(mut text: String, defects: &[Defect]) -> (String, Vec<Defect>) {
    let mut made = defects.to_vec();
    made.retain(|defect| {
        let broken = defect.make(&text);
        let changed = broken != text;
        text = broken;
        changed
    });
    (text, made)
}

fn around() -> Surroundings {
    Surroundings { today: "2026-09-20".parse().ok(), ..Surroundings::default() }
}

/// It comes to an end: nothing that is left can be fixed, and a second run changes nothing.
fn assert_settled(bench: &Bench, text: &str, allowed: Safety) -> Repaired {
    let once = bench.repair(text, allowed);
    let left: Vec<&str> = fixes(&once.report, allowed).map(|(diagnostic, _)| diagnostic.rule).collect();
    assert!(left.is_empty(), "{left:?} can be fixed still:\n{}", bench.findings(once.text()));
    let twice = bench.repair(once.text(), allowed);
    assert_eq!((twice.count(), twice.text()), (0, once.text()));
    once
}

#[test]
fn the_good_spec_is_good() {
    for &dress in DRESSES {
        for bench in [Bench::dressed(dress), Bench::dressed(dress).held_to_any()] {
            let (text, _) = bench.broken(&[]);
            assert_eq!(bench.findings(&text), "", "{dress:?}:\n{text}");
            assert!(dress == Dress::AsItIs || text != bench.good, "{dress:?} changes nothing");
        }
    }
}

#[test]
fn the_fixes_of_every_defect_hold() {
    let bench = Bench::new();
    for defect in DEFECTS {
        let (text, made) = bench.broken(&[*defect]);
        assert!(!made.is_empty(), "{defect:?} changes nothing");
        check_all(&bench, &text, &made);
    }
}

#[test]
fn the_fixes_of_known_mixtures_hold() {
    let bench = Bench::new();
    for mixture in MIXTURES {
        let (text, made) = bench.broken(mixture);
        assert_eq!(made.len(), mixture.len(), "some of {mixture:?} change nothing");
        check_all(&bench, &text, &made);
    }
}

fn check_all(bench: &Bench, text: &str, made: &[Defect]) {
    let (_, report) = bench.check(text);
    let without = Without::new(bench, made);
    for (broken, fix) in fixes(&report, Safety::Unsafe) {
        assert_promise(bench, text, &report, broken, fix, &without);
        assert_nothing_else_changes(text, broken.rule, fix);
    }
    let safe = assert_settled(bench, text, Safety::Safe);
    let all = assert_settled(bench, text, Safety::Unsafe);
    for (name, text) in [("safe", safe.text()), ("all", all.text())] {
        assert_eq!(text.matches("\r\n").count() > 0, text.contains('\r'), "{name}: line ends are mixed");
        if text.contains('\r') {
            assert_eq!(text.matches("\r\n").count(), text.matches('\n').count(), "{name}: line ends are mixed");
        }
        assert!(text.rfind('\u{feff}').is_none_or(|mark| mark == 0), "{name}: the byte order mark is not first");
    }
}

/// Few here, for each costs a dozen checks, and the same every time: a red test must speak of the change that is
/// tested. `PROPTEST_CASES=3000` looks deeper, elsewhere each time.
fn depth() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let (cases, rng_seed) = asked.map_or((48, RngSeed::Fixed(48)), |cases| (cases, RngSeed::Random));
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(depth())]

    #[test]
    fn any_mixture_of_defects_settles(
        chosen in subsequence(DEFECTS.to_vec(), 1..10),
        dress in select(DRESSES),
        to_any in weighted(0.1),
    ) {
        let bench = Bench::dressed(dress);
        let bench = if to_any { bench.held_to_any() } else { bench };
        let (text, made) = bench.broken(&chosen);
        check_all(&bench, &text, &made);
    }
}

#[test]
fn a_title_becomes_a_whole_spec() {
    let bench = Bench::new();
    for title in [
        "# Orders\n",
        "# Orders",
        "\u{feff}# Orders\r\n",
        "Orders\n======\n",
        "---\nowner: shop\n---\n\n# Orders\n",
        "",
    ] {
        let whole = assert_settled(&bench, title, Safety::Unsafe);
        let left: Vec<_> = whole.report.diagnostics.iter().filter(|left| left.rule != "placeholder-text").collect();
        assert!(left.is_empty(), "{title:?}:\n{}\n--- text:\n{}", bench.findings(whole.text()), whole.text());
        assert!(whole.text().contains("## Changelog"), "{}", whole.text());
    }
}

#[test]
fn documents_of_others_settle() {
    let bench = Bench::new();
    for (name, text) in support::corpus().into_iter().step_by(8) {
        let (_, before) = bench.check(&text);
        let all = assert_settled(&bench, &text, Safety::Unsafe);
        let missing = all.report.diagnostics.iter().filter(|left| left.rule == "missing-section");
        assert!(before.diagnostics.is_empty() || all.count() > 0 || missing.count() == 0, "{name}");
    }
}
