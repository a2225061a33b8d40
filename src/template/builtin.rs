//! The templates that come with infralint.

use crate::source::Source;

/// Name and text of each.
pub const SOURCES: &[(&str, &str)] = &[
    ("infrastructure", include_str!("../../rules/infrastructure.toml")),
    ("any", include_str!("../../rules/any.toml")),
];

/// The text of a built-in template, for the chain that is loaded.
pub fn builtin(name: &str) -> Option<Source> {
    let (name, text) = SOURCES.iter().find(|(known, _)| *known == name)?;
    Some(Source::new(format!("rules/{name}.toml"), *text))
}
