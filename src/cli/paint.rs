//! Colours of the few texts that miette does not draw.

use crate::output::pretty::Colour;

/// Colours a text, or does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint(pub(super) Colour);

impl Paint {
    /// Headings.
    pub(super) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Names, and what to do.
    pub(super) fn cyan(self, text: &str) -> String {
        self.with("36", text)
    }

    /// What goes.
    pub(super) fn red(self, text: &str) -> String {
        self.with("31", text)
    }

    /// What comes.
    pub(super) fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    /// What is wrong.
    pub(super) fn bold_red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        match self.0 {
            Colour::On => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Colour::Off => text.to_owned(),
        }
    }
}
