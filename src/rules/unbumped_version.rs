//! `unbumped-version`

use crate::bind::history::History;
use crate::bind::log::newest::newest;
use crate::diagnostic::{Finding, Requirement};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::text::joined;
use crate::values::{date, version};

declare_rule! {
    /// The document changed, but its version, its date or its changelog did not.
    ///
    /// Whoever reads version 1.3.0 twice expects to read the same twice. Compared is with the revision that `--since`
    /// names (where the branch left it). Only what the document says counts: blanks, the padding of tables, the header
    /// and the changelog itself do not. Where header and changelog contradict each other, `version-mismatch` and
    /// `date-mismatch` say so.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.0.0
    /// > **Last Updated:** 260110
    ///
    /// ## Steps
    ///
    /// Drain the queue, then restart the relay.
    ///
    /// ## Changelog
    ///
    /// ### 260110 - v1.0.0 - First version
    /// - Written.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.1.0
    /// > **Last Updated:** 260120
    ///
    /// ## Steps
    ///
    /// Drain the queue, then restart the relay.
    ///
    /// ## Changelog
    ///
    /// ### 260120 - v1.1.0 - Drain first
    /// - The queue is drained before the restart.
    ///
    /// ### 260110 - v1.0.0 - First version
    /// - Written.
    /// ```
    UNBUMPED_VERSION = "unbumped-version", History, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    let Some(history) = context.history() else { return };
    if !history.body_changed() {
        return;
    }
    let unchanged = unchanged(context, &history);
    let Some(first) = unchanged.first() else { return };
    let names: Vec<&str> = unchanged.iter().map(|part| part.name).collect();
    let steps: Vec<&str> = unchanged.iter().map(|part| part.step.as_str()).collect();
    let mut finding =
        Finding::new(format!("the document changed, but {} did not", joined(&names, "and")), first.place, "as before")
            .help(joined(&steps, "and"))
            .required_by(first.requirement);
    for part in &unchanged[1..] {
        finding = finding.also(part.place, "as before");
    }
    findings.push(finding);
}

/// Something that should have changed, too.
struct Part<'a> {
    name: &'a str,
    place: Span,
    step: String,
    requirement: &'a Requirement,
}

fn unchanged<'a>(context: &Context<'a>, history: &History<'a>) -> Vec<Part<'a>> {
    let template = history.template;
    let version = history.versions();
    let same_version = version.as_ref().map(|(_, _, now, then)| version::compare(now, then).is_eq());
    let same_log = history.log_is_the_same();
    // Where one of the two was brought up to date, they contradict each other: `version-mismatch` says so.
    let related = template.header.iter().flat_map(|header| &header.fields).any(|field| field.equals.is_some());
    if related && same_version.zip(same_log).is_some_and(|(version, log)| version != log) {
        return Vec::new();
    }
    let mut parts = Vec::new();
    if let Some((field, place, now, _)) = version.filter(|_| same_version == Some(true)) {
        let next = format!("{}.{}.{}", now.major, now.minor, now.patch + 1);
        let step = format!("raise {} to {next} or more", field.name.shown);
        parts.push(Part { name: &field.name.shown, place, step, requirement: &field.requirement });
    }
    let log = history.now.log(template);
    if let (Some((field, place, now)), Some((.., then))) = (history.now.day(template), history.then.day(template)) {
        // An entry of that day says that the day is right.
        let newest = log.as_ref().and_then(|log| newest(&log.entries)).and_then(|entry| entry.day);
        let is_said = same_log == Some(false) && newest.is_some_and(|(day, _)| day >= now);
        if now == then && !is_said {
            let today = context.around.today.zip(field.date_pattern());
            let day =
                today.map_or_else(|| "the day of the change".to_owned(), |(day, pattern)| date::write(day, pattern));
            let step = format!("set {} to {day}", field.name.shown);
            parts.push(Part { name: &field.name.shown, place, step, requirement: &field.requirement });
        }
    }
    if let Some(log) = log.filter(|_| same_log == Some(true))
        && let Some(place) = log.place
    {
        let step = format!("add an entry to {}", log.name);
        parts.push(Part { name: log.name, place, step, requirement: log.requirement });
    }
    parts
}
