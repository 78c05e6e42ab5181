//! What is known of the reviews: the deck, what comes up today, what is on its way to the disk.
//!
//! The deck is ahead of the disk by the changes in flight. When the disk refuses one, the
//! reviews are read again: nothing is shown that is not kept.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::flight::{ChangeId, InFlight};
use crate::log::date::format_day;
use crate::log::{Entry, Key, Log};
use crate::review::Settings;
use crate::review::day::days_between;
use crate::review::deck::Deck;
use crate::review::history::{Change, Grade, Line, Reviews};
use crate::review::queue::{Queue, is_reviewable, next_due};
use crate::review::relink::{Question, relink};
use crate::review::session::Session;
use crate::say;
use crate::words::{Language, Sentence};

/// The reviews of a log.
#[derive(Debug)]
pub struct Reviewing {
    /// How the reader reviews.
    pub settings: Settings,
    /// The sitting, past grades of this run included.
    pub session: Session,
    /// All grades, and what follows from them.
    pub deck: Deck,
    /// What comes up today.
    pub queue: Queue,
    /// Which of the titles of now was reviewed under another one is not certain.
    pub questions: Vec<Question>,
    /// Why nothing can be reviewed, if so.
    pub paused: Option<Sentence>,
    /// Whether the reviews are still being read.
    is_unread: bool,
    now: Option<DateTime<FixedOffset>>,
    /// Made here because titles were changed; on the disk before the next change.
    unsaved: Vec<Change>,
    in_flight: InFlight<Change>,
    /// Old titles of which the reader said that no title of now is theirs.
    declined: BTreeSet<Key>,
}

