//! Benchmarks of single parts of the program, on the built-in sample or the log named by `PAPERS_TUI_REAL_LOG`, and on
//! a generated log of 100,000 entries: `cargo bench --bench parts`.

use std::fmt::Write;
use std::hint::black_box;

use chrono::{Days, FixedOffset, NaiveDate, NaiveTime, Offset, TimeDelta, Utc};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use papers_tui::app::App;
use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::app::message::Message;
use papers_tui::app::page::flow::flow;
use papers_tui::app::page::wrap::wrap;
use papers_tui::app::screen::layout::Size;
use papers_tui::io::sample;
use papers_tui::log::edit::{Intent, revise};
use papers_tui::log::links::Links;
use papers_tui::log::stats::Stats;
use papers_tui::log::topics::{self, ConfiguredTopics};
use papers_tui::log::{Entry, Log, Source, markup, parse};
use papers_tui::review::ReviewSettings;
use papers_tui::review::deck::Deck;
use papers_tui::review::fsrs::Memory;
use papers_tui::review::history::{Grade, ReviewLine, Reviews};
use papers_tui::review::queue::Queue;
use papers_tui::review::relink::relink;
use papers_tui::review::stats::ReviewStats;
use papers_tui::ui;
use papers_tui::ui::pictures::NoPictures;
use papers_tui::ui::theme::Theme;
use papers_tui::words::Language;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZE: Size = Size { width: 140, height: 42 };

fn text() -> String {
    let named = std::env::var_os("PAPERS_TUI_REAL_LOG").and_then(|path| std::fs::read_to_string(path).ok());
    named.unwrap_or_else(|| sample::TEXT.to_owned())
}

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn log(c: &mut Criterion) {
    let text = text();
    let model = read(&text);
    c.bench_function("parse a log", |b| b.iter(|| read(black_box(&text))));
    let blocks = |entry: &Entry| markup::blocks(&model.files[entry.file()], entry.body(), &entry.figures);
    c.bench_function("find all mentions", |b| b.iter(|| Links::find(black_box(&model))));
    c.bench_function("lay out every page", |b| {
        let lines = |entry: &Entry| flow(&blocks(entry), 80, &model.figures_of(entry), &[], Language::English).len();
        b.iter(|| model.entries.iter().map(lines).sum::<usize>());
    });
    let longest = model.entries.iter().max_by_key(|entry| entry.body().len()).expect("the log has entries");
    c.bench_function("lay out the longest page", |b| {
        b.iter(|| flow(&blocks(longest), 80, &model.figures_of(longest), &[], Language::English))
    });
    let paragraphs: Vec<&str> = text.lines().filter(|line| !line.starts_with("<img")).collect();
    let mut wrapping = c.benchmark_group("wrap");
    wrapping.throughput(Throughput::Bytes(paragraphs.iter().map(|line| line.len() as u64).sum()));
    wrapping.bench_function("every line", |b| {
        b.iter(|| paragraphs.iter().map(|line| wrap(black_box(line), 80).len()).sum::<usize>());
    });
    wrapping.finish();
    let intent = Intent::set_done(&model, 0, !model.tasks[0].is_done()).into_iter().collect::<Vec<_>>();
    c.bench_function("make and prove a tick", |b| b.iter(|| revise(black_box(&text), &intent)));
}

/// The cost of a key must not depend on the size of the log.
fn screen(c: &mut Criterion) {
    let small = App::new(read(&text()), SIZE, None);
    let mut large = App::new(read(&many_entries()), SIZE, None);
    let links = Links::find(&large.log);
    _ = large.update(Message::Linked(Box::new(links)));
    let mut pending = App::new(Log::clone(&large.log), SIZE, None);
    _ = pending.update(Message::Key(KeyPress::plain(Code::Char('3'))));
    for (name, mut app) in [
        ("a key: update and draw", small),
        ("a key among 100,000 entries", large),
        ("a key in the checklist beside 100,000 entries", pending),
    ] {
        let theme = Theme::neutral();
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
        c.bench_function(name, |b| {
            let mut down = true;
            b.iter(|| {
                let key = KeyPress::plain(if down { Code::Down } else { Code::Up });
                down = !down;
                _ = app.update(Message::Key(key));
                ui::view(&app, &theme, &NoPictures, &mut buffer)
            });
        });
    }
}

