//! The `infralint` command.

use std::process::ExitCode;

/// A document is many small things for a short time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(infralint::cli::main())
}
