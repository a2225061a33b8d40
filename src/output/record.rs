//! A finding that needs its source no more: every position is resolved, so that the text can be dropped.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Label};
use crate::fix::Safety;
use crate::severity::Severity;
use crate::source::Source;
use crate::span::Span;
use crate::template::model::Template;

/// A finding with all its positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Name of the rule.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: Mark,
    /// The part of that place that lies on its first line: what a review shows.
    pub first_line: Place,
    /// Related places in the same document.
    pub also: Vec<Mark>,
    /// What to do.
    pub help: Option<String>,
    /// The path of headings it stands under.
    pub section: String,
    /// Which line of which template asks for it.
    pub required_by: Option<RequiredBy>,
    /// 16 hexadecimal digits that do not depend on the line.
    pub fingerprint: String,
    /// GitHub's own fingerprint of the line, where somebody asked for it.
    pub line_hash: Option<String>,
    /// What mends it.
    pub fix: Option<Mending>,
}

/// A place with a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The place.
    pub place: Place,
    /// A few words; may be empty.
    pub text: String,
}

/// From where to where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The first character.
    pub start: Point,
    /// One past the last.
    pub end: Point,
}

/// A place between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Bytes from the start of the text.
    pub offset: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Column in UTF-8 bytes, from 1.
    #[serde(skip)]
    pub byte_column: usize,
}

/// A requirement and where the template says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredBy {
    /// `Disaster Recovery > Recovery Targets > RPO`.
    pub path: String,
    /// Name of the file.
    pub source: String,
    /// Line in it, from 1.
    pub line: usize,
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mending {
    /// How sure it is.
    pub safety: Safety,
    /// Sorted and disjoint.
    pub edits: Vec<Change>,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What goes.
    pub place: Place,
    /// What comes.
    pub text: String,
}

impl Record {
    /// The record of a finding.
    pub fn new(diagnostic: &Diagnostic, source: &Source, template: &Template) -> Self {
        let finding = &diagnostic.finding;
        let required_by = finding.required_by.as_ref().and_then(|requirement| {
            let source = template.sources.get(usize::from(requirement.origin.source))?;
            let line = source.position(requirement.origin.span.start().min(source.text().len())).line;
            Some(RequiredBy { path: requirement.path.to_string(), source: source.name().to_owned(), line })
        });
        Self {
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            message: finding.message.clone(),
            at: Mark::new(&finding.at, source),
            first_line: Place::first_line(finding.at.span, source),
            also: finding.also.iter().map(|label| Mark::new(label, source)).collect(),
            help: finding.help.clone(),
            section: diagnostic.section.clone(),
            required_by,
            fingerprint: diagnostic.fingerprint.clone(),
            line_hash: None,
            fix: finding.fix.as_ref().map(|fix| Mending {
                safety: fix.safety,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| Change { place: Place::new(edit.span, source), text: edit.text.clone() })
                    .collect(),
            }),
        }
    }
}

impl Mark {
    fn new(label: &Label, source: &Source) -> Self {
        Self { place: Place::new(label.span, source), text: label.text.clone() }
    }
}

impl Place {
    /// The place of a span. A span that reaches over the end of the text is cut there.
    pub fn new(span: Span, source: &Source) -> Self {
        Self { start: Point::new(span.start(), source), end: Point::new(span.end(), source) }
    }

    /// The part of a span that lies on its first line.
    fn first_line(span: Span, source: &Source) -> Self {
        let start = Point::new(span.start(), source);
        let line = source.line_span(start.line - 1);
        let end = Point::new(span.end().min(line.end()).max(start.offset), source);
        Self { start, end }
    }

    /// Whether it holds no character.
    pub fn is_empty(self) -> bool {
        self.start.offset == self.end.offset
    }
}

impl Point {
    fn new(offset: usize, source: &Source) -> Self {
        let mut offset = offset.min(source.text().len());
        while !source.text().is_char_boundary(offset) {
            offset -= 1;
        }
        let position = source.position(offset);
        Self { offset, line: position.line, column: position.column, byte_column: source.byte_column(offset) }
    }
}
