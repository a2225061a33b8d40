//! `sarif`: SARIF 2.1.0 as GitHub's code scanning reads it.
//!
//! <https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::fix::Safety;
use crate::output::Run;
use crate::output::record::{Change, Mark, Place, Record};
use crate::output::text::help;
use crate::rule::{Rule, Stability};
use crate::rules;
use crate::severity::Severity;

/// GitHub refuses a run with more results.
const MOST: usize = 25_000;
/// GitHub cuts a longer description.
const LONGEST: usize = 1024;

/// All findings as SARIF. Where there are more than GitHub takes, the worst are kept, and the second value says so.
pub fn render(run: &Run) -> (String, Option<String>) {
    let mut records: Vec<(&str, &Record)> =
        run.files.iter().flat_map(|file| file.records.iter().map(|record| (file.path.as_str(), record))).collect();
    let all = records.len();
    if all > MOST {
        records.sort_by_key(|(_, record)| std::cmp::Reverse(record.severity));
        records.truncate(MOST);
    }
    let notice = (all > MOST).then(|| {
        format!("the SARIF report holds the worst {MOST} of {all} findings: GitHub refuses a report with more")
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver() },
            "automationDetails": { "id": "infralint/" },
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation(run)],
            "results": records.iter().map(|(path, record)| result(path, record)).collect::<Vec<_>>(),
        }],
    });
    (format!("{log:#}\n"), notice)
}

fn driver() -> Value {
    json!({
        "name": "infralint",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_HOMEPAGE"),
        "rules": rules::ALL.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
    })
}

fn descriptor(rule: &Rule) -> Value {
    let docs = rule.markdown();
    let level = level(if rule.default == Severity::Off { Severity::Warning } else { rule.default });
    json!({
        "id": rule.name,
        "name": pascal(rule.name),
        "shortDescription": { "text": cut(rule.summary) },
        "fullDescription": { "text": cut(&explanation(&docs)) },
        "help": { "text": docs, "markdown": docs },
        "defaultConfiguration": { "enabled": rule.default > Severity::Off, "level": level },
        "properties": {
            "tags": [rule.group.name()],
            "precision": match rule.stability {
                Stability::Stable => "very-high",
                Stability::Preview => "high",
            },
            "problem.severity": match rule.default {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Off => "recommendation",
            },
        },
    })
}

/// What was not read is part of the run.
fn invocation(run: &Run) -> Value {
    let mut value = json!({ "executionSuccessful": run.failures.is_empty() });
    if !run.failures.is_empty() {
        let notifications: Vec<Value> = run
            .failures
            .iter()
            .map(|failure| {
                json!({
                    "level": "error",
                    "message": { "text": failure.reason },
                    "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&failure.path) } } }],
                })
            })
            .collect();
        value["toolExecutionNotifications"] = Value::Array(notifications);
    }
    value
}

fn result(path: &str, record: &Record) -> Value {
    let mut fingerprints = Map::new();
    if let Some(hash) = &record.line_hash {
        fingerprints.insert("primaryLocationLineHash".to_owned(), json!(hash));
    }
    fingerprints.insert("infralint/v1".to_owned(), json!(record.fingerprint));
    // GitHub shows an alert on a pull request only where all its lines are in the change: the first line is enough.
    let mut value = json!({
        "ruleId": record.rule,
        "ruleIndex": rules::ALL.iter().position(|rule| rule.name == record.rule),
        "level": level(record.severity),
        "message": { "text": message(record) },
        "locations": [{ "physicalLocation": physical(path, record.first_line) }],
        "partialFingerprints": fingerprints,
    });
    if !record.also.is_empty() {
        let related = record.also.iter().enumerate().map(|(index, mark)| related(path, index + 1, mark));
        value["relatedLocations"] = related.collect();
    }
    if let Some(fix) = record.fix.as_ref().filter(|fix| fix.safety > Safety::Suggest) {
        let description = help(record).unwrap_or_else(|| record.message.clone());
        let replacements: Vec<Value> = fix.edits.iter().map(replacement).collect();
        value["fixes"] = json!([{
            "description": { "text": description },
            "artifactChanges": [{ "artifactLocation": { "uri": uri(path) }, "replacements": replacements }],
        }]);
    }
    if let Some(required) = &record.required_by {
        value["properties"] = json!({ "requirement": required.path });
    }
    value
}

/// The first sentence is the title; related places are linked by their number.
fn message(record: &Record) -> String {
    let mut text = format!("{}.", record.message);
    if let Some(help) = help(record) {
        text = format!("{text} Help: {help}.");
    }
    for (index, mark) in record.also.iter().enumerate() {
        let label = if mark.text.is_empty() { "related place" } else { &mark.text };
        text = format!("{text} See [{}]({}).", label.replace(['[', ']'], ""), index + 1);
    }
    text
}

fn related(path: &str, id: usize, mark: &Mark) -> Value {
    let text = if mark.text.is_empty() { "related place" } else { &mark.text };
    json!({ "id": id, "message": { "text": text }, "physicalLocation": physical(path, mark.place) })
}

fn physical(path: &str, place: Place) -> Value {
    json!({ "artifactLocation": { "uri": uri(path) }, "region": Region::new(place) })
}

fn replacement(change: &Change) -> Value {
    json!({ "deletedRegion": Region::new(change.place), "insertedContent": { "text": change.text } })
}

/// A region, its end exclusive.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Region {
    fn new(place: Place) -> Self {
        Self {
            start_line: place.start.line,
            start_column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "note",
    }
}

/// `MissingSection`: GitHub wants a name that differs from the id.
fn pascal(name: &str) -> String {
    let upper = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    name.split('-').filter(|word| !word.is_empty()).map(upper).collect()
}

/// The docs up to their first heading.
fn explanation(docs: &str) -> String {
    let prose: Vec<&str> = docs.lines().take_while(|line| !line.starts_with('#')).collect();
    prose.join("\n").trim().to_owned()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some(_) => text.chars().take(LONGEST - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

/// A path as a URI reference (RFC 3986): relative, or `file:` where the path is absolute.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // A String takes everything.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("docs/on call/a#b.md"), "docs/on%20call/a%23b.md");
        assert_eq!(uri("/srv/ä.md"), "file:///srv/%C3%A4.md");
    }

    #[test]
    fn every_rule_is_described_by_its_docs() {
        for rule in rules::ALL {
            let descriptor = descriptor(rule);
            assert_eq!(descriptor["help"]["markdown"], json!(rule.markdown()), "{}", rule.name);
            assert!(!rule.markdown().trim().is_empty(), "{}", rule.name);
            assert_ne!(descriptor["name"], descriptor["id"]);
        }
    }
}
