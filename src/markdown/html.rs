//! Raw HTML, as far as a spec uses it: names of tags, comments, and the anchors that it sets.

use crate::span::Span;

/// A comment: all of it, and what stands between its marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comment {
    pub(super) span: Span,
    pub(super) inside: Span,
}

/// The comments in a piece of HTML.
pub(super) fn comments(text: &str, span: Span) -> impl Iterator<Item = Comment> + '_ {
    let mut at = span.start();
    std::iter::from_fn(move || {
        let open = at + text[at..span.end()].find("<!--")?;
        let close = open + 4 + text[open + 4..span.end()].find("-->")?;
        at = close + 3;
        Some(Comment { span: Span::new(open, at), inside: Span::new(open + 4, close) })
    })
}

/// Whether a piece of HTML is nothing but comments.
pub(super) fn is_comment(text: &str, span: Span) -> bool {
    let slice = text[span.range()].trim();
    if !slice.starts_with("<!--") {
        return false;
    }
    let mut behind = None;
    for comment in comments(text, span) {
        if behind.is_some_and(|behind| !text[behind..comment.span.start()].trim().is_empty()) {
            return false;
        }
        behind = Some(comment.span.end());
    }
    behind.is_some_and(|behind| text[behind..span.end()].trim().is_empty())
}

/// Whether nothing of a piece of HTML is seen: comments, anchors, breaks, and tags that close what began above.
pub(crate) fn is_unseen(text: &str, span: Span) -> bool {
    const UNSEEN: [&str; 3] = ["a", "br", "hr"];
    let mut rest = text[span.range()].trim_start();
    while let Some(inside) = rest.strip_prefix('<') {
        let is_comment = inside.starts_with("!--");
        let end = if is_comment { "-->" } else { ">" };
        let (tag, behind) = inside.split_once(end).unwrap_or((inside, ""));
        let is_unseen = |name: &str| UNSEEN.iter().any(|unseen| name.eq_ignore_ascii_case(unseen));
        if !(is_comment || tag.starts_with('/') || tag_name(tag).is_some_and(is_unseen)) {
            return false;
        }
        rest = behind.trim_start();
    }
    rest.is_empty()
}

/// The ids that tags set (`id="x"`, `<a name="x">`), in the order of the text.
pub(super) fn anchors(text: &str, span: Span, found: &mut Vec<Span>) {
    let mut at = span.start();
    while let Some(open) = text[at..span.end()].find('<').map(|open| at + open) {
        let rest = &text[open..span.end()];
        if rest.starts_with("<!--") {
            let Some(close) = rest.find("-->") else { return };
            at = open + close + 3;
            continue;
        }
        let Some(close) = rest.find('>') else { return };
        at = open + close + 1;
        let Some(name) = tag_name(&rest[1..close]) else { continue };
        for attribute in ["id", "name"] {
            if attribute == "id" || name.eq_ignore_ascii_case("a") {
                found.extend(value(text, Span::new(open + 1 + name.len(), open + close), attribute));
            }
        }
    }
}

/// The value of an attribute in the inside of a tag.
fn value(text: &str, span: Span, attribute: &str) -> Option<Span> {
    let slice = &text[span.range()];
    let at = slice.match_indices(attribute).find_map(|(at, _)| {
        let behind = slice[at + attribute.len()..].trim_start();
        let begins = slice[..at].ends_with(|c: char| c.is_ascii_whitespace());
        (begins && behind.starts_with('=')).then(|| slice.len() - behind.len() + 1)
    })?;
    let written = slice[at..].trim_start();
    let start = slice.len() - written.len();
    let (open, length) = match written.chars().next()? {
        quote @ ('"' | '\'') => (1, written[1..].find(quote)?),
        _ => (0, written.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(written.len())),
    };
    let id = Span::new(span.start() + start + open, span.start() + start + open + length);
    (!id.is_empty()).then_some(id)
}

/// The name of a tag, given what stands between `<` and `>`; `None` where that is no tag.
pub(super) fn tag_name(inside: &str) -> Option<&str> {
    let open = inside.strip_prefix('/').unwrap_or(inside);
    let length = open.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let behind = open.as_bytes().get(length);
    let ends = behind.is_none_or(|&byte| byte.is_ascii_whitespace() || byte == b'/');
    (ends && open.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| &open[..length])
}

/// Whether a tag has a name of HTML. `<domain>` has not: it is a parameter that the author wants to be read.
pub(super) fn is_known(name: &str) -> bool {
    const NAMES: [&str; 54] = [
        "a",
        "abbr",
        "b",
        "big",
        "blockquote",
        "br",
        "center",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figure",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "picture",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "td",
        "th",
        "tr",
        "tt",
        "u",
        "ul",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        anchors(text, Span::new(0, text.len()), &mut found);
        found.into_iter().map(|id| &text[id.range()]).collect()
    }

    #[test]
    fn tags_set_anchors() {
        assert_eq!(ids("<a id=\"x\"></a><a name='y'/> <h2 class=z id=w>"), ["x", "y", "w"]);
        assert_eq!(ids("<!-- <a id=\"x\"> --><input name=\"q\"><a data-id=\"n\" href=\"?id=3\">"), [""; 0]);
        assert_eq!(ids("<a id="), [""; 0]);
    }

    #[test]
    fn what_is_not_seen_is_told_from_what_is() {
        let check = |text: &str| is_unseen(text, Span::new(0, text.len()));
        for unseen in ["<!-- a -->\n<!-- b -->\n", "<a id=\"x\"></a>", "<br/>", "</details>", "<!-- open", ""] {
            assert!(check(unseen), "{unseen}");
        }
        for seen in ["<table>", "<a id=\"x\">text</a>", "<!-- a --><p>b</p>", "<img src=\"x\">"] {
            assert!(!check(seen), "{seen}");
        }
    }

    #[test]
    fn a_comment_is_told_from_html() {
        let check = |text: &str| is_comment(text, Span::new(0, text.len()));
        assert!(check("<!-- a -->\n<!-- b -->\n"));
        assert!(!check("<!-- a --> text"));
        assert!(!check("<b>x</b>"));
        assert!(!check("<!-- open"));
    }
}
