//! Templates: what a document must hold, as data.

pub mod builtin;
mod extend;
pub mod load;
pub mod model;
pub(crate) mod paths;
pub(crate) mod quoted;
pub mod raw;
pub(crate) mod row;
pub mod skeleton;
