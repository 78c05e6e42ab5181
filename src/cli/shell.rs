//! What shells and the system's manual are given: completions and a man page.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Outcome};

/// Writes the script that completes the command line in a shell.
pub fn completions(shell: Shell, out: &mut impl Write) -> anyhow::Result<Outcome> {
    // Written into memory first: the generator ends the program when its reader has gone.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "papers-tui", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Done)
}

/// Writes the man page.
pub fn man(out: &mut impl Write) -> anyhow::Result<Outcome> {
    clap_mangen::Man::new(Cli::command()).render(out)?;
    Ok(Outcome::Done)
}
