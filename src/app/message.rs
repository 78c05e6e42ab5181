//! Messages to the application, and effects for the shell.

use chrono::{DateTime, FixedOffset};

use super::finding::request::{SearchAnswer, SearchRequest};
use super::flight::{ChangeId, UndoId};
use super::keys::action::Action;
use super::keys::key::KeyPress;
use super::logs::list::{ListedLog, LogSource};
use super::page::figures::{FigureAnswer, FigureId, FigureRequest};
use super::screen::layout::Size;
use crate::log::Log;
use crate::log::aliases::Aliases;
use crate::log::check::Disk;
use crate::log::edit::{ChangeRecord, Intent};
use crate::log::links::Links;
use crate::log::parse::{Unfit, offer};
use crate::papers::about::About;
use crate::papers::index::PaperIndex;
use crate::review::history::{ReviewChange, Reviews};
use crate::words::Sentence;

/// An input event, a worker's result, or the shell's answer to an [`Effect`].
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(KeyPress),
    /// Text was pasted.
    Pasted(String),
    /// A mouse button or the wheel was used.
    Mouse {
        /// Column and row, from 0.
        at: (u16, u16),
        /// Press, drag or wheel.
        kind: MouseKind,
    },
    /// The terminal was resized.
    Resized(Size),
    /// Loading progress in bytes; sent only if loading takes long.
    Reading {
        /// Bytes read.
        done: u64,
        /// Bytes in total.
        all: u64,
    },
    /// The whole log has loaded; only its start was shown before.
    Whole(Box<Log>),
    /// The logs that the user can switch to.
    LogsFound(Vec<ListedLog>),
    /// The log from [`Effect::OpenLog`] has loaded.
    LogRead,
    /// The log from [`Effect::OpenLog`] cannot be read, with the reason.
    LogUnread(Sentence),
    /// How the line from [`Effect::Point`] could be read, or why it cannot be a title.
    Pointed(Result<Vec<offer::Offer>, Unfit>),
    /// The log as read after a correction was made or removed, with a confirmation to show.
    Corrected(Box<Log>, Sentence),
    /// The files were read again, on a change or on request.
    Loaded(Box<Log>),
    /// Files of the log were added, removed or renamed.
    Moved {
        /// The log as it is now.
        log: Box<Log>,
        /// Each file's previous index, if it had one.
        from: Vec<Option<usize>>,
    },
    /// How files are watched: the polling interval in seconds, or `None` if the system reports changes.
    Watched(Option<u64>),
    /// The user's editor has exited; the log, read again.
    Edited(Box<Log>),
    /// Links between entries were computed.
    Linked(Box<Links>),
    /// Progress of reading the log's PDFs.
    ReadingPapers {
        /// PDFs read.
        done: usize,
        /// PDFs in total.
        all: usize,
    },
    /// All PDFs have been read.
    Papers(Box<PaperIndex>),
    /// The PDF from [`Effect::ReadPdf`] was read, or why it cannot be.
    PdfRead {
        /// The text typed, as in the effect.
        typed: String,
        /// Its title and authors.
        found: Result<About, Sentence>,
    },
    /// The titles that the user gave to numbered references.
    Named(Aliases),
    /// An effect succeeded; the confirmation to show.
    Done(Sentence),
    /// An effect failed; the reason to show.
    Failed(Sentence),
    /// Files of the log cannot be read; the reason to show.
    Unavailable(Sentence),
    /// All files of the log can be read again.
    Available,
    /// A hint about the files, for the status line.
    Noticed(Sentence),
    /// Another program's text was kept in a file beside the log; the sentence names that file.
    Kept(Sentence),
    /// A change was saved.
    Saved(ChangeId),
    /// A change was rejected, with the reason.
    Refused(ChangeId, Sentence),
    /// A change that was saved, or was being saved when the program last exited, is missing from the file:
    /// another program wrote an older text over it.
    Undone {
        /// Index into [`Log::files`].
        file: usize,
        /// Redoes the change.
        intent: Intent,
    },
    /// The undo history was read, at the start or after another process changed it.
    Changes {
        /// (index into [`Log::files`], name, change), oldest first.
        made: Vec<(usize, UndoId, ChangeRecord)>,
        /// Changes of this run that another process has undone.
        gone: Vec<ChangeId>,
    },
    /// Facts about the log's files, for the list of problems.
    Surveyed(Disk),
    /// A cell's width and height in pixels if the terminal shows pictures, or `None`.
    Pictures(Option<(u16, u16)>),
    /// A figure's file was looked up, or its picture is ready to draw.
    Figure(FigureId, FigureAnswer),
    /// Search results, partial or final.
    Found {
        /// The generation of the query.
        generation: u64,
        /// The results.
        found: SearchAnswer,
    },
    /// The local time; sent ahead of other messages, so that the date is current.
    Time(DateTime<FixedOffset>),
    /// The reviews were read, at the start or after another program changed them.
    Reviews(Box<Reviews>),
    /// The reviews cannot be read, with the reason.
    NoReviews(Sentence),
    /// A change to the reviews was saved.
    Reviewed(ChangeId),
    /// A change to the reviews was rejected, with the reason.
    ReviewRefused(ChangeId, Sentence),
    /// An action requested on the command line.
    Asked(Action),
    /// The timer from [`Effect::SetAlarm`] fired.
    Alarm(u64),
}

