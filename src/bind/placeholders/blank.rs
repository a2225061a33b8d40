//! Values that nobody has filled in yet. Such a value is only that: `placeholder-text` speaks of it, and no other rule
//! judges the value or the row that it keys.

use crate::template::model::{Kind, Template};

/// Whether a value (a cell, a header field) still is a placeholder: one of the template verbatim, its example in
/// brackets, one that begins with TBD, TODO, FIXME or `to be decided`, a mark (`?`, `...`), and, where a kind is asked
/// for, one of that kind (`YYMMDD`, `X.Y.Z`, all choices in a row) or anything in brackets. An empty value is none.
pub(crate) fn is_placeholder(kind: Option<&Kind>, value: &str, template: &Template) -> bool {
    // What is emphasised as a whole is what stands inside.
    let inside = if value.starts_with('*') { value.trim_matches('*') } else { value };
    if is_bare(inside) {
        return kind.is_some_and(|kind| is_of_kind(kind, inside));
    }
    let value = value.trim();
    if is_open(value) || holds_placeholder(value, &template.placeholders) || is_sample(value, &template.samples) {
        return true;
    }
    let Some(kind) = kind else { return false };
    let value = value.trim_matches(['*', '_', '`', '"', '\'', ' ']);
    let bare = unwrapped(value).unwrap_or(value);
    if let Kind::Choice { values, .. } = kind
        && values.iter().any(|known| known.eq_ignore_ascii_case(bare))
    {
        return false;
    }
    is_of_kind(kind, bare) || bare.len() < value.len() && is_wrapper_of_text(bare) || holds_bracket(value)
}

/// Whether a value has neither blanks nor marks around it, nor a bracket in it, and does not begin like TBD, TODO,
/// FIXME or ???: most values.
fn is_bare(value: &str) -> bool {
    let starts_bare = match value.as_bytes() {
        // `< 4 hours` begins with no mark.
        [] | [b'<', b'0'..=b'9', ..] | [b'<', b' ', b'0'..=b'9', ..] => true,
        [b'T' | b't', b'B' | b'b', ..] | [b'T', b'O', b'D', ..] | [b'F', b'I', ..] | [b'$', b'(' | b'{', ..] => false,
        // `to be decided`
        [b'T' | b't', b'O' | b'o', behind, ..] if !behind.is_ascii_alphanumeric() => false,
        [first, ..] => first.is_ascii_alphanumeric() || matches!(first, b'$' | b'~' | b'>' | b'=' | b'-'),
    };
    let is_end = |last: &u8| last.is_ascii_alphanumeric() || matches!(last, b'%' | b')' | b'.' | b'-' | b'+');
    let ends_bare = value.as_bytes().last().is_none_or(is_end);
    starts_bare && ends_bare && !value.bytes().any(|byte| byte == b'[')
}

/// Whether a value begins with TBD, TODO or the like, or is no more than a mark. "Todo list" is the name of something,
/// and what begins with "tba" may be.
fn is_open(value: &str) -> bool {
    let value = value.trim_start_matches(['*', '_', '(', '[', '<', ' ']);
    let whole = value.trim_end_matches(['*', '_', ')', ']', '>', ' ']);
    if value.starts_with("???") || matches!(whole, "?" | "??" | "..." | "…") {
        return true;
    }
    let word = value.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    matches!(word, "TODO" | "FIXME")
        || ["TBD", "TBC"].iter().any(|known| word.eq_ignore_ascii_case(known))
        || whole.eq_ignore_ascii_case("TBA")
        || is_to_be(value)
}

/// Whether a paragraph is no more than TBD, `TODO: write it`, `to be decided` or the like.
pub(crate) fn is_open_text(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| matches!(c, '*' | '_' | '(' | ')' | '[' | ']' | '.' | '!' | ' '));
    let is_word = bare.starts_with(char::is_alphabetic) || bare.starts_with("???");
    is_word && is_open(bare) && (!is_to_be(bare) || bare.split(' ').count() == 3)
}

