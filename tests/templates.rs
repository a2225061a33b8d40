//! The templates that come with infralint are sound, and ask for all that they should.

mod support;

use infralint::template::builtin::SOURCES;
use infralint::template::builtin::builtin;
use infralint::template::load::load;

#[test]
fn the_built_in_templates_load() {
    let known: Vec<&str> = infralint::rules::ALL.iter().map(|rule| rule.name).collect();
    for (name, _) in SOURCES {
        let source = builtin(name).expect("it is there");
        let template = load(vec![source.clone()], &known).unwrap_or_else(|mistakes| {
            let told: Vec<String> = mistakes
                .iter()
                .map(|mistake| format!("{:?} {mistake:?}", source.position(mistake.origin.span.start())))
                .collect();
            panic!("{}", told.join("\n"))
        });
        assert_eq!(template.name, *name);
    }
}

#[test]
fn a_fresh_document_reads_like_the_template() {
    let template = support::infrastructure();
    let today = jiff::civil::Date::constant(2026, 1, 31);
    insta::assert_snapshot!(infralint::template::skeleton::document(&template, Some(today)));
}

#[test]
fn a_template_without_examples_gives_a_document_all_the_same() {
    let text = support::text_of(&support::root().join("fixtures/templates/bare.toml"));
    let template = support::template("service.toml", text);
    let today = jiff::civil::Date::constant(2026, 1, 31);
    insta::assert_snapshot!(infralint::template::skeleton::document(&template, Some(today)));
}
