//! Examples as what is yet to be written: a fix and a fresh document put them in brackets, so that nobody takes the
//! template's words for the author's, and `placeholder-text` asks for each of them.
//!
//! What the template itself asks for by name stays as it is: the rows that must be there, headings, keys.

use crate::template::load::placeholders;
use crate::template::model::blocks::Code;
use crate::template::model::header::Field;
use crate::template::model::table::Table;
use crate::template::model::{Content, Kind, Section, Template};
use crate::template::row::cells;
use crate::template::skeleton::{self, table};
use crate::yaml::{self, Node, Value};

/// All samples of a template, sorted, each once; without those that its examples write themselves.
pub(crate) fn collect(template: &Template) -> Vec<String> {
    let mut samples = Samples::default();
    for field in template.header.iter().flat_map(|header| &header.fields) {
        samples.field(field);
    }
    for (id, content) in template.contents() {
        let section = template.section(id.section);
        match content {
            Content::Prose(prose) => drop(samples.prose(&prose.example)),
            Content::Table(table) => drop(samples.rows(table)),
            Content::List(list) => drop(samples.items(&list.example)),
            Content::Log(log) => drop(samples.items(&log.example)),
            Content::Code(code) => drop(samples.code(code)),
            Content::Diagram(diagram) if diagram.language == "mermaid" => {
                drop(samples.diagram(section, &skeleton::diagram(template, diagram)));
            }
            Content::Diagram(_) => {}
        }
    }
    let Samples { mut found } = samples;
    found.retain(|sample| template.placeholders.binary_search(sample).is_err());
    found.sort();
    found.dedup();
    found
}

/// What stands in the place of a value of the header that nobody knows: `X.Y.Z`, `Draft | Review | Approved`.
pub(crate) fn field(field: &Field) -> String {
    Samples::default().field(field)
}

/// The samples that were made so far.
#[derive(Debug, Default)]
pub(super) struct Samples {
    found: Vec<String>,
}

impl Samples {
    /// `[text]`; `[name]` where the text would not read as a placeholder there. One that holds a placeholder is one.
    fn sample(&mut self, text: &str, name: &str) -> String {
        if placeholders::are_in(text) {
            return text.to_owned();
        }
        let bare = text.trim().trim_matches(['*', '_']);
        let plain = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/' | '%');
        let inside = if reads_plain(bare) { bare.to_owned() } else { name.chars().filter(plain).collect() };
        self.found.push(format!("[{}]", if inside.trim().is_empty() { "Value" } else { inside.trim() }));
        self.found.last().cloned().unwrap_or_default()
    }

    fn field(&mut self, field: &Field) -> String {
        match &field.kind {
            Some(Kind::Choice { values, .. }) => values.join(" | "),
            Some(Kind::Semver) => "X.Y.Z".to_owned(),
            Some(Kind::Date(pattern)) => pattern.clone(),
            _ => self.sample(&field.example, &field.name.shown),
        }
    }

    /// Each paragraph in one line, for a text with other line ends would not hold the sample.
    pub(super) fn prose(&mut self, example: &str) -> String {
        let lines: Vec<&str> = example.lines().map(str::trim).collect();
        let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
        paragraphs.map(|lines| self.sample(&lines.join(" "), "Text")).collect::<Vec<_>>().join("\n\n")
    }

    /// The rows of a table, cell by cell. The names of rows that must be there stay, and so do numbers that name rows.
    pub(super) fn rows(&mut self, table: &Table) -> Vec<Vec<String>> {
        let is_asked = |cell: &str| table.rows.iter().any(|row| row.required && table::is_called(&row.name, cell));
        let mut cell = |column: usize, cell: String| {
            let is_name = table.key == Some(column) && (is_asked(&cell) || !cell.contains(char::is_alphabetic));
            match table.columns.get(column) {
                Some(column) if !is_name => self.sample(&cell, &column.name.shown),
                _ => cell,
            }
        };
        let rows = table::rows(table).into_iter();
        rows.map(|row| row.into_iter().enumerate().map(|(column, text)| cell(column, text)).collect()).collect()
    }

    /// A list, or what stands under the entry of a log: its marks, boxes and headings stay, and of a log that is a
    /// table the header, the days and the versions.
    pub(super) fn items(&mut self, example: &str) -> String {
        let mut header = Vec::new();
        let mut line = |line: &str| {
            if let Some(cells) = cells(line) {
                let cells: Vec<&str> = cells.into_iter().map(|place| &line[place]).collect();
                if header.is_empty() {
                    header = cells.iter().map(|cell| (*cell).to_owned()).collect();
                    return line.to_owned();
                }
                return self.entry(&header, &cells).unwrap_or_else(|| line.to_owned());
            }
            let (mark, text) = line.split_at(mark_length(line));
            if text.trim().is_empty() || text.starts_with('#') {
                return line.to_owned();
            }
            format!("{mark}{}", self.sample(text, "Item"))
        };
        example.lines().map(&mut line).collect::<Vec<_>>().join("\n")
    }

    /// A row of a log; none where it says nothing, as the row of dashes.
    fn entry(&mut self, header: &[String], cells: &[&str]) -> Option<String> {
        let is_value = |text: &str| text.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
        let is_free = |text: &str| text.contains(char::is_lowercase) && !is_value(text);
        let cell =
            |(name, text): (&String, &&str)| if is_free(text) { self.sample(text, name) } else { (*text).to_owned() };
        let says = cells.iter().any(|cell| is_free(cell));
        says.then(|| format!("| {} |", header.iter().zip(cells).map(cell).collect::<Vec<_>>().join(" | ")))
    }

