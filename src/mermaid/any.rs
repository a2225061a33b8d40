//! Reads a diagram of any kind: a flowchart is parsed, others are recognised.

use crate::excerpt::Excerpt;
use crate::mermaid::Diagram;
use crate::mermaid::diagnose;
use crate::mermaid::kind::{self, Kind};
use crate::mermaid::parser::{Parser, metadata};
use crate::mermaid::prepare::Prepared;
use crate::mermaid::problem::{Problem, ProblemKind};
use crate::span::Span;

/// Reads a diagram of any kind.
pub(super) fn read(excerpt: &Excerpt) -> Diagram {
    let prepared = Prepared::new(excerpt);
    let text = prepared.text.as_ref();
    let whole = || {
        let first = kind::first_word(text).len().max(text.chars().next().map_or(0, char::len_utf8));
        prepared.span(0, first)
    };
    let alone = |kind: ProblemKind, span: Span| Problem { kind, span, opener: None, fix: Vec::new() };
    if let Some(front) = &prepared.front_matter
        && let Some((at, error)) = metadata::front_matter_error(front)
    {
        let span = front.place(at);
        let problems = vec![alone(ProblemKind::BadYaml(error), span)];
        return Diagram { kind: kind::detect(text), flowchart: None, problems };
    }
    if text.starts_with("---") {
        let problems = vec![alone(ProblemKind::BadFrontMatter, prepared.span(0, 3))];
        return Diagram { kind: diagnose::kind_behind_front_matter(text), flowchart: None, problems };
    }
    let detected = kind::detect(kind_text(text));
    match detected {
        Kind::Flowchart => Parser::new(text, &prepared).flowchart(excerpt),
        Kind::Misspelt(meant) => {
            let fix = vec![(whole(), meant.to_owned())];
            let kind = ProblemKind::MisspeltDiagram(kind::first_word(text).to_owned(), meant);
            let problem = Problem { kind, span: whole(), opener: None, fix };
            Diagram { kind: detected, flowchart: None, problems: vec![problem] }
        }
        Kind::Other(name) if name.starts_with("C4") && diagnose::reads_as_flowchart(text) => {
            let at = text.find(name).unwrap_or(0);
            let problems = vec![alone(ProblemKind::TakenForC4(name), prepared.span(at, at + name.len()))];
            Diagram { kind: Kind::Flowchart, flowchart: None, problems }
        }
        kind => Diagram { kind, flowchart: None, problems: Vec::new() },
    }
}

/// Detection, other than parsing, skips a bare `%%` line.
fn kind_text(text: &str) -> &str {
    let mut rest = text;
    while let Some(behind) = rest.strip_prefix("%%") {
        let Some(newline) = behind.find('\n') else { break };
        rest = behind[newline..].trim_start();
    }
    rest
}
