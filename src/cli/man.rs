//! `papers-tui man`: prints the manual pages.

use clap_mangen::Man;

use super::print::Printer;
use super::{Outcome, language};
use crate::say;
use crate::words::Language;

/// Headings that `clap_mangen` writes in English, and what Chinese manual pages call these sections.
const HEADINGS: [(&str, &str); 5] =
    [("NAME", "名称"), ("SYNOPSIS", "概述"), ("DESCRIPTION", "描述"), ("EXTRA", "补充说明"), ("VERSION", "版本")];

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
    let text = String::from_utf8_lossy(&text);
    match language {
        Language::English => out.document(&text)?,
        Language::Chinese => out.document(&with_chinese_headings(&text))?,
    }
    Ok(Outcome::Done)
}

/// Translates the headings of a page in roff; the other headings come from the help, which is Chinese already.
fn with_chinese_headings(page: &str) -> String {
    let translated = |line: &str| {
        let heading = line.trim_end().strip_prefix(".SH ");
        let known = HEADINGS.iter().find(|(english, _)| heading == Some(*english));
        known.map_or_else(|| line.to_owned(), |(_, chinese)| format!(".SH {chinese}\n"))
    };
    page.split_inclusive('\n').map(translated).collect()
}
