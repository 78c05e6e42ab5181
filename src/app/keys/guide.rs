//! What the screen says about the keys: the hints of the status line, and the help.

use super::action::Action;
use super::bindings::BINDINGS;
use super::context::*;
use super::keymap::Keymap;
use crate::words::Language;

/// Key hints of a context for the status line, most useful first.
pub fn hints(
    keymap: &Keymap,
    context: Context,
    language: Language,
) -> impl Iterator<Item = (Action, String, &'static str)> {
    let hints = BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context));
    let hints = hints.map(move |binding| (binding.action, keymap.of(binding), *binding.hint.get(language)));
    let hints = hints.filter(|(.., hint)| !hint.is_empty());
    let mut shown: Vec<(Action, String, &'static str)> = Vec::new();
    for (action, keys, hint) in hints {
        let Some(key) = keys.first() else { continue };
        match shown.last_mut() {
            // Opposites share a hint: `h l day`.
            Some((_, keys, last)) if *last == hint => *keys = format!("{keys} {key}"),
            _ => shown.push((action, key.to_string(), hint)),
        }
    }
    shown.into_iter()
}

/// The index of the help group for keys that work in all panes.
const PANES_GROUP: usize = 2;

/// The help: all keys in groups with a heading, the group of the current context first, then that of all
/// panes.
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
        language.pick("In the pending list", "待读清单窗格"),
        language.pick("In the summary", "笔记窗格"),
        language.pick("In the panes", "各窗格"),
        language.pick("In search results", "查找结果"),
        language.pick("In the finder", "查找论文"),
        language.pick("In full-text search", "全文查找"),
        language.pick("In the command palette", "命令列表"),
        language.pick("In the list of logs", "日志列表"),
        language.pick("In this help", "本帮助"),
        language.pick("In a list", "列表"),
        language.pick("In a text field", "输入框"),
        language.pick("In a figure", "大图"),
        language.pick("In a review", "复习"),
        language.pick("In the calendar", "日历"),
        language.pick("In the statistics", "统计"),
        language.pick("In the digest of a week", "周小结"),
        language.pick("When correcting how a log is read", "指定写法"),
        language.pick("In the list of PDFs", "PDF 列表"),
    ];
    let palette = BINDINGS.iter().find(|binding| binding.action == Action::ShowPalette);
    let is_command = |binding: &Binding| binding.contexts.iter().any(|context| matches!(context, Context::Pane(_)));
    let names = |binding: &Binding| match (keymap.names(binding), palette) {
        // A command without a key is run by name.
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
