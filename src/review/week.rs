//! The weekly digest: what was read, ticked, added and reviewed, and what is due.

use std::collections::BTreeSet;
use std::fmt::{Display, Write};

use chrono::{Datelike, NaiveDate};

use super::deck::Deck;
use super::history::ReviewLine;
use super::queue::is_reviewable;
use super::reveal;
use super::stats::Retention;
use crate::log::date::format_day;
use crate::log::item_dates::ItemDate;
use crate::log::markup::Passage;
use crate::log::{Entry, EntryKind, Log, SectionKind};
use crate::say;
use crate::words::{Language, counted};

/// Maximum number of cited but unread titles.
const CITED: usize = 5;

/// A weekly digest, as indices into the log's entries and tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// The week's Monday.
    pub first: NaiveDate,
    /// The week's Sunday.
    pub last: NaiveDate,
    /// Papers and notes read, by date.
    pub read: Vec<usize>,
    /// Items whose text says that they were ticked in the week.
    pub ticked: Vec<usize>,
    /// Items whose text says that they were added in the week.
    pub added: Vec<usize>,
    /// The number of grades given in the week.
    pub grades: usize,
    /// The number of entries graded in the week.
    pub reviewed: usize,
    /// Retention over the week.
    pub retention: Retention,
    /// Entries due by the end of the week, without new ones. Empty if the week is over.
    pub due: Vec<usize>,
    /// All drafts in the log.
    pub drafts: Vec<usize>,
    /// The goal of the week, if there is one.
    pub goal: Option<Goal>,
}

/// A weekly goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// The target, in goal units.
    pub wanted: u32,
    /// Progress in goal units: papers read × `units_per_paper`.
    pub done: u32,
    /// How many goal units one paper is worth.
    pub units_per_paper: u32,
}

impl Week {
    /// The week from Monday to Sunday that contains `date`, as of `today`. `goal`, if given, overrides the goal in
    /// the log.
    pub fn of(log: &Log, deck: &Deck, date: NaiveDate, today: NaiveDate, goal: Option<u32>) -> Self {
        let first = date.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(date);
        let last = date.week(chrono::Weekday::Mon).checked_last_day().unwrap_or(date);
        let within = |day: Option<NaiveDate>| day.is_some_and(|day| (first..=last).contains(&day));
        let entries = |wanted: &dyn Fn(&Entry) -> bool| -> Vec<usize> {
            (0..log.entries.len()).filter(|&index| wanted(&log.entries[index])).collect()
        };
        let tasks = |date: ItemDate| -> Vec<usize> {
            (0..log.tasks.len()).filter(|&index| within(date.read(&log.tasks[index].text))).collect()
        };
        let mut read = entries(&|entry| entry.read && within(entry.date) && entry.kind != EntryKind::Draft);
        read.sort_by_key(|&index| log.entries[index].date);
        let papers = read.iter().filter(|&&index| log.entries[index].kind == EntryKind::Paper).count();
        let lines: Vec<&ReviewLine> = deck.reviews().history.iter().filter(|line| within(Some(line.day))).collect();
        let due_by = |entry: &Entry| deck.card(&entry.key).is_some_and(|card| card.due <= last || card.is_due(today));
        let quotes = QuotedGoal::of(log);
        Self {
            first,
            last,
            ticked: tasks(ItemDate::Done),
            added: tasks(ItemDate::Added),
            grades: lines.len(),
            reviewed: lines.iter().map(|line| &line.key).collect::<BTreeSet<_>>().len(),
            retention: Retention::of(lines),
            due: match today {
                _ if today > last => Vec::new(),
                _ => entries(&|entry| is_reviewable(entry, deck) && due_by(entry)),
            },
            drafts: entries(&|entry| entry.read && entry.kind == EntryKind::Draft),
            goal: goal.or(quotes.goal).map(|wanted| Goal {
                wanted,
                done: u32::try_from(papers).unwrap_or(u32::MAX).saturating_mul(quotes.units_per_paper),
                units_per_paper: quotes.units_per_paper,
            }),
            read,
        }
    }

