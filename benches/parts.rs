//! The program's own parts, measured on the built-in sample, or on the log that
//! `PAPERS_TUI_REAL_LOG` names: `cargo bench`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use papers_tui::app::App;
use papers_tui::app::flow::flow;
use papers_tui::app::keymap::{Code, Key};
use papers_tui::app::layout::Size;
use papers_tui::app::message::Message;
use papers_tui::app::wrap::wrap;
use papers_tui::io::sample;
use papers_tui::log::edit::{Intent, revise};
use papers_tui::log::links::Links;
use papers_tui::log::{Entry, Log, Source, markup, parse};
use papers_tui::search::fuzzy::Query;
use papers_tui::ui;
use papers_tui::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZE: Size = Size { width: 140, height: 42 };

fn text() -> String {
    let named = std::env::var_os("PAPERS_TUI_REAL_LOG").and_then(|path| std::fs::read_to_string(path).ok());
    named.unwrap_or_else(|| sample::TEXT.to_owned())
}

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.to_owned() }])
}

fn log(c: &mut Criterion) {
    let text = text();
    let model = read(&text);
    c.bench_function("parse a log", |b| b.iter(|| read(black_box(&text))));
    let blocks = |entry: &Entry| markup::blocks(&model.files[entry.file], entry.body.clone(), &entry.figures);
    c.bench_function("find all mentions", |b| b.iter(|| Links::find(black_box(&model))));
    c.bench_function("lay out every page", |b| {
        let lines = |entry: &Entry| flow(&blocks(entry), 80, &entry.figures, &[]).len();
        b.iter(|| model.entries.iter().map(lines).sum::<usize>());
    });
    let longest = model.entries.iter().max_by_key(|entry| entry.body.len()).expect("the log has entries");
    c.bench_function("lay out the longest page", |b| b.iter(|| flow(&blocks(longest), 80, &longest.figures, &[])));
    let paragraphs: Vec<&str> = text.lines().filter(|line| !line.starts_with("<img")).collect();
    let mut wrapping = c.benchmark_group("wrap");
    wrapping.throughput(Throughput::Bytes(paragraphs.iter().map(|line| line.len() as u64).sum()));
    wrapping.bench_function("every line", |b| {
        b.iter(|| paragraphs.iter().map(|line| wrap(black_box(line), 80).len()).sum::<usize>());
    });
    wrapping.finish();
    let intent = Intent::set_done(&model, 0, !model.tasks[0].done).into_iter().collect::<Vec<_>>();
    c.bench_function("make and prove a tick", |b| b.iter(|| revise(black_box(&text), &intent)));
}

fn screen(c: &mut Criterion) {
    let model = read(&text());
    let theme = Theme::colours();
    let mut app = App::new(model.clone(), SIZE, None);
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    c.bench_function("a key: update and draw", |b| {
        let mut down = true;
        b.iter(|| {
            let key = Key::plain(if down { Code::Down } else { Code::Up });
            down = !down;
            app.update(Message::Key(key));
            ui::view(&app, &theme, &mut buffer)
        });
    });
    c.bench_function("a letter in the finder", |b| {
        let titles = || model.entries.iter().map(|entry| (entry.title.as_str(), entry.short_name.as_deref()));
        b.iter(|| Query::new(black_box("attn")).rank(titles()));
    });
}

criterion_group!(benches, log, screen);
criterion_main!(benches);
