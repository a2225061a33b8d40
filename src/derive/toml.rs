//! TOML that reads well: what is aligned, quoted and broken over lines.

use std::fmt::Write;

use crate::template::quoted::text;

/// No line is longer, where it can be helped.
const WIDTH: usize = 110;

/// A regular expression: as it is, where single quotes allow.
pub(super) fn raw(value: &str) -> String {
    if value.contains(['\'', '\n']) { text(value) } else { format!("'{value}'") }
}

/// A text of several lines, as it is.
pub(super) fn block(value: &str) -> String {
    let is_plain = !value.contains("'''")
        && !value.ends_with('\'')
        && !value.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
    if is_plain {
        return format!("'''\n{value}\n'''");
    }
    let lines: Vec<String> = value
        .lines()
        .map(|line| {
            let quoted = text(line);
            quoted[1..quoted.len() - 1].to_owned()
        })
        .collect();
    format!("\"\"\"\n{}\n\"\"\"", lines.join("\n"))
}

/// A list, over several lines where one is not enough.
pub(super) fn list<S: AsRef<str>>(values: &[S]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| text(value.as_ref())).collect();
    let short = format!("[{}]", quoted.join(", "));
    if short.chars().count() <= WIDTH - 12 {
        return short;
    }
    let mut out = String::from("[\n ");
    let mut width = 1;
    for value in quoted {
        let length = value.chars().count() + 2;
        if width + length > WIDTH {
            out.push_str("\n ");
            width = 1;
        }
        let _ = write!(out, " {value},");
        width += length;
    }
    out.push_str("\n]");
    out
}

/// `key = value` lines, the signs below each other.
pub(super) fn aligned(out: &mut String, lines: &[(String, String)]) {
    let width = lines.iter().map(|(key, _)| key.chars().count()).max().unwrap_or(0);
    for (key, value) in lines {
        let gap = " ".repeat(width - key.chars().count());
        let _ = writeln!(out, "{key}{gap} = {value}");
    }
}
