//! `papers-tui config`: where the settings are read from, and what they are by default.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::print::Printer;
use super::{Outcome, language, tell};
use crate::config::{self, Config, Show, State};
use crate::io::places;
use crate::io::read::{ReadError, names, read_text};
use crate::log::dialect::Dialect;
use crate::say;
use crate::tui;
use crate::tui::protocol::{Protocol, Setting};
use crate::words::{Language, Say};

/// The user's settings, and what was wrong with them.
pub struct Settings {
    /// What is set, with the defaults for all else.
    pub config: Config,
    /// What was wrong, in one line each.
    pub problems: Vec<String>,
    /// The language of the interface.
    pub language: Language,
    /// Whether that was asked for; else it is the locale's.
    names_language: bool,
    /// Themes of the user's own: names, and the texts that describe them.
    pub own_themes: Vec<(String, String)>,
    /// The file that they are read from; it need not exist.
    path: Option<PathBuf>,
    /// The log, if none is named, by the environment.
    default_log: Option<PathBuf>,
}

impl Settings {
    /// Reads the file that is named, or else the one at the usual place. There need be none at
    /// the usual place.
    /// `asked` is the language that goes before the one that is set.
    pub fn read(named: Option<&Path>, asked: Option<Language>) -> Self {
        let usual = || places::configuration().map(|folder| folder.join("config.toml"));
        let path = named.map(Path::to_owned).or_else(usual);
        let spoken = |config: &Config| asked.or(config.language.chosen()).unwrap_or_else(language::of_locale);
        let (config, problems) = match &path {
            None => (Config::default(), Vec::new()),
            Some(path) => read(path, named.is_some(), spoken),
        };
        let own_themes = path.as_deref().and_then(Path::parent).map(themes).unwrap_or_default();
        let names_language = asked.or(config.language.chosen()).is_some();
        let language = spoken(&config);
        Self { language, names_language, config, problems, own_themes, path, default_log: None }
    }

    /// With the log that is opened when none is named, by the environment.
    pub fn with_log(self, default_log: Option<PathBuf>) -> Self {
        Self { default_log, ..self }
    }

    /// What is opened when no log is named.
    pub fn otherwise(&self) -> Vec<PathBuf> {
        match &self.default_log {
            Some(log) => vec![log.clone()],
            None => self.config.logs.iter().map(|path| places::expand(path)).collect(),
        }
    }

    /// Says on standard error what was wrong.
    ///
    /// # Errors
    /// When standard error cannot be written to.
    pub fn tell_problems(&self) -> std::io::Result<()> {
        self.problems.iter().try_for_each(|problem| tell(problem))
    }

    /// What was wrong, in one line, if anything was.
    pub fn problem(&self) -> Option<String> {
        let language = self.language;
        match &self.problems[..] {
            [] => None,
            [only] => Some(only.clone()),
            [first, others @ ..] => {
                let count = others.len();
                Some(say!(
                    language,
                    "{first} · {count} more: papers-tui config --path",
                    "{first} · 另有 {count} 处：papers-tui config --path"
                ))
            }
        }
    }

    /// What of it concerns the panes.
    pub fn of_panes(&self) -> tui::settings::Settings {
        let Config { layout, review, .. } = self.config;
        let columns = |width: u16| (width > 0).then_some(width);
        tui::settings::Settings {
            language: self.language,
            names_language: self.names_language,
            keymap: self.config.keymap.clone(),
            habits: self.config.habits(),
            dialect: self.dialect(),
            topics: Arc::new(self.config.tracks.clone()),
            review: review.settings(),
            sizes: crate::app::screen::layout::Sizes {
                reading: layout.reading_width,
                timeline: columns(layout.timeline_width),
                pending: columns(layout.pending_width),
                ..crate::app::screen::layout::Sizes::default()
            },
            mouse: self.config.mouse,
            cache: usize::from(self.config.pictures.cache) << 20,
            pdf_folders: self.config.pdf_folders.iter().map(|folder| places::expand(folder)).collect(),
            editor: self.config.editor.0.clone(),
            opener: self.config.opener.0.clone(),
            sidecars: sidecars(&self.config),
            sessions: self.config.session.remember.then(|| places::state().join("sessions")),
            state: self.config.session.remember.then(places::state),
        }
    }

    /// What the user has said of how logs are written.
    pub fn dialect(&self) -> Arc<Dialect> {
        Arc::new(self.config.dialect.settings().with_template(self.config.habits().template.as_deref()))
    }

    /// How figures are shown where the command line does not say it.
    pub fn pictures(&self) -> Setting {
        match self.config.pictures.show {
            Show::Auto => Setting::Auto,
            Show::Off => Setting::Off,
            Show::Kitty => Setting::Only(Protocol::Kitty),
            Show::Sixel => Setting::Only(Protocol::Sixel),
            Show::Iterm2 => Setting::Only(Protocol::Iterm2),
            Show::Halfblocks => Setting::Only(Protocol::HalfBlocks),
        }
    }
}

/// The folder for what is otherwise kept beside the log.
pub fn sidecars(config: &Config) -> Option<PathBuf> {
    (config.review.state == State::User).then(|| places::state().join("sidecars"))
}

/// The texts of the themes beside the configuration, by the names of their files.
fn themes(folder: &Path) -> Vec<(String, String)> {
    let folder = folder.join("themes");
    let theme = |file: PathBuf| {
        let name = file.file_name()?.to_str()?.strip_suffix(".toml")?.to_owned();
        Some((name, read_text(&file).ok()?))
    };
    let mut themes: Vec<(String, String)> =
        names(&folder).unwrap_or_default().into_iter().filter_map(|name| theme(folder.join(name))).collect();
    themes.sort();
    themes
}

fn read(path: &Path, must_exist: bool, spoken: impl Fn(&Config) -> Language) -> (Config, Vec<String>) {
    match read_text(path) {
        Ok(text) => {
            let (config, problems) = config::parse(&text);
            let language = spoken(&config);
            let say = |problem: &config::Problem| format!("{}:{}", path.display(), problem.say(language));
            let problems = problems.iter().map(say).collect();
            (config, problems)
        }
        Err(ReadError::NotFound(_)) if !must_exist => (Config::default(), Vec::new()),
        Err(error) => {
            let config = Config::default();
            let problem = error.say(spoken(&config));
            (config, vec![problem])
        }
    }
}

/// Writes all defaults with what they are for; or where they are read from.
pub fn run(settings: &Settings, path: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    if path {
        let Some(path) = &settings.path else { return Ok(Outcome::Nothing) };
        writeln!(out, "{}", path.display())?;
    } else {
        let keys = config::listed_keys(settings.language);
        write!(out, "{}\n{keys}", config::DEFAULTS)?;
    }
    Ok(Outcome::Done)
}
