//! `unread-diagram`

use crate::diagnostic::Finding;
use crate::excerpt::Excerpt;
use crate::mermaid::LIMIT;
use crate::mermaid::kind::Kind;
use crate::reading::ReadDiagram;
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;

declare_rule! {
    /// A mermaid block holds no diagram that we know, or one that is too long to be read.
    ///
    /// Mermaid tells the kind of a diagram from its first word. Where that is none, nothing is drawn, and nothing that
    /// the diagram should show can be checked: the rules on its content stay silent, so this one speaks.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ```mermaid
    /// Users --> Relay
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
    ///     Users --> Relay
    /// ```
    /// ````
    UNREAD_DIAGRAM = "unread-diagram", Diagram, Warning, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for read in context.reading.diagrams() {
        // A diagram with a problem is `invalid-diagram`'s.
        if matches!(read.diagram.kind, Kind::Unknown | Kind::TooLong) && read.diagram.problems.is_empty() {
            findings.push(say(context, read));
        }
    }
}

fn say(context: &Context, read: &ReadDiagram) -> Finding {
    let place = first_word(context, read);
    let word = context.slice(place);
    if read.diagram.kind == Kind::TooLong {
        let message = format!("this diagram is too long to be read: it has more than {} MB", LIMIT >> 20);
        return Finding::new(message, place, "it begins here").help("split it into several diagrams");
    }
    let help = "begin it with the kind and the direction: `flowchart TB`";
    if word.is_empty() || word.starts_with('`') {
        return Finding::new("this mermaid block holds no diagram", place, "here").help(help);
    }
    let message = format!("`{}` is no kind of diagram that mermaid knows", word.replace('`', "'"));
    Finding::new(message, place, "the diagram begins here").help(help)
}

/// The first word of a diagram, comments aside; its opening fence where there is none.
fn first_word(context: &Context, read: &ReadDiagram) -> Span {
    let block = context.document().block(read.block);
    let Some(code) = block.code() else { return block.span };
    let excerpt = Excerpt::new(context.text(), &code.body);
    let mut start = 0;
    for line in excerpt.text().split_inclusive('\n') {
        let bare = line.trim_start();
        if !bare.is_empty() && !bare.starts_with("%%") {
            let start = start + line.len() - bare.len();
            let word = bare.split_whitespace().next().unwrap_or(bare);
            return excerpt.span(start, start + word.len());
        }
        start += line.len();
    }
    code.fence.map_or(code.info, |fence| fence.opening)
}
