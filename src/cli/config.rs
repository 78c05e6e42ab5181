//! `papers-tui config`: prints the default settings or the path of the settings file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::print::Printer;
use super::{Outcome, language, tell};
use crate::config::{self, Config, PictureProtocol, StateFolder};
use crate::io::dirs;
use crate::io::read::{ReadError, names, read_text};
use crate::log::dialect::Dialect;
use crate::say;
use crate::tui;
use crate::tui::protocol::{PictureSetting, Protocol};
use crate::words::{Language, Say};

/// The user's settings, and any problems in them.
pub struct Settings {
    /// The settings, with defaults for what is not set.
    pub config: Config,
    /// Problems in the settings file, one line each.
    pub problems: Vec<String>,
    /// The language of the interface.
    pub language: Language,
    /// Whether the user chose the language; otherwise it comes from the locale.
    names_language: bool,
    /// The user's own themes: name and text of each file.
    pub own_themes: Vec<(String, String)>,
    /// The settings file, which may not exist.
    path: Option<PathBuf>,
    /// The log given in the environment, if any.
    default_log: Option<PathBuf>,
}

impl Settings {
    /// Reads the settings file `named`, or else the one in the usual place, which may be missing. `asked` is a
    /// language that overrides the one in the settings.
    pub fn read(named: Option<&Path>, asked: Option<Language>) -> Self {
        let usual = || dirs::configuration().map(|folder| folder.join("config.toml"));
        let path = named.map(Path::to_owned).or_else(usual);
        let language_of = |config: &Config| asked.or(config.language.chosen()).unwrap_or_else(language::of_locale);
        let (config, problems) = match &path {
            None => (Config::default(), Vec::new()),
            Some(path) => read(path, named.is_some(), language_of),
        };
        let own_themes = path.as_deref().and_then(Path::parent).map(themes).unwrap_or_default();
        let names_language = asked.or(config.language.chosen()).is_some();
        let language = language_of(&config);
        Self { language, names_language, config, problems, own_themes, path, default_log: None }
    }

    /// Sets the log given in the environment.
    pub fn with_log(self, default_log: Option<PathBuf>) -> Self {
        Self { default_log, ..self }
    }

    /// The logs to open if none is named.
    pub fn default_logs(&self) -> Vec<PathBuf> {
        match &self.default_log {
            Some(log) => vec![log.clone()],
            None => self.config.logs.iter().map(|path| dirs::expand(path)).collect(),
        }
    }

    /// Prints the problems to standard error.
    ///
    /// # Errors
    /// If standard error cannot be written.
    pub fn tell_problems(&self) -> std::io::Result<()> {
        self.problems.iter().try_for_each(|problem| tell(problem))
    }

    /// A summary of the problems in one line, if there are any.
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

    /// The settings that the interface needs.
    pub fn for_panes(&self) -> tui::settings::InterfaceSettings {
        let Config { layout, review, .. } = self.config;
        let columns = |width: u16| (width > 0).then_some(width);
        tui::settings::InterfaceSettings {
            language: self.language,
            names_language: self.names_language,
            keymap: self.config.keymap.clone(),
            habits: self.config.habits(),
            dialect: self.dialect(),
            topics: Arc::new(self.config.topics.clone()),
            review: review.settings(),
            sizes: crate::app::screen::layout::Sizes {
                reading: layout.reading_width,
                timeline: columns(layout.timeline_width),
                pending: columns(layout.pending_width),
                ..crate::app::screen::layout::Sizes::default()
            },
            mouse: self.config.mouse,
            cache: usize::from(self.config.pictures.cache) << 20,
            pdf_folders: self.config.pdf_folders.iter().map(|folder| dirs::expand(folder)).collect(),
            editor: self.config.editor.0.clone(),
            opener: self.config.opener.0.clone(),
            sidecars: sidecars(&self.config),
            sessions: self.config.session.remember.then(|| dirs::state().join("sessions")),
            state: self.config.session.remember.then(dirs::state),
        }
    }

    /// The dialect in which the user writes logs.
    pub fn dialect(&self) -> Arc<Dialect> {
        Arc::new(self.config.dialect.settings().with_template(self.config.habits().template.as_deref()))
    }

    /// How to show figures, unless the command line overrides this.
    pub fn pictures(&self) -> PictureSetting {
        match self.config.pictures.show {
            PictureProtocol::Auto => PictureSetting::Auto,
            PictureProtocol::Off => PictureSetting::Off,
            PictureProtocol::Kitty => PictureSetting::Only(Protocol::Kitty),
            PictureProtocol::Sixel => PictureSetting::Only(Protocol::Sixel),
            PictureProtocol::Iterm2 => PictureSetting::Only(Protocol::Iterm2),
            PictureProtocol::Halfblocks => PictureSetting::Only(Protocol::HalfBlocks),
        }
    }
}

/// The folder for sidecar files; `None` if they are kept beside the log.
pub fn sidecars(config: &Config) -> Option<PathBuf> {
    (config.review.state == StateFolder::User).then(|| dirs::state().join("sidecars"))
}

/// The user's own themes, from `folder`: the name and text of each file.
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

fn read(path: &Path, must_exist: bool, language_of: impl Fn(&Config) -> Language) -> (Config, Vec<String>) {
    match read_text(path) {
        Ok(text) => {
            let (config, problems) = config::parse(&text);
            let language = language_of(&config);
            let say = |problem: &config::ConfigProblem| format!("{}:{}", path.display(), problem.say(language));
            let problems = problems.iter().map(say).collect();
            (config, problems)
        }
        Err(ReadError::NotFound(_)) if !must_exist => (Config::default(), Vec::new()),
        Err(error) => {
            let config = Config::default();
            let problem = error.say(language_of(&config));
            (config, vec![problem])
        }
    }
}

/// Prints all settings with their defaults, or the path of the settings file.
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
