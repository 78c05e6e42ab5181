//! The names of references, read and changed beside the log. Each request has a thread of its
//! own, so that a slow disk keeps no one waiting.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::Input;
use crate::app::Message;
use crate::io::sidecar::{Loaded, Sidecar, SidecarError};
use crate::io::store::Patience;
use crate::log::aliases::Aliases;
use crate::words::Say;

/// Reads the names that are kept in a folder.
pub fn load(folder: PathBuf, patience: Patience, sender: Sender<Input>) {
    let sidecar = Sidecar::<Aliases>::new(folder, patience);
    std::thread::spawn(move || tell(sidecar.load(), &sender));
}

/// Gives a reference a name, on what is on the disk by now.
pub fn name(folder: PathBuf, patience: Patience, id: String, title: String, sender: Sender<Input>) {
    let sidecar = Sidecar::<Aliases>::new(folder, patience);
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
        // The loop is gone only when the program ends.
        let _ = sender.send(Input::Message(message));
    }
}