    /// Formats the digest as Markdown. `cited` lists the titles of unread papers, each with the number of read papers
    /// that cite it.
    pub fn markdown(&self, log: &Log, cited: &[(&str, usize)], language: Language) -> String {
        let mut out = String::new();
        let iso = self.first.iso_week();
        // Writing to a string cannot fail.
        let (first, last) = (format_day(self.first), format_day(self.last));
        let _ = writeln!(
            out,
            "# {}",
            say!(language, "{}-W{:02}: {first} – {last}", "{} 年第 {} 周：{first} – {last}", iso.year(), iso.week())
        );
        if let Some(Goal { wanted, done, units_per_paper }) = self.goal {
            let unit = match units_per_paper {
                1 => String::new(),
                _ => say!(language, " (each paper counts as {units_per_paper})", "（每篇论文计 {units_per_paper} 分）"),
            };
            let goal = say!(language, "Goal: {done} of {wanted}{unit}", "目标：{done}/{wanted}{unit}");
            let _ = writeln!(out, "\n{goal}");
        }
        if self.read.is_empty() {
            let _ = writeln!(out, "\n{}", language.pick("Nothing was read this week.", "本周没有读过论文。"));
        }
        section(
            (&mut out, language),
            language.pick("Read", "阅读"),
            self.read.iter().map(|&index| summary(log, &log.entries[index], language)),
        );
        section(
            (&mut out, language),
            language.pick("Ticked", "勾选的待读项"),
            self.ticked.iter().map(|&index| log.tasks[index].text.clone()),
        );
        section(
            (&mut out, language),
            language.pick("Added", "新增的待读项"),
            self.added.iter().map(|&index| log.tasks[index].text.clone()),
        );
        self.reviews(&mut out, language);
        section(
            (&mut out, language),
            language.pick("Due", "到期"),
            self.due.iter().map(|&index| log.entries[index].title.to_string()),
        );
        let unwritten = |&index: &usize| {
            let entry = &log.entries[index];
            let (title, line) = (if entry.title.is_empty() { "《》" } else { &*entry.title }, entry.line());
            say!(language, "{title} (line {line})", "{title}（第 {line} 行）")
        };
        section(
            (&mut out, language),
            language.pick("Drafts in the whole log", "整份日志中待写的笔记"),
            self.drafts.iter().map(unwritten),
        );
        let cited = cited.iter().take(CITED).map(|(title, count)| {
            let papers = language.counted(*count, "paper", "papers", "篇已读论文");
            say!(language, "{title} (cited by {papers} you have read)", "{title}（被 {papers}引用）")
        });
        section((&mut out, language), language.pick("Not read yet", "未读"), cited);
        out
    }

    /// Writes how many papers were reviewed, and the share remembered; writes nothing if there were no reviews.
    fn reviews(&self, out: &mut String, language: Language) {
        let Self { reviewed, grades, .. } = self;
        if *grades == 0 {
            return;
        }
        let grades = language.pick(counted(*grades, "grade", "grades"), format!("{grades} 次评分"));
        let rate = self.retention.rate().map(|rate| 100.0 * rate);
        let recalls = self.retention.recalls;
        let recalls = language.pick(counted(recalls, "repeat review", "repeat reviews"), format!("{recalls} 次"));
        let rate = rate.map(|rate| {
            say!(
                language,
                "; {rate:.0}% remembered in {recalls}",
                "，记忆保持率 {rate:.0}%（不计首次复习，共 {recalls}）"
            )
        });
        let heading = language.pick("Reviewed", "复习");
        let reviewed = in_brackets(reviewed, language);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "\n## {heading}{reviewed}\n\n{grades}{}", rate.unwrap_or_default());
    }
}

fn section((out, language): (&mut String, Language), heading: &str, items: impl ExactSizeIterator<Item = String>) {
    if items.len() == 0 {
        return;
    }
    let _ = writeln!(out, "\n## {heading}{}\n", in_brackets(items.len(), language));
    for item in items {
        let _ = writeln!(out, "- {item}");
    }
}

/// Parenthesises text in the language's style; English adds a leading space.
fn in_brackets(text: impl Display, language: Language) -> String {
    say!(language, " ({text})", "（{text}）")
}

/// The title and date of an entry, with its first point and conclusion below.
fn summary(log: &Log, entry: &Entry, language: Language) -> String {
    let passage = Passage::of(log, entry);
    let body = passage.text();
    let date = entry.date.map_or_else(String::new, |date| in_brackets(format_day(date), language));
    let mut item = format!("**{}**{date}", entry.title);
    let first = reveal::point(body);
    let conclusion = reveal::conclusion(body).filter(|conclusion| !conclusion.starts_with(first));
    for text in [Some(first), conclusion].into_iter().flatten().filter(|text| !text.is_empty()) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(item, "\n\n  {text}");
    }
    item
}

/// The weekly goal, read from quoted lines beside the pending items.
struct QuotedGoal {
    /// The target: `> goal = 6` or `> 目标：6`.
    goal: Option<u32>,
    /// How many goal units one paper is worth: two for `> paper1 = video 2`.
    units_per_paper: u32,
}

impl QuotedGoal {
    fn of(log: &Log) -> Self {
        let mut found = Self { goal: None, units_per_paper: 1 };
        let pending = log.sections.iter().filter(|section| section.kind == SectionKind::Pending);
        let lines = pending.flat_map(|section| log.note_lines(section));
        for line in lines.filter_map(|line| line.trim().strip_prefix('>')) {
            let line = line.to_lowercase();
            let Some((left, right)) = line.split_once(['=', '＝', ':', '：']) else { continue };
            let Some(number) = number(right).filter(|&number| number > 0) else { continue };
            if left.contains("goal") || left.contains("目标") {
                found.goal = Some(number);
            } else if left.trim().starts_with("paper") || left.contains("论文") {
                found.units_per_paper = (number / self::number(left).unwrap_or(1).max(1)).max(1);
            }
        }
        found
    }
}

/// The first number in a text.
fn number(text: &str) -> Option<u32> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = &text[start..];
    digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())].parse().ok()
}
