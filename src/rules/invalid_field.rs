//! `invalid-field`

use crate::bind::header::fields::{Meant, Worth, day_to_write, kind_name, shown, swapped, worth};
use crate::bind::model::{FieldLine, HeaderState};
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};
use crate::template::model::Kind;
use crate::template::model::header::Field;
use crate::text::list;
use crate::values::date;

declare_rule! {
    /// A value of the version block is not of its kind.
    ///
    /// A version is X.Y.Z, a status is one of the list, a date is a real day in the template's form: only then can
    /// they be compared with the changelog and with the calendar. Case does not matter.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.0
    /// > **Status:** In Progress
    /// > **Last Updated:** 2026-01-15
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.0.0
    /// > **Status:** draft
    /// > **Last Updated:** 260115
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    /// ```
    INVALID_FIELD = "invalid-field", Header, Error, Document(check), fixes: Safe
}

fn check(context: &Context, findings: &mut Findings) {
    let Some(header) = &context.template.header else { return };
    let is_here = matches!(context.binding.header.state, HeaderState::Here(_));
    for (index, field) in header.fields.iter().enumerate() {
        let Some(line) = context.binding.field(index) else { continue };
        let finding = match worth(field, context.slice(line.value), context.template) {
            Worth::Good | Worth::Placeholder => continue,
            // Another form is rewritten with all of its values.
            Worth::Wrong(Some(meant)) if !is_here && meant.safety == Safety::Safe => continue,
            Worth::Empty => empty(context, field, line),
            Worth::Unreal(pattern) => unreal(context, field, line, pattern),
            Worth::Wrong(meant) => wrong(context, field, line, meant),
        };
        findings.push(finding.required_by(&field.requirement));
    }
}

fn empty(context: &Context, field: &Field, line: &FieldLine) -> Finding {
    let help = match &field.kind {
        Some(Kind::Choice { values, .. }) => format!("write {}", list(values, "or")),
        Some(Kind::Semver) => "write a version such as `1.0.0`".to_owned(),
        Some(Kind::Date(pattern)) => day_to_write(pattern, context.around.today),
        _ => what_to_write(field),
    };
    let name = shown(field, context.slice(line.key));
    Finding::new(format!("{name} has no value"), line.key, "nothing stands after this").help(help)
}

/// What to write where nothing says what is meant.
fn what_to_write(field: &Field) -> String {
    match &field.kind {
        Some(Kind::Pattern { written, .. }) => format!("write a value that matches `{written}`"),
        _ => format!("write {}", kind_name(field)),
    }
}

/// A date that no calendar has. Read in another order it may be one.
fn unreal(context: &Context, field: &Field, line: &FieldLine, pattern: &str) -> Finding {
    let message = format!("{} is not a real date", shown(field, context.slice(line.key)));
    let finding = Finding::new(message, line.value, format!("there is no such day in the form {pattern}"));
    finding.help(match swapped(context.slice(line.value), context.around.today) {
        Some(meant) => format!("write the day as {pattern}; did you mean `{}`?", date::write(meant, pattern)),
        None => day_to_write(pattern, context.around.today),
    })
}

fn wrong(context: &Context, field: &Field, line: &FieldLine, meant: Option<Meant>) -> Finding {
    let written = context.slice(line.value);
    let what = match &field.kind {
        Some(Kind::Choice { .. }) => format!("`{written}`"),
        _ => shown(field, context.slice(line.key)),
    };
    let finding = Finding::new(format!("{what} is not {}", kind_name(field)), line.value, "here");
    let accepted = match &field.kind {
        Some(Kind::Choice { values, .. }) => Some(list(values, "or")),
        _ => None,
    };
    let Some(Meant { value, safety }) = meant else {
        let help = match (&field.kind, accepted) {
            (_, Some(accepted)) => format!("write {accepted}"),
            (Some(Kind::Date(pattern)), _) => match date::either(written, pattern) {
                Some(either) => format!("write {either}"),
                None => day_to_write(pattern, context.around.today),
            },
            _ => what_to_write(field),
        };
        return finding.help(help);
    };
    let help = match accepted {
        Some(accepted) if safety == Safety::Unsafe => format!("write {accepted}; did you mean `{value}`?"),
        _ => format!("write `{value}`"),
    };
    finding.help(help).fix(Fix::replace(safety, line.value, value))
}
