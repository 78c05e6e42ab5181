//! Settings of the interface, filled in by the caller.

use std::path::PathBuf;
use std::sync::Arc;

use super::loader::LoadOptions;
use crate::app::keys::keymap::Keymap;
use crate::app::screen::layout::Sizes;
use crate::app::{App, EditOptions};
use crate::log::dialect::Dialect;
use crate::log::tracks::Topics;
use crate::review;
use crate::words::Language;

/// Settings of the interface.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The interface language.
    pub language: Language,
    /// Whether it was set explicitly. If it comes from the locale, a language chosen in the interface is kept.
    pub names_language: bool,
    /// Key bindings.
    pub keymap: Keymap,
    /// How changes are written to the log.
    pub habits: EditOptions,
    /// The log dialect from the configuration.
    pub dialect: Arc<Dialect>,
    /// Topics from the configuration, in addition to the log's own tracks.
    pub topics: Arc<Topics>,
    /// Review settings.
    pub review: review::Settings,
    /// Pane sizes.
    pub sizes: Sizes,
    /// Whether to capture the mouse.
    pub mouse: bool,
    /// Memory limit for encoded pictures, in bytes.
    pub cache: usize,
    /// Folders to search for PDFs, relative to the log's folder; if empty, that folder itself.
    pub pdf_folders: Vec<PathBuf>,
    /// The editor's command line; if empty, as in the environment.
    pub editor: Vec<String>,
    /// The command line that opens files and addresses; if empty, the system's default.
    pub opener: Vec<String>,
    /// A folder for the files that are otherwise kept beside the log.
    pub sidecars: Option<PathBuf>,
    /// The folder for sessions; `None` does not restore them.
    pub sessions: Option<PathBuf>,
    /// The folder for recent logs and appearance; `None` does not keep them.
    pub state: Option<PathBuf>,
}

impl Settings {
    /// The options for reading logs.
    pub(super) fn load_options(&self) -> LoadOptions {
        LoadOptions { dialect: Arc::clone(&self.dialect), sidecars: self.sidecars.clone() }
    }

    /// Passes the application its settings.
    pub fn apply(&self, app: &mut App) {
        app.set_language(self.language);
        app.keymap.clone_from(&self.keymap);
        app.edit_options.clone_from(&self.habits);
        app.topics = Arc::clone(&self.topics);
        app.reviewing.settings = self.review;
        app.sizes = self.sizes;
    }
}
