//! Addresses: `https://example.com/login`, `localhost:3000`, `staging.example.com`.

use std::borrow::Cow;

/// Whether a text (Markdown, as written) holds an address.
pub fn is_in(text: &str) -> bool {
    let divides = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | '`' | '"' | ',' | ';');
    text.split(divides).map(|word| word.trim_end_matches('*').trim_start_matches("**")).any(is_address)
}

fn is_address(word: &str) -> bool {
    if let Some((scheme, rest)) = word.split_once("://") {
        return !rest.is_empty() && scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    }
    let host = word.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = host.split_once(':').map_or((host, None), |(host, port)| (host, Some(port)));
    if port.is_some_and(|port| port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit())) {
        return false;
    }
    let host = host.strip_prefix("*.").unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '{' | '}'))
    };
    let is_name = labels.iter().all(is_label);
    let is_ip = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    let has_ending =
        labels.len() > 1 && labels.last().is_some_and(|last| last.len() > 1 && last.chars().all(char::is_alphabetic));
    is_name && (host == "localhost" || is_ip || has_ending)
}

/// Without escapes: `%20` is a blank. What is no valid escape, or no UTF-8, stays as it is.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digit = |at: usize| behind.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        let escape = digit(0).zip(digit(1)).filter(|_| first == b'%');
        bytes.push(escape.map_or(first, |(high, low)| (high * 16 + low) as u8));
        rest = if escape.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).map_or(text.into(), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        for text in [
            "https://example.com",
            "localhost:3000",
            "`staging.example.com`",
            "[site](https://a.example/b)",
            "10.0.0.1:8080",
            "*.example.com",
            "see example.com/login (VPN)",
            "<https://a.example>",
            "postgres://db/x",
        ] {
            assert!(is_in(text), "{text}");
        }
        for text in ["", "internal only", "n/a", "1.2.3", "3.5", "http://", "a:b", "end."] {
            assert!(!is_in(text), "{text}");
        }
    }

    #[test]
    fn escapes_are_read_where_they_are_some() {
        for (written, text) in [
            ("a%20b", "a b"),
            ("%E6%A6%82%e8%a6%81", "概要"),
            ("100%", "100%"),
            ("%zz%2", "%zz%2"),
            ("%+1", "%+1"),
            ("%ff", "%ff"),
        ] {
            assert_eq!(decoded(written), text);
        }
    }
}
