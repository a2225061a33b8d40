//! `infralint.toml`: which documents are held to which template, and how bad each finding is.

pub mod load;
pub mod model;
pub mod raw;
