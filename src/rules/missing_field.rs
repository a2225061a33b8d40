//! `missing-field`

use crate::bind::header::fields::{line, meant, taken, usable};
use crate::bind::lines::line_start;
use crate::bind::log::fresh::field_value;
use crate::bind::model::{Anchor, BoundField, BoundHeader, FieldLine, HeaderState};
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};
use crate::source::line_end;
use crate::span::Span;
use crate::template::model::header::{Field, Header};

declare_rule! {
    /// A field of the version block is missing.
    ///
    /// A key with a near name (`Last Update`) is probably meant, and shown; names that the template accepts are not
    /// reported. A line of it that stands apart from the header is shown, and the fix moves it there.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// > **Version:** 1.0.0
    /// > **Last Updated:** 260115
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
    /// > **Status:** Draft
    /// > **Last Updated:** 260115
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    /// ```
    MISSING_FIELD = "missing-field", Header, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    let Some(header) = &context.template.header else { return };
    let BoundHeader { fields, strays, .. } = &context.binding.header;
    for (index, (field, bound)) in header.fields.iter().zip(fields).enumerate() {
        if let BoundField::Missing { anchor, near } = bound {
            let stray = strays.iter().find(|(other, _)| *other == index).map(|(_, line)| line);
            findings.push(match near {
                Some(key) => renamed(context, field, *key),
                None => missing(context, header, field, *anchor, stray),
            });
        }
    }
}

fn renamed(context: &Context, field: &Field, key: Span) -> Finding {
    let (name, written) = (&field.name.shown, context.slice(key));
    Finding::new(format!("the header has no `{name}`, but `{written}`"), key, format!("did you mean `{name}`?"))
        .help(format!("rename it to `{name}`"))
        .required_by(&field.requirement)
        .fix(Fix::replace(Safety::Unsafe, key, name.as_str()))
}

/// `stray`: its line, where that stands apart from the header.
fn missing(context: &Context, header: &Header, field: &Field, anchor: Anchor, stray: Option<&FieldLine>) -> Finding {
    let text = context.text();
    let is_above = anchor.insert <= anchor.label.start();
    let side = if is_above { "above" } else { "below" };
    let value = match stray {
        Some(stray) => meant(field, context.slice(stray.value), context.template),
        None => field_value(context.template, context.binding, text, field, context.around.today),
    };
    let written = line(&header.form, &field.name.shown, &value);
    let is_here = matches!(context.binding.header.state, HeaderState::Here(_));
    let what =
        if is_here { format!("write `{written}` {side} this line") } else { format!("add `{written}` to the header") };
    let mut finding = Finding::new(
        format!("the header has no `{}`", field.name.shown),
        anchor.label,
        format!("it belongs {side} this"),
    )
    .required_by(&field.requirement);
    finding = match stray {
        Some(stray) => finding.also(stray.line, "it stands here").help(format!("move it: {what}")),
        None => finding.help(what),
    };
    if !is_here {
        // First the header gets its form; then there is a place to insert a line.
        return finding;
    }
    // Lines of the header have what stands before its first one: a quote within a quote, an indent.
    let start = line_start(text, anchor.label.start());
    let end = line_end(text);
    let prefix = &text[start..anchor.label.start()];
    let bare = if header.form.quoted { written.strip_prefix("> ").unwrap_or(&written) } else { &written };
    let inserted = if is_above { format!("{prefix}{bare}{end}") } else { format!("{end}{prefix}{bare}") };
    let mut edits = vec![Edit { span: Span::at(anchor.insert), text: inserted }];
    if let Some(stray) = stray {
        let moved = usable(field, stray, text, context.template).and_then(|_| taken(stray, text));
        // Written twice, one of them would grow old.
        let Some(span) = moved else { return finding };
        edits.push(Edit { span, text: String::new() });
    }
    finding.fix(Fix::new(Safety::Unsafe, edits))
}
