//! JSON Schema (draft 7, which editors of TOML understand best) of described files.

use serde_json::{Map, Value, json};

use crate::described::{Described, Need};

/// The schemas of tables by name, each written once.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    by_name: Map<String, Value>,
}

/// A key of a table: its name, its docs, whether it must be there, and its schema.
type Key<'a> = (&'a str, &'a str, Need, fn(&mut Definitions) -> Value);

/// The schema of a whole file.
pub(crate) fn of<T: Described>(title: &str, id: &str) -> Value {
    let mut definitions = Definitions::default();
    let root = T::schema(&mut definitions);
    // Beside `$ref` draft 7 ignores everything, the definitions too.
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": id,
        "title": title,
        "allOf": [root],
        "definitions": definitions.by_name,
    })
}

impl Definitions {
    /// Defines a table where it is met for the first time, and refers to it.
    pub(crate) fn object(&mut self, name: &str, docs: &str, keys: &[Key<'_>]) -> Value {
        let name = name.strip_prefix("Raw").unwrap_or(name);
        if !self.by_name.contains_key(name) {
            // Holds its place, should it refer to itself.
            self.by_name.insert(name.to_owned(), Value::Null);
            let mut properties = Map::new();
            for (key, about, _, schema) in keys {
                properties.insert((*key).to_owned(), described(about, schema(self)));
            }
            let required: Vec<&str> =
                keys.iter().filter(|(.., need, _)| *need == Need::Must).map(|(key, ..)| *key).collect();
            let mut definition = json!({ "description": prose(docs), "type": "object" });
            if !required.is_empty() {
                definition["required"] = json!(required);
            }
            definition["additionalProperties"] = json!(false);
            definition["properties"] = Value::Object(properties);
            self.by_name.insert(name.to_owned(), definition);
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }
}

/// The schema of a choice of words.
pub(crate) fn choice(words: &[(&str, &str)]) -> Value {
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let docs: Vec<String> = words.iter().map(|(word, about)| format!("{word}: {}", prose(about))).collect();
    json!({ "enum": names, "description": docs.join(" ") })
}

/// A schema with the docs of the key in front. Beside `$ref` draft 7 ignores everything, so that is wrapped.
fn described(about: &str, schema: Value) -> Value {
    let mut out = Map::new();
    out.insert("description".to_owned(), Value::String(prose(about)));
    match schema {
        Value::Object(schema) if schema.contains_key("$ref") => {
            out.insert("allOf".to_owned(), json!([schema]));
        }
        Value::Object(schema) => {
            for (key, value) in schema {
                match (key.as_str(), &value) {
                    ("description", Value::String(more)) => {
                        out.insert(key, Value::String(format!("{} {more}", prose(about))));
                    }
                    _ => {
                        out.insert(key, value);
                    }
                }
            }
        }
        _ => {}
    }
    Value::Object(out)
}

/// The lines of a doc comment as one.
fn prose(docs: &str) -> String {
    docs.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
