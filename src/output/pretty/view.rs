//! The lines around a finding as miette asks for them: an excerpt in which each line is harmless and short.
//!
//! miette counts columns in bytes, prints every byte as it is and every line whole, and searches a source from its
//! start for every label. So it never sees the source, only this excerpt.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::output::harmless;
use crate::source::Source;
use crate::span::Span;

/// A line longer than this is shown in part, in characters.
const WIDEST: usize = 160;
/// So much of a long line is shown before its first label, in characters.
const LEAD: usize = 40;
/// A label over more lines than this is shown at its first line only.
const TALLEST: usize = 5;
/// So many lines are shown around a label.
pub(super) const CONTEXT: usize = 1;

/// Lines of one or more sources, one after another.
#[derive(Debug, Default)]
pub(super) struct View {
    text: String,
    lines: Vec<Line>,
    parts: Vec<Part>,
}

/// A line of the excerpt.
#[derive(Debug)]
struct Line {
    /// In the excerpt, its line break included.
    range: Range<usize>,
    /// In the source, from 0.
    number: usize,
    /// Where the part of it that is shown begins in the source, in bytes.
    from: usize,
    /// How many bytes of the excerpt stand before that part: the `…` of a cut.
    mark: usize,
    /// How many characters of the line are cut off before that part.
    hidden: usize,
}

/// Lines that follow each other in one source.
#[derive(Debug)]
struct Part {
    /// Indices into [`View::lines`].
    lines: Range<usize>,
    /// The name of the source.
    name: String,
}

impl View {
    /// Adds the lines around some labels of one source. Returns where the labels stand in the excerpt.
    pub(super) fn add(&mut self, source: &Source, labels: &[Span]) -> Vec<Range<usize>> {
        let labels: Vec<Span> = labels.iter().map(|&label| tamed(source, label)).collect();
        let last = source.line_count() - 1;
        let mut wanted: Vec<usize> = labels
            .iter()
            .flat_map(|label| {
                let (from, to) = (source.line_of(label.start()), source.line_of(label.end()));
                from.saturating_sub(CONTEXT)..=(to + CONTEXT).min(last)
            })
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let first = self.lines.len();
        for &number in &wanted {
            let follows = self.lines.len() > first && self.lines[self.lines.len() - 1].number + 1 == number;
            if !follows {
                let lines = self.lines.len()..self.lines.len();
                self.parts.push(Part { lines, name: harmless::line(source.name()).into_owned() });
            }
            self.add_line(source, number, &labels);
            if let Some(part) = self.parts.last_mut() {
                part.lines.end = self.lines.len();
            }
        }
        labels
            .iter()
            .map(|label| self.place(source, first, label.start())..self.place(source, first, label.end()))
            .collect()
    }

    fn add_line(&mut self, source: &Source, number: usize, labels: &[Span]) {
        let span = source.line_span(number);
        let whole = source.slice(span);
        let shown = window(whole, span, labels);
        let start = self.text.len();
        if shown.start > 0 {
            self.text.push('…');
        }
        let mark = self.text.len() - start;
        self.text.push_str(&harmless::text(&whole[shown.clone()]));
        if shown.end < whole.len() {
            self.text.push('…');
        }
        self.text.push('\n');
        self.lines.push(Line {
            range: start..self.text.len(),
            number,
            from: span.start() + shown.start,
            mark,
            hidden: whole[..shown.start].chars().count() - usize::from(mark > 0),
        });
    }

    /// Where a byte of the source stands in the excerpt; what is cut off stands at the cut.
    fn place(&self, source: &Source, first: usize, offset: usize) -> usize {
        let number = source.line_of(offset);
        let lines = &self.lines[first..];
        let index = lines.partition_point(|line| line.number < number).min(lines.len() - 1);
        let line = &lines[index];
        let behind = (line.range.start + line.mark + offset.saturating_sub(line.from)).min(line.range.end - 1);
        // A cut may fall within the last character that is shown, `…`.
        (0..=behind).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.range.start <= offset).saturating_sub(1)
    }
}

/// A label that people can look at: within the text, without the line break at its end, and not over many lines.
fn tamed(source: &Source, label: Span) -> Span {
    let length = source.text().len();
    debug_assert!(label.end() <= length, "a label lies within its source");
    let (start, end) = (label.start().min(length), label.end().min(length));
    let (first, last) = (source.line_of(start), source.line_of(end));
    let visible = source.line_span(first);
    if last - first >= TALLEST {
        return Span::new(start, visible.end().max(start));
    }
    let trimmed = source.text()[start..end].trim_end_matches(['\n', '\r']).len();
    Span::new(start, start + trimmed)
}

/// Which part of a line is shown, in bytes of the line.
fn window(line: &str, span: Span, labels: &[Span]) -> Range<usize> {
    // A line of few bytes has few characters: the usual case costs no counting.
    if line.len() <= WIDEST || line.chars().count() <= WIDEST {
        return 0..line.len();
    }
    let here = labels.iter().filter(|label| label.start() >= span.start() && label.start() <= span.end());
    let wanted = here.map(|label| label.start() - span.start()).min().unwrap_or(0);
    let before = line[..wanted].char_indices().rev().take(LEAD).last().map_or(wanted, |(at, _)| at);
    let start = if line[..before].chars().nth(1).is_some() { before } else { 0 };
    let end = line[start..].char_indices().nth(WIDEST).map_or(line.len(), |(at, _)| start + at);
    start..end
}

impl SourceCode for View {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        if self.lines.is_empty() || end > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let (first, last) = (self.line_at(start), self.line_at(end));
        let part = self.parts.iter().find(|part| part.lines.contains(&first)).ok_or(MietteError::OutOfBounds)?;
        if !part.lines.contains(&last) {
            return Err(MietteError::OutOfBounds);
        }
        let name = part.name.clone();
        let contents = if before == 0 && after == 0 {
            // Asked for the place itself, to print it: columns are characters of the source.
            let line = &self.lines[first];
            let column = line.hidden + self.text[line.range.start..start].chars().count();
            MietteSpanContents::new_named(
                name,
                &self.text.as_bytes()[start..end],
                *span,
                line.number,
                column,
                last - first + 1,
            )
        } else {
            let first = first.saturating_sub(before).max(part.lines.start);
            let last = (last + after).min(part.lines.end - 1);
            let range = self.lines[first].range.start..self.lines[last].range.end;
            MietteSpanContents::new_named(
                name,
                &self.text.as_bytes()[range.clone()],
                (range.start, range.len()).into(),
                self.lines[first].number,
                0,
                last - first + 1,
            )
        };
        Ok(Box::new(contents))
    }
}
