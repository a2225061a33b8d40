//! One of a list of words: `Draft`, `Review`, `Approved`.

use crate::text::{is_symbol, same_but_for_case};

/// Which word of a list a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// Index into the list.
    pub index: usize,
    /// How it is written.
    pub as_written: AsWritten,
}

/// How a choice is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsWritten {
    /// As in the list, but for its case and emphasis.
    Plain,
    /// With an emoji, or words behind it: `✅ Approved`, `Draft (first version)`.
    Decorated,
}

/// The word of the list that a text is, or begins with.
pub fn read<'a>(text: &str, list: impl Iterator<Item = &'a str> + Clone) -> Option<Chosen> {
    let text = text.trim().trim_matches(['*', '_', '`', ' ']);
    let find = |word: &str| list.clone().position(|known| is_same(known, word));
    if let Some(index) = find(text) {
        return Some(Chosen { index, as_written: AsWritten::Plain });
    }
    let decorated = |index| Chosen { index, as_written: AsWritten::Decorated };
    let bare =
        text.trim_matches(|c: char| is_symbol(c) || c.is_whitespace() || matches!(c, '*' | '_' | '`' | '[' | ']'));
    if let Some(index) = find(bare) {
        return Some(decorated(index));
    }
    // The longest word that it begins with, not followed by letters, nor by what asks to choose (`Draft | Review`).
    let lower = bare.to_lowercase();
    let begins = |word: &str| {
        let behind = lower.strip_prefix(&word.to_lowercase())?;
        (!behind.starts_with(|c: char| c.is_alphanumeric() || c == '-')).then_some(())?;
        (!behind.trim_start().starts_with(['|', '/', '\\'])).then_some(())
    };
    let longest = list.enumerate().filter(|(_, word)| begins(word).is_some());
    longest.max_by_key(|(_, word)| word.len()).map(|(index, _)| decorated(index))
}

/// Whether two words are the same but for their case.
fn is_same(one: &str, other: &str) -> bool {
    let is_ascii = || one.is_ascii() && other.is_ascii();
    same_but_for_case(one, other) || !is_ascii() && one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_one_of_its_words() {
        let read = |text| read(text, ["Draft", "Review", "In Review", "Approved"].into_iter());
        let plain = |index| Some(Chosen { index, as_written: AsWritten::Plain });
        let decorated = |index| Some(Chosen { index, as_written: AsWritten::Decorated });
        assert_eq!(read("approved"), plain(3));
        assert_eq!(read("**Draft**"), plain(0));
        assert_eq!(read("in review"), plain(2));
        for (text, index) in
            [("✅ Approved", 3), ("Approved ✅", 3), ("Draft (second round)", 0), ("[Draft]", 0), ("Review, by Ada", 1)]
        {
            assert_eq!(read(text), decorated(index), "{text}");
        }
        for text in ["", "Drafted", "In Progress", "Draft | Review | Approved", "Draft/Review", "not Approved"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
