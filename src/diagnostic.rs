//! What a rule says ([`Finding`]) and what the engine makes of it ([`Diagnostic`]).

use std::sync::Arc;

use crate::fix::Fix;
use crate::severity::Severity;
use crate::span::Span;

/// A place in the document and what to say there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words; empty where the place alone says it.
    pub text: String,
}

impl Label {
    /// A place with a text.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

/// Which line of which template asks for something. The index is that of `Template::sources`:
/// a template that extends another has more than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin {
    /// Index into `Template::sources`.
    pub source: u16,
    /// The place in that source.
    pub span: Span,
}

/// One thing that a template asks for: where it says so, and its path of visible names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// `Disaster Recovery > Recovery Targets > RPO`.
    pub path: Arc<str>,
    /// The place in the template.
    pub origin: Origin,
}

/// What a rule found, without a judgement of how bad it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong: one line in lower case, names in backticks, no full stop.
    pub message: String,
    /// The one place where it is wrong.
    pub at: Label,
    /// Related places.
    pub also: Vec<Label>,
    /// What the template asks for here.
    pub required_by: Option<Requirement>,
    /// What to do, imperative, with the exact text to write.
    pub help: Option<String>,
    /// A change of the text that mends it.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with its message and its place; the rest is added with the methods below.
    pub fn new(message: impl Into<String>, span: Span, label: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            at: Label::new(span, label),
            also: Vec::new(),
            required_by: None,
            help: None,
            fix: None,
        }
    }

    /// Adds a related place.
    #[must_use]
    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.also.push(Label::new(span, label));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says which line of the template asks for it.
    #[must_use]
    pub fn required_by(mut self, requirement: &Requirement) -> Self {
        self.required_by = Some(requirement.clone());
        self
    }

    /// Adds a change that mends it.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }
}

/// A finding, judged: which rule said it, how bad it is, and how to recognise it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Name of the rule.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What the rule said.
    pub finding: Finding,
    /// The path of headings it stands under: `Disaster Recovery > Recovery Targets`; empty above the first.
    pub section: String,
    /// Recognises the finding whatever is inserted above it: rule, section path and normalised text, never the line.
    /// 16 hexadecimal digits.
    pub fingerprint: String,
}

/// What is wrong with one document: sorted by place, then by rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings that count.
    pub diagnostics: Vec<Diagnostic>,
}

/// A mistake in a template or in a configuration file: shown like a finding, named `invalid-template` or
/// `invalid-config`, and silenced by nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where: the source is an index into the chain of files that was loaded.
    pub origin: Origin,
    /// What is wrong, as in [`Finding::message`].
    pub message: String,
    /// A few words at the place; may be empty.
    pub label: String,
    /// What to write instead.
    pub help: Option<String>,
}
