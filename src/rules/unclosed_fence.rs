//! `unclosed-fence`

use crate::bind::lines::{line_start, next_line};
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::model::trouble::Trouble;
use crate::rule::{Context, Findings, declare_rule};
use crate::source::line_end;
use crate::span::Span;

declare_rule! {
    /// A code fence runs on: to the end of the file, or over headings.
    ///
    /// Everything after a fence that nobody closed is code: headings, tables and diagrams are gone for every reader,
    /// and what the document lacks because of it is not reported again. A heading in a block of a language that has
    /// no `##`, or a line such as ```` ```yaml ```` inside a block, shows that the closing fence is missing. A fence that
    /// is indented too far, or of other marks than the opening one, closes nothing.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// ```mermaid
    /// flowchart TB
    ///     Relay --> Queue
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// ```mermaid
    /// flowchart TB
    ///     Relay --> Queue
    /// ```
    ///
    /// ## Steps
    ///
    /// Drain the queue, restart, and watch the log.
    /// ````
    UNCLOSED_FENCE = "unclosed-fence", Document, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for trouble in &context.document().trouble {
        let Trouble::UnclosedFence { opening, inner, closer, swallowed, close_before } = trouble else { continue };
        let message = match (swallowed.len(), inner) {
            (0, None) => "this code fence runs to the end of the file".to_owned(),
            (0, Some(_)) => "this code fence is not closed where its code ends".to_owned(),
            _ => format!("this code fence swallows {}", context.named(swallowed)),
        };
        let mut finding = Finding::new(message, *opening, "opened here");
        if let Some(closer) = closer {
            finding = finding.also(*closer, "this does not close it");
        } else if let Some(inner) = inner {
            finding = finding.also(*inner, "this line is shown as code, for the fence above is still open");
        } else if let Some(first) = swallowed.first() {
            finding = finding.also(*first, "this is shown as code");
        }
        findings.push(match closer {
            Some(closer) => corrected(context, finding, *opening, *closer),
            None => mended(context, finding, *opening, *close_before),
        });
    }
}

/// Says how to write the line that was meant to close it, and writes it.
fn corrected(context: &Context, finding: Finding, opening: Span, closer: Span) -> Finding {
    let (prefix, fence) = closing(context, opening);
    let help = if context.slice(closer).starts_with(&fence) {
        format!("remove the blanks before {fence}: a closing fence stands where the opening one does")
    } else {
        format!("write {fence} here, as the fence begins")
    };
    let line = Span::new(line_start(context.text(), closer.start()), closer.end());
    finding.help(help).fix(Fix::replace(Safety::Unsafe, line, format!("{prefix}{fence}")))
}

/// The line that closes a fence: what stands before it, and its marks.
fn closing(context: &Context, opening: Span) -> (String, String) {
    let (text, line) = (context.text(), context.slice(opening));
    let mark = line.chars().next().unwrap_or('`');
    // In a quote or an item the closing fence has the same prefix, a list marker counts as blanks.
    let prefix = &text[line_start(text, opening.start())..opening.start()];
    let prefix = prefix.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
    (prefix, line.chars().take_while(|&c| c == mark).collect())
}

/// Says where the closing fence belongs, and writes it there.
fn mended(context: &Context, finding: Finding, opening: Span, close_before: usize) -> Finding {
    let (text, end) = (context.text(), line_end(context.text()));
    if text[opening.end()..close_before].trim().is_empty() {
        // A fence without code is one too many, or was meant to close a block that nothing opens.
        let line = Span::new(line_start(text, opening.start()), next_line(text, opening.end()));
        let has_language = context.slice(opening).ends_with(|c| c != '`' && c != '~');
        return finding
            .help(if has_language {
                "write the code and close it, or remove this line"
            } else {
                "remove this line, or write the fence that should open the block above it"
            })
            .fix(Fix::replace(Safety::Unsafe, line, ""));
    }
    let (prefix, fence) = closing(context, opening);
    // In a quote the place lies behind the `>` of a line.
    let start = line_start(text, close_before);
    let in_prefix = text[start..close_before].bytes().all(|byte| matches!(byte, b'>' | b' '));
    let at = if in_prefix { start } else { close_before };
    let above = text[..at].trim_end_matches(|c: char| c == '>' || c.is_whitespace());
    let last = above[line_start(above, above.len())..].trim_start_matches(['>', ' ']);
    let help = format!("close it: write {fence} on a line of its own below `{last}`");
    let before = if at > start { end } else { "" };
    finding.help(help).fix(Fix::insert(Safety::Unsafe, at, format!("{before}{prefix}{fence}{end}")))
}
