//! The command line: runs a subcommand or, without one, opens the interface.
//!
//! Results go to standard output, messages to standard error. Exit status: 0 success, 1 nothing
//! found (for `check`: problems found), 2 usage error or failure. A closed pipe is success.

mod add;
mod arguments;
mod check;
mod chinese;
mod complete;
mod config;
mod environment;
mod examples;
mod explain;
mod export;
mod fix;
mod forget;
mod import;
mod item;
mod language;
mod library;
mod list;
mod log;
mod man;
mod options;
mod pending;
mod print;
mod progress;
mod query;
mod refs;
mod review;
mod search;
mod show;
mod stats;
mod tick;
mod title;
mod undo;
mod usage;
mod week;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::Cell;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use chrono::NaiveDate;

use crate::app::keys::action::Action;
use crate::config::Config;
use crate::io::choose::{ChooseError, Chosen, choose, locate};
use crate::io::citations;
use crate::io::corrections::Corrections;
use crate::io::folder::is_markdown;
use crate::io::read::{ReadError, read_shown};
use crate::io::reader::child;
use crate::io::recent::Recent;
use crate::io::sidecar::Sidecar;
use crate::io::store::{RetryPolicy, Store, finished, survive_size_limits, told};
use crate::io::terminfo;
use crate::log::links::Links;
use crate::log::{Log, parse};
use crate::review::day::DayStart;
use crate::say;
use crate::tui::protocol::PictureSetting;
use crate::tui::{self, InitialLog};
use crate::words::{Language, Say};
use arguments::{Cli, ColorChoice, Command, DayArgument, read_day};
use config::{Settings, sidecars};
use print::Printer;
use progress::Progress;

/// Today's date, given the hour at which the user's day starts. The environment variable `PAPERS_TUI_TODAY` overrides
/// it with a day or a moment.
fn today(language: Language, day_start: DayStart) -> anyhow::Result<NaiveDate> {
    let Some(day) = environment::variable("PAPERS_TUI_TODAY") else {
        return Ok(day_start.day_of(chrono::Local::now().fixed_offset()));
    };
    let day = day.to_string_lossy();
    if let Ok(moment) = chrono::DateTime::parse_from_rfc3339(&day) {
        return Ok(day_start.day_of(moment));
    }
    read_day(&day).with_context(|| {
        say!(
            language,
            "PAPERS_TUI_TODAY: “{day}” is not a date such as 2031-05-17",
            "PAPERS_TUI_TODAY：“{day}”不是 2031-05-17 这样的日期"
        )
    })
}

/// The outcome of a command that did not fail, for the exit status. `Nothing` means that nothing was found; for
/// `check`, that there are problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    Nothing,
}

/// Prints panics through [`Printer`], because they may contain text of the log.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let mut out = Printer::stderr();
        let trace = Backtrace::capture();
        let trace = if trace.status() == BacktraceStatus::Captured { trace.to_string() } else { String::new() };
        // There is nowhere left to report a failure.
        let _ = writeln!(out, "{panic}\n{trace}").and_then(|()| out.flush());
    }));
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    if let Some(code) = child::run_if_child(std::env::args_os()) {
        return code;
    }
    report_panics();
    let asked = language::early_options(std::env::args_os());
    let settings = Settings::read(asked.settings.as_deref(), asked.language);
    match complete::answer(settings.language) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => error.exit(),
    }
    let mut cli = match language::parse(asked.arguments, settings.language) {
        Ok(cli) => cli,
        Err(error) => return usage::say(error, settings.language),
    };
    let filled = options::fill(&mut cli, settings.language);
    let settings = settings.with_log(cli.default_log.clone());
    let opens_panes = cli.command.is_none();
    match filled.and_then(|()| run(cli, &settings)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nowhere left to report a failure.
            let _ = tell(&explained(&error, opens_panes, settings.language));
            ExitCode::from(2)
        }
    }
}

