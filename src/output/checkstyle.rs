//! `checkstyle`: the XML that Jenkins and many review bots read.

use std::fmt::Write as _;

use crate::output::Run;
use crate::output::text::with_help;
use crate::output::xml::escaped;

/// All findings as checkstyle XML.
pub fn render(run: &Run) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n".to_owned();
    for file in run.files.iter().filter(|file| !file.records.is_empty()) {
        // A String takes everything.
        let _ = writeln!(out, "  <file name=\"{}\">", escaped(&file.path));
        for record in &file.records {
            let start = record.at.place.start;
            let _ = writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"infralint.{}\"/>",
                start.line,
                start.column,
                record.severity,
                escaped(&with_help(record, "; help: ")),
                record.rule,
            );
        }
        out.push_str("  </file>\n");
    }
    out + "</checkstyle>\n"
}
