//! Finds the phrases of a vocabulary in short texts: labels, ids, cells.
//!
//! All phrases are one trie of letters alone, so that "Load-Balancers", "load balancer" and "loadbalancer" are one
//! pattern. It is walked from the beginning of each word; where the phrase ends is looked up behind each hit.

pub(crate) mod expressions;
pub mod negation;
pub mod texts;

mod needs;
mod reader;
mod trie;
mod vocabulary;

use self::expressions::Expressions;
use self::texts::{Boundary, Texts, Word};
use self::trie::Trie;
use self::vocabulary::{Means, Pattern, Vocabulary};

/// A vocabulary, compiled.
///
/// Case, plural, hyphen, blank or none between words, and a number behind them do not matter. Of phrases that overlap
/// the leftmost counts, of those that begin at one place the longest.
#[derive(Debug, Clone)]
pub struct Matcher {
    phrases: Trie,
    patterns: Vec<Pattern>,
    expressions: Expressions,
}

/// Something that a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which of the texts.
    pub text: usize,
    /// Which phrase; [`Matcher::words`] tells what it means.
    pub phrase: usize,
    /// Whether the text says that there is none: "No WAF yet", "Cache: none".
    pub negated: bool,
    /// Whether it is a plural: "zones" are not one zone.
    pub plural: bool,
    /// Whether it is the beginning of a compound whose last part the next hit is: the cache of `api-cache`.
    pub joined: bool,
    place: (u32, u32),
}

/// A phrase in the letters of the texts.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: usize,
    /// With plural and number.
    end: usize,
    /// Which word begins at `start`.
    word: usize,
    /// The first word that does not begin before `end`.
    next: usize,
    pattern: usize,
    negated: bool,
    plural: bool,
}

