//! `json`: all findings as one array, `[]` when there are none; `jsonl`: one object a line. The schema of both.

use serde::Serialize;
use serde_json::{Value, json};

use crate::fix::Safety;
use crate::output::Run;
use crate::output::record::{Mark, Place, Point, Record};
use crate::severity::Severity;

/// All findings as one array, one object a line.
pub fn render(run: &Run) -> String {
    let lines: Vec<String> = findings(run).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n  {}\n]\n", lines.join(",\n  ")) }
}

/// All findings, one object a line.
pub fn render_lines(run: &Run) -> String {
    findings(run).fold(String::new(), |text, line| text + &line + "\n")
}

fn findings(run: &Run) -> impl Iterator<Item = String> {
    run.files.iter().flat_map(|file| {
        file.records.iter().map(|record| {
            let finding = Finding::new(&file.path, record);
            serde_json::to_string(&finding).expect("strings and numbers are JSON")
        })
    })
}

/// A finding as this format writes it. [`schema`] describes it.
#[derive(Debug, Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    path: &'a str,
    start: Point,
    end: Point,
    label: &'a str,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
    section: &'a str,
    requirement: Option<&'a str>,
    required_at: Option<RequiredAt<'a>>,
    fix: Option<Fix<'a>>,
    fingerprint: &'a str,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    start: Point,
    end: Point,
    label: &'a str,
}

#[derive(Debug, Serialize)]
struct RequiredAt<'a> {
    template: &'a str,
    line: usize,
}

#[derive(Debug, Serialize)]
struct Fix<'a> {
    safety: Safety,
    edits: Vec<Edit<'a>>,
}

#[derive(Debug, Serialize)]
struct Edit<'a> {
    start: Point,
    end: Point,
    text: &'a str,
}

impl<'a> Finding<'a> {
    fn new(path: &'a str, record: &'a Record) -> Self {
        let Place { start, end } = record.at.place;
        let required = record.required_by.as_ref();
        Self {
            rule: record.rule,
            severity: record.severity,
            message: &record.message,
            path,
            start,
            end,
            label: &record.at.text,
            related: record.also.iter().map(Related::new).collect(),
            help: record.help.as_deref(),
            section: &record.section,
            requirement: required.map(|required| required.path.as_str()),
            required_at: required.map(|required| RequiredAt { template: &required.source, line: required.line }),
            fix: record.fix.as_ref().map(|fix| Fix {
                safety: fix.safety,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| Edit { start: edit.place.start, end: edit.place.end, text: &edit.text })
                    .collect(),
            }),
            fingerprint: &record.fingerprint,
        }
    }
}

impl<'a> Related<'a> {
    fn new(mark: &'a Mark) -> Self {
        Self { start: mark.place.start, end: mark.place.end, label: &mark.text }
    }
}

/// The JSON Schema of [`render`].
pub fn schema() -> Value {
    let object = |properties: &Value| {
        let required: Vec<&String> = properties.as_object().into_iter().flat_map(|map| map.keys()).collect();
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    };
    let text = |description: &str| json!({ "type": "string", "description": description });
    let maybe = |description: &str| json!({ "type": ["string", "null"], "description": description });
    let from =
        |least: u32, description: &str| json!({ "type": "integer", "minimum": least, "description": description });
    let at = |description: &str| json!({ "$ref": "#/$defs/point", "description": description });
    let nullable = |schema: Value| json!({ "oneOf": [schema, { "type": "null" }] });
    let (start, end) = (at("the first character"), at("one past the last character; equal to `start` for a place"));
    let point = object(&json!({
        "offset": from(0, "UTF-8 bytes from the start of the file"),
        "line": from(1, "line, from 1"),
        "column": from(1, "column in Unicode scalar values, from 1"),
    }));
    let related = object(&json!({ "start": start, "end": end, "label": text("a few words, or none") }));
    let required_at = object(&json!({
        "template": text("the file of the template"),
        "line": from(1, "line in it, from 1"),
    }));
    let edit = object(&json!({ "start": start, "end": end, "text": text("what to write there instead") }));
    let fix = object(&json!({
        "safety": {
            "enum": ["suggest", "unsafe", "safe"],
            "description": "`safe` is written by --fix, `unsafe` by --fix --unsafe-fixes, `suggest` by nobody",
        },
        "edits": { "type": "array", "items": edit, "description": "sorted, without overlap" },
    }));
    let finding = object(&json!({
        "rule": text("the name of the rule; `infralint explain NAME` explains it"),
        "severity": { "enum": ["info", "warning", "error"] },
        "message": text("what is wrong, on one line"),
        "path": text("the file, with `/` between its parts, relative to the current folder where it lies in it"),
        "start": start,
        "end": end,
        "label": text("a few words about the place, or none"),
        "related": { "type": "array", "items": related, "description": "other places of the same file" },
        "help": maybe("what to do"),
        "section": text("the headings that it stands under: `Disaster Recovery > Recovery Targets`"),
        "requirement": maybe("what the template asks for, by its path: `Disaster Recovery > Recovery Targets > RPO`"),
        "required_at": nullable(required_at),
        "fix": nullable(fix),
        "fingerprint": text("recognises the finding in the next run: it does not depend on the line"),
    }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "infralint check --format json",
        "description": "Every finding of a run, sorted by path and place. `--format jsonl` writes one of them a line.",
        "type": "array",
        "items": finding,
        "$defs": { "point": point },
    })
}
