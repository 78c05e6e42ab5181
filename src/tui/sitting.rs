//! What is done with one log: its event loop, its workers, and the effects that the application
//! asks for. At its end nothing of it is left that could reach the next one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::files::Job;
use super::input::signals;
use super::loader::{Loading, Read};
use super::papers::{Papers, pdf_folders};
use super::pictures::Gallery;
use super::terminal::is_gone;
use super::workers::{Beside, Workers, last_words};
use super::{
    House, Input, Setting, aliases, background, greeting, input, logs, outside, pictures, pictures_on, protocol,
    reviews, session, variable,
};
use crate::app::{App, Effect, Message, Session};
use crate::io::choose::Located;
use crate::io::{folder, sidecar};
use crate::log::Log;
use crate::text::copied;
use crate::ui;
use crate::ui::pictures::NoPictures;
use crate::words::Sentence;

/// How long a frame may wait for what is searched for.
const MOMENT: Duration = Duration::from_millis(12);

/// How long the end of a sitting may wait until it is kept which log was opened.
const BREATH: Duration = Duration::from_millis(500);

/// Something that the workers are to do.
type Work = Box<dyn FnOnce(&Workers)>;

/// One log, or the choice of one.
pub(super) struct Sitting<'a> {
    pub(super) house: &'a mut House,
    pub(super) app: App,
    sender: Sender<Input>,
    receiver: Receiver<Input>,
    /// The log; `None` while one is being chosen.
    pub(super) read: Option<Read>,
    /// While only its beginning is here.
    loading: Option<Loading>,
    pub(super) workers: Option<Workers>,
    /// What they are to do once they are there.
    waiting: Vec<Work>,
    gallery: Gallery,
    /// Where the log was left, and is left again.
    place: Option<session::Place>,
    /// Ends when it is kept that the log was opened.
    remembered: Option<Receiver<()>>,
    /// When the application wants to be woken, and with what.
    alarm: Option<(Instant, u64)>,
    /// Has the PDFs behind the log read, once all of the log is.
    papers: Option<Papers>,
    /// How many other logs were asked for.
    asked: u64,
    /// The last of them, once it is read.
    next: Option<Read>,
    /// Whether that one follows.
    leaves: bool,
}

/// A sitting that is over.
pub(super) struct Ended {
    /// The log that follows; `None` at the end of the program.
    pub next: Option<Read>,
    /// What is kept of the sitting.
    pub left: Left,
    /// Whether it ended well; what must be said all the same.
    pub result: anyhow::Result<Vec<Sentence>>,
    /// What nobody has taken in.
    pub before: Receiver<Input>,
}

/// What is kept of a sitting.
pub(super) struct Left {
    session: Option<(session::Place, Session)>,
    remembered: Option<Receiver<()>>,
}

impl Left {
    /// Keeps it; a disk that does not answer is not waited for.
    pub fn keep(self) {
        if let Some((place, session)) = self.session {
            place.save(session);
        }
        if let Some(remembered) = self.remembered {
            // Nothing is ever sent: it ends.
            let _ = remembered.recv_timeout(BREATH);
        }
    }
}

