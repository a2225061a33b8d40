//! Mermaid diagrams: which kind they are, and flowcharts in full, as the official parser 12.3.0 reads them.
//!
//! Reading never fails: what the official parser rejects is a [`problem::Problem`] at the token where it gives up,
//! and reading goes on behind it. Diagrams of other kinds are recognised and otherwise left alone.

pub mod kind;
pub mod model;
pub mod problem;
pub mod shape;

mod any;
pub mod diagnose;
mod lexer;
mod parser;
mod prepare;

use self::kind::Kind;
use self::model::Flowchart;
use self::problem::Problem;
use crate::excerpt::Excerpt;
use crate::span::Span;

/// Longest text that is read, in bytes. Mermaid itself draws no more than 50,000 characters.
pub const LIMIT: usize = 4 << 20;

/// A diagram, read.
#[derive(Debug, Clone)]
pub struct Diagram {
    /// Which kind it is.
    pub kind: Kind,
    /// What it says, where it is a flowchart. Incomplete where a problem [is an error](problem::ProblemKind::is_error).
    pub flowchart: Option<Flowchart>,
    /// What is wrong with it, in the order of the text; the first error is the official parser's.
    pub problems: Vec<Problem>,
}

impl Diagram {
    /// Whether the official parser accepts it, as far as that is known: of other kinds than flowcharts it is not.
    pub fn is_valid(&self) -> bool {
        self.flowchart.is_some() && !self.problems.iter().any(|problem| problem.kind.is_error())
    }

    /// Whether it is valid, and mermaid draws all nodes and arrows that are written: none is lost to the text of another.
    pub fn is_whole(&self) -> bool {
        self.is_valid() && !self.problems.iter().any(|problem| problem.kind.loses())
    }
}

/// Reads a text that is a diagram as a whole: the content of an `.mmd` file.
pub fn read_text(text: &str) -> Diagram {
    read(&Excerpt::new(text, &[Span::new(0, text.len())]))
}

/// Reads the text of a diagram.
pub fn read(excerpt: &Excerpt) -> Diagram {
    if excerpt.text().len() > LIMIT {
        return Diagram { kind: Kind::TooLong, flowchart: None, problems: Vec::new() };
    }
    any::read(excerpt)
}
