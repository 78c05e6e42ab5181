//! The worker that reads the user's PDFs in the background, through a separate process of low priority. A new request
//! cancels the previous one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use super::Input;
use super::settings::InterfaceSettings;
use crate::app::Message;
use crate::io::library::{Library, scan};
use crate::io::recent::absolute;
use crate::log::Log;
use crate::papers::index::PaperIndex;
use crate::papers::matched::Matched;
use crate::papers::near::near;

/// How many similar entries to find for each entry.
const NEAR: usize = 10;

/// The number of files between progress reports.
const STEP: usize = 8;

/// Handle of the worker.
pub struct PapersWorker {
    folders: Vec<PathBuf>,
    sender: Sender<Input>,
    /// The number of the latest request; threads serving older requests stop.
    last: Arc<AtomicU64>,
}

impl PapersWorker {
    /// Creates a worker for the PDFs in these folders and their subfolders.
    pub fn new(folders: Vec<PathBuf>, sender: Sender<Input>) -> Self {
        Self { folders, sender, last: Arc::default() }
    }

    /// Reads and matches the PDFs; answered by [`Message::Papers`], unless a newer request comes first.
    pub fn ask(&self, log: Arc<Log>) {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let (folders, sender, last) = (self.folders.clone(), self.sender.clone(), Arc::clone(&self.last));
        std::thread::spawn(move || {
            let is_asked = || last.load(Ordering::Relaxed) == number;
            let library = scan(&folders, &mut |done, all| {
                if done % STEP == STEP - 1 {
                    // Fails only when the program exits.
                    let _ = sender.send(Input::Message(Message::ReadingPapers { done, all }));
                }
                is_asked()
            });
            if !is_asked() {
                return;
            }
            let matched = if library.pdfs.is_empty() { None } else { Some(Matched::of(&log, library.held())) };
            let index = matched.as_ref().map_or_else(PaperIndex::default, |matched| index(&log, &library, matched));
            let references = |entry: usize| {
                let mut pdfs = matched.as_ref()?.of_entries[entry].iter();
                pdfs.find_map(|&pdf| Some(library.pdfs[pdf].known.as_ref().ok()?.references.as_str()))
            };
            let index = index.with_near(near(&log, &references, NEAR));
            // Fails only when the program exits.
            let _ = sender.send(Input::Message(Message::Papers(Box::new(index))));
        });
    }
}

fn index(log: &Log, library: &Library, matched: &Matched) -> PaperIndex {
    let places = library.pdfs.iter().map(|pdf| (pdf.path.to_str().map(str::to_owned), pdf.known.as_ref().ok()));
    PaperIndex::of(log, matched, &places.collect::<Vec<_>>())
}

impl Drop for PapersWorker {
    fn drop(&mut self) {
        self.last.fetch_add(1, Ordering::Relaxed);
    }
}

/// The folders to search for PDFs: the configured ones, or the log's own.
pub(super) fn pdf_folders(settings: &InterfaceSettings, log: &Path) -> Vec<PathBuf> {
    // The cache of a folder's PDFs is keyed by the folder's absolute path.
    let log = absolute(log);
    let here = if log.is_dir() { &log } else { log.parent().unwrap_or(Path::new("/")) };
    match &settings.pdf_folders[..] {
        [] => vec![here.to_owned()],
        set => set.iter().map(|folder| here.join(folder)).collect(),
    }
}
