//! Each example of a template keeps to the template, so that a fresh document asks only to be filled in.

mod support;

use std::fmt::Write;

use infralint::lint::examples;
use infralint::template::builtin::SOURCES;
use infralint::template::model::Template;
use jiff::civil::Date;

const TODAY: Date = Date::constant(2026, 1, 31);

/// `line:column message / label / help`.
fn told(template: &Template) -> String {
    let mut out = String::new();
    for mistake in examples::mistakes(template, TODAY) {
        let source = &template.sources[usize::from(mistake.origin.source)];
        let place = source.position(mistake.origin.span.start());
        let _ = writeln!(out, "{}:{}:{} {}", source.name(), place.line, place.column, mistake.message);
        let _ = writeln!(out, "    {}", mistake.label);
        let _ = writeln!(out, "    help: {}", mistake.help.unwrap_or_default());
    }
    out
}

#[test]
fn the_built_in_examples_keep_to_their_templates() {
    for (name, text) in SOURCES {
        let template = support::template(name, (*text).to_owned());
        assert_eq!(told(&template), "", "{name}");
    }
}

#[test]
fn what_is_written_without_examples_keeps_to_the_template() {
    for file in ["bare.toml", "extends/platform.toml"] {
        let text = support::text_of(&support::root().join("fixtures/templates").join(file));
        assert_eq!(told(&support::template(file, text)), "", "{file}");
    }
}

#[test]
fn an_example_that_breaks_its_requirement_is_told_where_that_stands() {
    let text = support::text_of(&support::root().join("fixtures/templates/examples.toml"));
    insta::assert_snapshot!(told(&support::template("examples.toml", text)));
}
