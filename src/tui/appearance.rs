//! The initial theme and language: from the configuration, or else the last choice made in the interface. Choices are
//! stored at exit, ignoring errors and without waiting for a slow disk.

use std::path::PathBuf;
use std::sync::mpsc;

use super::session::MOMENT;
use super::settings::InterfaceSettings;
use crate::io::appearance::Appearance;
use crate::io::sidecar::{Document, Sidecar};
use crate::io::store::RetryPolicy;
use crate::ui::theme::choice::AUTO;
use crate::words::Language;

/// The initial appearance.
#[derive(Debug)]
pub(super) struct InitialAppearance {
    pub theme: String,
    pub language: Language,
    /// The theme named in the configuration, if any.
    named: Option<String>,
    /// Whether the configuration sets the language.
    names_language: bool,
    /// The folder where choices are stored, or `None` if they are not stored.
    folder: Option<PathBuf>,
}

impl InitialAppearance {
    /// Combines settings and stored choices; `named` is the theme named in the configuration.
    pub fn new(named: Option<String>, settings: &InterfaceSettings) -> Self {
        let folder = settings.state.clone();
        let loaded = folder.as_ref().and_then(|folder| sidecar(folder.clone()).load().ok());
        let kept = loaded.map(|loaded| loaded.document).unwrap_or_default();
        let language = kept.language.filter(|_| !settings.names_language);
        Self {
            theme: named.clone().or(kept.theme).unwrap_or_else(|| AUTO.to_owned()),
            language: language.map_or(settings.language, |code| Language::of_locale(&code)),
            named,
            names_language: settings.names_language,
            folder,
        }
    }

    /// The theme that the next start will use regardless of the current choice; `None` if the choice is kept.
    pub fn fixed_theme(&self) -> Option<String> {
        self.named.clone().or_else(|| self.folder.is_none().then(|| AUTO.to_owned()))
    }

    /// Whether the next start ignores a language chosen now.
    pub fn is_language_fixed(&self) -> bool {
        self.names_language || self.folder.is_none()
    }

    /// Stores choices that have changed, without waiting for a disk that does not respond.
    pub fn keep(self, theme: &str, language: Language) {
        let theme = (self.named.is_none() && self.theme != theme).then(|| theme.to_owned());
        let language = (!self.names_language && self.language != language).then(|| language.code().to_owned());
        let Some(folder) = self.folder.filter(|_| theme.is_some() || language.is_some()) else { return };
        let (sender, done) = mpsc::channel();
        std::thread::spawn(move || {
            let _ = sidecar(folder).change(|kept| {
                kept.version = Appearance::VERSION;
                kept.theme = theme.clone().or(kept.theme.take());
                kept.language = language.clone().or(kept.language.take());
            });
            let _ = sender.send(());
        });
        let _ = done.recv_timeout(MOMENT);
    }
}

fn sidecar(folder: PathBuf) -> Sidecar<Appearance> {
    Sidecar::new(folder, RetryPolicy::DEFAULT)
}
