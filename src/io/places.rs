//! Where the user's own files are, as the platform has it.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

/// The folder's name in each of them.
const NAME: &str = "papers-tui";

/// The folder of the configuration, if there is a home.
pub fn configuration() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join(NAME))
}

/// The folder for what is kept from run to run; a temporary one where there is no home.
pub fn state() -> PathBuf {
    let state = etcetera::choose_base_strategy().ok().and_then(|base| base.state_dir());
    state.unwrap_or_else(std::env::temp_dir).join(NAME)
}

/// A path as it is written in a configuration: `~` before it stands for the home folder.
pub fn expand(path: &str) -> PathBuf {
    match (path.strip_prefix('~'), etcetera::home_dir()) {
        (Some(""), Ok(home)) => home,
        (Some(rest), Ok(home)) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
        _ => PathBuf::from(path),
    }
}

/// A path as people write it: `~` for the home folder.
pub fn shortened(path: &Path) -> String {
    let below = etcetera::home_dir().ok().and_then(|home| Some(path.strip_prefix(home).ok()?.to_owned()));
    match below {
        Some(below) if below.as_os_str().is_empty() => "~".to_owned(),
        Some(below) => format!("~/{}", below.display()),
        None => path.display().to_string(),
    }
}
