//! Which documents are held to a template: most Markdown is no spec.

mod support;

use std::path::Path;
use std::sync::Arc;

use infralint::lint::scope::{Reason, Scope, scope};
use infralint::settings::Settings;
use infralint::template::model::Template;

const HEADER: &str = "> **Version:** 1.0.0\n> **Status:** Draft\n> **Last Updated:** 260115\n\n";

fn builtin() -> Arc<Template> {
    Arc::new(support::infrastructure())
}

fn settings() -> Settings {
    Settings { templates: vec![builtin()], ..Settings::default() }
}

/// The template that holds a text, or why none does.
fn held(text: &str) -> Result<String, Reason> {
    judged(text, &settings(), false)
}

/// The same for a text that lies where a spec is expected.
fn held_there(text: &str) -> Result<String, Reason> {
    judged(text, &settings(), true)
}

fn judged(text: &str, settings: &Settings, claimed: bool) -> Result<String, Reason> {
    match scope(&support::read("a.md", text), settings, |_| claimed) {
        Scope::Held(template) => Ok(template.name.clone()),
        Scope::Skipped(skipped) => Err(skipped.reason),
    }
}

fn sections(names: &[&str]) -> String {
    names.iter().fold(String::new(), |text, name| text + "## " + name + "\n\nText.\n\n")
}

const FOUR: [&str; 4] = ["Overview", "Environments", "Cloud Resources", "Changelog"];

#[test]
fn a_document_says_itself_what_it_is() {
    assert_eq!(held("# Notes\n\n<!-- infralint: template = infrastructure -->\n"), Ok("infrastructure".into()));
    assert_eq!(held("---\ntemplate: infrastructure\n---\n# Notes\n"), Ok("infrastructure".into()));
    assert_eq!(held("+++\ntemplate = \"infrastructure\"\n+++\n# Notes\n"), Ok("infrastructure".into()));
    assert_eq!(
        held("<!-- infralint: template = infrastucture -->\n"),
        Err(Reason::UnknownTemplate("infrastucture".into()))
    );
    assert_eq!(held("```html\n<!-- infralint: template = infrastructure -->\n```\n"), Err(Reason::NoSpec));
}

#[test]
fn a_name_alone_makes_no_spec() {
    let plain = "# Notes\n\nText.\n";
    assert_eq!(held(plain), Err(Reason::NoSpec));
    assert_eq!(held_there(plain), Err(Reason::NamedLikeOne));
    assert_eq!(held("# Infrastructure\n\nText.\n"), Err(Reason::NoSpec));
    assert_eq!(held_there("# Infrastructure\n\n**Status**: Draft\n"), Err(Reason::NamedLikeOne));
}

#[test]
fn a_name_and_a_shape_do() {
    let infrastructure = Ok("infrastructure".to_owned());
    let three = format!("# Infrastructure\n\n{}", sections(&FOUR[..3]));
    let four = format!("# Our Infrastructure, 2026\n\n{}", sections(&FOUR));
    assert_eq!(held(&three), Err(Reason::NoSpec));
    assert_eq!(held(&four), infrastructure);
    assert_eq!(held(&four.replace("Infrastructure", "Infrastructures")), Err(Reason::NoSpec), "whole words");
    assert_eq!(held_there(&four.replace("Infrastructure", "Platform")), infrastructure);
    assert_eq!(held(&format!("# Infrastructure\n\n{HEADER}Text.\n")), infrastructure);
}

#[test]
fn a_shape_alone_must_be_complete() {
    let template = builtin();
    let names: Vec<&str> = template
        .sections()
        .filter(|(_, section)| section.parent.is_none())
        .map(|(_, section)| section.name.shown.as_str())
        .collect();
    let half = names.len().div_ceil(2);
    let text = |names: &[&str]| format!("# Platform\n\n{HEADER}{}", sections(names));
    assert_eq!(held(&text(&names[..half])), Ok("infrastructure".into()));
    assert_eq!(held(&text(&names[..half - 1])), Err(Reason::NoSpec));
    let bold = |names: &[&str]| text(names).replace("> **", "**");
    let most = (names.len() * 3).div_ceil(4);
    assert_eq!(held(&bold(&names[..most - 1])), Err(Reason::NoSpec), "another form is no header");
    assert_eq!(held(&bold(&names[..most])), Ok("infrastructure".into()), "so many names are no chance");
}

#[test]
fn a_wrapper_is_judged_by_what_is_inside() {
    let inside = format!("# Infrastructure\n\n{HEADER}{}", sections(&FOUR));
    assert_eq!(held(&format!("````markdown\n{inside}````\n")), Ok("infrastructure".into()));
    assert_eq!(held(&format!("# Notes\n\nText.\n\n````text\n{inside}````\n")), Err(Reason::NoSpec));
}

#[test]
fn who_is_told_does_not_look() {
    let text = "# Notes\n";
    let forced = Settings { forced: Some(builtin()), ..settings() };
    let assigned = Settings { assigned: Some(builtin()), ..settings() };
    assert!(judged(text, &forced, false).is_ok());
    assert!(judged(text, &assigned, false).is_ok());
}

/// Documents that never heard of the template: none is held that does not ask for it.
#[test]
fn documents_of_others_are_left_alone() {
    let mut held_ones = Vec::new();
    for (source, text) in support::corpus() {
        let file = Path::new(&source).file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let named = file.ends_with("infrastructure.md") || file.starts_with("infrastructure-");
        if judged(&text, &settings(), named).is_ok() {
            held_ones.push(source);
        }
    }
    assert_eq!(held_ones, Vec::<String>::new());
}
