//! infralint lints infrastructure specs written in Markdown.

pub mod diagnostic;
pub mod directive;
pub mod excerpt;
pub mod fix;
pub mod markdown;
pub mod severity;
pub mod source;
pub mod span;
pub mod template;
pub mod text;