/// The first day of [`many_entries`].
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default()
}

/// A log of a hundred thousand entries, which begins with a list of fields and two items.
fn many_entries() -> String {
    let first = first_day();
    let mut text = String::from("# todo\n\nfields:\n\n1. retrieval (RAG, search)\n2. vision\n3. alignment\n\n");
    text.push_str("- [ ] Emu 77: A Model of Everything\n- [ ] Owl: A Model of Nothing\n\n");
    for at in 0..100_000_u32 {
        let day = first + Days::new(u64::from(at / 8));
        let year = 2000 + at % 30;
        let _ = write!(
            text,
            "## {day}\n\n《Emu {at}: A Model of Everything》\n\n{year}.4 Google 的一篇文章，要点：\n\n\
            1. 本文提出了一个新的框架，用更少的资源得到更好的结果，在多个数据集上做了验证，也讨论了它的不足\n\
            2. 模型，general-purpose encoder 和 decoder，通过大量数据预训练，然后在下游任务上微调\n\n\
            总体上，对 vision 的一个很有意思的尝试，思路可以借鉴。\n\n",
        );
    }
    text
}

/// A hundred thousand entries, and ten grades for each.
fn statistics(c: &mut Criterion) {
    let first = first_day();
    let model = read(&many_entries());
    let zone = FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| Utc.fix());
    let mut memories = vec![None::<Memory>; model.entries.len()];
    let lines = (0..1_000_000_usize).map(|at| {
        let (card, round) = (at % model.entries.len(), at / model.entries.len());
        let grade = Grade::ALL[at * 7919 % 4];
        let memory = memories[card].map_or_else(|| Memory::first(grade), |memory| memory.after(30, grade));
        memories[card] = Some(memory);
        let day = first + Days::new(13_000 + 30 * round as u64);
        ReviewLine {
            key: model.entries[card].key.clone(),
            time: (day.and_time(NaiveTime::MIN) + TimeDelta::milliseconds(at as i64)).and_utc().with_timezone(&zone),
            day,
            grade,
            elapsed: if round == 0 { 0 } else { 30 },
            stability: memory.stability,
            difficulty: memory.difficulty,
            due: day + Days::new(30),
            unknown: serde_json::Map::new(),
        }
    });
    let reviews = Reviews { history: lines.collect(), ..Reviews::default() };
    let deck = Deck::new(reviews.clone());
    let today = first + Days::new(13_300);
    let mut group = c.benchmark_group("100,000 entries, 1,000,000 grades");
    group.sample_size(10);
    group.bench_function("statistics", |b| {
        b.iter(|| {
            (Stats::of(black_box(&model), &ConfiguredTopics::new()), ReviewStats::of(&model, black_box(&deck), today))
        });
    });
    group.bench_function("of them the log's", |b| b.iter(|| Stats::of(black_box(&model), &ConfiguredTopics::new())));
    group.bench_function("of these the topics'", |b| {
        b.iter(|| topics::find(black_box(&model), &ConfiguredTopics::new()))
    });
    group.bench_function("the queue of a day", |b| {
        b.iter(|| Queue::of(black_box(&model), &deck, today, &ReviewSettings::default()));
    });
    group.bench_function("schedules without an entry", |b| b.iter(|| relink(black_box(&model), &deck)));
    group.bench_function("all cards from the history", |b| {
        b.iter_batched(|| reviews.clone(), Deck::new, BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(benches, log, screen, statistics);
criterion_main!(benches);
