//! `[severity]`: by rule, by requirement, by status.

use crate::described::{Keyed, Text};
use crate::severity::Severity;
use crate::template::load::compile::Compiler;
use crate::template::model::header::Role;
use crate::template::model::{Kind, Severities, Template};
use crate::template::paths::{self, Found};
use crate::template::raw::severity::{RawSeverities, RawSeverity};
use crate::text::did_you_mean_or;

/// The severities that a template changes.
pub(super) fn compile(
    compiler: &mut Compiler<'_>,
    raw: Option<&RawSeverities>,
    template: &Template,
    known_rules: &[&str],
) -> Severities {
    let mut severities = Severities::default();
    for (name, entry) in raw.into_iter().flat_map(|raw| &raw.entries) {
        match entry {
            RawSeverity::Level(level) => match by_name(compiler, name, template, known_rules) {
                Some(Subject::Rule) => severities.always.push((name.value.clone(), *level)),
                Some(Subject::Requirement(path)) => severities.by_requirement.push((path, *level)),
                None => {}
            },
            RawSeverity::Status(table) => {
                let levels = rules(compiler, table, known_rules);
                if is_status(compiler, name, template) {
                    severities.by_status.push((name.value.clone(), levels));
                }
            }
        }
    }
    severities
}

enum Subject {
    Rule,
    Requirement(String),
}

/// A rule, else a requirement.
fn by_name(compiler: &mut Compiler<'_>, name: &Text, template: &Template, known: &[&str]) -> Option<Subject> {
    if known.contains(&name.value.as_str()) {
        return Some(Subject::Rule);
    }
    match paths::find(template, &name.value, |_| true) {
        Found::One(place) => {
            let path = paths::all(template).into_iter().find(|(found, _)| *found == place).map(|(_, path)| path);
            return path.map(|path| Subject::Requirement(path.to_string()));
        }
        Found::Many(paths) => {
            let message = format!("`{}` may mean more than one requirement", name.value);
            let help = format!("write {}", crate::text::list(&paths, "or"));
            compiler.mistakes.push(name.origin, message, "here", help);
            return None;
        }
        Found::None => {}
    }
    if known.is_empty() {
        return Some(Subject::Rule);
    }
    if !compiler.is_own(name.origin) {
        return None;
    }
    let help = did_you_mean_or(&name.value, known.iter().copied(), || paths::suggestion(template, &name.value));
    let message = format!("`{}` is neither a rule nor a requirement of this template", name.value);
    compiler.mistakes.push_unresolved(name.origin, message, "here", help);
    None
}

fn rules(compiler: &mut Compiler<'_>, table: &Keyed<Severity>, known: &[&str]) -> Vec<(String, Severity)> {
    let is_known = |name: &str| known.is_empty() || known.contains(&name);
    for (name, _) in table.entries.iter().filter(|(name, _)| !is_known(&name.value)) {
        let help =
            did_you_mean_or(&name.value, known.iter().copied(), || "`infralint rules` lists them all".to_owned());
        compiler.mistakes.push(name.origin, format!("there is no rule `{}`", name.value), "here", help);
    }
    table.entries.iter().map(|(name, level)| (name.value.clone(), *level)).collect()
}

/// Whether documents can have that status.
fn is_status(compiler: &mut Compiler<'_>, name: &Text, template: &Template) -> bool {
    let values = template.field(Role::Status).and_then(|field| match &field.kind {
        Some(Kind::Choice { values, .. }) => Some(values),
        _ => None,
    });
    match values {
        None => {
            if !compiler.is_own(name.origin) {
                return false;
            }
            let help = "give a field of the header `role = \"status\"`, `type = \"choice\"` and `values`";
            compiler.mistakes.push_unresolved(name.origin, "the header has no status field", "for this table", help);
            false
        }
        Some(values) if values.iter().all(|value| *value != name.value) => {
            let known: Vec<&str> = values.iter().map(String::as_str).collect();
            compiler.unresolved(name, format!("`{}` is no status", name.value), &known);
            false
        }
        Some(_) => true,
    }
}