/// `to be decided`, `To be confirmed by Ada`.
pub(crate) fn is_to_be(value: &str) -> bool {
    let mut words = value.split(|c: char| !c.is_alphanumeric());
    let mut is_next =
        |known: &[&str]| words.next().is_some_and(|word| known.iter().any(|k| word.eq_ignore_ascii_case(k)));
    is_next(&["to"]) && is_next(&["be"]) && is_next(&["decided", "defined", "confirmed", "determined", "announced"])
}

/// Whether one of the template's placeholders stands in a value: not as the text of a link, and not in code.
fn holds_placeholder(value: &str, placeholders: &[String]) -> bool {
    // They all have a bracket.
    value.contains('[')
        && placeholders.iter().any(|placeholder| {
            let mut outside = outside_code(value, placeholder);
            outside.any(|at| !value[at + placeholder.len()..].starts_with(['(', '[', ':']))
        })
}

/// Whether a value is an example of the template in brackets.
fn is_sample(value: &str, samples: &[String]) -> bool {
    let bare = value.trim_matches(['*', '_', ' ']);
    bare.starts_with('[') && samples.binary_search_by(|sample| sample.as_str().cmp(bare)).is_ok()
}

/// Where a text stands in a value, code aside.
fn outside_code<'a>(value: &'a str, text: &'a str) -> impl Iterator<Item = usize> + 'a {
    let (mut counted, mut in_code) = (0, false);
    value.match_indices(text).map(|(at, _)| at).filter(move |&at| {
        in_code ^= value[counted..at].matches('`').count() % 2 == 1;
        counted = at;
        !in_code
    })
}

/// `1.0.0` of `[1.0.0]`, `<1.0.0>`, `{{1.0.0}}`, `$(...)`: without what says "put something here".
fn unwrapped(value: &str) -> Option<&str> {
    const MARKS: [(&str, &str); 6] = [("{{", "}}"), ("${", "}"), ("$(", ")"), ("[", "]"), ("<", ">"), ("{", "}")];
    MARKS.into_iter().find_map(|(open, close)| {
        let inside = value.strip_prefix(open)?.strip_suffix(close)?;
        (!inside.contains(close)).then_some(inside.trim())
    })
}

/// `[Date]` stands for a date; `[1.0.0]` is one, in brackets.
fn is_wrapper_of_text(inside: &str) -> bool {
    let number = inside.strip_prefix(['v', 'V']).unwrap_or(inside);
    inside.is_empty() || inside.starts_with(char::is_alphabetic) && !number.starts_with(|c: char| c.is_ascii_digit())
}

/// The longest text of a placeholder, in characters: what is longer is prose in brackets.
const LONGEST: usize = 120;

/// `$[X] per month`: brackets around words, that are neither a link, a footnote nor a task box.
fn holds_bracket(value: &str) -> bool {
    outside_code(value, "[").any(|at| {
        let behind = &value[at + 1..];
        let Some((close, _)) = behind.char_indices().take(LONGEST).find(|&(_, c)| c == ']') else { return false };
        let (inside, behind) = (&behind[..close], &behind[close + 1..]);
        let is_box = inside.trim().is_empty() || inside == "x";
        let is_reference = inside.starts_with('^') || behind.starts_with(['(', '[', ':']);
        !is_box && !is_reference && is_wrapper_of_text(inside)
    })
}

