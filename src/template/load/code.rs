//! Code blocks and the values that are read from them.

use crate::described::Text;
use crate::template::load::compile::{Compiler, Contents};
use crate::template::load::contents::{RawContent, example};
use crate::template::load::kinds::KindKeys;
use crate::template::load::names::Claims;
use crate::template::load::references::table_of;
use crate::template::model::blocks::{Code, CodeValue};
use crate::template::model::table::ColumnId;
use crate::template::model::{Content, Section};
use crate::template::raw::blocks::RawCode;

/// A code block; its relations come later.
pub(super) fn compile(compiler: &mut Compiler<'_>, raw: &RawCode) -> Code {
    let entries = || raw.values.iter().flat_map(|values| &values.entries);
    let names: Vec<_> =
        entries().map(|(key, value)| (key.value.as_str(), key.origin, value.aliases.as_ref(), None)).collect();
    Claims::new("value").all(compiler.mistakes, &names);
    let values = entries()
        .map(|(key, value)| {
            let aliases = value.aliases.iter().flatten().map(|alias| alias.value.clone());
            CodeValue {
                requirement: Compiler::requirement(key.origin),
                keys: std::iter::once(key.value.clone()).chain(aliases).collect(),
                kind: compiler.kind(KindKeys {
                    kind: value.kind.as_ref(),
                    values: value.values.as_ref(),
                    value_aliases: None,
                    format: value.format.as_ref(),
                    pattern: value.pattern.as_ref(),
                    open: None,
                }),
                required: value.required.unwrap_or(true),
                equals: None,
                at_least: None,
                at_most: None,
            }
        })
        .collect();
    Code {
        requirement: Compiler::requirement(raw.origin),
        languages: raw.languages.iter().flatten().map(|language| language.value.clone()).collect(),
        values,
        example: example(raw.example.as_ref()).unwrap_or_default(),
        required: raw.required.unwrap_or(true),
    }
}

/// Resolves what the values refer to.
pub(super) fn relate(compiler: &mut Compiler<'_>, sections: &mut [Section], contents: &Contents<'_>) {
    for (section, raws) in contents.iter().enumerate() {
        for (content, raw) in raws.iter().enumerate() {
            let RawContent::Code(raw) = raw else { continue };
            let entries = raw.values.iter().flat_map(|values| &values.entries);
            for (index, (_, value)) in entries.enumerate() {
                let equals = value.equals.as_ref().and_then(|text| compiler.column(sections, text));
                let kind_of = |id: &ColumnId| {
                    table_of(sections, id.table).and_then(|table| table.columns[id.column].kind.clone())
                };
                let theirs = equals.as_ref().map(kind_of);
                let Content::Code(code) = &mut sections[section].contents[content] else { continue };
                let own = code.values[index].kind.clone();
                if let (Some(text), Some(theirs)) = (&value.equals, theirs) {
                    compiler.comparable(text, own.as_ref(), theirs.as_ref());
                }
                let keys: Vec<&str> =
                    code.values.iter().filter_map(|value| value.keys.first()).map(String::as_str).collect();
                let mut other = |text: &Option<Text>| {
                    let text = text.as_ref()?;
                    let found = keys.iter().position(|key| *key == text.value);
                    if found.is_none() {
                        compiler.not_here(text, format!("this block has no value `{}`", text.value), &keys);
                    }
                    if let Some(other) = found {
                        compiler.comparable(text, own.as_ref(), code.values[other].kind.as_ref());
                    }
                    found
                };
                let (at_least, at_most) = (other(&value.at_least), other(&value.at_most));
                let target = &mut code.values[index];
                (target.equals, target.at_least, target.at_most) = (equals, at_least, at_most);
            }
        }
    }
}
