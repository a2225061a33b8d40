//! The grammar of `infralint:` comments, in Markdown (`<!-- infralint: ... -->`) and in mermaid
//! (`%% infralint: ...`), and of *Not applicable* lines. Both parsers hand their comments to [`read`].

use crate::span::Span;

/// What each of them begins with.
const NAME: &str = "infralint";

/// What other linters call it to allow something.
pub(crate) const SYNONYMS: [&str; 7] = ["ignore", "disable", "skip", "off", "silence", "suppress", "noqa"];

/// What a comment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directive {
    /// `allow(rule, other) reason`.
    Allow {
        /// Names of rules, as written.
        rules: Vec<Span>,
        /// The reason; `None` where it is missing.
        reason: Option<Span>,
    },
    /// `template = name`.
    Template(Span),
    /// `infralint allow(rule)`, `Infralint: allow(rule)`: it does not begin with `infralint:`.
    NoColon {
        /// What stands for that.
        word: Span,
        /// The names in parentheses.
        rules: Vec<Span>,
    },
    /// `allow` without parentheses, or with nothing in them.
    NoRules(Span),
    /// Anything else.
    Unknown {
        /// The first word.
        verb: Span,
        /// The names in parentheses behind it.
        rules: Vec<Span>,
    },
}

/// Reads the inside of a comment: the text of `span`, which is what stands between the comment's marks.
/// `None` where it does not begin with `infralint:`.
pub fn read(text: &str, span: Span) -> Option<Directive> {
    let inside = span.trim(text);
    let name = text[inside.range()].get(..NAME.len()).filter(|name| name.eq_ignore_ascii_case(NAME))?;
    let behind = &text[inside.start() + NAME.len()..inside.end()];
    if let Some(found) = hyphenated(text, inside, behind) {
        return Some(found);
    }
    let behind = behind.trim_start();
    let Some(rest) = behind.strip_prefix(':').filter(|_| name == NAME) else {
        // A remark about infralint is none of our business; what looks like a directive is.
        let said = behind.trim_start_matches([':', ' ']);
        let meant = ["allow(", "allow (", "template ="].iter().any(|verb| said.starts_with(verb));
        let colon = inside.end() - behind.len() + 1;
        let end = if behind.starts_with(':') { colon } else { inside.start() + NAME.len() };
        let word = Span::new(inside.start(), end);
        return meant.then(|| Directive::NoColon { word, rules: names(text, Span::new(end, inside.end())) });
    };
    let body = Span::new(inside.end() - rest.len(), inside.end()).trim(text);
    let words = &text[body.range()];
    let verb = words.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(words.len());
    let behind = Span::new(body.start() + verb, body.end()).trim(text);
    Some(match &words[..verb] {
        "allow" => allow(text, body, behind),
        "template" if text[behind.range()].starts_with('=') => {
            Directive::Template(Span::new(behind.start() + 1, behind.end()).trim(text))
        }
        _ => Directive::Unknown { verb: Span::new(body.start(), body.start() + verb), rules: names(text, behind) },
    })
}

/// `infralint-disable rule`, as other linters have it: the names are the words that can be one.
fn hyphenated(text: &str, inside: Span, behind: &str) -> Option<Directive> {
    let rest = behind.strip_prefix('-')?;
    let length = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(rest.len());
    let verb = rest[..length].split('-').next()?;
    if !(SYNONYMS.contains(&verb) || verb == "allow") {
        return None;
    }
    let end = inside.end() - rest.len() + length;
    let is_name = |c: char| c.is_ascii_lowercase() || c == '-';
    let mut rules = Vec::new();
    let mut at = end;
    for word in text[end..inside.end()].split_inclusive(|c| !is_name(c)) {
        let name = word.trim_end_matches(|c| !is_name(c));
        if name.trim_matches('-').contains('-') {
            rules.push(Span::new(at, at + name.len()));
        }
        at += word.len();
    }
    Some(Directive::Unknown { verb: Span::new(inside.start(), end), rules })
}

