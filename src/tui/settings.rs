//! What the user wants of the panes, by whoever starts them.

use std::path::PathBuf;
use std::sync::Arc;

use super::loader::Manner;
use crate::app::keys::keymap::Keymap;
use crate::app::screen::layout::Sizes;
use crate::app::{App, Habits};
use crate::log::dialect::Dialect;
use crate::log::tracks::Topics;
use crate::review;
use crate::words::Language;

/// Settings of the panes.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The language of the interface.
    pub language: Language,
    /// Whether that was asked for, by whatever; else it is the locale's, and another may be chosen for good.
    pub names_language: bool,
    /// Which keys do what.
    pub keymap: Keymap,
    /// How changes are made.
    pub habits: Habits,
    /// What the user has said of how logs are written.
    pub dialect: Arc<Dialect>,
    /// Fields that the user follows, beside those of the log.
    pub topics: Arc<Topics>,
    /// How the user reviews.
    pub review: review::Settings,
    /// Columns of the panes.
    pub sizes: Sizes,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Bytes that pictures may take which are ready to be drawn.
    pub cache: usize,
    /// Where PDFs are looked for, from the log's folder on; none: in that folder.
    pub pdf_folders: Vec<PathBuf>,
    /// The words that run the editor; none: as the environment says.
    pub editor: Vec<String>,
    /// The words that run what opens things outside; none: as the system has it.
    pub opener: Vec<String>,
    /// The folder for what is otherwise kept beside the log.
    pub sidecars: Option<PathBuf>,
    /// The folder for where logs were left; none: they open as they did the first time.
    pub sessions: Option<PathBuf>,
    /// The folder for which logs were opened lately, and for how the panes look; none: that is not kept.
    pub state: Option<PathBuf>,
}

impl Settings {
    /// How logs are read.
    pub(super) fn manner(&self) -> Manner {
        Manner { dialect: Arc::clone(&self.dialect), sidecars: self.sidecars.clone() }
    }

    /// Gives the application what concerns it.
    pub fn apply(&self, app: &mut App) {
        app.set_language(self.language);
        app.keymap.clone_from(&self.keymap);
        app.habits.clone_from(&self.habits);
        app.topics = Arc::clone(&self.topics);
        app.reviewing.settings = self.review;
        app.sizes = self.sizes;
    }
}
