//! The shell: the event loop, the terminal, the workers, and the effects that the
//! application asks for. It decides nothing.

mod aliases;
mod background;
#[cfg(feature = "images")]
mod cache;
mod editor;
#[cfg(feature = "images")]
pub mod encode;
mod files;
mod input;
mod outside;
mod pictures;
pub mod protocol;
#[cfg_attr(not(feature = "images"), path = "unready.rs")]
pub mod ready;
mod reviews;
mod searcher;
mod session;
pub mod settings;
pub mod terminal;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::action::Action;
use crate::app::{App, Effect, Message};
use crate::io::sidecar;
use crate::io::store::{Patience, Store};
use crate::log::Log;
use crate::say;
use crate::ui;
use crate::ui::pictures::NoPictures;
use crate::ui::theme::{self, Depth, Shade, Theme, Themes};
use crate::words::{Language, Say, Sentence};
use editor::EditorError;
use files::{Files, Job};
use input::{Signals, Turn};
use pictures::Gallery;
use protocol::Setting;
use reviews::Reviews;
use searcher::Search;
use settings::Settings;
use terminal::Screen;

/// How long a frame may wait for what is searched for.
const MOMENT: Duration = Duration::from_millis(12);

/// What can wake the loop.
#[derive(Debug)]
enum Input {
    /// For the application.
    Message(Message),
    /// The terminal may have another size.
    Resized,
    /// The terminal's background is dark or light.
    Background(Shade),
    /// The user, a signal or the terminal ends the program.
    Quit,
}

/// What the panes are opened with.
pub struct Opened {
    /// The log, as read from the files.
    pub log: Log,
    /// The files of the log, in its order.
    pub paths: Vec<PathBuf>,
    /// Said in the status line at the start.
    pub welcome: Option<String>,
    /// Whether and how figures are shown as pictures.
    pub pictures: Setting,
    /// What else the user wants.
    pub settings: Settings,
    /// The name of the theme.
    pub theme: String,
    /// Themes of the user's own: names, and the texts that describe them.
    pub own_themes: Vec<(String, String)>,
    /// What is done at the start, as if its key were pressed.
    pub first: Option<Action>,
    /// The day that counts as today, if it is not the one on the wall.
    pub today: Option<NaiveDate>,
}

/// Runs the panes until the user leaves.
///
/// # Errors
/// When there is no terminal, or it fails; or when a change could not be saved at the end.
pub fn run(opened: Opened, store: Store) -> anyhow::Result<()> {
    let language = opened.settings.language;
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        anyhow::bail!(language.pick(
            "the panes need a terminal; for text use “papers-tui list”, “pending” or “export”",
            "界面需要终端；要输出文本，请用“papers-tui list”、“pending”或“export”",
        ));
    }
    let signals = Signals::catch().context(language.pick("cannot catch signals", "无法接收信号"))?;
    let mut screen =
        Screen::enter(opened.settings.mouse).context(language.pick("cannot open the panes", "无法打开界面"))?;
    let mut app = App::new(opened.log, screen.size()?, opened.welcome);
    opened.settings.apply(&mut app);
    let session = opened.paths.first().zip(opened.settings.sessions.as_deref());
    let session = session.map(|(log, folder)| session::Place::of(log, folder));
    if let Some(left) = session.as_ref().and_then(session::Place::load) {
        app.resume(left);
    }
    let clock = Clock::new(&app, opened.today);
    app.update(Message::Time(clock.now()));
    let (themes, flaws) = themes(opened.own_themes);
    app.themes.names = themes.names();
    app.themes.chosen = opened.theme;
    let flaws = flaws.into_iter().chain(unknown(&app.themes));
    flaws.for_each(|flaw| drop(app.update(Message::Noticed(flaw))));
    let shown = pictures_on(&screen, opened.pictures);
    let effects = app.update(Message::Pictures(shown.map(|shown| shown.cell)));
    let theme = InUse { name: app.theme().to_owned(), shade: themes.shade, made: themes.theme(app.theme()) };
    screen.draw(|buffer| ui::view(&app, &theme.made, &NoPictures, buffer))?;
    if background::may_be_asked(variable) {
        screen.ask_background()?;
    }
    let (sender, receiver) = mpsc::channel();
    let turn = input::start(signals, sender.clone())?;
    let known = app.log.files.iter().map(|file| (file.name.clone(), file.text.clone()));
    let paths = opened.paths;
    let patience = store.patience;
    let settings = opened.settings;
    let sidecars = settings.sidecars.as_deref();
    if let Some(log) = paths.first() {
        aliases::load(sidecar::folder(log, sidecars), patience, sender.clone());
    }
    let gallery = Gallery::start(paths.clone(), shown, &settings, sender.clone())?;
    let files = paths.iter().cloned().zip(known).map(|(path, (name, text))| (path, name, text));
    let first = opened.first.map(Message::Asked);
    let log = paths.first().context(language.pick("no log was named or found here", "没有指定日志，这里也没有找到"))?;
    let reviews = Reviews::start(sidecar::folder(log, sidecars), &store, first, sender.clone())?;
    let files = Files::start(files.collect(), store, sender.clone())?;
    let search = Search::start(sender.clone())?;
    let setting = opened.pictures;
    let mut shell = Shell {
        app,
        themes,
        theme,
        screen,
        sender,
        receiver,
        files,
        search,
        reviews,
        clock,
        paths,
        turn,
        patience,
        settings,
        gallery,
        setting,
        shown,
        alarm: None,
    };
    let ended = shell.perform(effects).and_then(|_| shell.run());
    let Shell { app, screen, receiver, files, reviews, .. } = shell;
    files.finish();
    reviews.finish();
    drop(screen);
    if let Some(place) = session {
        place.save(app.session());
    }
    ended?;
    unsaved(&receiver, app.language)
}

