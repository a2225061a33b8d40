//! `rdjson`: what reviewdog reads. Its columns are UTF-8 bytes.

use serde_json::{Value, json};

use crate::fix::Safety;
use crate::output::Run;
use crate::output::record::{Place, Record};
use crate::output::text::with_help;
use crate::severity::Severity;

/// All findings in reviewdog's format.
pub fn render(run: &Run) -> String {
    let diagnostics: Vec<Value> =
        run.files.iter().flat_map(|file| file.records.iter().map(|record| diagnostic(&file.path, record))).collect();
    let worst = run.records().map(|record| record.severity).max().unwrap_or(Severity::Info);
    let report = json!({
        "source": { "name": "infralint" },
        "severity": severity(worst),
        "diagnostics": diagnostics,
    });
    format!("{report:#}\n")
}

fn diagnostic(path: &str, record: &Record) -> Value {
    let mut value = json!({
        "message": with_help(record, "\nhelp: "),
        "location": { "path": path, "range": range(record.at.place) },
        "severity": severity(record.severity),
        "code": { "value": record.rule },
    });
    // A suggestion is applied with one click: only what is safe, and only where one edit is all of it.
    if let Some(fix) = &record.fix
        && fix.safety == Safety::Safe
        && let [edit] = fix.edits.as_slice()
    {
        value["suggestions"] = json!([{ "range": range(edit.place), "text": edit.text }]);
    }
    value
}

fn range(place: Place) -> Value {
    json!({
        "start": { "line": place.start.line, "column": place.start.byte_column },
        "end": { "line": place.end.line, "column": place.end.byte_column },
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info | Severity::Off => "INFO",
    }
}
