//! The engine: which template holds a document, what is wrong with it, and how bad that is. Pure.

use std::sync::Arc;

use crate::diagnostic::Report;
use crate::reading::Reading;
use crate::settings::Settings;
use crate::surroundings::Surroundings;
use crate::template::model::Template;

/// Whether a document is a spec.
#[derive(Debug, Clone)]
pub enum Scope {
    /// It is held to this template.
    Held(Arc<Template>),
    /// It is not a spec.
    Skipped(Skipped),
}

/// Why a document is not held, and how near it is to a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Why.
    pub reason: Reason,
    /// The template it is most like.
    pub template: String,
    /// How many of its top-level sections stand in the document.
    pub sections: usize,
    /// How many top-level sections it has.
    pub of: usize,
    /// Whether the document has the header in the template's form.
    pub header: bool,
}

/// Why a document is not held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Nothing says that it is one.
    NoSpec,
    /// Its path or title says so, its shape does not: worth a word in the summary.
    NamedLikeOne,
    /// It asks for a template of this name, which there is none of.
    UnknownTemplate(String),
}

/// Which template holds a document.
pub fn scope(_reading: &Reading, _settings: &Settings) -> Scope {
    unreachable!("written next")
}

/// What is wrong with a document, judged.
pub fn check(_reading: &Reading, _held: &Template, _settings: &Settings, _around: &Surroundings) -> Report {
    unreachable!("written next")
}
