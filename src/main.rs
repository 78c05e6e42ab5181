//! argv → command line → exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    papers_tui::cli::main()
}
