//! The review screen: entries one by one, their summaries revealed step by step, and a grade for each.
//!
//! A grade is saved before the next one is accepted; keys typed meanwhile are deferred. So at most one
//! unconfirmed grade can be lost.

use super::relink;
use super::state::{grade_name, in_days, interval};
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::page::flow::{BlockKind, PageLine, SpanRole, flow, paragraph};
use crate::app::screen::layout::{Area, Pane, Size};
use crate::app::screen::viewport::Viewport;
use crate::app::{App, Effect, Overlay};
use crate::log::date::format_day;
use crate::log::markup::Passage;
use crate::log::{Entry, Key as EntryKey};
use crate::review::day::days_between;
use crate::review::history::{Grade, ReviewChange};
use crate::review::reveal::steps;
use crate::say;
use crate::text::width;
use crate::words::Sentence;

/// The maximum width of the text.
const COLUMNS: u16 = 84;
/// Rows below the text: an empty one, two for the grades, one for the confirmation.
const FOOT: u16 = 4;

/// Columns between grades.
const GAP: usize = 4;

/// On a screen with fewer rows than this, the empty row at the top is left out.
const LOW: u16 = 12;

/// The state of the review screen.
#[derive(Debug, Default)]
pub struct Quiz {
    /// The number of revealed steps.
    pub shown: usize,
    /// The scroll position.
    pub view: Viewport,
    /// The text, laid out at the screen's width.
    pub page: QuizPage,
}

/// The laid-out text of an entry, or of the end of the session.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct QuizPage {
    /// All lines.
    pub lines: Vec<PageLine>,
    /// The number of lines of title and facts.
    pub head: usize,
    /// The first line of the newest step.
    pub newest: usize,
    /// The number of steps in the summary.
    pub steps: usize,
}

impl Quiz {
    pub(in crate::app) fn lay_out(&mut self, app: &App) {
        let columns = usize::from(area(app.size).width);
        self.page = match app.reviewing.session.current().and_then(|key| app.entry_of(key)) {
            Some(entry) => app.card(entry, self.shown, columns),
            None => app.end(columns),
        };
        self.shown = self.shown.min(self.page.steps);
    }
}

/// The area of the text, below an empty row if the screen is not low.
pub fn area(size: Size) -> Area {
    let width = size.width.saturating_sub(4).min(COLUMNS);
    let y = if size.height < LOW { 1 } else { 2 };
    Area { x: (size.width - width) / 2, y, width, height: size.height.saturating_sub(y + 1 + FOOT) }
}

/// The row for the confirmation of the last grade.
pub fn confirmation(size: Size) -> Area {
    Area { x: 0, y: size.height.saturating_sub(2), width: size.width, height: 1 }
}

/// A grade to choose, with its area for clicks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The grade.
    pub grade: Grade,
    /// Its key followed by a space, or empty.
    pub key: String,
    /// Its name, and the interval until the entry is due again.
    pub label: String,
    /// The area of key and label.
    pub area: Area,
}

impl App {
    /// Starts a session with today's queue, after asking about changed titles.
    pub(in crate::app) fn review(&mut self) -> Vec<Effect> {
        if let Some(reason) = &self.reviewing.paused {
            return self.tell_error(reason.get(self.language).clone());
        }
        let effects = self.save_reviews(None);
        match self.reviewing.questions.first() {
            Some(question) => {
                self.overlays.push(Overlay::Picker(relink::ask(question, |key| self.entry_of(key), self.language)))
            }
            None => {
                let up = self.reviewing.queue.entries().map(|index| self.log.entries[index].key.clone());
                self.reviewing.session.go_on(up);
                self.overlays.push(Overlay::Quiz(Quiz::default()));
            }
        }
        effects
    }

    pub(in crate::app) fn entry_of(&self, key: &EntryKey) -> Option<&Entry> {
        self.log.find(key).map(|index| &self.log.entries[index])
    }

    /// Saves a change of the deck and updates what depends on it.
    pub(in crate::app) fn reviewed(&mut self, change: Option<ReviewChange>) -> Vec<Effect> {
        if change.is_none() {
            return Vec::new();
        }
        self.reviewing.refresh(&self.log);
        self.revision += 1;
        self.save_reviews(change)
    }

