//! `--add-allow`: a comment for each finding, at a place where it reaches the finding and changes nothing that is shown.

mod support;

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
            Event::Text(more) => {
                // A remark in a diagram parts the text of its code block.
                let lines = more.split_inclusive('\n');
                let more: String = lines.filter(|line| !line.contains("%% infralint:")).collect();
                if let Some(Event::Text(text)) = events.last_mut() {
                    *text = CowStr::from(format!("{text}{more}"));
                } else {
                    events.push(Event::Text(CowStr::from(more)));
                }
            }
            other => events.push(other.into_static()),
        }
    }
    events
}

fn assert_allowed(text: &str, template: &Template, at_least: usize) -> String {
    let around = |_: &_| Surroundings { today: "2026-01-31".parse().ok(), ..Surroundings::default() };
    let settings = Settings::default();
    let reading = support::read("spec.md", text);
    let before = support::check(&reading, template, &settings, &around(&reading));
    let shown_before = support::plain(&reading, &before);
    assert!(before.diagnostics.len() >= at_least, "only {} findings:\n{shown_before}", before.diagnostics.len());
    let after = allow(Source::new("spec.md", text), template, &settings, REASON, around);
    let left = support::plain(&after.reading, &after.report);
    assert!(after.report.diagnostics.is_empty(), "left:\n{left}\n--- in:\n{}", after.text());
    assert_eq!(after.count(), before.diagnostics.len());
    assert_eq!(shown(after.text()), shown(text), "it shows otherwise:\n{}", after.text());
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
