//! `surprising-diagram`

use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::mermaid::model::Flowchart;
use crate::mermaid::problem::{Problem, ProblemKind};
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// Mermaid accepts a flowchart, but means something else than what it reads.
    ///
    /// A node that an arrow inside another group takes away from its own, a line that vanishes because the word
    /// `direction` stands in a label, a group whose id is lost to a blank, a `%` that becomes a node, an arrow with a
    /// blank in it: the picture is there, and it is wrong. What only mermaid 12 accepts is said as well, for many sites still draw with 11.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ```mermaid
    /// flowchart LR
    ///     Users --> Relay[mail direction LR]
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
    ///     Users --> Relay[mail from left to right]
    /// ```
    /// ````
    SURPRISING_DIAGRAM = "surprising-diagram", Diagram, Warning, Document(check), fixes: Safe
}

fn check(context: &Context, findings: &mut Findings) {
    for read in context.reading.diagrams().iter().filter(|read| read.diagram.is_valid()) {
        let Some(chart) = &read.diagram.flowchart else { continue };
        if read.diagram.problems.is_empty() || context.is_wrong_diagram(read.block) {
            continue;
        }
        for problem in &read.diagram.problems {
            if let Some(finding) = say(context, chart, problem) {
                let edits = context.reading.mend(read, problem);
                let fix = if edits.is_empty() { None } else { Fix::new(Safety::Safe, edits) };
                findings.push(finding.fix(fix));
            }
        }
    }
}

fn say(context: &Context, chart: &Flowchart, problem: &Problem) -> Option<Finding> {
    let text = context.text();
    let (message, label, help) = match &problem.kind {
        ProblemKind::DrawnElsewhere { node, declared_in, drawn_in } => {
            let node = chart.nodes[*node].id.of(text);
            let title = |group: usize| chart.groups[group].title.plain(text);
            let (own, other) = (title(*declared_in), title(*drawn_in));
            (
                format!("`{node}` is declared in `{own}`, but mermaid draws it in `{other}`"),
                "named here first",
                format!("move this after the `end` of `{other}`"),
            )
        }
        ProblemKind::Vanishes(left) => (
            format!("mermaid reads this line as `{left}`: nothing else in it is drawn"),
            "all of this",
            match problem.fix.first() {
                Some((_, new)) if new == "#32;" => {
                    format!("write `{}`, or other words", left.replace(' ', "#32;"))
                }
                _ => format!("move `{left}` to a line of its own"),
            },
        ),
        ProblemKind::LostGroupId(word) => (
            format!("the space after `{word}` costs this group its id: an arrow to `{word}` makes a new node"),
            "this blank",
            "remove it".to_owned(),
        ),
        ProblemKind::BareComment => {
            ("mermaid draws a line of nothing but `%%` as a node".to_owned(), "here", "remove the line".to_owned())
        }
        ProblemKind::SinglePercent(id) => {
            (format!("mermaid draws `{id}` as a node: a comment begins with `%%`"), "here", format!("write `%{id}`"))
        }
        ProblemKind::SplitArrow(meant) => (
            "mermaid takes this, and what follows up to the next arrow, for the text of an arrow".to_owned(),
            "here",
            format!("write `{meant}`"),
        ),
        ProblemKind::EatenLetter(name) => (
            format!("the arrow takes the first letter of `{name}` for its head"),
            "this letter",
            format!("write a space before `{name}`"),
        ),
        ProblemKind::FailsBefore12 => (
            "mermaid before version 12 cannot read this diagram".to_owned(),
            "breaks here",
            match problem.fix.first() {
                Some((_, new)) if new == " " => "write one blank".to_owned(),
                Some(_) => "put the label in double quotes".to_owned(),
                None => "put labels in double quotes, and leave no space after `@{ }`".to_owned(),
            },
        ),
        ProblemKind::TooLongToDraw => (
            "mermaid draws no diagram of more than 50,000 characters".to_owned(),
            "it begins here",
            "split it into several diagrams".to_owned(),
        ),
        _ => return None,
    };
    let finding = Finding::new(message, problem.span, label).help(help);
    Some(match problem.opener.filter(|opener| *opener != problem.span) {
        Some(opener) => finding.also(opener, "declared here"),
        None => finding,
    })
}
