//! What a key can be bound to.

use crate::app::screen::layout::Pane;
use crate::log::edit::Direction;
use crate::review::history::Grade;
use crate::words::Language;

/// What the user wants. The keymap's vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Leave the program, after everything is saved.
    Quit,
    /// Stop the program and go back to the shell, which can continue it.
    Stop,
    /// Show the keys.
    ShowHelp,
    /// Close the topmost overlay, or the message.
    Cancel,
    /// Give a pane the focus.
    Focus(Pane),
    /// Give the pane with the focus the whole screen, or no longer.
    Zoom,
    /// Move the line beside the pane with the focus so many steps to the right.
    MoveDivider(i16),
    /// Make the checklist so many steps taller where it stands below the timeline.
    Heighten(i16),
    /// Unfold the text above the pending list, or fold it.
    ToggleProse,
    /// Give the focus to the pane after this one.
    FocusNext,
    /// Give the focus to the pane before this one.
    FocusPrevious,
    /// Move or scroll by this many steps, downwards if positive.
    Move(isize),
    /// Move or scroll by this many halves of the pane, downwards if positive.
    MoveHalfPages(isize),
    /// Move or scroll to the start.
    MoveToTop,
    /// Move or scroll to the end.
    MoveToBottom,
    /// Fold what the cursor is in; else go to the pane on the left.
    Fold,
    /// Unfold what the cursor is on; else go to the pane on the right.
    Unfold,
    /// Open what the cursor is on.
    Open,
    /// Go this many papers down the timeline, from any pane.
    MovePapers(isize),
    /// Go this many months down the timeline.
    MoveMonths(isize),
    /// Find a paper by its title.
    Find,
    /// Find a paper among all in this order.
    FindSorted(Order),
    /// Find all places in the text of the log.
    FindEverywhere,
    /// Find what can be done by its name.
    ShowPalette,
    /// List what was read on this day of other months and years.
    ListThisDay,
    /// Go to some other entry.
    GoToAny,
    /// Look for text in the page.
    SearchPage,
    /// Go to the next hit in the page.
    NextHit,
    /// Goes to the hit before.
    PreviousHit,
    /// List the papers that this one mentions, and those that mention it.
    ListLinks,
    /// List the headings and figures of the page.
    ListHeadings,
    /// List the addresses on the page, to open one outside.
    ListAddresses,
    /// Say what a numbered reference stands for.
    NameReference,
    /// Go back to where one was before a jump.
    GoBack,
    /// Go forward again.
    GoForward,
    /// Put the title on the clipboard.
    CopyTitle,
    /// Put the whole entry on the clipboard.
    CopyEntry,
    /// Open the paper's PDF outside.
    OpenPdf,
    /// List the PDFs that no entry and no item is about.
    ListLibrary,
    /// Tick or untick the item under the cursor, or a task of the page.
    ToggleTask,
    /// Add an item below the one under the cursor, beside it.
    AddItem,
    /// Add an item as the last child of the one under the cursor.
    AddChild,
    /// Reword the item under the cursor.
    EditItem,
    /// Delete the item under the cursor and all below it.
    DeleteItem,
    /// Move the item under the cursor and all below it.
    MoveItem(Direction),
    /// Show the items that hold what is typed.
    FilterItems,
    /// Show all items, the open ones, or those that are done.
    CycleShow,
    /// Show the items that most of the papers that were read cite first, or the order of the file.
    SortByCitations,
    /// Write an entry for the item under the cursor, which is settled by that.
    LogItem,
    /// Write an entry that comes from no item.
    LogTitle,
    /// List everything that is still to be done.
    ListOwed,
    /// List the changes that stand.
    ListChanges,
    /// List the parts of the log that the timeline can be narrowed to.
    ListParts,
    /// List what is wrong with the log.
    Check,
    /// Mend what the cursor of the list of what is wrong is on.
    Mend,
    /// Mend all that is wrong and can be mended with certainty.
    MendAll,
    /// Show how the log was read.
    ShowReading,
    /// Show the text of the file, to be taught by pointing how it is written.
    Teach,
    /// Forget something that was taught so.
    Forget,
    /// Open the editor at what is selected.
    Edit,
    /// Show the figures of the page one by one.
    ShowFigures,
    /// Go this many figures on.
    MoveFigures(isize),
    /// Open the figure in another program.
    OpenOutside,
    /// Take the last change back.
    Undo,
    /// Make the change again that was taken back.
    Redo,
    /// Review what is due.
    Review,
    /// Show the next step of the summary that is asked for.
    Reveal,
    /// Show all of it.
    RevealAll,
    /// Grade it.
    Grade(Grade),
    /// Take the last grade back.
    TakeBackGrade,
    /// Keep the entry from coming up for review, or let it.
    Suspend,
    /// Show the months with the days on which something was read.
    ShowCalendar,
    /// Show the figures of the habit.
    ShowStatistics,
    /// Show what a week brought.
    ShowWeek,
    /// Go this many days ahead.
    MoveDays(isize),
    /// Choose the colours, each shown while the cursor is on it.
    ListThemes,
    /// Go on in the other language.
    SwitchLanguage,
    /// List the logs that can be opened instead of this one.
    ListLogs,
    /// Read the files again.
    Reload,
}

impl Action {
    /// What it is called in the configuration; stable from version to version.
    #[expect(clippy::too_many_lines, reason = "a table: one line an action")]
    pub fn name(self) -> &'static str {
        let signed = |by: isize, forward, back| if by < 0 { back } else { forward };
        match self {
            Self::Quit => "quit",
            Self::Stop => "stop",
            Self::ShowHelp => "help",
            Self::Cancel => "cancel",
            Self::Focus(Pane::Timeline) => "focus-timeline",
            Self::Focus(Pane::Page) => "focus-summary",
            Self::Focus(Pane::Checklist) => "focus-pending",
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
            Self::FindSorted(Order::Date) => "sort-by-date",
            Self::FindSorted(Order::Published) => "sort-by-published",
            Self::FindSorted(Order::Title) => "sort-by-title",
            Self::FindEverywhere => "find-everywhere",
            Self::ShowPalette => "commands",
            Self::ListThisDay => "on-this-day",
            Self::GoToAny => "random-entry",
            Self::SearchPage => "search",
            Self::NextHit => "next-hit",
            Self::PreviousHit => "previous-hit",
            Self::ListLinks => "links",
            Self::ListHeadings => "headings",
            Self::ListAddresses => "addresses",
            Self::NameReference => "name-reference",
            Self::GoBack => "back",
            Self::GoForward => "forward",
            Self::CopyTitle => "copy-title",
            Self::CopyEntry => "copy-entry",
            Self::OpenPdf => "open-pdf",
            Self::ListLibrary => "library",
            Self::ToggleTask => "tick",
            Self::AddItem => "add",
            Self::AddChild => "add-below",
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
            Self::ListOwed => "owed",
            Self::ListChanges => "changes",
            Self::ListParts => "show-only",
            Self::Check => "check",
            Self::Mend => "fix",
            Self::MendAll => "mend-all",
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
            Self::TakeBackGrade => "take-back-grade",
            Self::Suspend => "suspend",
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

/// In which order entries come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The last read first.
    Date,
    /// The last published first.
    Published,
    /// By the alphabet.
    Title,
}

impl Order {
    /// The filter that asks for it, as it is typed.
    pub(crate) fn chip(self, language: Language) -> &'static str {
        match self {
            Self::Date => language.pick("sort:date", "排序:日期"),
            Self::Published => language.pick("sort:published", "排序:发表"),
            Self::Title => language.pick("sort:title", "排序:标题"),
        }
    }
}
