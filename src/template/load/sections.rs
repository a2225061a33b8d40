//! Sections: headings as they look, parents by level, names that are claimed once.

use crate::described::Text;
use crate::template::load::compile::{Compiler, Contents};
use crate::template::load::contents;
use crate::template::load::names::{Claims, name};
use crate::template::model::{Section, SpecId};
use crate::template::raw::{RawSection, RawTemplate};

/// All sections, and beside each what its contents were read from.
pub(super) fn compile<'r>(compiler: &mut Compiler<'_>, raw: &'r RawTemplate) -> (Vec<Section>, Contents<'r>) {
    let mut sections: Vec<Section> = Vec::new();
    let mut contents: Contents<'r> = Vec::new();
    let mut raws: Vec<(&RawSection, &Text)> = Vec::new();
    // The open headings: level and section.
    let mut open: Vec<(u8, SpecId)> = Vec::new();
    for raw in raw.section.iter().flat_map(|sections| &sections.list) {
        let Some(heading) = &raw.heading else {
            if raw.change.is_some() {
                continue;
            }
            let help = "write it as it looks in the document: `heading = \"## Overview\"`";
            compiler.mistakes.push_shaky(raw.origin, "a section needs `heading`", "it is missing here", help);
            continue;
        };
        let Some((level, shown)) = read_heading(compiler, heading) else { continue };
        while open.last().is_some_and(|&(above, _)| above >= level) {
            open.pop();
        }
        let parent = open.last().map(|&(_, section)| section);
        if parent.is_none() && level > 2 {
            let message = format!("`{}` stands under no section", heading.value.trim());
            let help = format!("put the `##` that it belongs to above it, or write `## {shown}`");
            compiler.mistakes.push_shaky(heading.origin, message, "here", help);
        }
        let id = SpecId(sections.len() as u32);
        open.push((level, id));
        if let Some(parent) = parent {
            sections[parent.index()].parts.push(id);
        }
        let (compiled, kept) = contents::compile(compiler, raw, shown);
        sections.push(Section {
            requirement: Compiler::requirement(heading.origin),
            name: name(shown, raw.aliases.as_ref(), raw.lookalikes.as_ref()),
            level,
            parent,
            parts: Vec::new(),
            required: raw.required.unwrap_or(true),
            essential: raw.essential.unwrap_or(false),
            last: raw.last.as_ref().is_some_and(|last| last.value),
            repeatable: raw.repeatable.unwrap_or(false),
            contents: compiled,
        });
        contents.push(kept);
        raws.push((raw, heading));
    }
    check_last(compiler, &sections, &raws);
    check_names(compiler, &sections, &raws);
    (sections, contents)
}

/// Those that stand below no other one.
pub(super) fn tops(sections: &[Section]) -> Vec<SpecId> {
    let tops = sections.iter().enumerate().filter(|(_, section)| section.parent.is_none());
    tops.map(|(index, _)| SpecId(index as u32)).collect()
}

/// Level and name of a heading.
fn read_heading<'t>(compiler: &mut Compiler<'_>, heading: &'t Text) -> Option<(u8, &'t str)> {
    let written = heading.value.trim();
    let level = written.len() - written.trim_start_matches('#').len();
    let shown = written[level..].trim();
    let number =
        shown.split_once(". ").filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    let (message, help) = match level {
        _ if shown.is_empty() => (format!("`{written}` names no section"), "write it as `## Overview`".to_owned()),
        0 => (format!("`{written}` is no heading"), format!("write it as it looks in the document: `## {written}`")),
        1 => (
            format!("`{written}` is a title, not a section"),
            format!("write `## {shown}`; the title has a key of its own: `title = \"{written}\"`"),
        ),
        7.. => (format!("`{written}` is too deep: there are six levels"), format!("write `###### {shown}`")),
        _ => match number {
            Some((_, bare)) => (
                format!("`{written}` carries a number"),
                format!("write `{} {bare}`: documents number their sections as they like", "#".repeat(level)),
            ),
            None => return Some((level as u8, shown)),
        },
    };
    compiler.mistakes.push_shaky(heading.origin, message, "here", help);
    None
}

fn check_last(compiler: &mut Compiler<'_>, sections: &[Section], raws: &[(&RawSection, &Text)]) {
    let mut last: Option<usize> = None;
    for (index, section) in sections.iter().enumerate().filter(|(_, section)| section.last) {
        let Some(key) = &raws[index].0.last else { continue };
        if let Some(parent) = section.parent {
            let message = format!(
                "`{}` cannot be last: it stands in `{}`",
                section.name.shown,
                sections[parent.index()].name.shown
            );
            compiler.mistakes.push(key.origin, message, "here", "only a section of the highest level can be last");
        } else if let Some(other) = last {
            let message = format!("`{}` and `{}` cannot both be last", sections[other].name.shown, section.name.shown);
            compiler.mistakes.push(key.origin, message, "the second one", "remove `last` from one of them");
        } else {
            last = Some(index);
        }
    }
}

fn check_names(compiler: &mut Compiler<'_>, sections: &[Section], raws: &[(&RawSection, &Text)]) {
    let mut parents: Vec<Option<SpecId>> = sections.iter().map(|section| section.parent).collect();
    parents.sort_unstable();
    parents.dedup();
    for parent in parents {
        let children: Vec<_> = sections
            .iter()
            .zip(raws)
            .filter(|(section, _)| section.parent == parent)
            .map(|(section, (raw, heading))| {
                (section.name.shown.as_str(), heading.origin, raw.aliases.as_ref(), raw.lookalikes.as_ref())
            })
            .collect();
        Claims::new("section").all(compiler.mistakes, &children);
    }
}
