//! Writes fixes into a text: fix, check again, until nothing changes.
//!
//! Pure: a door reads the text and writes the result. Fixes that touch each other are settled over several rounds, for
//! the second may mean something else once the first is in.

pub mod allow;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::diagnostic::{Diagnostic, Report};
use crate::fix::{Fix, Merged, Safety};
use crate::lint;
use crate::reading::{self, Reading};
use crate::settings::Settings;
use crate::source::Source;
use crate::surroundings::Surroundings;
use crate::template::model::Template;

/// After so many rounds it is enough: a row a round is inserted into the longest of tables.
const ROUNDS: usize = 100;

/// A fix whose finding comes again so often does not mend it, and is not tried any more. What is alike counts together:
/// where a section leaves more than three fences open, each hidden by the one above it, a second run closes the rest.
const STRIKES: u32 = 3;

/// A text after its fixes.
#[derive(Debug)]
pub struct Repaired {
    /// What was read in the new text.
    pub reading: Reading,
    /// What is left to say of it.
    pub report: Report,
    /// How many findings were mended, by rule.
    pub mended: BTreeMap<&'static str, usize>,
}

impl Repaired {
    /// How many findings were mended.
    pub fn count(&self) -> usize {
        self.mended.values().sum()
    }

    /// The new text.
    pub fn text(&self) -> &str {
        self.reading.source.text()
    }
}

/// What a text is held to, before and after its fixes.
pub struct Standard<'a> {
    /// What it must hold.
    pub template: &'a Template,
    /// How bad what is.
    pub settings: &'a Settings,
    /// What is around it. Asked again for each new text: it may hold places in it ([`Surroundings::missing_targets`]).
    pub around: &'a dyn Fn(&Reading) -> Surroundings,
}

impl Standard<'_> {
    /// What is wrong with a text.
    pub fn check(&self, reading: &Reading) -> Report {
        lint::check(reading, self.template, self.settings, &(self.around)(reading))
    }

    fn read(&self, source: Source) -> (Reading, Report) {
        let reading = reading::read(source);
        let report = self.check(&reading);
        (reading, report)
    }
}

/// Applies the fixes that are at least as sure as `allowed`, and checks what comes of it.
pub fn repair(standard: &Standard, source: Source, allowed: Safety) -> Repaired {
    let mut mended: BTreeMap<&'static str, usize> = BTreeMap::new();
    let (mut reading, mut report) = standard.read(source);
    let mut tried: HashMap<String, u32> = HashMap::new();
    let mut seen = HashSet::from([hash_of(reading.source.text())]);
    for _ in 0..ROUNDS {
        let (text, fixed) = round(reading.source.text(), &report, allowed, &mut tried);
        // Two fixes that undo each other would go on for ever: a text that was there before is not written again.
        if fixed.is_empty() || !seen.insert(hash_of(&text)) {
            break;
        }
        for rule in fixed {
            *mended.entry(rule).or_default() += 1;
        }
        (reading, report) = standard.read(Source::new(reading.source.name(), text));
    }
    Repaired { reading, report, mended }
}

/// One round: the new text, and the rules whose fixes went in, once for each.
fn round(
    text: &str,
    report: &Report,
    allowed: Safety,
    tried: &mut HashMap<String, u32>,
) -> (String, Vec<&'static str>) {
    let mut merged = Merged::default();
    let mut fixed: Vec<&Diagnostic> = Vec::new();
    for (diagnostic, fix) in fixes(report, allowed) {
        let is_hopeless = tried.get(&diagnostic.fingerprint).is_some_and(|&strikes| strikes >= STRIKES);
        if !is_hopeless && changes(fix, text) && merged.take(fix) {
            fixed.push(diagnostic);
        }
    }
    // Several findings of one round may be alike: together they are tried once.
    let alike: HashSet<&str> = fixed.iter().map(|diagnostic| diagnostic.fingerprint.as_str()).collect();
    for fingerprint in alike {
        *tried.entry(fingerprint.to_owned()).or_default() += 1;
    }
    let fixed = fixed.into_iter().map(|diagnostic| diagnostic.rule).collect();
    (merged.write(text), fixed)
}

/// The fixes of a report that are at least as sure as `allowed`, with what they mend.
pub fn fixes(report: &Report, allowed: Safety) -> impl Iterator<Item = (&Diagnostic, &Fix)> {
    report.diagnostics.iter().filter_map(move |diagnostic| {
        let fix = diagnostic.finding.fix.as_ref().filter(|fix| fix.safety >= allowed)?;
        Some((diagnostic, fix))
    })
}

/// A fix that writes what stands there already would block its neighbours for nothing.
fn changes(fix: &Fix, text: &str) -> bool {
    fix.edits.iter().any(|edit| text[edit.span.range()] != edit.text)
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
