//! Ways to write the same spec: what is found and mended must not hang on one of them.

/// How a spec is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dress {
    /// As the good spec is.
    AsItIs,
    /// No heading has a number.
    Unnumbered,
    /// The headings of sections stand above a line of dashes, the title above one of equals signs. They have no numbers
    /// either, for `1. Overview` above dashes is a list and a rule.
    Underlined,
    /// Headings end with hashes, too.
    Closed,
    /// Tables have no pipes at the ends of their rows.
    BareTables,
}

use Dress::{AsItIs, BareTables, Closed, Underlined, Unnumbered};

pub(crate) const DRESSES: &[Dress] = &[AsItIs, Unnumbered, Underlined, Closed, BareTables];

impl Dress {
    /// A text in this dress. No line of its code looks like a heading or a row: what a broken fence swallows is dressed
    /// like the rest.
    pub(crate) fn put_on(self, text: &str) -> String {
        let line = |line: &str| {
            let content = line.trim_end_matches('\n');
            let dressed = self.line(content).unwrap_or_else(|| content.to_owned());
            dressed + &line[content.len()..]
        };
        text.split_inclusive('\n').map(line).collect()
    }

    /// Another way to write a line, where there is one.
    fn line(self, line: &str) -> Option<String> {
        match self {
            AsItIs => None,
            Unnumbered => heading(line).map(|(marks, name)| format!("{marks} {}", unnumbered(name))),
            Underlined => {
                let (marks, name) = heading(line)?;
                let underline = ["=", "-"].get(marks.len() - 1)?;
                Some(format!("{}\n{}", unnumbered(name), underline.repeat(name.len())))
            }
            Closed => heading(line).map(|(marks, name)| format!("{marks} {name} {marks}")),
            BareTables => {
                let cells = line.strip_prefix('|')?.strip_suffix('|')?.trim();
                // An empty cell at an end needs its pipe; `#` without one begins a heading.
                let is_bare = cells.contains('|') && !cells.starts_with(['|', '#']) && !cells.ends_with('|');
                is_bare.then(|| cells.to_owned())
            }
        }
    }
}

/// The marks and the name of a line that is a heading.
fn heading(line: &str) -> Option<(&str, &str)> {
    let (marks, name) = line.split_once(' ')?;
    let is_heading = !marks.is_empty() && marks.bytes().all(|byte| byte == b'#');
    is_heading.then_some((marks, name))
}

fn unnumbered(name: &str) -> &str {
    let numbered = name.split_once(". ").filter(|(number, _)| number.parse::<u8>().is_ok());
    numbered.map_or(name, |(_, name)| name)
}
