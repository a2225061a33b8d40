//! Units of time by their names, words that stand for a length of time, and lengths in words.

use crate::text;

pub(super) const MINUTE: f64 = 60.0;
pub(super) const HOUR: f64 = 60.0 * MINUTE;
pub(super) const DAY: f64 = 24.0 * HOUR;
pub(super) const WEEK: f64 = 7.0 * DAY;
pub(super) const MONTH: f64 = 30.0 * DAY;
pub(super) const YEAR: f64 = 365.0 * DAY;

/// What happens with each change leaves nothing behind.
pub(super) const EVENTS: [&str; 9] =
    ["change", "changes", "commit", "push", "deploy", "deployment", "write", "update", "release"];

/// The length of a unit in seconds, as a text writes it.
pub(super) fn unit(word: &str) -> Option<f64> {
    // `5M` and `2D` are something else; `5H` is not.
    if word.len() == 1 && word != "H" { named(word) } else { named(&text::lower(word)) }
}

/// The length of a unit by its name, in seconds; of one letter only where it is written in lower case.
fn named(name: &str) -> Option<f64> {
    Some(match name {
        "ns" => 1e-9,
        "µs" | "μs" | "us" => 1e-6,
        "ms" | "msec" | "millisecond" | "milliseconds" => 1e-3,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => MINUTE,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
        "d" | "day" | "days" => DAY,
        "w" | "wk" | "week" | "weeks" => WEEK,
        "mo" | "month" | "months" => MONTH,
        "quarter" => 3.0 * MONTH,
        "y" | "yr" | "year" | "years" => YEAR,
        _ => return None,
    })
}

/// What a word says without a number, how often or how long, in seconds.
pub(super) fn word(word: &str) -> Option<f64> {
    Some(match word {
        "hourly" => HOUR,
        "daily" | "nightly" => DAY,
        "weekly" => WEEK,
        "fortnightly" => 2.0 * WEEK,
        "monthly" => MONTH,
        "quarterly" => 3.0 * MONTH,
        "yearly" | "annually" => YEAR,
        "continuous" | "continuously" | "real time" | "realtime" | "instant" | "instantly" | "immediate"
        | "immediately" | "zero" => 0.0,
        "forever" | "indefinite" | "indefinitely" | "permanent" | "unlimited" => f64::INFINITY,
        _ => return None,
    })
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
