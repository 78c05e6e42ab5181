//! The command line: the panes, and every part of the model without a screen.
//!
//! Results go to standard output, messages to standard error. Exit status: 0 done, 1 found
//! nothing (or, by `check`, faults), 2 wrong use or failure. A closed pipe is no failure.

mod add;
mod check;
mod chinese;
mod complete;
mod config;
mod examples;
mod export;
mod item;
mod language;
mod list;
mod log;
mod man;
mod pending;
mod review;
mod search;
mod show;
mod stats;
mod tick;
mod week;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use crate::app::action::Action;
use crate::config::Config;
use crate::io::choose::{Chosen, choose};
use crate::io::store::{Store, survive_size_limits};
use crate::log::date::{HeadingDate, read_heading};
use crate::log::{Log, parse};
use crate::say;
use crate::tui;
use crate::tui::protocol::Setting;
use crate::words::Language;
use config::Settings;

/// Read and review the paper-reading log that you keep as a Markdown file.
///
/// Without a subcommand the three panes open: what was read when, the summary, and what is
/// still to be read. Without a LOG it is the Markdown file of this folder, or of the
/// repository around it, that reads most like one; else a built-in sample.
#[derive(Debug, Parser)]
#[command(name = "papers-tui", version, args_conflicts_with_subcommands = true, after_help = AFTER)]
struct Cli {
    /// The log: files, or folders of them
    #[arg(value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// The log, if none is named
    #[arg(long = "default-log", env = "PAPERS_TUI_LOG", hide = true, global = true)]
    otherwise: Option<PathBuf>,
    /// Show figures by their captions alone
    #[arg(long)]
    no_pictures: bool,
    /// How figures are shown
    #[arg(long = "pictures", env = "PAPERS_TUI_PICTURES", hide = true, global = true)]
    pictures: Option<Setting>,
    /// The settings, instead of those at the usual place
    #[arg(long = "config", env = "PAPERS_TUI_CONFIG", hide_env = true, global = true, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// The language of the interface; otherwise that of the locale
    #[arg(long, env = "PAPERS_TUI_LANG", hide_env = true, value_enum, value_name = "LANG", global = true)]
    lang: Option<language::Lang>,
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER: &str = "\
Environment:
  PAPERS_TUI_LOG    the log, if none is named
  PAPERS_TUI_TODAY  the day that counts as today
  PAPERS_TUI_CONFIG the settings, instead of those at the usual place
  PAPERS_TUI_LANG   the language of the interface: en, zh
  NO_COLOR          no colours
  PAPERS_TUI_PICTURES
                    how figures are shown: auto, off, kitty, sixel, iterm2, halfblocks";

#[derive(Debug, Subcommand)]
enum Command {
    /// List what was read, newest first
    List {
        #[command(flatten)]
        log: LogArg,
        /// Only from this day on
        #[arg(long, value_name = "DATE", value_parser = date)]
        since: Option<NaiveDate>,
        /// Only up to this day
        #[arg(long, value_name = "DATE", value_parser = date)]
        until: Option<NaiveDate>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Show an entry as the pane shows it
    Show {
        #[command(flatten)]
        log: LogArg,
        /// Text of the title, a key, or line:N
        #[arg(value_name = "QUERY", required_unless_present = "all", add = ArgValueCompleter::new(complete::titles))]
        query: Option<String>,
        /// Every entry
        #[arg(long, conflicts_with = "query")]
        all: bool,
        /// Columns that lines may take [default: those of the terminal, 100 at most; 80 in a pipe]
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        width: Option<u16>,
        /// As JSON, an object on a line for each entry
        #[arg(long)]
        json: bool,
        /// Whether to use colours
        #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
        color: When,
    },
    /// Find papers and pending items by their titles, or anything in the text
    ///
    /// Words may come in any order, by their letters, their beginnings or in pinyin; all must
    /// hit. 'word is taken letter for letter, ^word begins a title, word$ ends one, !word must
    /// not be there. With --text also /regular expression/.
    Search {
        #[command(flatten)]
        log: LogArg,
        /// What to find
        #[arg(value_name = "QUERY", required = true)]
        query: Vec<String>,
        /// In the whole text, line by line
        #[arg(long)]
        text: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// List what is pending, with the line of each item
    Pending {
        #[command(flatten)]
        log: LogArg,
        /// Also what is done
        #[arg(long)]
        all: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Tick items off
    ///
    /// The file changes by exactly the marks of these items. If one of them is not found, or
    /// is not certain, nothing is changed.
    Tick {
        #[command(flatten)]
        log: LogArg,
        /// Text of the item, all of it or a part that only it has; or line:N
        #[arg(value_name = "ITEM", required = true, add = ArgValueCompleter::new(complete::open_items))]
        items: Vec<String>,
        /// Untick them
        #[arg(long)]
        undo: bool,
    },
    /// Review what is due; or list it, or the history of all grades
    ///
    /// Without an option the panes open in the review; where there is no terminal, what is
    /// due is listed.
    Review {
        #[command(flatten)]
        log: LogArg,
        /// List what is due, with the days that each grade would give
        #[arg(long)]
        due: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
        /// Write the history of all grades to FILE as JSON lines; “-” is standard output
        #[arg(long, value_name = "FILE", conflicts_with_all = ["due", "json"])]
        export: Option<PathBuf>,
        /// Add the grades of a history that was exported; “-” is standard input
        #[arg(long, value_name = "FILE", conflicts_with_all = ["due", "json", "export"])]
        import: Option<PathBuf>,
    },
    /// Counts, streaks and gaps
    Stats {
        #[command(flatten)]
        log: LogArg,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// A week's digest in Markdown
    Week {
        #[command(flatten)]
        log: LogArg,
        /// A day of the week; without it today
        #[arg(long, value_name = "DATE", value_parser = date)]
        date: Option<NaiveDate>,
        /// What is to be done in a week, in papers, or in what the log counts them in
        #[arg(long, value_name = "N")]
        goal: Option<u32>,
    },
    /// Add an item to the pending list
    Add {
        #[command(flatten)]
        log: LogArg,
        /// The item's text
        text: String,
        /// Below this item; given by text or line:N
        #[arg(long, value_name = "ITEM", add = ArgValueCompleter::new(complete::open_items))]
        under: Option<String>,
    },
    /// Write a new entry, and say at which line it stands
    ///
    /// The headings of its day and month are made where they are missing, in the log's own
    /// form and order.
    Log {
        #[command(flatten)]
        log: LogArg,
        /// The paper's title
        title: String,
        /// The day it was read; today if none is given
        #[arg(long, value_name = "DATE", value_parser = date)]
        date: Option<NaiveDate>,
        /// Tick this item of the pending list too; given by text or line:N
        #[arg(long, value_name = "ITEM", add = ArgValueCompleter::new(complete::open_items))]
        from: Option<String>,
    },
    /// Say what is wrong with the log: exit status 1 where something is
    ///
    /// A line for each finding, “file:line: message”, to which editors jump.
    Check {
        #[command(flatten)]
        log: LogArg,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the log out for other programs, or for browsers
    Export {
        #[command(flatten)]
        log: LogArg,
        /// In which form
        #[arg(long, value_enum)]
        format: export::Format,
        /// Into this file instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Print all settings by default, with what they are for
    Config {
        /// Where they are read from, instead; what is wrong there is said, too
        #[arg(long)]
        path: bool,
    },
    /// Write a script for a shell that completes commands, titles and items
    Completions {
        /// Which shell
        #[arg(value_enum, value_name = "SHELL")]
        shell: complete::Shell,
    },
    /// Write the manual page, of the program or of one command
    Man {
        /// Which command
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
struct LogArg {
    /// The log: a file, or a folder of them; may be given again
    #[arg(long = "log", value_name = "LOG")]
    logs: Vec<PathBuf>,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

/// Dates as ISO has them, and as logs write them.
fn date(text: &str) -> Result<NaiveDate, String> {
    // The parser of arguments speaks English only, and this becomes a part of what it says.
    read_day(text).ok_or_else(|| "not a day such as 2031-05-17".to_owned())
}

fn read_day(text: &str) -> Option<NaiveDate> {
    match read_heading(text)? {
        HeadingDate::Day(date) => Some(date),
        _ => None,
    }
}

/// The day on the wall; `PAPERS_TUI_TODAY` sets another one.
fn today(language: Language) -> anyhow::Result<NaiveDate> {
    match std::env::var("PAPERS_TUI_TODAY") {
        Ok(day) => read_day(&day).with_context(|| {
            say!(
                language,
                "PAPERS_TUI_TODAY: “{day}”: not a day such as 2031-05-17",
                "PAPERS_TUI_TODAY：“{day}”：不是 2031-05-17 这样的日期"
            )
        }),
        Err(_) => Ok(chrono::Local::now().date_naive()),
    }
}

/// Whether a command found what it was asked for; `check` hopes to find nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    Nothing,
}

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let (asked, arguments) = language::asked(std::env::args_os());
    let spoken = asked.unwrap_or_else(language::of_locale);
    match complete::answer(spoken) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => error.exit(),
    }
    let cli = language::parse(arguments, spoken);
    let settings = Settings::read(cli.settings.as_deref(), cli.otherwise.clone(), asked);
    match run(cli, &settings) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing can be done when even this cannot be written.
            let _ = tell(&language::said(&error, settings.language));
            ExitCode::from(2)
        }
    }
}

/// Says something beside the results.
fn tell(message: &str) -> io::Result<()> {
    writeln!(io::stderr(), "papers-tui: {}", crate::text::safe(message))
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run(cli: Cli, settings: &Settings) -> anyhow::Result<Outcome> {
    survive_size_limits()?;
    let language = settings.language;
    let pictures = cli.pictures.unwrap_or_else(|| settings.pictures());
    let Some(command) = cli.command else {
        let pictures = if cli.no_pictures { Setting::Off } else { pictures };
        return panes(&cli.logs, settings, pictures, None);
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let opens_panes =
        matches!(command, Command::Review { due: false, json: false, export: None, import: None, .. } if is_terminal());
    if !opens_panes {
        settings.tell_problems()?;
    }
    let outcome = match command {
        Command::List { log, since, until, json } => {
            list::run(&Opened::open(&log.logs, settings)?, since..=until, json, &mut out)
        }
        Command::Show { log, query, all: _, width, json, color } => {
            let form = if json { show::Form::Json } else { show::Form::of(color) };
            show::run(&Opened::open(&log.logs, settings)?, query.as_deref(), width.map(usize::from), form, &mut out)
        }
        Command::Pending { log, all, json } => pending::run(&Opened::open(&log.logs, settings)?, all, json, &mut out),
        Command::Search { log, query, text, json } => {
            let (opened, query) = (Opened::open(&log.logs, settings)?, query.join(" "));
            match text {
                true => search::text(&opened, &query, json, &mut out),
                false => search::titles(&opened, &query, json, &mut out),
            }
        }
        Command::Tick { log, items, undo } => tick::run(&Opened::open(&log.logs, settings)?, &items, !undo, &mut out),
        Command::Review { log, due: false, json: false, export: None, import: None } if is_terminal() => {
            panes(&log.logs, settings, pictures, Some(Action::Review))
        }
        Command::Review { log, due: _, json, export, import } => {
            let opened = Opened::open(&log.logs, settings)?;
            match (export, import) {
                (Some(file), _) => review::export(&opened, &file, &mut out),
                (_, Some(file)) => review::import(&opened, &file, &mut out),
                _ => review::due(&opened, json, &mut out),
            }
        }
        Command::Stats { log, json } => stats::run(&Opened::open(&log.logs, settings)?, json, &mut out),
        Command::Week { log, date, goal } => week::run(&Opened::open(&log.logs, settings)?, date, goal, &mut out),
        Command::Add { log, text, under } => {
            add::run(&Opened::open(&log.logs, settings)?, &text, under.as_deref(), &mut out)
        }
        Command::Log { log, title, date, from } => {
            let date = date.map_or_else(|| today(language), Ok)?;
            log::run(&Opened::open(&log.logs, settings)?, &title, date, from.as_deref(), &mut out)
        }
        Command::Check { log, json } => check::run(&Opened::open(&log.logs, settings)?, json, &mut out),
        Command::Completions { shell } => complete::run(shell, &mut out),
        Command::Man { command } => man::run(command.as_deref(), language, &mut out),
        Command::Export { log, format, output } => {
            export::run(&Opened::open(&log.logs, settings)?, format, output.as_deref(), &mut out)
        }
        Command::Config { path } => config::run(settings, path, &mut out),
    }?;
    out.flush()?;
    Ok(outcome)
}

fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn panes(logs: &[PathBuf], settings: &Settings, pictures: Setting, first: Option<Action>) -> anyhow::Result<Outcome> {
    let Opened { log, chosen, language, .. } = Opened::open(logs, settings)?;
    let welcome = chosen.sample.as_ref().map(|_| {
        let text = language.pick(
            "No log was named or found here: this is a copy of the built-in sample. Yours: papers-tui FILE",
            "没有指定日志，这里也没有找到：这是内置示例的副本。打开你的日志：papers-tui FILE",
        );
        text.to_owned()
    });
    let welcome = settings.problem().or(welcome);
    let mut of_panes = settings.of_panes();
    // The copy is gone when the program ends.
    of_panes.sessions = of_panes.sessions.filter(|_| chosen.sample.is_none());
    let today = std::env::var_os("PAPERS_TUI_TODAY").map(|_| today(language)).transpose()?;
    tui::run(
        tui::Opened {
            log,
            paths: chosen.paths.clone(),
            welcome,
            pictures,
            settings: of_panes,
            theme: settings.config.theme.clone(),
            own_themes: settings.own_themes.clone(),
            first,
            today,
        },
        Store::of_user(),
    )?;
    Ok(Outcome::Done)
}

/// A log, and the files that it was read from.
struct Opened {
    log: Log,
    language: Language,
    chosen: Chosen,
    config: Config,
}

impl Opened {
    fn open(logs: &[PathBuf], settings: &Settings) -> anyhow::Result<Self> {
        let mut chosen = choose(logs, &settings.otherwise())?;
        let log = parse::parse(std::mem::take(&mut chosen.sources));
        Ok(Self { log, language: settings.language, chosen, config: settings.config.clone() })
    }
}
