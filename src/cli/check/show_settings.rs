//! `--show-settings`: what applies to a file, and which line of which file says so.

use std::fmt::Write as _;
use std::path::Path;

use crate::cli::CLEAN;
use crate::cli::check::plan::Plan;
use crate::cli::check::summary;
use crate::cli::discover;
use crate::cli::document;
use crate::cli::project::Project;
use crate::cli::stop::Outcome;
use crate::cli::streams::Streams;
use crate::config::model::Level;
use crate::described::At;
use crate::lint;
use crate::lint::scope::Scope;
use crate::reading::{Reading, read};
use crate::rules;
use crate::settings::Settings;
use crate::severity::Severity;
use crate::surroundings::STALE_AFTER;
use crate::template::model::Template;

/// What nobody says.
const DEFAULT: &str = "default";

/// Runs `infralint check --show-settings FILE`.
pub(super) fn show(file: &Path, plan: &mut Plan, streams: &mut Streams) -> Outcome {
    let reading = read(document::named(file)?);
    let real = discover::real(file);
    let project = plan.projects.of_file(&real)?;
    plan.overrule();
    let project = &plan.projects.list[project];
    let mut rows: Vec<[String; 3]> = Vec::new();
    let scope = project.scope(&reading, &real);
    rows.push(template_row(&scope, plan, project, &real));
    rows.extend(config_rows(plan, project, &real));
    let held = match scope {
        Scope::Held(template) => Some(template),
        Scope::Skipped(_) => project.catalogue.named("any"),
    };
    let mut shown = format!("{}\n\n{}", reading.source.name(), table(&rows, ""));
    if let Some(held) = held {
        let rows = rule_rows(&reading, &held, project, &real);
        // A String takes everything.
        let _ = write!(shown, "\nrules\n{}", table(&rows, "  "));
    }
    streams.out.write_all(shown.as_bytes())?;
    Ok(CLEAN)
}

fn template_row(scope: &Scope, plan: &Plan, project: &Project, real: &Path) -> [String; 3] {
    let entry = project.entry(real).map(|index| &project.config.specs[index]);
    let assigned = entry.and_then(|entry| entry.template.as_ref());
    let (value, from) = match scope {
        Scope::Held(template) if plan.asked.forced.is_some() => (template.name.clone(), "--template".to_owned()),
        Scope::Held(template) => {
            let from = assigned.map(|asked| project.place(asked.origin));
            (template.name.clone(), from.unwrap_or_else(|| "the document itself".to_owned()))
        }
        Scope::Skipped(skipped) => ("none".to_owned(), format!("the document itself: {}", summary::why(skipped))),
    };
    ["template".to_owned(), value, from]
}

fn config_rows(plan: &Plan, project: &Project, real: &Path) -> Vec<[String; 3]> {
    let config = &project.config;
    let row = |key: &str, value: String, from: String| [key.to_owned(), value, from];
    let at = |origin| project.place(origin);
    let list = |key: &str, list: Option<&At<Vec<At<String>>>>, nothing: &str| match list {
        Some(list) => {
            let values: Vec<&str> = list.value.iter().map(|value| value.value.as_str()).collect();
            row(key, values.join(", "), at(list.origin))
        }
        None => row(key, nothing.to_owned(), DEFAULT.to_owned()),
    };
    let text = |key: &str, text: Option<&At<String>>| match text {
        Some(text) => row(key, text.value.clone(), at(text.origin)),
        None => row(key, "none".to_owned(), DEFAULT.to_owned()),
    };
    let fail_on = match (plan.asked.fail_on, &config.fail_on) {
        (Some(level), _) => row("fail-on", level.name().to_owned(), "--fail-on".to_owned()),
        (None, Some(level)) => row("fail-on", level.value.name().to_owned(), at(level.origin)),
        (None, None) => row("fail-on", Severity::Error.to_string(), DEFAULT.to_owned()),
    };
    let stale_after = match &config.stale_after {
        Some(days) => row("git.stale-after", days.value.to_string(), at(days.origin)),
        None => row("git.stale-after", STALE_AFTER.to_string(), DEFAULT.to_owned()),
    };
    let mut rows = vec![fail_on];
    if let Some(index) = project.entry(real) {
        let entry = &config.specs[index];
        let globs: Vec<&str> = entry.files.value.iter().map(|glob| glob.value.as_str()).collect();
        rows.push(row("specs.files", globs.join(", "), at(entry.files.origin)));
    }
    rows.extend([
        list("include", config.include.as_ref(), "all Markdown files"),
        list("exclude", config.exclude.as_ref(), "none"),
        list("templates", config.templates.as_ref(), "none"),
        text("baseline", config.baseline.as_ref()),
        text("links.root", config.links_root.as_ref()),
        stale_after,
    ]);
    for (element, phrases) in &config.words {
        let phrases: Vec<&str> = phrases.iter().map(|phrase| phrase.value.as_str()).collect();
        rows.push(row(&format!("words.{}", element.value), phrases.join(", "), at(element.origin)));
    }
    rows
}

fn rule_rows(reading: &Reading, held: &Template, project: &Project, real: &Path) -> Vec<[String; 3]> {
    let settings = project.settings(real);
    let entry = project.entry(real).map(|index| &project.config.specs[index]);
    let levels = |settings: &Settings| lint::levels(reading, held, settings);
    let without_status = levels(&Settings { configured_by_status: Vec::new(), ..settings.clone() });
    let by_template = levels(&Settings::default());
    let said_in = |table: &[Level], rule: &str| {
        let level = table.iter().rev().find(|level| level.rule == rule)?;
        Some(project.place(level.level.origin))
    };
    let mut rows = Vec::new();
    for (index, (rule, level)) in rules::ALL.iter().zip(levels(settings)).enumerate() {
        let by_status = || {
            let tables = entry.into_iter().flat_map(|entry| &entry.by_status);
            tables.filter(|_| without_status[index] != level).find_map(|(_, table)| said_in(table, rule.name))
        };
        let from = if !settings.only.is_empty() {
            "--only".to_owned()
        } else if settings.overrides.iter().any(|(name, _)| name == rule.name) {
            "--rule".to_owned()
        } else if let Some(place) = by_status()
            .or_else(|| entry.and_then(|entry| said_in(&entry.rules, rule.name)))
            .or_else(|| said_in(&project.config.rules, rule.name))
        {
            place
        } else if by_template[index] == rule.default {
            DEFAULT.to_owned()
        } else {
            format!("template {}", held.name)
        };
        rows.push([rule.name.to_owned(), level.to_string(), from]);
    }
    rows
}

/// Three columns, aligned.
fn table(rows: &[[String; 3]], indent: &str) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    rows.iter().fold(String::new(), |text, [key, value, from]| {
        text + &format!("{indent}{key:first$}  {value:second$}  {from}\n")
    })
}
