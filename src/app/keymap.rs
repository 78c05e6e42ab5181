//! What can be bound, in which place, and the keys that do it unless the user binds others
//! ([`Keymap`]). The help screen, the hints and the palette are made from the same table, so they
//! cannot lie.

use super::action::Action;
pub use super::key::{Code, Key};
pub use super::keys::{Bound, Keymap};
use super::layout::Pane;
use crate::log::edit::Direction;
use crate::review::history::Grade;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In a pane.
    Pane(Pane),
    /// In the finder, where other keys are text.
    Finder,
    /// In everything search, where other keys are text.
    Everywhere,
    /// In the command palette, where other keys are text.
    Palette,
    /// In a text over the panes.
    Sheet,
    /// In a list over the panes.
    Picker,
    /// In the line where text is typed.
    Prompt,
    /// Where one figure is shown.
    Figure,
    /// In a review.
    Quiz,
    /// In the calendar.
    Calendar,
    /// In the statistics.
    Statistics,
    /// In a week's digest.
    Week,
}

impl Context {
    /// Whether keys that are not bound are text.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Finder | Self::Everywhere | Self::Palette | Self::Prompt)
    }

    /// Whether digits are a count for the next key.
    pub fn takes_counts(self) -> bool {
        !self.takes_text() && self != Self::Quiz
    }
}

/// A line of the keymap.
#[derive(Debug)]
pub struct Binding {
    /// Any of these, by default; none where only the palette has it.
    pub keys: &'static [Key],
    /// Where.
    pub contexts: &'static [Context],
    /// What they do.
    pub action: Action,
    /// The same in words, for the help screen.
    pub about: &'static str,
    /// The same in a word, for the status line; empty where it is not worth one.
    pub hint: &'static str,
}

impl Binding {
    /// What its places are called in the configuration, together.
    pub fn places(&self) -> &'static str {
        match self.contexts {
            TIMELINE => "timeline",
            PAGE => "summary",
            CHECKLIST => "pending",
            LISTS => "timeline-and-pending",
            PANES => "panes",
            READING => "reading",
            FINDER => "finder",
            EVERYWHERE => "everywhere",
            PALETTE => "commands",
            QUERIES => "queries",
            SHEET => "help",
            PICKER => "choice",
            PROMPT => "line",
            FIGURE => "figure",
            QUIZ => "review",
            CALENDAR => "calendar",
            STATISTICS => "statistics",
            WEEK => "week",
            _ => "anywhere",
        }
    }

    /// Whether two lines of the keymap hold in one place.
    pub fn meets(&self, other: &Self) -> bool {
        self.contexts.iter().any(|context| other.contexts.contains(context))
    }
}

const TIMELINE: &[Context] = &[Context::Pane(Pane::Timeline)];
const CHECKLIST: &[Context] = &[Context::Pane(Pane::Checklist)];
const LISTS: &[Context] = &[Context::Pane(Pane::Timeline), Context::Pane(Pane::Checklist)];
const PANES: &[Context] = &[Context::Pane(Pane::Timeline), Context::Pane(Pane::Page), Context::Pane(Pane::Checklist)];
const READING: &[Context] = &[
    Context::Pane(Pane::Timeline),
    Context::Pane(Pane::Page),
    Context::Pane(Pane::Checklist),
    Context::Sheet,
    Context::Picker,
    Context::Week,
];
const FINDER: &[Context] = &[Context::Finder];
const EVERYWHERE: &[Context] = &[Context::Everywhere];
const PALETTE: &[Context] = &[Context::Palette];
const QUERIES: &[Context] = &[Context::Finder, Context::Everywhere, Context::Palette];
const SHEET: &[Context] = &[Context::Sheet];
const PICKER: &[Context] = &[Context::Picker];
const PROMPT: &[Context] = &[Context::Prompt];
const QUIZ: &[Context] = &[Context::Quiz];
const CALENDAR: &[Context] = &[Context::Calendar];
const STATISTICS: &[Context] = &[Context::Statistics];
const WEEK: &[Context] = &[Context::Week];
const PAGE: &[Context] = &[Context::Pane(Pane::Page)];
const FIGURE: &[Context] = &[Context::Figure];
const ALL: &[Context] = &[
    Context::Pane(Pane::Timeline),
    Context::Pane(Pane::Page),
    Context::Pane(Pane::Checklist),
    Context::Finder,
    Context::Everywhere,
    Context::Palette,
    Context::Sheet,
    Context::Picker,
    Context::Prompt,
    Context::Figure,
    Context::Quiz,
    Context::Calendar,
    Context::Statistics,
    Context::Week,
];

