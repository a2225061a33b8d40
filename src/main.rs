//! The `infralint` command.

fn main() {}
