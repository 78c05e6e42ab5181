//! The user's configuration and state folders, by the conventions of the platform.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

/// The name of our folder in each of them.
const NAME: &str = "papers-tui";

/// The folder for configuration; `None` without a home folder.
pub fn configuration() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join(NAME))
}

/// The folder for state; a temporary folder if there is no home folder.
pub fn state() -> PathBuf {
    let state = etcetera::choose_base_strategy().ok().and_then(|base| base.state_dir());
    state.unwrap_or_else(std::env::temp_dir).join(NAME)
}

/// Expands a leading `~` to the home folder.
pub fn expand(path: &str) -> PathBuf {
    match (path.strip_prefix('~'), etcetera::home_dir()) {
        (Some(""), Ok(home)) => home,
        (Some(rest), Ok(home)) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
        _ => PathBuf::from(path),
    }
}

/// Abbreviates the home folder to `~`.
pub fn shortened(path: &Path) -> String {
    let below = etcetera::home_dir().ok().and_then(|home| Some(path.strip_prefix(home).ok()?.to_owned()));
    match below {
        Some(below) if below.as_os_str().is_empty() => "~".to_owned(),
        Some(below) => format!("~/{}", below.display()),
        None => path.display().to_string(),
    }
}
