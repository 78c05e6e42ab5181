//! Settings of the interface, filled in by the caller.

use std::path::PathBuf;
use std::sync::Arc;

use super::loader::LoadOptions;
use crate::app::keys::keymap::Keymap;
use crate::app::screen::layout::Sizes;
use crate::app::{App, EditOptions};
use crate::log::dialect::Dialect;
use crate::log::topics::ConfiguredTopics;
use crate::review;
use crate::words::Language;

/// Settings of the interface.
#[derive(Debug, Clone)]
pub struct InterfaceSettings {
    /// The interface language.
    pub language: Language,
    /// Whether the language was set explicitly. If it comes from the locale instead, a language chosen in the
    /// interface is remembered.
    pub names_language: bool,
    /// Key bindings.
    pub keymap: Keymap,
    /// How changes are written to the log.
    pub habits: EditOptions,
    /// The log dialect from the configuration.
    pub dialect: Arc<Dialect>,
    /// Research topics from the configuration, in addition to the log's own.
    pub topics: Arc<ConfiguredTopics>,
    /// Review settings.
    pub review: review::ReviewSettings,
    /// Pane sizes.
    pub sizes: Sizes,
    /// Whether to capture the mouse.
    pub mouse: bool,
    /// Memory limit for encoded pictures, in bytes.
    pub cache: usize,
    /// Folders to search for PDFs, relative to the log's folder; if there are none, the log's folder itself.
    pub pdf_folders: Vec<PathBuf>,
    /// The editor's command line; if empty, taken from the environment.
    pub editor: Vec<String>,
    /// The command line that opens files and URLs; if empty, the system's default.
    pub opener: Vec<String>,
    /// Where to keep the files that otherwise go beside the log.
    pub sidecars: Option<PathBuf>,
    /// The folder for sessions; `None` if sessions are not kept.
    pub sessions: Option<PathBuf>,
    /// The folder for recent logs and appearance; `None` if they are not kept.
    pub state: Option<PathBuf>,
}

impl InterfaceSettings {
    /// The options for reading logs.
    pub(super) fn load_options(&self) -> LoadOptions {
        LoadOptions { dialect: Arc::clone(&self.dialect), sidecars: self.sidecars.clone() }
    }

    /// Applies the settings to the application.
    pub fn apply(&self, app: &mut App) {
        app.language = self.language;
        app.keymap.clone_from(&self.keymap);
        app.edit_options.clone_from(&self.habits);
        app.topics = Arc::clone(&self.topics);
        app.reviewing.settings = self.review;
        app.sizes = self.sizes;
    }
}
