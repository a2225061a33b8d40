//! Templates: what a document must hold, as data.

pub mod builtin;
pub(crate) mod described;
pub mod load;
pub mod model;
pub(crate) mod raw;
pub(crate) mod row;
pub mod skeleton;
