//! The `infralint` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(infralint::cli::main())
}
