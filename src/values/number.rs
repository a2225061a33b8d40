//! Numbers as people write them: `1,000`, `1.000,50`, `99,9`. What a separator means is not always clear; the value
//! says so.

/// A number in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number<'a> {
    /// Its first byte in the text; a sign in front belongs to it.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// As written, without a sign.
    pub written: &'a str,
    /// Whether a minus stands before it.
    pub is_negative: bool,
}

/// Which character divides the whole from its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `1,000.50`
    Point,
    /// `1.000,50`
    Comma,
}

/// What a word in front of a number says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `<`, `up to`.
    AtMost,
    /// `>`, `at least`.
    AtLeast,
    /// `~`, `about`.
    About,
}

impl Number<'_> {
    /// Its value, if that is how it is written; `None` where it cannot be: `1,5` has no decimal point.
    pub fn value(&self, decimal: Decimal) -> Option<f64> {
        if let Some(whole) = digits(self.written) {
            return Some(if self.is_negative { -(whole as f64) } else { whole as f64 });
        }
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let (point, group) = match decimal {
            Decimal::Point => ('.', ','),
            Decimal::Comma => (',', '.'),
        };
        let (whole, parts) = match self.written.split_once(point) {
            Some((whole, parts)) => (whole, Some(parts)),
            None => (self.written, None),
        };
        if parts.is_some_and(|parts| !is_digits(parts)) {
            return None;
        }
        let is_separator = |c: char| c == group || is_blank_group(c);
        let mut groups = whole.split(is_separator);
        let first = groups.next()?;
        let is_grouped = whole.contains(is_separator);
        let fits = is_digits(first)
            && (!is_grouped || (first.len() <= 3 && first != "0"))
            && groups.all(|group| group.len() == 3 && is_digits(group));
        if !fits {
            return None;
        }
        let decimals = parts.map_or(0, str::len);
        let value = exact(self.written, decimals).or_else(|| {
            let plain: String = whole.chars().filter(|&c| !is_separator(c)).collect();
            format!("{plain}.{}", parts.unwrap_or_default()).parse().ok()
        })?;
        Some(if self.is_negative { -value } else { value })
    }

    /// Its value where nothing else helps: a comma before three digits groups, a point divides.
    pub fn likely(&self) -> Option<f64> {
        self.value(Decimal::Point).or_else(|| self.value(Decimal::Comma))
    }

    /// Its value as a whole number: `1.000` groups, too.
    pub fn whole(&self) -> Option<u64> {
        if let Some(whole) = digits(self.written).filter(|whole| !self.is_negative || *whole == 0) {
            return Some(whole);
        }
        let is_whole = |value: &f64| value.fract() == 0.0 && *value >= 0.0;
        let readings = [Decimal::Point, Decimal::Comma].map(|decimal| self.value(decimal).filter(is_whole));
        format!("{:.0}", readings.into_iter().flatten().reduce(f64::max)?).parse().ok()
    }

    /// How many digits stand behind the decimal character.
    pub fn decimals(&self, decimal: Decimal) -> usize {
        let point = if decimal == Decimal::Point { '.' } else { ',' };
        self.written.rsplit_once(point).map_or(0, |(_, parts)| parts.len())
    }
}

/// The number that a text is, where it is nothing but digits, and few enough to be exact.
pub(crate) fn digits(text: &str) -> Option<u64> {
    let is_plain = matches!(text.len(), 1..=15) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.bytes().fold(0, |value, digit| value * 10 + u64::from(digit - b'0')))
}

/// The number with the digits of a text, so many of them behind its point, where they are few enough: both the whole and
/// the power of ten are exact then, and what they are divided to is as near as a number can be.
fn exact(written: &str, decimals: usize) -> Option<f64> {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    if written.len() > 15 {
        return None;
    }
    let digits = written.bytes().filter(u8::is_ascii_digit);
    let whole = digits.fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
    Some(whole as f64 / POWERS[decimals])
}

