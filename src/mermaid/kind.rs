//! What kind of diagram a text is, by its first word, as mermaid 12.3.0 detects it.

use memchr::memchr_iter;

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
    /// Longer than [`crate::mermaid::LIMIT`]: not read at all.
    TooLong,
}

impl Kind {
    /// The words that it begins with, of which a text has one.
    pub fn names(&self) -> &[&'static str] {
        match self {
            Self::Other(name) | Self::Misspelt(name) => std::slice::from_ref(name),
            Self::Flowchart => FLOWCHARTS,
            Self::Unknown | Self::TooLong => &[],
        }
    }
}

/// The kind of a text without comments and the like, or of a name. Official detection looks at how the text begins,
/// not at its first word, and it looks for C4 anywhere.
pub fn detect(text: &str) -> Kind {
    if let Some(&name) = BEFORE_C4.iter().find(|&&name| text.starts_with(name)) {
        return if name == "flowchart-elk" { Kind::Flowchart } else { Kind::Other(name) };
    }
    if memchr_iter(b'4', text.as_bytes()).any(|at| text[..at].ends_with('C'))
        && let Some(&name) = C4.iter().find(|&&name| text.contains(name))
        && (name != "C4Context" || text.starts_with(name))
    {
        return Kind::Other(name);
    }
    if FLOWCHARTS.iter().any(|name| text.starts_with(name)) {
        return Kind::Flowchart;
    }
    if let Some(&name) = OTHER.iter().find(|&&name| begins(text, name)) {
        return Kind::Other(name);
    }
    misspelt(first_word(text)).map_or(Kind::Unknown, Kind::Misspelt)
}

/// The names of all kinds.
pub fn names() -> impl Iterator<Item = &'static str> {
    FLOWCHARTS.iter().chain(OTHER).chain(BEFORE_C4).chain(C4).copied()
}

/// Whether a word is the name of a kind, in one of its forms: `xychart`, `xychart-beta`.
pub fn is_name(word: &str) -> bool {
    let is_form = |form: &str| form.is_empty() || FORMS.contains(&form);
    names().any(|name| word.strip_prefix(name).is_some_and(is_form))
}

/// Whether a text of which nobody says that it is a diagram begins as nothing else does: with a name that is no word
/// of everyday (`sequenceDiagram`), or with that of a flowchart and its direction.
pub fn opens_diagram(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("%%")).unwrap_or_default();
    let mut words = first.split_whitespace();
    let name = words.next().unwrap_or_default();
    if FLOWCHARTS.contains(&name) {
        let direction = words.next().unwrap_or_default().trim_end_matches(';');
        return ["TB", "TD", "BT", "LR", "RL"].contains(&direction);
    }
    let is_everyday = name.chars().all(char::is_lowercase);
    !is_everyday && is_name(name)
}

/// The word that the text begins with.
pub(crate) fn first_word(text: &str) -> &str {
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
    (nearest.0 <= most).then_some(nearest.1)
}

const FLOWCHARTS: &[&str] = &["graph", "flowchart", "swimlane-beta"];

/// What may stand behind the name of a kind, and means the same.
const FORMS: &[&str] = &["-beta", "-v2", "Diagram"];

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

    #[test]
    fn names_are_known_in_their_forms() {
        for name in ["graph", "flowchart-elk", "stateDiagram-v2", "requirementDiagram", "xychart-beta", "C4Dynamic"] {
            assert!(is_name(name), "{name}");
        }
        for word in ["flowchartt", "Flowchart", "sequence", "stateDiagram-v", ""] {
            assert!(!is_name(word), "{word}");
        }
    }

    #[test]
    fn a_diagram_is_known_without_a_fence_where_nothing_else_begins_so() {
        for text in ["flowchart TB;\n A", "%% note\n\n  erDiagram\n", "graph LR\n", "architecture-beta\n"] {
            assert!(opens_diagram(text), "{text}");
        }
        for text in ["graph of calls\n", "flowchart\n", "info\n", "block the port\n", "Graph LR\n", ""] {
            assert!(!opens_diagram(text), "{text}");
        }
    }
}
