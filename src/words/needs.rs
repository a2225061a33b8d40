//! What a text must hold for an expression to match in it: a look at the characters of a text tells that most
//! expressions need not be tried on it.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// What an expression needs: all of one of these. A text may have them and not match, but never the other way round.
#[derive(Debug, Clone)]
pub(super) struct Needs {
    one_of: Vec<Marks>,
    /// What stands in all of them.
    common: Marks,
}

/// More alternatives are not told apart.
const MOST: usize = 16;

impl Needs {
    /// What an expression needs that is compiled without regard to case; one that is wrong matches nowhere.
    pub(super) fn of(expression: &str) -> Self {
        let parsed = ParserBuilder::new().case_insensitive(true).build().parse(expression);
        let one_of = parsed.map_or_else(|_| Vec::new(), |hir| alternatives(&hir));
        Self { common: common(&one_of), one_of }
    }

    /// Whether a text of these marks may match.
    pub(super) fn are_in(&self, text: Marks) -> bool {
        self.common.are_in(text) && self.one_of.iter().any(|marks| marks.are_in(text))
    }
}

/// The kinds of characters that a text holds, a bit for each: a letter in either case, any digit, a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks(u64);

impl Marks {
    pub(super) const NONE: Self = Self(0);
    const ALL: Self = Self(u64::MAX);

    /// Adds that of a byte of a text.
    pub(super) fn add(&mut self, byte: u8) {
        self.0 |= OF_BYTE[usize::from(byte)];
    }

    fn are_in(self, text: Self) -> bool {
        self.0 & !text.0 == 0
    }
}

const OTHER: u64 = 1 << 27;
const K: u64 = of_ascii(b'k');
const S: u64 = of_ascii(b's');

/// By byte. Two characters beyond ASCII are a `k` and an `s` where case does not matter, and any may be one of them.
static OF_BYTE: [u64; 256] = {
    let mut marks = [OTHER | K | S; 256];
    let mut byte = 0;
    while byte < 128 {
        marks[byte as usize] = of_ascii(byte);
        byte += 1;
    }
    marks
};

const fn of_ascii(byte: u8) -> u64 {
    1 << match byte {
        b'a'..=b'z' => byte - b'a',
        b'A'..=b'Z' => byte - b'A',
        b'0'..=b'9' => 26,
        // Some share a bit: it says a little less, and nothing wrong.
        _ => 28 + byte % 32,
    }
}

fn of_range(start: u32, end: u32) -> u64 {
    let beyond = match (start, end) {
        (_, ..0x80) => 0,
        (0x17f, 0x17f) => S,
        (0x212a, 0x212a) => K,
        _ => OTHER,
    };
    (start..=end.min(0x7f)).fold(beyond, |marks, byte| marks | of_ascii(byte as u8))
}

/// What a match needs: all of one of these.
fn alternatives(hir: &Hir) -> Vec<Marks> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![Marks::NONE],
        HirKind::Literal(literal) => {
            let of = |&byte: &u8| of_range(byte.into(), byte.into());
            vec![Marks(literal.0.iter().map(of).fold(0, |all, own| all | own))]
        }
        HirKind::Class(class) => one_of_class(class),
        HirKind::Repetition(repetition) if repetition.min == 0 => vec![Marks::NONE],
        HirKind::Repetition(repetition) => alternatives(&repetition.sub),
        HirKind::Capture(capture) => alternatives(&capture.sub),
        HirKind::Concat(parts) => {
            parts.iter().map(alternatives).fold(vec![Marks::NONE], |one, other| both(one, &other))
        }
        HirKind::Alternation(parts) => few(parts.iter().flat_map(alternatives).collect(), 1),
    }
}

/// One of a few kinds; of many it says nothing.
fn one_of_class(class: &Class) -> Vec<Marks> {
    let marks = match class {
        Class::Unicode(class) => class.iter().map(|range| of_range(range.start().into(), range.end().into())),
        Class::Bytes(_) => return vec![Marks::NONE],
    };
    let marks = marks.fold(0, |all, own| all | own);
    if marks.count_ones() > 3 {
        return vec![Marks::NONE];
    }
    (0..64).map(|bit| 1 << bit).filter(|bit| marks & bit != 0).map(Marks).collect()
}

fn both(one: Vec<Marks>, other: &[Marks]) -> Vec<Marks> {
    let one = few(one, other.len());
    let pairs = one.iter().flat_map(|a| other.iter().map(|b| Marks(a.0 | b.0)));
    pairs.collect()
}

/// The same in one, where they are too many, so many times.
fn few(one_of: Vec<Marks>, times: usize) -> Vec<Marks> {
    if one_of.len() * times > MOST { vec![common(&one_of)] } else { one_of }
}

fn common(one_of: &[Marks]) -> Marks {
    one_of.iter().fold(Marks::ALL, |common, marks| Marks(common.0 & marks.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use proptest::string::string_regex;

    use super::*;

    fn may_match(expression: &str, text: &str) -> bool {
        let mut marks = Marks::NONE;
        text.bytes().for_each(|byte| marks.add(byte));
        Needs::of(expression).are_in(marks)
    }

    #[test]
    fn a_text_without_what_is_needed_need_not_be_looked_at() {
        for (expression, may, may_not) in [
            (r"\b[a-z]{2}(-[a-z]+)+-\d[a-f]\b", "eu-central-1a", "Web-Server"),
            (r"(?m)^(web|web ?site|instance)s?[ _-]?\d*$", "WEB 2", "Mail worker 2"),
            (r"\b(two|three) (azs|zones)\b", "in two zones", "in two places"),
            (r"lockſ", "locks", "lodes"),
            ("ゾーン", "可用性ゾーン", "zone"),
        ] {
            assert!(may_match(expression, may), "{expression}: {may}");
            assert!(!may_match(expression, may_not), "{expression}: {may_not}");
        }
    }

    #[test]
    fn what_may_match_is_looked_at() {
        for (expression, text) in
            [("a*", ""), (r"\w+", "é"), ("zones", "zoneſ"), ("k8s", "\u{212a}8s"), ("[^a]", "b"), (r"\d", "٣")]
        {
            assert!(may_match(expression, text), "{expression}: {text}");
        }
    }

    proptest! {
        #[test]
        fn what_matches_holds_what_is_needed(
            (expression, text) in select(vec![
                r"[a-z]{2}(-[a-z]+)+-\d[a-f]",
                r"(web|web ?site|instance)s?[ _-]?\d*",
                r"([2-9]|two|three|four|multiple|several|all) (azs|zones|availability zones)",
                r"(a|[bc]|d+)?[x-z_](kafka|ſ|ゾーン)",
                r"(a|b|c|d|e)(f|g|h|i|j)(k|l|m)",
                r"\w.\PL",
            ])
            .prop_flat_map(|expression| (Just(expression), string_regex(expression).expect("an expression"))),
            before in ".*",
        ) {
            prop_assert!(may_match(expression, &text));
            prop_assert!(may_match(expression, &text.to_ascii_uppercase()));
            prop_assert!(may_match(expression, &(before + &text)));
        }
    }

    #[test]
    fn of_many_alternatives_only_what_they_share_is_asked() {
        let words: Vec<String> = (b'a'..=b'z').map(|c| format!("{}z-", char::from(c))).collect();
        let expression = format!("(?:{})[0-9](?:{})", words.join("|"), words.join("|"));
        assert!(may_match(&expression, "az-1bz-"));
        assert!(!may_match(&expression, "az-bz-"));
        assert!(!may_match("(", "("), "a wrong one matches nowhere");
    }
}
