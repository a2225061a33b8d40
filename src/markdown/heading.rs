//! Takes a heading apart: markers, number, name, note and id.

use super::lines::lines;
use super::model::{Heading, HeadingForm, Number};
use super::plain::plain;
use crate::span::Span;
use crate::text;

/// A heading and the id that it sets itself (`{#id}`), if it does.
pub(super) struct Read {
    pub(super) heading: Heading,
    pub(super) anchor: Option<Span>,
}

/// Reads the heading that stands in `span`, which is trimmed.
pub(super) fn read(text: &str, span: Span, level: u8) -> Read {
    let form = form(&text[span.range()], level);
    let inside = match form {
        HeadingForm::Atx => without_marks(text, span, level),
        HeadingForm::Setext => without_underline(text, span),
    };
    // Most have nothing but a number in front of a plain name.
    if let Some((name, number)) = unmarked(text, inside)
        && let written = &text[name.range()]
        && text::is_plain(written)
    {
        let normal = written.to_ascii_lowercase();
        let heading = Heading { span, text: inside, level, form, number, name, note: None, normal };
        return Read { heading, anchor: None };
    }
    let (named, anchor) = without_id(text, inside);
    let (named, number) = without_number(text, named);
    let (name, note) = without_note(text, named);
    let normal = text::normal(&plain(&text[name.range()]));
    Read { heading: Heading { span, text: inside, level, form, number, name, note, normal }, anchor }
}

fn form(slice: &str, level: u8) -> HeadingForm {
    let hashes = slice.bytes().take_while(|&byte| byte == b'#').count();
    let behind = slice.as_bytes().get(hashes);
    if hashes == level as usize && behind.is_none_or(u8::is_ascii_whitespace) {
        HeadingForm::Atx
    } else {
        HeadingForm::Setext
    }
}

/// Without the hashes in front and those that close the line.
fn without_marks(text: &str, span: Span, level: u8) -> Span {
    let line = Span::new(span.start() + level as usize, span.end());
    let slice = &text[line.range()];
    if !slice.ends_with('#') {
        return line.trim(text);
    }
    let open = slice.trim_end_matches('#');
    let closed = open.is_empty() || open.ends_with([' ', '\t']);
    let kept = if closed { open } else { slice };
    Span::new(line.start(), line.start() + kept.len()).trim(text)
}

/// Without the last line.
fn without_underline(text: &str, span: Span) -> Span {
    let last = lines(text, span).last().map_or(span.end(), Span::start);
    Span::new(span.start(), last).trim(text)
}

/// Without `{#id}` at the end.
fn without_id(text: &str, span: Span) -> (Span, Option<Span>) {
    let slice = &text[span.range()];
    let Some((name, id)) = slice.strip_suffix('}').and_then(|open| open.rsplit_once("{#")) else { return (span, None) };
    if id.is_empty() || id.contains(char::is_whitespace) {
        return (span, None);
    }
    let start = span.start() + name.len() + 2;
    (Span::new(span.start(), span.start() + name.len()).trim(text), Some(Span::new(start, start + id.len())))
}

