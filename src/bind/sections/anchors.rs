//! What of the sections is missing, and where to say so: at the heading that a missing one should follow, never at
//! 1:1 or at the end of the file.

use crate::bind::contents::shape;
use crate::bind::model::{Anchor, Match, Side, Target, Waiver};
use crate::bind::sections::Sections;
use crate::markdown::model::trouble::Trouble;
use crate::markdown::model::{BlockId, BlockKind, Document, SectionId};
use crate::span::Span;
use crate::template::model::{Content, SpecId, Template};
use crate::text::normal;

/// What a fence swallowed, and what Markdown shows as something else: it is there, but lost.
#[derive(Default)]
pub(in crate::bind) struct Lost {
    /// Normal names of swallowed headings.
    swallowed: Vec<String>,
    /// The sections in which an unclosed fence or comment begins: their further contents are inside it.
    pub(in crate::bind) fenced: Vec<SectionId>,
    /// Normal names and places of lines that look like headings and are none.
    unshown: Vec<(String, Span)>,
}

impl Lost {
    pub(in crate::bind) fn new(document: &Document, text: &str) -> Self {
        let mut lost = Self::default();
        for trouble in &document.trouble {
            match trouble {
                Trouble::UnclosedFence { opening, swallowed, .. }
                | Trouble::UnclosedComment { opening, swallowed, .. } => {
                    lost.fenced.push(document.section_at(opening.start()));
                    lost.swallowed.extend(swallowed.iter().map(|line| heading_name(&text[line.range()])));
                    // What stands before the first sure one may be a comment; by its name it is what is missing.
                    let first = swallowed.first().map_or(opening.end(), |first| first.start());
                    let before = text.get(opening.end()..first).unwrap_or_default().lines();
                    lost.swallowed.extend(before.filter(|line| line.starts_with('#')).map(heading_name));
                }
                Trouble::LostHeading { span, name, .. } => {
                    lost.unshown.push((heading_name(&text[name.range()]), *span));
                }
                Trouble::Wrapped(_) | Trouble::Conflict { .. } => {}
            }
        }
        lost
    }
}

/// The normal name of a line that looks like a heading: marks and number dropped.
fn heading_name(line: &str) -> String {
    let bare = line.trim_start_matches(['#', ' ', '*', '_']);
    let number = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')').len();
    let name = if number < bare.len() && number > 0 { bare[number..].trim_start() } else { bare };
    normal(name)
}

/// Turns what is not found into missing, not applicable or silent. Parents come before their children.
pub(in crate::bind) fn place(
    template: &Template,
    document: &Document,
    text: &str,
    sections: &mut Sections,
    waivers: &[Waiver],
    lost: &Lost,
) {
    let inside = Inside { template, document, text, lost };
    for (spec, section) in template.sections() {
        if sections.matches[spec.index()] != Match::Silent {
            continue;
        }
        if let Some(waiver) = waiver_of(template, waivers, spec) {
            sections.matches[spec.index()] = Match::NotApplicable(waiver);
            continue;
        }
        let parent_speaks = section.parent.is_some_and(|parent| {
            sections.matches[parent.index()].at().is_none_or(|at| inside.is_unwritten(sections, parent, at))
        });
        let names_it = |name: &String| section.name.is(name) || section.name.lookalikes.contains(name);
        let swallowed = lost.swallowed.iter().any(names_it);
        if section.required && !parent_speaks && !swallowed {
            let anchor = match lost.unshown.iter().find(|(name, _)| names_it(name)) {
                Some(&(_, span)) => Anchor { label: span, side: Side::Lost, insert: span.start() },
                None => inside.anchor(sections, spec),
            };
            sections.matches[spec.index()] = Match::Missing(anchor);
        }
    }
}

/// The waiver that names a section or one above it.
fn waiver_of(template: &Template, waivers: &[Waiver], spec: SpecId) -> Option<usize> {
    let mut current = Some(spec);
    while let Some(id) = current {
        let found = waivers.iter().position(|waiver| waiver.waives(Target::Section(id)));
        if found.is_some() {
            return found;
        }
        current = template.section(id).parent;
    }
    None
}