impl Default for Reviewing {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            session: Session::default(),
            deck: Deck::default(),
            queue: Queue::default(),
            questions: Vec::new(),
            paused: Some(Sentence::of(|language| {
                language.pick("Reviews are still loading", "复习记录尚未读入").to_owned()
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
    /// The reader's own day, once the time is known.
    pub fn today(&self) -> Option<NaiveDate> {
        self.now.map(|now| self.settings.turn.day_of(now))
    }

    /// The moment, once it is known.
    pub fn now(&self) -> Option<DateTime<FixedOffset>> {
        self.now
    }

    /// Whether it is not known yet what comes up: the reviews or the time are on their way.
    pub fn is_awaited(&self) -> bool {
        self.is_unread || self.now.is_none() && self.paused.is_none()
    }

    /// Whether a change is on its way to the disk.
    pub fn is_saving(&self) -> bool {
        !self.in_flight.is_empty()
    }

    /// Takes the time in; `true` when a day begins.
    pub fn set_time(&mut self, log: &Log, now: DateTime<FixedOffset>) -> bool {
        let before = self.today();
        self.now = Some(now);
        let is_new = self.today() != before;
        if is_new {
            self.refresh(log);
        }
        is_new
    }

    /// Takes in what was read, with the changes that are not on the disk yet. Schedules of
    /// changed titles follow them; says of how many.
    pub fn load(&mut self, log: &Log, mut reviews: Reviews, language: Language) -> Option<String> {
        for change in self.in_flight.iter() {
            reviews.apply(change);
        }
        (self.paused, self.is_unread) = (None, false);
        self.unsaved.clear();
        self.deck = Deck::new(reviews);
        self.follow_titles(log, language)
    }

    /// After the log or the deck has changed: finds the entries of changed titles again.
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
            1 => Some(say!(language, "A renamed title keeps its review schedule", "有 1 个标题改动，复习安排随之更新")),
            _ => Some(say!(
                language,
                "{followed} renamed titles keep their review schedules",
                "有 {followed} 个标题改动，复习安排随之更新"
            )),
        }
    }

    /// An old title is none of those of now: it is not asked about again.
    pub fn decline(&mut self, vanished: Key) {
        self.declined.insert(vanished);
    }

    /// The reviews cannot be used.
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

    /// Computes anew what comes up.
    pub fn refresh(&mut self, log: &Log) {
        self.queue = match (self.today(), &self.paused) {
            (Some(today), None) => Queue::of(log, &self.deck, today, &self.settings),
            _ => Queue::default(),
        };
    }

    /// What the shell must save: the change, and before it what follows from changed titles.
    pub fn send(&mut self, change: Option<Change>) -> Vec<(ChangeId, Change)> {
        let changes = std::mem::take(&mut self.unsaved).into_iter().chain(change);
        changes.map(|change| self.in_flight.send(|_| change)).collect()
    }

    /// A change is on the disk.
    pub fn saved(&mut self, id: ChangeId) {
        self.in_flight.answered(id);
    }

    /// A change was not made: the sitting is over, and what is on the disk will be read.
    pub fn refused(&mut self) {
        self.in_flight.clear();
        self.session = Session::default();
    }

    /// Whether an entry, by its index, comes up today: due and not put off, or new.
    pub fn comes_up(&self, entry: usize) -> bool {
        self.queue.contains(entry)
    }

    /// The grade given last in this sitting, as it stands in the history.
    pub fn last_line(&self) -> Option<&Line> {
        let id = self.session.last()?;
        self.deck.history(&id.key).rev().find(|line| line.time == id.time)
    }

    /// What each grade would give now for the entry that is up.
    pub fn choices(&self) -> Option<[(Grade, u32); 4]> {
        let choices = self.deck.choices(self.session.current()?, self.now?, &self.settings);
        Some(choices.map(|choice| (choice.grade, choice.days)))
    }

    /// What an entry's page says of its reviews; nothing when there were none.
    pub fn facts(&self, entry: &Entry, language: Language) -> Vec<String> {
        let (Some(card), Some(today)) = (self.deck.card(&entry.key), self.today()) else { return Vec::new() };
        let next = match () {
            () if !is_reviewable(entry, &self.deck) => language.pick("review suspended", "复习已暂停").to_owned(),
            () if card.is_due(today) => language.pick("review due", "该复习了").to_owned(),
            () => {
                let next = in_days(days_between(today, card.due), language);
                say!(language, "review {next}", "{next}复习")
            }
        };
        vec![next, times(card.lines.len(), language)]
    }

    /// When something comes up again, in words; what the day's limit puts off is due already, and counted.
    pub fn next(&self, log: &Log, language: Language) -> String {
        let Some(today) = self.today() else { return String::new() };
        let (put_off, most) = (self.queue.put_off, self.settings.most_a_day);
        let next = next_due(log, &self.deck, today);
        match (next, today.succ_opt()) {
            (_, Some(tomorrow)) if put_off > 0 => {
                let due = put_off + next.filter(|(day, _)| *day == tomorrow).map_or(0, |(_, count)| count);
                let (come, date) = (due.min(most), format_day(tomorrow));
                say!(
                    language,
                    "{put_off} more due, put off: at most {most} a day. {due} will be due tomorrow, on {date}; {come} of them come up.",
                    "另有 {put_off} 篇到期的顺延：每天最多 {most} 篇。明天（{date}）到期 {due} 篇，其中 {come} 篇出现。"
                )
            }
            (Some((date, count)), _) => {
                let (when, date) = (in_days(days_between(today, date), language), format_day(date));
                match count {
                    1 => say!(language, "One entry will be due {when}, on {date}.", "{when}（{date}）有 1 篇到期。"),
                    _ => say!(
                        language,
                        "{count} entries will be due {when}, on {date}.",
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

/// What a grade is called.
pub fn grade_name(grade: Grade, language: Language) -> &'static str {
    match grade {
        Grade::Again => language.pick("again", "重来"),
        Grade::Hard => language.pick("hard", "困难"),
        Grade::Good => language.pick("good", "良好"),
        Grade::Easy => language.pick("easy", "简单"),
    }
}
