//! State of the reviews: the deck, today's queue, and changes being saved.
//!
//! The deck already includes changes in flight. If saving one fails, the reviews are reloaded, so that the
//! change disappears from the screen.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::flight::{ChangeId, InFlight};
use crate::log::date::format_day;
use crate::log::{Entry, Key, Log};
use crate::review::ReviewSettings;
use crate::review::day::days_between;
use crate::review::deck::Deck;
use crate::review::history::{Grade, ReviewChange, ReviewLine, Reviews};
use crate::review::queue::{Queue, is_reviewable, next_due};
use crate::review::relink::{Question, relink};
use crate::review::session::ReviewSession;
use crate::say;
use crate::words::{Language, Sentence};

/// The reviews of a log.
#[derive(Debug)]
pub struct Reviewing {
    /// Review settings.
    pub settings: ReviewSettings,
    /// The current session, with the grades given in this run.
    pub session: ReviewSession,
    /// All grades, and the schedule computed from them.
    pub deck: Deck,
    /// Entries to review today.
    pub queue: Queue,
    /// Changed titles whose new entry is not certain; the user is asked.
    pub questions: Vec<Question>,
    /// Why reviewing is not possible, if it is not.
    pub paused: Option<Sentence>,
    /// Whether the reviews are still loading.
    is_unread: bool,
    now: Option<DateTime<FixedOffset>>,
    /// Key renames caused by changed titles, saved before the next change.
    unsaved: Vec<ReviewChange>,
    in_flight: InFlight<ReviewChange>,
    /// Old titles for which the user declined all candidates.
    declined: BTreeSet<Key>,
}

impl Default for Reviewing {
    fn default() -> Self {
        Self {
            settings: ReviewSettings::default(),
            session: ReviewSession::default(),
            deck: Deck::default(),
            queue: Queue::default(),
            questions: Vec::new(),
            paused: Some(Sentence::of(|language| {
                language.pick("Reviews are still loading", "正在读取复习记录").to_owned()
            })),
            is_unread: true,
            now: None,
            unsaved: Vec::new(),
            in_flight: InFlight::default(),
            declined: BTreeSet::new(),
        }
    }
}

impl Reviewing {
    /// Today, by the user's day boundary, once the time is known.
    pub fn today(&self) -> Option<NaiveDate> {
        self.now.map(|now| self.settings.day_start.day_of(now))
    }

    /// The time, once it is known.
    pub fn now(&self) -> Option<DateTime<FixedOffset>> {
        self.now
    }

    /// Whether the reviews or the time are still missing.
    pub fn is_awaited(&self) -> bool {
        self.is_unread || self.now.is_none() && self.paused.is_none()
    }

    /// Whether a change is being saved.
    pub fn is_saving(&self) -> bool {
        !self.in_flight.is_empty()
    }

    /// Sets the time; `true` if the day changed or was not known yet.
    pub fn set_time(&mut self, log: &Log, now: DateTime<FixedOffset>) -> bool {
        let before = self.today();
        self.now = Some(now);
        let is_new = self.today() != before;
        if is_new {
            self.refresh(log);
        }
        is_new
    }

    /// Loads the reviews and reapplies changes that are not saved yet. Moves schedules to changed titles, and
    /// returns a message if any moved.
    pub fn load(&mut self, log: &Log, mut reviews: Reviews, language: Language) -> Option<String> {
        for change in self.in_flight.iter() {
            reviews.apply(change);
        }
        (self.paused, self.is_unread) = (None, false);
        self.unsaved.clear();
        self.deck = Deck::new(reviews);
        self.follow_titles(log, language)
    }

    /// After the log or the deck changed: moves schedules to changed titles, and returns a message if any
    /// moved.
    pub fn follow_titles(&mut self, log: &Log, language: Language) -> Option<String> {
        let relinked = relink(log, &self.deck);
        self.questions = relinked.questions;
        self.questions.retain(|question| !self.declined.contains(&question.vanished));
        let followed = relinked.certain.len();
        if followed > 0 {
            self.unsaved.push(self.deck.rename(relinked.certain));
        }
        self.session.keep(|key| log.find(key).is_some());
        self.refresh(log);
        match followed {
            0 => None,
            1 => Some(say!(language, "A renamed title keeps its review schedule", "1 个标题有改动，复习安排保持不变")),
            _ => Some(say!(
                language,
                "{followed} renamed titles keep their review schedules",
                "{followed} 个标题有改动，复习安排保持不变"
            )),
        }
    }

    /// Stops asking about an old title.
    pub fn decline(&mut self, vanished: Key) {
        self.declined.insert(vanished);
    }

    /// Turns reviewing off, with the reason.
    pub fn pause(&mut self, reason: Sentence) {
        self.in_flight.clear();
        let in_flight = std::mem::take(&mut self.in_flight);
        *self = Self {
            settings: self.settings,
            now: self.now,
            paused: Some(reason),
            is_unread: false,
            in_flight,
            ..Self::default()
        };
    }

