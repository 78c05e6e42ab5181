//! The shell: event loop, terminal, workers, and the effects that the application requests. It makes
//! no decisions of its own.
//!
//! The terminal is set up once. Each log then gets an [`EventLoop`] of its own, with channel and
//! workers; switching logs starts a new one.

mod aliases;
mod appearance;
mod background;
#[cfg(feature = "images")]
mod cache;
mod correct;
mod editor;
mod editor_notice;
mod editor_open;
#[cfg(feature = "images")]
pub mod encode;
mod event_loop;
mod files;
pub mod frames;
mod greeting;
pub mod input;
mod loader;
mod logs;
mod outside;
mod papers;
mod pictures;
pub mod protocol;
#[cfg_attr(not(feature = "images"), path = "unready.rs")]
pub mod ready;
mod refresh;
mod rescan;
mod rescue;
mod reviews;
mod router;
mod searcher;
mod session;
pub(crate) mod settings;
mod suspend;
pub mod terminal;
mod unavailable;
mod undo_history;
mod workers;

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::mpsc;

use anyhow::Context;
use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::Message;
use crate::app::keys::action::Action;
use crate::io::choose::{self, LogFiles};
use crate::io::read::ReadError;
use crate::io::store::Store;
use crate::io::terminfo;
use crate::log::Log;
use crate::review;
use crate::say;
use crate::ui::theme::{self, Depth, Shade, Theme, Themes};
use crate::words::{Language, Sentence};
use appearance::InitialAppearance;
use event_loop::{EventLoop, LoopResult};
use input::lock::InputLock;
use input::signals::Signals;
use loader::{LoadedLog, WholeLog};
use protocol::{PictureSetting, TerminalReplies, TerminalReply};
use router::InputRouter;
use settings::InterfaceSettings;
use terminal::Screen;

/// Input to the event loop.
#[derive(Debug)]
enum Input {
    /// A message for the application.
    Message(Message),
    /// The terminal may have been resized.
    Resized,
    /// Suspend, after SIGTSTP.
    Stop,
    /// The program was stopped by force and has been continued.
    Continued,
    /// The terminal reported its background.
    Background(Shade),
    /// The terminal reported its name or attributes.
    Answer(TerminalReply),
    /// A large log has loaded completely, or loading failed.
    Whole(Result<WholeLog, ReadError>),
    /// Files of the log were added, removed, renamed or moved.
    Moved {
        /// The log as it is now.
        log: Box<Log>,
        /// Where the log's files are.
        files: LogFiles,
        /// Each file's previous index, if it had one.
        from: Vec<Option<usize>>,
    },
    /// The log to switch to was read, or reading it failed.
    Read {
        /// The number of the request.
        number: u64,
        /// The log, or why it cannot be read.
        read: Result<Box<LoadedLog>, Sentence>,
    },
    /// Quit, for a signal or because the terminal is gone.
    Quit,
}

/// What to open at the start.
#[derive(Debug)]
pub(crate) enum InitialLog {
    /// A log, by its files.
    Files(LogFiles),
    /// A copy of the sample.
    Sample,
    /// A list of logs to choose from.
    Choice,
}

/// Everything needed to start the interface.
pub(crate) struct StartOptions {
    /// What to open.
    pub log: InitialLog,
    /// A message for the status line.
    pub welcome: Option<String>,
    /// Whether and how to show pictures.
    pub pictures: PictureSetting,
    /// The user's other settings.
    pub settings: InterfaceSettings,
    /// The theme from the configuration, if it names one.
    pub theme: Option<String>,
    /// User-defined themes: names and file contents.
    pub own_themes: Vec<(String, String)>,
    /// An action to run at the start, as if its key were pressed.
    pub first: Option<Action>,
    /// Overrides today's date.
    pub today: Option<NaiveDate>,
}

/// Runs the interface until the user quits; returns messages to print once the screen is restored.
///
/// # Errors
/// When a file cannot be read, there is no terminal or it fails, or a change could not be saved at the end.
pub(crate) fn run(mut opened: StartOptions, store: Store) -> anyhow::Result<Vec<Sentence>> {
    let appearance = InitialAppearance::new(opened.theme.take(), &opened.settings);
    let language = appearance.language;
    opened.settings.language = language;
    let mut read = match opened.log {
        InitialLog::Files(files) => Some(LoadedLog::start(files, None, &opened.settings.load_options())?),
        InitialLog::Sample => {
            let sample = choose::sample(language)?;
            Some(LoadedLog::sample(sample, &opened.settings.load_options())?)
        }
        InitialLog::Choice => None,
    };
    ensure_terminal(language)?;
    let signals = Signals::catch().context(language.pick("cannot catch signals", "无法接收信号"))?;
    let screen = Screen::enter(opened.settings.mouse, language)
        .context(language.pick("cannot set up the terminal", "无法打开界面"))?;
    let (themes, flaws) = themes(opened.own_themes);
    let (sender, mut receiver) = mpsc::channel();
    let mut shell = Shell {
        theme: InUse { made: themes.theme(&appearance.theme), name: appearance.theme.clone(), shade: themes.shade },
        shown: pictures_on(&screen, opened.pictures, &TerminalReplies::default()),
        answers: TerminalReplies::default(),
        clock: Clock::new(&opened.settings.review, opened.today),
        screen,
        themes,
        chosen: appearance.theme.clone(),
        fixed: (appearance.fixed_theme(), appearance.is_language_fixed()),
        router: Arc::new(InputRouter::new(sender.clone())),
        signals: Some(signals),
        input_lock: None,
        store,
        settings: opened.settings,
        setting: opened.pictures,
        welcome: opened.welcome,
        notices: flaws,
        first: opened.first,
    };
    shell.notices.extend(shell.unknown_theme());
    let mut sender = sender;
    loop {
        let event_loop = match EventLoop::begin(&mut shell, read, sender, receiver) {
            Err(_) if terminal::is_gone() => return Ok(Vec::new()),
            begun => begun?,
        };
        let LoopResult { next, left, result, before } = event_loop.run_to_end();
        match next {
            Some(next) => {
                left.keep();
                let channel = mpsc::channel();
                shell.router.switch_to(channel.0.clone(), &before);
                (read, sender, receiver) = (Some(next), channel.0, channel.1);
            }
            None => {
                let (theme, language) = (shell.chosen.clone(), shell.settings.language);
                drop(shell);
                left.keep();
                appearance.keep(&theme, language);
                return result;
            }
        }
    }
}

