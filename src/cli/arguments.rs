//! What can be asked for on the command line, and its help in English.

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
/// Without a subcommand the three panes open: what was read when, the summary, and what is
/// still to be read. Without a LOG it is the Markdown file of this folder, or of the
/// repository around it, that reads most like one; else, in the panes, one to be
/// chosen of those that were opened before; else a built-in sample.
#[derive(Debug, Parser)]
#[command(name = "papers-tui", version, args_conflicts_with_subcommands = true, after_help = AFTER)]
pub struct Cli {
    /// The log: files, or folders of them
    #[arg(value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// The log, if none is named
    #[arg(long = "default-log", env = "PAPERS_TUI_LOG", hide = true, global = true)]
    pub otherwise: Option<PathBuf>,
    /// Show figures by their captions alone
    #[arg(long)]
    pub no_pictures: bool,
    /// How figures are shown
    #[arg(long = "pictures", env = "PAPERS_TUI_PICTURES", hide = true, global = true)]
    pub pictures: Option<Setting>,
    /// Read the settings from this file
    #[arg(long = "config", env = "PAPERS_TUI_CONFIG", hide_env = true, global = true, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// Language of the interface [default: that of the locale]
    #[arg(long, env = "PAPERS_TUI_LANG", hide_env = true, value_enum, value_name = "LANG", global = true)]
    pub lang: Option<language::Lang>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER: &str = "\
Environment:
  PAPERS_TUI_LOG    the log, if none is named
  PAPERS_TUI_TODAY  the day that counts as today
  PAPERS_TUI_CONFIG the settings, instead of those at the usual place
  PAPERS_TUI_LANG   the language of the interface: en, zh
  PAPERS_TUI_WATCH  look at the files every so many seconds, instead of being told
                    by the system when they change
  NO_COLOR          no colours
  PAPERS_TUI_PICTURES
                    how figures are shown: auto, off, kitty, sixel, iterm2, halfblocks";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what was read, newest first
    List {
        #[command(flatten)]
        log: LogArg,
        /// Only from this day on: 2023, 2023.11, 2023-11-05, "last month"
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        /// Only up to this day
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
        /// The papers that are not read yet: those with an open box
        #[arg(long)]
        unread: bool,
        /// Print JSON
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
    ///
    /// Filters narrow it as in the finder: date:2023.11, date:"last month", has:figures, is:due, org:Google,
    /// tag:birds, file:, folder:, track:, sort:date.
    Search {
        #[command(flatten)]
        log: LogArg,
        /// What to find
        #[arg(value_name = "QUERY", required = true)]
        query: Vec<String>,
        /// In the whole text, line by line
        #[arg(long)]
        text: bool,
        /// Print JSON
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
        /// Print JSON
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
        /// Print JSON
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
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// A week's digest in Markdown
    Week {
        #[command(flatten)]
        log: LogArg,
        /// A day of the week [default: today]
        #[arg(long, value_name = "DATE", value_parser = date)]
        date: Option<NaiveDate>,
        /// What is to be done in a week, in papers, or in what the log counts them in
        #[arg(long, value_name = "N")]
        goal: Option<u32>,
    },
    /// Add an item to the pending list
    ///
    /// Of a PDF it is the title on its first page; of an address of arXiv, that of the PDF of the library with
    /// that id. Nothing is fetched.
    Add {
        #[command(flatten)]
        log: LogArg,
        /// The item's text, the path of a PDF, or an address of arXiv
        text: String,
        /// Below this item; given by text or line:N
        #[arg(long, value_name = "ITEM", add = ArgValueCompleter::new(complete::open_items))]
        under: Option<String>,
    },
    /// Add the papers of a bibliography to the pending list
    ///
    /// FILE is BibTeX, CSL-JSON or RIS, as Zotero and other reference managers export them. What the log holds already,
    /// by title, DOI or arXiv id, is said and not added again. Authors, venues and the rest are kept beside the log, and
    /// go out with “export”. One “undo” takes all of it back.
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
    /// Write a new entry and print its line
    ///
    /// The headings of its day and month are made where they are missing, in the log's own
    /// form and order. Where each paper, or each day, has a file of its own, the entry is a new file,
    /// named and laid out as its siblings are.
    ///
    /// Of a PDF, or of an address of arXiv whose PDF is in the library, the title, the month and who it is by
    /// are filled in. Nothing is fetched.
    Log {
        #[command(flatten)]
        log: LogArg,
        /// The paper's title, the path of its PDF, or its address of arXiv
        title: String,
        /// The day it was read [default: today]
        #[arg(long, value_name = "DATE", value_parser = date)]
        date: Option<NaiveDate>,
        /// Under this heading, in a log without dates
        #[arg(long, value_name = "HEADING", conflicts_with = "date", add = ArgValueCompleter::new(complete::headings))]
        under: Option<String>,
        /// Also tick this pending item, given by its text or line:N
        #[arg(long, value_name = "ITEM", add = ArgValueCompleter::new(complete::open_items))]
        from: Option<String>,
    },
    /// Undo the last change that papers-tui made
    ///
    /// In the panes or on the command line, now or in an earlier run. Where the same lines have changed
    /// since, nothing is written, and the reason is shown.
    Undo {
        #[command(flatten)]
        log: LogArg,
        /// List what can be undone instead, newest first
        #[arg(long)]
        list: bool,
        /// The list as JSON
        #[arg(long, requires = "list")]
        json: bool,
    },
    /// List problems in the log; exit status 1 if there are any
    ///
    /// A line for each finding, “file:line: message”, to which editors jump. Missing figures, where they are many,
    /// have one line together.
    ///
    /// With --fix what is certain is mended: the path of a figure that differs by letter case or folder from the one
    /// file that it can mean, tags that are not valid HTML, a day with two headings, a month without one, a year
    /// against its neighbours, a heading in another style. Each is a change of its own, which “papers-tui undo”
    /// takes back. What is not certain is asked, in a terminal.
    Check {
        #[command(flatten)]
        log: LogArg,
        /// Mend what can be mended
        #[arg(long, conflicts_with_all = ["explain", "json", "forget"])]
        fix: bool,
        /// Say what --fix would do, and change nothing
        #[arg(long, requires = "fix")]
        dry_run: bool,
        /// Each missing figure on a line of its own
        #[arg(long, conflicts_with_all = ["explain", "json", "fix", "forget"])]
        all: bool,
        /// Explain instead how each file was read: its dates, its titles, and what was guessed
        #[arg(long)]
        explain: bool,
        /// Forget what was taught in the panes about this log
        #[arg(long, conflicts_with_all = ["explain", "json"])]
        forget: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the entries and pending items of the log that a PDF cites
    ///
    /// The PDF need not be of a paper in the log. Nothing is fetched: what it cites is read in its own list of
    /// references, and only what stands there letter for letter, or nearly so, is named.
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
    /// List the PDFs that no entry and no pending item is about
    ///
    /// The PDFs are those below the log's folder, or in the folders of the setting pdf-folders. They are read once,
    /// and again when they change.
    Library {
        #[command(flatten)]
        log: LogArg,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the log out for other programs, or for browsers
    ///
    /// In CSV a cell that a spreadsheet would take for a formula has a ' before it. HTML is one file: figures of
    /// up to 4 MB are in it, larger ones are linked to.
    Export {
        #[command(flatten)]
        log: LogArg,
        /// Output format
        #[arg(long, value_enum)]
        format: export::Format,
        /// Into this file instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Begin CSV with a byte order mark, as Excel wants it
        #[arg(long)]
        bom: bool,
    },
    /// Print all settings with their defaults
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
pub struct LogArg {
    /// The log: a file or a folder; may be repeated
    #[arg(long = "log", value_name = "LOG")]
    pub logs: Vec<PathBuf>,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

/// Dates as ISO has them, and as logs write them.
fn date(text: &str) -> Result<NaiveDate, Sentence> {
    let wrong = || Sentence::new("not a day such as 2031-05-17".to_owned(), "不是 2031-05-17 这样的日期".to_owned());
    read_day(text).ok_or_else(wrong)
}

/// A day as [`date`] reads it.
pub fn read_day(text: &str) -> Option<NaiveDate> {
    match read_heading(text)? {
        HeadingDate::Day(date) => Some(date),
        _ => None,
    }
}
