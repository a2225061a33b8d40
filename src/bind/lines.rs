//! Lines as a fix needs them: whole ones to remove, where they begin, and what stands in front of them.

use crate::source::text_start;
use crate::span::Span;

/// Where the line begins in which `offset` stands: the first one behind a byte order mark.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    let above = &text[..offset];
    above.rfind(['\n', '\r']).map_or_else(|| text_start(above), |at| at + 1)
}

/// Where the line after that of `offset` begins, or the text ends.
pub(crate) fn next_line(text: &str, offset: usize) -> usize {
    match text[offset..].find(['\n', '\r']).map(|at| offset + at) {
        Some(at) if text[at..].starts_with("\r\n") => at + 2,
        Some(at) => at + 1,
        None => text.len(),
    }
}

/// What to remove so that `span` is gone: its lines, where nothing else stands on them, and the blank line behind them,
/// where one stands in front, too. Otherwise the span alone.
pub(crate) fn removal(text: &str, span: Span) -> Span {
    let start = line_start(text, span.start());
    let end = next_line(text, span.end());
    let is_alone = text[start..span.start()].trim().is_empty() && text[span.end()..end].trim().is_empty();
    if !is_alone {
        return span;
    }
    let behind = next_line(text, end);
    let blank_above = start > 0 && text[line_start(text, before_break(text, start))..start].trim().is_empty();
    let blank_behind = behind > end && text[end..behind].trim().is_empty();
    Span::new(start, if blank_above && blank_behind { behind } else { end })
}

/// The end of the line that ends right before `start`, its line break left out.
pub(crate) fn before_break(text: &str, start: usize) -> usize {
    let kept = &text[..start];
    kept.strip_suffix("\r\n").or_else(|| kept.strip_suffix(['\n', '\r'])).unwrap_or(kept).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, gone: &str) -> String {
        let start = text.find(gone).expect("it is there");
        let span = removal(text, Span::new(start, start + gone.len()));
        format!("{}{}", &text[..span.start()], &text[span.end()..])
    }

    #[test]
    fn what_stands_alone_goes_with_its_line() {
        assert_eq!(without("a\n\nX\n\nb\n", "X"), "a\n\nb\n");
        assert_eq!(without("a\r\n\r\n  X \r\n\r\nb\r\n", "X"), "a\r\n\r\nb\r\n");
        assert_eq!(without("a\nX\nb\n", "X"), "a\nb\n");
        assert_eq!(without("a X b\n", " X"), "a b\n");
        assert_eq!(without("X", "X"), "");
        assert_eq!(without("a\n\nX", "X"), "a\n\n");
    }
}
