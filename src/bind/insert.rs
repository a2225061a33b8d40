//! Puts blocks into a text, so that blank lines part them from what stands above and below.

use crate::bind::bound::Bound;
use crate::bind::lines::{before_break, line_start};
use crate::bind::log::fresh;
use crate::bind::model::{Anchor, FoundForm, HeaderState, Target};
use crate::bind::sections::numbers::Numbers;
use crate::bind::sections::renumber::renumber;
use crate::bind::sections::style::{level_for, style_for};
use crate::bind::tables::unused_columns;
use crate::fix::{Edit, Fix, Safety};
use crate::markdown::model::trouble::Trouble;
use crate::markdown::model::{BlockKind, SectionId};
use crate::span::Span;
use crate::template::model::{Content, ContentId, SpecId};
use crate::template::skeleton::{self, Omitted, Style};
use jiff::civil::Date;

/// Replaces a span by blocks, with a blank line above and below them. Where the span is empty they are inserted.
pub(crate) fn blocks(text: &str, span: Span, body: &str) -> Edit {
    let above = text[..span.start()].trim_start_matches('\u{feff}');
    let before = match breaks_at_end(above) {
        _ if above.trim().is_empty() => "",
        0 => "\n\n",
        1 => "\n",
        _ => "",
    };
    let below = &text[span.end()..];
    let after = match breaks_at_start(below) {
        _ if below.is_empty() => "\n",
        _ if below.trim().is_empty() => "",
        0 => "\n\n",
        1 => "\n",
        _ => "",
    };
    Edit { span, text: format!("{before}{body}{after}") }
}

/// How many line breaks (up to two) end a text, blanks between them aside.
fn breaks_at_end(text: &str) -> usize {
    let rest = text.trim_end_matches([' ', '\t']);
    let Some(line) = rest.strip_suffix('\n').map(|rest| rest.strip_suffix('\r').unwrap_or(rest)) else { return 0 };
    if line.trim_end_matches([' ', '\t']).ends_with('\n') { 2 } else { 1 }
}

/// How many line breaks (up to two) begin a text.
fn breaks_at_start(text: &str) -> usize {
    let rest = text.trim_start_matches([' ', '\t']);
    let Some(line) = rest.strip_prefix('\r').unwrap_or(rest).strip_prefix('\n') else { return 0 };
    let next = line.trim_start_matches([' ', '\t', '\r']);
    if next.starts_with('\n') { 2 } else { 1 }
}

/// Inserts what a template asks for into a document.
#[derive(Clone, Copy)]
pub(crate) struct Inserter<'a> {
    pub(crate) bound: Bound<'a>,
    pub(crate) today: Option<Date>,
}

