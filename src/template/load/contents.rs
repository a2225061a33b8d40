//! What a section must hold, in the order in which the template says it.

use crate::diagnostic::Origin;
use crate::template::load::compile::Compiler;
use crate::template::load::{code, diagram, examples, log, tables};
use crate::template::model::{Content, List, ListKind, Prose};
use crate::template::raw::{RawCode, RawDiagram, RawList, RawLog, RawProse, RawSection, RawTable, Text};

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

impl RawContent<'_> {
    fn origin(&self) -> Origin {
        match self {
            Self::Prose(raw) => raw.origin,
            Self::Diagram(raw) => raw.origin,
            Self::Table(raw) => raw.origin,
            Self::Code(raw) => raw.origin,
            Self::List(_, raw) => raw.origin,
            Self::Log(raw) => raw.origin,
        }
    }
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
pub(super) fn in_order(raw: &RawSection) -> Vec<RawContent<'_>> {
    let mut all: Vec<RawContent> = Vec::new();
    all.extend(raw.prose.iter().flat_map(|many| &many.list).map(RawContent::Prose));
    all.extend(raw.diagram.iter().flat_map(|many| &many.list).map(RawContent::Diagram));
    all.extend(raw.table.iter().flat_map(|many| &many.list).map(RawContent::Table));
    all.extend(raw.code.iter().flat_map(|many| &many.list).map(RawContent::Code));
    for (kind, many) in [
        (ListKind::Checklist, &raw.checklist),
        (ListKind::Ordered, &raw.ordered_list),
        (ListKind::Bullet, &raw.bullet_list),
    ] {
        all.extend(many.iter().flat_map(|many| &many.list).map(|raw| RawContent::List(kind, raw)));
    }
    all.extend(raw.log.iter().flat_map(|many| &many.list).map(RawContent::Log));
    all.sort_by_key(|content| {
        let Origin { source, span } = content.origin();
        (std::cmp::Reverse(source), span)
    });
    all
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
