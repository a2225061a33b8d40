//! What a fix promises: alone it removes its finding and adds none, and all that it does not touch stays.

use std::ops::Range;

use infralint::diagnostic::{Diagnostic, Report};
use infralint::fix::{Edit, Fix, apply};
use infralint::markdown::model::{BlockKind, Section, Within};
use infralint::reading::Reading;

use crate::Bench;
use crate::defects::Defect;
use crate::support;

/// What is found in a mixture of defects where one of them is left out, for each.
pub(crate) struct Without(Vec<Report>);

impl Without {
    pub(crate) fn new(bench: &Bench, made: &[Defect]) -> Self {
        let without = |left: usize| {
            let others = made.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, defect)| *defect);
            bench.check(&bench.broken(&others.collect::<Vec<_>>()).0).1
        };
        Self((0..made.len()).map(without).collect())
    }

    /// Whether a finding is there, too, where the defect that another one speaks of was never made.
    fn explain(&self, new: &Diagnostic, mended: &Diagnostic) -> bool {
        let finds = |report: &Report, like: &dyn Fn(&Diagnostic) -> bool| report.diagnostics.iter().any(like);
        let never_made = |report: &&Report| !finds(report, &|found| found.fingerprint == mended.fingerprint);
        let alike = |found: &Diagnostic| found.rule == new.rule && asked(found) == asked(new);
        self.0.iter().filter(never_made).any(|report| finds(report, &alike))
    }
}

fn asked(found: &Diagnostic) -> Option<&str> {
    found.finding.required_by.as_ref().map(|requirement| &*requirement.path)
}

/// Bytes of a text.
type Place = Range<usize>;

/// Where the bytes of a text went.
struct Moved<'a> {
    fix: &'a Fix,
    /// What the fix wrote, in the new text.
    written: Vec<Place>,
}

impl<'a> Moved<'a> {
    fn new(fix: &'a Fix) -> Self {
        let (mut written, mut shift) = (Vec::new(), 0);
        for edit in &fix.edits {
            let start = shifted(edit.span.start(), shift);
            written.push(start..start + edit.text.len());
            shift += grows(edit);
        }
        Self { fix, written }
    }

    /// Where a place of the old text is in the new one; none where an edit lies in it.
    fn place(&self, place: Place) -> Option<Place> {
        let lies_in = |edit: Place| {
            edit.start < place.end && place.start < edit.end
                || edit.is_empty() && place.start < edit.start && edit.start < place.end
        };
        if self.fix.edits.iter().any(|edit| lies_in(edit.span.range())) {
            return None;
        }
        let before = self.fix.edits.iter().filter(|edit| edit.span.end() <= place.start);
        let shift = before.map(grows).sum();
        Some(shifted(place.start, shift)..shifted(place.end, shift))
    }

    /// Whether it is new: what is only written otherwise was there.
    fn is_inserted(&self, place: &Place) -> bool {
        let mut inserted = self.written.iter().zip(&self.fix.edits).filter(|(_, edit)| edit.span.is_empty());
        inserted.any(|(written, _)| written.start <= place.start && place.end <= written.end)
    }

    fn is_written(&self, place: &Place) -> bool {
        self.written.iter().any(|written| written.start <= place.start && place.end <= written.end)
    }
}

fn shifted(offset: usize, by: isize) -> usize {
    offset.checked_add_signed(by).expect("it stays in the text")
}

fn grows(edit: &Edit) -> isize {
    edit.text.len().cast_signed() - edit.span.len().cast_signed()
}

fn at(found: &Diagnostic) -> Place {
    found.finding.at.span.range()
}

/// Whether two places share a byte, or are the same.
fn overlap(a: &Place, b: &Place) -> bool {
    a == b || a.start < b.end && b.start < a.end
}

