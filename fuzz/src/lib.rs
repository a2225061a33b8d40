//! What the targets share.

use std::sync::LazyLock;

use infralint::diagnostic::{Mistake, Report};
use infralint::lint;
use infralint::reading::{self, Reading};
use infralint::rules;
use infralint::settings::Settings;
use infralint::source::Source;
use infralint::span::Span;
use infralint::surroundings::Surroundings;
use infralint::template::builtin::builtin;
use infralint::template::load::load;
use infralint::template::model::Template;

/// The built-in template for infrastructure specs.
pub static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    let source = builtin("infrastructure").expect("there is one");
    compiled(source).expect("it is sound")
});

/// A template, or what is wrong with it.
pub fn compiled(source: Source) -> Result<Template, Vec<Mistake>> {
    let known: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    load(vec![source], &known)
}

/// What is found in a text. Every place lies in it, on the boundaries of characters.
pub fn check(text: &str, template: &Template) -> (Reading, Report) {
    let reading = reading::read(Source::new("fuzz.md", text));
    let report = lint::check(&reading, template, &Settings::default(), &Surroundings::default());
    for diagnostic in &report.diagnostics {
        let finding = &diagnostic.finding;
        let labels = std::iter::once(&finding.at).chain(&finding.also).map(|label| label.span);
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in labels.chain(edits) {
            assert_lies_in(text, span, diagnostic.rule);
        }
    }
    for problem in reading.diagrams().iter().flat_map(|read| &read.diagram.problems) {
        assert_lies_in(text, problem.span, "a problem of a diagram");
    }
    (reading, report)
}

/// Whether a place can be shown.
pub fn assert_lies_in(text: &str, span: Span, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what}: {span:?} is no place of the text");
}
