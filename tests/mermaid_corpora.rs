//! The mermaid reader against diagrams that the official parser judged: verdict, place of the error, model, fixes.
//!
//! The texts are not ours to give away, so they stand beside the project, and without them this test says that it was
//! skipped. `tests/mermaid.rs` holds cases of our own.

mod support;

use infralint::mermaid::kind::Kind;
use infralint::mermaid::model::{Edge, End, Flowchart};
use infralint::mermaid::problem::{Problem, ProblemKind};
use infralint::mermaid::shape::Shape;
use infralint::mermaid::{Diagram, read_text};
use infralint::span::Span;
use serde_json::Value;

/// The diagrams of a set; `None` where they are not there.
fn corpus(name: &str) -> Option<Vec<Value>> {
    support::corpora_lines(&format!("mermaid/{name}.jsonl"))
}

/// What the official parser said of a diagram, and what we read.
struct Case<'a> {
    text: &'a str,
    row: &'a Value,
    diagram: Diagram,
}

impl<'a> Case<'a> {
    fn new(row: &'a Value) -> Self {
        let text = row["text"].as_str().expect("a text");
        Self { text, row, diagram: read_text(text) }
    }

    fn is_accepted(&self) -> bool {
        self.row["ok"] == true
    }

    fn first_error(&self) -> Option<&Problem> {
        self.diagram.problems.iter().find(|problem| problem.kind.is_error())
    }

    /// Whether the verdict is the official one. Of other kinds we give none.
    fn agrees(&self) -> bool {
        match self.diagram.kind {
            Kind::Other(_) => true,
            Kind::Flowchart => self.diagram.is_valid() == self.is_accepted(),
            Kind::Misspelt(_) | Kind::Unknown | Kind::TooLong => !self.is_accepted(),
        }
    }

    fn fails_before_12(&self) -> bool {
        self.diagram.problems.iter().any(|problem| problem.kind == ProblemKind::FailsBefore12)
    }

    /// Whether the first error begins at the token that the official parser names; `None` where it names none.
    fn is_at_the_token(&self) -> Option<bool> {
        let official = self.row["offset_utf16"].as_u64()?;
        let error = self.first_error()?;
        Some(self.text[..error.span.start()].encode_utf16().count() as u64 == official)
    }
}

/// Judges all diagrams of a set, of which so many in a thousand may be judged otherwise.
fn judge(name: &str, most_in_1000: usize) {
    let Some(rows) = corpus(name) else { return };
    let cases: Vec<Case> = rows.iter().map(Case::new).collect();
    let wrong: Vec<&str> = cases.iter().filter(|case| !case.agrees()).map(|case| case.text).collect();
    assert!(wrong.len() * 1000 <= most_in_1000 * cases.len(), "{name}: {} verdicts differ: {wrong:#?}", wrong.len());

    let flowcharts = || cases.iter().filter(|case| case.diagram.kind == Kind::Flowchart && case.agrees());
    let older: Vec<&str> = flowcharts()
        .filter(|case| case.is_accepted() && case.fails_before_12() == (case.row["ok11"] == true))
        .map(|case| case.text)
        .collect();
    assert!(older.is_empty(), "{name}: before mermaid 12 it is otherwise: {older:#?}");

    let places: Vec<(bool, &str)> =
        flowcharts().filter_map(|case| case.is_at_the_token().map(|is_right| (is_right, case.text))).collect();
    let astray: Vec<&str> = places.iter().filter(|(is_right, _)| !is_right).map(|&(_, text)| text).collect();
    assert!(astray.len() * 100 <= places.len(), "{name}: errors stand elsewhere: {astray:#?}");

    for case in flowcharts().filter(|case| case.is_accepted() && case.row["model"].is_object()) {
        let chart = case.diagram.flowchart.as_ref().expect("a flowchart");
        assert_eq!(said(&model(chart, case.text)), said(&case.row["model"]), "{name}: {}", case.text);
    }
}

#[test]
fn the_official_tests_are_judged_alike() {
    judge("official", 0);
}

