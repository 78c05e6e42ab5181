//! Reads and changes the titles that the user gave to numbered references, which are kept beside the log. Each
//! request has its own thread, so that a slow disk blocks nothing.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::Input;
use crate::app::Message;
use crate::io::sidecar::{Loaded, Sidecar, SidecarError};
use crate::io::store::RetryPolicy;
use crate::log::aliases::Aliases;
use crate::words::Say;

/// Reads the titles.
pub fn load(folder: PathBuf, retry: RetryPolicy, sender: Sender<Input>) {
    let sidecar = Sidecar::<Aliases>::new(folder, retry);
    std::thread::spawn(move || tell(sidecar.load(), &sender));
}

/// Sets the title of a reference, re-reading the stored titles first.
pub fn name(folder: PathBuf, retry: RetryPolicy, id: String, title: String, sender: Sender<Input>) {
    let sidecar = Sidecar::<Aliases>::new(folder, retry);
    std::thread::spawn(move || tell(sidecar.change(|aliases| aliases.name(&id, &title)), &sender));
}

fn tell(loaded: Result<Loaded<Aliases>, SidecarError>, sender: &Sender<Input>) {
    let messages = match loaded {
        Ok(Loaded { document, notice }) => {
            let notice = notice.map(|notice| Message::Noticed(notice.sentence()));
            std::iter::once(Message::Named(document)).chain(notice).collect()
        }
        Err(error) => vec![Message::Failed(error.sentence())],
    };
    for message in messages {
        // Fails only when the program exits.
        let _ = sender.send(Input::Message(message));
    }
}
