//! What a spec costs, step by step, beside a bare Markdown parse of it (tables and offsets on).
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use infralint::bind::bind;
use infralint::settings::Settings;
use infralint::source::Source;
use infralint::surroundings::Surroundings;
use infralint::template::load::load;
use infralint::{check, read};
use pulldown_cmark::{Options, Parser};

const SPEC: &str = include_str!("../fixtures/specs/infrastructure.md");
const TEMPLATE: &str = include_str!("../rules/infrastructure.toml");

/// That of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn a_spec(criterion: &mut Criterion) {
    let template = load(vec![Source::new("infrastructure.toml", TEMPLATE.to_owned())], &[]).expect("it is sound");
    let (settings, around) = (Settings::default(), Surroundings::default());
    let spec = || read(Source::new("spec.md", black_box(SPEC).to_owned()));
    let tables = Options::ENABLE_TABLES;
    let mut group = criterion.benchmark_group("a spec");
    group.bench_function("bare Markdown parse", |bench| {
        bench.iter(|| Parser::new_ext(black_box(SPEC), tables).into_offset_iter().count());
    });
    group.bench_function("read", |bench| bench.iter(spec));
    group.bench_function("read, bound", |bench| bench.iter(|| bind(&spec(), &template)));
    group.bench_function("read, bound, checked", |bench| {
        bench.iter(|| check(&spec(), &template, &settings, &around).diagnostics.len());
    });
    group.finish();
}

criterion_group!(benches, a_spec);
criterion_main!(benches);