/// Fails, with advice, if the interface cannot run in this terminal.
fn ensure_terminal(language: Language) -> anyhow::Result<()> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        anyhow::bail!(language.pick(
            "the interface needs a terminal; for text output use “papers-tui list”, “pending” or “export”",
            "界面需要终端；要输出文本，请用“papers-tui list”、“pending”或“export”",
        ));
    }
    let term = variable("TERM");
    if !terminfo::can_place_cursor(&term) {
        anyhow::bail!(say!(
            language,
            "the interface needs a terminal with cursor positioning, which “{term}” ($TERM) lacks; for text output use \
             “papers-tui list”, “show”, “pending” or “export”",
            "界面需要支持光标定位的终端，而“{term}”（$TERM）不支持；要输出文本，请用“papers-tui list”、“show”、“pending”或“export”"
        ));
    }
    Ok(())
}

/// All themes, for the terminal that the environment describes. User-defined themes with errors are left out; the
/// errors are returned.
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

/// Whether the terminal has at least 256 colours and the user wants colours.
fn has_colours() -> bool {
    variable("NO_COLOR").is_empty() && matches!(Depth::of(variable), Depth::Full | Depth::Indexed)
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// How to show pictures on the current screen; `None` for no pictures.
fn pictures_on(
    screen: &Screen,
    setting: PictureSetting,
    answers: &TerminalReplies,
) -> Option<protocol::PictureSupport> {
    let setting = if cfg!(feature = "images") { setting } else { PictureSetting::Off };
    protocol::choose(setting, variable, answers, has_colours(), screen.cell())
}

/// The system clock, possibly shifted to another day.
struct Clock {
    ahead: chrono::Duration,
    day_start: review::day::DayStart,
}

impl Clock {
    fn new(review: &review::ReviewSettings, today: Option<NaiveDate>) -> Self {
        let now = chrono::Local::now().fixed_offset();
        let real = review.day_start.day_of(now);
        Self { ahead: today.map_or_else(chrono::Duration::zero, |today| today - real), day_start: review.day_start }
    }

    fn now(&self) -> DateTime<FixedOffset> {
        let now = chrono::Local::now().fixed_offset();
        now.checked_add_signed(self.ahead).unwrap_or(now)
    }

    /// The time left until the next day begins.
    fn until_next_day(&self) -> std::time::Duration {
        self.day_start.until_next(self.now()).to_std().unwrap_or_default()
    }
}

/// The current theme, with the inputs that it was made from.
struct InUse {
    name: String,
    shade: Option<Shade>,
    made: Theme,
}

/// State that outlives an event loop.
struct Shell {
    screen: Screen,
    themes: Themes,
    theme: InUse,
    /// The name of the theme chosen by the user.
    chosen: String,
    /// What the next start uses regardless of the choices made now: the theme, if it is fixed, and whether the
    /// language is fixed.
    fixed: (Option<String>, bool),
    clock: Clock,
    /// Routes terminal input to the current event loop.
    router: Arc<InputRouter>,
    /// Caught signals, until a thread handles them.
    signals: Option<Signals>,
    /// Controls who reads the terminal, once the input thread runs.
    input_lock: Option<Arc<InputLock>>,
    store: Store,
    settings: InterfaceSettings,
    /// The user's setting for pictures.
    setting: PictureSetting,
    /// What the terminal has reported about itself.
    answers: TerminalReplies,
    /// How pictures are shown; `None` if they are not.
    shown: Option<protocol::PictureSupport>,
    /// A message for the first event loop.
    welcome: Option<String>,
    /// More messages for the first event loop.
    notices: Vec<Sentence>,
    /// An action for the first event loop with a log.
    first: Option<Action>,
}

impl Shell {
    /// Rebuilds the theme if another one was chosen or the background has become known. Not done per frame, since
    /// finding the nearest of 256 colours is too slow.
    fn choose_theme(&mut self, name: &str) {
        let shade = self.themes.shade;
        if self.theme.name != name || self.theme.shade != shade {
            self.theme = InUse { name: name.to_owned(), shade, made: self.themes.theme(name) };
        }
    }

    /// A message that the chosen theme does not exist; `None` if it does.
    fn unknown_theme(&self) -> Option<Sentence> {
        let (names, chosen) = (self.themes.names(), &self.chosen);
        let said = Sentence::of(|language| {
            let list = names.join(language.comma());
            say!(language, "Unknown theme “{chosen}”; available: {list}", "没有名为“{chosen}”的主题；可用：{list}")
        });
        (!names.contains(chosen)).then_some(said)
    }
}
