//! What happened, and what the shell must do about it.

use chrono::{DateTime, FixedOffset};

use super::finding::question::{Answer, Ask};
use super::flight::{ChangeId, ChangeName};
use super::keys::action::Action;
use super::keys::key::Key;
use super::logs::list::{Offer, Which};
use super::page::figures::{FigureId, Found, Wanted};
use super::screen::layout::Size;
use crate::log::Log;
use crate::log::aliases::Aliases;
use crate::log::check::Disk;
use crate::log::edit::{Intent, Made};
use crate::log::links::Links;
use crate::log::parse::{Unfit, offer};
use crate::papers::about::About;
use crate::papers::behind::Behind;
use crate::review::history::{Change, Reviews};
use crate::words::Sentence;

/// Something that happened outside.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Pasted(String),
    /// The mouse was used at a cell.
    Mouse {
        /// Column and row, from 0.
        at: (u16, u16),
        /// How.
        kind: MouseKind,
    },
    /// The terminal has another size now.
    Resized(Size),
    /// Of the log that is being read so many bytes are, of so many; said where that takes long.
    Reading {
        /// So many are read.
        done: u64,
        /// So many there are.
        all: u64,
    },
    /// All of the log is read of which the beginning was shown.
    Whole(Box<Log>),
    /// The logs that can be opened were looked for.
    LogsFound(Vec<Offer>),
    /// The log that was asked for is read.
    LogRead,
    /// The log that was asked for cannot be read, for this reason.
    LogUnread(Sentence),
    /// What a line of a file can be was found out, or why it can be nothing.
    Pointed(Result<Vec<offer::Offer>, Unfit>),
    /// What was taught of how the log is written has changed, and this is how it is read now; in words for the user.
    Learnt(Box<Log>, Sentence),
    /// The files were read, since one of them had changed or it was asked for.
    Loaded(Box<Log>),
    /// The log consists of other files now, or they are called otherwise.
    Moved {
        /// All that was read.
        log: Box<Log>,
        /// For each file the index that it had before, if any.
        from: Vec<Option<usize>>,
    },
    /// Files are looked at every so many seconds, since the system does not report what happens to
    /// them; or it does.
    Watched(Option<u64>),
    /// The user's editor has ended, and this is what it left.
    Edited(Box<Log>),
    /// What the entries say of one another was found in the files.
    Linked(Box<Links>),
    /// Of the PDFs behind the log so many are read, of so many.
    ReadingPapers {
        /// So many are read.
        done: usize,
        /// So many there are.
        all: usize,
    },
    /// All of them are read.
    Papers(Box<Behind>),
    /// A PDF was read that was named in a line, or why it cannot be.
    PdfRead {
        /// What was typed.
        typed: String,
        /// What the PDF says.
        found: Result<About, Sentence>,
    },
    /// What the user's references stand for was read.
    Named(Aliases),
    /// Something that was asked for was done; in words for the user.
    Done(Sentence),
    /// Something could not be done, for this reason.
    Failed(Sentence),
    /// Something about the files that one should know.
    Noticed(Sentence),
    /// What other programs wrote is in a file beside the log, which this names.
    Kept(Sentence),
    /// A change is on the disk.
    Saved(ChangeId),
    /// A change was not made, for this reason.
    Refused(ChangeId, Sentence),
    /// A change that was saved, or was being saved when the program last ended, is not in
    /// the file: another program has written an older text over it.
    Undone {
        /// Index into [`Log::files`].
        file: usize,
        /// What would make it again.
        intent: Intent,
    },
    /// What can be taken back was read, at the start or since another process has changed the log.
    Changes {
        /// The changes, oldest first, with the indices of their files.
        made: Vec<(usize, ChangeName, Made)>,
        /// Those of this run that another process has taken back.
        gone: Vec<ChangeId>,
    },
    /// The disk was looked at, for what is wrong with the log.
    Surveyed(Disk),
    /// Pictures are shown, and a cell has this width and height in pixels; or they are not.
    Pictures(Option<(u16, u16)>),
    /// A figure was looked for; or its picture can be drawn now.
    Figure(FigureId, Found),
    /// Something was found: a first part, or everything.
    Found {
        /// The number of the question.
        generation: u64,
        /// The answer.
        found: Answer,
    },
    /// What time it is, by the clock on the wall here. It comes before whatever the user does.
    Time(DateTime<FixedOffset>),
    /// The reviews were read, at the start or since another program has changed them.
    Reviews(Box<Reviews>),
    /// The reviews cannot be used, for this reason.
    NoReviews(Sentence),
    /// A change to the reviews is on the disk.
    Reviewed(ChangeId),
    /// A change to the reviews was not made, for this reason.
    ReviewRefused(ChangeId, Sentence),
    /// Something was asked for that is bound to a key: by the command line.
    Asked(Action),
    /// The time of an alarm has come.
    Alarm(u64),
}

