//! Every mistake in a template is told with its place, what is wrong, and what to write instead; all of one file at
//! once. One snapshot for each file in `fixtures/templates/mistakes/`.

#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write;

use infralint::diagnostic::Mistake;
use infralint::source::Source;
use infralint::template::load::load;

fn mistakes(chain: &[Source]) -> Vec<Mistake> {
    let known: Vec<&str> = infralint::rules::ALL.iter().map(|rule| rule.name).collect();
    load(chain.to_owned(), &known).expect_err("a template with mistakes")
}

/// `line:column message / label / help`, and what stands at the place.
fn told(chain: &[Source]) -> String {
    let mut out = String::new();
    for mistake in mistakes(chain) {
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

#[test]
fn a_byte_order_mark_moves_every_place() {
    const MARK: &str = "\u{feff}";
    for path in support::files(&support::root().join("fixtures/templates/mistakes")) {
        let place = |mistake: Mistake, moved: usize| {
            let moved = if mistake.origin.source == 0 { moved } else { 0 };
            (mistake.message, mistake.origin.span.start() - moved, mistake.origin.span.end() - moved)
        };
        let text = support::text_of(&path);
        let marked = mistakes(&support::chain(Source::new("t.toml", format!("{MARK}{text}"))));
        let plain = mistakes(&support::chain(Source::new("t.toml", text)));
        let marked: Vec<_> = marked.into_iter().map(|mistake| place(mistake, MARK.len())).collect();
        let plain: Vec<_> = plain.into_iter().map(|mistake| place(mistake, 0)).collect();
        assert_eq!(marked, plain, "{}", path.display());
    }
}

/// A template whose diagram has two layers, the second of so many elements.
fn of_elements(many: usize) -> Source {
    let names: Vec<String> = (0..many).map(|number| format!("rack{number}")).collect();
    let mut text = format!(
        "name = \"racks\"\n[[section]]\nheading = \"## Picture\"\n[section.diagram]\nlanguage = \"mermaid\"\nlayers = [\n  \
         {{ name = \"Users\", elements = [\"user\"] }},\n  {{ name = \"Racks\", elements = {names:?} }},\n]\n\n\
         [words]\nuser = [\"user\"]\n"
    );
    for name in &names {
        writeln!(text, "{name} = [\"{name}\"]").unwrap();
    }
    Source::new("racks.toml", text)
}

#[test]
fn elements_that_could_not_be_told_apart_are_a_mistake() {
    assert!(load(vec![of_elements(127)], &[]).is_ok());
    let told = told(&[of_elements(128)]);
    assert!(told.starts_with("racks.toml:8:3 the layers of this diagram have more than 128 elements\n"), "{told}");
    assert_eq!(told.lines().count(), 3, "{told}");
}