    fn save_reviews(&mut self, change: Option<ReviewChange>) -> Vec<Effect> {
        let sent = self.reviewing.send(change);
        sent.into_iter().map(|(id, change)| Effect::Review { id, change }).collect()
    }

    /// Whether an action would have any effect now; if not, its hint is hidden.
    pub fn is_of_use(&self, action: Action) -> bool {
        match (self.overlays.last(), action) {
            (Some(Overlay::Quiz(quiz)), Action::Reveal | Action::RevealAll) => quiz.shown < quiz.page.steps,
            (Some(Overlay::Quiz(quiz)), Action::SuspendReview) => quiz.page.steps > 0,
            (Some(Overlay::Quiz(_)), Action::UndoGrade) => self.reviewing.last_line().is_some(),
            (None, Action::Open) if self.focus == Pane::Pending => {
                self.checklist.is_on_group(&self.log) || self.is_known()
            }
            (Some(Overlay::Teach(teach)), Action::FocusNext) => teach.choice.is_none() && self.log.files.len() > 1,
            (Some(Overlay::Teach(teach)), Action::Edit) => teach.choice.is_none(),
            (Some(Overlay::Teach(teach)), Action::Forget) => {
                let file = self.log.files.get(teach.file);
                teach.choice.is_none() && file.is_some_and(|file| !file.dialect.own().is_empty())
            }
            (Some(Overlay::Picker(_)), Action::Fix) => self.can_fix(),
            (Some(Overlay::Picker(_)), Action::FixAll) => self.can_fix_all(),
            (None, Action::Undo) => self.history.nth(0).is_some(),
            (None, Action::ShowFigures) => !self.page_figures().1.is_empty(),
            _ => true,
        }
    }

    pub(in crate::app) fn quiz(&mut self) -> Option<&mut Quiz> {
        match self.overlays.last_mut() {
            Some(Overlay::Quiz(quiz)) => Some(quiz),
            _ => None,
        }
    }

    /// Reveals the next step and scrolls to it.
    pub(in crate::app) fn reveal(&mut self) {
        self.show_steps(1);
        let height = usize::from(area(self.size).height);
        if let Some(quiz) = self.quiz() {
            let total = quiz.page.lines.len();
            quiz.view.show(quiz.page.newest..total, height, total);
        }
    }

    /// Reveals up to `more` further steps.
    pub(in crate::app) fn show_steps(&mut self, more: usize) {
        if let Some(quiz) = self.quiz() {
            quiz.shown = quiz.shown.saturating_add(more).min(quiz.page.steps);
        }
        self.lay_out();
    }

    /// Grades the current entry, or reveals its first step if none is shown yet.
    pub(in crate::app) fn grade(&mut self, grade: Grade) -> Vec<Effect> {
        let Some(now) = self.reviewing.now() else { return Vec::new() };
        // As in Anki: a grade before anything is revealed shows the answer instead.
        if self.quiz().is_some_and(|quiz| quiz.shown == 0 && quiz.page.steps > 0) {
            self.reveal();
            return Vec::new();
        }
        let reviewing = &mut self.reviewing;
        let change = reviewing.session.grade(&mut reviewing.deck, grade, now, &reviewing.settings);
        self.turn(0);
        self.reviewed(change)
    }

    /// Undoes the last grade; its entry is shown again, fully revealed.
    pub(in crate::app) fn undo_grade(&mut self) -> Vec<Effect> {
        let reviewing = &mut self.reviewing;
        let change = reviewing.session.undo(&mut reviewing.deck);
        if change.is_none() {
            return self
                .tell(self.language.pick("No grade to undo in this session", "本次复习没有可撤销的评分").into());
        }
        self.turn(usize::MAX);
        self.reviewed(change)
    }

