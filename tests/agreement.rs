//! One good spec, one change at a time: each yields exactly one finding at the right place, and what only looks like a
//! mistake yields none.

mod support;

use infralint::diagnostic::Report;
use infralint::reading::Reading;
use infralint::settings::Settings;
use infralint::severity::Severity;
use infralint::surroundings::Surroundings;

const TODAY: &str = "2026-11-25";

fn good() -> String {
    support::text_of(&support::root().join("fixtures/specs/infrastructure.md"))
}

/// The good spec with some places changed: each stands there exactly once.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(good(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "`{from}` does not stand exactly once in the spec");
        text.replacen(from, to, 1)
    })
}

fn check(text: &str) -> (Reading, Report) {
    let reading = support::read("infrastructure.md", text);
    let missing = reading.document.links.iter().filter(|link| link.target.contains("gone"));
    let around = Surroundings {
        today: Some(TODAY.parse().expect("a date")),
        missing_targets: missing.map(|link| link.span).collect(),
        ..Surroundings::default()
    };
    let report = support::check(&reading, &support::infrastructure(), &Settings::default(), &around);
    (reading, report)
}

#[track_caller]
fn assert_only(changes: &[(&str, &str)], rule: &str, place: &str) {
    let (reading, report) = check(&changed(changes));
    let shown = support::plain(&reading, &report);
    assert_eq!(report.diagnostics.len(), 1, "{changes:?}: not one finding:\n{shown}");
    let found = &report.diagnostics[0];
    let at = (found.rule, reading.source.slice(found.finding.at.span));
    assert_eq!(at, (rule, place), "{changes:?}:\n{shown}");
    assert!(found.finding.help.is_some(), "{changes:?}: nobody says what to do:\n{shown}");
}

#[track_caller]
fn assert_none(changes: &[(&str, &str)]) {
    let (reading, report) = check(&changed(changes));
    assert!(report.diagnostics.is_empty(), "{changes:?}:\n{}", support::plain(&reading, &report));
}

#[test]
fn the_spec_is_good() {
    assert_none(&[]);
}

#[test]
fn header_and_changelog_agree() {
    let version = "**Version:** 1.2.0";
    let updated = "**Last Updated:** 260915";
    let first = "### 260915 - v1.2.0 - Seat holds move to Redis";
    assert_only(&[(version, "**Version:** 1.3.0")], "version-mismatch", "1.3.0");
    let added = format!("### 261001 - v1.3.0 - More\n- One more thing.\n\n{first}");
    assert_only(&[(first, &added)], "version-mismatch", "1.2.0");
    assert_only(&[(updated, "**Last Updated:** 260901")], "date-mismatch", "260901");
    assert_only(&[(updated, "**Last Updated:** 150926")], "date-mismatch", "150926");
    assert_none(&[(updated, "**Last Updated:** 261001")]);
    assert_none(&[(updated, "**Last Updated:** 261125")]);
    assert_only(&[(updated, "**Last Updated:** 260231")], "invalid-field", "260231");
    assert_only(&[(updated, "**Last Updated:** 261126")], "future-date", "261126");
    assert_only(&[(updated, "**Last Updated:** 2026-09-15")], "invalid-field", "2026-09-15");
    let old = "### 260702 - v1.1.0 - Reports";
    assert_only(&[(old, "### 2026-07-02 - v1.1.0 - Reports")], "invalid-entry", "2026-07-02");
    assert_only(&[(old, "### 260230 - v1.1.0 - Reports")], "invalid-entry", "260230");
    assert_only(&[(old, "### 261002 - v1.1.0 - Reports")], "changelog-order", "261002 - v1.1.0 - Reports");
    assert_only(&[(old, "### 260302 - v1.1.0 - Reports")], "changelog-order", "260518 - v1.0.0 - First version");
    assert_only(&[("- A read replica serves the reports.\n", "")], "invalid-entry", "260702 - v1.1.0 - Reports");
}

#[test]
fn cells_hold_values_of_their_type() {
    let availability = "| Availability | 99.9% |";
    assert_only(&[(availability, "| Availability | 109% |")], "invalid-cell", "109%");
    assert_only(&[(availability, "| Availability | 99.9 |")], "invalid-cell", "99.9");
    assert_only(&[(availability, "| Availability | high |")], "invalid-cell", "high");
    assert_none(&[(availability, "| Availability | 99,95 % |")]);
    assert_only(&[("< 4 hours", "< 4")], "invalid-cell", "< 4");
    assert_only(&[("< 4 hours", "soon")], "invalid-cell", "soon");
    assert_none(&[("< 4 hours", "PT4H")]);
    assert_none(&[("< 4 hours", "4 Stunden")]);
    assert_none(&[("Every 6 hours", "whenever the box office closes"), ("< 12 hours", "1 hour")]);
}

