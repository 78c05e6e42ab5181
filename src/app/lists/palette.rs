//! The command palette: all commands, searchable by name and description.

use chrono::Datelike;

use super::menu::{Menu, MenuLine};
use super::picker::{PickerChoice, PickerRow, PickerTarget};
use super::synonyms;
use crate::app::keys::action::Action;
use crate::app::keys::bindings::BINDINGS;
use crate::app::keys::context::{Binding, Context};
use crate::app::keys::keymap::Keymap;
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect, Overlay};
use crate::log::date::{format_day, format_month, month_of};
use crate::log::stats::newest_day;
use crate::say;
use crate::words::Language;

/// The state of the palette.
#[derive(Debug)]
pub struct Palette {
    /// The commands with their keys.
    pub menu: Menu,
    /// The commands, starting with the ones for the current selection, then the recently used ones.
    commands: Vec<&'static Binding>,
}

impl Palette {
    /// All commands, for a palette opened in this pane. `used` lists recent commands, latest first.
    pub fn new(pane: Pane, used: &[Action], keymap: &Keymap, language: Language) -> Self {
        let mut commands: Vec<&'static Binding> = BINDINGS.iter().filter(|binding| is_command(binding)).collect();
        let rank = |binding: &&Binding| used.iter().position(|&action| action == binding.action);
        commands.sort_by_key(|binding| (!is_at_hand(binding.action, pane), rank(binding).unwrap_or(usize::MAX)));
        let line = |binding: &&'static Binding| MenuLine {
            label: match binding.places() {
                // “Delete the item” would seem to mean the paper of another pane.
                "pending" => {
                    say!(language, "{}: {}", "{}：{}", Pane::Pending.name(language), binding.about.get(language))
                }
                _ => (*binding.about.get(language)).to_owned(),
            },
            detail: keymap.names(keys_from(binding, pane)),
            name: Some(binding.action.name()),
            words: words(binding, language),
        };
        Self { menu: Menu::new(commands.iter().map(line).collect()), commands }
    }

    /// The selected command.
    pub fn command(&self) -> Option<&'static Binding> {
        self.menu.chosen().map(|chosen| self.commands[chosen])
    }
}

