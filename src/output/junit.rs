//! `junit`: one test suite a document, one failed test a finding. Only attributes that the XSD of Jenkins knows.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::output::Run;
use crate::output::text::with_help;
use crate::output::xml::escaped;

/// All findings as JUnit XML. A document without findings is a test that passed.
pub fn render(run: &Run) -> String {
    let failures = run.records().count();
    let clean = run.files.iter().filter(|file| file.records.is_empty()).count();
    let errors = run.failures.len();
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    // A String takes everything.
    let _ = writeln!(
        out,
        "<testsuites name=\"infralint\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\">",
        failures + clean + errors
    );
    for file in &run.files {
        let (path, class) = (escaped(&file.path), class(&file.path));
        let (tests, failures) = (file.records.len().max(1), file.records.len());
        let _ = writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">");
        if file.records.is_empty() {
            let _ = writeln!(out, "    <testcase name=\"{path}\" classname=\"{class}\"/>");
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        for record in &file.records {
            let start = record.at.place.start;
            let mut name = format!("{} {path}:{}:{}", record.rule, start.line, start.column);
            // GitLab keeps one test a name: the second finding of a rule at a place gets a number.
            let times = seen.entry(name.clone()).or_insert(0);
            *times += 1;
            if *times > 1 {
                name = format!("{name} #{times}");
            }
            let _ = writeln!(out, "    <testcase name=\"{name}\" classname=\"{class}\">");
            let _ = writeln!(
                out,
                "      <failure type=\"{}\" message=\"{}\">{path}:{}:{}: {}</failure>",
                record.severity,
                escaped(&record.message),
                start.line,
                start.column,
                escaped(&with_help(record, "\nhelp: ")),
            );
            out.push_str("    </testcase>\n");
        }
        out.push_str("  </testsuite>\n");
    }
    for failure in &run.failures {
        let (path, class, reason) = (escaped(&failure.path), class(&failure.path), escaped(&failure.reason));
        let _ = writeln!(out, "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\">");
        let _ = writeln!(out, "    <testcase name=\"{path}\" classname=\"{class}\">");
        let _ = writeln!(out, "      <error type=\"unreadable\" message=\"{reason}\"/>");
        out.push_str("    </testcase>\n  </testsuite>\n");
    }
    out + "</testsuites>\n"
}

/// The path without its extension.
fn class(path: &str) -> String {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    let end = path[name..].rfind('.').filter(|&dot| dot > 0).map_or(path.len(), |dot| name + dot);
    escaped(&path[..end]).into_owned()
}
