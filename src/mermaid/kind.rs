//! What kind of diagram a text is, by its first word, as mermaid 12.3.0 detects it.

/// The kind of a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `graph`, `flowchart`, `flowchart-elk`, `swimlane-beta`.
    Flowchart,
    /// Another kind that mermaid knows, by the word it begins with: `sequenceDiagram`.
    Other(&'static str),
    /// No kind, but near one: `Flowchart`, `grpah`. Holds what was meant.
    Misspelt(&'static str),
    /// No kind that mermaid knows.
    Unknown,
    /// Longer than [`super::LIMIT`]: not read at all.
    TooLong,
}

/// The kind of a text without comments and the like. Official detection looks at how the text begins, not at its
/// first word, and it looks for C4 anywhere.
pub(super) fn detect(text: &str) -> Kind {
    if let Some(&name) = BEFORE_C4.iter().find(|&&name| text.starts_with(name)) {
        return if name == "flowchart-elk" { Kind::Flowchart } else { Kind::Other(name) };
    }
    if text.contains("C4")
        && let Some(&name) = C4.iter().find(|&&name| text.contains(name))
        && (name != "C4Context" || text.starts_with(name))
    {
        return Kind::Other(name);
    }
    if let Some(&name) = ["graph", "flowchart", "swimlane-beta"].iter().find(|&&name| text.starts_with(name)) {
        let _ = name;
        return Kind::Flowchart;
    }
    if let Some(&name) = OTHER.iter().find(|&&name| begins(text, name)) {
        return Kind::Other(name);
    }
    misspelt(first_word(text)).map_or(Kind::Unknown, Kind::Misspelt)
}

/// The word that the text begins with.
pub(super) fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(text.len());
    &text[..end]
}

/// Whether the text begins with a name, some of which are taken in any letter case.
fn begins(text: &str, name: &str) -> bool {
    let any_case = ["ishikawa", "wardley-beta", "railroad-beta", "railroad-ebnf-beta", "railroad-abnf-beta"];
    if any_case.contains(&name) || name == "railroad-peg-beta" {
        return text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    }
    text.starts_with(name)
}

/// The kind whose name is near to a word: other letter case, or few edits.
fn misspelt(word: &str) -> Option<&'static str> {
    let names = || ["graph", "flowchart"].iter().chain(OTHER).chain(BEFORE_C4).chain(C4);
    if let Some(name) = names().find(|name| name.eq_ignore_ascii_case(word)) {
        return Some(name);
    }
    if word.chars().count() < 4 || word.len() > 40 {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let near = names().map(|name| (strsim::damerau_levenshtein(&lower, &name.to_ascii_lowercase()), name));
    let nearest = near.min_by_key(|&(edits, _)| edits)?;
    let most = if word.len() < 7 { 1 } else { 2 };
    // Swapped neighbours are one edit, so `grpah` and `flowchrat` are near.
    (nearest.0 <= most).then_some(*nearest.1)
}

/// Tried before C4, whose pattern matches in mid-text.
const BEFORE_C4: &[&str] = &["flowchart-elk", "mindmap", "architecture", "agentflow-beta"];

const C4: &[&str] = &["C4Context", "C4Container", "C4Component", "C4Dynamic", "C4Deployment"];

const OTHER: &[&str] = &[
    "kanban",
    "classDiagram",
    "erDiagram",
    "gantt",
    "info",
    "pie",
    "requirement",
    "sequenceDiagram",
    "timeline",
    "gitGraph",
    "stateDiagram",
    "journey",
    "quadrantChart",
    "sankey",
    "packet",
    "xychart",
    "block",
    "eventmodeling",
    "treeView-beta",
    "radar-beta",
    "ishikawa",
    "treemap",
    "railroad-beta",
    "railroad-ebnf-beta",
    "railroad-abnf-beta",
    "railroad-peg-beta",
    "venn-beta",
    "wardley-beta",
    "cynefin-beta",
    "usecase-beta",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_how_the_text_begins() {
        for (text, kind) in [
            ("graph TD", Kind::Flowchart),
            ("flowchart-elk LR", Kind::Flowchart),
            ("sequenceDiagram\n", Kind::Other("sequenceDiagram")),
            ("stateDiagram-v2\n", Kind::Other("stateDiagram")),
            ("C4Context\n", Kind::Other("C4Context")),
            ("graph TD\n A[C4Container]", Kind::Other("C4Container")),
            ("graph TD\n A[C4Context]", Kind::Flowchart),
            ("Flowchart TD", Kind::Misspelt("flowchart")),
            ("grpah TD", Kind::Misspelt("graph")),
            ("stuff G {", Kind::Unknown),
            ("A --> B", Kind::Unknown),
            ("", Kind::Unknown),
        ] {
            assert_eq!(detect(text), kind, "{text}");
        }
    }
}
