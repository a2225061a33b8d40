//! `unused-waiver`

use crate::bind::lines::{line_start, removal};
use crate::bind::model::{WaivedName, Waiver};
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;

declare_rule! {
    /// A *Not applicable* line names something that is there after all.
    ///
    /// One of the two is wrong: the line, which was true once, or what stands there, which nobody meant to keep.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// Not applicable: Steps — the relay restarts itself.
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ```
    UNUSED_WAIVER = "unused-waiver", Document, Warning, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for waiver in &context.binding.waivers {
        // A line that is void already says so.
        let is_void = waiver.reason.is_none();
        for name in waiver.names.iter().filter(|name| !is_void && !name.essential) {
            if let Some(there) = name.contradicted_by {
                findings.push(contradicted(context, waiver, name, there));
            }
        }
    }
}

fn contradicted(context: &Context, waiver: &Waiver, name: &WaivedName, there: Span) -> Finding {
    let text = context.text();
    let written = context.slice(name.span);
    if name.span == waiver.span {
        let spec = context.binding.owners[waiver.section.index()];
        let section = spec.map_or("the section", |spec| &context.template.section(spec).name.shown);
        return Finding::new(
            format!("`{section}` is called not applicable, but something stands in it"),
            name.span,
            "this says no",
        )
        .also(there, "this says yes")
        .help("remove this line, or what stands below it")
        .fix(Fix::replace(Safety::Unsafe, whole(text, waiver.span), ""));
    }
    let finding =
        Finding::new(format!("`{written}` is called not applicable, but it is there"), name.span, "this says no")
            .also(there, "it stands here");
    let kept: Vec<&str> =
        waiver.names.iter().filter(|other| other.span != name.span).map(|other| context.slice(other.span)).collect();
    if kept.is_empty() {
        return finding.help("remove this line, or what it speaks of").fix(Fix::replace(
            Safety::Unsafe,
            whole(text, waiver.span),
            "",
        ));
    }
    let (first, last) = (waiver.names[0].span, waiver.names[waiver.names.len() - 1].span);
    finding.help(format!("remove `{written}` from this line, or what it speaks of")).fix(Fix::replace(
        Safety::Unsafe,
        first.cover(last),
        kept.join(", "),
    ))
}

/// The line with the marker of its list, where it is the whole item.
fn whole(text: &str, line: Span) -> Span {
    let start = line_start(text, line.start());
    let is_marker = matches!(text[start..line.start()].trim(), "-" | "*" | "+");
    removal(text, if is_marker { Span::new(start, line.end()) } else { line })
}
