//! The shell: the event loop, the terminal, the workers, and the effects that the
//! application asks for. It decides nothing.
//!
//! The terminal is taken over once. What is done with one log is a sitting: a channel, an event
//! loop and workers of its own; another log is another sitting.

mod aliases;
mod appearance;
mod background;
#[cfg(feature = "images")]
mod cache;
mod editor;
#[cfg(feature = "images")]
pub mod encode;
mod files;
mod found;
pub mod frames;
mod greeting;
pub mod input;
mod learn;
mod lend;
mod lending;
mod lent;
mod loader;
mod logs;
mod look;
mod odd;
mod outlet;
mod outside;
mod papers;
mod past;
mod pictures;
pub mod protocol;
#[cfg_attr(not(feature = "images"), path = "unready.rs")]
pub mod ready;
mod rescue;
mod reviews;
mod searcher;
mod session;
pub(crate) mod settings;
mod sitting;
pub mod terminal;
mod workers;

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::mpsc;

use anyhow::Context;
use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::Message;
use crate::app::keys::action::Action;
use crate::io::choose::{self, Located};
use crate::io::read::ReadError;
use crate::io::store::Store;
use crate::io::terminfo;
use crate::log::Log;
use crate::review;
use crate::say;
use crate::ui::theme::{self, Depth, Shade, Theme, Themes};
use crate::words::{Language, Sentence};
use appearance::Beginning;
use input::signals::Signals;
use input::turn::Turn;
use loader::Read;
use outlet::Outlet;
use protocol::{Answer, Answers, Setting};
use settings::Settings;
use sitting::{Ended, Sitting};
use terminal::Screen;

/// What can wake the loop.
#[derive(Debug)]
enum Input {
    /// For the application.
    Message(Message),
    /// The terminal may have another size.
    Resized,
    /// The program is to stop until it is continued.
    Stop,
    /// It was stopped without being asked, and goes on.
    Continued,
    /// The terminal's background is dark or light.
    Background(Shade),
    /// The terminal says what it is.
    Answer(Answer),
    /// All of the log is read of which the beginning is shown; or it cannot be read.
    Whole(Result<(Box<Log>, Located), ReadError>),
    /// The log consists of other files now, or they stand elsewhere.
    Moved {
        /// All that is read.
        log: Box<Log>,
        /// Where the files stand.
        files: Located,
        /// For each file the index that it had before, if any.
        from: Vec<Option<usize>>,
    },
    /// Another log is read, or cannot be.
    Read {
        /// Which request this answers.
        number: u64,
        /// The log, or why not.
        read: Result<Box<Read>, Sentence>,
    },
    /// The user, a signal or the terminal ends the program.
    Quit,
}

/// What is opened first.
#[derive(Debug)]
pub enum First {
    /// The log in these files.
    Files(Located),
    /// A copy of the sample.
    Sample,
    /// The log that is chosen from a list.
    Choice,
}

/// What the panes are opened with.
pub struct Opened {
    /// What is opened.
    pub log: First,
    /// Said in the status line at the start.
    pub welcome: Option<String>,
    /// Whether and how figures are shown as pictures.
    pub pictures: Setting,
    /// What else the user wants.
    pub settings: Settings,
    /// The name of the theme, if the settings name one.
    pub theme: Option<String>,
    /// Themes of the user's own: names, and the texts that describe them.
    pub own_themes: Vec<(String, String)>,
    /// What is done at the start, as if its key were pressed.
    pub first: Option<Action>,
    /// The day that counts as today, if it is not the one on the wall.
    pub today: Option<NaiveDate>,
}

/// Runs the panes until the user leaves; what is to be said when the screen is gone.
///
/// # Errors
/// When a file cannot be read, when there is no terminal, or it fails; or when a change could not
/// be saved at the end.
pub fn run(mut opened: Opened, store: Store) -> anyhow::Result<Vec<Sentence>> {
    let beginning = Beginning::new(opened.theme.take(), &opened.settings);
    let language = beginning.language;
    opened.settings.language = language;
    let mut read = match opened.log {
        First::Files(files) => Some(Read::start(files, None, &opened.settings.manner())?),
        First::Sample => {
            let sample = choose::sample()?;
            Some(Read::sample(sample, &opened.settings.manner())?)
        }
        First::Choice => None,
    };
    ensure_terminal(language)?;
    let signals = Signals::catch().context(language.pick("cannot catch signals", "无法接收信号"))?;
    let screen = Screen::enter(opened.settings.mouse, language)
        .context(language.pick("cannot open the panes", "无法打开界面"))?;
    let (themes, flaws) = themes(opened.own_themes);
    let (sender, mut receiver) = mpsc::channel();
    let mut house = House {
        theme: InUse { name: String::new(), shade: None, made: themes.theme("") },
        shown: pictures_on(&screen, opened.pictures, &Answers::default()),
        answers: Answers::default(),
        clock: Clock::new(&opened.settings.review, opened.today),
        screen,
        themes,
        chosen: beginning.theme.clone(),
        fixed: (beginning.fixed_theme(), beginning.is_language_fixed()),
        outlet: Arc::new(Outlet::new(sender.clone())),
        signals: Some(signals),
        turn: None,
        store,
        settings: opened.settings,
        setting: opened.pictures,
        welcome: opened.welcome,
        notices: flaws,
        first: opened.first,
    };
    house.notices.extend(house.unknown_theme());
    let mut sender = sender;
    loop {
        let sitting = match Sitting::begin(&mut house, read, sender, receiver) {
            Err(_) if terminal::is_gone() => return Ok(Vec::new()),
            begun => begun?,
        };
        let Ended { next, left, result, before } = sitting.last();
        match next {
            Some(next) => {
                left.keep();
                let channel = mpsc::channel();
                house.outlet.turn_to(channel.0.clone(), &before);
                (read, sender, receiver) = (Some(next), channel.0, channel.1);
            }
            None => {
                let (theme, language) = (house.chosen.clone(), house.settings.language);
                drop(house);
                left.keep();
                beginning.keep(&theme, language);
                return result;
            }
        }
    }
}