/// How the mouse was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// It is held down, and the mouse has come to this cell.
    Drag,
    /// The wheel was turned by so many lines, downwards if positive.
    Wheel(isize),
}

/// Something that the shell must do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Carry a change out on a file, and answer with `Saved` or `Refused`.
    Save {
        /// Which change.
        id: ChangeId,
        /// Index into [`Log::files`].
        file: usize,
        /// The change.
        intent: Intent,
        /// The earlier change that it takes back.
        undoes: Option<ChangeName>,
    },
    /// Make a change to the reviews on the disk, and answer with `Reviewed` or `ReviewRefused`.
    Review {
        /// Which change.
        id: ChangeId,
        /// The change.
        change: Change,
    },
    /// Read the reviews again, and answer with `Reviews` or `NoReviews`.
    LoadReviews,
    /// Read all files again, and answer with `Loaded` or `Failed`.
    Reload,
    /// Find out what a line of a file can be, and answer with `Pointed`.
    Point {
        /// Index into [`Log::files`].
        file: usize,
        /// The line, counted from 1; none: what was taught of the file.
        line: Option<usize>,
    },
    /// Keep that what was taught has changed, and answer with `Learnt` or `Failed`.
    Learn {
        /// How it has changed.
        change: offer::Change,
        /// What is said when that is done.
        said: Sentence,
    },
    /// Open the user's editor and wait for it; then read all files again. Answer with `Failed`
    /// when it cannot be opened, or does not end well.
    Edit {
        /// Index into [`Log::files`].
        file: usize,
        /// The line to open it at, counted from 1.
        line: usize,
    },
    /// Put a text on the clipboard.
    Copy(String),
    /// Open a web or mail address in the program that is meant for it, and answer with `Done` or `Failed`.
    OpenUrl(String),
    /// Open the PDF at this place, and answer with `Done` or `Failed`.
    OpenPdfAt(String),
    /// Read what a PDF says of its paper, and answer with `PdfRead`.
    ReadPdf {
        /// Where it is.
        path: String,
        /// What was typed: to be given back.
        typed: String,
    },
    /// Find the PDF of a paper, open it, and answer with `Done` or `Failed`.
    OpenPdf {
        /// Index into [`Log::files`]: the file that the paper stands in.
        file: usize,
        /// The paper's title.
        title: String,
    },
    /// Keep what a reference stands for, and answer with `Named`, or with `Failed`.
    NameReference {
        /// Its digits.
        id: String,
        /// What it stands for; empty when that is not known any more.
        title: String,
    },
    /// Search, and answer with `Found`, maybe twice. What was asked before is no longer needed.
    Search(Ask),
    /// What was asked before is no longer needed; later questions have higher numbers than this.
    StopSearch(u64),
    /// Answer with `Alarm` after this many milliseconds.
    SetAlarm {
        /// To be given back.
        id: u64,
        /// From now.
        milliseconds: u64,
    },
    /// Have these figures ready, the most urgent first, and answer with `Figure`. What was
    /// asked for before and is not in the list is no longer needed.
    ShowFigures(Vec<Wanted>),
    /// Look at what the disk says of the log, and answer with `Surveyed`.
    Survey,
    /// Show a figure in another program, if it is a file in the log's folder or an address
    /// of the web; answer with `Unreadable` if not.
    OpenOutside(FigureId),
    /// Look for logs that can be opened, and answer with `LogsFound`.
    ListLogs,
    /// Read another log, and answer with `LogRead` or `LogUnread`.
    OpenLog(Which),
    /// Leave this log for the other one that was read.
    Leave,
    /// Stop the program until the shell continues it.
    Stop,
    /// Leave the program.
    Quit,
}
