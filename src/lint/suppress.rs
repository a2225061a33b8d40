//! What `allow` comments silence, and which of them silence nothing.

use crate::diagnostic::Finding;
use crate::directive::Directive;
use crate::lint::NEVER_ALLOWED;
use crate::lint::judge::Judge;
use crate::markdown::model::{Document, PlacedDirective, Reach};
use crate::rule::{Context, Rule};
use crate::rules::invalid_directive;
use crate::rules::unused_directive::{self, UNUSED_DIRECTIVE};
use crate::severity::Severity;
use crate::span::Span;

/// Removes what is allowed, and returns what the `unused-directive` rule says.
pub(super) fn apply(
    context: &Context,
    judge: &Judge,
    found: &mut Vec<(&'static Rule, Finding)>,
) -> Vec<(&'static Rule, Finding)> {
    let document = context.document();
    let mut unused = Vec::new();
    for placed in &context.binding.directives {
        // What a faulty directive means is silent as well: only `invalid-directive` speaks.
        let (rules, is_good) = match &placed.directive {
            Directive::Allow { rules, reason } => (rules, reason.is_some()),
            Directive::NoColon { rules, .. } | Directive::Unknown { rules, .. } => (rules, false),
            Directive::NoRules(_) | Directive::Template(_) => continue,
        };
        let reach = reach(document, placed);
        let mut idle = Vec::new();
        for &name in rules {
            let Some(rule) = invalid_directive::meant(context, context.slice(name)) else { continue };
            let before = found.len();
            found.retain(|(other, finding)| {
                let is_it = other.name == rule.name && !NEVER_ALLOWED.contains(&rule.name);
                !(is_it && touches(reach, finding.at.span))
            });
            let ran = judge.level(rule) > Severity::Off;
            if found.len() == before && ran && is_good && rule.name == context.slice(name) {
                idle.push(name);
            }
        }
        unused.extend(unused_directive::say(context, placed.span, rules, &idle));
    }
    if judge.level(&UNUSED_DIRECTIVE) == Severity::Off {
        return Vec::new();
    }
    unused.into_iter().map(|finding| (&UNUSED_DIRECTIVE, finding)).collect()
}

/// The part of the text that a directive speaks of.
fn reach(document: &Document, placed: &PlacedDirective) -> Span {
    match placed.reach {
        Reach::Document => Span::new(0, document.sections.last().map_or(0, |section| section.body.end())),
        Reach::Block(span) | Reach::Inline(span) => span,
        Reach::Section => {
            let section = document.section(placed.section);
            let Some(heading) = &section.heading else { return section.body };
            let end = document.sections[placed.section.index() + 1..]
                .iter()
                .find_map(|next| next.heading.as_ref().filter(|next| next.level <= heading.level))
                .map_or_else(|| document.sections.last().map_or(0, |last| last.body.end()), |next| next.span.start());
            Span::new(heading.span.start(), end)
        }
    }
}

fn touches(reach: Span, place: Span) -> bool {
    reach.start() <= place.start() && place.start() <= reach.end() && (place.start() < reach.end() || place.is_empty())
}
