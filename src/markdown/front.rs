//! Front matter: YAML between `---` or TOML between `+++`, only at the very start of a text. A Markdown parser would
//! look for it anywhere and turn a section between two rules into metadata.

use super::lines::{Lines, lines};
use super::model::FrontMatter;
use crate::span::Span;

/// The front matter at the start of a span, and where the Markdown begins.
pub(super) fn read(text: &str, span: Span) -> (Option<FrontMatter>, usize) {
    let none = (None, span.start());
    let slice = &text[span.range()];
    let Some(mark) = ["---", "+++"].into_iter().find(|mark| slice.starts_with(mark)) else { return none };
    let mut rest = lines(text, span);
    if rest.next().is_none_or(|first| text[first.range()].trim_end() != mark) {
        return none;
    }
    let body_start = rest.next_start();
    let Some((body_end, close)) = closing(text, &mut rest, mark) else { return none };
    let matter = FrontMatter { span: Span::new(span.start(), close.end()), body: Span::new(body_start, body_end) };
    (Some(matter), rest.next_start())
}

/// Finds the closing fence, unless a line before it shows that this is no metadata but text between two rules.
fn closing(text: &str, rest: &mut Lines<'_>, mark: &str) -> Option<(usize, Span)> {
    let mut keys = 0;
    loop {
        let start = rest.next_start();
        let line = rest.next()?;
        let slice = text[line.range()].trim_end();
        if slice == mark || (mark == "---" && slice == "...") {
            return (keys > 0 || start == line.start() && is_blank_so_far(text, start)).then_some((start, line));
        }
        if mark == "---" && ["> ", "|", "## ", "### ", "**"].iter().any(|markdown| slice.starts_with(markdown)) {
            return None;
        }
        keys += usize::from(is_key(slice, if mark == "---" { ':' } else { '=' }));
    }
}

/// `key: value`, `"key": value`, `key = value`, `[table]`.
fn is_key(line: &str, sign: char) -> bool {
    if line.starts_with(char::is_whitespace) || line.starts_with('#') {
        return false;
    }
    if sign == '=' && line.starts_with('[') {
        return true;
    }
    line.split_once(sign).is_some_and(|(key, value)| {
        !key.trim().is_empty()
            && key.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' '))
            && (sign == '=' || value.is_empty() || value.starts_with([' ', '\t']))
    })
}

/// Whether an empty body was closed at once: `---` above `---`.
fn is_blank_so_far(text: &str, close: usize) -> bool {
    text[..close].trim_end().trim_start_matches('\u{feff}').len() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Option<&str> {
        read(text, Span::new(0, text.len())).0.map(|matter| &text[matter.body.range()])
    }

    #[test]
    fn only_what_stands_at_the_start_and_has_keys_is_front_matter() {
        assert_eq!(body("---\ntitle: x\ntags: [a]\n---\n# T\n"), Some("title: x\ntags: [a]\n"));
        assert_eq!(body("---\r\ntitle: x\r\n---\r\n# T"), Some("title: x\r\n"));
        assert_eq!(body("+++\ntitle = \"x\"\n+++\n"), Some("title = \"x\"\n"));
        assert_eq!(body("---\n---\n# T"), Some(""));
        assert_eq!(body("---\ntitle: x\n"), None);
        assert_eq!(body("---\n# Infrastructure\n\n> **Version:** 1.0.0\n\n---\n"), None);
        assert_eq!(body("---\n\nSome text.\n\n---\n"), None);
        assert_eq!(body("\n---\ntitle: x\n---\n"), None);
        assert_eq!(body("----\ntitle: x\n---\n"), None);
    }
}
