//! Code blocks and the values that are read from them.

use crate::template::load::compile::{Compiler, Contents, table_of};
use crate::template::load::contents::{RawContent, example};
use crate::template::load::kinds::KindKeys;
use crate::template::load::names::Claims;
use crate::template::model::{Code, CodeValue, ColumnId, Content, Section};
use crate::template::raw::{RawCode, Text};

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
                let equals = value.equals.as_ref().and_then(|text| column(compiler, sections, text));
                let Content::Code(code) = &mut sections[section].contents[content] else { continue };
                let keys: Vec<&str> =
                    code.values.iter().filter_map(|value| value.keys.first()).map(String::as_str).collect();
                let mut other = |text: &Option<Text>| {
                    let text = text.as_ref()?;
                    let found = keys.iter().position(|key| *key == text.value);
                    if found.is_none() {
                        compiler.unresolved(text, format!("this block has no value `{}`", text.value), &keys);
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

/// The column that `scaling.Min` names.
pub(super) fn column(compiler: &mut Compiler<'_>, sections: &[Section], text: &Text) -> Option<ColumnId> {
    let (id, name) = compiler.dotted(text, "scaling.Min")?;
    let table = compiler.id(&id, "table")?;
    let Some(target) = table_of(sections, table) else {
        compiler.unresolved(&id, format!("`{}` is no table", id.value), &[]);
        return None;
    };
    let found = target.columns.iter().position(|column| column.name.shown == name.value);
    if found.is_none() {
        let known: Vec<&str> = target.columns.iter().map(|column| column.name.shown.as_str()).collect();
        compiler.unresolved(&name, format!("the table `{}` has no column `{}`", id.value, name.value), &known);
    }
    found.map(|column| ColumnId { table, column })
}
