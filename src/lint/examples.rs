//! Whether the examples of a template keep to the template: it is its own regression test.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Mistake, Origin};
use crate::lint::check;
use crate::reading::read;
use crate::rules::placeholder_text::PLACEHOLDER_TEXT;
use crate::settings::Settings;
use crate::source::Source;
use crate::span::Span;
use crate::surroundings::Surroundings;
use crate::template::model::Template;
use crate::template::skeleton;

/// Writes a document of the examples and holds it to the template. What is found there, but for placeholders, is a
/// mistake of an example, told where the template writes it, else where it asks for it.
pub fn mistakes(template: &Template, today: Date) -> Vec<Mistake> {
    let text = skeleton::examples(template, Some(today));
    let reading = read(Source::new("example.md", text));
    let around = Surroundings { today: Some(today), ..Surroundings::default() };
    let report = check(&reading, template, &Settings::default(), &around);
    // The one rule that examples may break: what must be filled in is what they are for.
    let mut mistakes: Vec<Mistake> = report
        .diagnostics
        .into_iter()
        .filter(|diagnostic| diagnostic.rule != PLACEHOLDER_TEXT.name)
        .map(|diagnostic| mistake(template, &reading.source, diagnostic))
        .collect();
    mistakes.sort_by_key(|mistake| (mistake.origin.source, mistake.origin.span));
    mistakes
}

fn mistake(template: &Template, document: &Source, diagnostic: Diagnostic) -> Mistake {
    let finding = diagnostic.finding;
    let line = document.line_span(document.line_of(finding.at.span.start()));
    let required = finding.required_by.map(|requirement| requirement.origin);
    let written = written(template, document.slice(line), required);
    let (origin, label) = match (written, required) {
        (Some(origin), _) => (origin, "here"),
        (None, Some(origin)) => (origin, "asked for here"),
        (None, None) => (Origin { source: 0, span: Span::at(0) }, ""),
    };
    Mistake {
        origin,
        message: format!("the example breaks its own template: {}", finding.message),
        label: label.to_owned(),
        help: Some(match finding.help {
            Some(help) => format!("in the `example`: {}", without_waiver(&help)),
            None => format!("change the `example`; `infralint explain {}` says why", diagnostic.rule),
        }),
    }
}

/// Where a line of the document stands in the template, but for blanks; the first behind what asks for it.
fn written(template: &Template, line: &str, required: Option<Origin>) -> Option<Origin> {
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let wanted = words(line);
    if wanted.is_empty() {
        return None;
    }
    let from = required.unwrap_or(Origin { source: 0, span: Span::at(0) });
    let source = template.sources.get(usize::from(from.source))?;
    let first = source.line_of(from.span.start());
    let lines = || (first..source.line_count()).map(|line| source.line_span(line));
    let found = lines()
        .find(|&span| words(source.slice(span)) == wanted)
        // An example of one line stands behind its key.
        .or_else(|| lines().find(|&span| source.slice(span).contains(&format!("\"{}\"", line.trim()))))?;
    Some(Origin { source: from.source, span: found.trim(source.text()) })
}

/// A document may say that something does not apply; the template that asks for it may not.
fn without_waiver(help: &str) -> &str {
    let at = ["; or say", ", or say"].iter().filter_map(|waiver| help.find(waiver)).min();
    &help[..at.unwrap_or(help.len())]
}
