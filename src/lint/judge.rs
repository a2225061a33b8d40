//! How bad a finding is: rule, then template, then the status of the document, then configuration, then the command
//! line. Later ones win.

use crate::diagnostic::Finding;
use crate::rule::{Context, Rule};
use crate::rules;
use crate::settings::Settings;
use crate::severity::Severity;
use crate::template::model::Kind;
use crate::template::model::header::Role;

/// The level of every rule for one document.
pub(super) struct Judge<'a> {
    /// In the order of [`rules::ALL`].
    levels: Vec<Severity>,
    by_requirement: &'a [(String, Severity)],
}

impl<'a> Judge<'a> {
    pub(super) fn new(context: &Context<'a>, settings: &Settings) -> Self {
        let template = context.template;
        let status = status(context);
        let mut levels: Vec<Severity> = rules::ALL.iter().map(|rule| rule.default).collect();
        set(&mut levels, &template.severities.always);
        by_status(&mut levels, &status, &template.severities.by_status);
        set(&mut levels, &settings.configured);
        by_status(&mut levels, &status, &settings.configured_by_status);
        set(&mut levels, &settings.overrides);
        if !settings.only.is_empty() {
            for (rule, level) in rules::ALL.iter().zip(&mut levels) {
                let asked = settings.only.iter().any(|name| name == rule.name);
                if !asked {
                    *level = Severity::Off;
                } else if *level == Severity::Off {
                    // Asked for by name: it runs, although it is off for everybody else.
                    *level = Severity::Warning;
                }
            }
        }
        Self { levels, by_requirement: &template.severities.by_requirement }
    }

    /// The level of a rule.
    pub(super) fn level(&self, rule: &Rule) -> Severity {
        rules::index_of(rule.name).map_or(rule.default, |index| self.levels[index])
    }

    /// The rules that are on, in their order.
    pub(super) fn on(&self) -> impl Iterator<Item = &'static Rule> {
        let levels = rules::ALL.iter().zip(&self.levels);
        levels.filter(|&(_, level)| *level > Severity::Off).map(|(rule, _)| *rule)
    }

    /// The level of a finding: a template may judge one of its requirements otherwise.
    pub(super) fn level_of(&self, rule: &Rule, finding: &Finding) -> Severity {
        let level = self.level(rule);
        let own = finding.required_by.as_ref().and_then(|requirement| {
            self.by_requirement.iter().find(|(path, _)| **path == *requirement.path).map(|&(_, level)| level)
        });
        own.filter(|_| level > Severity::Off).unwrap_or(level)
    }
}

fn set(levels: &mut [Severity], table: &[(String, Severity)]) {
    for (name, level) in table {
        if let Some(index) = rules::index_of(name) {
            levels[index] = *level;
        }
    }
}

/// The tables of the document's status. Where that is unreadable, each rule takes the highest level that any status
/// gives it, but what is off stays off.
fn by_status(levels: &mut [Severity], status: &Status, tables: &[(String, Vec<(String, Severity)>)]) {
    match status {
        Status::Known(name) => {
            for (_, table) in tables.iter().filter(|(status, _)| status.eq_ignore_ascii_case(name)) {
                set(levels, table);
            }
        }
        Status::Unreadable => {
            for (name, level) in tables.iter().flat_map(|(_, table)| table) {
                if let Some(known) = rules::index_of(name).map(|index| &mut levels[index])
                    && *known > Severity::Off
                {
                    *known = (*known).max(*level);
                }
            }
        }
    }
}

enum Status<'a> {
    Known(&'a str),
    Unreadable,
}

/// The status that the header gives, where it is one of the template's.
fn status<'a>(context: &Context<'a>) -> Status<'a> {
    let Some(header) = &context.template.header else { return Status::Unreadable };
    let index = header.fields.iter().position(|field| field.role == Some(Role::Status));
    let value = index.and_then(|index| context.binding.field(index)).map(|line| context.slice(line.value).trim());
    let kind = index.and_then(|index| header.fields[index].kind.as_ref());
    // `✅ Approved` is a finding of its own, and still says what the document takes itself for.
    match (value, kind) {
        (Some(value), Some(kind @ Kind::Choice { values, .. })) => match kind.chosen(value) {
            Some(chosen) => Status::Known(&values[chosen.index]),
            None => Status::Unreadable,
        },
        _ => Status::Unreadable,
    }
}
