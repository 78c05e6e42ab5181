//! Stores sessions: a small file per log in the state folder. Ignores errors and does not wait for a slow disk;
//! without its session, a log opens as if for the first time.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use crate::app::SavedSession;
use crate::io::sidecar::{self, Document, Sidecar};
use crate::io::store::RetryPolicy;

/// How long to wait for the disk at exit.
pub(super) const MOMENT: Duration = Duration::from_millis(500);

impl Document for SavedSession {
    const NAME: &'static str = "session.json";
    const VERSION: u64 = Self::VERSION;
}

/// The folder for a log's session.
#[derive(Debug, Clone)]
pub struct SessionFolder(PathBuf);

impl SessionFolder {
    /// The folder for a log, by its first file.
    pub fn of(log: &Path, folder: &Path) -> Self {
        let name = log.canonicalize().ok().and_then(|log| log.file_name().map(ToOwned::to_owned));
        Self(sidecar::folder(log, Some(folder)).join(name.unwrap_or_default()))
    }

    fn sidecar(&self) -> Sidecar<SavedSession> {
        // Do not wait if another process is saving the same session.
        Sidecar::new(self.0.clone(), RetryPolicy { pause: Duration::ZERO, attempts: 0 })
    }

    /// The stored session, if there is one.
    pub fn load(&self) -> Option<SavedSession> {
        let loaded = self.sidecar().load().ok()?.document;
        (loaded != SavedSession::default()).then_some(loaded)
    }

    /// Stores the session; gives up on a disk that does not respond.
    pub fn save(&self, session: SavedSession) {
        let (sidecar, (sender, done)) = (self.sidecar(), mpsc::channel());
        std::thread::spawn(move || {
            let _ = sidecar.change(|kept| kept.clone_from(&session));
            let _ = sender.send(());
        });
        let _ = done.recv_timeout(MOMENT);
    }
}
