//! Currencies: their symbols and codes, beside an amount or in the name of a column.

/// Symbols and codes; longer ones first where one begins with another.
const CURRENCIES: [(&str, &str); 49] = [
    ("US$", "USD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("₫", "VND"),
    ("₴", "UAH"),
    ("฿", "THB"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("zł", "PLN"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("JPY", "JPY"),
    ("CNY", "CNY"),
    ("RMB", "CNY"),
    ("INR", "INR"),
    ("CHF", "CHF"),
    ("CAD", "CAD"),
    ("AUD", "AUD"),
    ("NZD", "NZD"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("PLN", "PLN"),
    ("CZK", "CZK"),
    ("HUF", "HUF"),
    ("BRL", "BRL"),
    ("MXN", "MXN"),
    ("SGD", "SGD"),
    ("KRW", "KRW"),
    ("ZAR", "ZAR"),
    ("VND", "VND"),
    ("dollars", "USD"),
    ("euros", "EUR"),
];

/// The currency that a name says for its values: `Cost (USD)`, `Est. Cost CAD`, `月額（円）`.
pub fn in_name(name: &str) -> Option<&'static str> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | '/' | '（' | '）'))
        .find_map(|word| CURRENCIES.iter().find(|(symbol, _)| *symbol == word).map(|&(_, code)| code))
}

/// The currency that ends at byte `at`, and where it begins.
pub(super) fn before(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let before = text[..at].trim_end();
    // One byte first: it is that of few symbols, and mostly there is nothing before a number.
    let last = before.as_bytes().last()?;
    let may_end = |symbol: &str| symbol.len() <= before.len() && symbol.as_bytes().last() == Some(last);
    CURRENCIES.iter().filter(|(symbol, _)| may_end(symbol)).find_map(|&(symbol, code)| {
        let rest = before.strip_suffix(symbol)?;
        let is_word = symbol.starts_with(|c: char| c.is_ascii_alphabetic());
        (!is_word || !rest.ends_with(char::is_alphanumeric)).then_some((rest.len(), code))
    })
}

/// The currency that begins at byte `at` (or behind a blank), and where it ends.
pub(super) fn behind(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let rest = text[at..].trim_start();
    let start = text.len() - rest.len();
    let first = rest.as_bytes().first()?;
    CURRENCIES.iter().filter(|(symbol, _)| symbol.as_bytes().first() == Some(first)).find_map(|&(symbol, code)| {
        let behind = rest.strip_prefix(symbol)?;
        let is_word = symbol.ends_with(|c: char| c.is_alphabetic() && c.is_ascii());
        // `50 $100` is two amounts.
        let ends = if is_word {
            !behind.starts_with(char::is_alphanumeric)
        } else {
            !behind.starts_with(|c: char| c.is_ascii_digit())
        };
        ends.then_some((start + symbol.len(), code))
    })
}