impl<'a> Sitting<'a> {
    /// Shows the log as far as it is read, and starts everything else. Without one, one is chosen.
    ///
    /// # Errors
    /// When the terminal fails, or a thread cannot be started.
    pub fn begin(
        house: &'a mut House,
        mut read: Option<Read>,
        sender: Sender<Input>,
        receiver: Receiver<Input>,
    ) -> anyhow::Result<Self> {
        let (log, rest) = read.as_mut().map_or_else(|| (Log::default(), None), Read::open);
        let mut app = App::new(log, house.screen.size()?, house.welcome.take());
        house.settings.apply(&mut app);
        let kept = read.as_ref().filter(|read| read.sample.is_none());
        let place = kept.and_then(|read| read.files.home()).zip(house.settings.sessions.as_deref());
        let place = place.map(|(log, folder)| session::Place::of(log, folder));
        let left = place.as_ref().and_then(session::Place::load);
        match (&rest, left) {
            (Some(_), left) => app.begin(left),
            (None, Some(left)) => app.resume(left),
            (None, None) => app.introduce(),
        }
        let effects = greeting::greet(house, &mut app, read.as_ref());
        house.choose_theme(app.theme());
        house.screen.draw(|buffer| ui::view(&app, &house.theme.made, &NoPictures, buffer))?;
        if let Some(signals) = house.signals.take() {
            if background::may_be_asked(variable) {
                house.screen.ask(background::QUESTION)?;
                if house.setting == Setting::Auto && !protocol::is_inside_another(variable) {
                    house.screen.ask(protocol::QUESTION)?;
                }
            }
            house.turn = Some(input::start(signals, &house.outlet)?);
        }
        let loading = rest.map(|rest| rest.load(sender.clone())).transpose()?;
        let bases = read.as_ref().map(Read::bases).unwrap_or_default();
        let gallery = Gallery::start(bases, house.shown, &house.settings, sender.clone())?;
        let kept = read.as_ref().filter(|read| read.sample.is_none()).zip(house.settings.state.as_deref());
        let remembered = kept.map(|(read, folder)| {
            logs::remember(read.files.named.clone(), folder, house.store.patience, sender.clone())
        });
        let mut sitting = Self {
            house,
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
        if sitting.loading.is_none() {
            sitting.start_workers()?;
        }
        sitting.perform(effects)?;
        Ok(sitting)
    }

    /// Starts what needs all of the log.
    fn start_workers(&mut self) -> anyhow::Result<()> {
        let Some(read) = &self.read else { return Ok(()) };
        let nowhere = self.app.language.pick("no log was named or found here", "没有指定日志，这里也没有找到");
        let log = read.files.home().context(nowhere)?;
        let House { settings, store, first, .. } = &mut *self.house;
        let folder = sidecar::folder(log, settings.sidecars.as_deref());
        let log = (read.files.clone(), Arc::clone(&self.app.log));
        let beside = Beside { folder, lessons: read.lessons.clone(), notice: read.notice.clone() };
        let workers = Workers::start(log, beside, store, first.take(), &self.sender)?;
        self.waiting.drain(..).for_each(|work| work(&workers));
        self.workers = Some(workers);
        if read.sample.is_none() {
            let folders = pdf_folders(&self.house.settings, read.files.home().unwrap_or(Path::new(".")));
            self.papers = Some(Papers::new(folders, self.sender.clone()));
        }
        Ok(())
    }

    /// Has the workers do something, at once or when they are there.
    fn have_done(&mut self, work: impl FnOnce(&Workers) + 'static) {
        match &self.workers {
            Some(workers) => work(workers),
            None => self.waiting.push(Box::new(work)),
        }
    }

    /// Runs to its end.
    pub fn last(mut self) -> Ended {
        // A frame may be drawn before the end of the terminal is heard of: that is no failure.
        let result = self.run().or_else(|error| if is_gone() { Ok(()) } else { Err(error) });
        let Self { house, app, sender, receiver, read, loading, workers, place, remembered, next, leaves, .. } = self;
        house.settings.language = app.language;
        house.chosen.clone_from(&app.themes.chosen);
        drop(sender);
        let next = next.filter(|_| leaves && result.is_ok());
        // One log is left for another only when everything is saved: then nobody is waited for.
        if let Some(Workers { files, reviews, .. }) = workers.filter(|_| next.is_none()) {
            files.finish();
            reviews.finish();
        }
        let result = result.and_then(|()| last_words(&receiver, app.language));
        drop(read);
        // Half a log says nothing of where one is.
        let session = place.filter(|_| loading.is_none()).map(|place| (place, app.session()));
        Ended { next, left: Left { session, remembered }, result, before: receiver }
    }

    /// Waits, takes in everything that has come, draws once.
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
            self.house.choose_theme(self.app.theme());
            let House { screen, theme, .. } = &mut *self.house;
            let view = |buffer: &mut _| ui::view(&self.app, &theme.made, &*self.gallery.ready, buffer);
            screen.draw(view).context(self.app.language.pick("the terminal is gone", "终端已断开"))?;
            self.app.drawn();
        }
    }

    /// What has come as well. While an answer is awaited and there is nothing yet to show, a
    /// frame is put off for a moment: what is found stands there at once, without a flicker.
    fn next(&self, woken: Instant) -> Option<Input> {
        let left = if self.app.is_searching() { MOMENT.saturating_sub(woken.elapsed()) } else { Duration::ZERO };
        self.receiver.recv_timeout(left).ok()
    }

    /// The next input; meanwhile the alarm may come, the time to say how much is read, or a new day.
    fn wait(&mut self) -> Option<Input> {
        let alarm = self.alarm.map(|(at, _)| at);
        let progress = self.loading.as_ref().map(|loading| loading.next);
        let day = Instant::now() + self.house.clock.until_next_day();
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
                // What depends on the day is counted again.
                _ => Message::Time(self.house.clock.now()),
            })),
        }
    }

    /// Takes one input in; `true` when it ends the program.
    fn take(&mut self, input: Input) -> anyhow::Result<bool> {
        let message = match input {
            Input::Quit => return Ok(true),
            Input::Resized => return self.resized(),
            Input::Stop => return self.stop(signals::stop),
            Input::Continued => return self.stop(|| ()),
            Input::Background(shade) => {
                self.house.themes.shade = Some(shade);
                return Ok(false);
            }
            Input::Answer(answer) => {
                self.house.answers.take(answer);
                let effects = self.show_pictures();
                return self.perform(effects);
            }
            Input::Whole(log) => {
                let (log, files) = log?;
                self.loading = None;
                let mut effects = self.app.update(Message::Whole(log));
                effects.extend(self.relocate(files));
                self.start_workers()?;
                return self.perform(effects);
            }
            Input::Moved { log, files, from } => {
                self.gallery.ready.clear();
                let mut effects = self.relocate(files);
                effects.extend(self.app.update(Message::Time(self.house.clock.now())));
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
        // What the entries say of one another is found at the start and after each reading.
        let is_read = matches!(message, Message::Linked(_));
        let mut effects = self.app.update(Message::Time(self.house.clock.now()));
        effects.extend(self.app.update(message));
        if let Some(papers) = self.papers.as_ref().filter(|_| is_read) {
            papers.ask(Arc::clone(&self.app.log));
        }
        self.perform(effects)
    }

    /// The terminal may have other cells too, if its font has changed.
    pub(super) fn resized(&mut self) -> anyhow::Result<bool> {
        let mut effects = self.app.update(Message::Resized(self.house.screen.size()?));
        effects.extend(self.show_pictures());
        self.perform(effects)
    }

    /// Shows pictures as is best on the screen as it is now.
    fn show_pictures(&mut self) -> Vec<Effect> {
        let House { screen, setting, answers, .. } = &*self.house;
        let shown = pictures_on(screen, *setting, answers);
        if shown == self.house.shown {
            return Vec::new();
        }
        self.house.shown = shown;
        self.gallery.ask(pictures::Job::Screen(shown));
        self.app.update(Message::Pictures(shown.map(|shown| shown.cell)))
    }

    /// Does what the application wants; `true` when it wants to end.
    pub(super) fn perform(&mut self, effects: Vec<Effect>) -> anyhow::Result<bool> {
        for effect in effects {
            if self.perform_one(effect)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Every effect has its arm: one that is forgotten does not compile.
    fn perform_one(&mut self, effect: Effect) -> anyhow::Result<bool> {
        match effect {
            Effect::Quit => return Ok(true),
            Effect::Leave => {
                self.leaves = self.next.is_some();
                return Ok(self.leaves);
            }
            Effect::Edit { file, line } => return self.edit(file, line),
            Effect::Stop if signals::has_shell() => return self.stop(signals::stop_job),
            Effect::Stop => {
                let effects = self.app.update(Message::Noticed(lone()));
                return self.perform(effects);
            }
            // A terminal that is gone is found out when the next frame is drawn.
            Effect::Copy(text) => _ = self.house.screen.copy(&copied(&text)),
            Effect::SetAlarm { id, milliseconds } => {
                self.alarm = Some((Instant::now() + Duration::from_millis(milliseconds), id));
            }
            Effect::ShowFigures(wanted) => self.gallery.ask(pictures::Job::Show(wanted)),
            Effect::OpenOutside(figure) => self.gallery.ask(pictures::Job::Open(figure)),
            Effect::Save { id, file, intent, undoes } => {
                let Some(path) = self.paths().get(file).cloned() else { return Ok(false) };
                self.have_done(move |workers| workers.files.ask(Job::Save { id, path, intent, undoes }));
            }
            Effect::Reload => {
                self.gallery.ready.clear();
                self.have_done(|workers| workers.files.ask(Job::Reload));
            }
            Effect::Point { file, line } => outside::point(Arc::clone(&self.app.log), file, line, self.sender.clone()),
            Effect::Learn { change, said } => {
                self.have_done(move |workers| workers.files.ask(Job::Learn { change, said }));
            }
            Effect::Review { id, change } => {
                self.have_done(move |workers| workers.reviews.ask(reviews::Job::Change { id, change }));
            }
            Effect::LoadReviews => self.have_done(|workers| workers.reviews.ask(reviews::Job::Load)),
            Effect::Search(ask) => self.have_done(move |workers| workers.search.ask(ask)),
            Effect::StopSearch(generation) => self.have_done(move |workers| workers.search.stop(generation)),
            Effect::Survey => outside::survey(Arc::clone(&self.app.log), self.read.as_ref(), self.sender.clone()),
            Effect::OpenUrl(url) => {
                outside::open_url(url, self.house.settings.opener.clone(), self.sender.clone());
            }
            Effect::OpenPdfAt(place) => {
                outside::open_pdf_at(place.into(), self.house.settings.opener.clone(), self.sender.clone());
            }
            Effect::ReadPdf { path, typed } => {
                let home = self.read.as_ref().and_then(|read| read.files.home()).map(Path::to_owned);
                outside::read_pdf(path, home, typed, self.sender.clone());
            }
            Effect::OpenPdf { file, title } => self.open_pdf(file, title),
            Effect::NameReference { id, title } => self.name_reference(id, title),
            Effect::ListLogs => {
                let House { settings, store, .. } = &*self.house;
                let named = self.read.as_ref().map(|read| read.files.named.clone()).unwrap_or_default();
                logs::find(named, settings.state.clone(), store.patience, self.sender.clone());
            }
            Effect::OpenLog(which) => {
                self.asked += 1;
                logs::read(which, self.house.settings.manner(), self.asked, self.sender.clone());
            }
        }
        Ok(false)
    }

    /// Takes in where the files of the log stand by now.
    fn relocate(&mut self, files: Located) -> Vec<Effect> {
        self.gallery.ask(pictures::Job::Files(files.bases()));
        let Some(read) = &mut self.read else { return Vec::new() };
        let known = std::mem::replace(&mut read.files, files).limits;
        let more = folder::told(&read.files.limits).filter(|_| read.files.limits != known);
        more.map(|limits| self.app.update(Message::Noticed(limits))).unwrap_or_default()
    }

    /// The files of the log.
    fn paths(&self) -> &[PathBuf] {
        self.read.as_ref().map(|read| &read.files.paths[..]).unwrap_or_default()
    }

    fn open_pdf(&self, file: usize, title: String) {
        let settings = &self.house.settings;
        let folders = pdf_folders(settings, self.paths().get(file).map_or(Path::new("."), PathBuf::as_path));
        outside::open_pdf(folders, title, settings.opener.clone(), self.sender.clone());
    }

    fn name_reference(&mut self, id: String, title: String) {
        let House { settings, store, .. } = &*self.house;
        if let Some(log) = self.read.as_ref().and_then(|read| read.files.home()) {
            let folder = sidecar::folder(log, settings.sidecars.as_deref());
            let (patience, sender) = (store.patience, self.sender.clone());
            // Nothing is written by half a log.
            self.have_done(move |_| aliases::name(folder, patience, id, title, sender));
        }
    }
}

/// What is said where there is nothing to go back to.
fn lone() -> Sentence {
    Sentence::of(|language| {
        language
            .pick(
                "There is no shell to go back to: the terminal was opened for this program",
                "没有可返回的 shell：此终端专为本程序打开",
            )
            .to_owned()
    })
}
