//! The command-line arguments, with their help in English; the Chinese help is in `chinese.rs`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use super::chinese::GLOBAL;
use super::{complete, export, language};
use crate::app::finding::period::days;
use crate::log::date::{HeadingDate, read_heading};
use crate::tui::protocol::PictureSetting;
use crate::words::Sentence;

/// Read and review the paper-reading log that you keep as a Markdown file.
///
/// Without a subcommand, three panes open: the timeline, the summary of a paper, and the
/// pending list. If no LOG is given, papers-tui opens the Markdown file in this folder or its
/// repository that looks most like a paper log. If there is none, it lists recently opened
/// logs. If there are none of those either, it opens the built-in sample.
#[derive(Debug, Parser)]
#[command(name = "papers-tui", version, args_conflicts_with_subcommands = true, after_help = AFTER)]
pub struct Cli {
    /// The log: one or more files or folders
    #[arg(value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// The log to open if none is given
    #[arg(long = "default-log", hide = true, global = true)]
    pub default_log: Option<PathBuf>,
    /// Show only the captions of figures
    #[arg(long)]
    pub no_pictures: bool,
    /// How figures are shown
    #[arg(long = "pictures", hide = true, global = true)]
    pub pictures: Option<PictureSetting>,
    /// Read the settings from this file
    #[arg(long = "config", value_name = "FILE")]
    #[arg(global = true, help_heading = GLOBAL)]
    pub settings: Option<PathBuf>,
    /// Language of the interface [default: from the locale]
    #[arg(long, value_enum, value_name = "LANG")]
    #[arg(global = true, help_heading = GLOBAL)]
    pub lang: Option<language::Lang>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER: &str = "\
Environment:
  PAPERS_TUI_LOG       the log to open if none is given
  PAPERS_TUI_CONFIG    the settings file to read instead of the default one
  PAPERS_TUI_LANG      the language of the interface: en, zh
  PAPERS_TUI_PICTURES  how figures are shown: auto, off, kitty, sixel, iterm2, halfblocks
  PAPERS_TUI_TODAY     the date to use as today
  PAPERS_TUI_WATCH     how often to check for changed files, in seconds, instead of
                       relying on the system to report changes
  NO_COLOR             if set, print without colours";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what was read, newest first
    List {
        #[command(flatten)]
        log: LogArg,
        /// Only what was read on or after this date: 2023, 2023.11, 2023-11-05, "last month"
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        /// Only what was read on or before this date
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
        /// List the unread papers instead: those with an empty box or marked as unread
        #[arg(long)]
        unread: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print an entry as the Summary pane shows it
    Show {
        /// Part of the title, a “key” from “list --json”, or line:N
        #[arg(value_name = "QUERY", required_unless_present = "all", add = ArgValueCompleter::new(complete::titles))]
        query: Option<String>,
        #[command(flatten)]
        log: LogArg,
        /// Show every entry
        #[arg(long, conflicts_with = "query")]
        all: bool,
        /// Width in columns [default: the terminal's, at most 100; 80 without a terminal]
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        width: Option<u16>,
        /// Print one JSON object per entry, each on its own line
        #[arg(long)]
        json: bool,
        /// When to use colours
        #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
        color: ColorChoice,
    },
    /// Search papers and pending items, or the whole text
    ///
    /// All words must match, in any order. A word matches a paper if its letters appear in the title in the same order,
    /// if it is pinyin for the title, or if it begins a word in the summary. ^word matches the start of the title, and
    /// word$ its end. With an apostrophe in front, a word matches only as typed. !word excludes papers that contain the
    /// word. With --text, a /regular expression/ works too.
    ///
    /// The filters of the finder work here too: date:2023.11, date:"last month", has:figures, is:due, org:Google,
    /// tag:birds, file:, folder:, topic: (a research topic), sort:date.
    Search {
        /// What to search for
        #[arg(value_name = "QUERY", required = true)]
        query: Vec<String>,
        #[command(flatten)]
        log: LogArg,
        /// Search the whole text, line by line
        #[arg(long)]
        text: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the pending items with their line numbers
    Pending {
        #[command(flatten)]
        log: LogArg,
        /// Include the items that are done
        #[arg(long)]
        all: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Tick items off
    ///
    /// Only the boxes of these items are changed in the file. If an item is not found, or its text is
    /// ambiguous, nothing is changed.
    Tick {
        /// The text of the item, a unique part of it, or line:N
        #[arg(value_name = "ITEM", required = true, add = ArgValueCompleter::new(complete::open_items))]
        items: Vec<String>,
        #[command(flatten)]
        log: LogArg,
        /// Untick the items instead
        #[arg(long)]
        undo: bool,
    },
    /// Review due and new papers, or list them; export or import grades
    ///
    /// Without options, a review starts; if there is no terminal, the papers are listed.
    Review {
        #[command(flatten)]
        log: LogArg,
        /// List the papers to review, with the interval in days that each grade would give
        #[arg(long)]
        due: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Write all grades to FILE, one JSON object per line; “-” is standard output
        #[arg(long, value_name = "FILE", conflicts_with_all = ["due", "json"])]
        export: Option<PathBuf>,
        /// Import grades from FILE, as written by --export; “-” is standard input
        #[arg(long, value_name = "FILE", conflicts_with_all = ["due", "json", "export"])]
        import: Option<PathBuf>,
    },
    /// Show counts, streaks and gaps
    ///
    /// A reading day is a day with at least one entry that has a summary. The number of days in the top line of
    /// the screen also includes days with only drafts, or with text that has no title.
    Stats {
        #[command(flatten)]
        log: LogArg,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a weekly digest in Markdown
    Week {
        #[command(flatten)]
        log: LogArg,
        /// A date in the week [default: today]
        #[arg(long, value_name = "DATE", value_parser = date)]
        date: Option<DayArgument>,
        /// The weekly goal, in points. A paper is worth 1 point; a quoted line such as “> paper = 2” in the pending list
        /// changes that
        #[arg(long, value_name = "N")]
        goal: Option<u32>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Add an item to the pending list
    ///
    /// For a PDF, the item is the title on its first page. For an arXiv address, it is the title of the PDF with that id,
    /// if your PDF folders have it. Nothing is downloaded.
    Add {
        /// The item's text, the path of a PDF, or an arXiv address
        text: String,
        #[command(flatten)]
        log: LogArg,
        /// Add it as a sub-item of this item (its text or line:N)
        #[arg(long, value_name = "ITEM", add = ArgValueCompleter::new(complete::open_items))]
        under: Option<String>,
    },
    /// Add the papers in a bibliography to the pending list
    ///
    /// FILE is BibTeX, CSL-JSON, RIS, CSV or Zotero RDF, as exported by Zotero and other reference managers. Papers
    /// that are already in the log (same title, DOI or arXiv id) are listed but not added. Authors, venues and other
    /// fields are kept beside the log, and “export” includes them. One “undo” undoes the whole import.
    Import {
        /// The bibliography; “-” is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        log: LogArg,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a new entry and print its location
    ///
    /// If the headings for the day and month are missing, they are added in the log's own form and order. If
    /// each paper or each day has its own file, a new file is created, named and laid out like the others.
    ///
    /// For a PDF, or an arXiv address whose PDF is in your PDF folders, papers-tui fills in the title, the month of
    /// publication and the authors or organisations. Nothing is downloaded.
    Log {
        /// The paper's title, the path of its PDF, or its arXiv address
        title: String,
        #[command(flatten)]
        log: LogArg,
        /// The day it was read [default: today]
        #[arg(long, value_name = "DATE", value_parser = date)]
        date: Option<DayArgument>,
        /// Write it under this heading, in a log without dates
        #[arg(long, value_name = "HEADING", conflicts_with = "date", add = ArgValueCompleter::new(complete::headings))]
        under: Option<String>,
        /// Also tick this pending item (its text or line:N)
        #[arg(long, value_name = "ITEM", add = ArgValueCompleter::new(complete::open_items))]
        from: Option<String>,
    },
    /// Undo the last change that papers-tui made
    ///
    /// Undoes changes made in the interface or on the command line, however old. If the same lines have been changed
    /// since, nothing is written, and you are told why.
    Undo {
        #[command(flatten)]
        log: LogArg,
        /// List the changes that can be undone, newest first
        #[arg(long)]
        list: bool,
        /// Print the list as JSON
        #[arg(long, requires = "list")]
        json: bool,
    },
    /// List problems in the log; exit with status 1 if there are any
    ///
    /// Each problem is printed as “file:line: message”, which editors can jump to. If many figures are missing, they
    /// are counted on one line.
    ///
    /// --fix fixes every problem that can be fixed without asking: a figure path with the wrong case or folder, if only
    /// one file matches; an invalid HTML tag; two headings for one day; a missing month heading; a year that does not fit
    /// the dates around it; a heading in a different style from the rest. Each fix is a separate change that “papers-tui
    /// undo” can undo. In a terminal, you are asked how to fix the rest.
    Check {
        #[command(flatten)]
        log: LogArg,
        /// Fix what can be fixed
        #[arg(long, conflicts_with_all = ["explain", "json", "forget"])]
        fix: bool,
        /// Show what --fix would do, without changing anything
        #[arg(long, requires = "fix")]
        dry_run: bool,
        /// List every missing figure on its own line
        #[arg(long, conflicts_with_all = ["explain", "json", "fix", "forget"])]
        all: bool,
        /// Instead of listing problems, explain how each file was read: its dates, its titles, and any guesses
        #[arg(long)]
        explain: bool,
        /// Remove the corrections made with T in the interface
        #[arg(long, conflicts_with_all = ["explain", "json"])]
        forget: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the papers in the log that a PDF cites
    ///
    /// Lists entries and pending items. The PDF itself need not be in the log. Only its list of references is read,
    /// and a title must match exactly or almost exactly. Nothing is downloaded.
    Refs {
        /// The PDF
        #[arg(value_name = "FILE.pdf")]
        file: PathBuf,
        #[command(flatten)]
        log: LogArg,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the PDFs that belong to no entry and no pending item
    ///
    /// Searches the folder of the log, or the folders in the setting “pdf-folders”, and their subfolders. Each PDF is
    /// read once, and again when it changes.
    Library {
        #[command(flatten)]
        log: LogArg,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Export the log for other programs or browsers
    ///
    /// In CSV, an apostrophe is put before cells that a spreadsheet would take for formulas. HTML is one file, with
    /// figures up to 4 MB embedded; larger figures are linked.
    Export {
        #[command(flatten)]
        log: LogArg,
        /// The output format
        #[arg(long, value_enum)]
        format: export::Format,
        /// Write to this file instead of standard output; “-” is standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Start the CSV file with a byte order mark, for Excel
        #[arg(long)]
        bom: bool,
    },
    /// Print all settings with their defaults
    Config {
        /// Print the path of your settings file, and any problems in it
        #[arg(long)]
        path: bool,
    },
    /// Print a shell script that completes commands, titles and items
    Completions {
        /// The shell
        #[arg(value_enum, value_name = "SHELL")]
        shell: complete::CompletionShell,
    },
    /// Print the manual page of the program, or of one command
    Man {
        /// The command to document [default: the program itself]
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct LogArg {
    /// The log: a file or a folder; may be repeated
    #[arg(long = "log", value_name = "LOG")]
    pub logs: Vec<PathBuf>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

/// A day as given on the command line.
#[derive(Debug, Clone)]
pub enum DayArgument {
    Day(NaiveDate),
    /// `today`, `yesterday` or another name for a single day.
    Named(String),
}

impl DayArgument {
    /// The day, given today's date. `None` if it is out of range.
    pub fn on(&self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Named(name) => days(name, today).map(|(day, _)| day),
        }
    }
}

/// Parses a day, written in ISO form, in any form that logs use, or as `today` or `yesterday`.
fn date(text: &str) -> Result<DayArgument, Sentence> {
    let wrong = || {
        Sentence::new(
            "not a date; write it like 2031-05-17".to_owned(),
            "不是日期；请按 2031-05-17 的格式输入".to_owned(),
        )
    };
    // Which day today is makes no difference to whether a name means a single day.
    let is_day = |name: &str| days(name, NaiveDate::default()).is_some_and(|(first, last)| first == last);
    let name = text.trim().to_lowercase();
    let named = || is_day(&name).then(|| DayArgument::Named(name.clone()));
    read_day(text).map(DayArgument::Day).or_else(named).ok_or_else(wrong)
}

/// Parses a day, written in ISO form or in any form that logs use. `None` if the text is not a day.
pub fn read_day(text: &str) -> Option<NaiveDate> {
    match read_heading(text)? {
        HeadingDate::Day(date) => Some(date),
        _ => None,
    }
}
