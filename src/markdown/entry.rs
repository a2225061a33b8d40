//! `Key: value` lines, as a header block writes them.
