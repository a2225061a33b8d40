//! One mistake is one finding, on every line of the good spec: lost, doubled, indented or cut off, it is never two.

mod support;

use infralint::settings::Settings;
use infralint::surroundings::Surroundings;

/// What may happen to a line: the lines that stand in its place.
fn slips(line: &str) -> [(&'static str, String); 4] {
    [
        ("is lost", String::new()),
        ("stands twice", format!("{line}\n{line}\n")),
        ("is indented", format!("    {line}\n")),
        ("has a blank line above it", format!("\n{line}\n")),
    ]
}

#[test]
fn a_slip_on_a_line_is_one_finding_at_most() {
    let good = support::text_of(&support::root().join("fixtures/specs/infrastructure.md"));
    let template = support::infrastructure();
    let around = Surroundings { today: "2026-11-25".parse().ok(), ..Surroundings::default() };
    let mut wrong = Vec::new();
    let (mut found, mut at) = (0, 0);
    for (index, line) in good.split_inclusive('\n').enumerate() {
        let (before, behind) = (&good[..at], &good[at + line.len()..]);
        at += line.len();
        for (what, slip) in slips(line.trim_end()) {
            let text = format!("{before}{slip}{behind}");
            let reading = support::read("infrastructure.md", text);
            let report = support::check(&reading, &template, &Settings::default(), &around);
            found += report.diagnostics.len();
            if report.diagnostics.len() > 1 {
                let shown = support::plain(&reading, &report);
                wrong.push(format!("line {} {what}: `{line}`\n{shown}", index + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{} slips are several findings\n\n{}", wrong.len(), wrong.join("\n"));
    assert!(found > good.lines().count() / 2, "only {found} of the slips are seen");
}
