//! `infralint explain`: what a rule means, with examples.

use crate::cli::CLEAN;
use crate::cli::args::Explain;
use crate::cli::check::rule_name;
use crate::cli::paint::Paint;
use crate::cli::stop::Outcome;
use crate::cli::streams::Streams;
use crate::fix::Safety;
use crate::rule::Rule;
use crate::rules;
use crate::severity::Severity;

/// Runs `infralint explain`.
pub(in crate::cli) fn run(arguments: &Explain, streams: &mut Streams) -> Outcome {
    let paint = Paint(streams.terminal.out);
    let Some(asked) = &arguments.rule else {
        write!(streams.out, "{}", crate::cli::commands::rules::table(paint))?;
        return Ok(CLEAN);
    };
    let name = rule_name(asked)?;
    if let Some(rule) = rules::find(&name) {
        write!(streams.out, "{}", explained(rule, paint))?;
    }
    Ok(CLEAN)
}

/// Name and level of a rule, and its docs.
fn explained(rule: &Rule, paint: Paint) -> String {
    let level = match rule.default {
        Severity::Off => "off unless switched on".to_owned(),
        level => format!("{level} by default"),
    };
    let fix = match rule.fixes {
        Some(Safety::Safe) => ", fixed by --fix",
        Some(Safety::Unsafe) => ", fixed by --fix --unsafe-fixes",
        Some(Safety::Suggest) | None => "",
    };
    let mut out = format!("{} ({}, {level}{fix})\n\n", paint.bold(rule.name), rule.group.name());
    let mut fence: Option<&str> = None;
    let docs = rule.markdown();
    for line in docs.lines() {
        let marker = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if line == open => fence = None,
            None if marker.len() >= 3 => fence = Some(marker),
            _ => {}
        }
        let heading = fence.is_none() && line.starts_with('#');
        out.push_str(&if heading { paint.bold(line) } else { line.to_owned() });
        out.push('\n');
    }
    out
}
