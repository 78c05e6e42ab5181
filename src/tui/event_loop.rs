//! The event loop of one log: handles input, performs effects, and owns the workers. Each log has its own, so no
//! message from a worker of one log can reach the next.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::files::FileJob;
use super::input::signals;
use super::loader::{LoadProgress, LoadedLog};
use super::papers::{PapersWorker, pdf_folders};
use super::pictures::Gallery;
use super::terminal::is_gone;
use super::workers::{Sidecars, Workers, final_messages};
use super::{
    Input, PictureSetting, Shell, aliases, background, greeting, input, logs, outside, pictures, pictures_on, protocol,
    reviews, session, variable,
};
use crate::app::{App, Effect, Message, SavedSession};
use crate::io::choose::LogFiles;
use crate::io::{folder, sidecar};
use crate::log::Log;
use crate::text::copied;
use crate::ui;
use crate::ui::pictures::NoPictures;
use crate::words::Sentence;

/// How long a frame may be delayed to include search results.
const RESULTS_DELAY: Duration = Duration::from_millis(12);

/// How long to wait at exit for the list of recent logs to be written.
const EXIT_WAIT: Duration = Duration::from_millis(500);

/// A job for the workers.
type Work = Box<dyn FnOnce(&Workers)>;

/// The event loop of one log, or of the list to choose one.
pub(super) struct EventLoop<'a> {
    pub(super) shell: &'a mut Shell,
    pub(super) app: App,
    sender: Sender<Input>,
    receiver: Receiver<Input>,
    /// The open log; `None` while one is being chosen.
    pub(super) read: Option<LoadedLog>,
    /// Set while only the start of the log has loaded.
    loading: Option<LoadProgress>,
    pub(super) workers: Option<Workers>,
    /// Jobs to run once the workers have started.
    waiting: Vec<Work>,
    gallery: Gallery,
    /// Where the log's session is stored, if sessions are kept.
    place: Option<session::SessionFolder>,
    /// Disconnects once the log is in the list of recent logs.
    remembered: Option<Receiver<()>>,
    /// When the application's timer fires, and its id.
    alarm: Option<(Instant, u64)>,
    /// The worker for PDFs, once the whole log has loaded.
    papers: Option<PapersWorker>,
    /// The number of the latest request for another log.
    asked: u64,
    /// The log asked for, once it is read.
    next: Option<LoadedLog>,
    /// Whether to end this loop and switch to `next`.
    leaves: bool,
}

/// The outcome of an event loop.
pub(super) struct LoopResult {
    /// The next log, or `None` to exit.
    pub next: Option<LoadedLog>,
    /// State still to be stored.
    pub left: ExitState,
    /// Messages to print, or the error that ended the loop.
    pub result: anyhow::Result<Vec<Sentence>>,
    /// The loop's channel, with unhandled input.
    pub before: Receiver<Input>,
}

/// State still to be stored when an event loop ends.
pub(super) struct ExitState {
    session: Option<(session::SessionFolder, SavedSession)>,
    remembered: Option<Receiver<()>>,
}

impl ExitState {
    /// Stores the state; gives up on a disk that does not respond.
    pub fn keep(self) {
        if let Some((place, session)) = self.session {
            place.save(session);
        }
        if let Some(remembered) = self.remembered {
            // Nothing is ever sent; the channel disconnects when the list is written.
            let _ = remembered.recv_timeout(EXIT_WAIT);
        }
    }
}