/// Without emoji, emphasis and number in front. Emphasis that is opened before the name is closed behind it.
fn without_number(text: &str, span: Span) -> (Span, Option<Number>) {
    let span = without_ordinal(text, span);
    let mut rest = span;
    let mut number = None;
    if let Some(unmarked) = unmarked(text, span) {
        return unmarked;
    }
    loop {
        let slice = &text[rest.range()];
        let bare = slice.trim_start_matches(|c: char| c.is_whitespace() || text::is_symbol(c));
        let bare = if number.is_some() { bare.trim_start_matches("- ").trim_start_matches("– ") } else { bare };
        let bare = bare.trim_start();
        if number.is_none()
            && let Some((read, length)) = read_number(bare, rest.end() - bare.len())
        {
            number = Some(read);
            rest = Span::new(rest.end() - bare.len() + length, rest.end());
            continue;
        }
        let open = ["***", "**", "__", "*", "_"].into_iter().find(|mark| bare.starts_with(mark));
        let kept = open.map_or(bare, |mark| &bare[mark.len()..]);
        // A pair in the middle (`**Staging** Environment`) is part of the name; a number or emoji inside is not.
        let whole = open.is_some_and(|mark| bare.len() > 2 * mark.len() && closes_at_end(bare, mark));
        let opens_number = open.is_some() && {
            let inside = kept.trim_start_matches(|c: char| c.is_whitespace() || text::is_symbol(c));
            read_number(inside, 0).is_some() || inside.len() < kept.len()
        };
        let closes_number = open.is_some() && number.is_some() && kept.starts_with(char::is_whitespace);
        if (whole || opens_number || closes_number) && !kept.is_empty() {
            rest = Span::new(rest.end() - kept.len(), rest.end());
            continue;
        }
        rest = Span::new(rest.end() - bare.len(), rest.end());
        break;
    }
    let whole = rest.trim(text);
    if whole.is_empty() && number.is_none() {
        return (span, None);
    }
    if rest.start() == span.start() {
        return (whole, number);
    }
    (without_closing(text, span, whole), number)
}

/// Without `IV.` or `Section 4:` in front: numbers that no fix counts on, and no part of the name.
fn without_ordinal(text: &str, span: Span) -> Span {
    let slice = &text[span.range()];
    if !matches!(slice.as_bytes(), [b'I' | b'V' | b'X' | b'S' | b'C' | b'P', ..]) {
        return span;
    }
    let roman = slice.trim_start_matches(['I', 'V', 'X']);
    let numbered = ["Section ", "Chapter ", "Part "].iter().find_map(|word| slice.strip_prefix(word));
    let (behind, marks): (&str, &[char]) = match numbered
        .map(|digits| (digits, digits.trim_start_matches(|c: char| c.is_ascii_digit())))
    {
        Some((digits, behind)) if behind.len() < digits.len() => (behind.trim_start(), &['.', ')', ':', '-', '–', '—']),
        None if roman.len() < slice.len() => (roman, &['.', ')']),
        _ => return span,
    };
    let name = behind.strip_prefix(marks).filter(|name| name.starts_with(' ')).map_or("", str::trim_start);
    if name.is_empty() { span } else { Span::new(span.end() - name.len(), span.end()) }
}

/// `Overview`, `2. Overview`: most names have nothing but a number in front.
fn unmarked(text: &str, span: Span) -> Option<(Span, Option<Number>)> {
    let slice = &text[span.range()];
    let mut number = None;
    let mut name = slice;
    if slice.starts_with(|c: char| c.is_ascii_digit()) {
        let (read, length) = read_number(slice, span.start())?;
        number = Some(read);
        name = slice[length..].trim_start_matches(' ');
    }
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    begins.then(|| (Span::new(span.end() - name.len(), span.end()), number))
}

/// Whether emphasis opened at the start is closed at the end and nowhere before.
fn closes_at_end(slice: &str, mark: &str) -> bool {
    let inside = &slice[mark.len()..];
    match inside.find(mark) {
        Some(at) => {
            let behind = inside[at + mark.len()..].trim();
            behind.is_empty() || behind.starts_with(['(', '（'])
        }
        None => false,
    }
}

/// Drops emphasis at the end whose opening was dropped at the start.
fn without_closing(text: &str, all: Span, name: Span) -> Span {
    let dropped = &text[all.start()..name.start()];
    let mut slice = &text[name.range()];
    for mark in ["***", "**", "__", "*", "_"] {
        if dropped.contains(mark) && slice.ends_with(mark) && slice.matches(mark).count() % 2 == 1 {
            slice = slice[..slice.len() - mark.len()].trim_end();
            break;
        }
    }
    Span::new(name.start(), name.start() + slice.len())
}

/// The number in front of a name that stands alone: its depth.
pub(super) fn number_in_front(name: &str) -> Option<u8> {
    read_number(name, 0).map(|(number, _)| number.depth)
}

