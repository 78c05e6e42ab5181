//! Where logs were left: a small document for each in the state folder. Whatever goes wrong with
//! it, nothing is said and nobody waits: then the log opens as it did the first time.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use crate::app::Session;
use crate::io::sidecar::{self, Document, Sidecar};
use crate::io::store::Patience;

/// How long the end of the program may wait for the disk.
pub(super) const MOMENT: Duration = Duration::from_millis(500);

impl Document for Session {
    const NAME: &'static str = "session.json";
    const VERSION: u64 = Self::VERSION;
}

/// The place for the session of a log, in a folder for all of them.
#[derive(Debug, Clone)]
pub struct Place(PathBuf);

impl Place {
    /// That of a log, by its first file.
    pub fn of(log: &Path, folder: &Path) -> Self {
        let name = log.canonicalize().ok().and_then(|log| log.file_name().map(ToOwned::to_owned));
        Self(sidecar::folder(log, Some(folder)).join(name.unwrap_or_default()))
    }

    fn sidecar(&self) -> Sidecar<Session> {
        // Another process that is saving the same is no reason to wait.
        Sidecar::new(self.0.clone(), Patience { pause: Duration::ZERO, looks: 0 })
    }

    /// Where the log was left, if that is known.
    pub fn load(&self) -> Option<Session> {
        let loaded = self.sidecar().load().ok()?.document;
        (loaded != Session::default()).then_some(loaded)
    }

    /// Keeps where the log is left; a disk that does not answer is not waited for.
    pub fn save(&self, session: Session) {
        let (sidecar, (sender, done)) = (self.sidecar(), mpsc::channel());
        std::thread::spawn(move || {
            let _ = sidecar.change(|kept| kept.clone_from(&session));
            let _ = sender.send(());
        });
        let _ = done.recv_timeout(MOMENT);
    }
}