    /// Recomputes today's queue.
    pub fn refresh(&mut self, log: &Log) {
        self.queue = match (self.today(), &self.paused) {
            (Some(today), None) => Queue::of(log, &self.deck, today, &self.settings),
            _ => Queue::default(),
        };
    }

    /// The changes to save: unsaved renames, then `change`.
    pub fn send(&mut self, change: Option<ReviewChange>) -> Vec<(ChangeId, ReviewChange)> {
        let changes = std::mem::take(&mut self.unsaved).into_iter().chain(change);
        changes.map(|change| self.in_flight.send(|_| change)).collect()
    }

    /// A change was saved.
    pub fn saved(&mut self, id: ChangeId) {
        self.in_flight.answered(id);
    }

    /// A change could not be saved: ends the session. The reviews will be reloaded.
    pub fn refused(&mut self) {
        self.in_flight.clear();
        self.session = ReviewSession::default();
    }

    /// Whether an entry, by index, is in today's queue: due and not put off, or a new entry
    /// selected for today.
    pub fn comes_up(&self, entry: usize) -> bool {
        self.queue.contains(entry)
    }

    /// The last grade of this session, as a line of the history.
    pub fn last_line(&self) -> Option<&ReviewLine> {
        self.deck.line(self.session.last()?)
    }

    /// For the current entry and each grade: (grade, days until the next review).
    pub fn choices(&self) -> Option<[(Grade, u32); 4]> {
        let choices = self.deck.choices(self.session.current()?, self.now?, &self.settings);
        Some(choices.map(|choice| (choice.grade, choice.days)))
    }

    /// Facts about an entry's reviews, for its page; empty if the entry was never reviewed.
    pub fn facts(&self, entry: &Entry, language: Language) -> Vec<String> {
        let (Some(card), Some(today)) = (self.deck.card(&entry.key), self.today()) else { return Vec::new() };
        let next = match () {
            () if !is_reviewable(entry, &self.deck) => language.pick("review stopped", "不再复习").to_owned(),
            () if card.is_due(today) => language.pick("review due", "该复习了").to_owned(),
            () => {
                let next = in_days(days_between(today, card.due), language);
                say!(language, "review {next}", "{next}复习")
            }
        };
        vec![next, times(card.lines.len(), language)]
    }

    /// Says when the next review is due, including what today's limit put off.
    pub fn next(&self, log: &Log, language: Language) -> String {
        let Some(today) = self.today() else { return String::new() };
        let (put_off, most) = (self.queue.put_off, self.settings.max_per_day);
        let next = next_due(log, &self.deck, today);
        match (next, today.succ_opt()) {
            (_, Some(tomorrow)) if put_off > 0 => {
                let due = put_off + next.filter(|(day, _)| *day == tomorrow).map_or(0, |(_, count)| count);
                let (come, date) = (due.min(most), format_day(tomorrow));
                say!(
                    language,
                    "{put_off} more are put off (limit: {most} a day). Tomorrow, {date}, you will review {come} of the {due} due.",
                    "另有 {put_off} 篇到期，因每天最多 {most} 篇而顺延。明天（{date}）共到期 {due} 篇，将复习 {come} 篇。"
                )
            }
            (Some((date, count)), _) => {
                let (when, date) = (in_days(days_between(today, date), language), format_day(date));
                match count {
                    1 => say!(language, "One entry is due {when}, on {date}.", "{when}（{date}）有 1 篇到期。"),
                    _ => say!(
                        language,
                        "{count} entries are due {when}, on {date}.",
                        "{when}（{date}）有 {count} 篇到期。"
                    ),
                }
            }
            (None, _) => language.pick("Nothing is scheduled.", "没有安排复习。").to_owned(),
        }
    }
}

/// `in 12 days`, `tomorrow`, `today`.
pub fn in_days(days: u32, language: Language) -> String {
    match days {
        0 => language.pick("today", "今天").to_owned(),
        1 => language.pick("tomorrow", "明天").to_owned(),
        days => say!(language, "in {days} days", "{days} 天后"),
    }
}

/// `12 days`, `1 day`, `today`.
pub fn interval(days: u32, language: Language) -> String {
    match days {
        0 => language.pick("today", "今天").to_owned(),
        1 => language.pick("1 day", "1 天").to_owned(),
        days => say!(language, "{days} days", "{days} 天"),
    }
}

fn times(count: usize, language: Language) -> String {
    match count {
        1 => language.pick("reviewed once", "复习过 1 次").to_owned(),
        2 => language.pick("reviewed twice", "复习过 2 次").to_owned(),
        count => say!(language, "reviewed {count} times", "复习过 {count} 次"),
    }
}

/// The name of a grade.
pub fn grade_name(grade: Grade, language: Language) -> &'static str {
    match grade {
        Grade::Again => language.pick("again", "重来"),
        Grade::Hard => language.pick("hard", "困难"),
        Grade::Good => language.pick("good", "良好"),
        Grade::Easy => language.pick("easy", "简单"),
    }
}
