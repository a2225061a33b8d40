//! `gitlab`: GitLab's code quality report. One entry that breaks its schema would hide all that follow.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::output::Run;
use crate::output::text::with_help;
use crate::severity::Severity;

/// All findings as a code quality report.
pub fn render(run: &Run) -> String {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut entries: Vec<Value> = Vec::new();
    for file in &run.files {
        for record in &file.records {
            let mut fingerprint = format!("{}:{}", record.fingerprint, file.path);
            // GitLab keeps one finding a fingerprint.
            let times = seen.entry(fingerprint.clone()).or_insert(0);
            *times += 1;
            if *times > 1 {
                fingerprint = format!("{fingerprint}:{times}");
            }
            let place = record.at.place;
            entries.push(json!({
                "description": with_help(record, "; help: "),
                "check_name": record.rule,
                "fingerprint": fingerprint,
                "severity": severity(record.severity),
                "location": { "path": file.path, "lines": { "begin": place.start.line, "end": place.end.line } },
            }));
        }
    }
    let lines: Vec<String> = entries.iter().map(Value::to_string).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n  {}\n]\n", lines.join(",\n  ")) }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info | Severity::Off => "info",
    }
}
