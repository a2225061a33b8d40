//! `--add-allow`: a comment for each finding, at a place where it reaches the finding and changes nothing that is shown.

mod support;

use infralint::repair::Standard;
use infralint::repair::allow::{BadReason, allow, check_reason};
use infralint::settings::Settings;
use infralint::source::Source;
use infralint::surroundings::Surroundings;
use infralint::template::model::Template;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

const REASON: &str = "agreed in the review of May";

const TEMPLATE: &str = r####"
name      = "runbook"
numbering = "consecutive"

[[section]]
heading = "## Purpose"
[[section]]
heading = "## Steps"
[[section]]
heading = "### Drain"
[[section]]
heading = "### Restart"
[[section]]
heading = "### Watch"
[[section]]
heading = "## People"
[[section]]
heading = "## Links"
[[section]]
heading = "## History"
last    = true
"####;

const BROKEN: &str = "# Runbook

## 1. Purpos

- one
- two
* other

## 1. Steps
Drain the queue.
### Restart

### Drains

| a | b |
|---|---|
| 1 | 2 |

People
------

## 7. History

> quoted

## People

    code

## Steps

end";

/// What a reader sees: the events of a text, comments left out, neighbouring texts joined.
fn shown(text: &str) -> Vec<Event<'static>> {
    let mut events: Vec<Event<'static>> = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS) {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Html(html) if html.trim_start().starts_with("<!--") || html.trim().is_empty() => {}
            Event::Text(more) => match events.last_mut() {
                Some(Event::Text(text)) => *text = CowStr::from(format!("{text}{more}")),
                _ => events.push(Event::Text(more.into_static())),
            },
            other => events.push(other.into_static()),
        }
    }
    for event in &mut events {
        // A remark in a diagram is no more to be seen than a comment.
        if let Event::Text(text) = event {
            let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("%% infralint:"));
            *text = CowStr::from(lines.collect::<String>());
        }
    }
    events
}

fn assert_allowed(text: &str, template: &Template, at_least: usize) -> String {
    let around = |_: &_| Surroundings { today: "2026-01-31".parse().ok(), ..Surroundings::default() };
    let settings = Settings::default();
    let reading = support::read("spec.md", text);
    let before = support::check(&reading, template, &settings, &around(&reading));
    let said = support::plain(&reading, &before);
    assert!(before.diagnostics.len() >= at_least, "only {} findings:\n{said}", before.diagnostics.len());
    let standard = Standard { template, settings: &settings, around: &around };
    let after = allow(&standard, Source::new("spec.md", text), REASON);
    let left = support::plain(&after.reading, &after.report);
    assert!(after.report.diagnostics.is_empty(), "left:\n{left}\n--- in:\n{}", after.text());
    assert_eq!(after.count(), before.diagnostics.len());
    let (shown_now, shown_before) = (shown(after.text()), shown(text));
    let differs = shown_now.iter().zip(&shown_before).find(|(now, before)| now != before);
    assert_eq!(differs, None, "it shows otherwise:\n{}", after.text());
    assert_eq!(shown_now.len(), shown_before.len());
    after.text().to_owned()
}

#[test]
fn every_finding_is_allowed_at_its_place() {
    let template = support::template("runbook.toml", TEMPLATE.to_owned());
    let written = assert_allowed(BROKEN, &template, 8);
    insta::assert_snapshot!(written);
    let crlf = assert_allowed(&BROKEN.replace('\n', "\r\n"), &template, 8);
    assert_eq!(crlf, written.replace('\n', "\r\n"));
}

#[test]
fn a_reason_must_fit_into_a_comment() {
    assert_eq!(check_reason(" - "), Err(BadReason::Empty));
    assert_eq!(check_reason("a --> b"), Err(BadReason::EndsComment));
    assert_eq!(check_reason("a\nb"), Err(BadReason::Lines));
    assert_eq!(check_reason(REASON), Ok(()));
}