/// The names in the first parentheses.
fn names(text: &str, span: Span) -> Vec<Span> {
    let slice = &text[span.range()];
    let (Some(open), Some(close)) = (slice.find('('), slice.find(')')) else { return Vec::new() };
    let mut names = Vec::new();
    let mut at = span.start() + open + 1;
    for name in slice.get(open + 1..close).unwrap_or_default().split(',') {
        let span = Span::new(at, at + name.len()).trim(text);
        if !span.is_empty() {
            names.push(span);
        }
        at += name.len() + 1;
    }
    names
}

fn allow(text: &str, body: Span, behind: Span) -> Directive {
    let slice = &text[behind.range()];
    let (Some(0), Some(close)) = (slice.find('('), slice.find(')')) else {
        return Directive::NoRules(body);
    };
    let rules = names(text, behind);
    if rules.is_empty() {
        return Directive::NoRules(body);
    }
    let reason = Span::new(behind.start() + close + 1, behind.end());
    let stripped = text[reason.range()].trim_start_matches([' ', '\t', ':', '-', '–', '—']);
    Directive::Allow { rules, reason: reason_of(text, Span::new(reason.end() - stripped.len(), reason.end())) }
}

/// A line that declares something not applicable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotApplicable {
    /// All of it.
    pub span: Span,
    /// What it names; empty where the line speaks of the section it stands in.
    pub names: Vec<Span>,
    /// The reason; `None` where it is missing.
    pub reason: Option<Span>,
}

/// How a waiver begins, in the languages that specs are written in.
const NOT_APPLICABLE: [&str; 14] = [
    "not applicable",
    "n/a",
    "nicht zutreffend",
    "nicht anwendbar",
    "entfällt",
    "no aplica",
    "non applicable",
    "sans objet",
    "não se aplica",
    "non applicabile",
    "niet van toepassing",
    "該当なし",
    "不适用",
    "해당 없음",
];

/// By [`beginning`]: whether one of them begins so.
const BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut words: &[&str] = &NOT_APPLICABLE;
    while let [word, rest @ ..] = words {
        begins[beginning(word.as_bytes()[0], word.as_bytes()[1])] = true;
        words = rest;
    }
    begins
};

/// The first two bytes of a text in one, whatever their case.
const fn beginning(first: u8, second: u8) -> usize {
    (first.to_ascii_lowercase() ^ second.to_ascii_lowercase().rotate_left(3)) as usize
}

/// What to write to say so, as [`read_not_applicable`] reads it; without names it speaks of the section it stands in.
pub(crate) fn not_applicable(names: &[&str], reason: &str) -> String {
    let names = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
    format!("Not applicable{names} — {reason}")
}

/// Reads `Not applicable: Queue, Cache — reason` (also `N/A:`) and `Not applicable — reason`.
/// `None` where the text does not begin so. Emphasis around the first words is passed over.
pub fn read_not_applicable(text: &str, span: Span) -> Option<NotApplicable> {
    // It is asked of every paragraph and item: most begin with other letters.
    let is_mark = |byte: &u8| matches!(byte, b'*' | b'_') || byte.is_ascii_whitespace();
    let mut letters = text.as_bytes()[span.range()].iter().copied().skip_while(is_mark);
    let (first, second) = (letters.next()?, letters.next().unwrap_or_default());
    if first.is_ascii() && !BEGINS[beginning(first, second)] {
        return None;
    }
    let span = span.trim(text);
    let slice = &text[span.range()];
    let bare = slice.trim_start_matches(['*', '_', ' ']);
    let open = slice.len() - bare.len();
    let mut alike = NOT_APPLICABLE.iter().filter(|word| word.as_bytes()[0].eq_ignore_ascii_case(&first));
    let word = alike.find(|word| bare.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))?;
    let behind = bare[word.len()..].trim_start_matches(['*', '_']);
    let after = behind.trim_start();
    let base = span.end() - after.len();
    let rest = Span::new(base, span.end());
    if open > 0 && after.is_empty() || after.is_empty() {
        return Some(NotApplicable { span, names: Vec::new(), reason: None });
    }
    if let Some(named) = after.strip_prefix(':') {
        return Some(named_waiver(text, span, Span::new(span.end() - named.len(), span.end())));
    }
    if let Some(dash) = after.chars().next().filter(|&c| is_dash(c)) {
        let reason = Span::new(rest.start() + dash.len_utf8(), rest.end());
        return Some(NotApplicable { span, names: Vec::new(), reason: reason_of(text, reason) });
    }
    if let Some((0, start, end)) = reason_in_words(after, 0) {
        let reason = Span::new(rest.start() + start, rest.start() + end);
        return Some(NotApplicable { span, names: Vec::new(), reason: reason_of(text, reason) });
    }
    matches!(after, "." | "!").then_some(NotApplicable { span, names: Vec::new(), reason: None })
}

