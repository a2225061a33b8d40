//! Reads diagrams as JSON lines (`{"text": ...}`) and writes what infralint makes of each: verdict, place of the
//! first error in UTF-16 code units, and model. `scripts/compare-mermaid.sh` holds this against the official parser.
#![allow(clippy::print_stdout)]

use std::io::{BufRead, Write};

use infralint::mermaid::model::{Edge, End, Flowchart};
use infralint::mermaid::problem::{Problem, ProblemKind};
use infralint::mermaid::shape::Shape;
use infralint::mermaid::{Diagram, read_text};
use infralint::span::Span;
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let text = line["text"].as_str().unwrap_or_default();
        writeln!(out, "{}", judge(text))?;
    }
    out.flush()
}

fn judge(text: &str) -> Value {
    let diagram = read_text(text);
    let error = diagram.problems.iter().find(|problem| problem.kind.is_error());
    let newer = diagram.problems.iter().any(|problem| problem.kind == ProblemKind::FailsBefore12);
    let ok = diagram.is_valid();
    json!({
        "kind": format!("{:?}", diagram.kind),
        "ok": ok,
        "ok11": ok && !newer,
        "offset": error.map(|problem| text[..problem.span.start()].encode_utf16().count()),
        "opener": error.and_then(|problem| problem.opener).is_some(),
        "problems": diagram.problems.iter().map(|problem| format!("{:?}", problem.kind)).collect::<Vec<_>>(),
        "fixes": fixes(&diagram, text),
        "model": diagram.flowchart.as_ref().filter(|_| ok).map(|chart| model(chart, text)),
    })
}

/// Edits of each problem: start and end in UTF-16 code units, and what comes there.
fn fixes(diagram: &Diagram, text: &str) -> Vec<Value> {
    let units = |at: usize| text[..at].encode_utf16().count();
    let edit = |(span, new): &(Span, String)| json!([units(span.start()), units(span.end()), new]);
    let of = |problem: &Problem| problem.fix.iter().map(edit).collect();
    diagram.problems.iter().map(of).collect()
}

fn model(chart: &Flowchart, text: &str) -> Value {
    let name = |end: End| name(chart, text, end);
    json!({
        "nodes": chart.nodes.iter().map(|node| {
            let label = node.label.as_ref().unwrap_or(&node.id).of(text);
            json!([node.id.of(text), label, node.shape.map(Shape::name)])
        }).collect::<Vec<_>>(),
        "edges": chart.edges.iter().map(|edge| {
            json!([name(edge.from), name(edge.to), edge.label.as_ref().map_or("", |label| label.of(text))])
        }).collect::<Vec<_>>(),
        "groups": chart.groups.iter().enumerate().map(|(index, group)| {
            let members: Vec<String> = chart.members(index).map(name).collect();
            json!([group.id.of(text), group.title.of(text), members])
        }).collect::<Vec<_>>(),
    })
}

/// The id of something; of an edge without one, what mermaid generates.
fn name(chart: &Flowchart, text: &str, end: End) -> String {
    match end {
        End::Node(node) => chart.nodes[node as usize].id.of(text).to_owned(),
        End::Group(group) => chart.groups[group as usize].id.of(text).to_owned(),
        End::Edge(index) => {
            let index = index as usize;
            let edge = &chart.edges[index];
            let same = |other: &&Edge| other.from == edge.from && other.to == edge.to;
            let number = match chart.edges[..index].iter().filter(same).count() {
                0 => 0,
                before => before + 1,
            };
            let generated = || format!("L_{}_{}_{number}", name(chart, text, edge.from), name(chart, text, edge.to));
            edge.id.as_ref().map_or_else(generated, |id| id.of(text).to_owned())
        }
    }
}
