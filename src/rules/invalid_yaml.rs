//! `invalid-yaml`

use std::borrow::Cow;

use crate::diagnostic::Finding;
use crate::excerpt::Excerpt;
use crate::markdown::model::{BlockKind, CodeBlock, Trouble};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::yaml;
use crate::yaml::explain::explain;

declare_rule! {
    /// A block of YAML does not parse.
    ///
    /// Configuration in a spec is copied and used. A block that no tool reads was never tried, and what it says cannot
    /// be compared with the tables. Templates (`{{ … }}`) are let be; a block may hold several documents.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Settings
    ///
    /// ```yaml
    /// relay:
    ///   hosts: [a.example, b.example
    ///   retries: 3
    /// ```
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Settings
    ///
    /// ```yaml
    /// relay:
    ///   hosts: [a.example, b.example]
    ///   retries: 3
    /// ```
    /// ````
    INVALID_YAML = "invalid-yaml", Content, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for block in context.document().sections.iter().flat_map(|section| &section.blocks) {
        if let BlockKind::Code(code) = &block.kind
            && is_yaml(context.slice(code.language))
            && !is_swallowing(context, block.span)
        {
            findings.list.extend(say(context, code));
        }
    }
}

fn is_yaml(language: &str) -> bool {
    language.eq_ignore_ascii_case("yaml") || language.eq_ignore_ascii_case("yml")
}

/// Whether half the document stands in the fence by mistake: `unclosed-fence` speaks of it.
fn is_swallowing(context: &Context, block: Span) -> bool {
    context
        .document()
        .trouble
        .iter()
        .any(|trouble| matches!(trouble, Trouble::UnclosedFence { opening, .. } if block.contains(*opening)))
}

fn say(context: &Context, code: &CodeBlock) -> Option<Finding> {
    let excerpt = Excerpt::new(context.text(), &code.body);
    let text = excerpt.text();
    if text.contains("{{") {
        return None;
    }
    let readable = without_ellipses(text);
    let mistake = explain(&readable, &yaml::parse(&readable).err()?);
    let message = format!("this yaml does not parse: {}", mistake.reason);
    let place = excerpt.span(mistake.place.start(), mistake.place.end());
    let finding = Finding::new(message, place, "breaks here")
        .help(mistake.help.unwrap_or_else(|| "mend it, or fence it as `text` where it is no yaml".to_owned()));
    Some(match mistake.opener {
        Some(opener) => finding.also(excerpt.span(opener.start(), opener.end()), "opened here"),
        None => finding,
    })
}

/// A line of three dots stands for what was left out: to YAML it ends the document, and a comment ends nothing.
fn without_ellipses(text: &str) -> Cow<'_, str> {
    if !text.lines().any(is_ellipsis) {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let comment = |line: &str| line.replacen("...", "#..", 1).replacen('…', "#..", 1);
        if is_ellipsis(line) { Cow::Owned(comment(line)) } else { Cow::Borrowed(line) }
    });
    Cow::Owned(lines.collect())
}

fn is_ellipsis(line: &str) -> bool {
    matches!(line.trim(), "..." | "…" | "- ...")
}
