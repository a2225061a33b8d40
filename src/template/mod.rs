//! Templates: what a document must hold, as data.

#[allow(missing_docs, clippy::all, clippy::pedantic, clippy::unwrap_used)]
pub mod load;
pub mod model;
