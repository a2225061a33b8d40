//! Whole numbers of things: `4`, `4+`, `1,000`, `2 / 10`, `2 instances`.

use crate::text::lower;
use crate::values::number::{Bound, Number, bound_before, digits, is_range, numbers};
use crate::values::{Parsed, date, is_nothing};

/// A number of things, or a pair of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number; of a pair the first one.
    pub from: u64,
    /// The same; of a pair the second one; `None` where there is no upper end (`4+`).
    pub to: Option<u64>,
}

impl Count {
    /// The number, where it is exactly one.
    pub fn exact(self) -> Option<u64> {
        (self.to == Some(self.from)).then_some(self.from)
    }
}

/// Reads the number of things that a text holds.
pub fn read(text: &str) -> Parsed<Count> {
    if is_nothing(text) {
        return Parsed::Nothing;
    }
    let text = text.trim();
    if let Some(value) = digits(text) {
        return Parsed::Value(Count { from: value, to: Some(value) });
    }
    let all = numbers(text);
    let [first, rest @ ..] = all.as_slice() else {
        return match text.to_lowercase().as_str() {
            "unlimited" | "no limit" | "∞" | "infinite" => Parsed::Value(Count { from: 0, to: None }),
            _ => Parsed::NotOne,
        };
    };
    if measures(text, &all) {
        return Parsed::NotOne;
    }
    if all.iter().any(|number| number.whole().is_none()) {
        let is_alone = !text.chars().any(char::is_alphabetic);
        return if is_alone { Parsed::Impossible } else { Parsed::Unknown };
    }
    let whole = |number: &Number| number.whole().unwrap_or_default();
    match rest {
        [] => one(text, first, whole(first)),
        [second] if is_pair(&text[first.end..second.start]) && is_thing(&text[second.end..]) => {
            let starts = text[..first.start].trim().is_empty();
            if starts { Parsed::Value(Count { from: whole(first), to: Some(whole(second)) }) } else { Parsed::Unknown }
        }
        _ => Parsed::Unknown,
    }
}

fn one(text: &str, number: &Number, value: u64) -> Parsed<Count> {
    let behind = text[number.end..].trim();
    let (open, things) = match behind.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, behind),
    };
    let before = text[..number.start].trim();
    if !is_thing(things) {
        return Parsed::Unknown;
    }
    match bound_before(text, number.start) {
        Some(Bound::AtMost) => Parsed::Value(Count { from: 0, to: Some(value) }),
        Some(Bound::AtLeast) => Parsed::Value(Count { from: value, to: None }),
        None if before.is_empty() || before == "=" => {
            Parsed::Value(Count { from: value, to: (!open).then_some(value) })
        }
        _ => Parsed::Unknown,
    }
}

/// `2 / 10`, `2-10`: the smallest and the greatest number in one cell.
fn is_pair(between: &str) -> bool {
    is_range(between) || matches!(between.trim(), "/" | "," | ";" | "|" | "\\|" | ":")
}

/// Whether a text says something else in numbers: a share (`CPU > 60%`), a day, a length of time. `5 min` may be the
/// smallest number, and `2 vCPU` is what some databases scale by.
fn measures(text: &str, all: &[Number]) -> bool {
    const TIMES: [&str; 9] = ["ms", "sec", "second", "seconds", "minutes", "hour", "hours", "day", "days"];
    let behind = |number: &Number| text[number.end..].trim_start();
    let is_time = match all {
        [number] => number.start == 0 && TIMES.iter().any(|unit| behind(number).eq_ignore_ascii_case(unit)),
        _ => false,
    };
    let is_day = || all.len() == 3 && date::recognise(text).is_some();
    is_time || all.iter().all(|number| behind(number).starts_with('%')) || is_day()
}

/// Whether what stands behind a number only says what is counted.
fn is_thing(behind: &str) -> bool {
    const THINGS: [&str; 18] = [
        "instance",
        "pod",
        "replica",
        "node",
        "task",
        "container",
        "server",
        "worker",
        "unit",
        "machine",
        "vm",
        "process",
        "copy",
        "copies",
        "x",
        "item",
        "host",
        "each",
    ];
    let word = lower(behind.trim().trim_end_matches('.'));
    let singular = word.strip_suffix("es").filter(|word| word.ends_with("ess")).or_else(|| word.strip_suffix('s'));
    word.is_empty() || THINGS.iter().any(|thing| *thing == word || singular == Some(thing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_things_are_read() {
        let exactly = |number| Parsed::Value(Count { from: number, to: Some(number) });
        for (text, number) in
            [("4", 4), ("1,000", 1000), ("1.000", 1000), ("2 instances", 2), ("3 pods", 3), (" 7 ", 7)]
        {
            assert_eq!(read(text), exactly(number), "{text}");
        }
        for (text, from, to) in [
            ("4+", 4, None),
            ("2 / 10", 2, Some(10)),
            ("10/2", 10, Some(2)),
            ("2-10", 2, Some(10)),
            ("2 to 10 pods", 2, Some(10)),
            ("up to 10", 0, Some(10)),
            (">= 2", 2, None),
            ("unlimited", 0, None),
        ] {
            assert_eq!(read(text), Parsed::Value(Count { from, to }), "{text}");
        }
        for (text, reading) in [
            ("2.5", Parsed::Impossible),
            ("-3", Parsed::Impossible),
            ("two", Parsed::NotOne),
            ("auto", Parsed::NotOne),
            ("CPU > 60%", Parsed::NotOne),
            ("2026-01-01", Parsed::NotOne),
            ("8 hours", Parsed::NotOne),
            ("2 vCPU", Parsed::Unknown),
            ("~4", Parsed::Unknown),
            ("2 per zone", Parsed::Unknown),
            ("4 vCPU, 8 GB", Parsed::Unknown),
            ("1.5 vCPU", Parsed::Unknown),
            ("-", Parsed::Nothing),
        ] {
            assert_eq!(read(text), reading, "{text}");
        }
    }
}
