//! Values that have meaning: dates, versions, amounts. Each type says what it understood, or that it did not; what is
//! not understood is not compared.

pub mod date;
pub mod version;
