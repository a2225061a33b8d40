//! What the XML formats share.

use std::borrow::Cow;

/// A text as it stands between quotes or between tags.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| replacement(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match replacement(c) {
            Some(other) => out.push_str(other),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// What stands for a character that XML 1.0 gives a meaning, or does not allow at all.
fn replacement(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&apos;",
        '\t' => "&#9;",
        '\n' => "&#10;",
        '\r' => "&#13;",
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_does_not_allow_is_not_written() {
        assert_eq!(escaped("a < b & \"c\"\n\u{1b}[0m"), "a &lt; b &amp; &quot;c&quot;&#10;\u{fffd}[0m");
        assert!(matches!(escaped("plain"), Cow::Borrowed(_)));
    }
}