/// A mouse event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The mouse moved to this cell with the button down.
    Drag,
    /// The wheel turned by this many lines, downwards if positive.
    Wheel(isize),
}

/// A request to the shell. Most are answered by a [`Message`].
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Save a change to a file; answered by `Saved` or `Refused`.
    Save {
        /// Which change.
        id: ChangeId,
        /// Index into [`Log::files`].
        file: usize,
        /// The change.
        intent: Intent,
        /// The earlier change that this undoes.
        undoes: Option<UndoId>,
    },
    /// Save a change to the reviews; answered by `Reviewed` or `ReviewRefused`.
    Review {
        /// Which change.
        id: ChangeId,
        /// The change.
        change: ReviewChange,
    },
    /// Read the reviews again; answered by `Reviews` or `NoReviews`.
    LoadReviews,
    /// Read all files again; answered by `Loaded` or `Failed`.
    Reload,
    /// Find out how a line could be read; answered by `Pointed`.
    Point {
        /// Index into [`Log::files`].
        file: usize,
        /// The line, counted from 1; `None` asks for the corrections of the file.
        line: Option<usize>,
    },
    /// Add or remove a correction; answered by `Corrected` or `Failed`.
    Correct {
        /// What to add and remove.
        change: offer::CorrectionChange,
        /// The confirmation to show.
        said: Sentence,
    },
    /// Run the user's editor, then read all files again; answered by `Edited`, or by `Failed` if the editor
    /// cannot be started or exits with an error.
    Edit {
        /// Index into [`Log::files`].
        file: usize,
        /// The line to open, counted from 1.
        line: usize,
    },
    /// Copy text to the clipboard.
    Copy(String),
    /// Open a web or mail URL in its default program; answered by `Done` or `Failed`.
    OpenUrl(String),
    /// Open the PDF at this path; answered by `Done` or `Failed`.
    OpenPdfAt(String),
    /// Read a PDF's title and authors; answered by `PdfRead`.
    ReadPdf {
        /// Path of the PDF.
        path: String,
        /// The text typed, returned with the answer.
        typed: String,
    },
    /// Find a paper's PDF and open it; answered by `Done` or `Failed`.
    OpenPdf {
        /// The paper's file, as an index into [`Log::files`].
        file: usize,
        /// The paper's title.
        title: String,
    },
    /// Store the title of a numbered reference; answered by `Named` or `Failed`.
    NameReference {
        /// Its digits.
        id: String,
        /// Its title; empty to remove it.
        title: String,
    },
    /// Run a query; answered by `Found`, once or twice. Replaces any earlier query.
    Search(SearchRequest),
    /// Cancel queries up to this generation.
    StopSearch(u64),
    /// Start a timer; answered by `Alarm`.
    SetAlarm {
        /// Returned with the answer.
        id: u64,
        /// The delay.
        milliseconds: u64,
    },
    /// Prepare these figures, most urgent first; answered by `Figure`. Cancels requests for figures that are
    /// not in the list.
    ShowFigures(Vec<FigureRequest>),
    /// Gather facts about the log's files; answered by `Surveyed`.
    Survey,
    /// Open a figure in another program if it is a URL or a file in the log's folder; answered by `Failed` if
    /// not.
    OpenOutside(FigureId),
    /// Look for logs to open; answered by `LogsFound`.
    ListLogs,
    /// Read another log; answered by `LogRead` or `LogUnread`.
    OpenLog(LogSource),
    /// Switch to the log that was read by `OpenLog`.
    SwitchLog,
    /// Suspend the program, as Ctrl-Z does in a shell.
    Suspend,
    /// Exit once everything is saved.
    Quit,
}