/// `2.`, `2)`, `2:`, `3.1`, `3.1.` before a blank; `2` only before a dash. Returns how many bytes it takes.
fn read_number(slice: &str, offset: usize) -> Option<(Number, usize)> {
    let bytes = slice.as_bytes();
    let (mut at, mut depth) = (0, 0_u8);
    let (mut last_start, mut last);
    loop {
        (last_start, last) = (at, 0);
        while let Some(digit @ b'0'..=b'9') = bytes.get(at)
            && at < last_start + 4
        {
            last = last * 10 + u32::from(digit - b'0');
            at += 1;
        }
        if !(1..=3).contains(&(at - last_start)) {
            return None;
        }
        depth = depth.checked_add(1)?;
        match bytes[at..] {
            [b'.', b'0'..=b'9', ..] => at += 1,
            _ => break,
        }
    }
    let digits_end = at;
    let escaped = usize::from(bytes.get(at) == Some(&b'\\'));
    if matches!(bytes.get(at + escaped), Some(b'.' | b')' | b':')) {
        at += escaped + 1;
    }
    let behind = &slice[at..];
    let closed = behind.trim_start_matches(['*', '_']);
    if !closed.is_empty() && !closed.starts_with(char::is_whitespace) {
        return None;
    }
    let dashed = || closed.trim_start().starts_with(['-', '–', '—']);
    // `1.2.0 - 2025-01-01` is a version, `24 hours` a number of hours, `2024` alone a name.
    let bare = at == digits_end;
    if bare && (depth == 1 && !dashed() || depth >= 3 && dashed() || closed.trim().is_empty()) {
        return None;
    }
    let span = Span::new(offset, offset + at);
    let last_span = Span::new(offset + last_start, offset + digits_end);
    Some((Number { span, depth, last, last_span }, at))
}

/// Without parentheses at the end, unless nothing else is left.
fn without_note(text: &str, span: Span) -> (Span, Option<Span>) {
    let mut name = span;
    let mut note: Option<Span> = None;
    loop {
        let slice = &text[name.range()];
        if slice.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            return (name, note);
        }
        let bare = slice.trim_end_matches(['*', '_', ' ', ':']);
        let Some(open) = opening_parenthesis(bare) else { return (name, note) };
        let before = bare[..open].trim_end();
        if before.trim_matches(['*', '_', ' ']).is_empty() {
            return (name, note);
        }
        let start = name.start() + open;
        let end = note.map_or(name.start() + bare.len(), Span::end);
        note = Some(Span::new(start, end));
        let closers = &slice[bare.len()..];
        name = Span::new(name.start(), name.start() + before.len());
        // `**Name (REQUIRED)**`: what closes behind the note opened before the name.
        if !closers.trim().is_empty() && note.is_some_and(|note| note.end() == start + bare.len() - open) {
            name = without_dangling(text, name, closers.trim());
        } else if before.ends_with("**") && before.matches("**").count() % 2 == 1 {
            name = Span::new(name.start(), name.end() - 2);
        }
    }
}

fn without_dangling(text: &str, name: Span, closers: &str) -> Span {
    let slice = &text[name.range()];
    match slice.strip_prefix(closers) {
        Some(rest) if !rest.is_empty() => Span::new(name.end() - rest.len(), name.end()),
        _ => name,
    }
}

