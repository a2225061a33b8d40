//! Dates in the form that a template asks for (`YYMMDD`), and in the forms that people write.

use jiff::civil::Date;

/// Why a text is no date of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADate {
    /// It is written in another form.
    Form,
    /// It has the form, but there is no such day: the 31st of February.
    Unreal,
}

/// The date that a text is, written in a pattern of `YYYY` or `YY`, `MM`, `DD` and what stands between them.
/// Two digits of a year are those of this century.
pub fn parse(text: &str, pattern: &str) -> Result<Date, NotADate> {
    let (mut year, mut month, mut day) = (None, None, None);
    let mut rest = text.trim();
    for part in parts(pattern) {
        rest = match part {
            Part::Year(width) => {
                let (digits, rest) = number(rest, width).ok_or(NotADate::Form)?;
                year = Some(if width == 2 { 2000 + digits } else { digits });
                rest
            }
            Part::Month => {
                let (digits, rest) = number(rest, 2).ok_or(NotADate::Form)?;
                month = Some(digits);
                rest
            }
            Part::Day => {
                let (digits, rest) = number(rest, 2).ok_or(NotADate::Form)?;
                day = Some(digits);
                rest
            }
            Part::Literal(text) => rest.strip_prefix(text).ok_or(NotADate::Form)?,
        };
    }
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) if rest.is_empty() => real(year, month, day).ok_or(NotADate::Unreal),
        _ => Err(NotADate::Form),
    }
}

/// A date, written in a pattern.
pub fn write(date: Date, pattern: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(pattern.len());
    for part in parts(pattern) {
        // Writing to a string does not fail.
        let _ = match part {
            Part::Year(2) => write!(out, "{:02}", date.year().rem_euclid(100)),
            Part::Year(_) => write!(out, "{:04}", date.year()),
            Part::Month => write!(out, "{:02}", date.month()),
            Part::Day => write!(out, "{:02}", date.day()),
            Part::Literal(text) => write!(out, "{text}"),
        };
    }
    out
}

/// Whether a pattern names a year, a month and a day, each once.
pub fn is_pattern(pattern: &str) -> bool {
    let mut seen = [0; 3];
    for part in parts(pattern) {
        match part {
            Part::Year(_) => seen[0] += 1,
            Part::Month => seen[1] += 1,
            Part::Day => seen[2] += 1,
            Part::Literal(_) => {}
        }
    }
    seen == [1, 1, 1]
}

