//! Opens URLs and PDFs in other programs, and runs slow queries. Each request has its own thread, so that a slow disk
//! or program blocks nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::Input;
use super::loader::LoadedLog;
use crate::app::Message;
use crate::io::dirs::expand;
use crate::io::reader::{PdfError, PdfReader};
use crate::io::{outside, pdf, survey};
use crate::log::Log;
use crate::log::parse::offer::{known, offers};
use crate::papers::about::About;
use crate::say;
use crate::words::{Say, Sentence};

/// Opens a URL.
pub fn open_url(url: String, opener: Vec<String>, sender: Sender<Input>) {
    answer(sender, move || match outside::open_url(&url, &opener) {
        Ok(()) => Message::Done(Sentence::of(|language| say!(language, "Opened {url}", "已打开 {url}"))),
        Err(error) => Message::Failed(error.sentence()),
    });
}

/// Reports the ways in which a line (from 1) of a file could be read; without a line, the corrections of the file.
pub fn point(log: Arc<Log>, file: usize, line: Option<usize>, sender: Sender<Input>) {
    answer(sender, move || {
        Message::Pointed(match line {
            Some(line) => offers(&log, file, line),
            None => Ok(known(&log, file)),
        })
    });
}

/// Finds the PDF of a paper in the folders or their subfolders, and opens it.
pub fn open_pdf(folders: Vec<PathBuf>, title: String, opener: Vec<String>, sender: Sender<Input>) {
    answer(sender, move || {
        let Some(file) = pdf::find(&folders, &title) else {
            let folders: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
            return Message::Failed(Sentence::of(|language| {
                let folders = folders.join(language.comma());
                say!(
                    language,
                    "No PDF in {folders} has a name like “{title}”",
                    "{folders} 中没有名称与“{title}”相近的 PDF"
                )
            }));
        };
        opened(&file, &opener)
    });
}

/// Opens a PDF.
pub fn open_pdf_at(file: PathBuf, opener: Vec<String>, sender: Sender<Input>) {
    answer(sender, move || opened(&file, &opener));
}

/// Reads a PDF's title and authors. A relative path is tried from the working directory, then from the log's folder.
pub fn read_pdf(path: String, log: Option<PathBuf>, typed: String, sender: Sender<Input>) {
    answer(sender, move || {
        let path = expand(&path);
        let folder = log.as_deref().map(|log| if log.is_dir() { log } else { log.parent().unwrap_or(log) });
        let beside = folder.map(|folder| folder.join(&path)).filter(|beside| !path.exists() && beside.exists());
        let path = beside.unwrap_or(path);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let found = PdfReader::new().read(&path).map(|paper| About::of(Some(&paper), &name));
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let unread = |reason: PdfError| {
            Sentence::of(|language| {
                let reason = reason.say(language);
                say!(language, "{file}: cannot be read, because {reason}", "{file}：无法读取：{reason}")
            })
        };
        Message::PdfRead { typed, found: found.map_err(unread) }
    });
}

fn opened(file: &Path, opener: &[String]) -> Message {
    match outside::open_file(file, opener) {
        Ok(()) => Message::Done(Sentence::of(|language| say!(language, "Opened {}", "已打开 {}", file.display()))),
        Err(error) => Message::Failed(error.sentence()),
    }
}

/// Checks the log's figures on disk, and whether there are other logs beside it.
pub fn survey(log: Arc<Log>, read: Option<&LoadedLog>, sender: Sender<Input>) {
    let bases = read.map(LoadedLog::bases).unwrap_or_default();
    answer(sender, move || Message::Surveyed(survey::survey(&log, &bases)));
}

fn answer(sender: Sender<Input>, work: impl FnOnce() -> Message + Send + 'static) {
    std::thread::spawn(move || {
        // Fails only when the program exits.
        let _ = sender.send(Input::Message(work()));
    });
}
