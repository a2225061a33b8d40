//! How numbers are written: what one that is written beside them keeps to.

use crate::values::number::{Decimal, Number, digits};

/// How numbers are written, once as each decimal character would have it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    decimals: [usize; 2],
    groups: [Option<char>; 2],
    /// Whether one stands for thousands or millions of itself: `1.2k`.
    pub is_scaled: bool,
}

impl Style {
    /// That of one number.
    pub fn of(number: &Number) -> Self {
        if digits(number.written).is_some() {
            return Self::default();
        }
        let group = |point: char| number.written.chars().find(|&c| !c.is_ascii_digit() && c != point);
        Self {
            decimals: [Decimal::Point, Decimal::Comma].map(|decimal| number.decimals(decimal)),
            groups: ['.', ','].map(group),
            is_scaled: false,
        }
    }

    /// That of numbers which are written so and so.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let [point, comma] = self.decimals;
        let [by_point, by_comma] = self.groups;
        Self {
            decimals: [point.max(other.decimals[0]), comma.max(other.decimals[1])],
            groups: [by_point.or(other.groups[0]), by_comma.or(other.groups[1])],
            is_scaled: self.is_scaled || other.is_scaled,
        }
    }

    /// Writes a number so.
    pub fn write(&self, value: f64, decimal: Decimal) -> String {
        let (index, point) = (decimal as usize, if decimal == Decimal::Point { '.' } else { ',' });
        let decimals = self.decimals[index].min(2);
        let plain = format!("{value:.decimals$}");
        let (whole, parts) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.extend(self.groups[index]);
            }
            out.push(digit);
        }
        if !parts.is_empty() {
            out.push(point);
            out.push_str(parts);
        }
        out
    }
}
