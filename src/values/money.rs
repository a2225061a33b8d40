//! Amounts of money: `$1,200`, `50 EUR`, `~€40-60 per month`.

use crate::values::currency;
use crate::values::number::{Bound, Decimal, Number, alone, bound_before, digits, is_range, numbers};
use crate::values::style::Style;
use crate::values::{Parsed, is_nothing};

/// An amount of money in a text, or a range of amounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Money {
    /// The code of the currency (`USD`); `None` where the column's name does not say it either (a bare zero).
    pub currency: Option<&'static str>,
    /// What it is paid for.
    pub per: Per,
    /// How sure it is.
    pub sureness: Sureness,
    /// How its numbers are written.
    pub style: Style,
    /// Both ends, once as each decimal character would have it.
    ends: [Option<(f64, f64)>; 2],
}

/// What an amount is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Nothing is said.
    Unsaid,
    /// A length of time.
    Hour,
    /// A length of time.
    Day,
    /// A length of time.
    Month,
    /// A length of time.
    Year,
}

/// How sure an amount is, and whether it is all that the text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// The text says this amount and nothing else.
    Plain,
    /// The text says this amount and nothing else, but that it is about so much.
    About,
    /// The text says more: a limit, a unit (`$0.02 per GB`), several amounts, a remark.
    More,
}

/// Reads the amount that a text holds. `currency` is the one that the column's name says: it is asked for bare numbers
/// alone.
pub fn read(text: &str, currency: impl FnOnce() -> Option<&'static str>) -> Parsed<Money> {
    if is_nothing(text) {
        return Parsed::Nothing;
    }
    let all = numbers(text);
    let found = (0..all.len()).find_map(|index| amount(text, &all, index));
    let found = found.or_else(|| {
        let first = all.first()?;
        let currency = currency();
        let is_bare = text.trim().trim_matches(['~', '≈', '<', '>', '=', ' ', '+']) == &text[first.start..first.end];
        let is_zero = first.likely() == Some(0.0);
        let ranges = all.get(1).is_some_and(|second| is_range(&text[first.end..second.start]));
        (currency.is_some() && (is_bare || ranges || !text.chars().any(char::is_alphabetic)) || is_zero && is_bare)
            .then(|| around(text, &all, 0, currency, first.start, first.end))
    });
    if let Some(money) = found {
        return Parsed::Value(money);
    }
    match all.as_slice() {
        [] if says_free(text) => Parsed::Unknown,
        [] => Parsed::NotOne,
        _ if text.chars().any(char::is_alphabetic) => Parsed::Unknown,
        _ => Parsed::NoUnit,
    }
}

/// `$310`: a number behind one sign, as most amounts are.
pub(crate) fn dollars(text: &str) -> Option<Money> {
    let written = text.strip_prefix('$')?;
    let (style, ends) = match digits(written).map(|number| number as f64) {
        Some(number) => (Style::default(), [Some((number, number)); 2]),
        None => Written { low: alone(written)?, high: None, scale: 1.0 }.read(),
    };
    Some(Money { currency: Some("USD"), per: Per::Unsaid, sureness: Sureness::Plain, style, ends })
}

/// Words that say that nothing is paid: no amount, but no mistake either.
fn says_free(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "free" | "included" | "gratis"))
}

/// The amount around the number with this index, where a currency stands before or behind it.
fn amount(text: &str, all: &[Number], index: usize) -> Option<Money> {
    let number = &all[index];
    let before = currency::before(text, number.start);
    let (_, scaled) = scale(text, number.end);
    let behind = currency::behind(text, scaled);
    // `50-70 €`: the currency stands behind the second number.
    let next = all.get(index + 1).filter(|next| is_range(&text[number.end..next.start]));
    let later = next.and_then(|next| currency::behind(text, scale(text, next.end).1));
    let (code, start) = match (before, behind, later) {
        // `$50 CAD` are Canadian dollars.
        (Some((start, _)), Some((_, code)), _) | (Some((start, code)), None, _) => (code, start),
        (None, Some((_, code)), _) | (None, None, Some((_, code))) => (code, number.start),
        (None, None, None) => return None,
    };
    let end = behind.map_or(scaled, |(end, _)| end);
    Some(around(text, all, index, Some(code), start, end))
}

