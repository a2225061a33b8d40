//! Every mistake in a template is told with its place, what is wrong, and what to write instead; all of one file at
//! once. One snapshot for each file in `fixtures/templates/mistakes/`.

#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write;

use infralint::source::Source;
use infralint::template::load::load;

/// `line:column message / label / help`, and what stands at the place.
fn told(chain: &[Source]) -> String {
    let known: Vec<&str> = infralint::rules::ALL.iter().map(|rule| rule.name).collect();
    let mistakes = load(chain.to_owned(), &known).expect_err("a template with mistakes");
    let mut out = String::new();
    for mistake in mistakes {
        let source = &chain[usize::from(mistake.origin.source)];
        let place = source.position(mistake.origin.span.start());
        let line = source.slice(mistake.origin.span).lines().next().unwrap_or_default();
        writeln!(out, "{}:{}:{} {}", source.name(), place.line, place.column, mistake.message).unwrap();
        writeln!(out, "    {line}    <- {}", mistake.label).unwrap();
        if let Some(help) = mistake.help {
            writeln!(out, "    help: {help}").unwrap();
        }
    }
    out
}

#[test]
fn every_mistake_is_told() {
    for path in support::files(&support::root().join("fixtures/templates/mistakes")) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        insta::assert_snapshot!(stem, told(&support::chain(Source::new(name, support::text_of(&path)))));
    }
}
