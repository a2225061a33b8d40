//! `github`: annotations on a pull request, and below them the concise report for the log.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::fmt::Write as _;

use crate::output::record::Record;
use crate::output::text::with_help;
use crate::output::{Run, concise, harmless};
use crate::severity::Severity;

/// GitHub shows so many annotations of a level a step, and drops the others without a word.
const SHOWN: usize = 10;

/// All findings as workflow commands, the worst first, and the concise report.
pub fn render(run: &Run) -> String {
    let mut records: Vec<(&str, &Record)> =
        run.files.iter().flat_map(|file| file.records.iter().map(|record| (file.path.as_str(), record))).collect();
    records.sort_by_key(|(_, record)| std::cmp::Reverse(record.severity));
    let mut out: String = records.iter().map(|(path, record)| command(path, record)).collect();
    let beyond = [Severity::Error, Severity::Warning, Severity::Info]
        .iter()
        .any(|level| records.iter().filter(|(_, record)| record.severity == *level).count() > SHOWN);
    if beyond {
        // A String takes everything.
        let _ = writeln!(
            out,
            "::notice title=infralint::{} findings in all: GitHub shows {SHOWN} of a level, the log shows every one",
            records.len()
        );
    }
    out + &concise::render(run)
}

fn command(path: &str, record: &Record) -> String {
    let level = match record.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "notice",
    };
    let (start, end) = (record.at.place.start, record.at.place.end);
    let mut place = format!("file={},line={},endLine={}", property(path), start.line, end.line);
    // Columns of different lines mean nothing to GitHub.
    if start.line == end.line {
        let _ = write!(place, ",col={},endColumn={}", start.column, end.column);
    }
    let message = data(&with_help(record, "\nhelp: "));
    format!("::{level} title={},{place}::{message}\n", property(&format!("infralint: {}", record.rule)))
}

fn data(text: &str) -> String {
    harmless::text(text).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_the_runner_is_escaped() {
        assert_eq!(data("100%: a, b\r\n"), "100%25: a, b %0A");
        assert_eq!(property("a:b,c%"), "a%3Ab%2Cc%25");
    }
}
