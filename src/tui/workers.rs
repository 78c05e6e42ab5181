//! The workers of a log. They start once the whole log has loaded, since what they write depends on all of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use super::files::Files;
use super::reviews::ReviewsWorker;
use super::searcher::SearchWorker;
use super::{Input, aliases};
use crate::app::Message;
use crate::app::keys::action::Action;
use crate::io::choose::LogFiles;
use crate::io::corrections::Corrections;
use crate::io::store::Store;
use crate::log::Log;
use crate::log::parse::ParseCache;
use crate::say;
use crate::words::{Language, Sentence};

/// Handles of the worker threads.
pub struct Workers {
    pub files: Files,
    pub reviews: ReviewsWorker,
    pub search: SearchWorker,
}

/// Data kept beside a log.
pub struct Sidecars {
    /// The folder that holds the data.
    pub folder: PathBuf,
    /// The file of corrections.
    pub corrections: Option<Corrections>,
    /// A problem with the file of corrections.
    pub notice: Option<Sentence>,
}

impl Workers {
    /// Starts the workers. The action `first`, if any, runs once the reviews are loaded.
    ///
    /// # Errors
    /// When a thread cannot be started.
    pub fn start(
        (files, log, parse_cache): (LogFiles, Arc<Log>, ParseCache),
        Sidecars { folder, corrections, notice }: Sidecars,
        store: &Store,
        first: Option<Action>,
        sender: &Sender<Input>,
    ) -> std::io::Result<Self> {
        aliases::load(folder.clone(), store.retry, sender.clone());
        if let Some(notice) = notice {
            // Fails only when the program exits.
            let _ = sender.send(Input::Message(Message::Noticed(notice)));
        }
        let reviews = ReviewsWorker::start(folder, store, first.map(Message::Asked), sender.clone())?;
        let files = Files::start((files, log, parse_cache), corrections, store.clone(), sender.clone())?;
        let search = SearchWorker::start(sender.clone())?;
        Ok(Self { files, reviews, search })
    }
}

/// Collects what the workers reported after the event loop ended: changes that could not be saved, and kept copies of
/// other programs' text.
///
/// # Errors
/// When something could not be saved.
pub fn final_messages(receiver: &Receiver<Input>, language: Language) -> anyhow::Result<Vec<Sentence>> {
    let (mut reasons, mut kept) = (Vec::new(), Vec::new());
    for input in receiver.try_iter() {
        match input {
            Input::Message(Message::Refused(_, reason) | Message::ReviewRefused(_, reason)) => {
                reasons.push(reason.take(language));
            }
            Input::Message(Message::Kept(copies)) => kept.push(copies),
            _ => {}
        }
    }
    if reasons.is_empty() {
        return Ok(kept);
    }
    let reasons = reasons.into_iter().chain(kept.into_iter().map(|copies| copies.take(language)));
    let reasons = reasons.collect::<Vec<_>>().join(language.pick("; ", "；"));
    anyhow::bail!(say!(language, "not saved: {reasons}", "未保存：{reasons}"))
}
