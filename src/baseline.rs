//! Known findings: recorded once, so that a gate can start on documents that were never gated before.
//!
//! A finding is recognised by its fingerprint (rule, section, text), never by its line, and each fingerprint counts:
//! one more finding of the same kind is new.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Report};

/// The only version there is.
const VERSION: u32 = 1;

/// Known findings, by document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    documents: BTreeMap<String, Vec<Entry>>,
}

/// Findings of one kind at one place of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The rule.
    pub rule: String,
    /// The headings it stands under, for people.
    pub section: String,
    /// What it is recognised by.
    pub fingerprint: String,
    /// How many of them are known.
    pub count: usize,
}

/// What became of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// How many findings were known, and left out.
    pub known: usize,
    /// Entries that match nothing any more, with the count that is left over.
    pub stale: Vec<Entry>,
}

/// An entry as it stands in the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    path: String,
    rule: String,
    section: String,
    fingerprint: String,
    count: usize,
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Line>,
}

impl Baseline {
    /// Reads the text of a baseline.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if file.version != VERSION {
            return Err(format!("its version is {}, and this infralint knows {VERSION}", file.version));
        }
        let mut documents: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for Line { path, rule, section, fingerprint, count } in file.findings {
            documents.entry(path).or_default().push(Entry { rule, section, fingerprint, count });
        }
        Ok(Self { documents })
    }

    /// The text of it: sorted, one entry a line, so that git merges it well.
    pub fn render(&self) -> String {
        let lines: Vec<String> = self
            .documents
            .iter()
            .flat_map(|(path, entries)| entries.iter().map(move |entry| line(path, entry)))
            .collect();
        let findings = if lines.is_empty() { String::new() } else { format!("\n    {}\n  ", lines.join(",\n    ")) };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [{findings}]\n}}\n")
    }

    /// What is known of a document.
    pub fn of(&self, path: &str) -> &[Entry] {
        self.documents.get(path).map_or(&[], Vec::as_slice)
    }

    /// Replaces what is known of a document.
    pub fn set(&mut self, path: &str, mut entries: Vec<Entry>) {
        entries.sort();
        if entries.is_empty() {
            self.documents.remove(path);
        } else {
            self.documents.insert(path.to_owned(), entries);
        }
    }

    /// The documents that something is known of.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// How many findings are known.
    pub fn count(&self) -> usize {
        self.documents.values().flatten().map(|entry| entry.count).sum()
    }
}

/// What is to be recorded of a report.
pub fn record(report: &Report) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for Diagnostic { rule, section, fingerprint, .. } in &report.diagnostics {
        let place = *places.entry(fingerprint).or_insert(entries.len());
        match entries.get_mut(place) {
            Some(entry) => entry.count += 1,
            None => entries.push(Entry {
                rule: (*rule).to_owned(),
                section: section.clone(),
                fingerprint: fingerprint.clone(),
                count: 1,
            }),
        }
    }
    entries
}

/// Leaves the known findings out of a report.
pub fn apply(known: &[Entry], report: &mut Report) -> Applied {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for entry in known {
        *left.entry(&entry.fingerprint).or_insert(0) += entry.count;
    }
    let before = report.diagnostics.len();
    report.diagnostics.retain(|diagnostic| match left.get_mut(diagnostic.fingerprint.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    let mut stale = Vec::new();
    for entry in known {
        let over = left.get_mut(entry.fingerprint.as_str()).map_or(0, |over| std::mem::take(over).min(entry.count));
        if over > 0 {
            stale.push(Entry { count: over, ..entry.clone() });
        }
    }
    Applied { known: before - report.diagnostics.len(), stale }
}

/// What is still known once the stale entries are gone.
pub fn prune(known: &[Entry], stale: &[Entry]) -> Vec<Entry> {
    let over = |entry: &Entry| {
        stale.iter().find(|stale| stale.fingerprint == entry.fingerprint).map_or(0, |stale| stale.count)
    };
    let kept = known.iter().map(|entry| Entry { count: entry.count.saturating_sub(over(entry)), ..entry.clone() });
    kept.filter(|entry| entry.count > 0).collect()
}

fn line(path: &str, entry: &Entry) -> String {
    let Entry { rule, section, fingerprint, count } = entry.clone();
    let line = Line { path: path.to_owned(), rule, section, fingerprint, count };
    serde_json::to_string(&line).expect("strings and numbers are JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Finding;
    use crate::severity::Severity;
    use crate::span::Span;

    fn report(fingerprints: &[&str]) -> Report {
        let diagnostic = |fingerprint: &&str| Diagnostic {
            rule: "missing-row",
            severity: Severity::Error,
            finding: Finding::new("a row is missing", Span::default(), ""),
            section: "Cost".to_owned(),
            fingerprint: (*fingerprint).to_owned(),
        };
        Report { diagnostics: fingerprints.iter().map(diagnostic).collect() }
    }

    #[test]
    fn what_is_known_counts() {
        let known = record(&report(&["a", "a", "b"]));
        assert_eq!(known.iter().map(|entry| entry.count).collect::<Vec<_>>(), [2, 1]);
        let mut more = report(&["a", "b", "a", "a", "c"]);
        let applied = apply(&known, &mut more);
        assert_eq!((applied.known, applied.stale), (3, Vec::new()));
        assert_eq!(more, report(&["a", "c"]));
        let mut fewer = report(&["a"]);
        let applied = apply(&known, &mut fewer);
        assert_eq!(applied.stale.iter().map(|entry| entry.count).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(prune(&known, &applied.stale), record(&report(&["a"])));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut baseline = Baseline::default();
        assert_eq!(Baseline::parse(&baseline.render()), Ok(baseline.clone()));
        baseline.set("docs/b.md", record(&report(&["b", "a"])));
        baseline.set("docs/a.md", record(&report(&["x"])));
        let text = baseline.render();
        assert_eq!(text.lines().count(), 8, "{text}");
        assert_eq!(Baseline::parse(&text), Ok(baseline));
        assert!(Baseline::parse("{\"version\": 2, \"findings\": []}").is_err());
        assert!(Baseline::parse("[]").is_err());
    }
}
