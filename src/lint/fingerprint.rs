//! How a finding is recognised again, whatever is inserted above it.

use std::borrow::Cow;

use crate::diagnostic::Finding;
use crate::markdown::model::{Document, SectionId};
use crate::markdown::plain::plain;
use crate::rule::Context;

/// The paths of headings.
pub(super) struct Sections<'a> {
    document: &'a Document,
    text: &'a str,
}

/// A path of headings, from the outermost; the title is left out, for it may change without the rest.
pub(super) struct Path {
    /// As written.
    pub(super) shown: String,
    /// In normal form.
    pub(super) normal: String,
}

impl<'a> Sections<'a> {
    pub(super) fn new(context: &Context<'a>) -> Self {
        Self { document: context.document(), text: context.text() }
    }

    /// The path of the section in which a byte stands.
    pub(super) fn at(&self, offset: usize) -> Path {
        let mut names: Vec<(Cow<str>, &str)> = Vec::new();
        let mut current = Some(self.document.section_at(offset)).filter(|id| id.index() < self.document.sections.len());
        while let Some(id) = current {
            let section = self.document.section(id);
            if let Some(heading) = &section.heading
                && !(heading.level == 1 && id == SectionId(1))
            {
                names.push((plain(&self.text[heading.name.range()]), &heading.normal));
            }
            current = section.parent;
        }
        names.reverse();
        let join = |parts: Vec<&str>| parts.join(" > ");
        Path {
            shown: join(names.iter().map(|(shown, _)| shown.as_ref()).collect()),
            normal: join(names.iter().map(|&(_, normal)| normal).collect()),
        }
    }
}

/// Rule, section, requirement and the text at the place, blanks folded: 16 hexadecimal digits.
pub(super) fn of(rule: &str, section: &str, finding: &Finding, text: &str) -> String {
    let mut hash = Fnv::new();
    hash.part(rule);
    hash.part(section);
    hash.part(finding.required_by.as_ref().map_or("", |requirement| &requirement.path));
    // What is missing is pointed at where it belongs: the text there is not its own.
    let place = &text[finding.at.span.range()];
    for word in place.split(|c: char| c.is_whitespace() || c == '|').filter(|word| !word.is_empty()) {
        hash.part(word);
    }
    format!("{:016x}", hash.0)
}

/// FNV-1a, 64 bits: stable across releases and machines, which the standard library's hasher is not.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// A part and an end mark, so that "a" + "bc" differs from "ab" + "c".
    fn part(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