/// Names separated by commas, then a dash between blanks, a second colon, a bracket or "because", then the reason.
fn named_waiver(text: &str, span: Span, rest: Span) -> NotApplicable {
    let slice = text[rest.range()].trim_start_matches(['*', '_']);
    let base = rest.end() - slice.len();
    let (names_end, reason_start, reason_end) = reason_mark(slice).unwrap_or((slice.len(), slice.len(), slice.len()));
    let mut names = Vec::new();
    let mut at = base;
    for name in slice[..names_end].split(',') {
        let raw = Span::new(at, at + name.len()).trim(text);
        let kept = text[raw.range()].trim_matches(['`', '*', '_', '"']).trim_end_matches('.');
        if !kept.is_empty() {
            let offset = text[raw.range()].find(kept).unwrap_or(0);
            names.push(Span::new(raw.start() + offset, raw.start() + offset + kept.len()));
        }
        at += name.len() + 1;
    }
    NotApplicable { span, names, reason: reason_of(text, Span::new(base + reason_start, base + reason_end)) }
}

/// Where the names end and where the reason begins and ends: at a dash between blanks (an arrow is none), or a colon.
fn reason_mark(slice: &str) -> Option<(usize, usize, usize)> {
    let mut before = ' ';
    for (at, c) in slice.char_indices() {
        let behind = &slice[at + c.len_utf8()..];
        if c == ':' {
            return Some((at, at + 1, slice.len()));
        }
        if is_dash(c) && before.is_whitespace() {
            let run = behind.trim_start_matches('-');
            if run.is_empty() || run.starts_with(char::is_whitespace) {
                return Some((at, slice.len() - run.len(), slice.len()));
            }
        }
        if let Some(mark) = reason_in_words(slice, at).filter(|_| before.is_whitespace()) {
            return Some(mark);
        }
        before = c;
    }
    None
}

/// `because we send mail at once`, `(we send mail at once)`: a reason in words. `(Recovery Time Objective)` is a name.
fn reason_in_words(slice: &str, at: usize) -> Option<(usize, usize, usize)> {
    let rest = &slice[at..];
    let because = rest.get(.."because".len()).filter(|word| word.eq_ignore_ascii_case("because"));
    if let Some(word) = because.filter(|word| rest[word.len()..].starts_with(char::is_whitespace)) {
        return Some((at, at + word.len(), slice.len()));
    }
    let inside = rest.strip_prefix('(')?.trim_end_matches(['.', ' ']).strip_suffix(')')?;
    let is_reason = !inside.contains(['(', ')'])
        && inside.contains(' ')
        && inside.split_whitespace().any(|word| word.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase()));
    is_reason.then(|| (at, at + 1, at + 1 + inside.len()))
}

