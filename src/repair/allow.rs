//! Writes an `allow` comment for each finding, where a comment may stand: on a line of its own before the block, or
//! before the heading, inside a diagram as `%%`. Inside a table or a list such a line would end it.

use std::collections::{BTreeMap, BTreeSet};

use crate::bind::lines::{line_start, next_line};
use crate::diagnostic::{Diagnostic, Report};
use crate::fix::{Fix, Merged, Safety};
use crate::lint::NEVER_ALLOWED;
use crate::markdown::model::{Block, BlockKind, CodeBlock, Document, SectionId, Within};
use crate::reading::Reading;
use crate::rules::unused_directive::UNUSED_DIRECTIVE;
use crate::source::{Source, line_end, text_start};

use super::{Repaired, Standard};

/// Why a reason cannot be written into a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadReason {
    /// It holds no letter and no digit.
    Empty,
    /// It has several lines.
    Lines,
    /// It holds `-->`, which ends a comment.
    EndsComment,
}

/// Whether a reason can stand in a comment.
pub fn check_reason(reason: &str) -> Result<(), BadReason> {
    if !reason.chars().any(char::is_alphanumeric) {
        Err(BadReason::Empty)
    } else if reason.contains(['\n', '\r']) {
        Err(BadReason::Lines)
    } else if reason.contains("-->") || reason.contains("--!>") {
        Err(BadReason::EndsComment)
    } else {
        Ok(())
    }
}

/// Writes an `allow` for every finding of a text, and checks what comes of it. What is left could not be allowed.
///
/// The nearest place is tried first; where a comment there does not reach the finding, the next wider one.
/// `reason` has passed [`check_reason`].
pub fn allow(standard: &Standard, source: Source, reason: &str) -> Repaired {
    let (mut reading, mut report) = standard.read(source);
    let mut mended: BTreeMap<&'static str, usize> = BTreeMap::new();
    for reach in [Wide::Near, Wide::Section, Wide::Document] {
        let (comments, allowed) = comments(&reading, &report, reach, reason);
        if allowed.is_empty() {
            break;
        }
        let before = report.diagnostics.len();
        let text = write(reading.source.text(), &comments);
        let name = reading.source.name().to_owned();
        (reading, report) = standard.read(Source::new(name.clone(), text));
        // A comment that did not reach its finding goes again, and one that a wider comment makes idle.
        let fixes = idle(&reading, &report, reason);
        if !fixes.is_empty() {
            let text = write(reading.source.text(), fixes);
            (reading, report) = standard.read(Source::new(name, text));
        }
        let silenced = before.saturating_sub(report.diagnostics.len());
        for rule in allowed.into_iter().take(silenced) {
            *mended.entry(rule).or_default() += 1;
        }
    }
    Repaired { reading, report, mended }
}

/// What removes the comments with this reason that silence nothing.
fn idle<'a>(reading: &Reading, report: &'a Report, reason: &str) -> Vec<&'a Fix> {
    let source = &reading.source;
    let idle = report.diagnostics.iter().filter(|diagnostic| {
        let line = source.line_span(source.line_of(diagnostic.finding.at.span.start()));
        diagnostic.rule == UNUSED_DIRECTIVE.name && source.slice(line).contains(reason.trim())
    });
    idle.filter_map(|diagnostic| diagnostic.finding.fix.as_ref()).collect()
}

fn write<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> String {
    let mut merged = Merged::default();
    for fix in fixes {
        merged.take(fix);
    }
    merged.write(text)
}

/// How much a comment speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wide {
    /// The block or the heading that the finding points at.
    Near,
    /// The section, with all below it.
    Section,
    /// Everything.
    Document,
}

/// The comments to insert, one for each place, and the rules of the findings that they speak of.
fn comments(reading: &Reading, report: &Report, wide: Wide, reason: &str) -> (Vec<Fix>, Vec<&'static str>) {
    let mut places: BTreeMap<Place, BTreeSet<&'static str>> = BTreeMap::new();
    let mut allowed = Vec::new();
    if reading.wrapped.is_none() {
        let placer = Placer { text: reading.source.text(), document: &reading.document };
        for diagnostic in report.diagnostics.iter().filter(|diagnostic| !NEVER_ALLOWED.contains(&diagnostic.rule)) {
            places.entry(placer.place(diagnostic, wide)).or_default().insert(diagnostic.rule);
            allowed.push(diagnostic.rule);
        }
    }
    let line_end = line_end(reading.source.text());
    let fixes = places.into_iter().map(|(place, rules)| {
        let rules = rules.into_iter().collect::<Vec<_>>().join(", ");
        let Place { insert, before, prefix, mark } = place;
        let says = format!("infralint: allow({rules}) {}", reason.trim());
        let comment = match mark {
            Mark::Html => format!("<!-- {says} -->"),
            Mark::Mermaid => format!("%% {says}"),
        };
        Fix::insert(Safety::Safe, insert, format!("{before}{prefix}{comment}\n")).adapted(line_end, 0)
    });
    (fixes.collect(), allowed)
}

