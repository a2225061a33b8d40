//! What is broken beyond a single block: fences closed too late, a wrapped document, headings that are none.

use infralint::markdown::model::Document;
use infralint::markdown::model::trouble::{ShownAs, Trouble};
use infralint::markdown::parse::{parse, parse_within};
use infralint::source::Source;
use infralint::span::Span;

fn read(text: &str) -> (Source, Document) {
    let source = Source::new("a.md", text);
    let document = parse(&source);
    (source, document)
}

/// Opening fence, inner fence, swallowed headings, and the line before which the closing fence belongs.
fn fences(text: &str) -> Vec<(String, Option<String>, Vec<String>, String)> {
    let (source, document) = read(text);
    let at = |span: Span| source.slice(span).to_string();
    let shown = document.trouble.iter().filter_map(|trouble| match trouble {
        Trouble::UnclosedFence { opening, inner, swallowed, close_before, .. } => {
            let line = source.line_of(*close_before);
            assert_eq!(*close_before, source.line_span(line).start(), "the start of a line");
            let swallowed = swallowed.iter().map(|&span| at(span)).collect();
            Some((at(*opening), inner.map(at), swallowed, at(source.line_span(line.saturating_sub(1)))))
        }
        _ => None,
    });
    shown.collect()
}

#[test]
fn a_fence_that_a_later_one_closes_swallows_headings() {
    let text = "# T\n\n## 2. Topology\n\n```mermaid\nflowchart TB\n    A --> B\n\n    B --> C\n\n---\n\n## 3. Environments\n\n\
                | a | b |\n|---|---|\n\n## 4. Scaling\n\n```yaml\n# a comment\n\n## x\n```\n\n## 5. Cost\n";
    assert_eq!(
        fences(text),
        [(
            "```mermaid".into(),
            Some("```yaml".into()),
            vec!["## 3. Environments".into(), "## 4. Scaling".into()],
            "    B --> C".into()
        )]
    );
}

#[test]
fn a_fence_that_runs_to_the_end_swallows_headings() {
    let yaml =
        "## 1. A\n\n```yaml\n# limits\na: 1\n\nThe table below shows more.\n\n## 2. B\n\ntext\n\n# Last\n\n### C\n";
    assert_eq!(
        fences(yaml),
        [("```yaml".into(), None, vec!["## 2. B".into(), "# Last".into(), "### C".into()], "a: 1".into())]
    );
    let plain = "```\na\n```\n\n```\nb\n\n## Next\n";
    assert_eq!(fences(plain), [("```".into(), None, vec!["## Next".into()], "b".into())]);
}

#[test]
fn a_fence_swallows_headings_that_are_underlined() {
    let text = "```mermaid\nA --> B\n\nTwo\n---\n\ntext\n\n```yaml\na: 1\n```\n\nThree\n-----\n";
    assert_eq!(
        fences(text),
        [("```mermaid".into(), Some("```yaml".into()), vec!["Two".into()], "A --> B".into())],
        "shown by the fence inside"
    );
    let text = "```json\n{}\n\nTwo\n---\n\n### Three\n\ntext\n\n```\ncode\n```\n";
    let found = fences(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].2, ["Two", "### Three"], "shown by the heading with hashes");
}

#[test]
fn one_missing_fence_is_one_trouble() {
    let text = "```mermaid\nA --> B\n\n## Two\n\ntext\n\n```\ncode\n```\n\n## Three\n\n```\nmore\n```\n\n## Four\n";
    let found = fences(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].2, ["## Two", "## Three", "## Four"]);
    assert_eq!(found[0].3, "A --> B");
}

#[test]
fn code_with_hashes_is_no_trouble() {
    for text in [
        "```bash\n# install\n\n## 1. update\napt update\n\n## 2. upgrade\napt upgrade\n```\n\n## Next\n",
        "```python\n\n# Main\n\n## part\nx = 1\n```\n",
        "````markdown\n# Doc\n\n## A\n\n```mermaid\nx\n```\n````\n\n## Next\n\n## More\n\nlong text that follows outside\n",
        "```\n## Template\n\n## Changes\n```\n",
        "```mermaid\nA --> B\n```\n",
        "```yaml\na: |\n    ```\n    b\n    ```\n```\n",
        "~~~text\n```yaml\na: 1\n```\n~~~\n",
        "```json\n{}\n\nParameters\n----------\n```\n",
        "```mermaid\n---\ntitle: Orders\n---\nflowchart TB\n```\n\n```mermaid\nflowchart TB\n```\n",
        "```text\n## x\n```\n\n```mermaid\nA\n```\n",
    ] {
        let (_, document) = read(text);
        assert!(document.trouble.is_empty(), "{text}: {:?}", document.trouble);
    }
}

#[test]
fn a_fence_that_is_open_at_the_end_swallows_no_comments() {
    for (text, last) in [
        ("```dockerfile\n# base\nFROM x\n\n# Run\n", "# Run"),
        ("```bash\n\n## setup\nls\n", "ls"),
        ("```yaml\na: 1\n", "a: 1"),
        ("```text\nall of this is text.\n", "all of this is text."),
        ("```mermaid\nA --> B\n\nSee below.\n", "A --> B"),
    ] {
        let opening = text.lines().next().unwrap_or_default();
        assert_eq!(fences(text), [(opening.to_owned(), None, vec![], last.to_owned())], "{text}");
    }
}

