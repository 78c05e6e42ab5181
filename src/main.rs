//! The `papers-tui` program; see [`papers_tui::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    papers_tui::cli::main()
}
