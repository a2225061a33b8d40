//! `missing-title`

use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::model::trouble::{ShownAs, Trouble};
use crate::rule::{Context, Findings, declare_rule};
use crate::source::{line_end, text_start};
use crate::span::Span;

declare_rule! {
    /// No heading stands above the sections.
    ///
    /// The title says what the document is about, in lists of files, in search results and to the person who opens it.
    /// Any title is fine. Where all sections stand on the first level, none is asked for.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// > **Version:** 1.0.0
    /// > **Status:** Draft
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
    MISSING_TITLE = "missing-title", Header, Warning, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    let (binding, text) = (context.binding, context.text());
    let Some(title) = context.template.title.as_ref().filter(|_| binding.title.is_none() && binding.section_level > 1)
    else {
        return;
    };
    let written = format!("# {}", title.shown);
    if let Some((line, name)) = lost(context) {
        let meant = context.slice(name);
        let marks = Span::new(line.start(), name.start());
        findings.push(
            Finding::new("the document has no title", line, "Markdown shows this as text, not as a heading")
                .help(format!("write `# {meant}`, with a space after `#`"))
                .fix(Fix::replace(Safety::Unsafe, marks, "# ")),
        );
        return;
    }
    let front = context.document().front_matter.as_ref().map(|front| front.span.end());
    let start = front.unwrap_or_else(|| text_start(text));
    let skipped = text[start..].len() - text[start..].trim_start().len();
    let first = &text[start + skipped..];
    let length = first.find(['\n', '\r']).unwrap_or(first.len());
    let label = Span::new(start + skipped, start + skipped + first[..length].trim_end().len());
    let end = line_end(text);
    let fix = match front {
        Some(_) => Fix::insert(Safety::Unsafe, start, format!("{end}{end}{written}")),
        None => Fix::insert(Safety::Unsafe, start, format!("{written}{end}{end}")),
    };
    findings.push(
        Finding::new("the document has no title", label, "it belongs above this")
            .help(format!("write `{written}`, or any other title, above everything else"))
            .fix(fix),
    );
}

/// `#Runbook` above the first heading: the line and the name in it.
fn lost(context: &Context) -> Option<(Span, Span)> {
    let first = context.document().headings().next().map_or(usize::MAX, |(_, heading)| heading.span.start());
    context.document().trouble.iter().find_map(|trouble| match trouble {
        Trouble::LostHeading { span, name, shown_as: ShownAs::Paragraph } if span.start() < first => {
            let marks = context.text()[span.start()..name.start()].trim();
            (marks == "#").then_some((*span, *name))
        }
        _ => None,
    })
}