fn around(
    text: &str,
    all: &[Number],
    index: usize,
    currency: Option<&'static str>,
    start: usize,
    mut end: usize,
) -> Money {
    let low = all[index];
    let mut written = Written { low, high: None, scale: scale(text, low.end).0 };
    let mut used = 1;
    if let Some(next) = all.get(index + 1) {
        let between = &text[end..next.start];
        let prefix = currency::before(text, next.start).map_or(next.start, |(start, _)| start);
        if is_range(&text[end..prefix.max(end)]) || is_range(between) {
            used = 2;
            let (later, scaled) = scale(text, next.end);
            written = Written { high: Some(*next), scale: written.scale.max(later), ..written };
            end = currency::behind(text, scaled).map_or(scaled, |(end, _)| end);
        }
    }
    let (per, end) = per(text, end);
    let before = text[..start].trim();
    let is_all = all.len() == used && index == 0 && is_closing(&text[end..]);
    let about = bound_before(text, start) == Some(Bound::About) && before.len() <= "approximately".len();
    let sureness = match () {
        () if !is_all || low.is_negative => Sureness::More,
        () if is_opening(before) => Sureness::Plain,
        () if about => Sureness::About,
        () => Sureness::More,
    };
    let (style, ends) = written.read();
    Money { currency, per, sureness, style, ends }
}

/// The numbers of an amount.
struct Written<'a> {
    low: Number<'a>,
    /// Where it is a range: the second one.
    high: Option<Number<'a>>,
    /// What a letter behind a number multiplies it with: a thousand for `$1.2k`.
    scale: f64,
}

impl Written<'_> {
    fn read(&self) -> (Style, [Option<(f64, f64)>; 2]) {
        let mut style = self.high.iter().fold(Style::of(&self.low), |style, high| style.with(Style::of(high)));
        let by_point = self.ends(Decimal::Point);
        // Digits alone are as much whatever the decimal character.
        let by_comma = if style == Style::default() { by_point } else { self.ends(Decimal::Comma) };
        style.is_scaled = self.scale > 1.0;
        (style, [by_point, by_comma])
    }

    fn ends(&self, decimal: Decimal) -> Option<(f64, f64)> {
        let low = self.low.value(decimal)?;
        let Some(high) = &self.high else { return Some((low * self.scale, low * self.scale)) };
        let high = high.value(decimal)? * self.scale;
        // `$1-2k` is from one to two thousand, `$900-1.2k` is not from nine hundred thousand.
        let low = if low * self.scale <= high { low * self.scale } else { low };
        Some((low.min(high), low.max(high)))
    }
}

fn is_opening(before: &str) -> bool {
    before.chars().all(|c| matches!(c, '*' | '_' | '`' | '(' | ' '))
}

fn is_closing(behind: &str) -> bool {
    behind.chars().all(|c| matches!(c, '*' | '_' | '`' | ')' | '.' | ' '))
}

/// `k` and `M` directly behind a number, and where what belongs to the number ends.
fn scale(text: &str, end: usize) -> (f64, usize) {
    let mut letters = text[end..].chars();
    let factor = match letters.next() {
        Some('k' | 'K') => 1e3,
        Some('M') => 1e6,
        _ => return (1.0, end),
    };
    if letters.next().is_some_and(char::is_alphanumeric) { (1.0, end) } else { (factor, end + 1) }
}

/// What an amount is paid for, and where that ends.
fn per(text: &str, at: usize) -> (Per, usize) {
    const PERIODS: [(&str, Per); 17] = [
        ("months", Per::Month),
        ("month", Per::Month),
        ("mth", Per::Month),
        ("mo.", Per::Month),
        ("mo", Per::Month),
        ("m", Per::Month),
        ("月", Per::Month),
        ("years", Per::Year),
        ("year", Per::Year),
        ("yr", Per::Year),
        ("y", Per::Year),
        ("年", Per::Year),
        ("hour", Per::Hour),
        ("hr", Per::Hour),
        ("h", Per::Hour),
        ("day", Per::Day),
        ("d", Per::Day),
    ];
    let rest = text[at..].trim_start();
    let offset = |left: &str| text.len() - left.len();
    let ends = |left: &str| !left.starts_with(char::is_alphanumeric);
    for (word, per) in [("monthly", Per::Month), ("yearly", Per::Year), ("annually", Per::Year), ("hourly", Per::Hour)]
    {
        if let Some(left) = rest.strip_prefix(word).filter(|left| ends(left)) {
            return (per, offset(left));
        }
    }
    let Some(named) = ["/", "per ", "a ", "each "].into_iter().find_map(|word| rest.strip_prefix(word)) else {
        return (Per::Unsaid, at);
    };
    let named = named.trim_start();
    for (word, per) in PERIODS {
        if let Some(left) = named.strip_prefix(word).filter(|left| ends(left)) {
            return (per, offset(left));
        }
    }
    (Per::Unsaid, at)
}

