//! `unclosed-fence`

use crate::bind::lines::{line_start, next_line};
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::model::{Block, BlockKind, Trouble, Within};
use crate::rule::{Context, Findings, declare_rule};
use crate::source::line_end;
use crate::span::Span;

declare_rule! {
    /// A code fence runs on: to the end of the file, or over headings.
    ///
    /// Everything after a fence that nobody closed is code: headings, tables and diagrams are gone for every reader,
    /// and what the document lacks because of it is not reported again. A heading in a block of a language that has
    /// no `##`, or a line such as ```` ```yaml ```` inside a block, shows that the closing fence is missing.
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
    let document = context.document();
    let mut told = false;
    for trouble in &document.trouble {
        let Trouble::UnclosedFence { opening, inner, swallowed, close_before } = trouble else { continue };
        told = true;
        let message = match swallowed.len() {
            0 => "this code fence is not closed where its code ends".to_owned(),
            _ => format!("this code fence swallows {}", context.named(swallowed)),
        };
        let mut finding = Finding::new(message, *opening, "opened here");
        if let Some(inner) = inner {
            finding = finding.also(*inner, "this line is shown as code, for the fence above is still open");
        } else if let Some(first) = swallowed.first() {
            finding = finding.also(*first, "this is shown as code");
        }
        findings.push(mended(context, finding, *opening, *close_before));
    }
    // One that runs to the end of the file without a heading in it is open nevertheless: the next section will be code.
    let last = document.sections.last().and_then(|section| section.blocks.last());
    if let Some(Block { span, within: Within::Section, kind: BlockKind::Code(code) }) = last
        && let Some(fence) = code.fence.filter(|fence| fence.closing.is_none() && !told)
    {
        let finding = Finding::new("this code fence runs to the end of the file", fence.opening, "opened here");
        findings.push(mended(context, finding, fence.opening, next_line(context.text(), span.end())));
    }
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
    let line = context.slice(opening);
    let mark = line.chars().next().unwrap_or('`');
    let fence: String = line.chars().take_while(|&c| c == mark).collect();
    // In a quote or an item the closing fence has the same prefix, a list marker counts as blanks.
    let prefix = &text[line_start(text, opening.start())..opening.start()];
    let prefix: String = prefix.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
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