/// The date that a text means in any of the forms that leave no doubt: `2025-12-24`, `2025/12/24`, `20251224`,
/// `24.12.2025`, `24 December 2025`, `Dec 24, 2025`, `2025年12月24日`, also with a time behind it. Of `24/12/2025`
/// and `12/24/2025` only where one number cannot be a month. Six digits alone leave doubt: `260505`.
pub fn recognise(text: &str) -> Option<Date> {
    let text = text.trim().trim_matches(['*', '_', '`', '"', '\'', ' ']);
    let text = text.find(['T', ' ']).map_or(text, |at| without_time(text, at));
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return parse(text, "YYYYMMDD").ok();
    }
    let words = words(text)?;
    match words[..] {
        [Word::Number(year, 4), Word::Number(month, _), Word::Number(day, _)]
        | [Word::Number(day, 1..=2), Word::Name(month), Word::Number(year, 4)]
        | [Word::Name(month), Word::Number(day, 1..=2), Word::Number(year, 4)]
        | [Word::Number(year, 4), Word::Name(month), Word::Number(day, 1..=2)] => real(year, month, day),
        [Word::Number(one, 1..=2), Word::Number(other, 1..=2), Word::Number(year, 4)] => {
            if text.contains('.') || one > 12 || one == other {
                real(year, other, one)
            } else if other > 12 {
                real(year, one, other)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// The two days that a text may mean whose numbers both can be a month, written in a pattern: "`251112` for
/// 12 November, or `251211` for 11 December" for `12/11/2025`.
pub fn either(text: &str, pattern: &str) -> Option<String> {
    let words = words(text.trim().trim_matches(['*', '_', '`', ' ']))?;
    let [Word::Number(one, 1..=2), Word::Number(other, 1..=2), Word::Number(year, 4)] = words[..] else { return None };
    let says = |day: Date| format!("`{}` for {}", write(day, pattern), day.strftime("%-d %B"));
    let (first, second) = (real(year, other, one)?, real(year, one, other)?);
    (first != second).then(|| format!("{}, or {}", says(first), says(second)))
}

/// A part of a pattern.
enum Part<'a> {
    /// With so many digits.
    Year(usize),
    Month,
    Day,
    Literal(&'a str),
}

fn parts(pattern: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        let (length, part) = match rest.as_bytes() {
            [b'Y', b'Y', b'Y', b'Y', ..] => (4, Part::Year(4)),
            [b'Y', b'Y', ..] => (2, Part::Year(2)),
            [b'M', b'M', ..] => (2, Part::Month),
            [b'D', b'D', ..] => (2, Part::Day),
            _ => {
                let length = rest.chars().next()?.len_utf8();
                (length, Part::Literal(&rest[..length]))
            }
        };
        rest = &rest[length..];
        Some(part)
    })
}

/// The number in the first `width` characters, all of them digits, and what stands behind.
fn number(text: &str, width: usize) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(width)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| (digits.bytes().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')), rest))
}

fn real(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `2025-12-24T10:30:00Z`, `2025-12-24 10:30`: what stands before the time.
fn without_time(text: &str, at: usize) -> &str {
    let time = &text[at + 1..];
    let is_time = time.len() >= 4 && time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':');
    if is_time { &text[..at] } else { text }
}

enum Word {
    /// A number, and how many digits it has.
    Number(u32, usize),
    /// A month.
    Name(u32),
}

/// The numbers and months of a text; `None` where it says anything else.
fn words(text: &str) -> Option<Vec<Word>> {
    let mut words = Vec::with_capacity(3);
    for word in text.split([' ', ',', '-', '/', '.', '\u{a0}', '年', '月', '日']).filter(|word| !word.is_empty()) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let behind = &word[digits..];
        if words.len() == 3 || digits > 4 {
            return None;
        }
        words.push(if digits == 0 {
            Word::Name(month(word)?)
        } else if behind.is_empty() || ["st", "nd", "rd", "th"].contains(&behind) {
            Word::Number(word[..digits].parse().ok()?, digits)
        } else {
            return None;
        });
    }
    Some(words)
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    if word == "sept" {
        return Some(9);
    }
    MONTHS.iter().position(|name| *name == word || name[..3] == word).map(|index| index as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).expect("a real day")
    }

    #[test]
    fn a_pattern_is_read_and_written() {
        for (text, pattern) in [
            ("251224", "YYMMDD"),
            ("2025-12-24", "YYYY-MM-DD"),
            ("24.12.2025", "DD.MM.YYYY"),
            ("12/24/25", "MM/DD/YY"),
            ("2025年12月24日", "YYYY年MM月DD日"),
        ] {
            assert!(is_pattern(pattern));
            assert_eq!(parse(text, pattern), Ok(date(2025, 12, 24)), "{text}");
            assert_eq!(write(date(2025, 12, 24), pattern), text);
        }
        for pattern in ["", "YYYY-MM", "YYMMDDMM", "yyyy-mm-dd"] {
            assert!(!is_pattern(pattern), "{pattern}");
        }
    }

    #[test]
    fn a_day_that_may_be_two_is_told_as_both() {
        let both = "`251112` for 12 November, or `251211` for 11 December";
        assert_eq!(either("12/11/2025", "YYMMDD").as_deref(), Some(both));
        for text in ["24/12/2025", "12/12/2025", "2025-12-11", "Dec 11, 2025", ""] {
            assert_eq!(either(text, "YYMMDD"), None, "{text}");
        }
    }

    #[test]
    fn another_form_and_an_unreal_day_are_told_apart() {
        for text in ["2025-12-24", "25122", "2512245", "25122x", "", "２51224", "25-12-24"] {
            assert_eq!(parse(text, "YYMMDD"), Err(NotADate::Form), "{text}");
        }
        for text in ["260231", "251301", "250229", "250100"] {
            assert_eq!(parse(text, "YYMMDD"), Err(NotADate::Unreal), "{text}");
        }
        assert_eq!(parse("240229", "YYMMDD"), Ok(date(2024, 2, 29)));
    }

    #[test]
    fn forms_without_doubt_are_recognised() {
        for text in [
            "2025-12-24",
            "2025/12/24",
            "2025.12.24",
            "20251224",
            "24.12.2025",
            "24 December 2025",
            "24th Dec 2025",
            "24-Dec-2025",
            "December 24, 2025",
            "Dec. 24, 2025",
            "24/12/2025",
            "12/24/2025",
            "2025-12-24T10:30:00Z",
            "2025-12-24 10:30",
            "2025年12月24日",
            "**2025-12-24**",
        ] {
            assert_eq!(recognise(text), Some(date(2025, 12, 24)), "{text}");
        }
        assert_eq!(recognise("05/05/2026"), Some(date(2026, 5, 5)));
    }

    #[test]
    fn what_leaves_doubt_is_not_recognised() {
        for text in [
            "260505",
            "05/06/2026",
            "December 2025",
            "2025",
            "2025-02-31",
            "24.12.25",
            "soon",
            "",
            "2025-12-24 (draft)",
            "$(date)",
            "10:30",
            "1.2.3",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }
}
