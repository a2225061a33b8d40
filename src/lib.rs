//! infralint lints infrastructure specs written in Markdown.

pub mod diagnostic;
pub mod excerpt;
pub mod fix;
pub mod mermaid;
pub mod severity;
pub mod source;
pub mod span;
pub mod text;