impl<'a> EventLoop<'a> {
    /// Draws the first frame, then starts everything else. Without a log, opens the list of logs.
    ///
    /// # Errors
    /// When the terminal fails, or a thread cannot be started.
    pub fn begin(
        shell: &'a mut Shell,
        mut read: Option<LoadedLog>,
        sender: Sender<Input>,
        receiver: Receiver<Input>,
    ) -> anyhow::Result<Self> {
        let kept = read.as_ref().filter(|read| read.sample.is_none());
        let place = kept.and_then(|read| read.files.home()).zip(shell.settings.sessions.as_deref());
        let place = place.map(|(log, folder)| session::SessionFolder::of(log, folder));
        let left = place.as_ref().and_then(session::SessionFolder::load);
        let size = shell.screen.size()?;
        let open = |read: &mut LoadedLog| read.open(left.as_ref(), size.height);
        let (log, rest) = read.as_mut().map_or_else(|| (Log::default(), None), open);
        let mut app = App::configured(log, size, shell.welcome.take(), |app| {
            shell.settings.apply(app);
            app.reviewing.set_time(&app.log, shell.clock.now());
            app.figures.set_cell(shell.shown.map(|shown| shown.cell));
        });
        match (&rest, left) {
            (Some(_), left) => app.begin(left),
            (None, Some(left)) => app.resume(left),
            (None, None) => app.introduce(),
        }
        let effects = greeting::greet(shell, &mut app, read.as_ref());
        shell.choose_theme(app.theme());
        shell.screen.draw(|buffer| ui::view(&app, &shell.theme.made, &NoPictures, buffer))?;
        if let Some(signals) = shell.signals.take() {
            if background::can_query(variable) {
                shell.screen.ask(background::QUESTION)?;
                if shell.setting == PictureSetting::Auto && !protocol::is_inside_another(variable) {
                    shell.screen.ask(protocol::QUESTION)?;
                }
            }
            shell.input_lock = Some(input::start(signals, &shell.router)?);
        }
        let loading = rest.map(|rest| rest.load(sender.clone())).transpose()?;
        let bases = read.as_ref().map(LoadedLog::bases).unwrap_or_default();
        let gallery = Gallery::start(bases, shell.shown, &shell.settings, sender.clone())?;
        let kept = read.as_ref().filter(|read| read.sample.is_none()).zip(shell.settings.state.as_deref());
        let remembered = kept
            .map(|(read, folder)| logs::remember(read.files.named.clone(), folder, shell.store.retry, sender.clone()));
        let mut event_loop = Self {
            shell,
            app,
            sender,
            receiver,
            read,
            loading,
            workers: None,
            waiting: Vec::new(),
            gallery,
            place,
            remembered,
            alarm: None,
            papers: None,
            asked: 0,
            next: None,
            leaves: false,
        };
        if event_loop.loading.is_none() {
            event_loop.start_workers()?;
        }
        event_loop.perform(effects)?;
        Ok(event_loop)
    }

    /// Starts the workers, which need the whole log.
    fn start_workers(&mut self) -> anyhow::Result<()> {
        let Some(read) = &mut self.read else { return Ok(()) };
        let nowhere =
            self.app.language.pick("no log was given, and none was found here", "没有指定日志，此文件夹中也没有找到");
        let log = read.files.home().context(nowhere)?;
        let Shell { settings, store, first, .. } = &mut *self.shell;
        let folder = sidecar::folder(log, settings.sidecars.as_deref());
        let parse_cache = std::mem::take(&mut read.parse_cache);
        let log = (read.files.clone(), Arc::clone(&self.app.log), parse_cache);
        let beside = Sidecars { folder, corrections: read.corrections.clone(), notice: read.notice.clone() };
        let workers = Workers::start(log, beside, store, first.take(), &self.sender)?;
        self.waiting.drain(..).for_each(|work| work(&workers));
        self.workers = Some(workers);
        if read.sample.is_none() {
            let folders = pdf_folders(&self.shell.settings, read.files.home().unwrap_or(Path::new(".")));
            self.papers = Some(PapersWorker::new(folders, self.sender.clone()));
        }
        Ok(())
    }

    /// Runs a job on the workers, now or once they have started.
    fn run_on_workers(&mut self, work: impl FnOnce(&Workers) + 'static) {
        match &self.workers {
            Some(workers) => work(workers),
            None => self.waiting.push(Box::new(work)),
        }
    }

    /// Runs the loop until the user quits or switches to another log.
    pub fn run_to_end(mut self) -> LoopResult {
        // Drawing may fail before the hangup is reported; that is not an error.
        let result = self.run().or_else(|error| if is_gone() { Ok(()) } else { Err(error) });
        let Self { shell, app, sender, receiver, read, loading, workers, place, remembered, next, leaves, .. } = self;
        shell.settings.language = app.language;
        shell.chosen.clone_from(&app.themes.chosen);
        drop(sender);
        let next = next.filter(|_| leaves && result.is_ok());
        // Logs are switched only when everything is saved, so there is nothing to wait for.
        if let Some(Workers { files, reviews, .. }) = workers.filter(|_| next.is_none()) {
            files.finish();
            reviews.finish();
        }
        let farewell = greeting::farewell(&app, read.as_ref());
        let result = result.and_then(|()| final_messages(&receiver, app.language));
        let result = result.map(|said| said.into_iter().chain(farewell).collect());
        drop(read);
        // While the log is still loading, there is no meaningful session to store.
        let session = place.filter(|_| loading.is_none()).map(|place| (place, app.session()));
        LoopResult { next, left: ExitState { session, remembered }, result, before: receiver }
    }

    /// The event loop: waits, handles all pending input, draws once.
    fn run(&mut self) -> anyhow::Result<()> {
        loop {
            let Some(first) = self.wait() else { return Ok(()) };
            let woken = Instant::now();
            let mut next = Some(first);
            while let Some(input) = next {
                if self.take(input)? {
                    return Ok(());
                }
                next = self.next(woken);
            }
            self.shell.choose_theme(self.app.theme());
            let Shell { screen, theme, .. } = &mut *self.shell;
            let view = |buffer: &mut _| ui::view(&self.app, &theme.made, &*self.gallery.ready, buffer);
            screen.draw(view).context(self.app.language.pick("the terminal is gone", "终端已断开"))?;
            self.app.drawn();
        }
    }