/// Where a comment is inserted, and what stands around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    insert: usize,
    /// Line breaks that part it from what stands above.
    before: &'static str,
    /// What the lines of its container begin with.
    prefix: String,
    mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Html,
    Mermaid,
}

struct Placer<'a> {
    text: &'a str,
    document: &'a Document,
}

impl Placer<'_> {
    fn place(&self, diagnostic: &Diagnostic, wide: Wide) -> Place {
        let at = diagnostic.finding.at.span.start();
        let section = self.document.section_at(at);
        match wide {
            Wide::Near => self.near(section, at),
            Wide::Section => self.under_heading(section),
            Wide::Document => self.under_heading(SectionId::TOP),
        }
    }

    fn near(&self, section: SectionId, at: usize) -> Place {
        let heading = self.document.section(section).heading.as_ref();
        if let Some(heading) = heading.filter(|heading| at <= heading.span.end()) {
            return if self.holds_something(SectionId(section.0 - 1)) {
                self.before_line(heading.span.start())
            } else {
                self.under_heading(section)
            };
        }
        // Blocks stand outermost first: those around the place end with the last one that no container holds.
        let blocks = &self.document.section(section).blocks;
        let begun = blocks.partition_point(|block| block.span.start() <= at);
        let outermost = blocks[..begun].iter().rposition(|block| block.within == Within::Section);
        let Some(outermost) = outermost.filter(|&index| at <= blocks[index].span.end()) else {
            return self.under_heading(section);
        };
        if let Some(inside) = blocks[outermost..begun].iter().find_map(|block| self.in_diagram(block, at)) {
            return inside;
        }
        let block = &blocks[outermost];
        let is_first = blocks.iter().find(|other| !matches!(other.kind, BlockKind::Html)).map(|first| first.span);
        // Under the title a comment would speak of the whole document; inside the quote it speaks of the quote.
        if matches!(block.kind, BlockKind::Quote) && is_first == Some(block.span) {
            return Place { prefix: "> ".to_owned(), ..self.before_line(block.span.start()) };
        }
        self.before_line(block.span.start())
    }

    /// A line of its own at the top of a mermaid diagram; its front matter must stay first.
    fn in_diagram(&self, block: &Block, at: usize) -> Option<Place> {
        let BlockKind::Code(CodeBlock { language, body, fence: Some(fence), .. }) = &block.kind else { return None };
        let (first, last) = (body.first()?, body.last()?);
        let is_inside = first.start() <= at && at < last.end();
        if !is_inside || !self.text[language.range()].eq_ignore_ascii_case("mermaid") {
            return None;
        }
        let line = line_start(self.text, fence.opening.start());
        let prefix: String = self.text[line..fence.opening.start()]
            .chars()
            .map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' })
            .collect();
        let has_front_matter = self.text[first.range()].trim_start().starts_with("---");
        let insert = match fence.closing.filter(|_| has_front_matter) {
            Some(closing) => line_start(self.text, closing.start()),
            None => line_start(self.text, first.start()),
        };
        Some(Place { insert, before: "", prefix, mark: Mark::Mermaid })
    }

    /// The first thing under a heading speaks of its section, the first thing of all of the document.
    fn under_heading(&self, section: SectionId) -> Place {
        let Some(heading) = &self.document.section(section).heading else {
            let start = self.document.front_matter.as_ref().map_or(0, |front| front.span.end());
            return if start == 0 {
                Place { insert: text_start(self.text), before: "", prefix: String::new(), mark: Mark::Html }
            } else {
                self.below(start)
            };
        };
        self.below(heading.span.end())
    }

    /// On a line of its own below the line in which a byte stands.
    fn below(&self, offset: usize) -> Place {
        let insert = next_line(self.text, offset);
        let is_ended = self.text[offset..insert].ends_with(['\n', '\r']);
        let before = if is_ended { "\n" } else { "\n\n" };
        Place { insert, before, prefix: String::new(), mark: Mark::Html }
    }

    fn before_line(&self, offset: usize) -> Place {
        Place { insert: line_start(self.text, offset), before: "", prefix: String::new(), mark: Mark::Html }
    }

    /// Whether a section holds more than comments: a comment at its end would else be the first thing in it.
    fn holds_something(&self, section: SectionId) -> bool {
        let section = self.document.section(section);
        section.heading.is_some() && section.blocks.iter().any(|block| !matches!(block.kind, BlockKind::Html))
    }
}