/// The number that a text is, and nothing else, where it has no sign.
pub(super) fn alone(text: &str) -> Option<Number<'_>> {
    let is_it = text.starts_with(|c: char| c.is_ascii_digit()) && end_of(text, 0) == text.len();
    is_it.then_some(Number { start: 0, end: text.len(), written: text, is_negative: false })
}

/// All numbers of a text, in order. Digits in a word (`p95`, `S3`) are none.
pub fn numbers(text: &str) -> Vec<Number<'_>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + offset;
        let end = end_of(text, start);
        at = end;
        let before = text[..start].chars().next_back();
        let in_word =
            before.is_some_and(|c| c.is_alphabetic() && is_latin(c) || c == '_') && !follows_unit(text, start, &found);
        if in_word {
            // The rest of the word, `95th` of `p95th`, is none either.
            at = start + text[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - start);
            continue;
        }
        let sign = before.filter(|c| matches!(c, '-' | '−')).map(|c| start - c.len_utf8());
        let is_negative = sign.is_some_and(|sign| {
            let earlier = text[..sign].trim_end();
            earlier.is_empty() || earlier.ends_with(['(', '<', '>', '=', '≤', '≥'])
        });
        let start = if is_negative { sign.unwrap_or(start) } else { start };
        let written = text[start..end].trim_start_matches(['-', '−']);
        found.push(Number { start, end, written, is_negative });
    }
    found
}

/// What stands directly before byte `at` of a text, if it is a word or a sign that limits a number.
pub fn bound_before(text: &str, at: usize) -> Option<Bound> {
    const WORDS: [(&str, Bound); 30] = [
        ("<=", Bound::AtMost),
        ("<", Bound::AtMost),
        ("≤", Bound::AtMost),
        ("≦", Bound::AtMost),
        ("up to", Bound::AtMost),
        ("at most", Bound::AtMost),
        ("no more than", Bound::AtMost),
        ("less than", Bound::AtMost),
        ("max", Bound::AtMost),
        ("max.", Bound::AtMost),
        ("maximum", Bound::AtMost),
        ("under", Bound::AtMost),
        ("below", Bound::AtMost),
        ("within", Bound::AtMost),
        (">=", Bound::AtLeast),
        (">", Bound::AtLeast),
        ("≥", Bound::AtLeast),
        ("≧", Bound::AtLeast),
        ("at least", Bound::AtLeast),
        ("more than", Bound::AtLeast),
        ("over", Bound::AtLeast),
        ("min", Bound::AtLeast),
        ("min.", Bound::AtLeast),
        ("minimum", Bound::AtLeast),
        ("~", Bound::About),
        ("≈", Bound::About),
        ("about", Bound::About),
        ("approx.", Bound::About),
        ("approximately", Bound::About),
        ("ca.", Bound::About),
    ];
    let before = text[..at].trim_end();
    if before.is_empty() {
        return None;
    }
    WORDS.into_iter().find(|(word, _)| ends_with_word(before, word)).map(|(_, bound)| bound)
}

/// Whether a text ends with a word, whatever its case, that is no part of a longer one.
fn ends_with_word(text: &str, word: &str) -> bool {
    let Some(start) = text.len().checked_sub(word.len()) else { return false };
    text.is_char_boundary(start)
        && text[start..].eq_ignore_ascii_case(word)
        && !(word.starts_with(char::is_alphabetic) && text[..start].ends_with(char::is_alphanumeric))
}

/// The few words behind byte `at`: a unit never stands further away, and a long text is not read again for each number.
pub(super) fn behind(text: &str, at: usize) -> &str {
    const REACH: usize = 40;
    let end = (at + REACH).min(text.len());
    let end = (at..=end).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(at);
    &text[at..end]
}