/// An error, with a tip on what was probably meant, or with the variable that named the log.
fn explained(error: &anyhow::Error, opens_panes: bool, language: Language) -> String {
    let said = language::said(error, language);
    // No log was named, so perhaps the subcommand's name was meant as the log.
    let is_unnamed = matches!(error.downcast_ref(), Some(ChooseError::NoneHere));
    if let Some(tip) = is_unnamed.then(|| usage::named_like_subcommand(language)).flatten() {
        return format!("{said}{}{tip}", language.pick(". ", "。"));
    }
    if let Some(tip) = opens_panes.then(|| usage::mistyped_subcommand(language)).flatten() {
        return format!("{said}{}{tip}", language.pick("; ", "；"));
    }
    let read = match error.downcast_ref() {
        Some(ChooseError::Read(read)) => Some(read),
        _ => error.downcast_ref::<ReadError>(),
    };
    let missing = match read {
        Some(ReadError::NotFound(path)) => Some(path),
        _ => None,
    };
    let said = match missing {
        Some(path) if is_markdown(Path::new(path)) => {
            say!(
                language,
                "{said}; to begin a log there, create it as an empty file",
                "{said}；要新建日志，请先创建空文件"
            )
        }
        _ => said,
    };
    let of_variable = |log: PathBuf| {
        let log = log.to_string_lossy();
        let is_given = |argument: std::ffi::OsString| argument.to_string_lossy().contains(&*log);
        said.strip_prefix(&*log).is_some_and(|rest| rest.starts_with([':', '：'])) && !std::env::args_os().any(is_given)
    };
    match environment::log().is_some_and(of_variable) {
        true => format!("PAPERS_TUI_LOG{}{said}", language.pick(": ", "：")),
        false => said,
    }
}

/// Prints a message to standard error.
fn tell(message: &str) -> io::Result<()> {
    let mut out = Printer::stderr();
    writeln!(out, "papers-tui: {}", crate::text::safe(message))?;
    out.flush()
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    let kind = kind.or_else(|| error.downcast_ref::<serde_json::Error>()?.io_error_kind());
    kind == Some(io::ErrorKind::BrokenPipe)
}

fn run(cli: Cli, settings: &Settings) -> anyhow::Result<Outcome> {
    survive_size_limits()?;
    let pictures = cli.pictures.unwrap_or_else(|| settings.pictures());
    let Some(command) = cli.command else {
        let pictures = if cli.no_pictures { PictureSetting::Off } else { pictures };
        return panes(&cli.logs, settings, pictures, None);
    };
    let mut out = Printer::stdout();
    let opens_panes =
        matches!(command, Command::Review { due: false, json: false, export: None, import: None, .. } if is_terminal());
    if !opens_panes {
        settings.tell_problems()?;
    }
    let outcome = perform(command, settings, pictures, &mut out)?;
    out.flush()?;
    Ok(outcome)
}

