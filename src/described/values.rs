//! The plain kinds: texts, numbers, yes or no, lists, tables with keys of the author's own.

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::described::reader::{Node, Reader};
use crate::described::schema::Definitions;
use crate::described::{At, Described, Keyed, Many};
use crate::severity::Severity;

impl Described for String {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let read = node.value.as_str().map(str::to_owned);
        if read.is_none() {
            reader.wrong_kind(node, "a text", &format!("put it in quotes: `{} = \"...\"`", node.key));
        }
        read
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "string" })
    }
}

impl Described for bool {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let read = node.value.as_bool();
        if read.is_none() {
            reader.wrong_kind(
                node,
                "`true` or `false`",
                &format!("write `{} = true` or `{} = false`", node.key, node.key),
            );
        }
        read
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "boolean" })
    }
}

impl Described for u32 {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let read = match node.value {
            DeValue::Integer(number) => u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok(),
            _ => None,
        };
        if read.is_none() {
            reader.wrong_kind(
                node,
                "a whole number",
                &format!("write it in digits, without quotes: `{} = 2`", node.key),
            );
        }
        read
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl Described for Severity {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let all = [Self::Off, Self::Info, Self::Warning, Self::Error].map(|level| (level.name(), level));
        reader.word(node, &all)
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "enum": Self::NAMES })
    }
}

impl<T: Described> Described for At<T> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(|value| Self { value, origin: node.origin })
    }

    fn schema(definitions: &mut Definitions) -> Value {
        T::schema(definitions)
    }
}

/// A list; where it is said again, the new one counts.
impl<T: Described> Described for Vec<T> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(items) = node.value.as_array() else {
            let help = match node.value {
                DeValue::Table(_) => format!("put its name in double brackets: `[[{}]]`", node.key),
                _ => format!("put it in brackets: `{} = [...]`", node.key),
            };
            reader.wrong_kind(node, "a list", &help);
            return None;
        };
        // What cannot be read has been told; the others are read all the same.
        Some(items.iter().filter_map(|item| T::read(reader.node(node.key, item), reader)).collect())
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({ "type": "array", "items": T::schema(definitions) })
    }
}

impl<T: Described> Described for Many<T> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value {
            DeValue::Array(_) => Vec::read(node, reader).map(|list| Self { list }),
            _ => T::read(node, reader).map(|one| Self { list: vec![one] }),
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        let one = T::schema(definitions);
        json!({ "anyOf": [one.clone(), { "type": "array", "items": one }] })
    }

    /// The first changes the first, and so on; what is left over is new.
    fn overlay(self, over: Self) -> Self {
        let mut base = self.list.into_iter();
        let mut list: Vec<T> = over
            .list
            .into_iter()
            .map(|over| match base.next() {
                Some(base) => base.overlay(over),
                None => over,
            })
            .collect();
        list.extend(base);
        Self { list }
    }
}

impl<T: Described> Described for Keyed<T> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let entries = reader.table(node, "a table")?;
        let read = entries.all().filter_map(|(key, origin, value)| {
            let read = T::read(reader.node(key, value), reader)?;
            Some((At { value: key.to_owned(), origin }, read))
        });
        Some(Self { entries: read.collect() })
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({ "type": "object", "additionalProperties": T::schema(definitions) })
    }

    /// Key by key; new keys come last.
    fn overlay(self, over: Self) -> Self {
        let mut entries: Vec<(At<String>, Option<T>)> =
            self.entries.into_iter().map(|(key, value)| (key, Some(value))).collect();
        for (key, value) in over.entries {
            match entries.iter_mut().find(|(known, _)| known.value == key.value) {
                Some((_, slot)) => {
                    *slot = Some(match slot.take() {
                        Some(base) => base.overlay(value),
                        None => value,
                    });
                }
                None => entries.push((key, Some(value))),
            }
        }
        let kept = entries.into_iter().filter_map(|(key, value)| Some((key, value?)));
        Self { entries: kept.collect() }
    }
}
