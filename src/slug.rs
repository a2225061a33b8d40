//! The anchors that GitHub gives to headings, as its own `github-slugger` makes them.

use std::collections::HashMap;

/// Makes the anchors of one document, in order: a name that comes again gets a number.
#[derive(Debug, Default)]
pub struct Slugger {
    seen: HashMap<String, usize>,
}

impl Slugger {
    /// The anchor of the next heading with this text (plain, as it is shown).
    pub fn next(&mut self, heading: &str) -> String {
        let own = slug(heading);
        let mut made = own.clone();
        while self.seen.contains_key(&made) {
            let again = self.seen.entry(own.clone()).or_default();
            *again += 1;
            made = format!("{own}-{again}");
        }
        self.seen.insert(made.clone(), 0);
        made
    }
}

/// The anchor of a heading that stands alone: lower case; letters, digits, `_` and `-` are kept, blanks become `-`,
/// everything else goes.
///
/// ```
/// use infralint::slug::slug;
///
/// assert_eq!(slug("2. CI/CD & Rollback"), "2-cicd--rollback");
/// assert_eq!(slug("🚀 Setup"), "-setup");
/// assert_eq!(slug("災害復旧"), "災害復旧");
/// ```
pub fn slug(heading: &str) -> String {
    let mut out = String::with_capacity(heading.len());
    for c in heading.chars() {
        match c {
            ' ' => out.push('-'),
            '-' | '_' => out.push(c),
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() || is_mark(c) => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// Marks that belong to letters: accents, vowels of Indic and other scripts, joined punctuation. Variation selectors
/// are left out: nobody sees whether a link writes them.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}'
        | '\u{951}'..='\u{957}' | '\u{962}'..='\u{963}' | '\u{980}'..='\u{983}' | '\u{9bc}'..='\u{9cd}'
        | '\u{b82}' | '\u{bbe}'..='\u{bcd}' | '\u{c3e}'..='\u{c4d}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{203f}' | '\u{2040}'
        | '\u{20d0}'..='\u{20f0}' | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github() {
        for (heading, anchor) in [
            ("Overview", "overview"),
            ("3.1 Access & Roles", "31-access--roles"),
            ("RTO/RPO", "rtorpo"),
            ("A.1 Issue", "a1-issue"),
            ("snake_case-name", "snake_case-name"),
            ("What's new?", "whats-new"),
            ("⚙️ Configuration", "-configuration"),
            ("Über uns: Größe", "über-uns-größe"),
            ("一、概要", "一概要"),
            ("デプロイ", "デプロイ"),
            ("50% — half", "50--half"),
            ("`code` here", "code-here"),
        ] {
            assert_eq!(slug(heading), anchor, "{heading}");
        }
    }

    #[test]
    fn a_name_that_comes_again_gets_a_number() {
        let mut slugger = Slugger::default();
        let made = ["Note", "Note", "Note 1", "Note"].map(|heading| slugger.next(heading));
        assert_eq!(made, ["note", "note-1", "note-1-1", "note-2"]);
    }
}
