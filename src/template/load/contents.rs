//! What a section must hold, in the order in which the template says it.

use crate::described::{Many, Text};
use crate::template::load::compile::Compiler;
use crate::template::load::{code, diagram, examples, log, tables};
use crate::template::model::Content;
use crate::template::model::blocks::{List, ListKind, Prose};
use crate::template::raw::blocks::{RawCode, RawList, RawProse};
use crate::template::raw::diagram::RawDiagram;
use crate::template::raw::log::RawLog;
use crate::template::raw::table::RawTable;
use crate::template::raw::{Part, RawSection};

/// What a content was read from.
#[derive(Debug, Clone, Copy)]
pub(super) enum RawContent<'r> {
    Prose(&'r RawProse),
    Diagram(&'r RawDiagram),
    Table(&'r RawTable),
    Code(&'r RawCode),
    List(ListKind, &'r RawList),
    Log(&'r RawLog),
}

/// The contents of a section, and what each was read from.
pub(super) fn compile<'r>(
    compiler: &mut Compiler<'_>,
    raw: &'r RawSection,
    title: &str,
) -> (Vec<Content>, Vec<RawContent<'r>>) {
    let mut compiled = Vec::new();
    let mut kept = Vec::new();
    for raw in in_order(raw) {
        let content = match raw {
            RawContent::Prose(raw) => Some(Content::Prose(prose(compiler, raw))),
            RawContent::Diagram(raw) => Some(Content::Diagram(diagram::compile(compiler, raw))),
            RawContent::Table(raw) => tables::compile(compiler, raw, title).map(Content::Table),
            RawContent::Code(raw) => Some(Content::Code(code::compile(compiler, raw))),
            RawContent::List(kind, raw) => Some(Content::List(list(kind, raw))),
            RawContent::Log(raw) => log::compile(compiler, raw).map(Content::Log),
        };
        if let Some(content) = content {
            compiled.push(content);
            kept.push(raw);
        }
    }
    (compiled, kept)
}

/// The contents in the order of the file; what an extending template adds comes behind.
fn in_order(raw: &RawSection) -> Vec<RawContent<'_>> {
    fn nth<T>(many: Option<&Many<T>>, index: usize) -> Option<&T> {
        many?.list.get(index)
    }
    raw.parts()
        .into_iter()
        .filter_map(|(part, index)| match part {
            Part::Prose => nth(raw.prose.as_ref(), index).map(RawContent::Prose),
            Part::Diagram => nth(raw.diagram.as_ref(), index).map(RawContent::Diagram),
            Part::Table => nth(raw.table.as_ref(), index).map(RawContent::Table),
            Part::Code => nth(raw.code.as_ref(), index).map(RawContent::Code),
            Part::Checklist => nth(raw.checklist.as_ref(), index).map(|raw| RawContent::List(ListKind::Checklist, raw)),
            Part::Ordered => nth(raw.ordered_list.as_ref(), index).map(|raw| RawContent::List(ListKind::Ordered, raw)),
            Part::Bullet => nth(raw.bullet_list.as_ref(), index).map(|raw| RawContent::List(ListKind::Bullet, raw)),
            Part::Log => nth(raw.log.as_ref(), index).map(RawContent::Log),
        })
        .collect()
}

/// The text of an example without the line break that long quotes leave at its ends.
pub(super) fn example(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.trim_matches(['\r', '\n']).replace("\r\n", "\n"))
}

fn prose(compiler: &mut Compiler<'_>, raw: &RawProse) -> Prose {
    let sentences = raw.sentences.as_ref().and_then(|range| match *range.value.as_slice() {
        [from, to] if from <= to && to > 0 => Some(from..=to),
        [from, to] if from > to => {
            let message = format!("`sentences` run backwards: from {from} to {to}");
            compiler.mistakes.push(range.origin, message, "here", format!("write `[{to}, {from}]`"));
            None
        }
        _ => {
            let help = "write the least and the most: `sentences = [2, 3]`";
            compiler.mistakes.push(range.origin, "`sentences` must be two numbers", "here", help);
            None
        }
    });
    Prose {
        requirement: Compiler::requirement(raw.origin),
        sentences,
        example: example(raw.example.as_ref()).unwrap_or_else(|| examples::PROSE.to_owned()),
        required: raw.required.unwrap_or(true),
    }
}

fn list(kind: ListKind, raw: &RawList) -> List {
    let min = raw.min.unwrap_or(1) as usize;
    List {
        requirement: Compiler::requirement(raw.origin),
        kind,
        min,
        example: example(raw.example.as_ref()).unwrap_or_else(|| examples::items(kind, min)),
        required: raw.required.unwrap_or(true),
    }
}
