//! What the official parser accepts, but means differently than it reads.

use std::cell::LazyCell;

use crate::mermaid::model::Flowchart;
use crate::mermaid::parser::Parser;
use crate::mermaid::problem::{Problem, ProblemKind};
use crate::span::Span;

/// Most characters that mermaid draws.
const MOST_CHARACTERS: usize = 50_000;

/// What the parser noticed on its way.
#[derive(Default)]
pub(in crate::mermaid) struct Noticed {
    /// Lines of nothing but `%%`.
    pub(in crate::mermaid) bare_comments: Vec<Span>,
    /// Ids that begin a line with a single `%`.
    pub(in crate::mermaid) percents: Vec<(Span, String)>,
    /// Each arrow that ends no text, so that the next line belongs to that, and the arrow that was meant.
    pub(in crate::mermaid) split: Vec<(Span, &'static str)>,
    /// A node `End` that stands alone, where a group is open; and how it is written.
    pub(in crate::mermaid) lone_end: Option<Span>,
    pub(in crate::mermaid) lone_end_word: String,
    /// `A---oB`: the bytes of `oB`, where a link took the first of them for its head.
    pub(in crate::mermaid) eaten: Vec<(usize, usize)>,
}

impl Noticed {
    /// What is surprising in a text that the official parser accepts. Asks which of the ids are nodes.
    pub(in crate::mermaid) fn problems(&self, parser: &Parser) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(&first) = self.bare_comments.first() {
            let fix = self.bare_comments.iter().map(|&span| (span, String::new())).collect();
            problems.push(Problem { kind: ProblemKind::BareComment, span: first, opener: None, fix });
        }
        for (span, id) in &self.percents {
            let (kind, span) = (ProblemKind::SinglePercent(id.clone()), *span);
            problems.push(Problem { kind, span, opener: None, fix: vec![(span.head(), "%".to_owned())] });
        }
        for &(span, meant) in &self.split {
            let fix = vec![(span, meant.to_owned())];
            problems.push(Problem { kind: ProblemKind::SplitArrow(meant), span, opener: None, fix });
        }
        for &(start, end) in &self.eaten {
            let name = &parser.text[start..end];
            if parser.builder.is_node(name) {
                let letter = parser.prepared.span(start, start + 1);
                let fix = vec![(letter.head(), " ".to_owned())];
                let kind = ProblemKind::EatenLetter(name.to_owned());
                problems.push(Problem { kind, span: letter, opener: None, fix });
            }
        }
        problems
    }
}

/// Adds what surprises in the finished flowchart.
pub(in crate::mermaid) fn add(chart: &Flowchart, lost: &[(String, Span)], problems: &mut Vec<Problem>) {
    for (word, blank) in lost {
        let kind = ProblemKind::LostGroupId(word.clone());
        problems.push(Problem { kind, span: *blank, opener: None, fix: vec![(*blank, String::new())] });
    }
    let mentions = LazyCell::new(|| chart.mentions());
    for (index, node) in chart.nodes.iter().enumerate() {
        let (Some(declared), Some(declared_in), Some(drawn_in)) = (node.declared, node.declared_in, node.group) else {
            continue;
        };
        if declared_in == drawn_in || node.is_group.is_some() {
            continue;
        }
        let (declared_in, drawn_in) = (declared_in as usize, drawn_in as usize);
        let taker = chart.groups[drawn_in].span;
        let span = mentions.of(index).find(|mention| taker.contains(*mention)).unwrap_or(declared);
        // Named on its own in a group further inside, a node was meant to be there.
        let in_edge = chart.edges.iter().any(|edge| edge.from_span == span || edge.to_span == span);
        if !in_edge && is_within(chart, drawn_in, declared_in) {
            continue;
        }
        let kind = ProblemKind::DrawnElsewhere { node: index, declared_in, drawn_in };
        problems.push(Problem { kind, span, opener: Some(declared), fix: Vec::new() });
    }
}

/// Whether a group stands inside another, at any depth.
fn is_within(chart: &Flowchart, inner: usize, outer: usize) -> bool {
    let mut seen = 0;
    let mut at = chart.groups[inner].parent;
    while let Some(parent) = at {
        // A group can be made a member of its own member.
        let parent = parent as usize;
        if parent == outer || seen > chart.groups.len() {
            return parent == outer;
        }
        seen += 1;
        at = chart.groups[parent].parent;
    }
    false
}

/// Whether a text has more characters than mermaid draws, as JavaScript counts them.
pub(in crate::mermaid) fn is_too_long(text: &str) -> bool {
    text.len() > MOST_CHARACTERS && text.encode_utf16().count() > MOST_CHARACTERS
}
