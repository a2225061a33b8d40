//! Lengths of time and intervals: `< 4 hours`, `15 min`, `1h 30m`, `PT1H`, `daily`, `every 6 hours`, `continuous`,
//! `on change`, `forever`.

pub mod units;

use memchr::memchr2;

use crate::text;
use crate::values::duration::units::{DAY, EVENTS, HOUR, MINUTE, MONTH, WEEK, YEAR, unit, word};
use crate::values::number::{self, Number, digits, is_range, numbers};
use crate::values::{Parsed, is_nothing};

/// A length of time in seconds: exact, or between two ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Duration {
    /// The shortest that is meant (of several: of any); 0 for what happens all the time or at once.
    pub shortest: f64,
    /// The longest that is meant (of several: of any); infinite for what lasts forever.
    pub longest: f64,
    /// How many the text holds: of several nobody knows which one counts.
    pub count: usize,
}

impl Duration {
    fn cover(self, other: Self) -> Self {
        Self {
            shortest: self.shortest.min(other.shortest),
            longest: self.longest.max(other.longest),
            count: self.count + other.count,
        }
    }
}

/// Reads the length of time that a text holds. `unit` (seconds) is the one that the column's name says for bare
/// numbers.
pub fn read(text: &str, unit: impl Fn() -> Option<f64>) -> Parsed<Duration> {
    if is_nothing(text) {
        return Parsed::Nothing;
    }
    if is_nearly_zero(text) {
        return Parsed::Unknown;
    }
    if text.contains('P')
        && let Some(seconds) = iso_8601(text.trim().trim_matches(['<', '>', '=', '~', ' ']))
    {
        return Parsed::Value(exactly(seconds));
    }
    let all = numbers(text);
    let mut found = amounts(text, &all, unit);
    if found.is_empty() {
        found = rhythms(text);
    }
    if let Some(widest) = found.iter().copied().reduce(Duration::cover) {
        let is_less = widest.longest <= 0.0 && is_below(text);
        return if is_less { Parsed::Impossible } else { Parsed::Value(widest) };
    }
    if let [number] = all.as_slice()
        && text[..number.start].trim_matches(['<', '>', '=', '≤', '≥', '~', ' ']).is_empty()
    {
        let (unit, is_negative) = (text[number.end..].trim(), number.likely().is_some_and(|value| value < 0.0));
        if is_other(unit) {
            return Parsed::NotOne;
        }
        if is_negative && unit_behind(text, number.end).is_some() || is_below(text) && number.likely() == Some(0.0) {
            return Parsed::Impossible;
        }
    }
    let has_words = text.chars().any(char::is_alphabetic);
    match all.as_slice() {
        [] => Parsed::NotOne,
        _ if has_words => Parsed::Unknown,
        // Nothing lost, nothing waited: zero of any unit.
        [zero] if zero.likely() == Some(0.0) => Parsed::Value(exactly(0.0)),
        _ => Parsed::NoUnit,
    }
}

/// `< 4 hours`, `500ms`, `Daily`: a whole number and its unit, or one word, as most lengths are.
pub(crate) fn bare(text: &str) -> Option<Duration> {
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return word(&text::lower(text)).map(exactly);
    }
    let number = text.trim_start_matches(['<', '>', '~', ' ']);
    let length = number.bytes().take_while(u8::is_ascii_digit).count();
    let word = &number[length..];
    let value = digits(&number[..length])? as f64;
    let seconds = unit(word.strip_prefix(' ').unwrap_or(word)).map(|size| value * size);
    seconds.filter(|seconds| *seconds > 0.0).map(exactly)
}

/// `< 0`: less than nothing.
fn is_below(text: &str) -> bool {
    text.trim_start().strip_prefix('<').is_some_and(|behind| behind.trim_start().starts_with('0'))
}

/// Whether a unit measures something else: shares, data, machines.
fn is_other(unit: &str) -> bool {
    const OTHERS: [&str; 12] = ["%", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "vcpu", "cores", "iops"];
    OTHERS.iter().any(|other| other.eq_ignore_ascii_case(unit))
}

/// `near-zero`, `close to zero`: how much that is, nobody knows.
fn is_nearly_zero(text: &str) -> bool {
    // Mostly there is not even its first letter.
    if memchr2(b'z', b'Z', text.as_bytes()).is_none() {
        return false;
    }
    text.to_ascii_lowercase().match_indices("zero").any(|(at, _)| {
        let before = text[..at].trim_end_matches([' ', '-', '\u{2011}']).to_ascii_lowercase();
        ["near", "nearly", "almost", "virtually", "practically", "close to"].iter().any(|word| before.ends_with(word))
    })
}

