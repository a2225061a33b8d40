//! Names, and that none of them is claimed twice.

use crate::described::Text;
use crate::described::reader::Mistakes;
use crate::diagnostic::Origin;
use crate::template::model::name::Name;
use crate::text::normal;

/// A name without others beside it.
pub(super) fn plain(shown: &str) -> Name {
    Name::new(shown, &[], &[])
}

/// A name with its aliases and lookalikes.
pub(super) fn name(shown: &str, aliases: Option<&Vec<Text>>, lookalikes: Option<&Vec<Text>>) -> Name {
    Name::new(shown, &written(aliases), &written(lookalikes))
}

fn written(list: Option<&Vec<Text>>) -> Vec<&str> {
    list.into_iter().flatten().map(|text| text.value.as_str()).collect()
}

/// A thing as the template names it: its name, where that stands, its aliases and lookalikes.
pub(super) type Named<'t> = (&'t str, Origin, Option<&'t Vec<Text>>, Option<&'t Vec<Text>>);

/// The names of things that stand beside each other: sections of one parent, columns of one table.
pub(super) struct Claims {
    /// `section`, `column`.
    noun: &'static str,
    taken: Vec<(String, String, Claim)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Claim {
    Name,
    Alias,
    Lookalike,
}

impl Claims {
    pub(super) fn new(noun: &'static str) -> Self {
        Self { noun, taken: Vec::new() }
    }

    /// Claims the names of all; own names first, for they are bound first.
    pub(super) fn all(mut self, mistakes: &mut Mistakes, things: &[Named<'_>]) {
        for (shown, origin, ..) in things {
            self.claim(mistakes, shown, shown, *origin, Claim::Name);
        }
        for (shown, _, aliases, _) in things {
            for alias in (*aliases).into_iter().flatten() {
                self.claim(mistakes, shown, &alias.value, alias.origin, Claim::Alias);
            }
        }
        for (shown, _, _, lookalikes) in things {
            for alias in (*lookalikes).into_iter().flatten() {
                self.claim(mistakes, shown, &alias.value, alias.origin, Claim::Lookalike);
            }
        }
    }

    fn claim(&mut self, mistakes: &mut Mistakes, owner: &str, written: &str, origin: Origin, claim: Claim) {
        let normal = normal(written);
        let noun = self.noun;
        if normal.is_empty() {
            mistakes.push(origin, format!("a {noun} needs a name with letters or digits"), "here", "");
            return;
        }
        let Some((_, other, theirs)) = self.taken.iter().find(|(taken, ..)| *taken == normal) else {
            self.taken.push((normal, owner.to_owned(), claim));
            return;
        };
        // Said twice of one thing does no harm: "Backup & Recovery" and "Backup and Recovery" are one name.
        if claim != Claim::Name && other == owner {
            return;
        }
        let (message, help) = match (claim, theirs) {
            (Claim::Name, _) => {
                (format!("two {noun}s are named `{owner}`"), "rename one of them, or remove it".to_owned())
            }
            (_, Claim::Name) => (
                format!("`{written}` is the name of another {noun}"),
                "remove it here: the name itself is looked for first".to_owned(),
            ),
            _ => (
                format!("`{written}` is claimed by `{other}` and by `{owner}`"),
                "leave it with one of them".to_owned(),
            ),
        };
        mistakes.push(origin, message, "here", help);
    }
}
