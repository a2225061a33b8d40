//! The engine: which template holds a document, what is wrong with it, and how bad that is. Pure.

mod conflict;
pub mod examples;
mod fingerprint;
mod judge;
pub mod scope;
mod suppress;

use crate::bind::bind;
use crate::bind::log::newest;
use crate::bind::tables::standing;
use crate::diagnostic::{Diagnostic, Finding, Report};
use crate::lint::fingerprint::Sections;
use crate::lint::judge::Judge;
use crate::reading::Reading;
use crate::rule::{Check, Context, Findings, Rule};
use crate::rules;
use crate::rules::invalid_directive::INVALID_DIRECTIVE;
use crate::rules::unused_directive::UNUSED_DIRECTIVE;
use crate::rules::wrapped_document::WRAPPED_DOCUMENT;
use crate::settings::Settings;
use crate::severity::Severity;
use crate::source::{line_end, text_start};
use crate::surroundings::Surroundings;
use crate::template::model::Template;

/// The one rule that speaks of a document inside a ```` ```markdown ```` fence: every other would be a consequence.
const WRAPPED: &Rule = &WRAPPED_DOCUMENT;

/// The rules that no `allow` comment silences: those that speak of such comments, and the one of a document in which
/// none is read.
pub(crate) const NEVER_ALLOWED: [&str; 3] = [INVALID_DIRECTIVE.name, UNUSED_DIRECTIVE.name, WRAPPED.name];

/// What is wrong with a document, judged: sorted by place, then by rule.
pub fn check(reading: &Reading, held: &Template, settings: &Settings, around: &Surroundings) -> Report {
    let binding = bind(reading, held);
    let earlier = around.earlier.as_ref().map(|earlier| bind(earlier, held));
    let text = reading.source.text();
    let context = Context {
        reading,
        binding: &binding,
        template: held,
        around,
        rules: rules::ALL,
        earlier: earlier.as_ref(),
        tables: &standing::tables(held, &reading.document, &binding, text),
        logs: &newest::logs(held, &binding, text),
    };
    let judge = Judge::new(&context, settings);
    let mut found = run(&context, &judge);
    if reading.wrapped.is_none() {
        let unused = suppress::apply(&context, &judge, &mut found);
        found.extend(unused);
        conflict::silence(&context, &mut found);
    }
    Report { diagnostics: judged(&context, &judge, found) }
}

/// The level of every rule for a document, in the order of [`rules::ALL`].
pub fn levels(reading: &Reading, held: &Template, settings: &Settings) -> Vec<Severity> {
    let binding = bind(reading, held);
    let around = &Surroundings::default();
    let rules = rules::ALL;
    let context =
        Context { reading, binding: &binding, template: held, around, rules, earlier: None, tables: &[], logs: &[] };
    let judge = Judge::new(&context, settings);
    rules::ALL.iter().map(|rule| judge.level(rule)).collect()
}

/// Runs every rule that is on.
fn run(context: &Context, judge: &Judge) -> Vec<(&'static Rule, Finding)> {
    let wrapped = context.reading.wrapped.is_some();
    let mut found = Vec::new();
    let mut findings = Findings::default();
    for rule in judge.on().filter(|rule| !wrapped || rule.name == WRAPPED.name) {
        if let Check::Document(check) = rule.check {
            check(context, &mut findings);
            // Mostly a rule has nothing to say.
            if !findings.list.is_empty() {
                found.extend(findings.list.drain(..).map(|finding| (rule, finding)));
            }
        }
    }
    found
}

fn judged(context: &Context, judge: &Judge, found: Vec<(&'static Rule, Finding)>) -> Vec<Diagnostic> {
    if found.is_empty() {
        return Vec::new();
    }
    let sections = Sections::new(context);
    let (line_end, start) = (line_end(context.text()), text_start(context.text()));
    let mut diagnostics: Vec<Diagnostic> = found
        .into_iter()
        .filter_map(|(rule, mut finding)| {
            finding.fix = finding.fix.map(|fix| fix.adapted(line_end, start));
            let severity = judge.level_of(rule, &finding);
            (severity > Severity::Off).then(|| {
                let section = sections.at(finding.at.span.start());
                let fingerprint = fingerprint::of(rule.name, &section.normal, &finding, context.text());
                Diagnostic { rule: rule.name, severity, finding, section: section.shown, fingerprint }
            })
        })
        .collect();
    // What one rule says of one place stays in the template's order.
    diagnostics.sort_by_key(|diagnostic| (diagnostic.finding.at.span, diagnostic.rule));
    diagnostics
}