struct Inside<'a> {
    template: &'a Template,
    document: &'a Document,
    text: &'a str,
    lost: &'a Lost,
}

impl Inside<'_> {
    /// Whether nobody has written yet what a bound section holds, or an unclosed fence hides it.
    fn is_unwritten(&self, sections: &Sections, spec: SpecId, at: SectionId) -> bool {
        sections.is_unwritten(self.document, self.text, spec, at) || self.lost.fenced.contains(&at)
    }

    fn anchor(&self, sections: &Sections, spec: SpecId) -> Anchor {
        let section = self.template.section(spec);
        let before = self.template.sections[..spec.index()].iter().enumerate().rev();
        let sibling = before
            .filter(|(_, other)| other.parent == section.parent)
            .find_map(|(index, _)| sections.matches[index].at().map(|at| (SpecId(index as u32), at)));
        let parent = section.parent.and_then(|parent| sections.matches[parent.index()].at());
        if let Some(parent) = parent
            && let Some(block) = self.content_of(spec, parent)
        {
            let span = self.document.block(block).span.first_line(self.text);
            return Anchor { label: span, side: Side::Content, insert: span.start() };
        }
        if let Some((sibling, at)) = sibling {
            return Anchor {
                label: self.heading_span(at),
                side: Side::After,
                insert: self.end_of(sections, sibling, at),
            };
        }
        if let Some(parent) = parent {
            let label = self.heading_span(parent);
            return Anchor { label, side: Side::Inside, insert: self.document.section(parent).body.end() };
        }
        self.below_title(sections)
    }

    /// A block right under the parent that is what the missing sub-section would hold.
    fn content_of(&self, spec: SpecId, parent: SectionId) -> Option<BlockId> {
        let contents = &self.template.section(spec).contents;
        let parent_spec = self.template.section(spec).parent?;
        let taken = |kind: &Content| {
            self.template
                .section(parent_spec)
                .contents
                .iter()
                .any(|own| std::mem::discriminant(own) == std::mem::discriminant(kind))
        };
        self.document.blocks(parent).map(|(id, _)| id).find(|&id| {
            let block = self.document.block(id);
            contents.iter().any(|content| {
                let is_it = match content {
                    Content::Table(_) => shape::has_all_columns(content, &[id], self.document, self.text),
                    Content::Prose(_) | Content::Log(_) => false,
                    _ => shape::is_kind(content, block, self.text),
                };
                is_it && !taken(content)
            })
        })
    }

    /// Without a section before it, it belongs below the title: before the first heading behind.
    fn below_title(&self, sections: &Sections) -> Anchor {
        let title = sections.title.unwrap_or(SectionId::TOP);
        let insert = self.document.section(title).body.end();
        let label = if let Some(heading) = &self.document.section(title).heading {
            heading.text
        } else {
            let first = self.document.headings().next().map(|(_, heading)| heading.span);
            let block = self.document.sections.first().and_then(|top| top.blocks.first()).map(|block| block.span);
            block.or(first).unwrap_or(self.document.section(title).body).first_line(self.text)
        };
        Anchor { label, side: Side::After, insert }
    }

    fn heading_span(&self, at: SectionId) -> Span {
        self.document.section(at).heading.as_ref().map_or(Span::default(), |heading| heading.text)
    }

    fn end_of(&self, sections: &Sections, spec: SpecId, at: SectionId) -> usize {
        let end = sections.extents[spec.index()].map_or(at.index() + 1, |(_, end)| end);
        self.document.sections[end - 1].body.end()
    }
}

/// The place inside a section where something that it lacks would stand.
pub(in crate::bind) fn inside(document: &Document, at: SectionId) -> Anchor {
    let section = document.section(at);
    let label = section.heading.as_ref().map_or(section.body.head(), |heading| heading.text);
    let end =
        section.blocks.iter().rev().find(|block| !matches!(block.kind, BlockKind::Rule)).map(|block| block.span.end());
    Anchor { label, side: Side::Inside, insert: end.unwrap_or(section.body.start()) }
}
