//! What documents may call the things that a template asks for.

use crate::text::letters::Letters;
use crate::text::normal;

/// A name by which a document may call something. All but [`Name::shown`] are [`crate::text::normal`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the template writes it: what messages show and fixes write.
    pub shown: String,
    /// Its normal form.
    pub normal: String,
    /// Accepted in silence.
    pub aliases: Vec<String>,
    /// Reported as renamed.
    pub lookalikes: Vec<String>,
    /// The letters of the normal form, then those of each alias.
    letters: Vec<Letters>,
}

impl Name {
    /// Takes a name and what else it goes by, as the template writes them.
    pub(crate) fn new(shown: &str, aliases: &[&str], lookalikes: &[&str]) -> Self {
        let all = |names: &[&str]| names.iter().map(|name| normal(name)).collect::<Vec<String>>();
        let (normal, aliases, lookalikes) = (normal(shown), all(aliases), all(lookalikes));
        let letters = std::iter::once(&normal).chain(&aliases).map(|name| Letters::of(name)).collect();
        Self { shown: shown.to_owned(), normal, aliases, lookalikes, letters }
    }

    /// What documents may call it, in silence: its normal form, then each alias, with their letters.
    pub(crate) fn accepted(&self) -> impl Iterator<Item = (&str, Letters)> {
        let names = std::iter::once(&self.normal).chain(&self.aliases);
        names.zip(&self.letters).map(|(name, &letters)| (name.as_str(), letters))
    }

    /// Whether a normal name is this one, or an alias.
    pub fn is(&self, normal: &str) -> bool {
        self.normal == normal || self.aliases.iter().any(|alias| alias == normal)
    }
}
