//! `invalid-diagram`

use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::mermaid::diagnose::explain::explain;
use crate::mermaid::problem::{Problem, ProblemKind};
use crate::reading::ReadDiagram;
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// The official mermaid parser rejects a flowchart.
    ///
    /// Readers then see an error box instead of the picture, on GitHub as anywhere else. The finding stands at the
    /// character where mermaid 12.3 gives up. Four of five such errors are a label that needs quotes, because brackets,
    /// pipes and quotes mean something to mermaid. Diagrams of other kinds are not looked at.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ```mermaid
    /// flowchart LR
    ///     Users --> Relay[Mail relay (Postfix)]
    /// ```
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ```mermaid
    /// flowchart LR
    ///     Users --> Relay["Mail relay (Postfix)"]
    /// ```
    /// ````
    INVALID_DIAGRAM = "invalid-diagram", Diagram, Error, Document(check), fixes: Safe
}

fn check(context: &Context, findings: &mut Findings) {
    for read in context.reading.diagrams() {
        let errors = || read.diagram.problems.iter().filter(|problem| problem.kind.is_error());
        if errors().next().is_none() || context.is_wrong_diagram(read.block) {
            continue;
        }
        for (index, problem) in errors().enumerate() {
            // A word of mermaid's own that is used as an id is one mistake, however often it is named.
            let is_same = |other: &&Problem| is_same_word(&problem.kind, &other.kind);
            if !errors().take(index).any(|other| is_same(&other)) {
                let again: Vec<&Problem> = errors().skip(index + 1).filter(is_same).collect();
                findings.push(say(context, read, problem, &again));
            }
        }
    }
}

fn is_same_word(one: &ProblemKind, other: &ProblemKind) -> bool {
    matches!((one, other), (ProblemKind::ReservedWord(one), ProblemKind::ReservedWord(other)) if one == other)
}

fn say(context: &Context, read: &ReadDiagram, problem: &Problem, again: &[&Problem]) -> Finding {
    let written = problem.opener.map_or("", |opener| context.slice(opener));
    let words = explain(&problem.kind, written);
    let is_end = problem.span.is_empty() && words.label == "breaks here";
    let label = if is_end { "mermaid reads up to here" } else { words.label };
    let finding = Finding::new(words.message, problem.span, label);
    let mut finding = match problem.opener {
        Some(opener) if opener != problem.span => finding.also(opener, words.opener),
        _ => finding,
    };
    let mut edits = context.reading.mend(read, problem);
    let mut is_whole = !edits.is_empty();
    for other in again {
        finding = finding.also(other.opener.unwrap_or(other.span), "and here");
        let more = context.reading.mend(read, other);
        is_whole &= !more.is_empty();
        edits.extend(more);
    }
    let fix = if is_whole { Fix::new(safety(&problem.kind), edits) } else { None };
    finding.help(words.help).fix(fix)
}

/// How sure it is that a fix is what was meant. Where nothing but the form changes, it is safe.
fn safety(kind: &ProblemKind) -> Safety {
    match kind {
        ProblemKind::Unquoted { .. }
        | ProblemKind::LeadingSlash { .. }
        | ProblemKind::BlankBefore(_)
        | ProblemKind::BlankBehind(_)
        | ProblemKind::BlankInList(_)
        | ProblemKind::BreakAfterEdgeLabel
        | ProblemKind::ColourFunction(..)
        | ProblemKind::NotAComment(_)
        | ProblemKind::NotOnItsOwnLine(_)
        | ProblemKind::OnHeaderLine
        | ProblemKind::TightAmpersand
        | ProblemKind::TrailingComment
        | ProblemKind::TrailingSpace(_) => Safety::Safe,
        _ => Safety::Unsafe,
    }
}
