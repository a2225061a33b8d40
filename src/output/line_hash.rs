//! GitHub's fingerprint of a line, exactly as its upload action computes it: it warns when ours differs.
//!
//! <https://github.com/github/codeql-action/blob/main/src/fingerprints.ts>

use std::collections::HashMap;

/// So many characters make a fingerprint, from the start of the line.
const WINDOW: usize = 100;
const FACTOR: u64 = 37;
/// Stands for the end of the file.
const END: u16 = 65535;
const LF: u16 = 10;
const CR: u16 = 13;
const TAB: u16 = 9;
const BLANK: u16 = 32;

/// The fingerprints of all lines of a text, the first line first: a hash, and how many lines before had the same.
pub fn line_hashes(text: &str) -> Vec<String> {
    let mut roller = Roller::new();
    for unit in text.encode_utf16() {
        roller.take(unit);
    }
    roller.take(END);
    for _ in 0..WINDOW {
        roller.tell();
        roller.roll(0);
    }
    roller.told
}

/// A rolling hash over the last [`WINDOW`] characters.
struct Roller {
    window: [u16; WINDOW],
    /// Whether a line starts at that place of the window. Lines are told in order, so that is all to know.
    starts: [bool; WINDOW],
    at: usize,
    hash: u64,
    /// What leaves the window was multiplied so often.
    leaving: u64,
    line_start: bool,
    after_cr: bool,
    seen: HashMap<u64, usize>,
    told: Vec<String>,
}

impl Roller {
    fn new() -> Self {
        Self {
            window: [0; WINDOW],
            starts: [false; WINDOW],
            at: 0,
            hash: 0,
            leaving: (0..WINDOW).fold(1, |power: u64, _| power.wrapping_mul(FACTOR)),
            line_start: true,
            after_cr: false,
            seen: HashMap::new(),
            told: Vec::new(),
        }
    }

    fn take(&mut self, unit: u16) {
        if matches!(unit, BLANK | TAB) || self.after_cr && unit == LF {
            self.after_cr = false;
            return;
        }
        self.after_cr = unit == CR;
        let unit = if unit == CR { LF } else { unit };
        self.tell();
        self.starts[self.at] = std::mem::replace(&mut self.line_start, unit == LF);
        self.roll(unit);
    }

    /// Tells the fingerprint of the line that is about to leave the window.
    fn tell(&mut self) {
        if std::mem::take(&mut self.starts[self.at]) {
            let seen = self.seen.entry(self.hash).or_insert(0);
            *seen += 1;
            self.told.push(format!("{:x}:{seen}", self.hash));
        }
    }

    fn roll(&mut self, unit: u16) {
        let leaves = std::mem::replace(&mut self.window[self.at], unit);
        self.hash = self
            .hash
            .wrapping_mul(FACTOR)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(self.leaving.wrapping_mul(u64::from(leaves)));
        self.at = (self.at + 1) % WINDOW;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_the_upload_action_come_out() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(
            line_hashes(" a\nb\n  \t\tc\n d"),
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        );
        let lorem = "Lorem ipsum dolor sit amet.\n".repeat(10);
        let repeated = (1..=6).map(|time| format!("a7f2ff13bc495cf2:{time}"));
        let last = [
            "a7f2ff1481e87703:1",
            "a9cf91f7bbf1862b:1",
            "55ec222b86bcae53:1",
            "cc97dc7b1d7d8f7b:1",
            "c129715d7a2bc9a3:1",
        ];
        let expected: Vec<String> = repeated.chain(last.map(str::to_owned)).collect();
        assert_eq!(line_hashes(&lorem), expected);
        assert_eq!(line_hashes(&lorem.replace('\n', "\r\n")), expected);
        assert_eq!(line_hashes(&lorem.replace('\n', "\r")), expected);
    }
}
