//! Bad input: whatever is cut, spliced or mangled, nothing panics, and every span lies in the text on character
//! boundaries (`support::check` looks at each).

mod support;

use std::sync::LazyLock;

use infralint::reading;
use infralint::source::Source;
use infralint::surroundings::Surroundings;
use infralint::template::model::Template;
use proptest::prelude::*;

/// Pieces that documents are made of, and that parsers stumble over.
const PIECES: [&str; 40] = [
    "# Infrastructure\n",
    "> **Version:** 1.0.0\n",
    "> **Status:** Draft\n",
    "> **Last Updated:** 260101\n",
    "## 1. Overview\n",
    "## Environments\n",
    "### Compute\n",
    "| A | B |\n|---|---|\n| 1 | 2 |\n",
    "| A |\n|---|---|\n",
    "|---|\n",
    "| Environment | Purpose |",
    "\n\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "\0",
    "```mermaid\n",
    "flowchart TB\n A --> B\n",
    "A[Redis (Cache)] --> B\n",
    "```\n",
    "````markdown\n",
    "~~~\n",
    "    indented\n",
    "- [ ] task\n",
    "1. one\n2. two\n",
    "> quote\n",
    "---\n",
    "===\n",
    "Not applicable: Queue — none\n",
    "<!-- infralint: allow(empty-cell) x -->\n",
    "<!--",
    "-->",
    "[X] $[X] TBD\n",
    "[a](b.md#c)\n",
    "日本語の見出し\n",
    "🙂",
    "\u{1b}[31m",
    "```yaml\na: [1, 2\n```\n",
    "subgraph X\n",
    "\\|",
];

fn judge(text: &str) {
    static TEMPLATE: LazyLock<Template> = LazyLock::new(support::infrastructure);
    let reading = reading::read(Source::new("fuzz.md", text));
    support::check(&reading, &TEMPLATE, &infralint::settings::Settings::default(), &Surroundings::default());
    for read in reading.diagrams() {
        for problem in &read.diagram.problems {
            assert!(text.get(problem.span.range()).is_some(), "{:?} in {text:?}", problem.kind);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_pieces_is_judged(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        judge(&pieces.concat());
    }

    #[test]
    fn any_text_is_judged(text in "\\PC{0,200}") {
        judge(&text);
    }
}

#[test]
fn a_good_document_cut_anywhere_is_judged() {
    for path in support::files(&support::root().join("fixtures/specs")) {
        let text = support::text_of(&path);
        let boundaries: Vec<usize> = (0..text.len()).filter(|&at| text.is_char_boundary(at)).step_by(97).collect();
        for &at in &boundaries {
            judge(&text[..at]);
            judge(&text[at..]);
        }
        judge(&text.replace('\n', "\r\n"));
        judge(&text.replace('\n', "\r"));
        judge(&format!("\u{feff}{text}"));
    }
}

/// What mixtures have found before.
#[test]
fn a_heading_may_follow_a_byte_order_mark() {
    for text in ["\u{feff}## Environments\n", "\u{feff}<!-- owner: ops -->\n## Environments\n", "\u{feff}"] {
        judge(text);
        judge(&text.replace('\n', "\r\n"));
    }
}

#[test]
fn deep_nesting_needs_no_stack() {
    judge(&">".repeat(2_000));
    judge(&format!("{}x", "- ".repeat(1_000)));
    judge(&"[".repeat(5_000));
    judge(&format!("> **Version:** {}1.0{}\n> **Status:** Draft\n", "[".repeat(20_000), "]".repeat(20_000)));
    judge(&format!("```mermaid\nflowchart TB\n{}```\n", "subgraph A\n".repeat(2_000)));
    judge(&format!("```yaml\n{}\n```\n", "[".repeat(5_000)));
}
