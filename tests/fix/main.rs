//! Fixes, on any mixture of defects that is made from a good spec: they come to an end, a second run changes nothing,
//! each alone removes its finding and adds none, and nothing else changes.

mod defects;
mod promise;
#[path = "../support/mod.rs"]
mod support;

use defects::{DEFECTS, Defect, MIXTURES};
use infralint::diagnostic::Report;
use infralint::fix::Safety;
use infralint::reading::Reading;
use infralint::repair::{Repaired, Standard, fixes, repair};
use infralint::settings::Settings;
use infralint::source::Source;
use infralint::surroundings::Surroundings;
use infralint::template::model::Template;
use promise::{Without, assert_nothing_else_changes, assert_promise};
use proptest::prelude::{ProptestConfig, proptest};
use proptest::test_runner::RngSeed;

/// A template, and a spec that keeps to it.
pub(crate) struct Bench {
    template: Template,
    good: String,
}

impl Bench {
    fn new() -> Self {
        let good = support::text_of(&support::root().join("fixtures/specs/infrastructure.md"));
        Self { template: support::infrastructure(), good }
    }

    /// The good spec with these defects, and those of them that changed something.
    pub(crate) fn broken(&self, defects: &[Defect]) -> (String, Vec<Defect>) {
        let mut defects = defects.to_vec();
        defects.sort_by_key(|defect| defect.rank());
        let mut text = self.good.clone();
        defects.retain(|defect| {
            let broken = defect.make(&text);
            let changed = broken != text;
            text = broken;
            changed
        });
        (text, defects)
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
    let bench = Bench::new();
    assert_eq!(bench.findings(&bench.good), "");
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
    fn any_mixture_of_defects_settles(chosen in proptest::sample::subsequence(DEFECTS.to_vec(), 1..10)) {
        let bench = Bench::new();
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
