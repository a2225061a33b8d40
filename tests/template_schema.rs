//! The JSON Schema of templates: generated, up to date, and of one mind with the loader.

mod support;

use infralint::source::Source;
use infralint::template::load::load;
use infralint::template::raw::schema;
use serde_json::{Map, Value};

fn pretty(schema: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(schema).expect("a value is JSON"))
}

#[test]
fn the_committed_schema_is_up_to_date() {
    let path = support::root().join("rules/template.schema.json");
    let wanted = pretty(&schema());
    if std::env::var_os("INFRALINT_UPDATE").is_some() {
        std::fs::write(&path, &wanted).expect("rules/ can be written");
    }
    assert!(support::text_of(&path) == wanted, "INFRALINT_UPDATE=1 cargo test rewrites rules/template.schema.json");
}

/// A TOML text as the JSON that editors check.
fn json(text: &str) -> Value {
    let table: toml::Table = text.parse().expect("it is TOML");
    serde_json::to_value(table).expect("TOML is JSON, but for dates")
}

#[test]
fn the_built_in_templates_are_valid_by_the_schema() {
    let schema = schema();
    jsonschema::meta::validate(&schema).expect("the schema is one");
    let validator = jsonschema::validator_for(&schema).expect("the schema compiles");
    let mut texts: Vec<String> =
        infralint::template::builtin::SOURCES.iter().map(|(_, text)| (*text).to_owned()).collect();
    for folder in ["fixtures/templates", "fixtures/templates/extends"] {
        let files = support::files(&support::root().join(folder));
        texts.extend(files.iter().filter(|path| path.is_file()).map(|path| support::text_of(path)));
    }
    for text in texts {
        let told: Vec<String> =
            validator.iter_errors(&json(&text)).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(told.is_empty(), "{}: {told:#?}", text.lines().take(5).collect::<Vec<_>>().join(" "));
    }
}

#[test]
fn the_schema_refuses_keys_that_the_loader_refuses() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema compiles");
    for file in ["keys.toml", "header.toml", "severity.toml"] {
        let path = support::root().join("fixtures/templates/mistakes").join(file);
        let refused = file == "keys.toml";
        assert_eq!(!validator.is_valid(&json(&support::text_of(&path))), refused, "{file}");
    }
}

/// Every key of the schema is a key of the loader: with a value of no kind that any key accepts, the loader speaks of
/// the value, and never says that there is no such key.
#[test]
fn every_key_of_the_schema_is_read() {
    let schema = schema();
    let definitions = schema["definitions"].as_object().expect("definitions");
    let places: Map<String, Value> = serde_json::from_value(serde_json::json!({
        "Template": "", "AppliesTo": "[applies-to]\n", "Header": "[header]\n", "Field": "[[header.field]]\n",
        "Section": "[[section]]\n", "Prose": "[[section]]\n[section.prose]\n",
        "List": "[[section]]\n[section.checklist]\n", "Code": "[[section]]\n[section.code]\n",
        "Value": "[[section]]\n[section.code.values.x]\n", "Diagram": "[[section]]\n[section.diagram]\n",
        "Layer": "[[section]]\n[section.diagram]\n[[section.diagram.layers]]\n",
        "Zones": "[[section]]\n[section.diagram]\n[[section.diagram.layers]]\n[section.diagram.layers.zones]\n",
        "Table": "[[section]]\n[[section.table]]\n", "Column": "[[section]]\n[[section.table]]\n[section.table.columns.x]\n",
        "Row": "[[section]]\n[[section.table]]\n[section.table.rows.x]\n", "Log": "[[section]]\n[section.log]\n",
        "LogColumn": "[[section]]\n[section.log]\n[section.log.columns.x]\n"
    }))
    .expect("a map");
    assert_eq!(definitions.keys().collect::<Vec<_>>().len(), places.len(), "{:?}", definitions.keys());
    for (name, definition) in definitions {
        let place = places[name].as_str().expect("a text");
        let keys = definition["properties"].as_object().expect("properties");
        for key in keys.keys() {
            let text = format!("{place}{key} = 1979-05-27\n");
            let mistakes = load(vec![Source::new("t.toml", text.clone())], &[]).expect_err("a date is nowhere right");
            let unknown = mistakes.iter().find(|mistake| mistake.message.contains("is no key of"));
            assert_eq!(unknown, None, "{text}");
            let spoken = mistakes.iter().any(|mistake| mistake.message.starts_with(&format!("`{key}` ")));
            assert!(spoken, "{text}: {mistakes:#?}");
        }
        let text = format!("{place}banana = 1979-05-27\n");
        let mistakes = load(vec![Source::new("t.toml", text.clone())], &[]).expect_err("there is no such key");
        assert!(mistakes.iter().any(|mistake| mistake.message.contains("`banana` is no key of")), "{text}");
    }
}
