//! The keys that are bound now: those of the table, or what the user has put in their place.

use std::fmt;
use std::str::FromStr;

use super::action::Action;
use super::bindings::BINDINGS;
use super::context::*;
use super::key::{Code, Key};
use crate::app::screen::layout::Pane;
use crate::words::Language;

/// Keys that are pressed one after another; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// Whether one of the two begins with the other, or they are the same: both cannot be
    /// bound in one place, since the longer one could never be typed.
    fn clashes(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }

    /// Whether its first key is text where text is typed.
    fn is_text(&self) -> bool {
        matches!(self.0[..], [Key { code: Code::Char(_), ctrl: false, alt: false }, ..])
    }

    /// Its name in the configuration, which is read again as the same.
    pub(crate) fn spelling(&self) -> String {
        self.0.iter().map(|key| key.spelling()).collect::<Vec<_>>().join(" ")
    }
}

impl From<Key> for Sequence {
    fn from(key: Key) -> Self {
        Self(vec![key])
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(Key::to_string).collect::<Vec<_>>().join(" "))
    }
}

impl FromStr for Sequence {
    /// The part that is no key.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let keys = text.split_whitespace().map(|key| key.parse().map_err(|()| key.to_owned()));
        let keys: Vec<Key> = keys.collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(text.to_owned()) } else { Ok(Self(keys)) }
    }
}

/// What keys that were typed one after another are bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// This.
    Action(Action),
    /// Nothing yet: they begin something longer.
    Beginning,
    /// Nothing.
    Nothing,
}

/// Other keys for a line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebinding {
    /// Index into [`BINDINGS`].
    pub line: usize,
    /// All its keys from now on.
    pub keys: Vec<Sequence>,
}

