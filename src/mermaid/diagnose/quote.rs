//! Where a label that cannot be read was meant to end, and how it reads in quotes.
//!
//! The official parser gives up at the first character that does not belong. The writer meant the label to go on to
//! the bracket behind which a statement can go on, so that is what is looked for. All of it stays within one line.

use crate::mermaid::lexer::lookahead::{Lookahead, is_space};
use crate::mermaid::problem::LabelOf;

/// A label as it was meant. Bytes of the prepared text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meant {
    /// What stands between the brackets, blanks and quotes around it included.
    pub(super) content: (usize, usize),
    /// Behind the closing bracket.
    pub(in crate::mermaid) end: usize,
    /// Whether it is read as a slanted shape only because it begins with `/` or `\`.
    pub(super) by_slash: bool,
    /// A closing bracket at its end that is one too many: `[x]]`.
    pub(super) stray: Option<usize>,
}

/// A piece of text to replace, in bytes of the prepared text, and what comes there.
pub(in crate::mermaid) type Change = (usize, usize, String);

/// What each opening bracket asks for, the longest first. A label whose own bracket is not closed was meant to have a
/// shorter one: `[(x) y]` is a label that begins with `(`.
const CLOSERS: [(&str, &[&str]); 14] = [
    ("(((", &[")))"]),
    ("((", &["))"]),
    ("([", &["])"]),
    ("(-", &["-)"]),
    ("[[", &["]]"]),
    ("[(", &[")]"]),
    ("[/", &["/]", "\\]"]),
    ("[\\", &["\\]", "/]"]),
    ("{{", &["}}"]),
    ("(", &[")"]),
    ("[", &["]"]),
    ("{", &["}"]),
    (">", &["]"]),
    ("|", &["|"]),
];

const BRACKETS: [char; 6] = ['(', ')', '[', ']', '{', '}'];

/// Labels that are longer are let be: they are no slip of the pen.
const LONGEST: usize = 4096;

/// Finds the label that begins with the bracket at byte `opener`. It ends behind byte `broken`, in that line.
pub(super) fn label(text: &str, opener: usize, broken: usize, of: LabelOf) -> Option<Meant> {
    let line_end = text[broken..].find('\n').map_or(text.len(), |at| broken + at);
    if line_end - opener > LONGEST {
        return None;
    }
    let found = label_in(&text[opener..line_end], broken - opener, of)?;
    let content = (opener + found.content.0, opener + found.content.1);
    let stray = found.stray.map(|at| opener + at);
    Some(Meant { content, end: opener + found.end, stray, ..found })
}

/// The same, in a text that begins with the bracket and ends with the line.
fn label_in(text: &str, broken: usize, of: LabelOf) -> Option<Meant> {
    let mut ahead = Lookahead::new(text);
    let own = CLOSERS.iter().filter(|(open, _)| text.starts_with(open));
    let mut unbalanced = None;
    for &(open, closers) in own {
        let start = open.len();
        let by_slash = open == "[" && text[start..].starts_with(['/', '\\']);
        let from = broken.max(start);
        for at in text[from..].char_indices().map(|(at, _)| from + at) {
            let Some(close) = closers.iter().find(|close| text[at..].starts_with(*close)) else { continue };
            let end = at + close.len();
            if !goes_on(text, end, of, &mut ahead) {
                continue;
            }
            let content = &text[start..at];
            let last = content.len().saturating_sub(1);
            let doubled = content.ends_with(*close) && is_balanced(&content[..last]) && !by_slash;
            let stray = doubled.then_some(start + last);
            let meant = Meant { content: (start, at), end, by_slash, stray };
            if doubled || is_balanced(content) {
                return Some(meant);
            }
            unbalanced = unbalanced.or(Some(meant));
        }
    }
    // Over a line break, a bracket of another node is more likely than a bracket in the label, and `[(Redis]` is a
    // shape that lacks half of its end.
    let is_half = |content: &str| content.starts_with(['(', '[', '{']) && !content[1..].contains(BRACKETS);
    unbalanced.filter(|meant| {
        let content = &text[meant.content.0..meant.content.1];
        !content.contains('\n') && !is_half(content)
    })
}

/// Whether a statement can go on at byte `at`, behind a label.
fn goes_on(text: &str, at: usize, of: LabelOf, ahead: &mut Lookahead) -> bool {
    let rest = &text[at..];
    let bare = rest.trim_start_matches(is_space);
    match of {
        LabelOf::Edge => bare.starts_with(|c: char| c.is_alphanumeric() || c == '_'),
        LabelOf::Group => bare.is_empty() || bare.starts_with(';'),
        LabelOf::Node => {
            let blank = text.len() - bare.len();
            bare.is_empty()
                || bare.starts_with(';')
                || rest.starts_with(":::")
                || rest.starts_with("@{")
                || (bare.starts_with('&') && bare[1..].starts_with(is_space) && blank > at)
                || ahead.link(blank).is_some()
                || (blank > at && ahead.link_id(blank).is_some_and(|end| ahead.link(end).is_some()))
                || bare.starts_with("%%")
        }
    }
}

