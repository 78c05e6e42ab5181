//! Asks which entry a review schedule belongs to after its title changed.

use crate::app::lists::picker::{Picker, PickerChoice, PickerRow, PickerTarget};
use crate::app::screen::viewport::Viewport;
use crate::app::{App, Effect};
use crate::log::date::format_day;
use crate::log::{Entry, Key};
use crate::review::relink::Question;
use crate::say;
use crate::words::Language;

impl App {
    /// Moves the schedule of a vanished title to the title `now`; `None` declines all candidates.
    pub(in crate::app) fn relink(&mut self, vanished: Key, now: Option<Key>) -> Vec<Effect> {
        self.reviewing.questions.retain(|question| question.vanished != vanished);
        let mut effects = Vec::new();
        if let Some(now) = now {
            let change = self.reviewing.deck.rename(vec![(vanished, now)]);
            let news = self.reviewing.follow_titles(&self.log, self.language);
            effects.extend(news.map(|news| self.tell(news)).into_iter().flatten());
            effects.extend(self.reviewed(Some(change)));
        } else {
            self.reviewing.decline(vanished);
        }
        effects.extend(self.review());
        effects
    }
}

/// The list of candidates for a vanished title.
pub(in crate::app) fn ask<'a>(
    question: &Question,
    entry: impl Fn(&Key) -> Option<&'a Entry>,
    language: Language,
) -> Picker {
    let target = |now| PickerTarget::Relink { vanished: question.vanished.clone(), now };
    let candidates = question.candidates.iter().map(|key| {
        let entry = entry(key);
        let label = entry.map_or(&*key.0, |entry| &*entry.title).to_owned();
        let detail = entry.and_then(|entry| entry.date).map(format_day).unwrap_or_default();
        PickerRow::Choice(PickerChoice { label, detail, target: target(Some(key.clone())) })
    });
    let none = PickerChoice {
        label: language.pick("None of these", "以上都不是").to_owned(),
        detail: String::new(),
        target: target(None),
    };
    let heading = PickerRow::Heading(say!(
        language,
        "“{}” was reviewed but is no longer in the log. Which entry is it now?",
        "“{}”复习过，但已不在日志中。它现在是哪个条目？",
        question.vanished.0
    ));
    let rows: Vec<PickerRow> = std::iter::once(heading).chain(candidates).chain([PickerRow::Choice(none)]).collect();
    let cursor = 1;
    Picker {
        title: language.pick("A changed title", "标题有改动").to_owned(), rows, cursor, view: Viewport::default()
    }
}
