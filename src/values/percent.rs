//! Shares: `99.9%`, `99,9 %`, `< 0.1 percent`.

use crate::text::lower;
use crate::values::number::{Decimal, alone, behind, numbers};
use crate::values::{Parsed, is_nothing};

/// Reads the share that a text holds, 0 to 100. With `has_unit` the unit is said elsewhere (in the column's name),
/// and a bare number is one: it is asked for those alone.
pub fn read(text: &str, has_unit: impl Fn() -> HasUnit) -> Parsed<f64> {
    if is_nothing(text) {
        return Parsed::Nothing;
    }
    let all = numbers(text);
    let shares = all.iter().filter(|number| is_unit(behind(text, number.end)) || has_unit() == HasUnit::Yes);
    let mut found = None;
    for number in shares {
        // `99,999 %` is below a hundred, whatever the comma says.
        let mut readings = [Decimal::Point, Decimal::Comma].into_iter().filter_map(|decimal| number.value(decimal));
        let inside = readings.find(|value| (0.0..=100.0).contains(value));
        match inside {
            Some(value) => found = found.or(Some(value)),
            None => return Parsed::Impossible,
        }
    }
    match found {
        Some(value) => Parsed::Value(value),
        None if all.is_empty() => Parsed::NotOne,
        None if text.chars().any(char::is_alphabetic) => Parsed::Unknown,
        None => Parsed::NoUnit,
    }
}

/// `99.9%`: a number and the sign alone, as most shares are.
pub(crate) fn bare(text: &str) -> Option<f64> {
    let number = text.trim_start_matches(['<', '>', ' ']).strip_suffix('%')?;
    let share = alone(number)?.value(Decimal::Point)?;
    (share <= 100.0).then_some(share)
}

/// Whether a column's name says the unit of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HasUnit {
    /// It does.
    Yes,
    /// It does not.
    No,
}

impl HasUnit {
    /// Whether one of two names says it.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::Yes { self } else { other }
    }
}

/// Whether a name says that its values are shares: `Target (%)`.
pub fn unit_in(name: &str) -> HasUnit {
    let says = name.contains('%') || name.to_ascii_lowercase().contains("percent");
    if says { HasUnit::Yes } else { HasUnit::No }
}

fn is_unit(behind: &str) -> bool {
    const WORDS: [&str; 4] = ["%", "percent", "pct", "％"];
    let behind = behind.trim_start_matches([' ', '\u{a0}', '\u{202f}', '+', '\\']);
    let behind = lower(behind);
    WORDS.iter().any(|word| behind.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_and_held_to_a_hundred() {
        for (text, value) in [
            ("99.9%", 99.9),
            ("99,9 %", 99.9),
            ("99.999%", 99.999),
            ("99,999 %", 99.999),
            ("< 0.1% of requests", 0.1),
            ("≥ 99.95 percent (43 min a month)", 99.95),
            ("100%", 100.0),
        ] {
            assert_eq!(read(text, || HasUnit::No), Parsed::Value(value), "{text}");
        }
        for (text, reading) in [
            ("109%", Parsed::Impossible),
            ("-5 %", Parsed::Impossible),
            ("99.9% or 101%", Parsed::Impossible),
            ("99.9", Parsed::NoUnit),
            ("< 4", Parsed::NoUnit),
            ("99.9 Prozent", Parsed::Unknown),
            ("three nines", Parsed::NotOne),
            ("n/a", Parsed::Nothing),
        ] {
            assert_eq!(read(text, || HasUnit::No), reading, "{text}");
        }
        assert_eq!(read("99.9", || unit_in("Target (%)")), Parsed::Value(99.9));
        assert_eq!(read("109", || unit_in("Target (%)")), Parsed::Impossible);
    }
}