/// Whether a value is what a template writes where a value of this kind belongs.
fn is_of_kind(kind: &Kind, value: &str) -> bool {
    match kind {
        Kind::Choice { values, .. } => {
            let mut parts = value.split(['|', '/']).map(|part| part.trim_matches(['\\', ' ', '*', '`']));
            let is_value = |part: &str| values.iter().any(|value| value.eq_ignore_ascii_case(part));
            value.bytes().any(|byte| matches!(byte, b'|' | b'/')) && !is_value(value) && parts.all(is_value)
        }
        Kind::Url | Kind::Pattern { .. } => false,
        // A digit is no letter that stands for one.
        _ if value.bytes().any(|byte| byte.is_ascii_digit()) => false,
        Kind::Semver => {
            let parts = value.strip_prefix(['v', 'V']).unwrap_or(value).split('.');
            value.contains('.') && parts.into_iter().all(|part| is_letters(part, "XYZN"))
        }
        Kind::Date(_) => value.bytes().any(|byte| matches!(byte, b'Y' | b'y')) && is_letters(value, "YMDJTA-./ "),
        Kind::Count | Kind::Money | Kind::Percent | Kind::Duration => {
            let stands_for_number =
                |word: &str| is_letters(word.trim_matches(['$', '€', '£', '%', '~', '<', '>']), "XN");
            value.split_whitespace().any(stands_for_number)
        }
    }
}

fn is_letters(part: &str, letters: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| letters.contains(c.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::load;

    fn template() -> Template {
        let text =
            "name = \"t\"\n[[section]]\nheading = \"## A\"\n[section.prose]\nexample = \"[Question] and $[X]\"\n";
        let source = crate::source::Source::new("t.toml", text);
        load::load(vec![source], &[]).expect("a template")
    }

    #[test]
    fn a_value_that_nobody_filled_in_is_told_from_one_that_somebody_did() {
        let template = template();
        let values = ["Draft", "Review", "Approved"].map(String::from).to_vec();
        let choice = Kind::Choice { values, aliases: vec![], open: vec![] };
        let date = Kind::Date("YYMMDD".into());
        for (kind, value) in [
            (None, "TBD"),
            (None, "**TODO:** ask the team"),
            (None, "???"),
            (None, "?"),
            (None, "..."),
            (None, "tbc"),
            (None, "TBA"),
            (None, "FIXME: ask Ada"),
            (None, "To be decided with the team"),
            (None, "[Question]"),
            (None, "about $[X] a month"),
            (Some(&Kind::Semver), "X.Y.Z"),
            (Some(&Kind::Semver), "`vX.Y.Z`"),
            (Some(&Kind::Semver), "[version]"),
            (Some(&Kind::Semver), "{{ version }}"),
            (Some(&date), "YYMMDD"),
            (Some(&date), "YYYY-MM-DD"),
            (Some(&date), "<date>"),
            (Some(&date), "$(date)"),
            (Some(&choice), "Draft | Review | Approved"),
            (Some(&choice), "[Draft/Review]"),
            (Some(&choice), "Draft \\| Review"),
            (Some(&Kind::Money), "$[Amount] a month"),
            (Some(&Kind::Money), "$XX"),
            (Some(&Kind::Count), "X"),
        ] {
            assert!(is_placeholder(kind, value, &template), "{value}");
        }
        for (kind, value) in [
            (None, ""),
            (None, "Todo list"),
            (None, "Tba region"),
            (None, "Fixme"),
            (None, "to be honest"),
            (None, "Who?"),
            (None, "[OK]"),
            (None, "[Question](questions.md)"),
            (None, "`[Question]`"),
            (Some(&Kind::Semver), "1.0.0"),
            (Some(&Kind::Semver), "[1.0.0]"),
            (Some(&Kind::Semver), "[v1.0.0]"),
            (Some(&date), "260115"),
            (Some(&date), "January 2026"),
            (Some(&choice), "Draft"),
            (Some(&choice), "[draft]"),
            (Some(&choice), "Draft / under discussion"),
            (Some(&Kind::Money), "[$50](https://prices.example)"),
            (Some(&Kind::Duration), "none"),
            (Some(&Kind::Count), "2"),
        ] {
            assert!(!is_placeholder(kind, value, &template), "{value}");
        }
    }
}
