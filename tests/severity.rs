//! How bad a finding is follows the status that the document gives itself.

mod support;

use std::fmt::Write as _;

use infralint::diagnostic::Report;
use infralint::settings::Settings;
use infralint::severity::Severity;
use infralint::surroundings::Surroundings;

/// The good spec with one thing of each kind that a draft may still have.
fn unfinished(status: &str) -> String {
    let good = support::text_of(&support::root().join("fixtures/specs/infrastructure.md"));
    let edits = [
        ("> **Status:** Approved\n", status),
        ("| VPC | Isolation of the network |", "| VPC | |"),
        ("| Development | Work in progress |", "| Development | TBD |"),
        ("- [ ] Tests are green\n", ""),
        ("- [ ] Security scan is clean\n", ""),
        ("- [ ] Migrations run forwards and backwards\n", ""),
        ("- [ ] Alarms are armed\n", ""),
        ("- [ ] The way back is written down\n", "Ask the team.\n"),
        ("Cost, recovery time | Resolved |", "Cost, recovery time | Open |"),
        ("    Posters[(S3 posters)]\n", "    Posters[(S3 posters)]\n    Archive[(S3 archive)]\n"),
    ];
    edits.into_iter().fold(good, |text, (from, to)| {
        assert!(text.contains(from), "the spec holds {from:?}");
        text.replacen(from, to, 1)
    })
}

fn check(status: &str, settings: &Settings) -> Report {
    let reading = support::read("infrastructure.md", unfinished(status));
    support::check(&reading, &support::infrastructure(), settings, &Surroundings::default())
}

fn shown(report: &Report) -> String {
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        let _ = writeln!(out, "{}[{}]: {}", diagnostic.severity, diagnostic.rule, diagnostic.finding.message);
    }
    out
}

/// Rule and level of all but what the header itself says.
fn levels(report: &Report) -> Vec<(&'static str, Severity)> {
    let others = report.diagnostics.iter().filter(|diagnostic| !diagnostic.rule.ends_with("-field"));
    others.map(|diagnostic| (diagnostic.rule, diagnostic.severity)).collect()
}

const STATUSES: [(&str, &str); 7] = [
    ("Draft", "> **Status:** Draft\n"),
    ("Review", "> **Status:** Review\n"),
    ("Approved", "> **Status:** Approved\n"),
    ("decorated", "> **Status:** ✅ Approved\n"),
    ("in another language", "> **Status:** Freigegeben\n"),
    ("missing", ""),
    ("unreadable", "> **Status:** In Progress\n"),
];

#[test]
fn a_status_decides_how_bad_things_are() {
    let mut out = String::new();
    for (name, line) in STATUSES {
        let _ = writeln!(out, "## {name}\n{}", shown(&check(line, &Settings::default())));
    }
    insta::assert_snapshot!("severity", out.trim_end());
}

#[test]
fn three_statuses_give_three_sets() {
    let [draft, review, approved, decorated, translated, missing, unreadable] =
        STATUSES.map(|(_, line)| levels(&check(line, &Settings::default())));
    assert_ne!(draft, review);
    assert_ne!(review, approved);
    assert_ne!(draft, approved);
    assert_eq!(decorated, approved);
    assert_eq!(translated, approved);
    // What is off stays off: without a status, open questions are nobody's business.
    let but_questions: Vec<_> = approved.into_iter().filter(|(rule, _)| *rule != "open-question").collect();
    assert_eq!(missing, but_questions);
    assert_eq!(unreadable, but_questions);
}

#[test]
fn later_ones_win() {
    let level = |configured: &[(&str, Severity)], overrides: &[(&str, Severity)]| {
        let owned = |list: &[(&str, Severity)]| list.iter().map(|&(name, level)| (name.to_owned(), level)).collect();
        let settings = Settings { configured: owned(configured), overrides: owned(overrides), ..Settings::default() };
        let report = check("> **Status:** Approved\n", &settings);
        report.diagnostics.iter().find(|diagnostic| diagnostic.rule == "empty-cell").map(|found| found.severity)
    };
    let (info, warning) = (("empty-cell", Severity::Info), ("empty-cell", Severity::Warning));
    assert_eq!(level(&[], &[]), Some(Severity::Error), "the status table of the template");
    assert_eq!(level(&[info], &[]), Some(Severity::Info), "the configuration");
    assert_eq!(level(&[warning, info], &[]), Some(Severity::Info), "its last line");
    assert_eq!(level(&[info], &[warning]), Some(Severity::Warning), "the command line");
    assert_eq!(level(&[info], &[("empty-cell", Severity::Off)]), None);
}