fn reason_of(text: &str, span: Span) -> Option<Span> {
    /// What stands for a reason that nobody has thought of yet; the last is our own help, taken by the letter.
    const NONE: [&str; 5] = ["", "tbd", "tba", "todo", "reason"];
    let span = span.trim(text);
    let words = text[span.range()].trim_matches(|c: char| !c.is_alphanumeric());
    (!NONE.iter().any(|none| words.eq_ignore_ascii_case(none))).then_some(span)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‒')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiver(text: &str) -> Option<(Vec<&str>, Option<&str>)> {
        read_not_applicable(text, Span::new(0, text.len())).map(|waiver| {
            (
                waiver.names.iter().map(|name| &text[name.range()]).collect(),
                waiver.reason.map(|reason| &text[reason.range()]),
            )
        })
    }

    #[test]
    fn a_waiver_names_things_and_gives_a_reason() {
        assert_eq!(
            waiver("Not applicable: Queue, Cache — no asynchronous work."),
            Some((vec!["Queue", "Cache"], Some("no asynchronous work.")))
        );
        assert_eq!(waiver("**N/A:** WAF - internal only"), Some((vec!["WAF"], Some("internal only"))));
        assert_eq!(waiver("N/A: Storage: one host"), Some((vec!["Storage"], Some("one host"))));
        assert_eq!(
            waiver("Not applicable: Compute --> Storage — all in the database"),
            Some((vec!["Compute --> Storage"], Some("all in the database")))
        );
        assert_eq!(waiver("Not applicable — a static site"), Some((vec![], Some("a static site"))));
        assert_eq!(waiver("Not applicable: Queue"), Some((vec!["Queue"], None)));
        assert_eq!(waiver("Not applicable — TBD."), Some((vec![], None)));
        assert_eq!(waiver("Not applicable: Queue — reason"), Some((vec!["Queue"], None)));
        assert_eq!(
            waiver("N/A: Queue (we send mail synchronously)"),
            Some((vec!["Queue"], Some("we send mail synchronously")))
        );
        assert_eq!(
            waiver("**Not applicable:** Queue, Cache, because we need none: it is a static site."),
            Some((vec!["Queue", "Cache"], Some("we need none: it is a static site.")))
        );
        assert_eq!(waiver("N/A: Queue because it is small"), Some((vec!["Queue"], Some("it is small"))));
        assert_eq!(waiver("Not applicable (a static site)."), Some((vec![], Some("a static site"))));
        assert_eq!(waiver("Not applicable because it is static"), Some((vec![], Some("it is static"))));
        let named = "N/A: RTO (Recovery Time Objective)";
        assert_eq!(waiver(named), Some((vec!["RTO (Recovery Time Objective)"], None)));
        assert_eq!(waiver("Not applicable"), Some((vec![], None)));
        assert_eq!(waiver("Not applicable in most cases, though some teams"), None);
        assert_eq!(waiver("Nothing here"), None);
        assert_eq!(waiver("No aplica — sitio estático"), Some((vec![], Some("sitio estático"))));
        assert_eq!(waiver("Nicht zutreffend: Queue — alles synchron"), Some((vec!["Queue"], Some("alles synchron"))));
        assert_eq!(waiver("該当なし — 静的サイト"), Some((vec![], Some("静的サイト"))));
        assert_eq!(waiver("Not applicable: Auto-scaling — one host"), Some((vec!["Auto-scaling"], Some("one host"))));
    }

    fn directive(text: &str) -> Option<Directive> {
        read(text, Span::new(0, text.len()))
    }

    #[test]
    fn a_directive_allows_rules_for_a_reason() {
        let text = " infralint: allow(empty-cell, wrong-number) the cells are filled by hand ";
        let Some(Directive::Allow { rules, reason }) = directive(text) else { panic!("an allow") };
        assert_eq!(rules.iter().map(|rule| &text[rule.range()]).collect::<Vec<_>>(), ["empty-cell", "wrong-number"]);
        assert_eq!(reason.map(|reason| &text[reason.range()]), Some("the cells are filled by hand"));
        let without = directive("infralint: allow(empty-cell)");
        assert!(matches!(without, Some(Directive::Allow { reason: None, .. })));
        assert!(matches!(directive("infralint: allow"), Some(Directive::NoRules(_))));
        assert!(
            matches!(directive("infralint: ignore(x) y"), Some(Directive::Unknown { rules, .. }) if rules.len() == 1)
        );
        assert!(matches!(directive("infralint: template = infrastructure"), Some(Directive::Template(_))));
        assert_eq!(directive("a remark on infralint"), None);
        assert_eq!(directive("infralint is a linter"), None);
        let no_colon = Directive::NoColon { word: Span::new(0, 9), rules: vec![Span::new(16, 26)] };
        assert_eq!(directive("infralint allow(empty-cell) x"), Some(no_colon));
        assert!(
            matches!(directive("Infralint: allow(empty-cell) x"), Some(Directive::NoColon { word, .. }) if word.len() == 10)
        );
        let text = "infralint-disable empty-cell, wrong-total because x";
        let Some(Directive::Unknown { verb, rules }) = directive(text) else { panic!("a verb") };
        assert_eq!(&text[verb.range()], "infralint-disable");
        assert_eq!(rules.iter().map(|rule| &text[rule.range()]).collect::<Vec<_>>(), ["empty-cell", "wrong-total"]);
        assert_eq!(directive("infralint-action runs on each push"), None);
    }
}