impl Matcher {
    /// Compiles a vocabulary: the phrases of each word, and phrases that mean nothing.
    ///
    /// A phrase `/.../` is a regular expression; one that cannot be compiled finds nothing (who loads a vocabulary
    /// says so).
    pub fn new<'a>(words: impl IntoIterator<Item = &'a [String]>, nothing: &[String]) -> Self {
        let Vocabulary { keys, patterns, expressions, .. } = Vocabulary::new(words, nothing);
        Self { phrases: Trie::new(&keys), patterns, expressions: Expressions::new(expressions) }
    }

    /// What a phrase means: indices of words, in the order of the vocabulary. Empty: nothing.
    pub fn words(&self, phrase: usize) -> &[usize] {
        match &self.patterns[phrase].means {
            Means::Words(words) => words,
            Means::Negates | Means::Denied => &[],
        }
    }

    /// What the texts say, text by text.
    pub fn find(&self, texts: &Texts) -> Vec<Hit> {
        let places = self.places(texts);
        let mut hits = Vec::with_capacity(places.len());
        let mut next = 0;
        for (text, written) in texts.written.iter().enumerate() {
            while let Some(place) = places.get(next).filter(|place| place.start < written.end) {
                next += 1;
                if matches!(self.patterns[place.pattern].means, Means::Words(_)) {
                    hits.push(Hit {
                        text,
                        phrase: place.pattern,
                        negated: place.negated,
                        plural: place.plural,
                        joined: places.get(next).is_some_and(|next| is_joined(texts, place, next)),
                        place: (place.start as u32, place.end as u32),
                    });
                }
            }
            self.expressions.each_in(written, |phrase, place| {
                hits.push(Hit { text, phrase, negated: false, plural: false, joined: false, place });
            });
        }
        hits
    }

    /// What a hit is the name of, in letters alone: the phrase with its number or the word behind it (`az1`, `zonea`).
    /// `None` where it stands alone.
    pub fn name_of<'a>(&self, hit: &Hit, texts: &'a Texts<'_>) -> Option<&'a str> {
        let (start, end) = (hit.place.0 as usize, hit.place.1 as usize);
        let length = self.patterns[hit.phrase].length;
        if length == 0 {
            return Some(&texts.written[hit.text].text[start..end]);
        }
        let name = if end - start > length { texts.slice(start, end) } else { texts.with_next_word(start, end) };
        (name.len() > length).then_some(name)
    }

    /// The words that a single text names, in order, without those that it denies.
    pub fn words_in(&self, text: &str) -> Vec<usize> {
        let mut texts = Texts::default();
        texts.push(text);
        let hits = self.find(&texts);
        let mut words: Vec<usize> =
            hits.iter().filter(|hit| !hit.negated).flat_map(|hit| self.words(hit.phrase)).copied().collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The phrases that count: leftmost, then longest, none within another.
    fn places(&self, texts: &Texts) -> Vec<Place> {
        let mut kept: Vec<Place> = Vec::with_capacity(texts.words.len());
        for (word, start) in texts.words.iter().map(|word| word.start as usize).enumerate() {
            // The letters of a phrase begin no other.
            if kept.last().is_none_or(|last| start >= last.end) {
                kept.extend(self.longest(texts, word, start));
            }
        }
        negation::mark(&self.patterns, texts, &mut kept);
        kept
    }

    /// The longest phrase that begins with a word, plural and number included.
    fn longest(&self, texts: &Texts, word: usize, start: usize) -> Option<Place> {
        let mut longest: Option<Place> = None;
        let mut next = word + 1;
        for (pattern, length) in self.phrases.prefixes(&texts.letters[start..]) {
            let end = start + length;
            while (texts.word(next).start as usize) < end {
                next += 1;
            }
            let Some((end, plural)) = self.end(texts, pattern, (start, end), (word, next)) else { continue };
            // Of two that end together the one that a vocabulary names first: "NATS" is a queue, not several NATs.
            if longest.is_none_or(|known| (end, known.pattern) > (known.end, pattern)) {
                longest = Some(Place { start, end, word, next, pattern, negated: false, plural });
            }
        }
        longest
    }

    /// Where a phrase ends, plural and number included, and whether it is a plural. `None` where it is only a part of a
    /// longer word. It begins with a word; `next` is the first that does not begin in its letters.
    fn end(
        &self,
        texts: &Texts,
        pattern: usize,
        (start, end): (usize, usize),
        (word, next): (usize, usize),
    ) -> Option<(usize, bool)> {
        let pattern = &self.patterns[pattern];
        let inside = word + 1..next;
        let next = texts.word(next);
        let is_word = matches!(pattern.means, Means::Words(_));
        // "NoSQL" denies nothing: words of negation stand alone.
        let is_in_word = |word: Word, at: usize| word.start as usize == at && word.before == Boundary::Case;
        if !is_word && (is_in_word(texts.word(word), start) || is_in_word(next, end)) {
            return None;
        }
        let fits = |word: &Word| match word.before {
            Boundary::None | Boundary::Case => true,
            Boundary::Joint | Boundary::Blank | Boundary::Dot | Boundary::Line => {
                pattern.breaks.contains(&(word.start - start as u32))
            }
            Boundary::Clause | Boundary::Text => false,
        };
        if !texts.words[inside].iter().all(fits) {
            return None;
        }
        let stop = |end: usize| texts.stop(start, end, next, is_word);
        let plural = || {
            let is_other = pattern.is_other_in_capitals && texts.is_capital_s(end);
            let may_be = is_word && !pattern.plural && !is_other;
            // Nothing stands between a word and its ending.
            let behind = &texts.letters[end..next.start as usize];
            let endings: &[&str] = if may_be { &["s", "es"] } else { &[] };
            let endings = endings.iter().filter(|ending| behind.starts_with(ending.as_bytes()));
            endings.map(|ending| end + ending.len()).find_map(stop)
        };
        let (end, plural) = stop(end).map(|end| (end, false)).or_else(|| Some((plural()?, true)))?;
        // A part of `db.example.com` is the name of a host, not of a thing; its last part may be (`Catalog.API`).
        (!texts.is_inside_dotted(start, end)).then_some((end, plural || pattern.plural))
    }
}

