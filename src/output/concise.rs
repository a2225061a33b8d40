//! `concise`: one line a finding, which editors, `grep` and people read alike.

use crate::output::record::Record;
use crate::output::text::help;
use crate::output::{Run, harmless};

/// All findings, one line each.
pub fn render(run: &Run) -> String {
    let mut out = String::new();
    for file in &run.files {
        for record in &file.records {
            out.push_str(&line(&file.path, record));
        }
    }
    out
}

/// One finding: `path:line:column: level[rule] message; help: what to do`.
pub fn line(path: &str, record: &Record) -> String {
    let Record { rule, severity, message, at, .. } = record;
    let (path, message) = (harmless::line(path), harmless::line(message));
    let start = at.place.start;
    let mut line = format!("{path}:{}:{}: {severity}[{rule}] {message}", start.line, start.column);
    if let Some(help) = help(record) {
        line.push_str("; help: ");
        line.push_str(&harmless::line(&help));
    }
    line.push('\n');
    line
}
