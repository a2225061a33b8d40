//! The shapes a node can have, by the names that mermaid gives them.

/// The shape of a node, by its official name: `square` for `[x]`, `cylinder` for `[(x)]`, or what
/// `@{ shape: ... }` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shape(&'static &'static str);

impl Shape {
    /// The official name.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// The shape that brackets draw.
    pub(super) fn of_brackets(name: &'static &'static str) -> Self {
        Self(name)
    }

    /// The shape that `@{ shape: name }` draws.
    pub(super) fn named(name: &str) -> Option<Self> {
        DOCUMENTED.iter().chain(OTHER).find(|&&known| known == name).map(Self)
    }
}

/// The names that mermaid's documentation lists: what to suggest for a misspelt one.
#[rustfmt::skip]
pub(super) const DOCUMENTED: &[&str] = &[
    "rect", "proc", "process", "rectangle", "rounded", "event", "stadium", "terminal", "pill", "fr-rect",
    "subprocess", "subproc", "framed-rectangle", "subroutine", "cyl", "db", "database", "cylinder", "datastore",
    "data-store", "folder", "directory", "bucket", "console", "browser", "person", "circle", "circ", "bang", "cloud",
    "diam", "decision", "diamond", "question", "hex", "hexagon", "prepare", "lean-r", "lean-right", "in-out",
    "lean-l", "lean-left", "out-in", "trap-b", "priority", "trapezoid-bottom", "trapezoid", "trap-t", "manual",
    "trapezoid-top", "inv-trapezoid", "dbl-circ", "double-circle", "text", "notch-rect", "card", "notched-rectangle",
    "lin-rect", "lined-rectangle", "lined-process", "lin-proc", "shaded-process", "sm-circ", "start", "small-circle",
    "fr-circ", "stop", "framed-circle", "fork", "join", "hourglass", "collate", "brace", "comment", "brace-l",
    "brace-r", "braces", "bolt", "com-link", "lightning-bolt", "doc", "document", "delay", "half-rounded-rectangle",
    "h-cyl", "das", "horizontal-cylinder", "lin-cyl", "disk", "lined-cylinder", "curv-trap", "curved-trapezoid",
    "display", "div-rect", "div-proc", "divided-rectangle", "divided-process", "tri", "extract", "triangle",
    "win-pane", "internal-storage", "window-pane", "f-circ", "junction", "filled-circle", "notch-pent", "loop-limit",
    "notched-pentagon", "flip-tri", "manual-file", "flipped-triangle", "sl-rect", "manual-input", "sloped-rectangle",
    "docs", "documents", "st-doc", "stacked-document", "st-rect", "procs", "processes", "stacked-rectangle",
    "bow-rect", "stored-data", "bow-tie-rectangle", "cross-circ", "summary", "crossed-circle", "tag-doc",
    "tagged-document", "tag-rect", "tagged-rectangle", "tag-proc", "tagged-process", "flag", "paper-tape", "odd",
    "lin-doc", "lined-document",
];

/// What mermaid draws as well, but means for itself. Names with a capital or an underscore are not among them: in
/// `@{ shape: ... }` they are errors. `constructor` is accepted because JavaScript finds it on every object.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "doublecircle", "state", "choice", "note", "composite", "icon", "anchor", "bpmn-start", "bpmn-intermediate",
    "bpmn-boundary", "bpmn-end", "bpmn-gateway", "bpmn-activity", "bpmn-data", "bpmn-data-store", "bpmn-annotation",
    "constructor",
];

/// Names that mermaid 12 added.
pub(super) fn is_newer(name: &str) -> bool {
    name.starts_with("bpmn-")
}
