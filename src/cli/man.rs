//! `papers-tui man`: prints the manual pages.

use clap_mangen::Man;

use super::print::Printer;
use super::{Outcome, language};
use crate::say;
use crate::words::Language;

/// Prints the manual page of the program or, if `name` is given, of that command.
pub fn run(name: Option<&str>, language: Language, out: &mut Printer) -> anyhow::Result<Outcome> {
    let mut command = language::command(language);
    command.build();
    let page = match name {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone(),
            None => anyhow::bail!(say!(language, "unknown command “{name}”", "没有命令“{name}”")),
        },
    };
    let mut text = Vec::new();
    Man::new(page).render(&mut text)?;
    out.document(&String::from_utf8_lossy(&text))?;
    Ok(Outcome::Done)
}