    /// The values of YAML, its keys stay; the lines of other languages.
    pub(super) fn code(&mut self, code: &Code) -> String {
        let is_tree = code.languages.first().is_some_and(|name| matches!(name.as_str(), "yaml" | "yml" | "json"));
        if is_tree && let Some(text) = self.tree(&code.example) {
            return text;
        }
        let line = |line: &str| {
            let text = line.trim_start();
            if !text.contains(char::is_alphabetic) {
                return line.to_owned();
            }
            format!("{}{}", &line[..line.len() - text.len()], self.sample(text, "Code"))
        };
        code.example.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    fn tree(&mut self, example: &str) -> Option<String> {
        let documents = yaml::parse(example).ok()?;
        let mut values = Vec::new();
        for document in &documents {
            leaves(document, "Value", &mut values);
        }
        let mut text = example.to_owned();
        for (leaf, name) in values.into_iter().rev() {
            let sample = self.sample(leaf.text().unwrap_or_default(), name);
            text.replace_range(leaf.span.range(), &format!("\"{sample}\""));
        }
        yaml::parse(&text).is_ok().then_some(text)
    }

    /// A diagram of mermaid, under a title that says that it is an example: who draws another gives it another.
    pub(super) fn diagram(&mut self, section: &Section, drawn: &str) -> String {
        if let Some(own) = drawn.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
            self.found.extend(
                own.0.lines().filter_map(|line| line.strip_prefix("title: \"")?.strip_suffix('"')).map(str::to_owned),
            );
            return drawn.to_owned();
        }
        let title = self.sample(&format!("Example of {}", section.name.shown), "Example");
        format!("---\ntitle: \"{title}\"\n---\n{drawn}")
    }
}

/// Whether brackets around a text make a placeholder of it: it says something, and nothing in it means something else
/// to Markdown, YAML or mermaid.
fn reads_plain(text: &str) -> bool {
    let opens_tag = |(at, _): (usize, &str)| text[at + 1..].starts_with(|c: char| c.is_alphabetic() || c == '/');
    text.contains(char::is_alphabetic)
        && text.chars().nth(1).is_some()
        && !text.starts_with(['^', '!', '#', '>', '|'])
        && !text.contains(['[', ']', '`', '\\', '"', '|'])
        && !text.match_indices('<').any(opens_tag)
}

/// How long the indent, the mark and the box of an item are.
fn mark_length(line: &str) -> usize {
    let mut rest = line.trim_start();
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let bullet = ["- ", "* ", "+ "].iter().find_map(|mark| rest.strip_prefix(mark));
    let numbered =
        || [". ", ") "].iter().find_map(|mark| number.strip_prefix(mark)).filter(|_| number.len() < rest.len());
    rest = bullet.or_else(numbered).unwrap_or(rest);
    let task = ["[ ] ", "[x] ", "[X] "].iter().find_map(|task| rest.strip_prefix(task));
    line.len() - task.unwrap_or(rest).len()
}

/// The scalars that are values, each with the name of the key that it stands under.
fn leaves<'a>(node: &'a Node, name: &'a str, found: &mut Vec<(&'a Node, &'a str)>) {
    match &node.value {
        Value::Scalar { .. } if !node.span.is_empty() => found.push((node, name)),
        Value::Scalar { .. } | Value::Alias(_) => {}
        Value::Sequence(items) => items.iter().for_each(|item| leaves(item, name, found)),
        Value::Mapping(entries) => {
            for (key, value) in entries {
                leaves(value, key.text().unwrap_or(name), found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_example_says_is_put_in_brackets_and_its_form_stays() {
        let mut samples = Samples::default();
        assert_eq!(
            samples.items("### YYMMDD - v1.0.0 - First\n- [ ] All tests passing\n  1. Check `logs`\n- [What]\n\n* x"),
            "### YYMMDD - v1.0.0 - First\n- [ ] [All tests passing]\n  1. [Item]\n- [What]\n\n* [Item]"
        );
        assert_eq!(
            samples.items("| Date | Version | Changes |\n|---|---|---|\n| YYMMDD | v1.0.0 | First draft |"),
            "| Date | Version | Changes |\n|---|---|---|\n| YYMMDD | v1.0.0 | [First draft] |"
        );
        assert_eq!(samples.prose("One\ntwo.\n\nSee [a](b)."), "[One two.]\n\n[Text]");
        assert_eq!(samples.sample("**99.9%**", "Target"), "[Target]");
        assert_eq!(samples.sample("< 5 hours", "Target"), "[< 5 hours]");
    }

    #[test]
    fn yaml_keeps_its_keys_and_stays_yaml() {
        let mut samples = Samples::default();
        let text = samples.tree("a:\n  MinSize: 2 # two\n  names:\n    - \"CPU load\"\n  more:\n").expect("YAML");
        assert_eq!(text, "a:\n  MinSize: \"[MinSize]\" # two\n  names:\n    - \"[CPU load]\"\n  more:\n");
        assert_eq!(samples.found, ["[CPU load]", "[MinSize]"]);
    }
}