#[test]
fn topologies_are_judged_alike() {
    judge("topologies", 0);
}

#[test]
fn real_diagrams_are_judged_alike() {
    judge("real", 0);
}

#[test]
fn mutations_are_judged_alike() {
    judge("mutated", 1);
}

/// A label that is quoted is cured: what is left wrong stands elsewhere.
#[test]
fn quoting_cures_what_it_promises() {
    let mut quoted = 0;
    for row in ["topologies", "real", "mutated"].iter().filter_map(|name| corpus(name)).flatten() {
        let case = Case::new(&row);
        let problems = case.diagram.problems.iter().filter(|problem| {
            let is_quoting = matches!(problem.kind, ProblemKind::Unquoted { .. } | ProblemKind::LeadingSlash { .. });
            is_quoting && !problem.fix.is_empty()
        });
        for problem in problems {
            quoted += 1;
            let mended = read_text(&applied(case.text, &problem.fix));
            let before = case.diagram.problems.iter().filter(|problem| problem.kind.is_error()).count();
            let after = mended.problems.iter().filter(|problem| problem.kind.is_error()).count();
            assert!(after < before, "{:?} is not cured in\n{}", problem.kind, case.text);
        }
    }
    if quoted > 0 {
        assert!(quoted > 200, "only {quoted} labels were quoted");
    }
}

fn applied(text: &str, fix: &[(Span, String)]) -> String {
    let mut out = text.to_owned();
    for (span, new) in fix.iter().rev() {
        out.replace_range(span.range(), new);
    }
    out
}

fn model(chart: &Flowchart, text: &str) -> Value {
    let name = |end: End| name(chart, text, end);
    serde_json::json!({
        "nodes": chart.nodes.iter().map(|node| {
            let label = node.label.as_ref().unwrap_or(&node.id).of(text);
            serde_json::json!([node.id.of(text), label, node.shape.map(Shape::name)])
        }).collect::<Vec<_>>(),
        "edges": chart.edges.iter().map(|edge| {
            serde_json::json!([name(edge.from), name(edge.to), edge.label.as_ref().map_or("", |label| label.of(text))])
        }).collect::<Vec<_>>(),
        "groups": chart.groups.iter().enumerate().map(|(index, group)| {
            let members: Vec<String> = chart.members(index).map(name).collect();
            serde_json::json!([group.id.of(text), group.title.of(text), members])
        }).collect::<Vec<_>>(),
    })
}

fn name(chart: &Flowchart, text: &str, end: End) -> String {
    let edge_name = |edge: &Edge| edge.id.as_ref().map_or("", |id| id.of(text)).to_owned();
    match end {
        End::Node(node) => chart.nodes[node as usize].id.of(text).to_owned(),
        End::Group(group) => chart.groups[group as usize].id.of(text).to_owned(),
        End::Edge(edge) => edge_name(&chart.edges[edge as usize]),
    }
}

/// A model with its texts as a reader sees them: the official parser sends labels through an HTML sanitizer, which
/// rewrites tags, and keeps marks for entity codes.
fn said(model: &Value) -> Value {
    match model {
        Value::String(text) => Value::String(plain(text)),
        Value::Array(items) => items.iter().map(said).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), said(value))).collect(),
        Value::Number(number) => Value::String(number.to_string()),
        other => other.clone(),
    }
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    let text = text.replace("ﬂ°°", "&#").replace("ﬂ°", "&").replace("¶ß", ";");
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if rest.starts_with('<') && is_tag {
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
            continue;
        }
        let end = rest.find(';').unwrap_or(0);
        let decoded = match rest[1..end.max(1)].strip_prefix('#') {
            Some(number) => number.parse().ok().and_then(char::from_u32),
            None => ENTITIES.iter().find(|(name, _)| *name == &rest[1..end.max(1)]).map(|&(_, c)| c),
        };
        if let Some(c) = decoded {
            out.push(c);
            rest = &rest[end + 1..];
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

const ENTITIES: [(&str, char); 6] =
    [("quot", '"'), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("nbsp", '\u{a0}'), ("infin", '∞')];
