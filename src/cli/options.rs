//! Options that may be set in the environment too.

use clap::ValueEnum;

use super::arguments::Cli;
use super::environment::{self, choice, variable};
use super::language::Lang;
use crate::say;
use crate::tui::protocol::PictureSetting;
use crate::words::Language;

/// How figures may be shown.
const PICTURES: [&str; 6] = ["auto", "off", "kitty", "sixel", "iterm2", "halfblocks"];

/// Fills in the options that were not given from the environment.
///
/// # Errors
/// If a variable has an invalid value. The error names the variable.
pub fn fill(cli: &mut Cli, language: Language) -> anyhow::Result<()> {
    cli.default_log = cli.default_log.take().or_else(environment::log);
    let pictures = |text: &str| text.parse::<PictureSetting>().ok();
    if cli.pictures.is_none() {
        cli.pictures = choice("PAPERS_TUI_PICTURES", &PICTURES, pictures, language)?;
    }
    choice("PAPERS_TUI_LANG", &["en", "zh"], |text| Lang::from_str(text, true).ok(), language)?;
    if let Some(text) = variable("PAPERS_TUI_WATCH")
        && text.to_str().is_none_or(|text| text.parse::<u64>().is_err())
    {
        let text = text.to_string_lossy();
        anyhow::bail!(say!(
            language,
            "PAPERS_TUI_WATCH: “{text}” is not a number of seconds",
            "PAPERS_TUI_WATCH：“{text}”不是秒数"
        ));
    }
    Ok(())
}
