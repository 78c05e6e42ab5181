//! What leaves the program: the clipboard, addresses, PDF files. Each request has a thread of
//! its own, so that a slow disk or program keeps no one waiting.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::Input;
use crate::app::Message;
use crate::io::{outside, pdf};

/// Opens an address.
pub fn open_url(url: String, opener: Vec<String>, sender: Sender<Input>) {
    answer(sender, move || match outside::open_url(&url, &opener) {
        Ok(()) => Message::Done(format!("Opened {url}")),
        Err(error) => Message::Failed(error.to_string()),
    });
}

/// Looks for the PDF of a paper below the folders, and opens it.
pub fn open_pdf(folders: Vec<PathBuf>, title: String, opener: Vec<String>, sender: Sender<Input>) {
    answer(sender, move || {
        let Some(file) = pdf::find(&folders, &title) else {
            let folders: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
            return Message::Failed(format!("No PDF below {} is named like “{title}”", folders.join(", ")));
        };
        match outside::open_file(&file, &opener) {
            Ok(()) => Message::Done(format!("Opened {}", file.display())),
            Err(error) => Message::Failed(error.to_string()),
        }
    });
}

fn answer(sender: Sender<Input>, work: impl FnOnce() -> Message + Send + 'static) {
    std::thread::spawn(move || {
        // The loop is gone only when the program ends.
        let _ = sender.send(Input::Message(work()));
    });
}
