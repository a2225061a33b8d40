//! `grouped`: findings under the name of their file, for people.

use std::fmt::Write as _;

use crate::output::text::help;
use crate::output::{Run, harmless};

/// All findings, grouped by file.
pub fn render(run: &Run) -> String {
    let mut out = String::new();
    for file in run.files.iter().filter(|file| !file.records.is_empty()) {
        // A String takes everything.
        let _ = writeln!(out, "{}", harmless::line(&file.path));
        let places: Vec<String> = file
            .records
            .iter()
            .map(|record| format!("{}:{}", record.at.place.start.line, record.at.place.start.column))
            .collect();
        let width = places.iter().map(String::len).max().unwrap_or(0);
        for (record, place) in file.records.iter().zip(&places) {
            let message = harmless::line(&record.message);
            let _ = writeln!(out, "  {place:>width$}  {:<7}  {message}  [{}]", record.severity, record.rule);
            if let Some(help) = help(record) {
                let _ = writeln!(out, "  {:width$}           help: {}", "", harmless::line(&help));
            }
        }
        out.push('\n');
    }
    out
}
