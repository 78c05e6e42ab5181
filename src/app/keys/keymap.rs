//! The active key bindings: the default table with the user's changes.

use std::fmt;
use std::str::FromStr;

use super::action::Action;
use super::bindings::BINDINGS;
use super::context::*;
use super::key::{Code, KeyPress};
use crate::app::screen::layout::Pane;

/// One or more keys pressed in sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence(Vec<KeyPress>);

impl Sequence {
    /// Whether one sequence is a prefix of the other. A context cannot have both: the longer one could never
    /// be typed.
    fn clashes(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }

    /// Whether a text field would insert the first key as text.
    fn is_text(&self) -> bool {
        matches!(self.0[..], [KeyPress { code: Code::Char(_), ctrl: false, alt: false }, ..])
    }

    /// The sequence's name in the configuration, which parses back to the sequence.
    pub(crate) fn spelling(&self) -> String {
        self.0.iter().map(|key| key.spelling()).collect::<Vec<_>>().join(" ")
    }
}

impl From<KeyPress> for Sequence {
    fn from(key: KeyPress) -> Self {
        Self(vec![key])
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(KeyPress::to_string).collect::<Vec<_>>().join(" "))
    }
}

impl FromStr for Sequence {
    /// The part that is not a key.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let keys = text.split_whitespace().map(|key| key.parse().map_err(|()| key.to_owned()));
        let keys: Vec<KeyPress> = keys.collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(text.to_owned()) } else { Ok(Self(keys)) }
    }
}

/// What the keys typed so far are bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// A complete binding.
    Action(Action),
    /// A prefix of a longer binding.
    Beginning,
    /// No binding.
    Nothing,
}

/// New keys for a line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebinding {
    /// Index into [`BINDINGS`].
    pub line: usize,
    /// All keys of the line, replacing the defaults.
    pub keys: Vec<Sequence>,
}

/// A rebinding that cannot work, or that disables another binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// Index into the rebindings.
    pub rebinding: usize,
    /// Index into the rebinding's keys.
    pub key: usize,
    /// The conflict.
    pub kind: ClashKind,
}

/// What is wrong with a rebinding. Numbers are indices into [`BINDINGS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClashKind {
    /// The rebinding took the key from this default binding.
    Taken(usize),
    /// An earlier rebinding already uses the key and keeps it.
    Twice(usize),
    /// The key is typed as text in one of the contexts.
    Text,
}

/// The active key bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// The keys of each line of the table.
    keys: Vec<Vec<Sequence>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let keys = |binding: &Binding| binding.keys.iter().copied().map(Sequence::from).collect();
        Self { keys: BINDINGS.iter().map(keys).collect() }
    }
}

