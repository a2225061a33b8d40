//! The version block and its fields.

use crate::described::Text;
use crate::template::load::compile::Compiler;
use crate::template::load::kinds::KindKeys;
use crate::template::load::names::{Claims, name};
use crate::template::load::references::{End, log_of};
use crate::template::load::{examples, forms};
use crate::template::model::header::{Field, Header, HeaderForm, Role};
use crate::template::model::log::{EntryPart, EntryToken, LogPart};
use crate::template::model::{Kind, Section};
use crate::template::raw::header::{RawField, RawHeader, RawRole};

/// The header. Its relations lead to logs, so it comes behind the sections.
pub(super) fn compile(compiler: &mut Compiler<'_>, raw: &RawHeader, sections: &[Section]) -> Header {
    if raw.form.is_none() {
        compiler.mistakes.needs(raw.origin, "the header", "form", "how a line looks: `> **Name:** value`");
    }
    let form = raw.form.as_ref().and_then(|form| forms::header(compiler.mistakes, form));
    let raws: Vec<&RawField> = raw.field.iter().flat_map(|fields| &fields.list).collect();
    let names: Vec<_> = raws
        .iter()
        .filter_map(|field| {
            let name = field.name.as_ref()?;
            Some((name.value.as_str(), name.origin, field.aliases.as_ref(), field.lookalikes.as_ref()))
        })
        .collect();
    Claims::new("field").all(compiler.mistakes, &names);
    let mut fields: Vec<Field> = Vec::new();
    for raw in raws {
        let Some(field) = field(compiler, raw, sections) else { continue };
        if let Some(role) = field.role
            && let Some(other) = fields.iter().find(|other| other.role == Some(role))
        {
            let message = format!("`{}` and `{}` have the same role", other.name.shown, field.name.shown);
            compiler.mistakes.push(raw.origin, message, "the second one", "remove `role` from one of them");
        }
        fields.push(field);
    }
    Header {
        requirement: Compiler::requirement(raw.form.as_ref().map_or(raw.origin, |form| form.origin)),
        form: form.unwrap_or_else(|| HeaderForm {
            written: String::new(),
            quoted: false,
            before_name: String::new(),
            between: String::new(),
        }),
        fields,
        essential: raw.essential.unwrap_or(false),
    }
}

fn field(compiler: &mut Compiler<'_>, raw: &RawField, sections: &[Section]) -> Option<Field> {
    let shown = raw.name.as_ref()?;
    let kind = compiler.kind(KindKeys {
        kind: raw.kind.as_ref(),
        values: raw.values.as_ref(),
        value_aliases: raw.value_aliases.as_ref(),
        format: raw.format.as_ref(),
        pattern: raw.pattern.as_ref(),
        open: None,
    });
    let role = raw.role.map(|role| match role {
        RawRole::Version => Role::Version,
        RawRole::Status => Role::Status,
        RawRole::Updated => Role::Updated,
    });
    if raw.kind.is_some() && kind.is_some() {
        check_role(compiler, shown, role, kind.as_ref());
    }
    let is_date = matches!(kind, Some(Kind::Date(_)));
    if raw.not_after.is_some() && !is_date {
        let help = "add `type = \"date\"`, or remove `not-after`";
        compiler.mistakes.push(
            shown.origin,
            format!("`not-after` needs a date, and `{}` is none", shown.value),
            "here",
            help,
        );
    }
    let equals = raw.equals.as_ref().and_then(|text| log_part(compiler, sections, text));
    let at_least = raw.at_least.as_ref().and_then(|text| log_part(compiler, sections, text));
    for (text, part) in [(&raw.equals, equals), (&raw.at_least, at_least)] {
        let (Some(text), Some(part)) = (text, part) else { continue };
        let theirs = match part.part {
            EntryPart::Version => Kind::Semver,
            EntryPart::Date => Kind::Date(String::new()),
        };
        compiler.comparable(text, kind.as_ref(), Some(&theirs));
    }
    let example = raw.example.as_ref().map(|example| example.value.clone());
    Some(Field {
        requirement: Compiler::requirement(shown.origin),
        name: name(&shown.value, raw.aliases.as_ref(), raw.lookalikes.as_ref()),
        role,
        example: example.unwrap_or_else(|| examples::field(&shown.value, kind.as_ref())),
        kind,
        required: raw.required.unwrap_or(true),
        not_after_today: raw.not_after.is_some(),
        equals,
        at_least,
    })
}

/// A status is one of a list, a version is a version, a day is a date: rules rely on it.
fn check_role(compiler: &mut Compiler<'_>, shown: &Text, role: Option<Role>, kind: Option<&Kind>) {
    let wanted = match (role, kind) {
        (Some(Role::Version), kind) if !matches!(kind, Some(Kind::Semver | Kind::Pattern { .. })) => "semver",
        (Some(Role::Status), kind) if !matches!(kind, Some(Kind::Choice { .. })) => "choice",
        (Some(Role::Updated), kind) if !matches!(kind, Some(Kind::Date(_))) => "date",
        _ => return,
    };
    let message = format!("the type of `{}` does not go with its role", shown.value);
    compiler.mistakes.push(shown.origin, message, "here", format!("write `type = \"{wanted}\"`"));
}

/// `changelog.version`
fn log_part(compiler: &mut Compiler<'_>, sections: &[Section], text: &Text) -> Option<LogPart> {
    let (id, name) = compiler.dotted(text, End::Log)?;
    let log = compiler.id(&id, End::Log)?;
    let target = log_of(sections, log)?;
    let part = match name.value.as_str() {
        "version" => EntryPart::Version,
        "date" => EntryPart::Date,
        _ => {
            let message = format!("the log `{}` has no `{}`", id.value, name.value);
            compiler.unresolved(&name, message, &["version", "date"]);
            return None;
        }
    };
    let has = target.entry.parts.iter().any(|token| match part {
        EntryPart::Version => matches!(token, EntryToken::Version),
        EntryPart::Date => matches!(token, EntryToken::Date(_)),
    });
    if !has {
        let message = format!("the entries of `{}` carry no {}", id.value, name.value);
        compiler.unresolved(&name, message, &[]);
        return None;
    }
    Some(LogPart { log, part })
}
