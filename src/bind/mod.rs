//! Which part of a document answers which requirement of its template.

/// What was found where.
#[derive(Debug, Default)]
pub struct Binding {}
