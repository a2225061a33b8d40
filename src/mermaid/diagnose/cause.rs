//! What is wrong, and the changes that mend it, as a problem of the Markdown.

use crate::excerpt::Excerpt;
use crate::mermaid::diagnose::quote::{Change, changed};
use crate::mermaid::lexer::lookahead::is_space;
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::parser::Parser;
use crate::mermaid::problem::{Problem, ProblemKind};
use crate::span::Span;

/// Statements that are longer are not tried out with a change in them.
const LONGEST: usize = 4096;

/// What is wrong, before it is known where in the Markdown it stands.
pub(in crate::mermaid) struct Cause {
    pub(in crate::mermaid) kind: ProblemKind,
    /// What began it.
    pub(super) opener: Option<Token>,
    /// What mends it, sorted and apart.
    pub(super) changes: Vec<Change>,
    /// What must be changed above it as well.
    pub(super) above: Option<(Span, String)>,
}

impl Cause {
    pub(in crate::mermaid) fn new(kind: ProblemKind) -> Self {
        Self { kind, opener: None, changes: Vec::new(), above: None }
    }

    pub(super) fn opened_by(mut self, opener: Token) -> Self {
        self.opener = Some(opener);
        self
    }

    pub(super) fn change(mut self, start: usize, end: usize, new: impl Into<String>) -> Self {
        self.changes.push((start, end, new.into()));
        self
    }
}

impl Parser<'_> {
    /// The problem of a cause, at the token that does not fit.
    pub(super) fn tell(&self, cause: Cause) -> Problem {
        let mut fix = self.edits(&cause.changes);
        let above = cause.above.as_ref().map(|(span, _)| *span);
        if let Some(above) = cause.above.filter(|_| !fix.is_empty()) {
            fix.insert(0, above);
        }
        let opener = cause.opener.map(|token| self.without_blanks(token.start, token.end)).or(above);
        Problem { kind: cause.kind, span: self.offence(), opener, fix }
    }

    /// Changes as edits of the Markdown: all of them, or none.
    pub(in crate::mermaid) fn edits(&self, changes: &[Change]) -> Vec<(Span, String)> {
        let mut edits = Vec::with_capacity(changes.len());
        for (start, end, new) in changes {
            if !self.prepared.is_verbatim(*start, *end) {
                return Vec::new();
            }
            // What is inserted stays with what it stands behind.
            let span = if start == end && *start > 0 {
                self.prepared.span(start - self.char_before(*start), *start).tail()
            } else {
                self.prepared.span(*start, *end)
            };
            edits.push((span, new.clone()));
        }
        edits
    }

    fn char_before(&self, at: usize) -> usize {
        self.text[..at].chars().next_back().map_or(0, char::len_utf8)
    }

    /// Where the token that does not fit stands, without line breaks.
    fn offence(&self) -> Span {
        let (start, mut end) = self.token.range();
        if matches!(self.token.kind, Kind::Newline | Kind::End | Kind::Cut) {
            end = start;
        } else if start == end {
            let blank = self.text[start..].len() - self.text[start..].trim_start_matches(is_space).len();
            let word = self.word_at(start + blank).len();
            let first = self.text[start..].chars().next().map_or(0, char::len_utf8);
            end = if blank > 0 { start + blank + word } else { start + first };
        }
        let slice = &self.text[start..end];
        let bare = slice.trim_end_matches(is_space);
        let first_line = match bare.trim_start_matches('\n').find('\n') {
            Some(at) if !bare.starts_with('\n') => at,
            _ => bare.len(),
        };
        self.prepared.span(start, start + first_line)
    }

    /// Everything from a byte up to the next blank.
    pub(in crate::mermaid) fn word_at(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        &rest[..rest.find(is_space).unwrap_or(rest.len())]
    }

    /// The end of the line that a byte stands in.
    pub(in crate::mermaid) fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline)
    }

    /// The changes, where the statement can be read with them made.
    pub(in crate::mermaid) fn proven(&self, changes: Vec<Change>) -> Vec<Change> {
        let Some(last) = changes.last() else { return changes };
        let start = (self.statement as usize).min(changes[0].0);
        let end = self.line_end(last.1.max(start));
        if end - start > LONGEST {
            return Vec::new();
        }
        let statement = changed(self.text, (start, end), &changes);
        if self.is_readable(&statement) { changes } else { Vec::new() }
    }

    /// Whether a statement, or a header, can be read.
    fn is_readable(&self, statement: &str) -> bool {
        let header = if self.has_header { "graph\nsubgraph g\n" } else { "" };
        let whole = format!("{header}{statement}\n");
        Parser::reads(&Excerpt::new(&whole, &[Span::new(0, whole.len())]))
    }
}
