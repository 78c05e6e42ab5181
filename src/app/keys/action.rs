//! Actions: everything a key can be bound to.

use crate::app::screen::layout::Pane;
use crate::log::edit::Direction;
use crate::review::history::Grade;
use crate::words::Language;

/// Something the user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Quit once everything is saved.
    Quit,
    /// Suspend to the shell, as Ctrl-Z does.
    SuspendToShell,
    /// Show the key help.
    ShowHelp,
    /// Close the top overlay; if there is none, the message; if there is none, end the search, remove the filter or
    /// show the whole timeline again.
    Cancel,
    /// Focus a pane.
    Focus(Pane),
    /// Toggle full screen for the focused pane.
    Zoom,
    /// Move the divider beside the focused pane this many steps to the right.
    MoveDivider(i16),
    /// Make the checklist this many steps taller where it is below the timeline.
    Heighten(i16),
    /// Fold or unfold the text above the pending list.
    ToggleProse,
    /// Focus the next pane. In the raw text of [`Teach`](Self::Teach), show the next file.
    FocusNext,
    /// Focus the previous pane.
    FocusPrevious,
    /// Move or scroll by this many steps, downwards if positive.
    Move(isize),
    /// Move or scroll by this many half pages, downwards if positive.
    MoveHalfPages(isize),
    /// Move or scroll to the start.
    MoveToTop,
    /// Move or scroll to the end.
    MoveToBottom,
    /// Fold the group at the cursor, or focus the pane on the left.
    Fold,
    /// Unfold the group under the cursor, or focus the pane on the right.
    Unfold,
    /// Open what the cursor is on.
    Open,
    /// Move this many papers down the timeline, from any pane.
    MovePapers(isize),
    /// Move this many months down the timeline, or move the selected day by months with activity.
    MoveMonths(isize),
    /// Find a paper by words in its title or summary.
    Find,
    /// Open the finder on all papers in this order.
    FindSorted(FinderOrder),
    /// Search the full text of the log.
    FindEverywhere,
    /// Find a command by name.
    ShowPalette,
    /// List what was read on this day of the month in earlier months.
    ListThisDay,
    /// Go to a random entry.
    GoToRandom,
    /// Search the page. In a sheet, show only the lines with some words.
    SearchPage,
    /// Go to the next hit in the page.
    NextHit,
    /// Go to the previous hit in the page. Without a search, write an entry for a typed title.
    PreviousHit,
    /// List the papers related to this one, such as those that it mentions or cites.
    ListLinks,
    /// List the headings and figures of the page.
    ListHeadings,
    /// List the URLs and figures of the page, to open one in another program.
    ListUrls,
    /// Name the paper that a numbered reference stands for.
    NameReference,
    /// Go back in the jump list.
    GoBack,
    /// Go forward in the jump list.
    GoForward,
    /// Copy the title.
    CopyTitle,
    /// Copy the whole entry.
    CopyEntry,
    /// Open the paper's PDF.
    OpenPdf,
    /// List the PDFs that belong to no entry or item.
    ListLibrary,
    /// Tick or untick the item under the cursor, or a task of the page.
    ToggleTask,
    /// Add an item after the one under the cursor, at the same level. In the list of PDFs, add the PDF to the pending
    /// list.
    AddItem,
    /// Add an item as the last child of the one under the cursor.
    AddChild,
    /// Reword the item under the cursor.
    EditItem,
    /// Delete the item under the cursor with its children.
    DeleteItem,
    /// Move the item under the cursor with its children.
    MoveItem(Direction),
    /// Filter items by text.
    FilterItems,
    /// Cycle through all, open and done items.
    CycleShow,
    /// Toggle between most-cited-first and file order.
    SortByCitations,
    /// Log the item under the cursor: write its entry, and tick or remove the item. In the list of PDFs, log the PDF.
    LogItem,
    /// Write an entry for a typed title.
    LogTitle,
    /// List everything that is still to do.
    ListTodo,
    /// List the changes that can be undone or redone; choosing one goes to where it was made.
    ListChanges,
    /// List the files, folders and tags to narrow the timeline to.
    ListParts,
    /// List problems in the log.
    Check,
    /// Fix the selected problem.
    Fix,
    /// Fix everything that can be fixed automatically.
    FixAll,
    /// Show how the log was read.
    ShowReading,
    /// Show the file's raw text, to teach its form by pointing at a title.
    Teach,
    /// List the corrections of the file, to remove any of them.
    Forget,
    /// Open the selection in the user's editor.
    Edit,
    /// Show the figures of the page one by one.
    ShowFigures,
    /// Move forward by this many figures.
    MoveFigures(isize),
    /// Open the figure in another program.
    OpenOutside,
    /// Undo the last change.
    Undo,
    /// Redo the last undone change.
    Redo,
    /// Review the due entries.
    Review,
    /// Reveal the next point of the summary.
    Reveal,
    /// Reveal the whole summary.
    RevealAll,
    /// Grade how well the entry was remembered.
    Grade(Grade),
    /// Undo the last grade.
    UndoGrade,
    /// Suspend or resume reviews of the entry.
    SuspendReview,
    /// Show the calendar of days with entries.
    ShowCalendar,
    /// Show reading statistics.
    ShowStatistics,
    /// Show the digest of a week.
    ShowWeek,
    /// Move the selected day: by days with activity (±1) or by weeks (±7). In a digest, by weeks with
    /// activity.
    MoveDays(isize),
    /// List the themes, previewing the one under the cursor.
    ListThemes,
    /// Switch the interface language.
    SwitchLanguage,
    /// List other logs to open.
    ListLogs,
    /// Read the files again.
    Reload,
}