/// A key that cannot do what was wanted of it, or does it at the cost of something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// Index into the rebindings.
    pub rebinding: usize,
    /// Index into its keys.
    pub key: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a key that was bound. Numbers are indices into [`BINDINGS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// By default it does this, which has lost it.
    Taken(usize),
    /// It was bound to this just before, and that stays.
    Twice(usize),
    /// It is text in one of the places.
    Text,
}

/// Which keys do what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// For each line of the table.
    keys: Vec<Vec<Sequence>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let keys = |binding: &Binding| binding.keys.iter().copied().map(Sequence::from).collect();
        Self { keys: BINDINGS.iter().map(keys).collect() }
    }
}

impl Keymap {
    /// The default with other keys for some lines. What the user has bound goes before what is
    /// bound by default, and of two that the user has bound the first one stays.
    pub fn with(rebindings: &[Rebinding]) -> (Self, Vec<Clash>) {
        let mut keymap = Self::default();
        let mut clashes = Vec::new();
        for rebinding in rebindings {
            keymap.keys[rebinding.line].clear();
        }
        let is_own = |line: usize| rebindings.iter().any(|rebinding| rebinding.line == line);
        for (index, rebinding) in rebindings.iter().enumerate() {
            let binding = &BINDINGS[rebinding.line];
            for (key, sequence) in rebinding.keys.iter().enumerate() {
                let mut tell = |fault| clashes.push(Clash { rebinding: index, key, fault });
                if sequence.is_text() && binding.contexts.iter().any(|context| context.takes_text()) {
                    tell(Fault::Text);
                    continue;
                }
                let others: Vec<usize> = keymap.clashing(rebinding.line, sequence).collect();
                if let Some(&own) = others.iter().find(|&&line| is_own(line)) {
                    tell(Fault::Twice(own));
                    continue;
                }
                for line in others {
                    keymap.keys[line].retain(|other| !other.clashes(sequence));
                    tell(Fault::Taken(line));
                }
                keymap.keys[rebinding.line].push(sequence.clone());
            }
        }
        (keymap, clashes)
    }

    /// The lines that hold where `line` does, itself among them, and are bound to what cannot
    /// be bound beside a sequence.
    fn clashing<'a>(&'a self, line: usize, sequence: &'a Sequence) -> impl Iterator<Item = usize> + 'a {
        let clashes = |keys: &[Sequence]| keys.iter().any(|other| other.clashes(sequence));
        (0..BINDINGS.len()).filter(move |&other| BINDINGS[other].meets(&BINDINGS[line]) && clashes(&self.keys[other]))
    }

    /// What is bound in a place to keys that were typed one after another.
    pub fn look_up(&self, context: Context, typed: &[Key]) -> Bound {
        let here = BINDINGS.iter().zip(&self.keys).filter(|(binding, _)| binding.contexts.contains(&context));
        let mut found = here.flat_map(|(binding, keys)| keys.iter().map(move |keys| (binding.action, &keys.0)));
        match found.find(|(_, keys)| keys.starts_with(typed)) {
            Some((action, keys)) if keys.len() == typed.len() => Bound::Action(action),
            Some(_) => Bound::Beginning,
            None => Bound::Nothing,
        }
    }

    /// The keys of a line of the table.
    pub fn of(&self, binding: &Binding) -> &[Sequence] {
        let line = BINDINGS.iter().position(|other| std::ptr::eq(other, binding));
        line.map_or(&[], |line| &self.keys[line])
    }

    /// What a sentence calls the keys of an action, for one who is in a place: the first of them;
    /// where there is none, the palette and what to type there. All that is said of keys is said
    /// by this, so that it holds when they are bound anew.
    pub fn call(&self, action: Action, place: Context) -> String {
        let palette = || self.first(Action::ShowPalette, Context::Pane(Pane::Page));
        match (self.first(action, place), palette()) {
            (Some(keys), _) => keys,
            (None, Some(palette)) => format!("{palette} {}", action.name()),
            (None, None) => action.name().to_owned(),
        }
    }

    /// The first keys of an action in a place, as they are called on the screen.
    pub fn first(&self, action: Action, place: Context) -> Option<String> {
        let lines = BINDINGS.iter().zip(&self.keys).filter(|(binding, _)| binding.action == action);
        let mut here = lines.filter(|(binding, _)| binding.contexts.contains(&place));
        here.find_map(|(_, keys)| keys.first()).map(Sequence::to_string)
    }

    /// These as they are called on the screen.
    pub fn names(&self, binding: &Binding) -> String {
        self.of(binding).iter().map(Sequence::to_string).collect::<Vec<_>>().join("  ")
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

/// The place of the keys of all panes among the groups of the help.
const PANES_GROUP: usize = 2;

/// All keys with what they do, in groups with a heading; those of one place come first, then those
/// of all panes.
pub fn help(
    keymap: &Keymap,
    place: Context,
    language: Language,
) -> Vec<(&'static str, Vec<(String, &'static Binding)>)> {
    let group = |binding: &Binding| match binding.contexts {
        CHECKLIST => 0,
        PAGE => 1,
        QUERIES => 3,
        FINDER => 4,
        EVERYWHERE => 5,
        PALETTE => 6,
        LOGS => 7,
        SHEET => 8,
        PICKER => 9,
        PROMPT => 10,
        FIGURE => 11,
        QUIZ => 12,
        CALENDAR => 13,
        STATISTICS => 14,
        WEEK => 15,
        TEACH => 16,
        LIBRARY => 17,
        _ => PANES_GROUP,
    };
    let titles = [
        language.pick("In the pending list", "待读清单"),
        language.pick("In the summary", "笔记"),
        language.pick("In the panes", "所有窗格"),
        language.pick("In search results", "各查找界面"),
        language.pick("In the finder", "查找论文"),
        language.pick("In the search of the whole log", "全文查找"),
        language.pick("In the commands", "命令列表"),
        language.pick("In the list of logs", "日志列表"),
        language.pick("In this help", "本帮助"),
        language.pick("In a list", "列表"),
        language.pick("In a line of text", "输入行"),
        language.pick("In a figure", "大图"),
        language.pick("In a review", "复习"),
        language.pick("In the calendar", "日历"),
        language.pick("In the statistics", "统计"),
        language.pick("In a week", "周小结"),
        language.pick("When teaching", "教写法"),
        language.pick("In the list of PDFs", "PDF 列表"),
    ];
    let palette = BINDINGS.iter().find(|binding| binding.action == Action::ShowPalette);
    let is_command = |binding: &Binding| binding.contexts.iter().any(|context| matches!(context, Context::Pane(_)));
    let names = |binding: &Binding| match (keymap.names(binding), palette) {
        // What has no key is reached by its name.
        (names, Some(palette)) if names.is_empty() && is_command(binding) => {
            format!("{} {}", keymap.names(palette), binding.action.name())
        }
        (names, _) => names,
    };
    let lines = |index| {
        let bindings = BINDINGS.iter().filter(move |binding| group(binding) == index);
        bindings.map(|binding| (names(binding), binding)).collect()
    };
    let mut groups: Vec<(usize, &str)> = titles.into_iter().enumerate().collect();
    let is_here = |index: usize| {
        BINDINGS
            .iter()
            .any(|binding| group(binding) == index && index != PANES_GROUP && binding.contexts.contains(&place))
    };
    groups.sort_by_key(|&(index, _)| (!is_here(index), index != PANES_GROUP));
    groups.into_iter().map(|(index, title)| (title, lines(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(places: &str, action: &str) -> usize {
        let is_it = |binding: &Binding| (binding.places(), binding.action.name()) == (places, action);
        BINDINGS.iter().position(is_it).expect("a line of the table")
    }

    fn rebinding(places: &str, action: &str, keys: &[&str]) -> Rebinding {
        let keys = keys.iter().map(|keys| keys.parse().expect("keys")).collect();
        Rebinding { line: line(places, action), keys }
    }

    #[track_caller]
    fn check(keymap: &Keymap, context: Context, typed: &str, wanted: Bound) {
        let Sequence(keys) = typed.parse().expect("keys");
        assert_eq!(keymap.look_up(context, &keys), wanted, "{typed} in {context:?}");
    }

    const TIMELINE: Context = Context::Pane(Pane::Timeline);

    #[test]
    fn the_table_holds_where_nothing_is_bound_anew() {
        let (keymap, clashes) = Keymap::with(&[]);
        assert_eq!((&keymap, clashes.len()), (&Keymap::default(), 0));
        check(&keymap, Context::Pane(Pane::Page), "?", Bound::Action(Action::ShowHelp));
        check(&keymap, Context::Finder, "?", Bound::Nothing);
        check(&keymap, Context::Finder, "Ctrl-C", Bound::Action(Action::Quit));
    }

    #[test]
    fn sequences_wait_for_their_end() {
        let (keymap, clashes) = Keymap::with(&[
            rebinding("reading", "top", &["g g", "Home"]),
            rebinding("panes", "random-entry", &["g r"]),
        ]);
        assert_eq!(clashes, []);
        check(&keymap, TIMELINE, "g", Bound::Beginning);
        check(&keymap, TIMELINE, "g g", Bound::Action(Action::MoveToTop));
        check(&keymap, TIMELINE, "g r", Bound::Action(Action::GoToAny));
        check(&keymap, TIMELINE, "g x", Bound::Nothing);
        check(&keymap, Context::Statistics, "g", Bound::Action(Action::MoveToTop));
    }

    #[test]
    fn what_the_user_binds_goes_before_the_default() {
        let (keymap, clashes) = Keymap::with(&[rebinding("panes", "find", &["x", "g r"])]);
        let taken = |key, places, action| Clash { rebinding: 0, key, fault: Fault::Taken(line(places, action)) };
        assert_eq!(
            clashes,
            [taken(0, "pending", "tick"), taken(0, "summary", "tick"), taken(1, "reading", "top")],
            "a key, and the beginning of a sequence"
        );
        check(&keymap, Context::Pane(Pane::Checklist), "x", Bound::Action(Action::Find));
        check(&keymap, Context::Pane(Pane::Checklist), "Space", Bound::Action(Action::ToggleTask));
        check(&keymap, TIMELINE, "Home", Bound::Action(Action::MoveToTop));
        check(&keymap, TIMELINE, "s", Bound::Nothing);
    }

    #[test]
    fn of_two_keys_of_the_users_own_the_first_stays() {
        let (keymap, clashes) =
            Keymap::with(&[rebinding("panes", "find", &["F7"]), rebinding("panes", "undo", &["F7 z", "F2"])]);
        let find = line("panes", "find");
        assert_eq!(clashes, [Clash { rebinding: 1, key: 0, fault: Fault::Twice(find) }]);
        check(&keymap, TIMELINE, "F7", Bound::Action(Action::Find));
        check(&keymap, TIMELINE, "F2", Bound::Action(Action::Undo));
        check(&keymap, TIMELINE, "U", Bound::Nothing);
    }

    #[test]
    fn letters_stay_text_where_text_is_typed() {
        let (keymap, clashes) = Keymap::with(&[rebinding("queries", "down", &["j", "Alt-j j"])]);
        assert_eq!(clashes, [Clash { rebinding: 0, key: 0, fault: Fault::Text }]);
        check(&keymap, Context::Finder, "j", Bound::Nothing);
        check(&keymap, Context::Finder, "Alt-j j", Bound::Action(Action::Move(1)));
    }
}