#[test]
fn the_next_block_shows_that_a_fence_is_missing() {
    let text = "```hcl\na = 1\n\nSee below.\n\n```yaml\nb: 1\n```\n\n```bash\nls\n```\n";
    assert_eq!(fences(text), [("```hcl".into(), Some("```yaml".into()), vec![], "a = 1".into())]);
}

#[test]
fn a_line_that_was_meant_to_close_a_fence_is_known() {
    let closer = |text: &str| {
        let (source, document) = read(text);
        document.trouble.iter().find_map(|trouble| match trouble {
            Trouble::UnclosedFence { closer, .. } => closer.map(|span| source.slice(span).to_string()),
            _ => None,
        })
    };
    for (text, expected) in [
        ("```mermaid\nA --> B\n    ```\n\n## Next\n", Some("```")),
        ("```mermaid\nA --> B\n~~~\n\n```yaml\na: 1\n```\n", Some("~~~")),
        ("~~~~bash\nls\n~~~\n", Some("~~~")),
        ("```mermaid\nA --> B\n``\n\n## Next\n", Some("``")),
        ("```yaml\na: |\n    ```\n    b\n    ```\n\n## 1. Next\n", None),
        ("```mermaid\nA --> B\n\n## Next\n\n~~~\nx\n", None),
    ] {
        assert_eq!(closer(text).as_deref(), expected, "{text}");
    }
}

const INNER: &str = "# Infrastructure\n\n> **Version:** 1.0.0\n\n## 1. Overview\n\ntext\n\n## 2. Diagram\n\n\
                     ```mermaid\nflowchart TB\n  A --> B\n```\n\n## 3. Scaling\n\n```yaml\na: 1\n```\n\n```\nbare\n```\n\n\
                     ## 4. Changelog\n\n### 250101 - v1.0.0 - Draft\n- first\n";

#[test]
fn a_wrapped_document_is_found_in_its_nested_fences() {
    let text = format!("# Template\n\n---\n\n```markdown\n{INNER}```\n\n---\n\n## Rules\n\n- one\n");
    let (source, document) = read(&text);
    let [Trouble::Wrapped(wrapper)] = document.trouble.as_slice() else { panic!("{:?}", document.trouble) };
    assert_eq!(source.slice(wrapper.opening), "```markdown");
    assert_eq!(source.slice(wrapper.inner), INNER);
    assert_eq!(wrapper.closing.map(|span| source.slice(span)), Some("```"));
    let early = wrapper.closed_early.expect("closed early");
    assert_eq!(source.line_of(early.start()), 18);
    let inner = parse_within(&source, wrapper.inner);
    assert!(inner.trouble.is_empty());
    assert_eq!(inner.headings().count(), 6);
}

#[test]
fn a_wrapper_may_be_closed_properly_or_not_at_all() {
    let long = format!("````md\n{INNER}````\n");
    let (_, document) = read(&long);
    assert!(matches!(document.trouble.as_slice(), [Trouble::Wrapped(wrapper)] if wrapper.closed_early.is_none()));
    let open = format!("```markdown\n{INNER}");
    let (source, document) = read(&open);
    let [Trouble::Wrapped(wrapper)] = document.trouble.as_slice() else { panic!("{:?}", document.trouble) };
    assert_eq!((wrapper.closing, source.slice(wrapper.inner)), (None, INNER));
}

#[test]
fn a_readme_that_shows_an_example_is_not_wrapped() {
    let text = format!("# Readme\n\n{}\n\n````markdown\n{INNER}````\n", "Many words on what this is.\n".repeat(20));
    assert!(read(&text).1.trouble.is_empty());
    assert!(read("```markdown\n# Only\n\ntext\n```\n").1.trouble.is_empty());
}

fn lost(text: &str) -> Vec<(String, String, ShownAs)> {
    let (source, document) = read(text);
    let shown = document.trouble.iter().filter_map(|trouble| match trouble {
        Trouble::LostHeading { span, name, shown_as } => {
            Some((source.slice(*span).to_string(), source.slice(*name).to_string(), *shown_as))
        }
        _ => None,
    });
    shown.collect()
}

#[test]
fn lost_headings_are_named() {
    let found = lost("#Overview\ntext\n\n##2. Cost ##\n\n1. Scaling\n---\n\n**3. Overview**\n\n__Access__\n");
    let expected = [
        ("#Overview", "Overview", ShownAs::Paragraph),
        ("##2. Cost ##", "2. Cost", ShownAs::Paragraph),
        ("1. Scaling\n---", "Scaling", ShownAs::ListAndRule),
        ("**3. Overview**", "3. Overview", ShownAs::Bold),
        ("__Access__", "Access", ShownAs::Bold),
    ];
    assert_eq!(found, expected.map(|(span, name, shown)| (span.to_string(), name.to_string(), shown)));
}

#[test]
fn ordinary_lines_are_no_lost_headings() {
    for text in [
        "#12 is fixed\n",
        "#todo later\n",
        "1. one\n2. two\n---\n",
        "1. one\n\n---\n",
        "1. a sentence.\n---\n",
        "**Note:**\n",
        "**a** and **b**\n",
        "> **3. Quoted**\n",
        "**Version:** 1.0\n",
    ] {
        assert!(lost(text).is_empty(), "{text}: {:?}", lost(text));
    }
}
