//! infralint lints infrastructure specs written in Markdown.

pub mod bind;
pub mod diagnostic;
pub mod directive;
pub mod excerpt;
pub mod fix;
pub mod lint;
pub mod markdown;
pub mod mermaid;
pub mod reading;
pub mod rule;
pub mod rules;
pub mod settings;
pub mod severity;
pub mod source;
pub mod span;
pub mod surroundings;
pub mod template;
pub mod text;
pub mod values;
pub mod yaml;