impl Inserter<'_> {
    /// Inserts missing sections of one place, in the order of the template, their numbers counting up; those behind
    /// them count on.
    pub(crate) fn sections(self, specs: &[SpecId], anchor: Anchor) -> Option<Vec<Edit>> {
        if specs.iter().any(|&spec| self.stands_elsewhere(spec)) {
            return None;
        }
        let is_top = specs.iter().any(|&spec| self.bound.template.section(spec).parent.is_none());
        let first = *specs.first()?;
        let last = specs.iter().any(|&spec| self.bound.template.section(spec).last);
        let place = if is_top { anchor.insert } else { self.above_rule(anchor.insert) };
        let at = if last { self.end()? } else { self.above_comments(place) };
        if self.is_swallowed(anchor, at) {
            return None;
        }
        let number = self.numbers().new_at(first, at).filter(|_| is_top);
        let mut style = Style { number, ..self.style(first) };
        let mut parts = Vec::new();
        for &spec in specs {
            parts.push(self.section(spec, style));
            style.number = style.number.map(|number| number.saturating_add(1));
        }
        let has_rules = is_top && self.parts_with_rules();
        let mut body = parts.join(if has_rules { "\n\n---\n\n" } else { "\n\n" });
        let above = self.bound.text[..at].trim_end();
        if has_rules {
            // A rule stands between two sections, wherever the new ones come in.
            let has_rule_above = above.ends_with("---") || above.ends_with("***") || above.ends_with("___");
            if !has_rule_above {
                body = format!("---\n\n{body}");
            }
            if !self.bound.text[at..].trim().is_empty() {
                body.push_str("\n\n---");
            }
        }
        self.counting_on(blocks(self.bound.text, Span::at(at), &body), number, specs.len())
    }

    /// With the numbers of what stands behind an edit that brings in so many sections, beginning with a number.
    fn counting_on(self, edit: Edit, first: Option<u32>, count: usize) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        if let Some(first) = first {
            let behind = self.numbers().behind(edit.span.end(), first, u32::try_from(count).ok()?);
            (_, edits) = renumber(self.bound, &behind)?;
        }
        edits.push(edit);
        Some(edits)
    }

    fn numbers(&self) -> Numbers<'_> {
        Numbers { template: self.bound.template, binding: self.bound.binding, document: self.bound.document }
    }

    /// Inserts something that a section must hold. Nothing where the document has no use for a part of the template's
    /// drawing: what is left of it is for the author to draw.
    pub(crate) fn block(self, id: ContentId, anchor: Anchor) -> Option<Fix> {
        let is_cut = self.waived().any(|target| match target {
            Target::Layer(of, _) | Target::Element(of, ..) | Target::Zones(of, _) | Target::Flow(of, _) => of == id,
            _ => false,
        });
        if is_cut {
            return None;
        }
        let (style, omitted) = (self.style(id.section), self.omitted());
        let body =
            self.agreeing(id.section, |today| skeleton::content(self.bound.template, id, style, today, &omitted));
        Fix::new(Safety::Unsafe, vec![blocks(self.bound.text, Span::at(anchor.insert), &body)])
    }

    fn section(self, spec: SpecId, style: Style) -> String {
        let omitted = self.omitted();
        self.agreeing(spec, |today| skeleton::section(self.bound.template, spec, style, today, &omitted))
    }

    fn waived(self) -> impl Iterator<Item = Target> {
        self.bound.binding.waivers.iter().flat_map(|waiver| &waiver.names).filter_map(|name| name.target)
    }

    /// What the document calls not applicable, and columns named after what it does not have.
    fn omitted(self) -> Vec<Omitted> {
        let waived = self.waived().filter_map(|target| match target {
            Target::Section(id) => Some(Omitted::Section(id)),
            Target::Content(id) => Some(Omitted::Content(id)),
            Target::Column(id, column) => Some(Omitted::Column(id, column)),
            Target::Row(id, row) => Some(Omitted::Row(id, row)),
            Target::Header | Target::Layer(..) | Target::Element(..) | Target::Zones(..) | Target::Flow(..) => None,
        });
        let mut omitted: Vec<Omitted> = waived.collect();
        for (id, wanted) in self.bound.template.tables() {
            // A list that is missing, too, comes with all its rows.
            let listed = wanted.columns_refer_to.and_then(|other| self.bound.binding.content(other).table.as_ref());
            if listed.is_some() {
                let unused = unused_columns(self.bound.template, wanted, listed);
                omitted.extend(unused.into_iter().map(|column| Omitted::Column(id, column)));
            }
        }
        omitted
    }

    /// A skeleton with what the header says of the newest entry.
    fn agreeing(self, spec: SpecId, skeleton: impl FnOnce(Option<Date>) -> String) -> String {
        let fresh::Entry { day, version } =
            fresh::entry(self.bound.template, self.bound.binding, self.bound.text, spec);
        let whole = skeleton(day.or(self.today));
        fresh::with_version(self.bound.template, spec, whole, version.as_deref().unwrap_or("X.Y.Z"))
    }

    fn style(self, spec: SpecId) -> Style {
        style_for(self.bound.template, self.bound.binding, self.bound.document, self.bound.text, spec)
    }

    /// Puts a heading above what stands at the place.
    pub(crate) fn heading(self, spec: SpecId, anchor: Anchor, line: &str) -> Option<Vec<Edit>> {
        self.counting_on(
            blocks(self.bound.text, Span::at(self.above_comments(anchor.insert)), line),
            self.style(spec).number,
            1,
        )
    }

    /// Writes a heading in the place of what Markdown does not take for one.
    pub(crate) fn lost_heading(self, spec: SpecId, lost: Span, line: &str) -> Option<Vec<Edit>> {
        self.counting_on(blocks(self.bound.text, lost, line), self.style(spec).number, 1)
    }

    /// What an empty section must hold, below its heading and the comments that stand first.
    pub(crate) fn content(self, spec: SpecId, at: SectionId) -> Option<Edit> {
        let whole = self.section(spec, self.style(spec));
        let (_, body) = whole.split_once("\n\n")?;
        let section = self.bound.document.section(at);
        let comments = section.blocks.iter().take_while(|block| matches!(block.kind, BlockKind::Html));
        let above = comments.last().map(|block| block.span).or_else(|| Some(section.heading.as_ref()?.span))?;
        Some(blocks(self.bound.text, above.tail(), body))
    }

    /// The end of the text; above a version block that stands there as a footer, for it would get lost in the middle.
    /// Nowhere while that has a heading of its own: it goes to the top first.
    fn end(self) -> Option<usize> {
        let HeaderState::WrongForm { span, form: FoundForm::Footer, .. } = self.bound.binding.header.state else {
            return Some(self.bound.text.len());
        };
        let start = line_start(self.bound.text, span.start());
        let above = self.bound.text[..start].trim_end();
        let rule = line_start(self.bound.text, above.len());
        match above[rule..].trim() {
            "---" => Some(rule),
            line if line.starts_with('#') => None,
            _ => Some(start),
        }
    }

    /// Whether a part of a missing section goes by its name somewhere else: then it is to be moved, not written again.
    fn stands_elsewhere(self, spec: SpecId) -> bool {
        self.bound.template.parts(Some(spec)).any(|(_, part)| {
            let mut left =
                self.bound.document.headings().filter(|(id, _)| self.bound.binding.answers[id.index()].is_none());
            left.any(|(_, heading)| part.name.is(&heading.normal))
        })
    }

    /// Whether a fence that runs on too far stands between the section that something should follow and its place,
    /// which then is none: first that fence must be closed.
    fn is_swallowed(self, anchor: Anchor, at: usize) -> bool {
        self.bound.document.trouble.iter().any(|trouble| match trouble {
            Trouble::UnclosedFence { opening, .. } | Trouble::UnclosedComment { opening, .. } => {
                (anchor.label.start()..at).contains(&opening.start())
            }
            Trouble::LostHeading { .. } | Trouble::Wrapped(_) | Trouble::Conflict { .. } => false,
        })
    }

    /// Whether something that answers nothing stands where a section belongs: it may be that section by another name.
    pub(crate) fn stands_otherwise(self, spec: SpecId, anchor: Anchor) -> bool {
        let level = level_for(self.bound.template, self.bound.binding, spec);
        let behind = self.bound.document.headings().filter(|(_, heading)| heading.span.start() >= anchor.insert);
        let mut strangers = behind
            .take_while(|(id, heading)| self.bound.binding.answers[id.index()].is_none() && heading.level >= level);
        strangers.any(|(_, heading)| heading.level == level) || self.stands_in_parent(spec)
    }

    /// Whether a table that answers nothing stands right under the section around one that must hold a table.
    fn stands_in_parent(self, spec: SpecId) -> bool {
        let section = self.bound.template.section(spec);
        let asks = section.contents.iter().any(|content| matches!(content, Content::Table(_)));
        let parent = section.parent.and_then(|parent| self.bound.binding.section(parent).at()).filter(|_| asks);
        let answers = |id| self.bound.binding.contents.all().iter().any(|content| content.found.at() == Some(id));
        let mut blocks = parent.into_iter().flat_map(|parent| self.bound.document.blocks(parent));
        blocks.any(|(id, block)| matches!(block.kind, BlockKind::Table(_)) && !answers(id))
    }

    /// Whether the document puts a rule between its sections.
    fn parts_with_rules(self) -> bool {
        let ends = self
            .bound
            .template
            .tops
            .iter()
            .filter_map(|&id| self.bound.binding.section(id).at())
            .filter(|at| at.index() > 1);
        // What stands above a section ends with the rule.
        ends.map(|at| &self.bound.document.sections[at.index() - 1])
            .any(|above| above.blocks.last().is_some_and(|block| matches!(block.kind, BlockKind::Rule)))
    }

    /// Above the rule that ends the section before a place: it ends the section around it, too.
    fn above_rule(self, offset: usize) -> usize {
        let above = self.bound.document.section(self.bound.document.section_at(offset.saturating_sub(1)));
        let rule = above.blocks.last().filter(|block| matches!(block.kind, BlockKind::Rule));
        rule.map(|block| block.span.start()).filter(|&start| start < offset).unwrap_or(offset)
    }

    /// The start of the line, where the place is before its text; above comments that stand right over it, for they
    /// speak of what follows.
    fn above_comments(self, offset: usize) -> usize {
        let mut at = line_start(self.bound.text, offset);
        if !self.bound.text[at..offset].trim().is_empty() {
            // The last line of the text, without a line break.
            return offset;
        }
        loop {
            let start = line_start(self.bound.text, before_break(self.bound.text, at));
            let line = self.bound.text[start..at].trim();
            if !(line.starts_with("<!--") && line.ends_with("-->")) {
                return at;
            }
            at = start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_blocks_from_their_neighbours() {
        for (text, at, expected) in [
            ("", 0, "X\n"),
            ("\u{feff}", 3, "\u{feff}X\n"),
            ("a", 1, "a\n\nX\n"),
            ("a\n", 2, "a\n\nX\n"),
            ("a\n\n", 3, "a\n\nX\n"),
            ("a\n\nb\n", 3, "a\n\nX\n\nb\n"),
            ("a\r\n\r\nb", 5, "a\r\n\r\nX\n\nb"),
            ("# a\n# b", 4, "# a\n\nX\n\n# b"),
            ("# a\n\n# b", 3, "# a\n\nX\n\n# b"),
            ("# a\n# b", 3, "# a\n\nX\n\n# b"),
        ] {
            let edit = blocks(text, Span::at(at), "X");
            assert_eq!(format!("{}{}{}", &text[..at], edit.text, &text[at..]), expected, "{text:?} at {at}");
        }
    }
}