/// Runs a subcommand.
fn perform(
    command: Command,
    settings: &Settings,
    pictures: PictureSetting,
    out: &mut Printer,
) -> anyhow::Result<Outcome> {
    let language = settings.language;
    match command {
        Command::List { log, since, until, unread, json } => {
            list::run(&Opened::open(&log.logs, settings)?, (since.as_deref(), until.as_deref()), unread, json, out)
        }
        Command::Show { log, query, all: _, width, json, color } => {
            let form = if json { show::OutputFormat::Json } else { show::OutputFormat::of(color) };
            show::run(&Opened::open(&log.logs, settings)?, query.as_deref(), width.map(usize::from), form, out)
        }
        Command::Pending { log, all, json } => pending::run(&Opened::open(&log.logs, settings)?, all, json, out),
        Command::Search { log, query, text, json } => {
            let (opened, query) = (Opened::open(&log.logs, settings)?, query.join(" "));
            match text {
                true => search::text(&opened, &query, json, out),
                false => search::titles(&opened, &query, json, out),
            }
        }
        Command::Tick { log, items, undo } => tick::run(&Opened::open(&log.logs, settings)?, &items, !undo, out),
        Command::Review { log, due: false, json: false, export: None, import: None } if is_terminal() => {
            panes(&log.logs, settings, pictures, Some(Action::Review))
        }
        Command::Review { log, due: _, json, export, import } => {
            review::run(&Opened::open(&log.logs, settings)?, json, export.as_deref(), import.as_deref(), out)
        }
        Command::Stats { log, json } => stats::run(&Opened::open(&log.logs, settings)?, json, out),
        Command::Week { log, date, goal, json } => {
            let opened = Opened::open(&log.logs, settings)?;
            let date = date.map(|date| opened.day(Some(&date))).transpose()?;
            week::run(&opened, date, goal, json, out)
        }
        Command::Add { log, text, under } => {
            add::run(&Opened::open(&log.logs, settings)?, &text, under.as_deref(), out)
        }
        Command::Import { log, file, json } => import::run(&Opened::open(&log.logs, settings)?, &file, json, out),
        Command::Log { log, title, date, under, from } => {
            let opened = Opened::open(&log.logs, settings)?;
            let date = opened.day(date.as_ref())?;
            let asked = log::Request { title: &title, date, under: under.as_deref(), from: from.as_deref() };
            log::run(&opened, asked, out)
        }
        Command::Undo { log, list, json } => undo::run(&Opened::open(&log.logs, settings)?, list, json, out),
        Command::Check { log, json, explain, forget, all, fix, dry_run } => {
            let opened = Opened::open(&log.logs, settings)?;
            match (forget, fix) {
                (true, _) => forget::run(&opened, out),
                (_, true) => fix::run(opened, dry_run, out),
                _ => check::run(&opened, check::CheckOptions { json, explains: explain, all }, out),
            }
        }
        Command::Library { log, json } => library::run(&Opened::open(&log.logs, settings)?, json, Progress::new(), out),
        Command::Refs { log, file, json } => refs::run(&Opened::open(&log.logs, settings)?, &file, json, out),
        Command::Completions { shell } => complete::run(shell, out),
        Command::Man { command } => man::run(command.as_deref(), language, out),
        Command::Export { log, format, output, bom } => {
            let mut progress = Progress::new();
            let opened = Opened::open_slowly(&log.logs, settings, &mut progress)?;
            export::run(&opened, format, output.as_deref(), bom, progress, out)
        }
        Command::Config { path } => config::run(settings, path, out),
    }
}

/// Whether the interface can run here.
fn is_terminal() -> bool {
    let can_place_cursor = || terminfo::can_place_cursor(&std::env::var("TERM").unwrap_or_default());
    io::stdin().is_terminal() && print::is_terminal() && can_place_cursor()
}

fn panes(
    logs: &[PathBuf],
    settings: &Settings,
    pictures: PictureSetting,
    first: Option<Action>,
) -> anyhow::Result<Outcome> {
    let for_panes = settings.for_panes();
    let log = match locate(logs, &settings.default_logs())? {
        Some(files) => InitialLog::Files(files),
        None if has_recent(for_panes.state.as_deref()) => InitialLog::Choice,
        None => InitialLog::Sample,
    };
    let today = environment::variable("PAPERS_TUI_TODAY")
        .map(|_| today(settings.language, for_panes.review.day_start))
        .transpose()?;
    let final_messages = tui::run(
        tui::StartOptions {
            log,
            welcome: settings.problem(),
            pictures,
            settings: for_panes,
            theme: settings.config.theme(),
            own_themes: settings.own_themes.clone(),
            first,
            today,
        },
        Store::of_user().with_dialect(settings.dialect()),
    )?;
    final_messages.iter().try_for_each(|said| tell(said.get(settings.language)))?;
    Ok(Outcome::Done)
}

/// Whether any recently opened log still exists. Errors are ignored here: they are shown when the user opens the list
/// of logs.
fn has_recent(folder: Option<&Path>) -> bool {
    let retry = Store::of_user().retry;
    let recent = folder.map(|folder| Sidecar::<Recent>::new(folder.to_owned(), retry));
    let is_there = |files: Vec<PathBuf>| files.iter().all(|file| file.exists());
    recent.and_then(|recent| recent.load().ok()).is_some_and(|loaded| loaded.document.logs().any(is_there))
}