/// Says what serves instead where the panes cannot be shown.
fn ensure_terminal(language: Language) -> anyhow::Result<()> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        anyhow::bail!(language.pick(
            "the panes need a terminal; for text use “papers-tui list”, “pending” or “export”",
            "界面需要终端；要输出文本，请用“papers-tui list”、“pending”或“export”",
        ));
    }
    let term = variable("TERM");
    if !terminfo::can_place_cursor(&term) {
        anyhow::bail!(say!(
            language,
            "the panes need a terminal whose cursor can be placed, and “{term}” ($TERM) has none; for text use \
             “papers-tui list”, “show”, “pending” or “export”",
            "界面需要可以定位光标的终端，而“{term}”（$TERM）不能；要输出文本，请用“papers-tui list”、“show”、“pending”或“export”"
        ));
    }
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

/// Whether the terminal has 256 colours, and the user wants them.
fn has_colours() -> bool {
    variable("NO_COLOR").is_empty() && matches!(Depth::of(variable), Depth::Full | Depth::Indexed)
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// How pictures are shown on the screen as it is now.
fn pictures_on(screen: &Screen, setting: Setting, answers: &Answers) -> Option<protocol::Screen> {
    let setting = if cfg!(feature = "images") { setting } else { Setting::Off };
    protocol::choose(setting, variable, answers, has_colours(), screen.cell())
}

/// The clock on the wall, or one that goes as it does on another day.
struct Clock {
    ahead: chrono::Duration,
    turn: review::day::Turn,
}

impl Clock {
    fn new(review: &review::Settings, today: Option<NaiveDate>) -> Self {
        let now = chrono::Local::now().fixed_offset();
        let real = review.turn.day_of(now);
        Self { ahead: today.map_or_else(chrono::Duration::zero, |today| today - real), turn: review.turn }
    }

    fn now(&self) -> DateTime<FixedOffset> {
        let now = chrono::Local::now().fixed_offset();
        now.checked_add_signed(self.ahead).unwrap_or(now)
    }

    /// How long it is until the next day.
    fn until_next_day(&self) -> std::time::Duration {
        self.turn.until_next(self.now()).to_std().unwrap_or_default()
    }
}

/// A theme, with what it was made of.
struct InUse {
    name: String,
    shade: Option<Shade>,
    made: Theme,
}

/// What stays while one log follows another.
struct House {
    screen: Screen,
    themes: Themes,
    theme: InUse,
    /// The name of the theme that the user has chosen.
    chosen: String,
    /// The theme of the next start, where it is not that one; whether the language of the next start is.
    fixed: (Option<String>, bool),
    clock: Clock,
    /// Where what comes from the terminal goes.
    outlet: Arc<Outlet>,
    /// Until something listens to them.
    signals: Option<Signals>,
    /// Who reads the terminal, once somebody does.
    turn: Option<Arc<Turn>>,
    store: Store,
    /// What the user wants.
    settings: Settings,
    /// What the user wants of pictures.
    setting: Setting,
    /// What the terminal has said of itself.
    answers: Answers,
    /// How they are shown.
    shown: Option<protocol::Screen>,
    /// Said in the first sitting.
    welcome: Option<String>,
    /// The same, one after another.
    notices: Vec<Sentence>,
    /// Done in the first sitting that has a log.
    first: Option<Action>,
}

impl House {
    /// Makes the theme anew when another one is chosen, or the background is known by now: to find
    /// the nearest of 256 colours takes too long for every frame.
    fn choose_theme(&mut self, name: &str) {
        let shade = self.themes.shade;
        if self.theme.name != name || self.theme.shade != shade {
            self.theme = InUse { name: name.to_owned(), shade, made: self.themes.theme(name) };
        }
    }

    /// That the theme which was chosen is not there, if so.
    fn unknown_theme(&self) -> Option<Sentence> {
        let (names, chosen) = (self.themes.names(), &self.chosen);
        let list = names.join(", ");
        let said = Sentence::of(|language| {
            say!(language, "There is no theme “{chosen}”; there are {list}", "没有名为“{chosen}”的主题；可用：{list}")
        });
        (!names.contains(chosen)).then_some(said)
    }
}
