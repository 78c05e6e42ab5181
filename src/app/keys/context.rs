//! What can be bound, in which place, and the keys that do it unless the user binds others
//! ([`Keymap`]). The help screen, the hints and the palette are made from the same table, so they
//! cannot lie.

use super::action::Action;
pub use super::bindings::BINDINGS;
use super::bindings::*;
pub use super::key::{Code, Key};
pub use super::keymap::{Bound, Keymap};
use crate::app::screen::layout::Pane;
use crate::words::{Both, Language};

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
    /// In the list of logs, where other keys are text.
    Logs,
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
        matches!(self, Self::Finder | Self::Everywhere | Self::Palette | Self::Logs | Self::Prompt)
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
    pub about: Both<&'static str>,
    /// The same in a word, for the status line; empty where it is not worth one.
    pub hint: Both<&'static str>,
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
            LOGS => "logs",
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

/// What can be done in a context, with its key and a word for it, most useful first.
pub fn hints(
    keymap: &Keymap,
    context: Context,
    language: Language,
) -> impl Iterator<Item = (Action, String, &'static str)> {
    let hints = BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context));
    let hints = hints.map(move |binding| (binding.action, keymap.of(binding), *binding.hint.get(language)));
    let hints = hints.filter(|(.., hint)| !hint.is_empty());
    hints.filter_map(|(action, keys, hint)| Some((action, keys.first()?.to_string(), hint)))
}

/// All keys with what they do, in groups with a heading.
pub fn help(keymap: &Keymap, language: Language) -> Vec<(&'static str, Vec<(String, &'static str)>)> {
    let group = |binding: &Binding| match binding.contexts {
        CHECKLIST => 0,
        PAGE => 1,
        FINDER | EVERYWHERE | PALETTE | LOGS | QUERIES => 3,
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
        language.pick("In the checklist", "待读清单"),
        language.pick("In the summary", "笔记"),
        language.pick("In the panes", "所有窗格"),
        language.pick("Where something is found", "查找界面"),
        language.pick("In this help", "本帮助"),
        language.pick("In a list", "列表"),
        language.pick("In a line of text", "输入行"),
        language.pick("Where a figure is shown", "大图"),
        language.pick("In a review", "复习"),
        language.pick("In the calendar", "日历"),
        language.pick("In the statistics", "统计"),
        language.pick("In a week", "周小结"),
    ];
    let palette = BINDINGS.iter().find(|binding| binding.action == Action::ShowPalette);
    let is_command = |binding: &Binding| binding.contexts.iter().any(|context| matches!(context, Context::Pane(_)));
    let names = |binding: &Binding| match (keymap.names(binding), palette) {
        // What has no key is reached by its name.
        (names, Some(palette)) if names.is_empty() && is_command(binding) => keymap.names(palette),
        (names, _) => names,
    };
    let lines = |index| {
        let bindings = BINDINGS.iter().filter(move |binding| group(binding) == index);
        bindings.map(|binding| (names(binding), *binding.about.get(language))).collect()
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