/// Finishes saves in place that were killed, and then reads the log again.
fn finish_torn(chosen: &mut Chosen, language: Language) -> io::Result<()> {
    if !Store::of_user().finish_torn(&chosen.files.paths) {
        return Ok(());
    }
    if let Ok(sources) = chosen.files.read(read_shown) {
        chosen.sources = sources;
    }
    tell(finished().get(language))
}

/// Removes temporary files that killed processes left beside the log, and tells the user which ones were kept.
fn sweep(chosen: &Chosen, language: Language) -> io::Result<()> {
    tell_copies(&Store::of_user().sweep_all(&chosen.files.paths), language)
}

/// Tells the user where other programs' versions of the log are kept.
fn tell_copies(copies: &[PathBuf], language: Language) -> io::Result<()> {
    told(copies).map_or(Ok(()), |copies| tell(copies.get(language)))
}

/// A log and the files that it was read from.
struct Opened {
    log: Log,
    language: Language,
    chosen: Chosen,
    config: Config,
    /// The corrections of the log; `None` if it has no files.
    corrections: Option<Corrections>,
    /// Whether the user was told that changes cannot be undone later.
    is_no_undo_told: Cell<bool>,
}

impl Opened {
    /// Today's date, given the hour at which the user's day starts.
    fn today(&self) -> anyhow::Result<NaiveDate> {
        today(self.language, self.config.review.settings().day_start)
    }

    /// The day that an argument names, or else today.
    fn day(&self, argument: Option<&DayArgument>) -> anyhow::Result<NaiveDate> {
        let today = self.today()?;
        Ok(argument.and_then(|argument| argument.on(today)).unwrap_or(today))
    }

    /// The links between entries. Citation keys are resolved with the bibliographies beside the log.
    fn links(&self) -> Links {
        Links::citing(&self.log, &citations::beside(&self.chosen.files.paths))
    }

    fn open(logs: &[PathBuf], settings: &Settings) -> anyhow::Result<Self> {
        Self::read(choose(logs, &settings.default_logs())?, settings, &mut |_| {})
    }

    /// Like [`open`](Self::open), but reports progress.
    fn open_slowly(logs: &[PathBuf], settings: &Settings, progress: &mut Progress) -> anyhow::Result<Self> {
        let chosen = choose(logs, &settings.default_logs())?;
        let bytes: usize = chosen.sources.iter().map(|source| source.text.len()).sum();
        progress.begin(settings.language.pick("reading", "正在读取"), bytes.saturating_mul(parse::PASSES));
        Self::read(chosen, settings, &mut |bytes| progress.set(bytes))
    }

    fn read(mut chosen: Chosen, settings: &Settings, progress: &mut dyn FnMut(u64)) -> anyhow::Result<Self> {
        finish_torn(&mut chosen, settings.language)?;
        sweep(&chosen, settings.language)?;
        let (language, sources) = (settings.language, std::mem::take(&mut chosen.sources));
        for limit in &chosen.files.limits {
            tell(&limit.say(language))?;
        }
        let corrections = Corrections::of(&chosen.files, sidecars(&settings.config).as_deref(), RetryPolicy::DEFAULT);
        let known = corrections.as_ref().map(|corrections| corrections.dialect(&settings.dialect()));
        let (dialect, notice) = known.unwrap_or_else(|| (settings.dialect(), None));
        notice.map_or(Ok(()), |notice| tell(notice.get(language)))?;
        let log = parse::parse_folders(sources, &chosen.files.folders, &dialect, progress);
        match chosen.files.home() {
            Some(home) if chosen.files.is_folder() && log.entries.is_empty() && log.tasks.is_empty() => {
                Err(ChooseError::NoLog(home.display().to_string()).into())
            }
            _ => {
                let config = settings.config.clone();
                Ok(Self { log, language, chosen, config, corrections, is_no_undo_told: Cell::default() })
            }
        }
    }
}
