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
