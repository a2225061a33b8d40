//! Units of time by their names, words that stand for a length of time, and lengths in words.

use crate::text;

pub(super) const MINUTE: f64 = 60.0;
pub(super) const HOUR: f64 = 60.0 * MINUTE;
pub(super) const DAY: f64 = 24.0 * HOUR;
pub(super) const WEEK: f64 = 7.0 * DAY;
pub(super) const MONTH: f64 = 30.0 * DAY;
pub(super) const YEAR: f64 = 365.0 * DAY;

/// Units by their names; of one letter only where they are written in lower case.
const UNITS: [(&str, f64); 38] = [
    ("ns", 1e-9),
    ("µs", 1e-6),
    ("μs", 1e-6),
    ("us", 1e-6),
    ("ms", 1e-3),
    ("msec", 1e-3),
    ("millisecond", 1e-3),
    ("milliseconds", 1e-3),
    ("s", 1.0),
    ("sec", 1.0),
    ("secs", 1.0),
    ("second", 1.0),
    ("seconds", 1.0),
    ("m", MINUTE),
    ("min", MINUTE),
    ("mins", MINUTE),
    ("minute", MINUTE),
    ("minutes", MINUTE),
    ("h", HOUR),
    ("hr", HOUR),
    ("hrs", HOUR),
    ("hour", HOUR),
    ("hours", HOUR),
    ("d", DAY),
    ("day", DAY),
    ("days", DAY),
    ("w", WEEK),
    ("wk", WEEK),
    ("week", WEEK),
    ("weeks", WEEK),
    ("mo", MONTH),
    ("month", MONTH),
    ("months", MONTH),
    ("quarter", 3.0 * MONTH),
    ("y", YEAR),
    ("yr", YEAR),
    ("year", YEAR),
    ("years", YEAR),
];

/// Words that say how often, or how long, without a number.
const WORDS: [(&str, f64); 23] = [
    ("hourly", HOUR),
    ("daily", DAY),
    ("nightly", DAY),
    ("weekly", WEEK),
    ("fortnightly", 2.0 * WEEK),
    ("monthly", MONTH),
    ("quarterly", 3.0 * MONTH),
    ("yearly", YEAR),
    ("annually", YEAR),
    ("continuous", 0.0),
    ("continuously", 0.0),
    ("real time", 0.0),
    ("realtime", 0.0),
    ("instant", 0.0),
    ("instantly", 0.0),
    ("immediate", 0.0),
    ("immediately", 0.0),
    ("zero", 0.0),
    ("forever", f64::INFINITY),
    ("indefinite", f64::INFINITY),
    ("indefinitely", f64::INFINITY),
    ("permanent", f64::INFINITY),
    ("unlimited", f64::INFINITY),
];

/// What happens with each change leaves nothing behind.
pub(super) const EVENTS: [&str; 9] =
    ["change", "changes", "commit", "push", "deploy", "deployment", "write", "update", "release"];

/// The length of a unit in seconds.
pub(super) fn unit(word: &str) -> Option<f64> {
    let begins = |name: &str, word: &str| name.as_bytes().first() == word.as_bytes().first();
    let is_it = |name: &str, word: &str| begins(name, word) && name == word;
    let find = |word: &str| UNITS.iter().find(|(name, _)| is_it(name, word)).map(|&(_, size)| size);
    // `5M` and `2D` are something else; `5H` is not.
    if word.chars().count() == 1 && word != "H" { find(word) } else { find(&text::lower(word)) }
}

/// What a word says without a number, in seconds.
pub(super) fn word(word: &str) -> Option<f64> {
    WORDS.iter().find(|(name, _)| *name == word).map(|&(_, size)| size)
}

/// The unit that a name says for its values: `RTO (hours)`.
pub fn unit_in(name: &str) -> Option<f64> {
    let (_, behind) = name.rsplit_once(['(', '[', ',', '（'])?;
    let word = behind.trim_matches(|c: char| !c.is_alphanumeric());
    if word == "in" { None } else { unit(word.strip_prefix("in ").unwrap_or(word)) }
}

/// A length in words: `1 hour`, `90 minutes`, `500 ms`, `zero`.
pub fn describe(seconds: f64) -> String {
    const NAMES: [(f64, &str); 4] = [(DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1.0, "second")];
    let whole = NAMES.into_iter().find(|(size, _)| seconds >= *size && (seconds / size).fract() == 0.0);
    let (number, name) = match whole {
        Some((size, name)) => (seconds / size, name),
        None if seconds <= 0.0 => return "zero".to_owned(),
        None if seconds < 1.0 => return format!("{} ms", seconds * 1000.0),
        None => (seconds, "second"),
    };
    let is_one = number > 0.9 && number < 1.1;
    format!("{number} {}", text::plural(if is_one { 1 } else { 2 }, name))
}

/// An interval in words, with its article: `a daily interval`, `an interval of 6 hours`.
pub fn describe_interval(seconds: f64) -> String {
    let known = [(HOUR, "an hourly"), (DAY, "a daily"), (WEEK, "a weekly"), (MONTH, "a monthly"), (YEAR, "a yearly")];
    match known.into_iter().find(|(size, _)| (size - seconds).abs() < 1.0) {
        Some((_, word)) => format!("{word} interval"),
        None => format!("an interval of {}", describe(seconds)),
    }
}
