//! Values that have meaning: dates, versions, amounts. Each type says what it understood, or that it did not; what is
//! not understood is not compared.

pub mod choice;
pub mod count;
pub mod currency;
pub mod date;
pub mod duration;
pub mod money;
pub mod number;
pub mod percent;
pub mod secret;
pub mod style;
pub mod url;
pub mod version;

/// What a text says, read as a value of one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Parsed<T> {
    /// It was understood.
    Value(T),
    /// `-`, `n/a`, `none`: filled, of every kind, not compared.
    Nothing,
    /// It was understood, but there is no such value: 109 %, 2.5 servers.
    Impossible,
    /// A number that could be anything: `4`, where a length of time is asked for.
    NoUnit,
    /// A number with words that we do not know: `< 2 Stunden`. Let be, and not compared.
    Unknown,
    /// It holds no such value.
    NotOne,
}

impl<T> Parsed<T> {
    /// The value, where it was understood.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Parsed<U> {
        match self {
            Self::Value(value) => Parsed::Value(change(value)),
            Self::Nothing => Parsed::Nothing,
            Self::Impossible => Parsed::Impossible,
            Self::NoUnit => Parsed::NoUnit,
            Self::Unknown => Parsed::Unknown,
            Self::NotOne => Parsed::NotOne,
        }
    }
}

/// Whether a text says that there is nothing: `-`, `–`, `—`, `n/a`, `none`.
pub fn is_nothing(text: &str) -> bool {
    const WORDS: [&str; 6] = ["n/a", "n.a.", "na", "none", "nil", "not applicable"];
    // Mostly it is a number or a word.
    if text.starts_with(|c: char| c.is_ascii_alphanumeric() && !matches!(c, 'n' | 'N') || matches!(c, '$' | '<')) {
        return false;
    }
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '−' | '/');
    let text = text.trim().trim_matches(['*', '_', '`', '(', ')', ' ']);
    match text.chars().next() {
        Some('n' | 'N') => WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)),
        Some(first) => is_dash(first) && text.chars().all(is_dash),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_in_several_ways() {
        for text in ["-", "–", " — ", "--", "n/a", "N/A", "None", "*none*", "(n/a)"] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["", "0", "no", "none yet", "-1", "nano"] {
            assert!(!is_nothing(text), "{text}");
        }
    }
}