#[test]
fn bounds_and_configuration_agree() {
    let row = "| Web | CPU > 60% | 2 | 8 |";
    assert_only(&[(row, "| Web | CPU > 60% | 9 | 8 |")], "min-exceeds-max", "9");
    assert_only(&[("MinSize: 2", "MinSize: 3")], "config-mismatch", "3");
    assert_only(&[("MaxSize: 8", "MaxSize: 6")], "config-mismatch", "6");
    assert_only(&[("DesiredCapacity: 2", "DesiredCapacity: 9")], "config-mismatch", "9");
    assert_only(&[("DesiredCapacity: 2", "DesiredCapacity: 1")], "config-mismatch", "1");
    assert_none(&[("DesiredCapacity: 2", "DesiredCapacity: 8")]);
    assert_none(&[(row, "| Web | CPU > 60% | 2+ | 8 |")]);
    let block = "Web:\n  MinSize: 2\n  MaxSize: 8";
    assert_none(&[(block, "Search:\n  MinSize: 3\n  MaxSize: 9"), ("DesiredCapacity: 2", "DesiredCapacity: 3")]);
}

#[test]
fn recovery_targets_can_be_kept() {
    let (often, target) = ("| Database | Every 6 hours | 30 days | S3 in eu-west-1 |", "| < 12 hours |");
    let daily = "| Database | Daily | 30 days | S3 in eu-west-1 |";
    assert_only(&[(often, daily), (target, "| 1 hour |")], "unmet-target", "1 hour");
    assert_only(&[(target, "| < 15 min |")], "unmet-target", "< 15 min");
    assert_none(&[(often, daily), (target, "| 24 hours |")]);
    for covered in [
        "| Database | Daily, with point-in-time recovery | 30 days | S3 in eu-west-1 |",
        "| Database | Daily | 30 days (PITR) | S3 in eu-west-1 |",
        "| Database | Daily, WAL archiving all day | 30 days | S3 in eu-west-1 |",
        "| Database | Continuous | 30 days | S3 in eu-west-1 |",
    ] {
        assert_none(&[(often, covered), (target, "| 1 hour |")]);
    }
}

#[test]
fn environments_are_listed() {
    let (staging, production) = ("| Staging | Rolling |", "| Production | Blue/Green |");
    assert_only(&[(staging, "| QA | Rolling |")], "unknown-reference", "QA");
    assert_only(
        &[("| Staging | Acceptance tests | staging.harbour-tickets.test | Company |\n", "")],
        "unknown-reference",
        "Staging",
    );
    assert_none(&[(staging, "| Stage | Rolling |")]);
    assert_none(&[(production, "| Prod | Blue/Green |")]);
}

#[test]
fn what_is_approved_has_no_open_questions() {
    assert_only(&[("| Resolved |", "| Open |")], "open-question", "Open");
    assert_none(&[("| Resolved |", "| Open |"), ("**Status:** Approved", "**Status:** Review")]);
    let (_, report) = check(&changed(&[("| Resolved |", "| Open |")]));
    assert_eq!(report.diagnostics[0].severity, Severity::Error);
}

#[test]
fn links_lead_somewhere_and_nothing_is_exposed() {
    let sentence = "in Terraform; nothing is changed by hand in the console.";
    let with = |more: &str| format!("in Terraform; nothing is changed by hand: {more}");
    assert_only(&[(sentence, &with("[why](../gone.md)."))], "broken-link", "[why](../gone.md)");
    assert_none(&[(sentence, &with("[why](../there.md)."))]);
    assert_only(&[(sentence, &with("[why](#rules)."))], "broken-anchor", "[why](#rules)");
    assert_none(&[(sentence, &with("[why](#10-rules--constraints)."))]);
    let live = with("`postgres://shop:Vq7kd82Lw@db.harbour-tickets.io/shop`.");
    assert_only(&[(sentence, &live)], "exposed-secret", "Vq7kd82Lw");
    for tame in [
        "`postgres://shop:Vq7kd82Lw@localhost/shop`.",
        "`postgres://shop:Vq7kd82Lw@db.example.com/shop`.",
        "`postgres://shop:${DB_PASSWORD}@db.harbour-tickets.io/shop`.",
        "`postgres://shop:password@db.harbour-tickets.io/shop`.",
        "`AKIAIOSFODNN7EXAMPLE`.",
    ] {
        assert_none(&[(sentence, &with(tame))]);
    }
}

#[test]
fn totals_are_summed_only_where_they_can_be() {
    let total = "| **Total** | **$1,000** |";
    assert_only(&[(total, "| **Total** | **$1,100** |")], "wrong-total", "**$1,100**");
    assert_none(&[(total, "| **Total** | **$1,010** |")]);
    assert_only(
        &[("| $310 |", "| $300-320 |"), ("| $540 |", "| $500-580 |"), (total, "| Total | $700-800 |")],
        "wrong-total",
        "$700-800",
    );
    assert_none(&[("| $310 |", "| $300-320 |"), ("| $540 |", "| $500-580 |"), (total, "| Total | $950-1,050 |")]);
    assert_only(&[("| $540 |", "| $2,540 |"), (total, "| Total | $3,300 |")], "wrong-total", "$3,300");
    for (row, other) in [
        ("| $310 |", "| 310 € |"),
        ("| $310 |", "| $0.09 per GB |"),
        ("| $310 |", "| Free tier |"),
        ("| $310 |", "| 310 GB |"),
        ("| $310 |", "| $310/year |"),
        ("| Network | $105 |", "| Total in Europe | $105 |"),
    ] {
        assert_none(&[(row, other), (total, "| **Total** | **$2,000/month** |")]);
    }
}
