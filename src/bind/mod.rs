//! Which part of a document answers which requirement of its template. Rules read the result and never search.

pub mod model;
