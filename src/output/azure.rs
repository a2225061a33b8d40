//! `azure`: logging commands of Azure Pipelines.
//!
//! <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>

use std::fmt::Write as _;

use crate::output::text::with_help;
use crate::output::{Run, harmless};
use crate::severity::Severity;

/// All findings as logging commands.
pub fn render(run: &Run) -> String {
    let mut out = String::new();
    for file in &run.files {
        for record in &file.records {
            let start = record.at.place.start;
            // Azure knows no third level.
            let level = if record.severity == Severity::Error { "error" } else { "warning" };
            let message = data(&with_help(record, "; help: "));
            // A String takes everything.
            let _ = writeln!(
                out,
                "##vso[task.logissue type={level};sourcepath={};linenumber={};columnnumber={};code={};]{message}",
                property(&file.path),
                start.line,
                start.column,
                record.rule,
            );
        }
    }
    out
}

fn data(text: &str) -> String {
    harmless::text(text).replace('%', "%AZP25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_the_agent_is_escaped() {
        assert_eq!(data("100%\n"), "100%AZP25%0A");
        assert_eq!(property("a;b].md"), "a%3Bb%5D.md");
    }
}