/// Where the parentheses open that close at the end of the slice.
fn opening_parenthesis(slice: &str) -> Option<usize> {
    if !slice.ends_with([')', '）']) {
        return None;
    }
    let mut depth = 0;
    for (at, c) in slice.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            // A link's target in parentheses is no note.
            return (!slice[..at].ends_with(']')).then_some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number, name, note and normal name.
    fn parts(text: &str, level: u8) -> (Option<&str>, &str, Option<&str>, String) {
        let read = read(text, Span::new(0, text.len()).trim(text), level).heading;
        let at = |span: Span| &text[span.range()];
        (read.number.map(|number| at(number.span)), at(read.name), read.note.map(at), read.normal)
    }

    #[test]
    fn a_heading_is_taken_apart() {
        for (text, number, name, note, normal) in [
            (
                "## 2. Deployment Topology Diagram (REQUIRED)\n",
                Some("2."),
                "Deployment Topology Diagram",
                Some("(REQUIRED)"),
                "deployment topology diagram",
            ),
            ("## 3.1 Access ##", Some("3.1"), "Access", None, "access"),
            ("## 3.1. Access", Some("3.1."), "Access", None, "access"),
            ("## 4) Scaling #", Some("4)"), "Scaling", None, "scaling"),
            ("## 4\\. Scaling", Some("4\\."), "Scaling", None, "scaling"),
            ("## **5. Rules & Constraints**", Some("5."), "Rules & Constraints", None, "rules and constraints"),
            ("## **5.** Rules", Some("5."), "Rules", None, "rules"),
            ("## 5. **Rules**", Some("5."), "Rules", None, "rules"),
            ("## **Staging** Environment", None, "**Staging** Environment", None, "staging environment"),
            ("## **Overview (draft)**", None, "Overview", Some("(draft)"), "overview"),
            ("## **Overview** (draft)", None, "Overview", Some("(draft)"), "overview"),
            ("## 📊 8. SLA Targets", Some("8."), "SLA Targets", None, "sla targets"),
            ("## 8. 📊 SLA Targets", Some("8."), "SLA Targets", None, "sla targets"),
            ("## `Overview`", None, "`Overview`", None, "overview"),
            ("## [Overview](#x)", None, "[Overview](#x)", None, "overview"),
            ("## Overview {#over}", None, "Overview", None, "overview"),
            ("## Cost {X}", None, "Cost {X}", None, "cost {x}"),
            (
                "### 251224 - v1.0.0 - Initial Draft",
                None,
                "251224 - v1.0.0 - Initial Draft",
                None,
                "251224 v1.0.0 initial draft",
            ),
            ("### 1.2.0 - 2025-01-01", None, "1.2.0 - 2025-01-01", None, "1.2.0 2025 01 01"),
            ("## 24 hours", None, "24 hours", None, "24 hours"),
            ("## 1 - Overview", Some("1"), "Overview", None, "overview"),
            ("## (REQUIRED)", None, "(REQUIRED)", None, "(required)"),
            ("## C#", None, "C#", None, "c#"),
            ("## RPO（目標）", None, "RPO", Some("（目標）"), "rpo"),
            ("## Foo (a (b))", None, "Foo", Some("(a (b))"), "foo"),
            ("## IV. Scaling", None, "Scaling", None, "scaling"),
            ("## X) Costs (monthly)", None, "Costs", Some("(monthly)"), "costs"),
            ("## I. 2. Overview", Some("2."), "Overview", None, "overview"),
            ("## Section 5: Scaling", None, "Scaling", None, "scaling"),
            ("## Part 2 - Costs", None, "Costs", None, "costs"),
            ("## Section 5", None, "Section 5", None, "section 5"),
            ("## Part of it", None, "Part of it", None, "part of it"),
            ("## VIP.", None, "VIP.", None, "vip"),
            ("## I.", None, "I.", None, "i"),
            ("##", None, "", None, ""),
            ("## ##", None, "", None, ""),
            ("## 2.", Some("2."), "", None, ""),
        ] {
            let expected = (number, name, note, normal.to_string());
            assert_eq!(parts(text, text.bytes().take_while(|&byte| byte == b'#').count() as u8), expected, "{text}");
        }
        assert_eq!(parts("1\\. Over\nview\n---\n", 2), (Some("1\\."), "Over\nview", None, "over view".into()));
        assert_eq!(parts("#Foo\n===", 1), (None, "#Foo", None, "#foo".into()));
    }

    #[test]
    fn a_number_knows_its_last_part() {
        let number = read("## 3.12. X", Span::new(0, 10), 2).heading.number.expect("a number");
        assert_eq!((number.depth, number.last, number.last_span), (2, 12, Span::new(5, 7)));
    }

    #[test]
    fn an_id_is_an_anchor() {
        let text = "## Overview {#over}";
        assert_eq!(read(text, Span::new(0, text.len()), 2).anchor.map(|id| &text[id.range()]), Some("over"));
    }
}
