//! `ghost-node`

use crate::bind::topology::drawing::Drawing;
use crate::diagnostic::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::rule::{Context, Findings, declare_rule};

declare_rule! {
    /// An arrow names an id that nothing declares, and that is one slip away from one that is declared.
    ///
    /// Mermaid makes a new node of it, and the arrow leads to that instead. Letter case counts in ids. Names that
    /// differ in a number only are a series and no slip, and so are short ones that differ in a letter (`NLB` beside
    /// `ALB`).
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Service
    ///
    /// ## Topology
    ///
    /// ```mermaid
    /// flowchart LR
    ///     Primary[(Database)]
    ///     Jobs[Queue]
    ///     Users --> CDN --> WAF --> LB[Load balancer] --> App1[App server]
    ///     App1 --> Jobs
    ///     App1 --> Pirmary
    /// ```
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Service
    ///
    /// ## Topology
    ///
    /// ```mermaid
    /// flowchart LR
    ///     Primary[(Database)]
    ///     Jobs[Queue]
    ///     Users --> CDN --> WAF --> LB[Load balancer] --> App1[App server]
    ///     App1 --> Jobs
    ///     App1 --> Primary
    /// ```
    /// ````
    GHOST_NODE = "ghost-node", Diagram, Warning, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for drawing in Drawing::all(context.binding, context.template, context.reading) {
        for ghost in &drawing.topology.ghosts {
            let Some((first, others)) = ghost.mentions.split_first() else { continue };
            let (written, meant) = (context.slice(*first), drawing.id(ghost.meant));
            let mut finding =
                Finding::new(format!("node `{written}` is probably `{meant}`"), *first, "declared nowhere")
                    .also(drawing.topology.span(ghost.meant), "declared here")
                    .help(format!("write `{meant}`"));
            for other in others {
                finding = finding.also(*other, "and here");
            }
            let edits = ghost.mentions.iter().map(|&span| Edit { span, text: meant.to_owned() }).collect();
            findings.push(finding.fix(Fix::new(Safety::Unsafe, edits)));
        }
    }
}