impl Money {
    /// Both ends, where their numbers can be read so.
    pub fn ends(&self, decimal: Decimal) -> Option<(f64, f64)> {
        self.ends[decimal as usize]
    }

    /// Both ends as they are most likely meant.
    pub fn likely_ends(&self) -> Option<(f64, f64)> {
        self.ends(Decimal::Point).or_else(|| self.ends(Decimal::Comma))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &str) -> Money {
        match read(text, || None) {
            Parsed::Value(money) => money,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn amounts_are_read_with_their_currency() {
        for (text, currency, low, high) in [
            ("$1,200", "USD", 1200.0, 1200.0),
            ("$1,234.56", "USD", 1234.56, 1234.56),
            ("US$ 50", "USD", 50.0, 50.0),
            ("50 USD", "USD", 50.0, 50.0),
            ("EUR 50/month", "EUR", 50.0, 50.0),
            ("50 €", "EUR", 50.0, 50.0),
            ("£1.2k", "GBP", 1200.0, 1200.0),
            ("$50-70", "USD", 50.0, 70.0),
            ("$50 – $70 per month", "USD", 50.0, 70.0),
            ("50-70 €", "EUR", 50.0, 70.0),
            ("$1-2k", "USD", 1000.0, 2000.0),
            ("$900-1.2k", "USD", 900.0, 1200.0),
            ("**$450**", "USD", 450.0, 450.0),
            ("C$50", "CAD", 50.0, 50.0),
            ("$50 CAD", "CAD", 50.0, 50.0),
            ("3,000円", "JPY", 3000.0, 3000.0),
            ("CHF 12'500", "CHF", 12500.0, 12500.0),
        ] {
            let money = read_one(text);
            assert_eq!(money.currency, Some(currency), "{text}");
            assert_eq!(money.ends(Decimal::Point), Some((low, high)), "{text}");
            assert_eq!(money.sureness, Sureness::Plain, "{text}");
        }
        assert_eq!(read_one("€1.200,50").ends(Decimal::Comma), Some((1200.5, 1200.5)));
        assert_eq!(read_one("$50/mo").per, Per::Month);
        assert_eq!(read_one("$600 per year").per, Per::Year);
    }

    #[test]
    fn what_says_more_than_an_amount_is_not_plain() {
        for text in [
            "$0.023 per GB",
            "$0.023/GB",
            "$50 (3 instances)",
            "$50+",
            "< $50",
            "up to $50",
            "from $50",
            "3 x $50",
            "$0 (free tier)",
            "$50 or $60",
            "-$50",
        ] {
            assert_eq!(read_one(text).sureness, Sureness::More, "{text}");
        }
        for text in ["~$50", "≈ 50 €", "about $50/month", "approx. $50"] {
            assert_eq!(read_one(text).sureness, Sureness::About, "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_says_why() {
        for (text, reading) in [
            ("1200", Parsed::NoUnit),
            ("~50", Parsed::NoUnit),
            ("Free tier", Parsed::Unknown),
            ("50 GB", Parsed::Unknown),
            ("50 Franken", Parsed::Unknown),
            ("cheap", Parsed::NotOne),
            ("-", Parsed::Nothing),
        ] {
            assert_eq!(read(text, || None), reading, "{text}");
        }
        assert_eq!(read("0", || None).value().and_then(|money| money.currency), None);
        assert_eq!(currency::in_name("Cost (USD)"), Some("USD"));
        assert_eq!(currency::in_name("Est. Cost CAD"), Some("CAD"));
        assert_eq!(currency::in_name("月額（円）"), Some("JPY"));
        assert_eq!(currency::in_name("Monthly Cost (Est.)"), None);
        assert!(matches!(
            read("1200", || currency::in_name("Cost (USD)")),
            Parsed::Value(Money { currency: Some("USD"), .. })
        ));
    }
}