/// Whether every bracket in it is closed in it.
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.bytes() {
        match c {
            b'(' => open.push(b')'),
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b')' | b']' | b'}' if open.pop() != Some(c) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// What puts a label in quotes. `None` where it holds what no quotes help, or nothing.
pub(super) fn quoting(text: &str, (start, end): (usize, usize)) -> Option<Vec<Change>> {
    let content = &text[start..end];
    let bare = content.trim_matches(is_space);
    let mut from = start + content.len() - content.trim_start_matches(is_space).len();
    let mut to = from + bare.len();
    if bare.is_empty() || bare.contains("\"`") || bare.starts_with('`') {
        return None;
    }
    let mut dropped = None;
    if bare.starts_with('"') {
        from += 1;
        let quotes = bare.matches('"').count();
        if bare.len() > 1 && bare.ends_with('"') {
            to -= 1;
        } else if quotes.is_multiple_of(2) {
            // `"a" b`: mermaid joins the string and what stands behind it.
            dropped = text[from..to].find('"').map(|at| from + at);
        }
    }
    if text[from..to].trim_matches(is_space).is_empty() || text[from..].starts_with('`') {
        return None;
    }
    let mut changes = vec![(start, from, "\"".to_owned())];
    for (at, _) in text[from..to].match_indices('"').map(|(at, quote)| (from + at, quote)) {
        if Some(at) == dropped {
            changes.push((at, at + 1, String::new()));
        } else {
            let escaped = at > from && text.as_bytes()[at - 1] == b'\\';
            changes.push((at - usize::from(escaped), at + 1, "#quot;".to_owned()));
        }
    }
    changes.push((to, end, "\"".to_owned()));
    Some(changes)
}

/// A piece of the text with the changes in it made.
pub(super) fn changed(text: &str, (start, end): (usize, usize), changes: &[Change]) -> String {
    let mut out = String::with_capacity(end - start + 8);
    let mut done = start;
    for (from, to, new) in changes {
        out.push_str(&text[done..*from]);
        out.push_str(new);
        done = *to;
    }
    out.push_str(&text[done..end]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(line: &str) -> Option<String> {
        let pipe = line.find("-->|").map(|at| at + 3);
        let of = if pipe.is_some() { LabelOf::Edge } else { LabelOf::Node };
        let opener = pipe.or(line.find(['[', '(', '{']))?;
        let meant = label(line, opener, opener + 1, of)?;
        Some(changed(line, (0, line.len()), &quoting(line, meant.content)?))
    }

    #[test]
    fn a_label_ends_where_the_statement_can_go_on() {
        for (line, mended) in [
            ("A[App (1)] --> B[App (2)]", "A[\"App (1)\"] --> B[App (2)]"),
            ("A(call f(x)) --> B", "A(\"call f(x)\") --> B"),
            ("A[list[0]]", "A[\"list[0]\"]"),
            ("A[half [open] --> B", "A[\"half [open\"] --> B"),
            ("A[(optional) step]", "A[\"(optional) step\"]"),
            ("A[(DB (main))]", "A[(\"DB (main)\")]"),
            ("A[/api/v1]", "A[\"/api/v1\"]"),
            ("A[/api (v1)/]", "A[/\"api (v1)\"/]"),
            ("A{is it (b)?} --> C", "A{\"is it (b)?\"} --> C"),
            ("A[say \"hi\" now]", "A[\"say #quot;hi#quot; now\"]"),
            ("A[\"say \\\"hi\\\" now\"]", "A[\"say #quot;hi#quot; now\"]"),
            ("A[\"Redis\"<br/>(Cache)]", "A[\"Redis<br/>(Cache)\"]"),
            ("A[ x (y) ]", "A[\"x (y)\"]"),
            ("A -->|f(x)| B", "A -->|\"f(x)\"| B"),
        ] {
            assert_eq!(quoted(line).as_deref(), Some(mended), "{line}");
        }
        assert_eq!(quoted("A[open"), None);
        assert_eq!(label("A[x]] --> B", 1, 3, LabelOf::Node).and_then(|meant| meant.stray), Some(3));
        assert_eq!(quoted("A[x] y"), None);
    }
}
