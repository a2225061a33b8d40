//! Templates: what a document must hold, as data.

pub mod model;