/// The binding of the same action in this pane, or else `binding` itself.
fn keys_from(binding: &'static Binding, pane: Pane) -> &'static Binding {
    let is_same = |other: &&Binding| other.action == binding.action && other.contexts.contains(&Context::Pane(pane));
    BINDINGS.iter().find(is_same).unwrap_or(binding)
}

/// More search terms for a command: synonyms, and the description in the other language.
pub(in crate::app) fn words(binding: &Binding, language: Language) -> String {
    let other = match language {
        Language::English => Language::Chinese,
        Language::Chinese => Language::English,
    };
    let synonyms = synonyms::of(binding.action);
    format!("{} {} {}", synonyms.get(language), synonyms.get(other), binding.about.get(other))
}

/// Whether an action applies to the selection of a pane.
fn is_at_hand(action: Action, pane: Pane) -> bool {
    let context = Context::Pane(pane);
    let is_of_pane = |binding: &Binding| binding.contexts.contains(&context) && binding.contexts.len() < 3;
    let is_of_paper = matches!(
        action,
        Action::Edit
            | Action::CopyTitle
            | Action::CopyEntry
            | Action::OpenPdf
            | Action::ListUrls
            | Action::ShowFigures
            | Action::SuspendReview
    );
    let is_bound = BINDINGS.iter().any(|binding| binding.action == action && is_of_pane(binding));
    is_bound || is_of_paper && pane != Pane::Pending
}

/// Whether an action only moves the cursor or the focus. Nobody looks these up.
fn is_motion(action: Action) -> bool {
    matches!(
        action,
        Action::Move(_)
            | Action::MoveHalfPages(_)
            | Action::MoveToTop
            | Action::MoveToBottom
            | Action::Fold
            | Action::Unfold
            | Action::FocusNext
            | Action::FocusPrevious
    )
}

/// Whether a binding is a command for the palette.
fn is_command(binding: &Binding) -> bool {
    let is_pane = |context: &Context| matches!(context, Context::Pane(_));
    let is_idle = matches!(binding.action, Action::ShowPalette | Action::Cancel) || is_motion(binding.action);
    // An action with several bindings is one command.
    let first = BINDINGS.iter().find(|other| other.action == binding.action && other.contexts.iter().any(is_pane));
    !is_idle && first.is_some_and(|first| std::ptr::eq(first, binding))
}

impl App {
    /// Runs the selected command in the pane where the palette was opened if it works there, otherwise in a
    /// pane where it does.
    pub(in crate::app) fn run_command(&mut self) -> Vec<Effect> {
        let Some(Overlay::Palette(palette)) = self.overlays.last() else { return Vec::new() };
        let Some(binding) = palette.command() else { return Vec::new() };
        self.overlays.pop();
        self.used.retain(|&action| action != binding.action);
        self.used.insert(0, binding.action);
        let of_action = BINDINGS.iter().filter(|other| other.action == binding.action);
        if !of_action.into_iter().any(|other| other.contexts.contains(&self.context())) {
            let pane = binding.contexts.iter().find_map(|context| match context {
                Context::Pane(pane) => Some(*pane),
                _ => None,
            });
            self.focus = pane.unwrap_or(self.focus);
        }
        self.perform(binding.action)
    }

    /// Goes to another entry. Repeating it visits every entry once, in an order that looks random.
    pub(in crate::app) fn go_to_any(&mut self) -> Vec<Effect> {
        let all = self.log.entries.len();
        if all == 0 {
            return self.tell(self.language.pick("This log has no entries", "日志中没有条目").into());
        }
        // A step of about 0.618 (golden ratio) of all entries scatters well; a step coprime to their number
        // visits each of them.
        let first = (all * 618 / 1_000).max(1);
        let step = (first..first + all).find(|&step| has_no_common_divisor(step, all)).unwrap_or(1);
        // A jump to an unread entry moves the cursor of the checklist, not that of the timeline.
        let item = self.item().filter(|_| self.focus == Pane::Pending);
        let unread = item.and_then(|task| self.log.paper(task)).filter(|&entry| !self.log.entries[entry].read);
        let current = unread.or(self.timeline.entry()).unwrap_or(0);
        let key = self.log.entries[(current + step) % all].key.clone();
        self.go_to(&key);
        Vec::new()
    }

    /// Lists what was read on this day in earlier months and years.
    pub(in crate::app) fn list_this_day(&mut self) -> Vec<Effect> {
        let Some(today) = self.readers_day() else {
            return self.tell(self.language.pick("No entry has a date", "没有带日期的条目").into());
        };
        let is_meant = |date: chrono::NaiveDate| date.day() == today.day() && date < today;
        let mut entries: Vec<_> = self.log.read().filter(|entry| entry.date.is_some_and(is_meant)).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.date));
        let mut rows = Vec::new();
        for day in entries.chunk_by(|a, b| a.date == b.date) {
            rows.push(PickerRow::Heading(format_month(day[0].date.map(month_of), self.language)));
            rows.extend(day.iter().map(|entry| {
                PickerRow::Choice(PickerChoice {
                    label: entry.title.to_string(),
                    detail: entry.date.map(format_day).unwrap_or_default(),
                    target: PickerTarget::Entry(entry.key.clone()),
                })
            }));
        }
        let otherwise = say!(
            self.language,
            "No papers were read on day {} of earlier months",
            "以往各月的 {} 日都没有读过论文",
            today.day()
        );
        self.choose_from(self.language.pick("This day in earlier months", "以往各月的同一天"), rows, &otherwise)
    }

    /// Today, or the latest date of the log until the time is known.
    pub(in crate::app) fn readers_day(&self) -> Option<chrono::NaiveDate> {
        self.today().or_else(|| newest_day(&self.log))
    }
}

fn has_no_common_divisor(mut a: usize, mut b: usize) -> bool {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a == 1
}