/// What the worker could not save after the screen was gone must be said all the same.
fn unsaved(receiver: &Receiver<Input>, language: Language) -> anyhow::Result<()> {
    let reasons = receiver.try_iter().filter_map(|input| match input {
        Input::Message(Message::Refused(_, reason) | Message::ReviewRefused(_, reason)) => Some(reason.take(language)),
        _ => None,
    });
    let reasons: Vec<String> = reasons.collect();
    let reasons = reasons.join(language.pick("; ", "；"));
    anyhow::ensure!(reasons.is_empty(), say!(language, "not saved: {reasons}", "未保存：{reasons}"));
    Ok(())
}

/// All themes, for the terminal as the environment describes it.
/// Those of the user's own that cannot be read are left out, and what is wrong with them is said.
fn themes(own: Vec<(String, String)>) -> (Themes, Vec<Sentence>) {
    let mut flaws = Vec::new();
    let mut read = |(name, text): (String, String)| match theme::file::parse(&text) {
        Ok(colours) => Some((name, colours)),
        Err(flaw) => {
            flaws.push(Sentence::of(|language| format!("themes/{name}.toml:{}", flaw.say(language))));
            None
        }
    };
    let own = own.into_iter().filter_map(&mut read).collect();
    let shade = Shade::of_colorfgbg(&variable("COLORFGBG"));
    let themes = Themes { depth: Depth::of(variable), shade, wants_colours: variable("NO_COLOR").is_empty(), own };
    (themes, flaws)
}

/// That the theme which was chosen is not there, if so.
fn unknown(themes: &crate::app::themes::Themes) -> Option<Sentence> {
    let crate::app::themes::Themes { names, chosen } = themes;
    let list = names.join(", ");
    let said = Sentence::of(|language| {
        say!(language, "There is no theme “{chosen}”; there are {list}", "没有名为“{chosen}”的主题；可用：{list}")
    });
    (!names.contains(chosen)).then_some(said)
}

