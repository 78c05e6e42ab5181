//! The worker that has the PDFs behind a log read, and says what they say of it. It works in the background, by
//! another process that gives way to everything else; a newer question ends an older one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use super::Input;
use super::settings::Settings;
use crate::app::Message;
use crate::io::library::{Library, scan};
use crate::io::recent::absolute;
use crate::log::Log;
use crate::papers::behind::Behind;
use crate::papers::matched::Matched;
use crate::papers::near::near;

/// How many entries are known to be near each.
const NEAR: usize = 10;

/// After how many files it says how far it is.
const STEP: usize = 8;

/// Asks the worker.
pub struct Papers {
    folders: Vec<PathBuf>,
    sender: Sender<Input>,
    /// The number of the last question: what works on another ends.
    last: Arc<AtomicU64>,
}

impl Papers {
    /// For a log whose PDFs are below these folders.
    pub fn new(folders: Vec<PathBuf>, sender: Sender<Input>) -> Self {
        Self { folders, sender, last: Arc::default() }
    }

    /// Answers with `Papers`, once, unless it is asked again before.
    pub fn ask(&self, log: Arc<Log>) {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let (folders, sender, last) = (self.folders.clone(), self.sender.clone(), Arc::clone(&self.last));
        std::thread::spawn(move || {
            let is_asked = || last.load(Ordering::Relaxed) == number;
            let library = scan(&folders, &mut |done, all| {
                if done % STEP == STEP - 1 {
                    // The loop is gone only when the program ends, and then nothing is asked any more.
                    let _ = sender.send(Input::Message(Message::ReadingPapers { done, all }));
                }
                is_asked()
            });
            if !is_asked() {
                return;
            }
            let matched = if library.pdfs.is_empty() { None } else { Some(Matched::of(&log, library.held())) };
            let behind = matched.as_ref().map_or_else(Behind::default, |matched| behind(&log, &library, matched));
            let references = |entry: usize| {
                let mut pdfs = matched.as_ref()?.of_entries[entry].iter();
                pdfs.find_map(|&pdf| Some(library.pdfs[pdf].known.as_ref().ok()?.references.as_str()))
            };
            let behind = behind.with_near(near(&log, &references, NEAR));
            // As above.
            let _ = sender.send(Input::Message(Message::Papers(Box::new(behind))));
        });
    }
}

fn behind(log: &Log, library: &Library, matched: &Matched) -> Behind {
    let places = library.pdfs.iter().map(|pdf| (pdf.path.to_str().map(str::to_owned), pdf.known.as_ref().ok()));
    Behind::of(log, matched, &places.collect::<Vec<_>>())
}

impl Drop for Papers {
    fn drop(&mut self) {
        self.last.fetch_add(1, Ordering::Relaxed);
    }
}

/// Where PDFs are looked for: in the user's folders, or below that of a log, which may be a file.
pub(super) fn pdf_folders(settings: &Settings, log: &Path) -> Vec<PathBuf> {
    // What is kept of a folder is found by its whole path.
    let log = absolute(log);
    let here = if log.is_dir() { &log } else { log.parent().unwrap_or(Path::new("/")) };
    match &settings.pdf_folders[..] {
        [] => vec![here.to_owned()],
        set => set.iter().map(|folder| here.join(folder)).collect(),
    }
}
