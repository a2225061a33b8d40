//! What the user wants of a run: which templates there are, which documents they hold, how bad each rule is.

use std::sync::Arc;

use crate::severity::Severity;
use crate::template::model::Template;

/// The settings that apply to a document. A door makes them, from `infralint.toml` and the command line.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `--template`: holds every document, whatever it looks like.
    pub forced: Option<Arc<Template>>,
    /// `[[specs]]` entries whose globs match the path of this document, first match first.
    pub assigned: Option<Arc<Template>>,
    /// All templates that a document may ask for by name, or be recognised by.
    pub templates: Vec<Arc<Template>>,
    /// `[rules]` of `infralint.toml`, and of the matching `[[specs]]` entry behind them: later ones win.
    pub configured: Vec<(String, Severity)>,
    /// The same by status, from the matching `[[specs]]` entry: applied after [`Settings::configured`].
    pub configured_by_status: Vec<(String, Vec<(String, Severity)>)>,
    /// `--rule NAME=LEVEL`: later ones win, over everything.
    pub overrides: Vec<(String, Severity)>,
    /// `--only NAME`: where not empty, no other rule speaks.
    pub only: Vec<String>,
}
