//! Finds, reads and remembers other logs. Each request has its own thread, so that a slow disk blocks
//! nothing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};

use super::Input;
use super::loader::{LoadOptions, LoadedLog};
use crate::app::Message;
use crate::app::logs::list::{ListedLog, LogSource, LogState};
use crate::io::recent::{Recent, absolute};
use crate::io::sidecar::Sidecar;
use crate::io::store::RetryPolicy;
use crate::io::{choose, dirs};
use crate::words::{Language, Say, Sentence};

/// Finds logs: recent ones from the state folder, and those nearby. `open` lists the current log's files; if it is
/// empty, the sample is offered too.
pub fn find(open: Vec<PathBuf>, recent: Option<PathBuf>, retry: RetryPolicy, sender: Sender<Input>) {
    std::thread::spawn(move || {
        let (used, trouble) = used(recent, retry);
        let offers = offers(&open, used, around(&open));
        let messages = std::iter::once(Message::LogsFound(offers)).chain(trouble.map(Message::Noticed));
        for message in messages {
            // Fails if the user has left meanwhile.
            let _ = sender.send(Input::Message(message));
        }
    });
}

/// Recent logs, and any problem with the file that lists them.
fn used(folder: Option<PathBuf>, retry: RetryPolicy) -> (Vec<Vec<PathBuf>>, Option<Sentence>) {
    let Some(folder) = folder else { return (Vec::new(), None) };
    match Sidecar::<Recent>::new(folder, retry).load() {
        Ok(loaded) => (loaded.document.logs().collect(), loaded.notice.map(|notice| notice.sentence())),
        Err(error) => (Vec::new(), Some(error.sentence())),
    }
}

/// The logs in the working directory and beside the current log.
fn around(open: &[PathBuf]) -> Vec<PathBuf> {
    let beside = open.first().map(|log| absolute(log)).and_then(|log| Some(log.parent()?.to_owned()));
    let beside = beside.map(|folder| choose::logs_of(&folder)).unwrap_or_default();
    choose::logs_here().into_iter().chain(beside).map(|log| absolute(&log)).collect()
}

fn offers(open: &[PathBuf], used: Vec<Vec<PathBuf>>, here: Vec<PathBuf>) -> Vec<ListedLog> {
    let open: Vec<PathBuf> = open.iter().map(|file| absolute(file)).collect();
    let mut offers: Vec<ListedLog> = Vec::new();
    let state = |files: &[PathBuf], otherwise| match () {
        () if files == open => LogState::Open,
        () if files.iter().all(|file| file.exists()) => otherwise,
        () => LogState::Missing,
    };
    for files in used {
        let state = state(&files, LogState::Used);
        offers.push(offer(&files, state));
    }
    let here = here.into_iter().map(|file| vec![file]).map(|files| {
        let state = state(&files, LogState::Here);
        offer(&files, state)
    });
    for offer in here.collect::<Vec<_>>() {
        // A log of several files is not the same as any of its files.
        if offers.iter().all(|other| other.source != offer.source) {
            offers.push(offer);
        }
    }
    if open.is_empty() {
        let (name, folder) = (String::new(), String::new());
        offers.push(ListedLog { source: LogSource::Sample, name, folder, state: LogState::Used });
    }
    offers
}

fn offer(files: &[PathBuf], state: LogState) -> ListedLog {
    let name = |file: &PathBuf| file.file_name().unwrap_or(file.as_os_str()).display().to_string();
    ListedLog {
        name: files.iter().map(name).collect::<Vec<_>>().join(" + "),
        folder: files.first().and_then(|file| file.parent()).map(dirs::shortened).unwrap_or_default(),
        source: LogSource::Files(files.iter().map(|file| file.clone().into_os_string()).collect()),
        state,
    }
}

/// Reads a log; the sample in `language`. `number` identifies the request and is sent back with the log.
pub fn read(source: LogSource, options: LoadOptions, language: Language, number: u64, sender: Sender<Input>) {
    std::thread::spawn(move || {
        let read = match source {
            LogSource::Files(files) => read_files(files, &options),
            LogSource::Sample => sample(&options, language),
        };
        // Fails if the user has left meanwhile.
        let _ = sender.send(Input::Read { number, read: read.map(Box::new) });
    });
}

fn read_files(files: Vec<OsString>, options: &LoadOptions) -> Result<LoadedLog, Sentence> {
    let files: Vec<PathBuf> = files.into_iter().map(PathBuf::from).collect();
    let files = choose::files_of(&files).map_err(|error| error.sentence())?;
    LoadedLog::all(files, None, options).map_err(|error| error.sentence())
}

fn sample(options: &LoadOptions, language: Language) -> Result<LoadedLog, Sentence> {
    let sample = choose::sample(language).map_err(|error| error.sentence())?;
    LoadedLog::sample(sample, options).map_err(|error| error.sentence())
}

/// Adds a log to the list of recent logs; the receiver disconnects when that is done.
pub fn remember(files: Vec<PathBuf>, folder: &Path, retry: RetryPolicy, sender: Sender<Input>) -> Receiver<()> {
    let sidecar = Sidecar::<Recent>::new(folder.to_owned(), retry);
    let (working, done) = mpsc::channel();
    std::thread::spawn(move || {
        let trouble = match sidecar.change(|recent| recent.note(&files)) {
            Ok(loaded) => loaded.notice.map(|notice| notice.sentence()),
            Err(error) => Some(error.sentence()),
        };
        if let Some(trouble) = trouble {
            // Fails if the user has left meanwhile.
            let _ = sender.send(Input::Message(Message::Noticed(trouble)));
        }
        drop(working);
    });
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_logs_come_first_without_duplicates() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, "").expect("a file");
            path
        };
        let (a, b, c) = (file("a.md"), file("b.md"), file("c.md"));
        let gone = folder.path().join("gone.md");
        let used = vec![vec![a.clone()], vec![gone], vec![b.clone(), c.clone()]];
        let offers = offers(std::slice::from_ref(&a), used, vec![c, a.clone()]);
        let said: Vec<_> = offers.iter().map(|offer| (offer.name.as_str(), offer.state)).collect();
        let wanted = [
            ("a.md", LogState::Open),
            ("gone.md", LogState::Missing),
            ("b.md + c.md", LogState::Used),
            ("c.md", LogState::Here),
        ];
        assert_eq!(said, wanted);
        let at_the_start = super::offers(&[], Vec::new(), vec![a]);
        assert_eq!(at_the_start.last().map(|offer| &offer.source), Some(&LogSource::Sample));
    }
}