/// A good spec, broken in many places: in the header, in headings, cells, items, diagrams and code.
const MANY: &[(&str, &str)] = &[
    ("> **Version:** 1.2.0", "> **Version:** 1.2"),
    ("> **Status:** Approved", "> **Status:** In Progress"),
    ("> **Last Updated:** 260915", "> **Last Updated:** yesterday"),
    ("## 1. Overview", "## 1. Overvieuw"),
    ("Everything is described", "[See](#nowhere) [there](./gone.md). Everything is described"),
    ("        WAF[AWS WAF]\n", ""),
    ("    CDN --> WAF\n    WAF --> ALB\n", "    CDN --> ALB\n"),
    ("    ALB[Application Load Balancer]\n", "    ALB[Application Load Balancer]\n    Lonely[Scheduler]\n"),
    ("| Production | Selling tickets | harbour-tickets.test | Public |\n", ""),
    ("| Environment | Purpose | URL | Access |", "| Environment | Purpose | URL | Entry |"),
    ("### Environment Configuration", "### Environment Confguration"),
    ("| CDN | None | CloudFront | CloudFront |\n", "| CDN | None | CloudFront | |\n"),
    ("| Web | ECS Fargate | 2 vCPU, 4 GB | Shop and API |", "| Web | ECS Fargate | 2 vCPU, 4 GB |"),
    ("| VPC | Isolation of the network |", "| VPC | TBD |"),
    ("| Web | CPU > 60% | 2 | 8 |", "| Web | CPU > 60% | 9 | 8 |"),
    ("| Mail workers | Queue depth > 500 | 1 | 4 |", "| Mail workers | Queue depth > 500 | many | 4 |"),
    ("### Vertical Scaling", "## Vertical Scaling"),
    ("  MinSize: 2", "  MinSize: [2"),
    ("### CI/CD Pipeline\n\n```mermaid\nflowchart LR", "### CI/CD Pipeline\n\n```mermaid\nflowchrt LR"),
    ("| Production | Blue/Green | One command |", "| Prodction | Blue/Green | One command |"),
    ("- [ ] Alarms are armed", "- [ ] Alarms are armed at postgres://shop:hk37Gqz91Lm@db.harbour-tickets.io/shop"),
    ("### Backup Strategy\n", "### Backup Strategy\n\nNot applicable: Bananas — we eat apples.\n"),
    ("| RPO (Recovery Point Objective) | < 12 hours |", "| RPO (Recovery Point Objective) | < 1 hour |"),
    ("## 8. SLA Targets", "## 9. SLA Targets"),
    ("| Availability | 99.9%", "| Availability | 109.9%"),
    ("**$1,000**", "**$2,000**"),
    ("- Secrets live in AWS Secrets Manager.", "- TODO"),
    ("## 11. Open Questions", "## 10. Rules & Constraints\n\n- Again\n\n## 11. Open Questions"),
    (
        "| 1 | Do we need a second region before the festival season? | Cost, recovery time | Resolved |",
        "| 1 | [Question] | [Impact] | Perhaps |",
    ),
    ("### 260702 - v1.1.0 - Reports", "### July - Reports"),
    ("### 260518 - v1.0.0 - First version", "### 290518 - v1.0.0 - First version"),
];

#[test]
fn thirty_findings_are_allowed_and_nothing_is_shown_otherwise() {
    let mut text = support::text_of(&support::root().join("fixtures/specs/infrastructure.md"));
    for (what, with) in MANY {
        assert!(text.contains(what), "{what}");
        text = text.replacen(what, with, 1);
    }
    let template = support::infrastructure();
    let written = assert_allowed(&text, &template, 30);
    assert!(written.contains("\n%% infralint: allow("), "a diagram has its remark inside");
    assert_allowed(&text.replace('\n', "\r\n"), &template, 30);
    assert_allowed(&format!("\u{feff}{text}"), &template, 30);
}

#[test]
fn documents_of_others_are_shown_as_before() {
    let template = support::infrastructure();
    for (_, text) in support::corpus().into_iter().step_by(4) {
        assert_allowed(&text, &template, 1);
    }
}