/// Whether only a dash of a range stands between two numbers: `2 - 10`, `2–10`, `2 to 10`, `2..10`.
pub(super) fn is_range(between: &str) -> bool {
    matches!(between.trim(), "-" | "–" | "—" | "−" | "~" | "to" | ".." | "..." | "…")
}

fn end_of(text: &str, start: usize) -> usize {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = start + digits(start);
    loop {
        let Some(separator) = text[end..].chars().next() else { return end };
        let behind = end + separator.len_utf8();
        let next = digits(behind);
        let continues = match separator {
            '.' | ',' => next > 0,
            // `10 000`, but not `2 10` nor `p95 500`.
            c if is_blank_group(c) => next == 3 && (end - start <= 3 || text[start..end].contains(c)),
            _ => false,
        };
        if !continues {
            return end;
        }
        end = behind + next;
    }
}

/// `30` of `1h30m`: only the letters of a unit stand between it and the number before.
fn follows_unit(text: &str, start: usize, found: &[Number]) -> bool {
    found.last().is_some_and(|last| {
        let between = &text[last.end..start];
        between.len() <= 3 && between.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

/// What groups digits and cannot be a decimal character.
fn is_blank_group(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// `p95` is a word; `月3` and `約3` hold a number.
fn is_latin(c: char) -> bool {
    (c as u32) < 0x0250
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Number<'_> {
        let found = numbers(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found[0]
    }

    #[test]
    fn separators_mean_what_they_can() {
        let readings = |text| [only(text).value(Decimal::Point), only(text).value(Decimal::Comma)];
        assert_eq!(readings("1234"), [Some(1234.0), Some(1234.0)]);
        assert_eq!(readings("1,000"), [Some(1000.0), Some(1.0)]);
        assert_eq!(readings("1.000"), [Some(1.0), Some(1000.0)]);
        assert_eq!(readings("1,000.50"), [Some(1000.5), None]);
        assert_eq!(readings("1.000,50"), [None, Some(1000.5)]);
        assert_eq!(readings("1.234.567"), [None, Some(1_234_567.0)]);
        assert_eq!(readings("0.023"), [Some(0.023), None]);
        assert_eq!(readings("99,9"), [None, Some(99.9)]);
        assert_eq!(readings("12 500"), [Some(12500.0), Some(12500.0)]);
        assert_eq!(readings("12'500.5"), [Some(12500.5), None]);
        assert_eq!(readings("1,00,000"), [None, None]);
        assert_eq!(only("1.000").whole(), Some(1000));
        assert_eq!(only("1,000").whole(), Some(1000));
        assert_eq!(only("2.0").whole(), Some(2));
        assert_eq!(only("2.5").whole(), None);
        assert_eq!(only("-5").likely(), Some(-5.0));
    }

    #[test]
    fn numbers_are_told_from_words_and_ranges() {
        let written = |text| numbers(text).iter().map(|number| number.written).collect::<Vec<_>>();
        assert_eq!(written("p95 < 500 ms on S3 and t3.medium"), ["500"]);
        assert_eq!(written("2-10"), ["2", "10"]);
        assert_eq!(written("2 / 10, then 4."), ["2", "10", "4"]);
        assert_eq!(written("約3時間"), ["3"]);
        assert_eq!(written("none"), Vec::<&str>::new());
        assert!(numbers("2 -10").iter().all(|number| !number.is_negative));
    }

    #[test]
    fn words_before_a_number_limit_it() {
        let bound = |text: &str| bound_before(text, numbers(text)[0].start);
        assert_eq!(bound("< 4"), Some(Bound::AtMost));
        assert_eq!(bound("p95 ≤4"), Some(Bound::AtMost));
        assert_eq!(bound("Up to 4"), Some(Bound::AtMost));
        assert_eq!(bound(">= 4"), Some(Bound::AtLeast));
        assert_eq!(bound("~4"), Some(Bound::About));
        assert_eq!(bound("climax 4"), None);
        assert_eq!(bound("4"), None);
    }
}
