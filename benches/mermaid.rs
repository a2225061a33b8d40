//! Reading the diagrams of a spec, beside a bare Markdown parse of the whole document: it should take no more than 0.4
//! of that. And long inputs that make a careless reader take the square of their length: each should take no more than
//! 50 ms.
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use infralint::mermaid::read_text;

const SPEC: &str = include_str!("../fixtures/specs/infrastructure.md");

fn diagrams() -> Vec<&'static str> {
    SPEC.split("```mermaid\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

fn a_spec(criterion: &mut Criterion) {
    let diagrams = diagrams();
    assert!(!diagrams.is_empty());
    let mut group = criterion.benchmark_group("a spec");
    group.bench_function("bare Markdown parse", |bench| {
        bench.iter(|| pulldown_cmark::Parser::new_ext(black_box(SPEC), pulldown_cmark::Options::all()).count());
    });
    group.bench_function("its diagrams", |bench| {
        bench.iter(|| diagrams.iter().map(|text| read_text(black_box(text)).problems.len()).sum::<usize>());
    });
    group.finish();
}

fn long_inputs(criterion: &mut Criterion) {
    let nodes = (0..20_000).fold(String::new(), |text, index| text + &format!(" n{index}[label {index}]\n"));
    let inputs = [
        ("20,000 nodes", nodes),
        ("20,000 nested groups", "subgraph g\n".repeat(20_000) + &"end\n".repeat(20_000)),
        ("200,000 blank lines", "\n".repeat(200_000)),
        ("50,000 opening brackets", format!("A{}", "[".repeat(50_000))),
        ("an unclosed label of 200 kB", format!("A[{}", "text ".repeat(40_000))),
    ];
    let mut group = criterion.benchmark_group("long inputs");
    group.sample_size(10);
    for (name, body) in inputs {
        let text = format!("flowchart TD\n{body}");
        group.bench_function(name, |bench| bench.iter(|| read_text(black_box(&text)).problems.len()));
    }
    group.finish();
}

criterion_group!(benches, a_spec, long_inputs);
criterion_main!(benches);