fn exactly(seconds: f64) -> Duration {
    Duration { shortest: seconds, longest: seconds, count: 1 }
}

/// The unit directly behind a number, and where it ends.
fn unit_behind(text: &str, at: usize) -> Option<(f64, usize)> {
    let rest = &text[at..];
    let skipped = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '-', '+', '\u{2011}']).len();
    let start = at + skipped;
    let word: &str = {
        let rest = &text[start..];
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        &rest[..end]
    };
    if let Some(size) = unit(word) {
        return Some((size, start + word.len()));
    }
    // `6-hourly`
    let every = word.strip_suffix("ly").filter(|stem| matches!(*stem, "hour" | "minute" | "week"))?;
    unit(every).map(|size| (size, start + word.len()))
}

/// Numbers with units: `1 h 30 min` is one, `1-2 hours` is one with two ends.
fn amounts(text: &str, all: &[Number], bare: impl Fn() -> Option<f64>) -> Vec<Duration> {
    let mut found: Vec<Duration> = Vec::new();
    let mut index = 0;
    // Where the last amount ended, and its unit: a smaller one behind it belongs to it.
    let mut last: Option<(usize, f64)> = None;
    while index < all.len() {
        let number = &all[index];
        index += 1;
        let Some(value) = number.likely().filter(|value| *value >= 0.0) else { continue };
        if let Some(seconds) = times(text, number, value) {
            found.push(exactly(seconds));
            last = None;
            continue;
        }
        if let Some((size, end)) = unit_behind(text, number.end) {
            match (last, found.last_mut()) {
                (Some((before, bigger)), Some(sum)) if size < bigger && joins(&text[before..number.start]) => {
                    sum.shortest += value * size;
                    sum.longest += value * size;
                }
                _ => found.push(exactly(value * size)),
            }
            last = Some((end, size));
            // `30 s - 2 min`
            if let Some(second) = all.get(index)
                && is_range(&text[end..second.start])
                && let (Some(upper), Some((size, end))) = (second.likely(), unit_behind(text, second.end))
                && let Some(sum) = found.last_mut()
            {
                sum.longest = (upper * size).max(sum.shortest);
                last = Some((end, size));
                index += 1;
            }
            continue;
        }
        // `1-2 hours`
        if let Some(second) = all.get(index)
            && is_range(&text[number.end..second.start])
            && let (Some(upper), Some((size, end))) = (second.likely(), unit_behind(text, second.end))
        {
            found.push(Duration { shortest: value * size, longest: (upper * size).max(value * size), count: 1 });
            last = Some((end, size));
            index += 1;
            continue;
        }
        let is_bare = !text[number.end..].starts_with(|c: char| c.is_alphabetic() || c == '%');
        found.extend(is_bare.then(&bare).flatten().map(|size| exactly(value * size)));
        last = None;
    }
    found
}

/// `3x daily`, `4 times a day`: so often in a day.
fn times(text: &str, number: &Number, value: f64) -> Option<f64> {
    let behind = number::behind(text, number.end).trim_start();
    if !behind.starts_with(['t', 'T', 'x', 'X', '×']) {
        return None;
    }
    let behind = behind.to_lowercase();
    let rest = ["times", "time", "x", "×"].into_iter().find_map(|word| behind.strip_prefix(word))?.trim_start();
    let rest =
        ["a ", "per ", "/", "every ", "each "].into_iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let period = unit(word).or_else(|| units::word(word))?;
    (value > 0.0 && period > 0.0).then_some(period / value)
}

/// Whether what stands between two amounts joins them to one: `1 h 30 min`, `1 day and 12 hours`.
fn joins(between: &str) -> bool {
    matches!(between.trim(), "" | "and" | ",")
}

/// What says how often without a number: `daily`, `every hour`, `twice a day`, `on change`.
fn rhythms(text: &str) -> Vec<Duration> {
    let lower = text::lower(text);
    if let Some(seconds) = word(&lower) {
        return vec![exactly(seconds)];
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let rest = &words[index..];
        let (seconds, used) = match rest {
            ["twice", "a" | "per" | "every", period, ..] if unit(period).is_some() => {
                (unit(period).map(|size| size / 2.0), 3)
            }
            ["twice", period, ..] if word(period).is_some() => (word(period).map(|size| size / 2.0), 2),
            ["every" | "each" | "per" | "once" | "a" | "an" | "one", period, ..]
                if unit(period).is_some_and(|_| period.len() > 1) =>
            {
                (unit(period), 2)
            }
            ["on" | "every" | "each" | "per" | "after", event, ..] if EVENTS.contains(event) => (Some(0.0), 2),
            ["on" | "after", "every" | "each", event, ..] if EVENTS.contains(event) => (Some(0.0), 3),
            ["real", "time", ..] => (Some(0.0), 2),
            ["no", "data", "loss", ..] => (Some(0.0), 3),
            [one, ..] => (word(one), 1),
            [] => (None, 1),
        };
        found.extend(seconds.map(exactly));
        index += used;
    }
    found
}