    /// In a review, suspends its current entry; in the panes, suspends or resumes the shown entry.
    pub(in crate::app) fn suspend(&mut self) -> Vec<Effect> {
        if let Some(reason) = &self.reviewing.paused {
            return self.tell_error(reason.get(self.language).clone());
        }
        let up = self.reviewing.session.current().cloned();
        let in_quiz = self.quiz().is_some();
        if let Some(gone) = self.vanished_entry.take().filter(|_| !in_quiz) {
            return self.tell_gone(&gone);
        }
        let Some(key) = (if in_quiz { up } else { self.entry().map(|entry| entry.key.clone()) }) else {
            return Vec::new();
        };
        let reviewing = &mut self.reviewing;
        let suspended = in_quiz || !reviewing.deck.is_suspended(&key);
        let change = match in_quiz {
            true => reviewing.session.suspend(&mut reviewing.deck),
            false => Some(reviewing.deck.suspend(&key, suspended)),
        };
        self.turn(0);
        let mut effects = self.reviewed(change);
        let name = self.entry_of(&key).map_or(&*key.0, Entry::name).to_owned();
        let suspend = self.keymap.call(Action::SuspendReview, Context::Pane(Pane::Summary));
        effects.extend(self.tell(match suspended {
            true => say!(
                self.language,
                "{name} is no longer reviewed; select it and press {suspend} to resume",
                "{name} 不再复习；选中它并按 {suspend} 可恢复"
            ),
            false => say!(self.language, "{name} will be reviewed again", "{name} 已恢复复习"),
        }));
        effects
    }

    /// A click on a grade grades the entry; a click elsewhere reveals the next step.
    pub(in crate::app) fn press_quiz(&mut self, column: u16, row: u16) -> Vec<Effect> {
        match self.grades().into_iter().find(|offered| offered.area.contains(column, row)) {
            Some(Offered { grade, .. }) => self.grade(grade),
            None => {
                self.reveal();
                Vec::new()
            }
        }
    }

    /// Resets the screen for the current entry.
    fn turn(&mut self, shown: usize) {
        if let Some(quiz) = self.quiz() {
            (quiz.shown, quiz.view) = (shown, Viewport::default());
        }
    }

