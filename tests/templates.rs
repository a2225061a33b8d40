//! The templates that come with infralint are sound, and ask for all that they should.

mod support;

use std::fmt::Write as _;

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

#[test]
fn a_template_drops_changes_and_adds_by_path() {
    let base = support::infrastructure();
    let text = support::text_of(&support::root().join("fixtures/templates/extends/platform.toml"));
    let template = support::template("platform.toml", text);
    let (before, after) = (base.requirement_paths(), template.requirement_paths());
    let mut told = String::new();
    for path in before.iter().filter(|path| !after.contains(path)) {
        let _ = writeln!(told, "- {path}");
    }
    let mut last = None;
    for path in &after {
        if !before.contains(path) {
            let _ = writeln!(told, "+ {path}    (behind {})", last.unwrap_or("nothing"));
        }
        last = Some(&**path);
    }
    insta::assert_snapshot!(told);
}

#[test]
fn what_is_dropped_takes_its_relations_along() {
    let text = support::text_of(&support::root().join("fixtures/templates/extends/platform.toml"));
    let template = support::template("platform.toml", text);
    let today = jiff::civil::Date::constant(2026, 1, 31);
    insta::assert_snapshot!(infralint::template::skeleton::document(&template, Some(today)));
    let compute = template.contents().find_map(|(_, content)| match content {
        infralint::template::model::Content::Code(code) => Some(code),
        _ => None,
    });
    let code = compute.expect("the autoscaling block");
    let desired = code.values.iter().find(|value| value.keys[0] == "DesiredCapacity").expect("it is still there");
    assert_eq!((desired.at_least, desired.at_most), (Some(0), None), "MaxSize is gone, MinSize is not");
}
