//! What the screen says about the keys: the hints of the status line, and the help.

use super::action::Action;
use super::bindings::BINDINGS;
use super::context::*;
use super::keymap::Keymap;
use crate::words::{Both, Language};

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

/// The groups of the help: (where the keys work, heading). Keys with other contexts are in the group of
/// [`PANES`].
const GROUPS: [(&[Context], Both<&str>); 20] = [
    (TIMELINE, Both::new("In the timeline", "时间线窗格")),
    (PAGE, Both::new("In the summary", "笔记窗格")),
    (CHECKLIST, Both::new("In the pending list", "待读清单窗格")),
    (LISTS, Both::new("In the timeline and the pending list", "时间线和待读清单窗格")),
    (PANES, Both::new("In all panes", "所有窗格")),
    (QUERIES, Both::new("In search results", "查找结果")),
    (FINDER, Both::new("In the finder", "查找论文")),
    (EVERYWHERE, Both::new("In full-text search", "全文查找")),
    (PALETTE, Both::new("In the command palette", "命令列表")),
    (LOGS, Both::new("In the list of logs", "日志列表")),
    (SHEET, Both::new("In this help", "帮助窗口")),
    (PICKER, Both::new("In a list of choices or problems", "选项列表和问题列表")),
    (PROMPT, Both::new("In a text field", "输入框")),
    (FIGURE, Both::new("In a figure", "大图")),
    (QUIZ, Both::new("In a review", "复习")),
    (CALENDAR, Both::new("In the calendar", "日历")),
    (STATISTICS, Both::new("In the statistics", "统计")),
    (WEEK, Both::new("In the weekly digest", "周小结")),
    (TEACH, Both::new("When correcting how the log is read", "纠正识别结果时")),
    (LIBRARY, Both::new("In the list of PDFs", "PDF 列表")),
];

/// The help: all keys in groups with a heading. The groups of the current context come first, then the group
/// of all panes.
pub fn help(
    keymap: &Keymap,
    place: Context,
    language: Language,
) -> Vec<(&'static str, Vec<(String, &'static Binding)>)> {
    let group = |binding: &Binding| {
        let own = GROUPS.iter().find(|(contexts, _)| *contexts == binding.contexts);
        own.map_or(PANES, |(contexts, _)| contexts)
    };
    let palette = BINDINGS.iter().find(|binding| binding.action == Action::ShowPalette);
    let is_command = |binding: &Binding| binding.contexts.iter().any(|context| matches!(context, Context::Pane(_)));
    let names = |binding: &Binding| match (keymap.names(binding), palette) {
        // A command without a key is run by name.
        (names, Some(palette)) if names.is_empty() && is_command(binding) => {
            format!("{} {}", keymap.names(palette), binding.action.name())
        }
        (names, _) => names,
    };
    let lines = |contexts| {
        let bindings = BINDINGS.iter().filter(|binding| group(binding) == contexts);
        bindings.map(|binding| (names(binding), binding)).collect()
    };
    let mut groups = GROUPS;
    groups.sort_by_key(|(contexts, _)| match contexts.contains(&place) {
        _ if *contexts == PANES => 1,
        true => 0,
        false => 2,
    });
    groups.map(|(contexts, title)| (*title.get(language), lines(contexts))).into()
}