/// `PT1H`, `P1DT12H`: as in <https://en.wikipedia.org/wiki/ISO_8601#Durations>.
fn iso_8601(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix('P')?;
    let mut in_time = false;
    let mut sum = 0.0;
    let mut parts = 0;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix('T') {
            in_time = true;
            rest = behind;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
        let value: f64 = rest[..end].replace(',', ".").parse().ok()?;
        let size = match (rest[end..].chars().next()?, in_time) {
            ('Y', false) => YEAR,
            ('M', false) => MONTH,
            ('W', false) => WEEK,
            ('D', false) => DAY,
            ('H', true) => HOUR,
            ('M', true) => MINUTE,
            ('S', true) => 1.0,
            _ => return None,
        };
        sum += value * size;
        parts += 1;
        rest = &rest[end + 1..];
    }
    (parts > 0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::duration::units::{describe, describe_interval, unit_in};

    #[test]
    fn lengths_of_time_are_read() {
        for (text, seconds) in [
            ("< 4 hours", 4.0 * HOUR),
            ("15 min", 15.0 * MINUTE),
            ("1h", HOUR),
            ("30 days", 30.0 * DAY),
            ("PT1H", HOUR),
            ("P1DT12H", 1.5 * DAY),
            ("500ms", 0.5),
            ("p95 < 500 ms", 0.5),
            ("1 h 30 min", 1.5 * HOUR),
            ("1h30m", 1.5 * HOUR),
            ("1,5 h", 1.5 * HOUR),
            ("2 weeks", 2.0 * WEEK),
            ("≤ 24 hours (working days only)", 24.0 * HOUR),
            ("daily", DAY),
            ("Daily at 02:00 UTC", DAY),
            ("Hourly", HOUR),
            ("every 6 hours", 6.0 * HOUR),
            ("6-hourly", 6.0 * HOUR),
            ("every hour", HOUR),
            ("once a day", DAY),
            ("twice a day", 0.5 * DAY),
            ("4x daily", 0.25 * DAY),
            ("3 times per day", DAY / 3.0),
            ("Continuous", 0.0),
            ("real-time", 0.0),
            ("On change", 0.0),
            ("on every commit", 0.0),
            ("0", 0.0),
            ("Forever", f64::INFINITY),
            ("an hour", HOUR),
        ] {
            assert_eq!(read(text, || None), Parsed::Value(exactly(seconds)), "{text}");
        }
    }

    #[test]
    fn ranges_have_two_ends_and_several_are_counted() {
        let between = |shortest, longest| Parsed::Value(Duration { shortest, longest, count: 1 });
        assert_eq!(read("1-2 hours", || None), between(HOUR, 2.0 * HOUR));
        assert_eq!(read("30 s – 2 min", || None), between(30.0, 120.0));
        assert_eq!(read("1 hour (database), 1 day (cache)", || None).value().map(|found| found.count), Some(2));
        assert_eq!(read("daily full, hourly log", || None).value().map(|found| found.count), Some(2));
    }

    #[test]
    fn what_is_not_understood_says_why() {
        for (text, reading) in [
            ("< 2 Stunden", Parsed::Unknown),
            ("4", Parsed::NoUnit),
            ("< 4", Parsed::NoUnit),
            ("fast", Parsed::NotOne),
            ("5 GB", Parsed::NotOne),
            ("99.9%", Parsed::NotOne),
            ("-4 hours", Parsed::Impossible),
            ("< 0 hours", Parsed::Impossible),
            ("none", Parsed::Nothing),
            ("Pending", Parsed::NotOne),
        ] {
            assert_eq!(read(text, || None), reading, "{text}");
        }
        assert_eq!(read("4", || unit_in("RTO (hours)")), Parsed::Value(exactly(4.0 * HOUR)));
        assert_eq!(unit_in("RPO (Recovery Point Objective)"), None);
    }

    #[test]
    fn lengths_are_said_as_people_say_them() {
        assert_eq!(describe(HOUR), "1 hour");
        assert_eq!(describe(90.0 * MINUTE), "90 minutes");
        assert_eq!(describe(0.5), "500 ms");
        assert_eq!(describe(DAY), "1 day");
        assert_eq!(describe_interval(DAY), "a daily interval");
        assert_eq!(describe_interval(6.0 * HOUR), "an interval of 6 hours");
    }
}
