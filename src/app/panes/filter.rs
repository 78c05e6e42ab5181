//! Filtering the checklist by state and text.

use serde::{Deserialize, Serialize};

use crate::log::{Log, Task};
use crate::search::normalise::{first_chars, normalise};
use crate::words::Language;

/// Longer queries are cut to this many chars.
const MOST: usize = 512;

/// Which items to show by their state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShownItems {
    /// All items.
    #[default]
    All,
    /// Open items.
    Open,
    /// Done or dropped items.
    Done,
}

impl ShownItems {
    /// The next setting, in a cycle.
    pub fn next(self) -> Self {
        match self {
            Self::All => Self::Open,
            Self::Open => Self::Done,
            Self::Done => Self::All,
        }
    }

    fn takes(self, task: &Task) -> bool {
        match self {
            Self::All => true,
            Self::Open => task.is_open(),
            Self::Done => task.is_closed(),
        }
    }
}

/// The filter and order of the checklist.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFilter {
    /// The states to show.
    pub show: ShownItems,
    /// Words that must all be in the text of an item or all in the text of one of its ancestors.
    pub query: String,
    /// Whether to sort by the number of citations from papers that were read.
    #[serde(default)]
    pub most_cited: bool,
}

impl ItemFilter {
    /// Whether anything differs from the default.
    pub fn is_on(&self) -> bool {
        *self != Self::default()
    }

    /// A description for the pane's title; empty if the filter is off.
    pub fn name(&self, language: Language) -> String {
        let state = match self.show {
            ShownItems::All => "",
            ShownItems::Open => language.pick(" · open", " · 未完成"),
            ShownItems::Done => language.pick(" · done", " · 已完成"),
        };
        let query = if self.query.is_empty() { String::new() } else { format!(" · “{}”", self.query) };
        let order = if self.most_cited { language.pick(" · most cited", " · 按被引次数") } else { "" };
        format!("{state}{order}{query}")
    }

    /// The query's words, normalised for comparison.
    fn words(&self) -> Vec<String> {
        normalise(first_chars(&self.query, MOST)).split_whitespace().map(str::to_owned).collect()
    }

    /// Whether an item itself matches the query and the state; false without a query.
    pub fn is_hit(&self, task: &Task) -> bool {
        !self.query.is_empty() && self.show.takes(task) && holds(&task.text, &self.words())
    }

    /// For each of [`Log::tasks`], whether it is shown: it or one of its descendants matches.
    pub fn shown(&self, log: &Log) -> Vec<bool> {
        let words = self.words();
        let mut found: Vec<bool> = Vec::with_capacity(log.tasks.len());
        for task in &log.tasks {
            let is_below_one = task.parent.is_some_and(|parent| found[parent]);
            found.push(self.query.is_empty() || is_below_one || holds(&task.text, &words));
        }
        let wanted = |(task, &found): (&Task, &bool)| found && self.show.takes(task);
        let mut shown: Vec<bool> = log.tasks.iter().zip(&found).map(wanted).collect();
        for task in (0..shown.len()).rev() {
            if let Some(parent) = log.tasks[task].parent.filter(|_| shown[task]) {
                shown[parent] = true;
            }
        }
        shown
    }
}

/// Whether a text contains all words.
fn holds(text: &str, words: &[String]) -> bool {
    let text = normalise(text);
    words.iter().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Source, parse};

    #[track_caller]
    fn check(show: ShownItems, query: &str, wanted: &[&str]) {
        let text = "# todo\n- [ ] Elk and Owl\n- [x] birds\n  - [ ] Owl\n  - [x] Emu\n- [x] ＥＬＫ\n";
        let log = parse::parse([Source { name: String::new(), text: text.into() }]);
        let shown = ItemFilter { show, query: query.into(), ..ItemFilter::default() }.shown(&log);
        let names: Vec<&str> =
            log.tasks.iter().zip(shown).filter(|(_, shown)| *shown).map(|(task, _)| task.text.as_str()).collect();
        assert_eq!(names, wanted, "{show:?} {query:?}");
    }

    #[test]
    fn groups_with_visible_items_stay_visible() {
        check(ShownItems::All, "", &["Elk and Owl", "birds", "Owl", "Emu", "ＥＬＫ"]);
        check(ShownItems::Open, "", &["Elk and Owl", "birds", "Owl"]);
        check(ShownItems::Done, "", &["birds", "Emu", "ＥＬＫ"]);
        check(ShownItems::All, "owl", &["Elk and Owl", "birds", "Owl"]);
        check(ShownItems::All, "owl elk", &["Elk and Owl"]);
        check(ShownItems::All, "elk", &["Elk and Owl", "ＥＬＫ"]);
        check(ShownItems::All, "élk", &["Elk and Owl", "ＥＬＫ"]);
        check(ShownItems::Done, "bird", &["birds", "Emu"]);
        check(ShownItems::Open, "gnu", &[]);
    }
}