impl Action {
    /// Its name in the configuration. When a name changes, the old one is kept in `config::former`.
    #[expect(clippy::too_many_lines, reason = "a table: one line an action")]
    pub fn name(self) -> &'static str {
        let signed = |by: isize, forward, back| if by < 0 { back } else { forward };
        match self {
            Self::Quit => "quit",
            Self::SuspendToShell => "suspend",
            Self::ShowHelp => "help",
            Self::Cancel => "cancel",
            Self::Focus(Pane::Timeline) => "focus-timeline",
            Self::Focus(Pane::Summary) => "focus-summary",
            Self::Focus(Pane::Pending) => "focus-pending",
            Self::Zoom => "zoom",
            Self::MoveDivider(by) => signed(by.into(), "divider-right", "divider-left"),
            Self::Heighten(by) => signed(by.into(), "pending-taller", "pending-shorter"),
            Self::ToggleProse => "fold-text",
            Self::FocusNext => "next-pane",
            Self::FocusPrevious => "previous-pane",
            Self::Move(by) => signed(by, "down", "up"),
            Self::MoveHalfPages(by @ (-1..=1)) => signed(by, "half-page-down", "half-page-up"),
            Self::MoveHalfPages(by) => signed(by, "page-down", "page-up"),
            Self::MoveToTop => "top",
            Self::MoveToBottom => "bottom",
            Self::Fold => "fold",
            Self::Unfold => "unfold",
            Self::Open => "open",
            Self::MovePapers(by) => signed(by, "next-paper", "previous-paper"),
            Self::MoveMonths(by) => signed(by, "next-month", "previous-month"),
            Self::Find => "find",
            Self::FindSorted(FinderOrder::Date) => "sort-by-date",
            Self::FindSorted(FinderOrder::Published) => "sort-by-published",
            Self::FindSorted(FinderOrder::Title) => "sort-by-title",
            Self::FindEverywhere => "find-everywhere",
            Self::ShowPalette => "commands",
            Self::ListThisDay => "on-this-day",
            Self::GoToRandom => "random-entry",
            Self::SearchPage => "search",
            Self::NextHit => "next-hit",
            Self::PreviousHit => "previous-hit",
            Self::ListLinks => "links",
            Self::ListHeadings => "headings",
            Self::ListUrls => "addresses",
            Self::NameReference => "name-reference",
            Self::GoBack => "back",
            Self::GoForward => "forward",
            Self::CopyTitle => "copy-title",
            Self::CopyEntry => "copy-entry",
            Self::OpenPdf => "open-pdf",
            Self::ListLibrary => "library",
            Self::ToggleTask => "tick",
            Self::AddItem => "add",
            Self::AddChild => "add-sub-item",
            Self::EditItem => "reword",
            Self::DeleteItem => "delete",
            Self::MoveItem(Direction::Up) => "move-up",
            Self::MoveItem(Direction::Down) => "move-down",
            Self::MoveItem(Direction::In) => "indent",
            Self::MoveItem(Direction::Out) => "outdent",
            Self::FilterItems => "filter",
            Self::CycleShow => "show-open-done-all",
            Self::SortByCitations => "most-cited-first",
            Self::LogItem => "log-item",
            Self::LogTitle => "new-entry",
            Self::ListTodo => "to-do",
            Self::ListChanges => "changes",
            Self::ListParts => "show-only",
            Self::Check => "check",
            Self::Fix => "fix",
            Self::FixAll => "fix-all",
            Self::ShowReading => "how-it-was-read",
            Self::Teach => "teach",
            Self::Forget => "forget",
            Self::Edit => "edit",
            Self::ShowFigures => "figures",
            Self::MoveFigures(by) => signed(by, "next-figure", "previous-figure"),
            Self::OpenOutside => "open-outside",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Review => "review",
            Self::Reveal => "reveal",
            Self::RevealAll => "reveal-all",
            Self::Grade(Grade::Again) => "grade-again",
            Self::Grade(Grade::Hard) => "grade-hard",
            Self::Grade(Grade::Good) => "grade-good",
            Self::Grade(Grade::Easy) => "grade-easy",
            Self::UndoGrade => "undo-grade",
            Self::SuspendReview => "suspend-review",
            Self::ShowCalendar => "calendar",
            Self::ShowStatistics => "statistics",
            Self::ShowWeek => "week",
            Self::MoveDays(by @ (-6..=6)) => signed(by, "next-day", "previous-day"),
            Self::MoveDays(by) => signed(by, "next-week", "previous-week"),
            Self::ListThemes => "themes",
            Self::SwitchLanguage => "language",
            Self::ListLogs => "logs",
            Self::Reload => "reload",
        }
    }
}

/// The order of entries in the finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinderOrder {
    /// Most recently read first.
    Date,
    /// Most recently published first.
    Published,
    /// Alphabetical.
    Title,
}

impl FinderOrder {
    /// The finder's filter for this order, as typed.
    pub(crate) fn chip(self, language: Language) -> &'static str {
        match self {
            Self::Date => language.pick("sort:date", "排序:日期"),
            Self::Published => language.pick("sort:published", "排序:发表"),
            Self::Title => language.pick("sort:title", "排序:标题"),
        }
    }
}
