//! The worker that finds, decodes and encodes figures.
//!
//! A new request replaces the previous one, dropping its pictures that were not started yet, so that scrolling past
//! many pictures leaves no work behind.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};

use super::Input;
use super::protocol::PictureSupport;
use super::ready::Ready;
use super::settings::InterfaceSettings;
use crate::app::Message;
use crate::app::page::figures::{FigureAnswer, FigureId, FigureRequest};
use crate::io::album::{Album, Base};
use crate::io::outside;
use crate::words::Say;

/// A job for the worker.
#[derive(Debug)]
pub enum PictureJob {
    /// Prepare these figures, most urgent first, replacing the earlier request.
    Show(Vec<FigureRequest>),
    /// Encode for this screen from now on; drops pictures made for another screen.
    Screen(Option<PictureSupport>),
    /// Set the log's files, in order.
    Files(Vec<Base>),
    /// Open a figure in another program.
    Open(FigureId),
}

/// Handle of the worker, and the pictures it has made.
pub struct Gallery {
    jobs: Sender<PictureJob>,
    /// The encoded pictures.
    pub ready: Arc<Ready>,
}

impl Gallery {
    /// Starts the worker. `files` lists the log's files, in order.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(
        files: Vec<Base>,
        screen: Option<PictureSupport>,
        settings: &InterfaceSettings,
        sender: Sender<Input>,
    ) -> std::io::Result<Self> {
        let (jobs, receiver) = mpsc::channel();
        let ready = Arc::new(Ready::new(settings.cache));
        let opener = settings.opener.clone();
        let mut worker = PicturesWorker {
            files,
            album: Album::default(),
            screen,
            opener,
            ready: Arc::clone(&ready),
            sender,
            wanted: Vec::new(),
            next: 0,
        };
        std::thread::Builder::new().name("pictures".into()).spawn(move || worker.run(&receiver))?;
        Ok(Self { jobs, ready })
    }

    /// Queues a job.
    pub fn ask(&self, job: PictureJob) {
        // The worker ends only when this sender is gone.
        let _ = self.jobs.send(job);
    }
}

struct PicturesWorker {
    files: Vec<Base>,
    /// The listings of folders read so far, until the next request.
    album: Album,
    screen: Option<PictureSupport>,
    opener: Vec<String>,
    ready: Arc<Ready>,
    sender: Sender<Input>,
    wanted: Vec<FigureRequest>,
    /// Index of the first figure not handled yet.
    next: usize,
}

impl PicturesWorker {
    fn run(&mut self, jobs: &Receiver<PictureJob>) {
        loop {
            let job = match jobs.try_recv() {
                Err(TryRecvError::Empty) if self.step() => continue,
                Err(TryRecvError::Empty) => jobs.recv().ok(),
                received => received.ok(),
            };
            match job {
                Some(PictureJob::Show(wanted)) => (self.wanted, self.next, self.album) = (wanted, 0, Album::default()),
                Some(PictureJob::Screen(screen)) => {
                    self.screen = screen;
                    self.ready.clear();
                    self.next = 0;
                }
                Some(PictureJob::Files(files)) if files == self.files => {}
                Some(PictureJob::Files(files)) => {
                    self.files = files;
                    self.ready.clear();
                    self.next = 0;
                }
                Some(PictureJob::Open(figure)) => self.open(&figure),
                None => return,
            }
        }
    }

    /// Handles the next figure; returns `false` if there is none left.
    fn step(&mut self) -> bool {
        let Some(wanted) = self.wanted.get(self.next) else { return false };
        self.next += 1;
        let is_ready = self.ready.contains(wanted);
        if let Some(base) = self.files.get(wanted.figure.file).filter(|_| !is_ready) {
            let path = &wanted.figure.path;
            let found = self
                .album
                .locate(base, path)
                .and_then(|real| self.ready.find(&real, wanted, &self.wanted, self.screen))
                .unwrap_or_else(|refusal| FigureAnswer::Refused(refusal.sentence()));
            self.tell(Message::Figure(wanted.figure.clone(), found));
        }
        true
    }

    fn open(&mut self, figure: &FigureId) {
        let Some(base) = self.files.get(figure.file) else { return };
        if let Err(error) = outside::open_figure(&mut self.album, base, &figure.path, &self.opener) {
            self.tell(Message::Failed(error.sentence()));
        }
    }

    fn tell(&self, message: Message) {
        // Fails only when the program exits.
        let _ = self.sender.send(Input::Message(message));
    }
}