/// A fix alone removes its finding and adds none, but for
///
/// - placeholders in what it wrote, which are for the author to fill in;
/// - a comment that is corrected, and turns out to silence nothing: nobody could tell while it named no rule;
/// - what hid behind the finding ("Who wins"): it stands in what the fix did not insert, and is found for the same
///   requirement in the mixture without the defect that is mended.
pub(crate) fn assert_promise(
    bench: &Bench,
    text: &str,
    before: &Report,
    broken: &Diagnostic,
    fix: &Fix,
    without: &Without,
) {
    let (mended, count) = apply(text, [fix]);
    assert_eq!(count, 1);
    let (_, after) = bench.check(&mended);
    let moved = Moved::new(fix);
    let mut others: Vec<&Diagnostic> =
        before.diagnostics.iter().filter(|other| !std::ptr::eq(*other, broken)).collect();
    let mut new: Vec<&Diagnostic> = after.diagnostics.iter().collect();
    // The surest likeness first: of two that are alike, each is one.
    let likeness: [fn(&Moved, &Diagnostic, &Diagnostic) -> bool; 5] = [
        |moved, old, new| moved.place(at(old)) == Some(at(new)) && old.finding.message == new.finding.message,
        |_, old, new| old.finding.message == new.finding.message,
        |_, old, new| old.fingerprint == new.fingerprint,
        |moved, old, new| moved.place(at(old)).is_some_and(|place| overlap(&place, &at(new))),
        |_, old, new| asked(old).is_some() && asked(old) == asked(new),
    ];
    for alike in likeness {
        new.retain(|new| {
            let found = others.iter().position(|old| old.rule == new.rule && alike(&moved, old, new));
            found.map(|at| others.remove(at)).is_none()
        });
    }
    let was_open = |place: &Place| {
        let open = before.diagnostics.iter().filter(|other| other.rule == "placeholder-text");
        open.flat_map(|open| std::iter::once(&open.finding.at).chain(&open.finding.also))
            .any(|label| moved.place(label.span.range()).as_ref() == Some(place))
    };
    new.retain(|new| {
        let at = at(new);
        let is_to_write = new.rule == "placeholder-text"
            && moved.is_written(&at)
            && new
                .finding
                .also
                .iter()
                .map(|label| label.span.range())
                .all(|also| moved.is_written(&also) || was_open(&also));
        let hid = !moved.is_inserted(&at) && new.rule != broken.rule && without.explain(new, broken);
        let is_idle = broken.rule == "invalid-directive"
            && new.rule == "unused-directive"
            && moved.written.iter().any(|written| overlap(written, &at));
        !is_to_write && !is_idle && !hid
    });
    let left: Vec<_> = new.iter().map(|new| (new.rule, &new.finding.message)).collect();
    assert!(
        left.is_empty(),
        "the fix of {:?} {:?} adds, or leaves, {left:?}:\n{}\n--- {fix:?}\n--- text:\n{mended}",
        broken.rule,
        broken.finding.message,
        bench.findings(&mended)
    );
}

/// A heading or a block: where it stands, under which heading, and what was understood of it.
struct Piece {
    place: Place,
    owner: Option<Place>,
    says: String,
}

fn pieces(reading: &Reading) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let heading = |section: &Section| section.heading.as_ref().map(|heading| heading.span.range());
    for section in &reading.document.sections {
        let parent = section.parent.and_then(|parent| heading(reading.document.section(parent)));
        if let Some(heading) = &section.heading {
            let says = format!("heading {} {:?}", heading.level, heading.normal);
            pieces.push(Piece { place: heading.span.range(), owner: parent, says });
        }
        for block in section.blocks.iter().filter(|block| block.within == Within::Section) {
            let says = match &block.kind {
                BlockKind::Table(table) => {
                    let rows: Vec<u32> = table.rows.iter().map(|row| row.written).collect();
                    format!("table of {} columns, broken {}, rows {rows:?}", table.columns(), table.broken.is_some())
                }
                BlockKind::Code(code) => format!("code {}", reading.source.slice(code.language)),
                BlockKind::List(list) => {
                    let tasks = list.items.iter().filter(|item| item.task.is_some()).count();
                    format!("list from {:?}, {} items, {tasks} tasks", list.start, list.items.len())
                }
                other => format!("{other:?}"),
            };
            let owner = heading(section);
            pieces.push(Piece {
                place: block.span.range(),
                owner,
                says: format!("{says}: {}", reading.source.slice(block.span)),
            });
        }
    }
    pieces
}

/// Bytes outside the edits stay, and what no edit touches parses as before, where it stood before: in its order, and
/// under its heading unless the fix makes, moves or names headings. Nothing comes in but where the fix writes.
pub(crate) fn assert_nothing_else_changes(text: &str, rule: &str, fix: &Fix) {
    let (mended, _) = apply(text, [fix]);
    let mut by_hand = text.to_owned();
    for edit in fix.edits.iter().rev() {
        by_hand.replace_range(edit.span.range(), &edit.text);
    }
    assert_eq!(mended, by_hand);
    // What stood in a fence or a comment becomes a part of the document.
    if matches!(rule, "wrapped-document" | "unclosed-fence" | "unclosed-comment") {
        return;
    }
    let moved = Moved::new(fix);
    let touched = |place: &Place, edit: &Place| edit.start <= place.end && place.start <= edit.end;
    let before: Vec<Piece> = pieces(&support::read("a.md", text))
        .into_iter()
        .filter(|piece| !fix.edits.iter().any(|edit| touched(&piece.place, &edit.span.range())))
        .collect();
    let after: Vec<Piece> = pieces(&support::read("a.md", mended.as_str()))
        .into_iter()
        .filter(|piece| !moved.written.iter().any(|written| touched(&piece.place, written)))
        .collect();
    let makes_headings = matches!(rule, "missing-section" | "misplaced-section" | "missing-title" | "broken-table");
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(
            moved.place(old.place.clone()),
            Some(new.place.clone()),
            "{} or {}\n--- {fix:?}\n{mended}",
            old.says,
            new.says
        );
        assert_eq!(old.says, new.says, "{fix:?}\n{mended}");
        let owner = old.owner.clone().map(|owner| moved.place(owner));
        let is_owned = owner.is_none_or(|owner| owner.is_none() || owner == new.owner);
        assert!(makes_headings || is_owned, "{}\n{fix:?}\n{mended}", old.says);
    }
    assert_eq!(before.len(), after.len(), "{fix:?}\n{mended}");
}