    /// A grade could not be saved: ends the session and reloads the reviews.
    pub(in crate::app) fn review_refused(&mut self, reason: &Sentence) -> Vec<Effect> {
        self.stay();
        self.reviewing.refused();
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::Quiz(_)));
        let mut effects =
            self.tell_error(say!(self.language, "Not saved: {}", "未保存：{}", reason.get(self.language)));
        effects.push(Effect::LoadReviews);
        effects
    }

    /// Title, facts and the revealed part of the summary.
    fn card(&self, entry: &Entry, shown: usize, columns: usize) -> QuizPage {
        let published = entry.published.map(|published| say!(self.language, "published {}", "{}", published.year));
        let read = entry.date.map(|date| say!(self.language, "read {}", "读于 {}", format_day(date)));
        let venue = entry.venue().unwrap_or_default().to_owned();
        let organisations = entry.organisations.join(self.language.comma());
        let facts = [organisations, venue, published.unwrap_or_default(), read.unwrap_or_default()];
        let facts: Vec<&str> = facts.iter().map(String::as_str).filter(|fact| !fact.is_empty()).collect();
        let mut lines = paragraph(&entry.title, SpanRole::Heading, BlockKind::Heading, columns);
        lines.push(PageLine::default());
        lines.extend(paragraph(&facts.join(" · "), SpanRole::Fact, BlockKind::Text, columns));
        let head = lines.len();
        let passage = Passage::of(&self.log, entry);
        let (steps, figures) = (steps(passage.text()), self.log.figures_of(entry));
        let mut newest = head;
        for step in steps.iter().take(shown) {
            newest = lines.len();
            for span in &step.spans {
                let blocks = passage.blocks(span.clone());
                let block = flow(&blocks, columns, &figures, &[], self.language);
                let is_item = |line: Option<&PageLine>| line.is_some_and(|line| line.kind == BlockKind::Item);
                if !(is_item(lines.last()) && is_item(block.first())) {
                    lines.push(PageLine::default());
                }
                lines.extend(block);
            }
        }
        QuizPage { lines, head, newest, steps: steps.len() }
    }

    /// The end of a session: a tally, and when the next review is due.
    fn end(&self, columns: usize) -> QuizPage {
        let tally = self.reviewing.session.tally();
        let given: usize = tally.iter().sum();
        let next = self.reviewing.next(&self.log, self.language);
        let is_put_off = self.reviewing.queue.put_off > 0;
        let (title, text) = if given > 0 {
            let grades = Grade::ALL.into_iter().zip(tally).filter(|(_, count)| *count > 0);
            let grades: Vec<String> = grades
                .map(|(grade, count)| {
                    let name = grade_name(grade, self.language);
                    say!(self.language, "{count} {name}", "{name} {count}")
                })
                .collect();
            let grades = grades.join(self.language.pick(", ", "、"));
            let given = match given {
                1 => say!(self.language, "1 grade", "共 1 次评分"),
                _ => say!(self.language, "{given} grades", "共 {given} 次评分"),
            };
            let text = say!(self.language, "{given}: {grades}. {next}", "{given}：{grades}。{next}");
            (self.language.pick("Done for today", "今天的复习已完成"), text)
        } else if is_put_off {
            (self.language.pick("Done for today", "今天的复习已完成"), next)
        } else if self.reviewing.deck.cards().next().is_some() {
            (self.language.pick("Nothing is due", "没有到期的论文"), next)
        } else {
            let text = self.language.pick(
                "Papers come up for review once their summary is written, a few new ones each day. Write a summary \
                 in the log, then come back.",
                "论文写好笔记后会自动进入复习，每天新增几篇。请先在日志中写一篇笔记。",
            );
            (self.language.pick("Nothing is due", "没有到期的论文"), text.to_owned())
        };
        let mut lines = paragraph(title, SpanRole::Heading, BlockKind::Heading, columns);
        lines.push(PageLine::default());
        lines.extend(paragraph(&text, SpanRole::Body, BlockKind::Text, columns));
        QuizPage { head: lines.len(), newest: 0, steps: 0, lines }
    }

    /// The grades with their intervals and areas, in one row or two.
    pub(crate) fn grades(&self) -> Vec<Offered> {
        let Some(choices) = self.reviewing.choices() else { return Vec::new() };
        let labels = choices.map(|(grade, days)| {
            let days = interval(days, self.language);
            let key = self.keymap.first(Action::Grade(grade), Context::Quiz).map_or_else(String::new, |key| key + " ");
            (grade, key, grade_name(grade, self.language), days)
        });
        let named = |between: &str| {
            labels.clone().map(|(grade, key, name, days)| (grade, key, format!("{name}{between}{days}")))
        };
        let label_width = |(_, key, label): &(Grade, String, String)| width(key) + width(label);
        let columns = |labels: &[(Grade, String, String)], gap: usize| {
            let gaps = gap * labels.len().saturating_sub(1);
            u16::try_from(labels.iter().map(label_width).sum::<usize>() + gaps).unwrap_or(u16::MAX)
        };
        let fits = |labels: &[(Grade, String, String)]| columns(labels, GAP) + 2 <= self.size.width;
        let labels = named(" · ");
        let a_row = if fits(&labels) { 4 } else { 2 };
        // Closer together on a narrow screen.
        let is_wide = labels.chunks(a_row).all(fits);
        let (labels, gap) = if is_wide { (labels, GAP) } else { (named(" "), 1) };
        let mut placed = Vec::new();
        for (row, labels) in (0..).zip(labels.chunks(a_row)) {
            let y = self.size.height.saturating_sub(FOOT) + row;
            let mut x = self.size.width.saturating_sub(columns(labels, gap)) / 2;
            for offered in labels {
                let width = u16::try_from(label_width(offered)).unwrap_or(u16::MAX);
                let (grade, key, label) = offered.clone();
                placed.push(Offered { grade, key, label, area: Area { x, y, width, height: 1 } });
                x = x.saturating_add(width).saturating_add(u16::try_from(gap).unwrap_or(0));
            }
        }
        placed
    }

    /// The last grade, and whether it is saved.
    pub(crate) fn confirmation(&self) -> String {
        match self.reviewing.last_line() {
            _ if self.reviewing.is_saving() => self.language.pick("saving…", "保存中…").to_owned(),
            Some(line) => {
                let name = self.entry_of(&line.key).map_or(&*line.key.0, Entry::name);
                let next = match days_between(line.day, line.due) {
                    0 => self.language.pick("comes back today", "今天再复习一次").to_owned(),
                    days => say!(self.language, "{}", "{}复习", in_days(days, self.language)),
                };
                let grade = grade_name(line.grade, self.language);
                say!(self.language, "{name}: {grade}, {next} · saved", "{name}：{grade}，{next} · 已保存")
            }
            None => String::new(),
        }
    }
}