    /// The next pending input, if any. While search results are expected, waits for them briefly, so that the list
    /// does not flicker.
    fn next(&self, woken: Instant) -> Option<Input> {
        let left = if self.app.is_searching() { RESULTS_DELAY.saturating_sub(woken.elapsed()) } else { Duration::ZERO };
        self.receiver.recv_timeout(left).ok()
    }

    /// The next input or timer: the application's alarm, loading progress, or a new day.
    fn wait(&mut self) -> Option<Input> {
        let alarm = self.alarm.map(|(at, _)| at);
        let progress = self.loading.as_ref().map(|loading| loading.next);
        let day = Instant::now() + self.shell.clock.until_next_day();
        let at = alarm.into_iter().chain(progress).fold(day, Instant::min);
        match self.receiver.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Ok(input) => Some(input),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => Some(Input::Message(match (&mut self.loading, self.alarm) {
                (_, Some((alarm, id))) if alarm == at => {
                    self.alarm = None;
                    Message::Alarm(id)
                }
                (Some(loading), _) if loading.next == at => loading.progress(),
                // A new day: counts that depend on the date are updated.
                _ => Message::Time(self.shell.clock.now()),
            })),
        }
    }

    /// Handles one input; returns `true` to end the event loop.
    fn take(&mut self, input: Input) -> anyhow::Result<bool> {
        if self.shell.router.is_quitting() {
            return Ok(true);
        }
        let message = match input {
            Input::Quit => return Ok(true),
            Input::Resized => return self.resized(),
            Input::Stop => return self.stop(signals::stop),
            Input::Continued => return self.stop(|| ()),
            Input::Background(shade) => {
                self.shell.themes.shade = Some(shade);
                return Ok(false);
            }
            Input::Answer(answer) => {
                self.shell.answers.take(answer);
                let effects = self.show_pictures();
                return self.perform(effects);
            }
            Input::Whole(log) => {
                let (log, files, parse_cache) = log?;
                if let Some(read) = &mut self.read {
                    read.parse_cache = parse_cache;
                }
                self.loading = None;
                let mut effects = self.app.update(Message::Whole(log));
                effects.extend(self.relocate(files));
                self.start_workers()?;
                return self.perform(effects);
            }
            Input::Moved { log, files, from } => {
                self.gallery.ready.clear();
                let mut effects = self.relocate(files);
                effects.extend(self.app.update(Message::Time(self.shell.clock.now())));
                effects.extend(self.app.update(Message::Moved { log, from }));
                return self.perform(effects);
            }
            Input::Read { number, .. } if number != self.asked => return Ok(false),
            Input::Read { read, .. } => match read {
                Ok(read) => {
                    self.next = Some(*read);
                    Message::LogRead
                }
                Err(reason) => Message::LogUnread(reason),
            },
            Input::Message(message) => message,
        };
        // `Linked` follows every read of the log and every edit that moves text: match the PDFs again then.
        let is_read = matches!(message, Message::Linked(_));
        let mut effects = self.app.update(Message::Time(self.shell.clock.now()));
        effects.extend(self.app.update(message));
        if let Some(papers) = self.papers.as_ref().filter(|_| is_read) {
            papers.ask(Arc::clone(&self.app.log));
        }
        self.perform(effects)
    }

    /// Handles a resize. The cell size may have changed too, with the font. Returns `true` to end the event loop.
    pub(super) fn resized(&mut self) -> anyhow::Result<bool> {
        let mut effects = self.app.update(Message::Resized(self.shell.screen.size()?));
        effects.extend(self.show_pictures());
        self.perform(effects)
    }

    /// Chooses again how to show pictures; returns the effects.
    fn show_pictures(&mut self) -> Vec<Effect> {
        let Shell { screen, setting, answers, .. } = &*self.shell;
        let shown = pictures_on(screen, *setting, answers);
        if shown == self.shell.shown {
            return Vec::new();
        }
        self.shell.shown = shown;
        self.gallery.ask(pictures::PictureJob::Screen(shown));
        self.app.update(Message::Pictures(shown.map(|shown| shown.cell)))
    }

    /// Performs effects; returns `true` to end the event loop.
    pub(super) fn perform(&mut self, effects: Vec<Effect>) -> anyhow::Result<bool> {
        for effect in effects {
            if self.perform_one(effect)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Performs one effect; returns `true` to end the event loop.
    fn perform_one(&mut self, effect: Effect) -> anyhow::Result<bool> {
        match effect {
            Effect::Quit => return Ok(true),
            Effect::SwitchLog => {
                self.leaves = self.next.is_some();
                return Ok(self.leaves);
            }
            Effect::Edit { file, line } => return self.edit(file, line),
            Effect::Suspend if signals::has_shell() => return self.stop(signals::stop_job),
            Effect::Suspend => return self.cannot_stop(),
            // If the terminal is gone, drawing the next frame will notice.
            Effect::Copy(text) => _ = self.shell.screen.copy(&copied(&text)),
            Effect::SetAlarm { id, milliseconds } => {
                self.alarm = Some((Instant::now() + Duration::from_millis(milliseconds), id));
            }
            Effect::ShowFigures(wanted) => self.gallery.ask(pictures::PictureJob::Show(wanted)),
            Effect::OpenOutside(figure) => self.gallery.ask(pictures::PictureJob::Open(figure)),
            Effect::Save { id, file, intent, undoes } => {
                let Some(path) = self.paths().get(file).cloned() else { return Ok(false) };
                self.run_on_workers(move |workers| workers.files.ask(FileJob::Save { id, path, intent, undoes }));
            }
            Effect::Reload => {
                self.gallery.ready.clear();
                self.run_on_workers(|workers| workers.files.ask(FileJob::Reload));
            }
            Effect::Point { file, line } => outside::point(Arc::clone(&self.app.log), file, line, self.sender.clone()),
            Effect::Correct { change, said } => {
                self.run_on_workers(move |workers| workers.files.ask(FileJob::Correct { change, said }));
            }
            Effect::Review { id, change } => {
                self.run_on_workers(move |workers| workers.reviews.ask(reviews::ReviewJob::Change { id, change }));
            }
            Effect::LoadReviews => self.run_on_workers(|workers| workers.reviews.ask(reviews::ReviewJob::Load)),
            Effect::Search(ask) => self.run_on_workers(move |workers| workers.search.ask(ask)),
            Effect::StopSearch(generation) => self.run_on_workers(move |workers| workers.search.stop(generation)),
            Effect::Survey => outside::survey(Arc::clone(&self.app.log), self.read.as_ref(), self.sender.clone()),
            Effect::OpenUrl(url) => {
                outside::open_url(url, self.shell.settings.opener.clone(), self.sender.clone());
            }
            Effect::OpenPdfAt(place) => {
                outside::open_pdf_at(place.into(), self.shell.settings.opener.clone(), self.sender.clone());
            }
            Effect::ReadPdf { path, typed } => {
                let home = self.read.as_ref().and_then(|read| read.files.home()).map(Path::to_owned);
                outside::read_pdf(path, home, typed, self.sender.clone());
            }
            Effect::OpenPdf { file, title } => self.open_pdf(file, title),
            Effect::NameReference { id, title } => self.name_reference(id, title),
            Effect::ListLogs => {
                let Shell { settings, store, .. } = &*self.shell;
                let named = self.read.as_ref().map(|read| read.files.named.clone()).unwrap_or_default();
                logs::find(named, settings.state.clone(), store.retry, self.sender.clone());
            }
            Effect::OpenLog(which) => {
                self.asked += 1;
                let (options, language) = (self.shell.settings.load_options(), self.app.language);
                logs::read(which, options, language, self.asked, self.sender.clone());
            }
        }
        Ok(false)
    }

    /// Updates the locations of the log's files; returns the effects.
    fn relocate(&mut self, files: LogFiles) -> Vec<Effect> {
        self.gallery.ask(pictures::PictureJob::Files(files.bases()));
        let Some(read) = &mut self.read else { return Vec::new() };
        let known = std::mem::replace(&mut read.files, files).limits;
        let more = folder::told(&read.files.limits).filter(|_| read.files.limits != known);
        more.map(|limits| self.app.update(Message::Noticed(limits))).unwrap_or_default()
    }

    fn paths(&self) -> &[PathBuf] {
        self.read.as_ref().map(|read| &read.files.paths[..]).unwrap_or_default()
    }

    fn open_pdf(&self, file: usize, title: String) {
        let settings = &self.shell.settings;
        let folders = pdf_folders(settings, self.paths().get(file).map_or(Path::new("."), PathBuf::as_path));
        outside::open_pdf(folders, title, settings.opener.clone(), self.sender.clone());
    }

    fn name_reference(&mut self, id: String, title: String) {
        let Shell { settings, store, .. } = &*self.shell;
        if let Some(log) = self.read.as_ref().and_then(|read| read.files.home()) {
            let folder = sidecar::folder(log, settings.sidecars.as_deref());
            let (retry, sender) = (store.retry, self.sender.clone());
            // Deferred, since nothing may be written while the log is loading.
            self.run_on_workers(move |_| aliases::name(folder, retry, id, title, sender));
        }
    }
}