/// Whether the terminal has 256 colours, and the user wants them.
fn has_colours() -> bool {
    variable("NO_COLOR").is_empty() && matches!(Depth::of(variable), Depth::Full | Depth::Indexed)
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// How pictures are shown on the screen as it is now.
fn pictures_on(screen: &Screen, setting: Setting) -> Option<protocol::Screen> {
    let setting = if cfg!(feature = "images") { setting } else { Setting::Off };
    protocol::choose(setting, variable, has_colours(), screen.cell())
}

/// The clock on the wall, or one that goes as it does on another day.
struct Clock {
    ahead: chrono::Duration,
}

impl Clock {
    fn new(app: &App, today: Option<NaiveDate>) -> Self {
        let now = chrono::Local::now().fixed_offset();
        let real = app.reviewing.settings.turn.day_of(now);
        Self { ahead: today.map_or_else(chrono::Duration::zero, |today| today - real) }
    }

    fn now(&self) -> DateTime<FixedOffset> {
        let now = chrono::Local::now().fixed_offset();
        now.checked_add_signed(self.ahead).unwrap_or(now)
    }
}

/// A theme, with what it was made of.
struct InUse {
    name: String,
    shade: Option<Shade>,
    made: Theme,
}

struct Shell {
    app: App,
    themes: Themes,
    theme: InUse,
    screen: Screen,
    sender: Sender<Input>,
    receiver: Receiver<Input>,
    files: Files,
    reviews: Reviews,
    clock: Clock,
    /// Where the files of the log stand.
    paths: Vec<PathBuf>,
    /// Who reads the terminal.
    turn: Arc<Turn>,
    /// With other processes that change what lies beside the log.
    patience: Patience,
    /// What the user wants.
    settings: Settings,
    gallery: Gallery,
    search: Search,
    /// What the user wants of pictures.
    setting: Setting,
    /// How they are shown.
    shown: Option<protocol::Screen>,
    /// When the application wants to be woken, and with what.
    alarm: Option<(Instant, u64)>,
}

impl Shell {
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
            self.choose_theme();
            let view = |buffer: &mut _| ui::view(&self.app, &self.theme.made, &*self.gallery.ready, buffer);
            self.screen.draw(view).context(self.app.language.pick("the terminal is gone", "终端已断开"))?;
        }
    }

    /// Makes the theme anew when another one is chosen, or the background is known by now: to find
    /// the nearest of 256 colours takes too long for every frame.
    fn choose_theme(&mut self) {
        let (name, shade) = (self.app.theme(), self.themes.shade);
        if self.theme.name != name || self.theme.shade != shade {
            self.theme = InUse { name: name.to_owned(), shade, made: self.themes.theme(name) };
        }
    }

    /// What has come as well. While an answer is awaited and there is nothing yet to show, a
    /// frame is put off for a moment: what is found stands there at once, without a flicker.
    fn next(&self, woken: Instant) -> Option<Input> {
        let left = if self.app.is_searching() { MOMENT.saturating_sub(woken.elapsed()) } else { Duration::ZERO };
        self.receiver.recv_timeout(left).ok()
    }

    fn wait(&mut self) -> Option<Input> {
        let Some((at, id)) = self.alarm else { return self.receiver.recv().ok() };
        match self.receiver.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Ok(input) => Some(input),
            Err(RecvTimeoutError::Timeout) => {
                self.alarm = None;
                Some(Input::Message(Message::Alarm(id)))
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Takes one input in; `true` when it ends the program.
    fn take(&mut self, input: Input) -> anyhow::Result<bool> {
        let message = match input {
            Input::Quit => return Ok(true),
            Input::Resized => return self.resized(),
            Input::Background(shade) => {
                self.themes.shade = Some(shade);
                return Ok(false);
            }
            Input::Message(message) => message,
        };
        self.app.update(Message::Time(self.clock.now()));
        let effects = self.app.update(message);
        self.perform(effects)
    }

    /// The terminal may have other cells too, if its font has changed.
    fn resized(&mut self) -> anyhow::Result<bool> {
        let mut effects = self.app.update(Message::Resized(self.screen.size()?));
        let shown = pictures_on(&self.screen, self.setting);
        if shown != self.shown {
            self.shown = shown;
            self.gallery.ask(pictures::Job::Screen(shown));
            effects.extend(self.app.update(Message::Pictures(shown.map(|shown| shown.cell))));
        }
        self.perform(effects)
    }

    /// Does what the application wants; `true` when it wants to end.
    fn perform(&mut self, effects: Vec<Effect>) -> anyhow::Result<bool> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(true),
                Effect::Save { id, file, intent } => self.files.ask(Job::Save { id, file, intent }),
                Effect::NameReference { id, title } => {
                    if let Some(log) = self.paths.first() {
                        let folder = sidecar::folder(log, self.settings.sidecars.as_deref());
                        aliases::name(folder, self.patience, id, title, self.sender.clone());
                    }
                }
                Effect::Copy(text) => {
                    // A terminal that is gone is found out when the next frame is drawn.
                    let _ = self.screen.copy(&text);
                }
                Effect::Review { id, change } => self.reviews.ask(reviews::Job::Change { id, change }),
                Effect::LoadReviews => self.reviews.ask(reviews::Job::Load),
                Effect::OpenUrl(url) => outside::open_url(url, self.settings.opener.clone(), self.sender.clone()),
                Effect::OpenPdf { file, title } => {
                    let here = self.paths.get(file).and_then(|path| path.parent()).unwrap_or(Path::new("."));
                    let folders = match &self.settings.pdf_folders[..] {
                        [] => vec![here.to_owned()],
                        set => set.iter().map(|folder| here.join(folder)).collect(),
                    };
                    outside::open_pdf(folders, title, self.settings.opener.clone(), self.sender.clone());
                }
                Effect::Survey => outside::survey(Arc::clone(&self.app.log), self.paths.clone(), self.sender.clone()),
                Effect::Reload => {
                    self.gallery.ready.clear();
                    self.files.ask(Job::Reload);
                }
                Effect::Edit { file, line } => self.edit(file, line)?,
                Effect::ShowFigures(wanted) => self.gallery.ask(pictures::Job::Show(wanted)),
                Effect::OpenOutside(figure) => self.gallery.ask(pictures::Job::Open(figure)),
                Effect::Search(ask) => self.search.ask(ask),
                Effect::StopSearch(generation) => self.search.stop(generation),
                Effect::SetAlarm { id, milliseconds } => {
                    self.alarm = Some((Instant::now() + Duration::from_millis(milliseconds), id));
                }
            }
        }
        Ok(false)
    }

    /// Lends the terminal to the user's editor until it ends.
    fn edit(&mut self, file: usize, line: usize) -> anyhow::Result<()> {
        let Some(path) = self.paths.get(file) else { return Ok(()) };
        let ended = match editor::chosen(&self.settings.editor) {
            Ok(words) => {
                let lent = self.turn.lend();
                self.screen.lend();
                let ended = editor::run(&words, path, line);
                self.screen.take_back().context(self.app.language.pick("the terminal is gone", "终端已断开"))?;
                drop(lent);
                self.files.ask(Job::Look);
                ended
            }
            Err(error) => Err(error),
        };
        match ended {
            Ok(()) => {}
            // To have no editor is no error: what was to be edited is shown.
            Err(error @ EditorError::Unset) => _ = self.app.update(Message::Noticed(error.sentence())),
            Err(error) => _ = self.app.update(Message::Failed(error.sentence())),
        }
        Ok(())
    }
}