impl Keymap {
    /// The defaults with some lines rebound. The user's keys take precedence over defaults; of two
    /// conflicting rebindings the first wins.
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
                let mut tell = |kind| clashes.push(Clash { rebinding: index, key, kind });
                if sequence.is_text() && binding.contexts.iter().any(|context| context.takes_text()) {
                    tell(ClashKind::Text);
                    continue;
                }
                let others: Vec<usize> = keymap.clashing(rebinding.line, sequence).collect();
                if let Some(&own) = others.iter().find(|&&line| is_own(line)) {
                    tell(ClashKind::Twice(own));
                    continue;
                }
                for line in others {
                    keymap.keys[line].retain(|other| !other.clashes(sequence));
                    tell(ClashKind::Taken(line));
                }
                keymap.keys[rebinding.line].push(sequence.clone());
            }
        }
        (keymap, clashes)
    }

    /// The lines of the table, `line` included, that share a context with `line` and have keys that clash
    /// with `sequence`.
    fn clashing<'a>(&'a self, line: usize, sequence: &'a Sequence) -> impl Iterator<Item = usize> + 'a {
        let clashes = |keys: &[Sequence]| keys.iter().any(|other| other.clashes(sequence));
        (0..BINDINGS.len()).filter(move |&other| BINDINGS[other].meets(&BINDINGS[line]) && clashes(&self.keys[other]))
    }

    /// Looks up the keys typed so far in a context.
    pub fn look_up(&self, context: Context, typed: &[KeyPress]) -> Bound {
        let here = BINDINGS.iter().zip(&self.keys).filter(|(binding, _)| binding.contexts.contains(&context));
        let mut found = here.flat_map(|(binding, keys)| keys.iter().map(move |keys| (binding.action, &keys.0)));
        match found.find(|(_, keys)| keys.starts_with(typed)) {
            Some((action, keys)) if keys.len() == typed.len() => Bound::Action(action),
            Some(_) => Bound::Beginning,
            None => Bound::Nothing,
        }
    }

    /// The keys of a line of the table.
    pub(crate) fn of(&self, binding: &Binding) -> &[Sequence] {
        let line = BINDINGS.iter().position(|other| std::ptr::eq(other, binding));
        line.map_or(&[], |line| &self.keys[line])
    }

    /// The name of an action's key for messages: its first key in the context or, if it has none, the
    /// palette's key and the command's name. Messages must not spell keys out themselves, since the user can
    /// rebind them.
    pub(crate) fn call(&self, action: Action, place: Context) -> String {
        let palette = || self.first(Action::ShowPalette, Context::Pane(Pane::Summary));
        match (self.first(action, place), palette()) {
            (Some(keys), _) => keys,
            (None, Some(palette)) => format!("{palette} {}", action.name()),
            (None, None) => action.name().to_owned(),
        }
    }

    /// The first key of an action in a context, as shown on the screen.
    pub(crate) fn first(&self, action: Action, place: Context) -> Option<String> {
        let lines = BINDINGS.iter().zip(&self.keys).filter(|(binding, _)| binding.action == action);
        let mut here = lines.filter(|(binding, _)| binding.contexts.contains(&place));
        here.find_map(|(_, keys)| keys.first()).map(Sequence::to_string)
    }

    /// All keys of a line, as shown on the screen.
    pub fn names(&self, binding: &Binding) -> String {
        self.of(binding).iter().map(Sequence::to_string).collect::<Vec<_>>().join("  ")
    }
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
    fn defaults_apply_without_rebindings() {
        let (keymap, clashes) = Keymap::with(&[]);
        assert_eq!((&keymap, clashes.len()), (&Keymap::default(), 0));
        check(&keymap, Context::Pane(Pane::Summary), "?", Bound::Action(Action::ShowHelp));
        check(&keymap, Context::Finder, "?", Bound::Nothing);
        check(&keymap, Context::Finder, "Ctrl-C", Bound::Action(Action::Quit));
    }

    #[test]
    fn an_incomplete_sequence_waits() {
        let (keymap, clashes) = Keymap::with(&[
            rebinding("reading", "top", &["g g", "Home"]),
            rebinding("panes", "random-entry", &["g r"]),
        ]);
        assert_eq!(clashes, []);
        check(&keymap, TIMELINE, "g", Bound::Beginning);
        check(&keymap, TIMELINE, "g g", Bound::Action(Action::MoveToTop));
        check(&keymap, TIMELINE, "g r", Bound::Action(Action::GoToRandom));
        check(&keymap, TIMELINE, "g x", Bound::Nothing);
        check(&keymap, Context::Statistics, "g", Bound::Action(Action::MoveToTop));
    }

    #[test]
    fn user_bindings_override_defaults() {
        let (keymap, clashes) = Keymap::with(&[rebinding("panes", "find", &["x", "g r"])]);
        let taken = |key, places, action| Clash { rebinding: 0, key, kind: ClashKind::Taken(line(places, action)) };
        assert_eq!(
            clashes,
            [taken(0, "pending", "tick"), taken(0, "summary", "tick"), taken(1, "reading", "top")],
            "a key, and the beginning of a sequence"
        );
        check(&keymap, Context::Pane(Pane::Pending), "x", Bound::Action(Action::Find));
        check(&keymap, Context::Pane(Pane::Pending), "Space", Bound::Action(Action::ToggleTask));
        check(&keymap, TIMELINE, "Home", Bound::Action(Action::MoveToTop));
        check(&keymap, TIMELINE, "s", Bound::Nothing);
    }

    #[test]
    fn of_two_clashing_user_bindings_the_first_applies() {
        let (keymap, clashes) =
            Keymap::with(&[rebinding("panes", "find", &["F7"]), rebinding("panes", "undo", &["F7 z", "F2"])]);
        let find = line("panes", "find");
        assert_eq!(clashes, [Clash { rebinding: 1, key: 0, kind: ClashKind::Twice(find) }]);
        check(&keymap, TIMELINE, "F7", Bound::Action(Action::Find));
        check(&keymap, TIMELINE, "F2", Bound::Action(Action::Undo));
        check(&keymap, TIMELINE, "U", Bound::Nothing);
    }

    #[test]
    fn letters_are_text_in_text_fields() {
        let (keymap, clashes) = Keymap::with(&[rebinding("queries", "down", &["j", "Alt-j j"])]);
        assert_eq!(clashes, [Clash { rebinding: 0, key: 0, kind: ClashKind::Text }]);
        check(&keymap, Context::Finder, "j", Bound::Nothing);
        check(&keymap, Context::Finder, "Alt-j j", Bound::Action(Action::Move(1)));
    }
}
