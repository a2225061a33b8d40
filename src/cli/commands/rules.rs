//! `infralint rules`: every rule, by group.

use serde_json::{Value, json};

use crate::cli::CLEAN;
use crate::cli::args::{ListFormat, Rules};
use crate::cli::paint::Paint;
use crate::cli::stop::Outcome;
use crate::cli::streams::Streams;
use crate::fix::Safety;
use crate::rule::{Group, Rule, Stability};
use crate::rules;

/// Runs `infralint rules`.
pub(in crate::cli) fn run(arguments: &Rules, streams: &mut Streams) -> Outcome {
    match arguments.format {
        ListFormat::Text => write!(streams.out, "{}", table(Paint(streams.terminal.out)))?,
        ListFormat::Json => {
            let list: Vec<Value> = rules::ALL.iter().map(|rule| described(rule)).collect();
            writeln!(streams.out, "{:#}", Value::Array(list))?;
        }
    }
    Ok(CLEAN)
}

/// The rules by group, one line each.
pub(in crate::cli) fn table(paint: Paint) -> String {
    let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for group in Group::ALL {
        let of_group: Vec<&&Rule> = rules::ALL.iter().filter(|rule| rule.group == group).collect();
        if of_group.is_empty() {
            continue;
        }
        out.push_str(&paint.bold(group.name()));
        out.push('\n');
        for rule in of_group {
            let name = paint.cyan(&format!("{:width$}", rule.name));
            let fix = match rule.fixes {
                Some(Safety::Safe) => "fix",
                Some(Safety::Unsafe) => "unsafe fix",
                Some(Safety::Suggest) | None => "",
            };
            let summary = rule.summary.trim_end_matches('.');
            out.push_str(format!("  {name}  {:<7}  {fix:<10}  {summary}", rule.default).trim_end());
            out.push('\n');
        }
        out.push('\n');
    }
    out.push_str("`infralint explain RULE` says what a rule means, with examples.\n");
    out
}

fn described(rule: &Rule) -> Value {
    json!({
        "name": rule.name,
        "group": rule.group.name(),
        "summary": rule.summary,
        "severity": rule.default,
        "fix": rule.fixes,
        "since": rule.since,
        "stability": match rule.stability {
            Stability::Stable => "stable",
            Stability::Preview => "preview",
        },
        "formerly": rule.formerly,
        "docs": rule.markdown(),
    })
}