/// Whether two phrases belong to one compound: `api-cache`, `AppDB`.
fn is_joined(texts: &Texts, place: &Place, next: &Place) -> bool {
    texts.words[place.next..=next.word].iter().all(|word| word.before <= Boundary::Joint)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 9] = ["lb", "compute", "cache", "queue", "waf", "zone", "cdn", "storage", "database"];

    fn matcher() -> Matcher {
        let words: [&[&str]; 9] = [
            &["load balancer", "lb", "api gateway", "reverse proxy", "ロードバランサー"],
            &["app", "app server", "web server", "api", "server", "worker", "service", "バックエンド", "node.js"],
            &["cache", "redis", "キャッシュ"],
            &["queue", "redis queue", "キュー", "큐", "pub/sub"],
            &["waf", "cloudflare"],
            &["availability zone", "az", r"/\b[a-z]{2}-[a-z]+-\d[a-f]\b/"],
            &["cdn", "cloudflare"],
            &["s3", "object storage"],
            &["db", "database", "nosql"],
        ];
        let words: Vec<Vec<String>> =
            words.iter().map(|phrases| phrases.iter().map(|&phrase| phrase.to_owned()).collect()).collect();
        Matcher::new(words.iter().map(Vec::as_slice), &["storage class".to_owned(), "serverless".to_owned()])
    }

    fn said(text: &str) -> String {
        let names: Vec<&str> = matcher().words_in(text).into_iter().map(|word| NAMES[word]).collect();
        names.join(" ")
    }

    #[test]
    fn phrases_are_found_however_they_are_written() {
        for (text, expected) in [
            ("Load-Balancers", "lb"),
            ("loadbalancer", "lb"),
            ("LoadBalancer1", "lb"),
            ("Load<br/>Balancer", "lb"),
            ("load_balancer_2", "lb"),
            ("Reverse proxies", "lb"),
            ("API Gateway", "lb"),
            ("APIGateway", "lb"),
            ("REST APIs", "compute"),
            ("App2", "compute"),
            ("AppServer", "compute"),
            ("web_server", "compute"),
            ("DB_Cluster", "database"),
            ("S3Bucket", "storage"),
            ("AZ1a", "zone"),
            ("Availability Zone: eu-west-1b", "zone"),
            ("Cloudflare", "waf cdn"),
            ("Redis, Queue", "cache queue"),
            ("Redis Queue", "queue"),
            ("Google Pub/Sub", "queue"),
            ("**Redis** cluster", "cache"),
            ("node.js", "compute"),
            ("ＡＰＩ サーバ", "compute"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn a_part_of_a_word_is_no_word() {
        for text in [
            "serverless",
            "happy",
            "apiary",
            "nbs3x",
            "storage class",
            "db.example.com",
            "fa:fa-server Kong",
            "lo ad balancer",
            "azure",
            "dbx",
            "ca che",
        ] {
            assert_eq!(said(text), "", "{text}");
        }
        assert_eq!(said("Catalog.API"), "compute", "the last part of a dotted name is what it is");
        assert_eq!(said("PostgreSQL 15.3 db"), "database");
    }

    #[test]
    fn a_plural_in_capitals_is_none_where_it_is_another_word() {
        let words = [vec!["cdn".to_owned()], vec!["dns".to_owned()], vec!["vm".to_owned()]];
        let matcher = Matcher::new(words.iter().map(Vec::as_slice), &[]);
        assert_eq!(matcher.words_in("CDNs"), [0]);
        assert!(matcher.words_in("CDNS").is_empty());
        assert_eq!(matcher.words_in("CDNS Cloud DNS"), [1]);
        assert_eq!(matcher.words_in("VMS"), [2]);
    }

    #[test]
    fn of_a_phrase_and_a_plural_the_one_that_is_named_first_counts() {
        for (first, second) in [("nats", "nat"), ("nat", "nats")] {
            let words = [vec![first.to_owned()], vec![second.to_owned()]];
            assert_eq!(Matcher::new(words.iter().map(Vec::as_slice), &[]).words_in("NATS"), [0]);
        }
    }

    #[test]
    fn languages_without_blanks_have_no_word_boundaries() {
        assert_eq!(said("外部ロードバランサー"), "lb");
        assert_eq!(said("キャッシュサーバー"), "cache");
        assert_eq!(said("用户API服务"), "compute");
        assert_eq!(said("세션큐브"), "", "a single syllable inside a word");
        assert_eq!(said("작업 큐"), "queue");
    }

    #[test]
    fn what_is_denied_does_not_count() {
        for text in [
            "No WAF yet",
            "without cache",
            "WAF: none",
            "WAF (not yet)",
            "Kein Cache",
            "ohne WAF",
            "Cache: no",
            "WAFなし",
            "no dedicated managed cache",
            "App<br/>no cache",
        ] {
            let words = said(text);
            assert!(!words.contains("waf") && !words.contains("cache"), "{text}: {words}");
        }
        for (text, expected) in [
            ("Cache: none, WAF", "waf"),
            ("NoSQL Database", "database"),
            ("WAF disabled rules", "waf"),
            ("Dados no S3", "storage"),
            ("App (stateless, no cache)", "compute"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
