//! `infralint completions` and `infralint man`: generated from the command line itself.

use clap::CommandFactory;

use crate::cli::CLEAN;
use crate::cli::args::{Arguments, Completions};
use crate::cli::stop::Outcome;
use crate::cli::streams::Streams;

/// Runs `infralint completions`.
pub(in crate::cli) fn completions(arguments: &Completions, streams: &mut Streams) -> Outcome {
    // The generator expects a writer that never fails: a closed pipe must not panic in it.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "infralint", &mut script);
    streams.out.write_all(&script)?;
    Ok(CLEAN)
}

/// Runs `infralint man`: the page of the command itself, and one section a sub-command.
pub(in crate::cli) fn man(streams: &mut Streams) -> Outcome {
    let mut command = Arguments::command();
    command.build();
    let page = clap_mangen::Man::new(command.clone());
    page.render(&mut streams.out)?;
    for sub in command.get_subcommands() {
        let name = format!("infralint {}", sub.get_name());
        let page = clap_mangen::Man::new(sub.clone());
        writeln!(streams.out, ".SH \"{}\"", name.to_uppercase())?;
        page.render_synopsis_section(&mut streams.out)?;
        page.render_description_section(&mut streams.out)?;
        page.render_options_section(&mut streams.out)?;
    }
    Ok(CLEAN)
}
