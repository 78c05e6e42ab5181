//! The arguments, with their help in English; `chinese.rs` holds the Chinese.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use super::{complete, export, language};
use crate::log::date::{HeadingDate, read_heading};
use crate::tui::protocol::Setting;
use crate::words::Sentence;

/// Read and review the paper-reading log that you keep as a Markdown file.
///
/// Without a subcommand, three panes open: the timeline, the summary of a paper, and the
/// pending list. Without LOG, papers-tui opens the Markdown file in this folder or its
/// repository that looks most like a paper log. If there is none, it lists the logs opened
/// recently; if there are none either, it opens the built-in sample.
#[derive(Debug, Parser)]
#[command(name = "papers-tui", version, args_conflicts_with_subcommands = true, after_help = AFTER)]
pub struct Cli {
    /// The log: files, or folders of them
    #[arg(value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// The log to open if none is given
    #[arg(long = "default-log", env = "PAPERS_TUI_LOG", hide = true, global = true)]
    pub default_log: Option<PathBuf>,
    /// Show only the captions of figures
    #[arg(long)]
    pub no_pictures: bool,
    /// How figures are shown
    #[arg(long = "pictures", env = "PAPERS_TUI_PICTURES", hide = true, global = true)]
    pub pictures: Option<Setting>,
    /// Read the settings from this file
    #[arg(long = "config", env = "PAPERS_TUI_CONFIG", hide_env = true, global = true, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// Language of the interface [default: from the locale]
    #[arg(long, env = "PAPERS_TUI_LANG", hide_env = true, value_enum, value_name = "LANG", global = true)]
    pub lang: Option<language::Lang>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER: &str = "\
Environment:
  PAPERS_TUI_LOG    the log to open if none is given
  PAPERS_TUI_TODAY  the date to use as today
  PAPERS_TUI_CONFIG the settings file to read instead of the usual one
  PAPERS_TUI_LANG   the language of the interface: en, zh
  PAPERS_TUI_WATCH  check the files for changes at this interval in seconds, instead
                    of waiting for the system to report them
  NO_COLOR          print no colours
  PAPERS_TUI_PICTURES
                    how figures are shown: auto, off, kitty, sixel, iterm2, halfblocks";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what was read, newest first
    List {
        #[command(flatten)]
        log: LogArg,
        /// Only from this date on: 2023, 2023.11, 2023-11-05, "last month"
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        /// Only up to this date
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
        /// List the papers not read yet: those with an open box
        #[arg(long)]
        unread: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show an entry as in the Summary pane
    Show {
        #[command(flatten)]
        log: LogArg,
        /// Part of the title, a key, or line:N
        #[arg(value_name = "QUERY", required_unless_present = "all", add = ArgValueCompleter::new(complete::titles))]
        query: Option<String>,
        /// Show every entry
        #[arg(long, conflicts_with = "query")]
        all: bool,
        /// Width in columns [default: that of the terminal, at most 100; 80 in a pipe]
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        width: Option<u16>,
        /// Print one JSON object per entry, each on its own line
        #[arg(long)]
        json: bool,
        /// When to use colours
        #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
        color: ColorChoice,
    },
    /// Search the titles of papers and pending items, or the whole text
    ///
    /// Words may come in any order; each must match, by its letters, its beginning or its pinyin.
    /// 'word matches exactly, ^word at the start of the title, word$ at its end, and !word must
    /// not occur. With --text, /regular expression/ works too.
    ///
    /// The filters of the finder narrow the search: date:2023.11, date:"last month", has:figures, is:due, org:Google,
    /// tag:birds, file:, folder:, track:, sort:date.
    Search {
        #[command(flatten)]
        log: LogArg,
        /// What to search for
        #[arg(value_name = "QUERY", required = true)]
        query: Vec<String>,
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
    /// Only the boxes of these items change in the file. If one of them is missing or ambiguous,
    /// nothing is changed.
    Tick {
        #[command(flatten)]
        log: LogArg,
        /// The item's text, or a unique part of it; or line:N
        #[arg(value_name = "ITEM", required = true, add = ArgValueCompleter::new(complete::open_items))]
        items: Vec<String>,
        /// Untick them
        #[arg(long)]
        undo: bool,
    },
    /// Review what is due, list it, or export the history of grades
    ///
    /// Without options the panes open in a review; without a terminal, what is due is listed.
    Review {
        #[command(flatten)]
        log: LogArg,
        /// List what is due, with the interval in days for each grade
        #[arg(long)]
        due: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Write the history of all grades to FILE as JSON lines; “-” is standard output
        #[arg(long, value_name = "FILE", conflicts_with_all = ["due", "json"])]
        export: Option<PathBuf>,
        /// Add the grades of an exported history; “-” is standard input
        #[arg(long, value_name = "FILE", conflicts_with_all = ["due", "json", "export"])]
        import: Option<PathBuf>,
    },
    /// Show counts, streaks and gaps
    Stats {
        #[command(flatten)]
        log: LogArg,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a digest of one week in Markdown
    Week {
        #[command(flatten)]
        log: LogArg,
        /// Any day of the week [default: today]
        #[arg(long, value_name = "DATE", value_parser = date)]
        date: Option<NaiveDate>,
        /// Goal for the week, in papers or in the unit that the log uses
        #[arg(long, value_name = "N")]
        goal: Option<u32>,
    },
    /// Add an item to the pending list
    ///
    /// For a PDF, the item is the title on its first page; for an arXiv address, the title of the PDF with that id
    /// in your library. Nothing is downloaded.
    Add {
        #[command(flatten)]
        log: LogArg,
        /// The item's text, the path of a PDF, or an arXiv address
        text: String,
        /// Add it below this item, given by its text or line:N
        #[arg(long, value_name = "ITEM", add = ArgValueCompleter::new(complete::open_items))]
        under: Option<String>,
    },
    /// Add the papers of a bibliography to the pending list
    ///
    /// FILE is BibTeX, CSL-JSON, RIS, CSV or Zotero RDF, as Zotero and other reference managers export it. Papers that
    /// the log already has, by title, DOI or arXiv id, are reported and not added. Authors, venues and other fields are
    /// kept beside the log and included in “export”. A single “undo” undoes the whole import.
    Import {
        #[command(flatten)]
        log: LogArg,
        /// The bibliography; “-” is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a new entry and print its location
    ///
    /// Missing headings for the day and month are added in the log's own form and order. Where each
    /// paper or each day has its own file, a new file is created, named and laid out like the others.
    ///
    /// For a PDF, or an arXiv address whose PDF is in your library, the title, the month and the authors or
    /// organisation are filled in. Nothing is downloaded.
    Log {
        #[command(flatten)]
        log: LogArg,
        /// The paper's title, the path of its PDF, or its arXiv address
        title: String,
        /// The day it was read [default: today]
        #[arg(long, value_name = "DATE", value_parser = date)]
        date: Option<NaiveDate>,
        /// Write it under this heading, in a log without dates
        #[arg(long, value_name = "HEADING", conflicts_with = "date", add = ArgValueCompleter::new(complete::headings))]
        under: Option<String>,
        /// Also tick this pending item, given by its text or line:N
        #[arg(long, value_name = "ITEM", add = ArgValueCompleter::new(complete::open_items))]
        from: Option<String>,
    },
    /// Undo the last change that papers-tui made
    ///
    /// The change may come from the panes or the command line, in this run or an earlier one. If the same
    /// lines have changed since, nothing is written and the reason is shown.
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
    /// List problems in the log; exit status 1 if there are any
    ///
    /// Each problem is one line, “file:line: message”, which editors can jump to. Many missing figures are grouped
    /// into one line.
    ///
    /// --fix fixes what is certain: a figure path that differs only in case or folder from the only
    /// matching file, invalid HTML tags, two headings for one day, a missing month heading, a year that contradicts
    /// its neighbours, a heading in another style. Each fix is a separate change that “papers-tui undo” can undo.
    /// In a terminal, you are asked about the rest.
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
        /// Instead, explain how each file was read: its dates, its titles, and what was guessed
        #[arg(long)]
        explain: bool,
        /// Forget what you taught in the panes about this log
        #[arg(long, conflicts_with_all = ["explain", "json"])]
        forget: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the entries and pending items of the log that a PDF cites
    ///
    /// The PDF need not belong to a paper in the log. Only its own list of references is read, and only titles that
    /// match exactly, or nearly so, are listed. Nothing is downloaded.
    Refs {
        #[command(flatten)]
        log: LogArg,
        /// The PDF
        #[arg(value_name = "FILE.pdf")]
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the PDFs that belong to no entry and no pending item
    ///
    /// Looks for PDFs below the log's folder, or in the folders of the setting pdf-folders. Each is read once, and again
    /// when it changes.
    Library {
        #[command(flatten)]
        log: LogArg,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Export the log for other programs or browsers
    ///
    /// In CSV, a cell that a spreadsheet would take for a formula gets a ' in front. HTML is a single file: figures
    /// up to 4 MB are embedded, larger ones linked.
    Export {
        #[command(flatten)]
        log: LogArg,
        /// Output format
        #[arg(long, value_enum)]
        format: export::Format,
        /// Write to this file instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Start CSV with a byte order mark, for Excel
        #[arg(long)]
        bom: bool,
    },
    /// Print all settings with their defaults
    Config {
        /// Instead, print the path of the settings file and any problems in it
        #[arg(long)]
        path: bool,
    },
    /// Print a shell script that completes commands, titles and items
    Completions {
        /// The shell
        #[arg(value_enum, value_name = "SHELL")]
        shell: complete::Shell,
    },
    /// Print the manual page of the program, or of one command
    Man {
        /// The command
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

/// Parses a date in ISO form or in any form that logs use.
fn date(text: &str) -> Result<NaiveDate, Sentence> {
    let wrong = || Sentence::new("not a date such as 2031-05-17".to_owned(), "不是 2031-05-17 这样的日期".to_owned());
    read_day(text).ok_or_else(wrong)
}

/// Parses a day like [`date`], without the error text.
pub fn read_day(text: &str) -> Option<NaiveDate> {
    match read_heading(text)? {
        HeadingDate::Day(date) => Some(date),
        _ => None,
    }
}