macro_rules! bind {
    ($contexts:ident, [$($key:expr),*], $action:expr, $about:literal $(, $hint:literal)?) => {
        Binding { keys: &[$($key),*], contexts: $contexts, action: $action, about: $about, hint: concat!($($hint)?) }
    };
}

const fn char(c: char) -> Key {
    Key::char(c)
}

const fn ctrl(c: char) -> Key {
    Key::ctrl(c)
}

const fn key(code: Code) -> Key {
    Key::plain(code)
}

const fn ctrl_key(code: Code) -> Key {
    Key { code, ctrl: true, alt: false }
}

const fn alt(code: Code) -> Key {
    Key { code, ctrl: false, alt: true }
}

/// All keys. Hints are shown in this order.
pub static BINDINGS: &[Binding] = &[
    bind!(CHECKLIST, [char(' '), char('x')], Action::ToggleTask, "tick or untick the item", "tick"),
    bind!(CHECKLIST, [char('a')], Action::AddItem, "add an item after this one", "add"),
    bind!(CHECKLIST, [char('m')], Action::LogItem, "read it: log it, and tick it", "log it"),
    bind!(CHECKLIST, [char('A')], Action::AddChild, "add an item below this one"),
    bind!(CHECKLIST, [char('E')], Action::EditItem, "reword the item", "reword"),
    bind!(CHECKLIST, [char('X')], Action::DeleteItem, "delete the item with all below it"),
    bind!(CHECKLIST, [alt(Code::Char('j')), alt(Code::Down)], Action::MoveItem(Direction::Down), "move the item down"),
    bind!(CHECKLIST, [alt(Code::Char('k')), alt(Code::Up)], Action::MoveItem(Direction::Up), "move the item up"),
    bind!(CHECKLIST, [char('>')], Action::MoveItem(Direction::In), "put it below the item above it"),
    bind!(CHECKLIST, [char('<')], Action::MoveItem(Direction::Out), "put it beside the item it is below"),
    bind!(CHECKLIST, [char('/')], Action::FilterItems, "show the items with some words; Esc shows all", "filter"),
    bind!(CHECKLIST, [char('O')], Action::CycleShow, "show open items, done ones, all"),
    bind!(READING, [char('j'), key(Code::Down)], Action::Move(1), "down; 5j goes five down", "down"),
    bind!(READING, [char('k'), key(Code::Up)], Action::Move(-1), "up", "up"),
    bind!(LISTS, [key(Code::Enter)], Action::Open, "open; fold or unfold a month or a group", "open"),
    bind!(PANES, [char('s'), ctrl('p')], Action::Find, "find a paper by its title", "find"),
    bind!(PANES, [ctrl('f')], Action::FindEverywhere, "find text everywhere in the log"),
    bind!(PANES, [key(Code::Tab)], Action::FocusNext, "next pane", "pane"),
    bind!(PANES, [key(Code::BackTab)], Action::FocusPrevious, "previous pane"),
    bind!(PANES, [char('1')], Action::Focus(Pane::Timeline), "the timeline"),
    bind!(PANES, [char('2')], Action::Focus(Pane::Page), "the summary"),
    bind!(PANES, [char('3')], Action::Focus(Pane::Checklist), "what is pending"),
    bind!(PANES, [char('z')], Action::Zoom, "the pane alone; all panes again"),
    bind!(PANES, [ctrl_key(Code::Left)], Action::MoveDivider(-1), "the line beside the pane to the left"),
    bind!(PANES, [ctrl_key(Code::Right)], Action::MoveDivider(1), "the line beside the pane to the right"),
    bind!(READING, [char('d')], Action::MoveHalfPages(1), "half a page down"),
    bind!(READING, [char('u')], Action::MoveHalfPages(-1), "half a page up"),
    bind!(READING, [char('f'), key(Code::PageDown)], Action::MoveHalfPages(2), "a page down"),
    bind!(READING, [char('b'), key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up"),
    bind!(READING, [char('g'), key(Code::Home)], Action::MoveToTop, "to the top"),
    bind!(READING, [char('G'), key(Code::End)], Action::MoveToBottom, "to the bottom"),
    bind!(PANES, [char('h'), key(Code::Left)], Action::Fold, "fold; else the pane on the left"),
    bind!(PANES, [char('l'), key(Code::Right)], Action::Unfold, "unfold; else the pane on the right"),
    bind!(PANES, [char('J')], Action::MovePapers(1), "next paper, from any pane", "next"),
    bind!(PANES, [char('K')], Action::MovePapers(-1), "previous paper, from any pane"),
    bind!(TIMELINE, [char('/')], Action::Find, "find a paper by its title"),
    bind!(TIMELINE, [char('{')], Action::MoveMonths(-1), "previous month"),
    bind!(TIMELINE, [char('}')], Action::MoveMonths(1), "next month"),
    bind!(
        FIGURE,
        [char('J'), char('j'), char('l'), key(Code::Down), key(Code::Right), char(' ')],
        Action::MoveFigures(1),
        "next figure",
        "next"
    ),
    bind!(
        FIGURE,
        [char('K'), char('k'), char('h'), key(Code::Up), key(Code::Left)],
        Action::MoveFigures(-1),
        "previous figure",
        "previous"
    ),
    bind!(FIGURE, [char('o')], Action::OpenOutside, "open it in another program", "open outside"),
    bind!(FIGURE, [key(Code::Esc), char('i'), char('q')], Action::Cancel, "close", "close"),
    bind!(PANES, [char('U')], Action::Undo, "take the last change back", "undo"),
    bind!(PANES, [ctrl('r')], Action::Redo, "make it again"),
    bind!(PANES, [char('r')], Action::Reload, "read the log again"),
    bind!(
        PAGE,
        [key(Code::Enter), char('*')],
        Action::ListLinks,
        "papers that this one mentions, or that mention it",
        "links"
    ),
    bind!(PAGE, [char('/')], Action::SearchPage, "look for text in the page", "search"),
    bind!(PAGE, [char('n')], Action::NextHit, "next hit in the page"),
    bind!(PAGE, [char('N')], Action::LogTitle, "previous hit; with nothing looked for, a new entry"),
    bind!(PAGE, [char(' '), char('x')], Action::ToggleTask, "tick or untick a task of the page"),
    bind!(LISTS, [char('N')], Action::LogTitle, "a new entry"),
    bind!(PANES, [char('e')], Action::Edit, "your editor, at what is selected"),
    bind!(PANES, [char('W')], Action::ListOwed, "everything that is still to do"),
    bind!(PANES, [char('C')], Action::ListChanges, "what was changed in this run"),
    bind!(LISTS, [char('*')], Action::ListLinks, "papers that this one mentions, or that mention it"),
    bind!(PANES, [char('#')], Action::ListHeadings, "headings and figures of the page"),
    bind!(PANES, [ctrl('o'), key(Code::Backspace), alt(Code::Left)], Action::GoBack, "back to where you were"),
    bind!(PANES, [alt(Code::Right)], Action::GoForward, "forward again"),
    bind!(PANES, [char('o')], Action::ListAddresses, "open an address or a figure of the page in another program"),
    bind!(PANES, [char('p')], Action::OpenPdf, "open the paper's PDF"),
    bind!(PANES, [char('y')], Action::CopyTitle, "copy the title"),
    bind!(PANES, [char('Y')], Action::CopyEntry, "copy the whole entry"),
    bind!(PANES, [char('=')], Action::NameReference, "say what a reference such as [1234] stands for"),
    bind!(FINDER, [key(Code::Enter)], Action::Open, "go to the paper", "go to it"),
    bind!(EVERYWHERE, [key(Code::Enter)], Action::Open, "go to the place", "go there"),
    bind!(PALETTE, [key(Code::Enter)], Action::Open, "do it", "do it"),
    bind!(QUERIES, [key(Code::Down), ctrl('n'), ctrl('j')], Action::Move(1), "next line", "next"),
    bind!(QUERIES, [key(Code::Up), ctrl('p'), ctrl('k')], Action::Move(-1), "previous line"),
    bind!(QUERIES, [key(Code::PageDown)], Action::MoveHalfPages(2), "a page of lines down"),
    bind!(QUERIES, [key(Code::PageUp)], Action::MoveHalfPages(-2), "a page of lines up"),
    bind!(QUERIES, [key(Code::Esc)], Action::Cancel, "back to where you were", "back"),
    bind!(SHEET, [key(Code::Esc), char('?'), char('q')], Action::Cancel, "close", "close"),
    bind!(PICKER, [key(Code::Enter)], Action::Open, "choose", "choose"),
    bind!(PICKER, [key(Code::Esc), char('q')], Action::Cancel, "close", "close"),
    bind!(PROMPT, [key(Code::Enter)], Action::Open, "done", "done"),
    bind!(PROMPT, [key(Code::Esc)], Action::Cancel, "leave it", "leave it"),
    bind!(PANES, [char(':')], Action::ShowPalette, "find what can be done by its name", "commands"),
    bind!(PANES, [], Action::ListThisDay, "on this day of earlier months and years"),
    bind!(PANES, [], Action::GoToAny, "a random entry"),
    bind!(QUIZ, [char(' ')], Action::Reveal, "the next point of the summary", "next"),
    bind!(QUIZ, [key(Code::Enter)], Action::RevealAll, "all of the summary", "all"),
    bind!(QUIZ, [char('1')], Action::Grade(Grade::Again), "again: forgotten, comes up once more today"),
    bind!(QUIZ, [char('2')], Action::Grade(Grade::Hard), "hard: remembered with great effort"),
    bind!(QUIZ, [char('3')], Action::Grade(Grade::Good), "good: remembered"),
    bind!(QUIZ, [char('4')], Action::Grade(Grade::Easy), "easy: remembered at once"),
    bind!(QUIZ, [char('u')], Action::TakeBackGrade, "take the last grade back", "back"),
    bind!(QUIZ, [key(Code::Esc), char('q')], Action::Cancel, "leave; nothing is lost", "leave"),
    bind!(QUIZ, [char('@')], Action::Suspend, "suspend: it comes up no more", "suspend"),
    bind!(QUIZ, [char('j'), key(Code::Down)], Action::Move(1), "down"),
    bind!(QUIZ, [char('k'), key(Code::Up)], Action::Move(-1), "up"),
    bind!(QUIZ, [char('f'), key(Code::PageDown)], Action::MoveHalfPages(2), "a page down"),
    bind!(QUIZ, [char('b'), key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up"),
    bind!(QUIZ, [char('?'), key(Code::F(1))], Action::ShowHelp, "the keys"),
    bind!(CALENDAR, [key(Code::Enter)], Action::Open, "go to what was read on the day", "go there"),
    bind!(CALENDAR, [key(Code::Esc), char('c'), char('q')], Action::Cancel, "close", "close"),
    bind!(CALENDAR, [char('h'), key(Code::Left)], Action::MoveDays(-1), "the day before", "day"),
    bind!(CALENDAR, [char('l'), key(Code::Right)], Action::MoveDays(1), "the day after"),
    bind!(CALENDAR, [char('j'), key(Code::Down)], Action::MoveDays(7), "a week later", "week"),
    bind!(CALENDAR, [char('k'), key(Code::Up)], Action::MoveDays(-7), "a week earlier"),
    bind!(CALENDAR, [char('{'), key(Code::PageUp)], Action::MoveMonths(-1), "a month earlier", "month"),
    bind!(CALENDAR, [char('}'), key(Code::PageDown)], Action::MoveMonths(1), "a month later"),
    bind!(STATISTICS, [char('d'), char(' ')], Action::MoveHalfPages(1), "half a page down", "down"),
    bind!(STATISTICS, [key(Code::Enter)], Action::Open, "go to what was read on the day", "go there"),
    bind!(STATISTICS, [key(Code::Esc), char('S'), char('q')], Action::Cancel, "close", "close"),
    bind!(STATISTICS, [char('u')], Action::MoveHalfPages(-1), "half a page up"),
    bind!(STATISTICS, [char('f'), key(Code::PageDown)], Action::MoveHalfPages(2), "a page down"),
    bind!(STATISTICS, [char('b'), key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up"),
    bind!(STATISTICS, [char('g'), key(Code::Home)], Action::MoveToTop, "to the top"),
    bind!(STATISTICS, [char('G'), key(Code::End)], Action::MoveToBottom, "to the bottom"),
    bind!(
        STATISTICS,
        [char('j'), key(Code::Down)],
        Action::MoveDays(1),
        "the day after, on the map of the year",
        "day"
    ),
    bind!(STATISTICS, [char('k'), key(Code::Up)], Action::MoveDays(-1), "the day before"),
    bind!(STATISTICS, [char('l'), key(Code::Right)], Action::MoveDays(7), "a week later", "week"),
    bind!(STATISTICS, [char('h'), key(Code::Left)], Action::MoveDays(-7), "a week earlier"),
    bind!(STATISTICS, [char('{')], Action::MoveMonths(-1), "a month earlier"),
    bind!(STATISTICS, [char('}')], Action::MoveMonths(1), "a month later"),
    bind!(WEEK, [char('['), char('h'), key(Code::Left)], Action::MoveDays(-7), "the week before", "earlier"),
    bind!(WEEK, [char(']'), char('l'), key(Code::Right)], Action::MoveDays(7), "the week after", "later"),
    bind!(WEEK, [key(Code::Esc), char('w'), char('q')], Action::Cancel, "close", "close"),
    bind!(PANES, [char('@')], Action::Suspend, "suspend the paper from review, or let it come up again"),
    bind!(PANES, [char('c')], Action::ShowCalendar, "the calendar"),
    bind!(PANES, [char('S')], Action::ShowStatistics, "statistics"),
    bind!(PANES, [char('w')], Action::ShowWeek, "what the week brought"),
    bind!(PANES, [char('?'), key(Code::F(1))], Action::ShowHelp, "the keys", "help"),
    bind!(PANES, [char('v')], Action::Review, "review what is due", "review"),
    bind!(PANES, [key(Code::Esc)], Action::Cancel, "close a message"),
    bind!(PANES, [char('q')], Action::Quit, "quit", "quit"),
    bind!(PANES, [char('i')], Action::ShowFigures, "the figures, one by one, full size", "figures"),
    bind!(ALL, [ctrl('c')], Action::Quit, "quit, from anywhere"),
];

/// Key and word of what can be done in a context, most useful first.
pub fn hints(keymap: &Keymap, context: Context) -> impl Iterator<Item = (String, &'static str)> {
    let here = BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context) && !binding.hint.is_empty());
    here.filter_map(|binding| Some((keymap.of(binding).first()?.to_string(), binding.hint)))
}

/// All keys with what they do, in groups with a heading.
pub fn help(keymap: &Keymap) -> Vec<(&'static str, Vec<(String, &'static str)>)> {
    let group = |binding: &Binding| match binding.contexts {
        CHECKLIST => 0,
        PAGE => 1,
        FINDER | EVERYWHERE | PALETTE | QUERIES => 3,
        SHEET => 4,
        PICKER => 5,
        PROMPT => 6,
        FIGURE => 7,
        QUIZ => 8,
        CALENDAR => 9,
        STATISTICS => 10,
        WEEK => 11,
        _ => 2,
    };
    let titles = [
        "In the checklist",
        "In the summary",
        "In the panes",
        "Where something is found",
        "In this help",
        "In a list",
        "In a line of text",
        "Where a figure is shown",
        "In a review",
        "In the calendar",
        "In the statistics",
        "In a week",
    ];
    let lines = |index| {
        let bindings = BINDINGS.iter().filter(move |binding| group(binding) == index);
        bindings.map(|binding| (keymap.names(binding), binding.about)).collect()
    };
    titles.into_iter().enumerate().map(|(index, title)| (title, lines(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for &context in ALL {
            let here = BINDINGS.iter().filter(|binding| binding.contexts.contains(&context));
            let keys: Vec<Key> = here.flat_map(|binding| binding.keys.iter().copied()).collect();
            for (index, key) in keys.iter().enumerate() {
                assert!(!keys[..index].contains(key), "{key} in {context:?}");
            }
        }
    }

    #[test]
    fn each_line_has_a_name_of_its_own() {
        for (index, binding) in BINDINGS.iter().enumerate() {
            let name = (binding.places(), binding.action.name());
            assert!(BINDINGS[..index].iter().all(|other| (other.places(), other.action.name()) != name), "{name:?}");
            for key in binding.keys {
                assert_eq!(key.spelling().parse(), Ok(*key));
                assert_eq!(key.to_string().parse(), Ok(*key));
            }
        }
    }

    #[test]
    fn d_never_changes_data() {
        let of_d = BINDINGS.iter().filter(|binding| binding.keys.contains(&Key::char('d')));
        for binding in of_d {
            assert_eq!(binding.action, Action::MoveHalfPages(1));
        }
    }
}
